/*
 * The trace: every callback with everything it was given, read through the public interface
 * alone. Two readings of a document are the same if their traces are. A callback starts
 * a line; its members follow, one a line, indented:
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
 *     expected="WORDS" found=TYPE        with wrong-type, on the same line
 *   off=POSITION document_end number=N offset=N length=N envelopes=...
 *     counts
 *   ok off=POSITION                      the last line, or, after an error,
 *   error CODE off=OFFSET path=PATH      with document=N after the first document
 *
 * Absent members are not listed. VALUE is null, invalid("raw text"), or the value
 * itself. A word that begins with ! marks a broken promise of the library; no golden
 * trace holds one.
 */
#ifndef NUMRES_TESTS_TRACE_H
#define NUMRES_TESTS_TRACE_H

#include <numres.h>

#include "text_buffer.h"

enum { TRACE_EVENTS = NUMRES_EVENT_PROBLEM + 1 };

typedef struct trace {
    text_buffer lines;
    /* Sentences of problems and of the error. Compared between two readings, but not part
       of the golden traces. */
    text_buffer sentences;
    bool counts_only; /* writes neither of the two */

    /* What the handlers return. */
    bool pause_always;
    bool leave_out;
    uint64_t stop_at; /* the callback that returns stop, counted from 1; 0: none */
    /* Called instead of using these three, with what the handler was given and after it
       is recorded. A test that needs more than `newest` has a struct that begins with a
       trace. */
    numres_answer (*decide)(numres_parser *parser, struct trace *trace, const void *what);

    uint64_t callbacks;          /* so far */
    uint64_t came[TRACE_EVENTS]; /* of each kind */
    numres_event newest;
    const void *given[TRACE_EVENTS]; /* the newest of each kind; invalid once its handler
                                        has returned */
    uint64_t last_position;          /* during the newest callback */
    uint64_t position;               /* of a callback that is given no parser */
} trace;

/* The number of records so far: reservations, phone numbers, metas and API errors. */
uint64_t trace_records(const trace *trace);

/* Forgets what was recorded. What the handlers return stays. */
void trace_clear(trace *trace);
void trace_free(trace *trace);

/* Handlers that record into the trace that is their `user`. */
numres_handlers trace_handlers(void);

/* What the handlers call: records an event with its data. The parser may be NULL. */
numres_answer trace_event(trace *trace, numres_parser *parser, numres_event event,
                          const void *what);

/* Adds the last line: `error` if its code is not NUMRES_OK, otherwise ok at `position`. */
void trace_result(trace *trace, const numres_error *error, uint64_t position);

#endif
