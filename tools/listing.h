/* One run of numres list: what its rooms share. */
#ifndef NUMRES_TOOLS_LISTING_H
#define NUMRES_TOOLS_LISTING_H

#include "numres.h"

#include "list_options.h"
#include "repeats.h"
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
    uint32_t envelopes; /* of its document, once that has ended */
    uint64_t api_errors;
    bool has_mute_error; /* one of them says nothing that is known */
};

struct listing {
    struct session *session;
    const struct list_settings *settings;
    const struct api_key *key;
    struct showing showing;
    char *base_url; /* without a slash at its end */
    numres_parser *parser;
    struct transport transport;
    struct answer answer;

    numres_query query;
    numres_pager pager;
    /* The pager as far as what was taken has been written out. */
    numres_pager written;
    /* The page where an earlier run ended, and its places that were taken. */
    uint64_t resumed_page, resumed_places;

    struct repeats repeats;
    uint64_t repeat_count; /* reservations of the page before */
    uint64_t tries;        /* requests for this page so far */
    /* Problems up to here have been told in an earlier attempt at this page. */
    uint64_t told_up_to;

    uint64_t total_pages; /* as the last meta told; 0: not known */
    int64_t began;
    char page_name[32]; /* "page 3" */
};

/* Whether another try may follow, as far as those that are left go. */
bool listing_has_tries_left(const struct listing *listing);

/* Whether the API has answered with a redirect (RFC 9110 section 15.4). */
bool listing_is_redirect(const struct listing *listing);

/* How the request at hand ended. */
struct retry_facts listing_facts(const struct listing *listing, bool connection_failed);

#endif
