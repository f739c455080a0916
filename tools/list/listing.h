/* One run of numres list: the state that the files of list/ share, and the functions
   that they offer each other. */
#ifndef NUMRES_TOOLS_LISTING_H
#define NUMRES_TOOLS_LISTING_H

#include "numres.h"

#include "../run/message.h"
#include "problems.h"
#include "repeats.h"
#include "resume.h"
#include "retry.h"
#include "settings.h"
#include "transport.h"

/* The message when an allocation fails. */
#define LISTING_NO_MEMORY "there is not enough memory"

/* What is done with the body of a response. */
enum body_role {
    BODY_UNDECIDED, /* nothing of it has arrived */
    BODY_PAGE,
    BODY_REFUSAL, /* shown: it says why there is no page */
    BODY_IGNORED  /* skipped: the request is sent again */
};

/* Why a response was not read to its end. */
enum response_stop {
    STOP_NONE,
    STOP_ERROR,     /* of the parser, which has the details */
    STOP_TOO_LARGE, /* more bytes than a page may have */
    STOP_TOO_MANY,  /* more reservations */
    STOP_LIMIT,     /* enough reservations are shown */
    STOP_MISMATCH,  /* it is another page */
    STOP_OUTPUT,    /* nothing more can be shown */
    STOP_NO_MEMORY  /* for the ids */
};

/* The response that is being read. */
struct response {
    enum body_role role;
    enum response_stop stop;
    uint64_t bytes;
    int64_t began; /* when the request was sent, by wait_clock */
    bool has_meta;
    numres_meta meta;
    uint64_t places;    /* elements of its data array so far, */
    uint64_t delivered; /* and how many of them were reservations */
    uint64_t repeats;   /* reservations that were on an earlier page */
    uint32_t envelopes; /* of its document, once it has ended */
    uint64_t api_errors;
    bool has_mute_error; /* one has no member that numres knows */
};

/* One state for each mark of print.h that is not written yet, and the last written
   one. */
#define LISTING_STATES (PRINT_MOST_MARKS + 1)

/* Contradictions by which the list may be incomplete; those of earlier runs are in
   struct list_state. */
struct list_doubts {
    bool repeats_only;
    uint64_t empty_page; /* before the last; 0: none */
    uint64_t extra_page; /* with reservations, after the last */
};

struct listing {
    struct session *session;
    const struct list_settings *settings;
    const struct api_key *key;
    struct showing showing;
    char *base_url; /* without a slash at its end */
    char *list_url; /* whatever the page */
    numres_parser *parser;
    struct transport transport;
    struct response response;

    numres_query query;
    /* How far the list has been read; and the pager of the current request: the
       state's own, or that of a page that is read again. */
    struct list_state state;
    numres_pager *pager;
    /* The state at each mark of the output, from the last written one on. */
    struct list_state states[LISTING_STATES];
    struct resume resume;
    bool output_has_begun, saving_failed;
    bool is_time_over; /* of --max-time, and it was said */
    /* The state in the file of --resume, and how much output belongs to it; whether
       the output beyond was taken back. */
    struct list_state saved;
    uint64_t saved_output;
    bool is_taken_back;
    /* Where the last state of an earlier run that did not end in order was written to,
       as in struct list_state. */
    uint64_t left_device, left_inode;

    struct repeats repeats;
    struct problems problems;
    uint64_t repeat_pages; /* pages in a row that held nothing but repeats */
    uint64_t run_total;    /* the last total of this run, and the largest; 0: unknown */
    uint64_t largest_total;
    bool has_risen;     /* the total has, with this page */
    uint64_t page_size; /* 0: unknown */
    struct list_doubts doubts;

    uint64_t tries; /* requests for this page so far */
    int64_t pause;  /* milliseconds to wait before the next page */
    int64_t began;
    struct list_state before; /* where this run began */
    char page_name[32];       /* "page 3" */
};

/* Whether --max-retries allows another try. */
bool listing_has_tries_left(const struct listing *listing);

/* Whether the response is a redirect (RFC 9110 section 15.4). */
bool listing_is_redirect(const struct listing *listing);

/* Whether anything more can be shown. */
bool listing_can_show(const struct listing *listing);

/* How the request at hand ended. */
struct retry_facts listing_facts(const struct listing *listing, bool connection_failed);

/* ---- page.c: one page, its request and retries ---- */

enum page_end {
    PAGE_READ,       /* to its end */
    PAGE_STOPPED,    /* by the pager, inside the page */
    PAGE_FAILED,     /* the reason was reported, the exit code raised */
    PAGE_INTERRUPTED /* by the user */
};

/* Reads the page that the pager asks for. */
enum page_end page_read(struct listing *listing);

/* The URL of the list's page that the query names; the caller frees it. NULL:
   no memory. */
char *page_url(const struct listing *listing, const numres_query *query);

/* ---- pages.c: page after page, from where an earlier run ended ---- */

/* Reads the state of --resume, if there is one. Returns false after it has said what
   is wrong. */
bool pages_set_up(struct listing *listing);
void pages_give_up(struct listing *listing);

/* Reads and shows all pages, and saves the state after each. Returns how the last
   page ended. */
enum page_end pages_read(struct listing *listing);

/* Saves the state in the file of --resume, if there is one. Returns false if that
   fails. */
bool pages_save(struct listing *listing);

/* The same at the end of the run. */
bool pages_save_last(struct listing *listing);

/* ---- counts.c: what came against what the API counts ---- */

/* Whether the response's meta has this member, NUMRES_META_..., with a valid value. */
bool counts_tell(const struct listing *listing, unsigned int member);

/* A page was read again, or to its end: compares its total with those before. */
void counts_compare(struct listing *listing);

/* The page was read to its end, for `reason`. */
void counts_add_page(struct listing *listing, uint64_t page, numres_pager_reason reason);

/* Whether this page and the one before held only reservations that were shown before,
   which no growth of the list explains. */
bool counts_go_round(struct listing *listing);

/* Whether there is no further page. */
bool counts_are_complete(const struct listing *listing);

/* Whether as many came as the API counts. */
bool counts_are_reached(const struct listing *listing);

/* Whether, at a limit, that was also the last place of the list. */
bool counts_are_at_end(const struct listing *listing);

/* Writes the first contradiction in what the API said, or returns false. */
bool counts_find_doubt(const struct listing *listing, char *text, size_t size);

/* ---- response.c: the body of a response, parsed and shown as it arrives ---- */

/* Creates the parser. Returns false after it has said why not. */
bool response_set_up(struct listing *listing);

/* A request for a page is about to be sent. */
void response_begin(struct listing *listing);

/* Takes the next bytes of the body, for transport_receiver; returns false to stop. */
bool response_receive(void *context, const char *bytes, size_t length);

/* The body, which may be empty, has ended. Returns the parser's result for a page or
   a refusal, otherwise NUMRES_OK. */
numres_code response_finish(struct listing *listing);

/* ---- output.c: which records have been written whole ---- */

/* Begins the format, and before it the pager, once there is something to show: until
   then the terminal shows progress. Returns false after it has said why it cannot. */
bool output_begin(struct listing *listing);

/* Notes in the state which file is written to. */
void output_identify(struct listing *listing);

/* With --resume, and formats whose outputs can be joined: sees to it that the output
   begins on a line of its own. Cuts off the broken line of a run that was killed. */
void output_join(struct listing *listing);

/* Marks the output after a record that was shown or dropped, and keeps the state that
   belongs to the mark. */
void output_mark(struct listing *listing);

/* The state at the last mark that has been written and was not taken back. */
const struct list_state *output_state(const struct listing *listing);

/* Flushes the output, and syncs it if it is a regular file. Returns false if that
   failed: the file may then hold less than output_state says. */
bool output_sync(struct listing *listing);

/* After a failed write: cuts an incomplete record off a regular file, or says that it
   is there. */
void output_mend(struct listing *listing);

/* After a failure to save the state: cuts what the saved one does not count off a
   regular file, or says how many reservations come again. */
void output_take_back(struct listing *listing);

/* ---- ending.c: what is said at the end ---- */

/* Whether the output is not the whole list, or may not be; `end` is how the last page
   ended. */
bool ending_is_partial(const struct listing *listing, enum page_end end);

/* Reports the end, and sets the exit code. */
void ending_report(struct listing *listing, enum page_end end);

/* ---- notices.c: what is said of requests and responses ---- */

/* With --verbose: a request that is about to be sent, and how it ended. */
void notice_request(struct listing *listing, const char *url);
void notice_outcome(struct listing *listing, enum transport_outcome outcome);

/* A header of the response: with --verbose the important ones, with --include all. */
void notice_header(struct listing *listing, const char *line, size_t length);

/* A wait and its purpose: "to try again (the connection failed)". */
void notice_wait(struct listing *listing, int64_t milliseconds, const char *what);

/* A response that is not a page, before its body: its status and what to do. */
void notice_refusal(struct listing *listing);

/* A body that is not JSON: its type and first bytes. */
void notice_no_json(struct listing *listing);

/* The body of a refusal that names no errors. */
void notice_no_errors(struct listing *listing, bool is_no_json);

/* Why this page could not be read, and after how many tries; `what` may hold text
   from outside. */
void notice_failure(struct listing *listing, const char *what, const char *detail);

/* Adds the id of the request, by which the API's support finds the response. */
void notice_add_request_id(const struct listing *listing, struct message *message);

/* Says once that the time of --max-time is over. */
void notice_time_over(struct listing *listing);

/* Writes "HTTP 429 Too Many Requests" into `text`. */
void notice_status(long status, char *text, size_t size);

/* ---- notices.c: progress on a line of the terminal ---- */

/* Begins it if standard error is a terminal, unless --quiet is given. */
void notice_progress_begin(struct listing *listing);

/* Shows pages, reservations and the rate, followed by what is waited for, if that is
   not empty. Draws the line ten times a second at most. */
void notice_progress(struct listing *listing, const char *waiting);

/* The same at once. */
void notice_progress_now(struct listing *listing, const char *waiting);

#endif
