/* numres list: asks the API for the reservations, page by page. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base_url.h"
#include "commands.h"
#include "interrupt.h"
#include "list_help.h"
#include "list_progress.h"
#include "list_report.h"
#include "page.h"
#include "report.h"
#include "resume.h"

static bool fail(struct listing *listing, const char *what, const char *reason) {
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_failure(listing->session, NULL, what, reason);
    return false;
}

/* The list's URL, whatever the page, which the caller frees. */
static char *list_url(const struct listing *listing) {
    numres_query query = listing->query;
    query.page_number = NUMRES_NOT_SENT;
    return page_url(listing, &query);
}

/* Writes down where the listing has come, if a file is named. */
static bool save(struct listing *listing) {
    const char *file = listing->settings->resume;
    if (file == NULL)
        return true;
    char *url = list_url(listing);
    const char *fault =
        url == NULL ? LISTING_NO_MEMORY : resume_write(file, url, &listing->written);
    free(url);
    return fault == NULL || fail(listing, "the file of --resume cannot be written: ", fault);
}

/* Takes up what an earlier run has left. */
static bool load(struct listing *listing) {
    const char *file = listing->settings->resume;
    struct session *session = listing->session;
    if (file == NULL)
        return true;
    char *url = list_url(listing);
    if (url == NULL)
        return fail(listing, LISTING_NO_MEMORY, "");
    enum resume_answer answer = resume_read(file, url, &listing->pager, &session->messages);
    free(url);
    if (answer == RESUME_WRONG || answer == RESUME_FAILED)
        session_raise_exit_code(session, answer == RESUME_WRONG ? EXIT_WRONG_USE : EXIT_FAILED);
    return answer == RESUME_NONE || answer == RESUME_READ;
}

static void set_up_pager(struct listing *listing) {
    const struct list_settings *settings = listing->settings;
    listing->resumed_page = listing->pager.page;
    listing->resumed_places = listing->pager.taken;
    listing->pager.max_pages = settings->max_pages;
    listing->pager.max_items = settings->max_items;
    listing->written = listing->pager;
}

/* A whole page has been read. */
static void turn_page(struct listing *listing) {
    const struct answer *answer = &listing->answer;
    if (answer->has_meta && listing->showing.format->page != NULL)
        listing->showing.format->page(&listing->showing, &answer->meta);
    numres_pager_page_read(&listing->pager, answer->has_meta ? &answer->meta : NULL,
                           answer->places);
    if (listing->session->output.failure == 0)
        listing->written = listing->pager;
    repeats_next_page(&listing->repeats);
}

/* Says it, if the list may be incomplete for a reason of the pager's. */
static void report_end(struct listing *listing) {
    numres_pager_reason reason = numres_pager_why(&listing->pager);
    if (reason == NUMRES_PAGER_PAGE_MISMATCH || reason == NUMRES_PAGER_REPEATED_PAGE ||
        reason == NUMRES_PAGER_LAST_NUMBER || reason == NUMRES_PAGER_EMPTY_TOO_EARLY)
        list_report_end(listing, numres_pager_sentence(reason));
    else
        list_report_repeats(listing);
}

/* What --resume finds to do. */
static void report_complete(struct listing *listing) {
    if (!listing->settings->common.quiet)
        report_failure(listing->session, NULL,
                       "the list was read to its end before; to read it again, remove the file of "
                       "--resume",
                       "");
}

static void read_pages(struct listing *listing) {
    enum page_end end = PAGE_READ;
    bool saved = save(listing);
    if (numres_pager_why(&listing->pager) != NUMRES_PAGER_NEXT)
        report_complete(listing);
    while (saved && end == PAGE_READ && numres_pager_why(&listing->pager) == NUMRES_PAGER_NEXT &&
           session_answer(listing->session) == NUMRES_GO_ON) {
        end = page_read(listing);
        if (end == PAGE_READ)
            turn_page(listing);
        saved = save(listing);
    }
    progress_hide(&listing->session->progress);
    if (end != PAGE_FAILED && end != PAGE_INTERRUPTED)
        report_end(listing);
}

/* The output, from its beginning to its end. */
static void show_list(struct listing *listing) {
    struct session *session = listing->session;
    const struct show_format *format = listing->showing.format;
    if (!answer_set_up(listing))
        return;
    if (format->begin(&listing->showing)) {
        read_pages(listing);
        format->end(&listing->showing);
    }
    numres_parser_destroy(listing->parser);
    if (interrupt_came())
        session->exit_code = EXIT_INTERRUPTED;
}

static void use_transport(struct listing *listing) {
    const struct list_settings *settings = listing->settings;
    if (!transport_begin(&listing->transport, listing->key, settings->ca_file, settings->timeout)) {
        fail(listing, "libcurl cannot begin", "");
        return;
    }
    show_list(listing);
    transport_end(&listing->transport);
}

static void begin(struct listing *listing) {
    struct session *session = listing->session;
    const struct list_settings *settings = listing->settings;
    if (settings->format->is_paged && !settings->common.no_pager)
        pager_begin(&session->pager, &session->output, &session->messages);
    /* After the pager, whose own way with them this replaces. */
    if (!interrupt_begin()) {
        fail(listing, "there are no descriptors left", "");
        return;
    }
    signal(SIGPIPE, SIG_IGN);
    list_progress_begin(listing);
    collect_begin(&listing->showing.numbers, settings->max_reservation_bytes);
    repeats_begin(&listing->repeats);
    use_transport(listing);
    repeats_end(&listing->repeats);
    collect_end(&listing->showing.numbers);
}

static int list_with_key(struct session *session, const struct list_settings *settings,
                         const struct api_key *key) {
    size_t length = base_url_length(settings->base_url);
    struct listing listing = {
        .session = session,
        .settings = settings,
        .key = key,
        .showing = {.session = session, .format = settings->format},
        .query = settings->query,
        .pager = numres_pager_default(),
        .base_url = strndup(settings->base_url, length),
    };
    session_begin(session, &settings->common);
    session->asks_api = true;
    if (settings->query.page_number != NUMRES_NOT_SENT)
        listing.pager.page = settings->query.page_number;
    if (listing.base_url == NULL) {
        fail(&listing, LISTING_NO_MEMORY, "");
    } else if (load(&listing)) {
        set_up_pager(&listing);
        begin(&listing);
    }
    free(listing.base_url);
    return session->exit_code;
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
    if (!api_key_take(&key, settings.api_key_file, &session->messages))
        return EXIT_WRONG_USE;
    int exit_code = list_with_key(session, &settings, &key);
    api_key_forget(&key);
    return exit_code;
}
