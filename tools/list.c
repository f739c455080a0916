/* numres list: asks the API for the reservations, page by page. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "base_url.h"
#include "commands.h"
#include "interrupt.h"
#include "list_end.h"
#include "list_help.h"
#include "list_output.h"
#include "list_pages.h"
#include "list_progress.h"
#include "report.h"
#include "wait.h"

static bool fail(struct listing *listing, const char *what, const char *reason) {
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_failure(listing->session, NULL, what, reason);
    return false;
}

/* Ends what is shown, and says how far that is. */
static void end_list(struct listing *listing, enum page_end end) {
    const struct show_format *format = listing->settings->format;
    progress_hide(&listing->session->progress);
    if (list_output_begin(listing)) {
        if (list_end_is_partial(listing, end))
            summary_break_off(&listing->showing.summary,
                              listing->state.pager.taken > 0 ? listing->state.pager.page : 0);
        format->end(&listing->showing);
    }
    print_flush(&listing->session->output);
    list_output_mend(listing);
    list_pages_save(listing);
    list_end_report(listing, end);
}

static void use_transport(struct listing *listing) {
    const struct list_settings *settings = listing->settings;
    struct transport_settings transport = {
        .authorities = settings->authorities,
        .limit = settings->timeout,
        .connect_limit = settings->connect_timeout,
        .deadline =
            settings->max_time > 0 ? listing->began + settings->max_time : TRANSPORT_NO_DEADLINE,
    };
    if (!transport_begin(&listing->transport, listing->key, &transport)) {
        fail(listing, "libcurl cannot begin", "");
        return;
    }
    if (answer_set_up(listing))
        end_list(listing, list_pages_read(listing));
    numres_parser_destroy(listing->parser);
    transport_end(&listing->transport);
}

static void begin(struct listing *listing) {
    struct session *session = listing->session;
    if (!interrupt_begin()) {
        fail(listing, "there are no descriptors left", "");
        return;
    }
    signal(SIGPIPE, SIG_IGN);
    session->output.wake = interrupt_descriptor();
    session->messages.wake = interrupt_descriptor();
    /* What was shown is written down before the run ends as SIGPIPE ends it. */
    session->output.reader_may_leave = true;
    session->remarks_reported = PROBLEMS_REPORTED;
    list_progress_begin(listing);
    collect_begin(&listing->showing.numbers, listing->settings->max_reservation_bytes);
    problems_begin(&listing->problems, session);
    use_transport(listing);
    problems_end(&listing->problems);
    collect_end(&listing->showing.numbers);
}

/* The list's URL, whatever the page. */
static char *list_url(const struct listing *listing) {
    numres_query query = listing->query;
    query.page_number = NUMRES_NOT_SENT;
    return page_url(listing, &query);
}

static void list_from_url(struct listing *listing) {
    listing->list_url = list_url(listing);
    if (listing->list_url == NULL) {
        fail(listing, LISTING_NO_MEMORY, "");
        return;
    }
    repeats_begin(&listing->repeats, (uint64_t)wait_time_of_day() << 32 ^ (uint64_t)wait_clock() ^
                                         (uint64_t)getpid() << 16);
    if (list_pages_set_up(listing))
        begin(listing);
    list_pages_give_up(listing);
    repeats_end(&listing->repeats);
    free(listing->list_url);
}

static int list_with_key(struct session *session, const struct list_settings *settings,
                         const struct api_key *key) {
    size_t length = base_url_length(settings->base_url);
    /* Too large for a small stack. */
    struct listing *listing = calloc(1, sizeof *listing);
    session_begin(session, &settings->common);
    session->asks_api = true;
    if (listing == NULL) {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, LISTING_NO_MEMORY, "");
        return session->exit_code;
    }
    listing->session = session;
    listing->settings = settings;
    listing->key = key;
    listing->showing.session = session;
    listing->showing.format = settings->format;
    listing->query = settings->query;
    listing->base_url = strndup(settings->base_url, length);
    if (listing->base_url == NULL)
        fail(listing, LISTING_NO_MEMORY, "");
    else
        list_from_url(listing);
    free(listing->base_url);
    free(listing);
    return session->exit_code;
}

static bool has_authorities(const struct list_settings *settings, struct print *messages) {
    const char *fault = authorities_fault(&settings->authorities);
    if (fault == NULL)
        return true;
    print_string(messages, "numres list: ");
    print_safe(messages, settings->authorities.file, strlen(settings->authorities.file));
    print_string(messages, ", the certificate authorities of ");
    print_string(messages, settings->authorities.source);
    print_string(messages, ", cannot be used: ");
    print_string(messages, fault);
    print_string(messages, "\n");
    return false;
}

int list_command(struct session *session, char **arguments, size_t count) {
    struct list_settings settings;
    struct api_key key;
    if (!list_options_read(&settings, arguments, count, &session->messages))
        return EXIT_WRONG_USE;
    if (settings.common.help) {
        print_string(&session->output, list_help);
        return EXIT_FINE;
    }
    if (!has_authorities(&settings, &session->messages))
        return EXIT_FAILED;
    if (!api_key_take(&key, settings.api_key_file, &session->messages))
        return EXIT_WRONG_USE;
    /* Nobody else may see the TLS sessions, unless that is wanted. */
    if (settings.tls_key_log == NULL)
        unsetenv("SSLKEYLOGFILE");
    else
        setenv("SSLKEYLOGFILE", settings.tls_key_log, 1);
    print_hide(&session->messages, key.text);
    int exit_code = list_with_key(session, &settings, &key);
    print_flush(&session->messages);
    print_hide(&session->messages, NULL);
    api_key_forget(&key);
    if (session->output.failure == EPIPE && session->pager.output == NULL)
        print_end_as_closed_pipe();
    return exit_code;
}
