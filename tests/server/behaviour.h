/* What the rules that hold for a request change in its response. */
#ifndef NUMRES_TESTS_BEHAVIOUR_H
#define NUMRES_TESTS_BEHAVIOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BEHAVIOUR_MOST_HEADERS 8

/* A member of the meta with a false value. */
typedef struct altered_member {
    bool altered;
    bool absent;
    uint64_t value;
} altered_member;

/* All zero: an honest response. Texts belong to the rule, which lives longer. */
typedef struct behaviour {
    unsigned int status;                         /* 0: the honest one */
    const char *headers[BEHAVIOUR_MOST_HEADERS]; /* "NAME: VALUE" */
    size_t header_count;
    uint64_t long_header;  /* bytes of one; 0: none */
    uint64_t long_headers; /* how many of them; 0: one */
    const char *retry_after;
    bool retry_after_date;
    int64_t retry_after_seconds;
    const char *redirect;
    const char *type;
    bool gzip;
    bool chunked;
    int64_t length_off; /* 0: the correct length */

    const char *body; /* its kind */
    uint64_t padding;
    bool cuts;
    uint64_t cut;
    bool stalls;
    uint64_t stall;
    uint64_t drip;              /* bytes at once; 0: as many as possible */
    uint64_t pace_microseconds; /* between two pieces */

    uint64_t data_page; /* 0: the one asked for */
    bool no_data;
    bool no_meta;
    altered_member page_number;
    altered_member page_size;
    altered_member total_pages;
    altered_member total_results;
    uint64_t grow;
    uint64_t shrink;
    bool settles_late; /* a new reservation, after `settle` looks; otherwise after one */
    uint64_t settle;
    const char *outcome;               /* NULL: success */
    bool carries_out, carries_nothing; /* whatever the response says */
    uint64_t twice; /* this place of the page repeats the one before; 0: none does */

    bool drop;
    bool hold;
    bool close_told;
    bool close_silent;
} behaviour;

/* Takes one part of a rule, NAME=VALUE or NAME, which must stay in memory. Returns false
   if there is no such part or its value is wrong. */
bool behaviour_take(behaviour *behaviour, const char *part);

/* Reads a text that is a decimal number and nothing else. */
bool behaviour_number(const char *text, uint64_t *number);

#endif
