/*
 * The exchange: a command's conversation with the API, from the key to the records of a
 * response. command.c sets it up; the commands send requests and take the records.
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

/* What the command line asks for. */
struct request_settings {
    enum option_command command;
    struct settings common;
    struct authorities authorities;
    const char *base_url;
    numres_query query; /* its texts point into the command line */
    uint64_t max_items; /* 0: no limit */
    struct selection selection;
    bool needs_numbers; /* even if the format shows none */
};

/* Reads and checks the arguments. Returns false after reporting an error. If help is
   wanted (settings->common.help), the values are not checked. */
bool request_settings_read(struct request_settings *settings, enum option_command command,
                           char **arguments, size_t count, struct print *messages);

/* Returns whether the named certificate authorities can be used; reports why not. */
bool request_settings_have_authorities(const struct request_settings *settings,
                                       struct print *messages);

/* ---- problems.c: problems of a page ---- */

/*
 * Each problem is reported once, even if its record comes again: it is held until it is
 * known whether the record is a repeat. At most PROBLEMS_REPORTED of a code are reported,
 * then how many more there are.
 */

#define PROBLEMS_REPORTED 100
#define PROBLEMS_CODES 24

struct problems_held {
    uint64_t counts[PROBLEMS_CODES];
    char *text; /* the reports, one per line */
    size_t length, size;
    uint64_t rows[PROBLEMS_CODES * PROBLEMS_REPORTED]; /* the row of each line: see report.h */
    size_t lines;
    bool failed; /* an allocation failed */
};

struct problems {
    struct session *session;
    const char *codes[PROBLEMS_CODES]; /* their names, in order of arrival */
    uint64_t told[PROBLEMS_CODES];     /* how many on this page, printed or not */
    struct problems_held record, page; /* of the current record; of the page itself */
    struct problems_held *target;
    uint64_t api_errors;
    struct print print; /* writes into the target */
};

void problems_begin(struct problems *problems, struct session *session);
void problems_end(struct problems *problems);

/* Holds a problem of the current response. */
void problems_hold(struct problems *problems, numres_parser *parser, const numres_problem *problem);

/* Reports the problems of a record that is shown, drops those of a repeat, and leaves
   those of any other record to be reported with the page's. */
void problems_tell_record(struct problems *problems);
void problems_forget_record(struct problems *problems);
void problems_leave_record(struct problems *problems);

/* Counts an API error. Returns whether it may still be reported. */
bool problems_may_report_api_error(struct problems *problems);

/* Drops what is held, because the request is sent again. */
void problems_forget(struct problems *problems);

/* Called at the end of a page or of its last response: reports what is held, and how many
   more there were of each code. */
void problems_tell(struct problems *problems);

/* ---- the exchange itself ---- */

/* The message when an allocation fails. */
#define EXCHANGE_NO_MEMORY "out of memory"

/* The option that limits the whole run. */
#define EXCHANGE_WHOLE_TIME "--max-time"

/* What is done with the body of a response. */
enum body_role {
    BODY_UNDECIDED, /* nothing of it has arrived */
    BODY_PAGE,      /* of a list, or of one reservation */
    BODY_REFUSAL,   /* shown: it says why there is no page */
    BODY_IGNORED    /* skipped: the request is sent again */
};

/* Why a response was not read to its end. */
enum response_stop {
    STOP_NONE,
    STOP_ERROR,    /* of the parser, which has the details */
    STOP_WRONG,    /* something is wrong with it: see `wrong` */
    STOP_LIMIT,    /* enough reservations are shown */
    STOP_OUTPUT,   /* nothing more can be shown */
    STOP_NO_MEMORY /* for an id, or for a copy of the reservation */
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
    bool is_empty;       /* it has ended without any content, */
    bool is_cut;         /* or in the middle of its JSON */
    bool has_mute_error; /* an API error has no words in a member that numres knows, */
    bool is_listed;      /* and is an element of errors */
    bool lists_errors;   /* an element of errors says something, as in the API's refusals */
    const char *wrong;   /* what is wrong with it, as a sentence */
};

struct exchange;

/* What a command does with a response. */
struct exchange_taker {
    /* Takes a reservation, whose numbers are collected in `showing`. */
    numres_answer (*reservation)(void *context, const numres_parser *parser,
                                 const numres_reservation *reservation);
    /* Called before the request is sent again; may be NULL. */
    void (*again)(void *context);
    void *context;
    /* Called for each number, before its reservation; may be NULL. */
    void (*phone_number)(void *context, const numres_phone_number *phone_number);
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

    /* The request, who takes its response, and its name in messages, such as "page 3". */
    struct transport_request request;
    const struct exchange_taker *taker;
    char idempotency_key[40]; /* of a POST */
    bool wants_list;          /* an array of reservations, not a single one */
    const char *wanted_id;    /* the id of the single one; NULL: any, or a list */
    char name[96];
    uint64_t page;  /* of a list, */
    uint64_t read;  /* and how many of its reservations were read */
    uint64_t tries; /* requests for it so far */

    int64_t pause; /* milliseconds to wait before the next request */
    int64_t began;
    const char *wait_option; /* --wait or --timeout, if it set the deadline; NULL: --max-time */
    bool is_time_over;       /* the deadline has passed, and this was reported */
    bool is_hopeless;        /* the next request would fail as this one did */
    uint64_t total_pages;    /* of the list; 0: unknown */
    char doubt[300];         /* about the list that was read, with advice; or empty */
    char progress[96];       /* shown in place of the list's, unless empty */
};

/* ---- command.c: from the command line to the exchange and back ---- */

/* A line for the help of each of these commands. */
#define EXCHANGE_HELP_KEY "Needs an API key: store it with 'numres login', or set TELNYX_API_KEY.\n"

/* Reads the options of `command`, takes the key and calls `run` with an exchange that
   is ready to send; `help` is what --help prints. Returns the exit code. */
int exchange_command(struct session *session, enum option_command command, const struct help *help,
                     char **arguments, size_t count, void (*run)(struct exchange *exchange));

/* Raises the exit code to EXIT_FAILED and reports why. Returns false. */
bool exchange_fail(struct exchange *exchange, const char *what, const char *reason);

/* ---- exchange.c: a request, its redirects and retries ---- */

/* Whether the request is a POST. */
bool exchange_is_post(const struct exchange *exchange);

/* Whether --max-retries allows another try. */
bool exchange_has_tries_left(const struct exchange *exchange);

/* Whether --max-time leaves time for a wait, in milliseconds, before another request. A
   deadline of --wait or --timeout does not count: the wait itself checks it. */
bool exchange_has_time_for(const struct exchange *exchange, int64_t wait);

/* Whether the response is a redirect (RFC 9110 section 15.4). */
bool exchange_is_redirect(const struct exchange *exchange);

/* How the current request ended. */
struct retry_facts exchange_facts(const struct exchange *exchange, bool connection_failed);

enum exchange_end {
    EXCHANGE_READ,       /* to its end */
    EXCHANGE_STOPPED,    /* by the taker, inside the response */
    EXCHANGE_FAILED,     /* the reason was reported, the exit code raised */
    EXCHANGE_INTERRUPTED /* by the user */
};

/* Sends exchange->request, again if the retry rules allow it, and passes each reservation
   to the taker. */
enum exchange_end exchange_send(struct exchange *exchange);

/* Waits and shows progress; `what` completes the sentence "waiting 2 s". The wait is
   logged only with --verbose. Returns EXCHANGE_READ if the run goes on. */
enum exchange_end exchange_wait(struct exchange *exchange, int64_t milliseconds, const char *what);

/* Whether a POST that did not end with EXCHANGE_READ may have been carried out. */
bool exchange_is_in_doubt(const struct exchange *exchange);

/* ---- response.c: the body of a response, parsed as it arrives, and its records shown ---- */

/* Creates the parser. Returns false after reporting an error. */
bool response_set_up(struct exchange *exchange);

/* Prepares for the response to the next request. */
void response_begin(struct exchange *exchange);

/* Takes the next bytes of the body, for transport_receiver; returns false to stop. */
bool response_receive(void *context, const char *bytes, size_t length);

/* Decides by the status what is done with the body, unless that is decided, and reports a
   refusal. */
void response_decide(struct exchange *exchange);

/* Ends the body, which may be empty. Returns the parser's result for a page or a refusal,
   otherwise NUMRES_OK. */
numres_code response_finish(struct exchange *exchange);

/* For takers: stops reading for this reason. Returns NUMRES_STOP. */
numres_answer response_stop_for(struct exchange *exchange, enum response_stop reason);

/* The same for a response that is wrong; `sentence` says why. */
numres_answer response_stop_for_wrong(struct exchange *exchange, const char *sentence);

/* Whether anything more can be shown. */
bool exchange_can_show(const struct exchange *exchange);

/* Begins the pager and the format, unless they have begun. Called once there is something
   to show: until then the terminal shows progress. Returns false after reporting an error. */
bool exchange_begin_output(struct exchange *exchange);

/* Shows a reservation, with its collected numbers, if the filters accept it. Returns the
   answer for a taker to return: stop if nothing more can be shown. */
numres_answer exchange_show(struct exchange *exchange, const numres_parser *parser,
                            const numres_reservation *reservation);

/* ---- verdict.c: what a response that has ended is worth ---- */

/* How one request ended. */
enum attempt {
    ATTEMPT_READ,
    ATTEMPT_STOPPED,
    ATTEMPT_BROKEN,  /* connection or response broken; another try may work */
    ATTEMPT_REFUSED, /* by a status that allows another try */
    ATTEMPT_WAITED,  /* nothing was sent: a wait has ended, and the next request may follow */
    ATTEMPT_FAILED,  /* the reason was reported */
    ATTEMPT_INTERRUPTED
};

/* Judges a response that has ended, or was stopped because of its content. */
enum attempt verdict_on_response(struct exchange *exchange, enum transport_outcome outcome);

/* Reports why there is no whole response. Returns ATTEMPT_FAILED. */
enum attempt verdict_fail_broken(struct exchange *exchange);

/* The same in few words. */
void verdict_why_broken(const struct exchange *exchange, char *text, size_t size);

/* Completes the sentence "the response is empty"; if it was compressed, says why that may be. */
const char *verdict_how_empty(const struct exchange *exchange);

/* ---- notices.c: messages about requests and responses ---- */

/* With --verbose, report a request that is about to be sent, and how it ended. */
void notice_request(struct exchange *exchange, const char *url);
void notice_outcome(struct exchange *exchange, enum transport_outcome outcome);

/* Reports a header of the response, for transport_receiver: with --verbose only an
   important one, with --include any. */
void notice_header(void *context, const char *line, size_t length);

/* Reports a wait and its purpose: "to try again (the connection failed)". */
void notice_wait(struct exchange *exchange, int64_t milliseconds, const char *what);

/* Reports the status of a response that is not a page, and what to do, before its body. */
void notice_refusal(struct exchange *exchange);

/* After the body of a refusal: reports what its status says about the key, if the API sent it. */
void notice_key(struct exchange *exchange);

/* Reports what is wrong with a body, with its type and first bytes. */
void notice_body(struct exchange *exchange, const char *what);

/* The same for one that has errors in place of a page, but no text that can be shown. */
void notice_no_errors(struct exchange *exchange);

/* Reports why this request failed, and after how many tries. Both texts may come from
   outside. */
void notice_failure(struct exchange *exchange, const char *what, const char *detail);

/* Adds the id of the request, by which the API's support can find the response. */
void notice_add_request_id(const struct exchange *exchange, struct message *message);

/* Reports that a wait is not begun, since it would exceed --max-time. */
void notice_wait_too_long(struct exchange *exchange, int64_t milliseconds, const char *what);

/* Reports once that the time of --max-time, or of exchange->wait_option, is over. */
void notice_time_over(struct exchange *exchange);

/* Writes "HTTP 429 Too Many Requests" into `text`. */
void notice_status(long status, char *text, size_t size);

/* ---- notices.c: progress on a line of the terminal ---- */

/* Begins progress if standard error is a terminal, unless --quiet is given. */
void notice_progress_begin(struct exchange *exchange);

/* Shows exchange->progress or, if that is empty, pages, reservations and the rate of a list, or
   the name of another request; then
   `waiting`, if it is not empty. Draws the line at most ten times a second. */
void notice_progress(struct exchange *exchange, const char *waiting);

/* The same at once. */
void notice_progress_now(struct exchange *exchange, const char *waiting);

#endif
