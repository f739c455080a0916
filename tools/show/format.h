/* The formats of numres show: how each shows the records. */
#ifndef NUMRES_TOOLS_SHOW_FORMAT_H
#define NUMRES_TOOLS_SHOW_FORMAT_H

#include "numres.h"

#include "../run/session.h"
#include "collect.h"
#include "table.h"

struct show_format;

/* What a run of numres show keeps besides its session. */
struct showing {
    struct session *session;
    const struct show_format *format;
    struct collect numbers; /* of the reservation being read */
    uint64_t unprinted;     /* numbers read of it: a refused one is not collected */
    /* For the table. */
    struct table table;
    struct summary summary;
    bool header_written;
    /* For the formats of the library's writer. */
    numres_writer *writer;
    void *writer_memory;
};

struct show_format {
    const char *name;
    numres_format written_as; /* of those that the writer writes */
    bool has_numbers;         /* the numbers are collected before a reservation */
    bool is_paged;
    /* Answers false after it has said why it cannot begin. */
    bool (*begin)(struct showing *showing);
    /* The reservation's numbers are collected. */
    void (*reservation)(struct showing *showing, const numres_parser *parser,
                        const numres_reservation *reservation);
    void (*page)(struct showing *showing, const numres_meta *meta); /* may be NULL */
    void (*end)(struct showing *showing); /* after the last file, also after errors */
};

/* Their names, in the order of the help. */
#define SHOW_FORMAT_COUNT 6
extern const struct show_format show_formats[SHOW_FORMAT_COUNT];

/* The format of that name, or NULL after it has been said that it is none. */
const struct show_format *show_format_choose(const char *command, const char *name,
                                             struct print *messages);

/* What the handler of phone numbers does: keeps one until its reservation
   comes. Answers stop after it has set the session's stop_sentence. */
numres_answer showing_keep_number(struct showing *showing, const numres_phone_number *phone_number);

#endif
