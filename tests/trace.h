/*
 * The trace: every callback with all that it was given, through the public
 * interface alone. Two readings of a document are the same if their traces are. A
 * callback begins a line; its members follow, one a line, indented:
 *
 *   off=POSITION reservation[INDEX]
 *     member=VALUE
 *     phone_number_count=N
 *   off=POSITION phone_number[RESERVATION][INDEX]
 *     member=VALUE
 *     of member=VALUE                    what is known of its reservation so far
 *   off=POSITION meta
 *   off=POSITION api_error[INDEX]
 *   off=POSITION problem CODE at=OFFSET path=PATH raw="TEXT"
 *   off=POSITION document_end number=N offset=N length=N envelopes=...
 *     counts
 *   ok off=POSITION                      or, as the last line,
 *   error CODE off=OFFSET path=PATH      with document=N after the first one
 *
 * A member that is absent is not named; its VALUE is null, invalid("raw"
 * text), or the value itself. A word that begins with ! is a broken promise
 * of the library; no golden trace holds one.
 */
#ifndef NUMRES_TESTS_TRACE_H
#define NUMRES_TESTS_TRACE_H

#include <numres.h>

#include "text_buffer.h"

enum { TRACE_EVENTS = NUMRES_EVENT_PROBLEM + 1 };

typedef struct trace {
    text_buffer lines;
    /* Sentences of problems and of the error: compared between two readings,
       but not part of the golden traces. */
    text_buffer sentences;
    bool counts_only; /* writes neither */

    /* What the handlers return. */
    bool pause_always;
    bool leave_out;
    uint64_t stop_at; /* the callback that returns stop, from 1; 0: none */
    /* Asked with what the handler was given, once that is recorded, instead of these
       three. A test that needs more than `newest` has a struct that begins with a trace. */
    numres_answer (*decide)(numres_parser *parser, struct trace *trace, const void *what);

    uint64_t callbacks;          /* that came so far */
    uint64_t came[TRACE_EVENTS]; /* of each kind */
    numres_event newest;
    uint64_t last_position; /* inside the newest of them */
    uint64_t position;      /* of a callback that is given no parser */
} trace;

/* How many records came: reservations, phone numbers, metas and API errors. */
uint64_t trace_records(const trace *trace);

/* Forgets what was recorded; what the handlers return stays. */
void trace_clear(trace *trace);
void trace_free(trace *trace);

/* Handlers that record into the trace given as `user`. */
numres_handlers trace_handlers(void);

/* What they do: records an event and what came with it; the parser may be NULL. */
numres_answer trace_event(trace *trace, numres_parser *parser, numres_event event,
                          const void *what);

/* The last line: `error` if its code is not NUMRES_OK, else ok at `position`. */
void trace_result(trace *trace, const numres_error *error, uint64_t position);

#endif
