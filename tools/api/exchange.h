/*
 * One conversation with the API: what every command that asks it shares, from the key to
 * the records of a response. command.c makes it; the commands send requests and take the
 * records.
 *
 *   a request    a command such as list.c -> requests.c -> exchange.c -> transport.c
 *   its response transport.c -> response.c -> the command
 */
#ifndef NUMRES_TOOLS_EXCHANGE_H
#define NUMRES_TOOLS_EXCHANGE_H

#include "numres.h"

#include "../run/report.h"
#include "../show/format.h"
#include "transport.h"

/* ---- settings.c: the command line, its values converted and checked ---- */

/* What was asked for. */
struct request_settings {
    enum option_command command;
    struct settings common;
    struct authorities authorities;
    const char *base_url;
    numres_query query;            /* its texts point into the command line */
    uint64_t max_pages, max_items; /* 0: no limit */
    uint64_t max_retries;
    int64_t timeout, connect_timeout; /* milliseconds */
    int64_t max_time;                 /* of the whole run; 0: no limit */
    size_t max_reservation_bytes, max_page_bytes;
    struct selection selection;
    const struct show_format *format;
    bool needs_numbers; /* also where the format shows none */
    /* ---- of single commands ---- */
    bool waits;         /* create */
    int64_t wait_limit; /* wait, create --wait: milliseconds; 0: none */
};

/* Reads and checks the arguments. Returns false after it has said what is
   wrong; if help is wanted (settings->common.help) nothing is checked. */
bool request_settings_read(struct request_settings *settings, enum option_command command,
                           char **arguments, size_t count, struct print *messages);

/* Whether the certificate authorities that were named can be used; says why not. */
bool request_settings_have_authorities(const struct request_settings *settings,
                                       struct print *messages);

/* ---- problems.c: problems of a page ---- */

/*
 * Each is reported once, even if its record comes again: it is held until it is known
 * whether the record is a repeat. Of one kind at most PROBLEMS_REPORTED are reported, then
 * how many more. response.c and exchange.c call this.
 */

#define PROBLEMS_REPORTED 100
#define PROBLEMS_KINDS 24

struct problems_held {
    uint64_t counts[PROBLEMS_KINDS];
    char *text; /* lines, */
    size_t length, size;
    uint64_t rows[PROBLEMS_KINDS * PROBLEMS_REPORTED]; /* each with its row: see report.h */
    size_t lines;
    bool failed; /* an allocation failed */
};

struct problems {
    struct session *session;
    const char *kinds[PROBLEMS_KINDS]; /* their names, in order of arrival */
    uint64_t told[PROBLEMS_KINDS];     /* of this page, including those not printed */
    struct problems_held record, page; /* of the current record; of the page itself */
    struct problems_held *target;
    uint64_t api_errors;
    struct print print; /* into the target */
};

void problems_begin(struct problems *problems, struct session *session);
void problems_end(struct problems *problems);

/* Holds a problem of the current response. */
void problems_hold(struct problems *problems, numres_parser *parser, const numres_problem *problem);

/* The record is shown: reports its problems. It is a repeat: drops them. It is neither:
   they are reported with those of the page. */
void problems_tell_record(struct problems *problems);
void problems_forget_record(struct problems *problems);
void problems_leave_record(struct problems *problems);

/* Whether one more API error may be reported. */
bool problems_may_report_api_error(struct problems *problems);

/* The request is sent again: drops what is held. */
void problems_forget(struct problems *problems);

/* The page, or its last response, has ended: reports what is held, and how many more
   there were of each kind. */
void problems_tell(struct problems *problems);

/* ---- the exchange itself ---- */

/* The message when an allocation fails. */
#define EXCHANGE_NO_MEMORY "there is not enough memory"

/* The option that limits the whole run. */
#define EXCHANGE_WHOLE_TIME "--max-time"

/* What is done with the body of a response. */
enum body_role {
    BODY_UNDECIDED, /* nothing of it has arrived */
    BODY_PAGE,      /* of a list, or of one reservation */
    BODY_REFUSAL,   /* shown: it says why there is none */
    BODY_IGNORED    /* skipped: the request is sent again */
};

/* Why a response was not read to its end. */
enum response_stop {
    STOP_NONE,
    STOP_ERROR,     /* of the parser, which has the details */
    STOP_TOO_LARGE, /* more bytes than a page may have */
    STOP_TOO_MANY,  /* more reservations */
    STOP_LIMIT,     /* enough reservations are shown */
    STOP_MISMATCH,  /* it is another page */
    STOP_WRONG,     /* it holds what was not asked for: see wrong */
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
    bool is_empty;       /* it has ended, and there was nothing in it */
    bool has_mute_error; /* one has no member that numres knows */
    const char *wrong;   /* what is, as a sentence */
};

struct exchange;

/* What a command does with a response. */
struct exchange_taker {
    /* A reservation; its numbers are collected in `showing`. */
    numres_answer (*reservation)(void *context, const numres_parser *parser,
                                 const numres_reservation *reservation);
    /* The request is about to be sent again; may be NULL. */
    void (*again)(void *context);
    void *context;
};

struct exchange {
    struct session *session;
    const struct request_settings *settings;
    const struct api_key *key;
    struct showing showing;
    bool output_has_begun;
    char *base_url; /* without a slash at its end */
    numres_parser *parser;
    struct transport transport;
    struct response response;
    struct problems problems;

    /* The request, what comes of it, and what messages call it: "page 3". */
    struct transport_request request;
    const struct exchange_taker *taker;
    char idempotency_key[40]; /* of a POST */
    bool wants_list;          /* an array of reservations, not one, */
    const char *wanted_id;    /* the one with this id; NULL: any */
    char name[96];
    uint64_t tries; /* requests for it so far */

    int64_t pause; /* milliseconds to wait before the next request */
    int64_t began;
    const char *time_option; /* the option that set the deadline, */
    bool is_time_over;       /* which has passed, and that was said */
    bool is_hopeless;        /* the next request would fail as this one did */
    uint64_t total_pages;    /* of the list; 0: unknown */
    char doubt[200];         /* why the list that was read may be incomplete; empty: it is not */
    char progress[96];       /* in place of the list's; empty: none */
};

/* Whether the request is a POST. */
bool exchange_is_post(const struct exchange *exchange);

/* Whether --max-retries allows another try. */
bool exchange_has_tries_left(const struct exchange *exchange);

/* Whether the response is a redirect (RFC 9110 section 15.4). */
bool exchange_is_redirect(const struct exchange *exchange);

/* Whether anything more can be shown. */
bool exchange_can_show(const struct exchange *exchange);

/* How the request at hand ended. */
struct retry_facts exchange_facts(const struct exchange *exchange, bool connection_failed);

/* Raises the exit code to EXIT_FAILED and says why; returns false. */
bool exchange_fail(struct exchange *exchange, const char *what, const char *reason);

/* ---- command.c: from the command line to the exchange and back ---- */

/* Reads the options of `command`, takes the key and calls `run` with an exchange that
   is ready to send; `help` is what --help prints. Returns the exit code. */
int exchange_command(struct session *session, enum option_command command, const struct help *help,
                     char **arguments, size_t count, void (*run)(struct exchange *exchange));

/* ---- exchange.c: a request, its redirects and retries ---- */

enum exchange_end {
    EXCHANGE_READ,       /* to its end */
    EXCHANGE_STOPPED,    /* by the taker, inside the response */
    EXCHANGE_FAILED,     /* the reason was reported, the exit code raised */
    EXCHANGE_INTERRUPTED /* by the user */
};

/* Sends exchange->request, as often as the rules allow, and has the taker take what
   comes. */
enum exchange_end exchange_send(struct exchange *exchange);

/* Waits, with progress, `what` completing the sentence "waiting 2 s". Only --verbose
   logs it. Returns EXCHANGE_READ if the run goes on. */
enum exchange_end exchange_wait(struct exchange *exchange, int64_t milliseconds, const char *what);

/* Whether a POST that did not end with EXCHANGE_READ may have been carried out. */
bool exchange_is_in_doubt(const struct exchange *exchange);

/* ---- response.c: the body of a response, parsed as it arrives ---- */

/* Creates the parser. Returns false after it has said why not. */
bool response_set_up(struct exchange *exchange);

/* A request is about to be sent. */
void response_begin(struct exchange *exchange);

/* Takes the next bytes of the body, for transport_receiver; returns false to stop. */
bool response_receive(void *context, const char *bytes, size_t length);

/* The body, which may be empty, has ended. Returns the parser's result for a page or
   a refusal, otherwise NUMRES_OK. */
numres_code response_finish(struct exchange *exchange);

/* For a taker: stops reading for this reason. */
numres_answer response_stop_for(struct exchange *exchange, enum response_stop reason);

/* The same because the reservation is not what was asked for, as the sentence says. */
numres_answer response_stop_for_wrong(struct exchange *exchange, const char *sentence);

/* Begins the format, and before it the pager, once there is something to show: until
   then the terminal shows progress. Returns false after it has said why it cannot. */
bool exchange_begin_output(struct exchange *exchange);

/* Shows a reservation that the filters take, with the numbers that are collected. Returns
   what a taker returns: stop if nothing more can be shown. */
numres_answer exchange_show(struct exchange *exchange, const numres_parser *parser,
                            const numres_reservation *reservation);

/* Whether the whole run has the time for a wait, in milliseconds, before another request. A
   limit of waiting alone does not count: it ends such a wait in its own way. */
bool exchange_has_time_for(const struct exchange *exchange, int64_t wait);

/* ---- notices.c: what is said of requests and responses ---- */

/* With --verbose: a request that is about to be sent, and how it ended. */
void notice_request(struct exchange *exchange, const char *url);
void notice_outcome(struct exchange *exchange, enum transport_outcome outcome);

/* A header of the response, for transport_receiver: with --verbose the important ones, with
   --include all. */
void notice_header(void *context, const char *line, size_t length);

/* A wait and its purpose: "to try again (the connection failed)". */
void notice_wait(struct exchange *exchange, int64_t milliseconds, const char *what);

/* A response that is not a page, before its body: its status and what to do. */
void notice_refusal(struct exchange *exchange);

/* A body that is not JSON: its type and first bytes. */
void notice_no_json(struct exchange *exchange);

/* The body of a refusal that names no errors. */
void notice_no_errors(struct exchange *exchange, bool is_no_json);

/* Why this request failed, and after how many tries; `what` may hold text from
   outside. */
void notice_failure(struct exchange *exchange, const char *what, const char *detail);

/* Adds the id of the request, by which the API's support finds the response. */
void notice_add_request_id(const struct exchange *exchange, struct message *message);

/* Why a wait is not begun: the whole run would end before it. */
void notice_wait_too_long(struct exchange *exchange, int64_t milliseconds, const char *what);

/* Says once that the time of the option is over. */
void notice_time_over(struct exchange *exchange);

/* Writes "HTTP 429 Too Many Requests" into `text`. */
void notice_status(long status, char *text, size_t size);

/* ---- notices.c: progress on a line of the terminal ---- */

/* Begins it if standard error is a terminal, unless --quiet is given. */
void notice_progress_begin(struct exchange *exchange);

/* Shows exchange->progress, or pages, reservations and the rate, followed by what is
   waited for, if that is not empty. Draws the line ten times a second at most. */
void notice_progress(struct exchange *exchange, const char *waiting);

/* The same at once. */
void notice_progress_now(struct exchange *exchange, const char *waiting);

#endif
