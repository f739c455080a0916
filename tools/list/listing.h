/* One run of numres list: what its rooms share. */
#ifndef NUMRES_TOOLS_LISTING_H
#define NUMRES_TOOLS_LISTING_H

#include "numres.h"

#include "problems.h"
#include "repeats.h"
#include "resume.h"
#include "retry.h"
#include "settings.h"
#include "transport.h"

/* What is said when no more of it can be had. */
#define LISTING_NO_MEMORY "there is not enough memory"

/* What the body of an answer is for. */
enum body_role {
    BODY_UNDECIDED, /* none of it has come */
    BODY_PAGE,
    BODY_REFUSAL, /* of an answer that is no page, to be shown */
    BODY_IGNORED  /* of an answer after which the request is sent again */
};

/* What ended an answer before its end. */
enum answer_stop {
    STOP_NONE,
    STOP_ERROR,     /* the parser's; it says which */
    STOP_TOO_LARGE, /* more bytes than a page may have */
    STOP_TOO_MANY,  /* more reservations */
    STOP_LIMIT,     /* enough reservations are shown */
    STOP_MISMATCH,  /* it is another page */
    STOP_OUTPUT,    /* nothing more can be shown */
    STOP_NO_MEMORY  /* to know the ids again */
};

/* The answer that is being read. */
struct answer {
    enum body_role role;
    enum answer_stop stop;
    uint64_t bytes;
    int64_t began; /* when the request was sent, by wait_clock */
    bool has_meta;
    numres_meta meta;
    uint64_t places;    /* of its data array, seen so far */
    uint64_t repeats;   /* of its reservations that were on a page before */
    uint32_t envelopes; /* of its document, once that has ended */
    uint64_t api_errors;
    bool has_mute_error; /* one of them says nothing that is known */
};

/* Of marks of print.h that are not out yet, one more than can be. */
#define LISTING_STATES (PRINT_MOST_MARKS + 1)

/* Why the API's own words say that a list may be incomplete. */
struct list_doubts {
    bool repeats_only;
    uint64_t empty_page; /* before the last; 0: none */
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
    struct answer answer;

    numres_query query;
    /* Where the listing has come; and the pager of the page that is asked for: the
       state's, or one of a page that is looked at again. */
    struct list_state state;
    numres_pager *pager;
    /* What the state was at each mark of the output, from the last that is out. */
    struct list_state states[LISTING_STATES];
    struct resume resume;
    bool output_has_begun, saving_failed;

    struct repeats repeats;
    struct problems problems;
    uint64_t repeat_count;    /* reservations that came again on later pages */
    uint64_t repeat_pages;    /* in a row, that held nothing else */
    uint64_t allowed_repeats; /* places that a list that grew between runs explains */
    uint64_t resumed_total;   /* what the run before was told last; 0: nothing */
    uint64_t run_total;       /* what this run was told last */
    struct list_doubts doubts;

    uint64_t tries; /* requests for this page so far */
    int64_t pause;  /* milliseconds to wait before the next page */
    int64_t began;
    uint64_t shown_before; /* in earlier runs */
    char page_name[32];    /* "page 3" */
};

/* Whether another try may follow, as far as those that are left go. */
bool listing_has_tries_left(const struct listing *listing);

/* Whether the API has answered with a redirect (RFC 9110 section 15.4). */
bool listing_is_redirect(const struct listing *listing);

/* Whether anything more can be shown. */
bool listing_can_show(const struct listing *listing);

/* How the request at hand ended. */
struct retry_facts listing_facts(const struct listing *listing, bool connection_failed);

/* One page of a list: its request, with retries. */

enum page_end {
    PAGE_READ,       /* to its end: the pager can be told */
    PAGE_STOPPED,    /* within it, for a reason of the pager's */
    PAGE_FAILED,     /* why has been said, and the exit code raised */
    PAGE_INTERRUPTED /* by the user */
};

/* Reads the page that the pager asks for. */
enum page_end page_read(struct listing *listing);

/* The URL of the list's page that the query names; the caller frees it. NULL:
   no memory. */
char *page_url(const struct listing *listing, const numres_query *query);

/* The pages of a list, one after the other, from where an earlier run ended. */

/* Takes up the state of --resume, if there is one. Answers false after it has said
   what is wrong. */
bool pages_set_up(struct listing *listing);
void pages_give_up(struct listing *listing);

/* Reads and shows them all, and writes down how far it has come. Answers how the last
   page ended. */
enum page_end pages_read(struct listing *listing);

/* Writes down where the listing has come, if a file is named. */
bool pages_save(struct listing *listing);

/* One answer of the API: its bytes are parsed as they come, and its records
   shown. */

/* Creates the parser. Answers false after it has said why not. */
bool answer_set_up(struct listing *listing);

/* A request for a page is about to be sent. */
void answer_begin(struct listing *listing);

/* The next bytes of the body, for transport_receiver; false: no more of it. */
bool answer_receive(void *context, const char *bytes, size_t length);

/* The whole body has come, which may be empty. Answers what the parser says of
   a page or a refusal, else NUMRES_OK. */
numres_code answer_finish(struct listing *listing);

/* The standard output of numres list: which records are out whole, so that a later
   run knows what was shown. */

/* Begins the format, and before it the pager, with the first that is shown: until
   then the terminal is the progress's. False after it has said why not. */
bool output_begin(struct listing *listing);

/* What was shown or passed over last is of the listing's state from here on. */
void output_mark(struct listing *listing);

/* The state of all that is out whole. */
const struct list_state *output_state(const struct listing *listing);

/* Writes what is held back, and makes sure of a file that it is on the disk. False if
   that failed: then the file may hold less than output_state says. */
bool output_sync(struct listing *listing);

/* After a failed write: takes a part of a record back out of a regular file, or says
   that it is there. */
void output_mend(struct listing *listing);

/* What numres list says at its end: why, how far it came, how to go on. */

/* Whether what is shown is not the whole list, so far as is known; `end` is that of the
   last page. */
bool ending_is_partial(const struct listing *listing, enum page_end end);

/* Says it, and sets the exit code. */
void ending_report(struct listing *listing, enum page_end end);

/* What numres list says of requests and answers. */

/* With --verbose: a request that is about to be sent, and how it ended. */
void notice_request(struct listing *listing, const char *url);
void notice_outcome(struct listing *listing, enum transport_outcome outcome);

/* A line of its head: with --verbose those that matter, with --include all. */
void notice_header(struct listing *listing, const char *line, size_t length);

/* A wait, and for what it is made: "to try again (the connection failed)". */
void notice_wait(struct listing *listing, int64_t milliseconds, const char *what);

/* An answer that is no page, as its body begins: its status and what to do. */
void notice_refusal(struct listing *listing);

/* A body that is not JSON: its type and first bytes. */
void notice_no_json(struct listing *listing);

/* The body of a refusal that names no errors. */
void notice_no_errors(struct listing *listing, bool is_no_json);

/* Why this page could not be read; `what` may hold text from outside. If
   several tries were made it is said how many. */
void notice_failure(struct listing *listing, const char *what, const char *detail);

/* "HTTP 429 Too Many Requests" into `text`. */
void notice_status(long status, char *text, size_t size);

/* How far a listing has come, on a line of the terminal. */

/* Begins, if standard error is a terminal and it is not to be quiet. */
void notice_progress_begin(struct listing *listing);

/* Shows pages, reservations and the rate, and behind them what is waited for,
   if that is not empty; now and then only, however often it is called. */
void notice_progress(struct listing *listing, const char *waiting);

/* The same at once. */
void notice_progress_now(struct listing *listing, const char *waiting);

#endif
