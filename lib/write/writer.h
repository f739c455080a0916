/*
 * The writer's own struct, and what its files offer to each other: writer.c
 * keeps the order of calls and the output, one form for JSON and one for rows
 * say what is put out.
 */
#ifndef NUMRES_LIB_WRITER_H
#define NUMRES_LIB_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../schema/record.h"
#include "numres/writer.h"

/* Output is gathered here, and given away at the end of each call at the
   latest: yajl puts out a token in up to four pieces. */
#define NUMRES_WRITER_BUFFER_SIZE 1024

/* How reservations are put out. The writer has checked the order of the calls;
   failures of the write function show only in `failed`. */
typedef struct numres_writer_form {
    /* writer->reservation begins. */
    void (*begin_reservation)(numres_writer *writer);
    void (*phone_number)(numres_writer *writer, const numres_record *phone_number);
    void (*end_reservation)(numres_writer *writer);
    void (*finish)(numres_writer *writer);
} numres_writer_form;

extern const numres_writer_form numres_writer_json;
extern const numres_writer_form numres_writer_rows;

/* A container of the JSON text that was opened but not put out yet. */
typedef enum numres_writer_opened {
    NUMRES_WRITER_OPENED_NONE,
    NUMRES_WRITER_OPENED_ARRAY,
    NUMRES_WRITER_OPENED_OBJECT
} numres_writer_opened;

struct numres_writer {
    numres_format format;
    bool keep_formulas;
    char separator; /* of the fields of a row */
    bool plain_times;
    const numres_writer_form *form;
    numres_write_function write;
    void *context;

    bool started;  /* what comes before the first reservation is put out */
    bool finished; /* no call is right any more */
    bool failed;   /* the write function took too little: it is not called again */

    /* The open reservation, the caller's, NULL: none. It is read until its end:
       members follow after the numbers, and every row repeats it. */
    const numres_record *reservation;
    numres_record reservation_room; /* for the one of a collection */
    bool has_numbers;               /* a phone number of it was put out */

    struct yajl_gen_t *generator; /* JSON formats only */
    numres_writer_opened opened;
    numres_arena arena;

    size_t used; /* of the buffer */
    char buffer[NUMRES_WRITER_BUFFER_SIZE];
    _Alignas(max_align_t) char arena_bytes[NUMRES_ARENA_GENERATOR_SIZE];
};

/* Puts out bytes; any length, 0 too. */
void numres_writer_put(numres_writer *writer, const char *bytes, size_t length);

/* Makes the generator of a JSON format; false: there is no memory for it. */
bool numres_writer_json_start(numres_writer *writer);

#endif
