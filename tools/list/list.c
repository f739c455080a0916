/* numres list: from the command line and the key to the exit status. main.c calls it;
   pages.c reads the pages. */
#include "list.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "access.h"
#include "listing.h"
#include "wait.h"

static const struct help help = {
    25,
    " [OPTION...]\n"
    "\n"
    "Fetches your number reservations from the Telnyx API, page by page, and shows\n"
    "each one as soon as it arrives. Set TELNYX_API_KEY to your API key.\n"
    "\n",
    "\n"
    "Failed connections and HTTP 408, 409, 429 and 5xx are retried, honouring\n"
    "Retry-After and rate limits up to 60 seconds. No reservation is lost or shown\n"
    "twice. Reservations that move to a later page because new ones were made are\n"
    "shown once. If the API's own counts say that some may have been missed, the\n"
    "exit status tells; run the command again.\n"
    "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 the connection, input or\n"
    "output failed, or the API sent a wrong page; 4 the API returned errors, or asks\n"
    "to wait longer than 60 seconds; 5 the list may be incomplete; 6 a limit was\n"
    "reached (--exit-status); 130 interrupted. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres list\n"
    "  numres list --status failure --created-after 2026-01-01T00:00:00Z\n"
    "  numres list --page-size 250 --format csv > numbers.csv\n"
    "  numres list --api-key-file ~/.telnyx-key --format ndjson --resume state >> all\n",
};

bool listing_has_tries_left(const struct listing *listing) {
    return listing->tries <= listing->settings->max_retries;
}

bool listing_is_redirect(const struct listing *listing) {
    long status = transport_status(&listing->transport);
    return status >= 300 && status <= 399;
}

bool listing_can_show(const struct listing *listing) {
    return listing->session->output.failure == 0 &&
           session_answer(listing->session) == NUMRES_GO_ON;
}

struct retry_facts listing_facts(const struct listing *listing, bool connection_failed) {
    const struct transport *transport = &listing->transport;
    struct retry_facts facts = {
        .connection_failed = connection_failed,
        .status = transport_status(transport),
        .should_retry = transport_header(transport, HEADER_SHOULD_RETRY),
        .retry_after_ms = transport_header(transport, HEADER_RETRY_AFTER_MS),
        .retry_after = transport_header(transport, HEADER_RETRY_AFTER),
        .date = transport_header(transport, HEADER_DATE),
        .remaining = transport_header(transport, HEADER_REMAINING),
        .reset = transport_header(transport, HEADER_RESET),
    };
    return facts;
}

static bool fail(struct listing *listing, const char *what, const char *reason) {
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_failure(listing->session, NULL, what, reason);
    return false;
}

/* The page that was left in the middle; 0: none. */
static uint64_t unfinished_page(const numres_pager *pager) {
    return pager->reason == NUMRES_PAGER_NEXT && pager->taken > 0 ? pager->page : 0;
}

/* Ends the output, saves the state, and says how far the list got. */
static void end_list(struct listing *listing, enum page_end end) {
    const struct show_format *format = listing->settings->format;
    progress_hide(&listing->session->progress);
    if (output_begin(listing)) {
        if (ending_is_partial(listing, end))
            summary_break_off(&listing->showing.summary, unfinished_page(&listing->state.pager));
        format->end(&listing->showing);
    }
    print_flush(&listing->session->output);
    output_mend(listing);
    pages_save_last(listing);
    output_take_back(listing);
    ending_report(listing, end);
}

/* Nothing is waited for longer than until then, also not the readers of the output. */
static void set_deadline(struct print *print, int64_t deadline) {
    if (deadline == TRANSPORT_NO_DEADLINE)
        return;
    print->clock = wait_clock;
    print->deadline = deadline;
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
    set_deadline(&listing->session->output, transport.deadline);
    set_deadline(&listing->session->messages, transport.deadline);
    if (!transport_begin(&listing->transport, listing->key, &transport)) {
        fail(listing, "libcurl cannot begin", "");
        return;
    }
    if (response_set_up(listing))
        end_list(listing, pages_read(listing));
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
    /* If the reader of a pipe leaves, the state is saved before the run ends as
       SIGPIPE would end it. */
    session->output.reader_may_leave = true;
    session->remarks_reported = PROBLEMS_REPORTED;
    notice_progress_begin(listing);
    collect_begin(&listing->showing.numbers, listing->settings->max_reservation_bytes);
    problems_begin(&listing->problems, session);
    use_transport(listing);
    problems_end(&listing->problems);
    collect_end(&listing->showing.numbers);
}

/* The URL of the list without a page number, which --resume compares. */
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
    if (pages_set_up(listing))
        begin(listing);
    pages_give_up(listing);
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

static int list_hiding_key(struct session *session, char **arguments, size_t count,
                           struct api_key *key) {
    struct list_settings settings;
    if (!list_settings_read(&settings, arguments, count, &session->messages))
        return EXIT_WRONG_USE;
    if (settings.common.help) {
        help_print(COMMAND_list, &help, &session->output);
        return EXIT_FINE;
    }
    if (!has_authorities(&settings, &session->messages))
        return EXIT_FAILED;
    if (!api_key_take(key, settings.common.api_key_file, &session->messages))
        return EXIT_WRONG_USE;
    /* libcurl would log TLS secrets to SSLKEYLOGFILE; only --tls-key-log may ask for
       that. */
    if (settings.common.tls_key_log == NULL)
        unsetenv("SSLKEYLOGFILE");
    else
        setenv("SSLKEYLOGFILE", settings.common.tls_key_log, 1);
    print_hide(&session->messages, key->variable, key->text);
    return list_with_key(session, &settings, key);
}

int list_command(struct session *session, char **arguments, size_t count) {
    struct api_key key;
    api_key_begin(&key);
    print_hide(&session->messages, key.variable, NULL);
    int exit_code = list_hiding_key(session, arguments, count, &key);
    print_flush(&session->messages);
    print_hide(&session->messages, NULL, NULL);
    api_key_forget(&key);
    if (session->output.failure == EPIPE && session->pager.output == NULL && !interrupt_came())
        print_end_as_closed_pipe();
    return exit_code;
}

const char *list_curl_version(void) {
    return curl_version_info(CURLVERSION_NOW)->version;
}
