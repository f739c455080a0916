/*
 * Reads a document once and checks on the way everything that the library promises about
 * its callbacks. A broken promise ends the program.
 */
#ifndef NUMRES_FUZZ_OBSERVE_H
#define NUMRES_FUZZ_OBSERVE_H

#include <numres.h>

#include "input.h"
#include "trace.h"

/* How a document is read. All ways must give the same trace. */
typedef struct reading_way {
    const char *name;
    numres_options options;
    bool in_chunks; /* of the settings' sizes; otherwise in one feed */
    bool pauses;    /* at the callbacks that the settings name */
    bool in_callers_memory;
    bool used_parser; /* it read part of the document before */
} reading_way;

typedef struct observation {
    trace trace; /* must be first: the trace's handlers get this pointer */
    const fuzz_input *input;
    bool pauses;
    bool ended; /* an error was returned: no more callbacks may follow */
    uint64_t reservations, phone_numbers, api_errors, problems; /* of this document */
    uint64_t all_reservations;
    uint64_t last_reservation; /* index of the last one delivered */
    uint64_t document_start;   /* earliest position at which the next document may begin */
    uint64_t owner;            /* index of the reservation of the last number */
    uint64_t next_number;      /* smallest index allowed for its next number */
} observation;

/* Reads the input's document. The caller frees observation->trace. */
void observe(observation *seen, const fuzz_input *input, const reading_way *way);

/* Handlers that check, then trace; their `user` is the observation. */
numres_handlers observe_handlers(const fuzz_input *input);

/* Check that the texts of a record, typed and raw, are UTF-8 and never NULL. */
void observe_reservation_texts(const numres_reservation *record);
void observe_phone_number_texts(const numres_phone_number *record);
void observe_meta_texts(const numres_meta *record);
void observe_api_error_texts(const numres_api_error *record);

#endif
