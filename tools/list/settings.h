/* The command line of numres list. */
#ifndef NUMRES_TOOLS_LIST_OPTIONS_H
#define NUMRES_TOOLS_LIST_OPTIONS_H

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
    bool verbose;
    bool include;             /* all headers of the answers are shown */
    bool exit_status;         /* that a limit was reached is one */
    const char *api_key_file; /* NULL: the environment has the key */
    const char *tls_key_log;  /* NULL: none */
    struct authorities authorities;
    const char *base_url;
    const char *resume;            /* the file; NULL: none */
    numres_query query;            /* leads into the command line */
    uint64_t max_pages, max_items; /* 0: no limit */
    uint64_t max_retries;
    int64_t timeout, connect_timeout; /* milliseconds */
    int64_t max_time;                 /* of the whole run; 0: no limit */
    char created_after[TIMES_FILTER_SIZE], created_before[TIMES_FILTER_SIZE];
    size_t max_reservation_bytes, max_page_bytes;
    const struct show_format *format;
};

/* Reads and checks the arguments. Answers false after it has said what is
   wrong; if help is wanted (settings->common.help) nothing is checked. */
bool list_settings_read(struct list_settings *settings, char **arguments, size_t count,
                        struct print *messages);

#endif
