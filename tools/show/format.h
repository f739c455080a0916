/* The output formats: how each shows the records. show.c and api/ choose one. */
#ifndef NUMRES_TOOLS_FORMAT_H
#define NUMRES_TOOLS_FORMAT_H

#include "numres.h"

#include "../run/session.h"
#include "collect.h"
#include "table.h"

struct show_format;
struct xlsx;

/* The output of a run of numres show or list. */
struct showing {
    struct session *session;
    const struct show_format *format;
    struct collect numbers; /* of the reservation being read */
    uint64_t unprinted;     /* numbers read of it, including a refused one */
    /* For the table. */
    struct table table;
    struct summary summary;
    bool header_written;
    /* For the formats of the library's writer. */
    numres_writer *writer;
    void *writer_memory;
    struct xlsx *xlsx;
};

struct show_format {
    const char *name;
    numres_format written_as; /* for the library's writer */
    bool has_numbers;         /* the numbers are collected before a reservation */
    bool is_paged;
    bool is_lines; /* outputs can be joined: nothing before or after the reservations */
    /* Returns false after it has said why it cannot. */
    bool (*begin)(struct showing *showing);
    /* The reservation's numbers are collected. */
    void (*reservation)(struct showing *showing, const numres_parser *parser,
                        const numres_reservation *reservation);
    void (*page)(struct showing *showing, const numres_meta *meta); /* may be NULL */
    void (*end)(struct showing *showing); /* after the last file, also after errors */
};

/* The format of that name, the first of options.def if `name` is NULL. Returns NULL
   after it has said that there is none. */
const struct show_format *show_format_choose(enum option_command command, const char *name,
                                             struct print *messages);

/* Whether it takes the settings that are about one format alone. Returns false after it
   has said why not. */
bool show_format_fits(enum option_command command, const struct show_format *format,
                      const struct settings *settings, struct print *messages);

/* The handler of phone numbers: keeps one until its reservation arrives. Returns stop
   after it has set the session's stop_sentence. */
numres_answer showing_keep_number(struct showing *showing, const numres_phone_number *phone_number);

#endif
