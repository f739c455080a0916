/*
 * The writer's own struct, and what its files offer to each other. writer.c
 * checks the order of calls and buffers the output; one form for JSON and one
 * for rows make the text.
 */
#ifndef NUMRES_LIB_WRITER_H
#define NUMRES_LIB_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../schema/record.h"
#include "numres/writer.h"

/* Output is buffered until the end of each call at the latest, because yajl
   writes a token in up to four parts. */
#define NUMRES_WRITER_BUFFER_SIZE 1024

/* How reservations are written. The writer has checked the order of the calls.
   If the write function fails, only `failed` is set. */
typedef struct numres_writer_form {
    /* Begins writer->reservation. */
    void (*begin_reservation)(numres_writer *writer);
    void (*phone_number)(numres_writer *writer, const numres_record *phone_number);
    void (*end_reservation)(numres_writer *writer);
    void (*finish)(numres_writer *writer);
} numres_writer_form;

extern const numres_writer_form numres_writer_json;
extern const numres_writer_form numres_writer_rows;

/* A container of the JSON text that was opened but not written yet. */
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

    bool started;  /* what comes before the first reservation is written */
    bool finished; /* no call is legal any more */
    bool failed;   /* the write function took too little: it is not called again */

    /* The caller's open reservation; NULL: none. It is read until its end, because
       some members follow the numbers, and every row repeats it. */
    const numres_record *reservation;
    numres_record reservation_room; /* for the view of a collection's reservation */
    bool has_numbers;               /* a phone number of it was written */

    struct yajl_gen_t *generator; /* JSON formats only */
    numres_writer_opened opened;
    numres_arena arena;

    size_t used; /* of the buffer */
    char buffer[NUMRES_WRITER_BUFFER_SIZE];
    _Alignas(max_align_t) char arena_bytes[NUMRES_ARENA_GENERATOR_SIZE];
};

/* Writes bytes through the buffer. The length may be 0 or more than the buffer has. */
void numres_writer_put(numres_writer *writer, const char *bytes, size_t length);

/* Makes the generator of a JSON format. Returns false if there is no memory for it. */
bool numres_writer_json_start(numres_writer *writer);

#endif
