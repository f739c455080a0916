/* The command line of the commands that ask the API: its values, converted and checked.
   command.c reads it, all of api/ uses it. */
#ifndef NUMRES_TOOLS_SETTINGS_H
#define NUMRES_TOOLS_SETTINGS_H

#include <stdint.h>

#include "numres.h"

#include "../run/session.h"
#include "../show/format.h"
#include "access.h"

/* What was asked for. */
struct request_settings {
    enum option_command command;
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

#endif
