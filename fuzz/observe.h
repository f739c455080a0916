/*
 * One reading of a document with everything the library promises of its
 * callbacks checked on the way; a broken promise ends the program.
 */
#ifndef NUMRES_FUZZ_OBSERVE_H
#define NUMRES_FUZZ_OBSERVE_H

#include <numres.h>

#include "input.h"
#include "trace.h"

/* How a document is read. The trace of two ways has to be the same. */
typedef struct reading_way {
    const char *name;
    numres_options options;
    bool in_chunks; /* of the settings' sizes; else in one feed */
    bool pauses;    /* at the callbacks that the settings name */
    bool in_callers_memory;
    bool used_parser; /* it has read part of the document before */
} reading_way;

typedef struct observation {
    trace trace; /* the first member: the trace's handlers are given it */
    const fuzz_input *input;
    bool pauses;
    bool ended; /* an error was answered: no callback may come any more */
    uint64_t reservations, phone_numbers, api_errors, problems; /* of this document */
    uint64_t all_reservations;
    uint64_t last_reservation; /* index of the last one delivered */
    uint64_t document_start;   /* where the next document may begin at the earliest */
    uint64_t owner;            /* index of the reservation that the last number is of */
    uint64_t next_number;      /* smallest index that the next number of it may have */
} observation;

/* Reads the input's document. Free what is in observation->trace. */
void observe(observation *seen, const fuzz_input *input, const reading_way *way);

/* The handlers that check and then trace; `user` is the observation. */
numres_handlers observe_handlers(const fuzz_input *input);

/* The texts of a record, typed and raw, must be UTF-8 and never NULL. */
void observe_reservation_texts(const numres_reservation *record);
void observe_phone_number_texts(const numres_phone_number *record);
void observe_meta_texts(const numres_meta *record);
void observe_api_error_texts(const numres_api_error *record);

#endif
