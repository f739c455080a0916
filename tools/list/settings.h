/* The command line of numres list: its values, converted and checked. list.c reads
   it, all of list/ uses it. */
#ifndef NUMRES_TOOLS_SETTINGS_H
#define NUMRES_TOOLS_SETTINGS_H

#include <stdint.h>

#include "numres.h"

#include "../run/session.h"
#include "../show/format.h"
#include "access.h"
#include "times.h"

/* What numres list was asked to do. */
struct list_settings {
    struct settings common;
    char **words; /* the arguments */
    size_t word_count;
    struct authorities authorities;
    const char *base_url;
    numres_query query;            /* its texts point into the command line */
    uint64_t max_pages, max_items; /* 0: no limit */
    uint64_t max_retries;
    int64_t timeout, connect_timeout; /* milliseconds */
    int64_t max_time;                 /* of the whole run; 0: no limit */
    char created_after[TIMES_FILTER_SIZE], created_before[TIMES_FILTER_SIZE];
    size_t max_reservation_bytes, max_page_bytes;
    const struct show_format *format;
};

/* Reads and checks the arguments. Returns false after it has said what is
   wrong; if help is wanted (settings->common.help) nothing is checked. */
bool list_settings_read(struct list_settings *settings, char **arguments, size_t count,
                        struct print *messages);

#endif
