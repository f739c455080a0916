/* One run of numres list: what its rooms share. */
#ifndef NUMRES_TOOLS_LISTING_H
#define NUMRES_TOOLS_LISTING_H

#include "numres.h"

#include "list_options.h"
#include "problems.h"
#include "repeats.h"
#include "resume.h"
#include "retry.h"
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

#endif
