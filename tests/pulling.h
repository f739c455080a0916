/* Reading a document with the pull reader into the trace that callbacks would leave. */
#ifndef NUMRES_TESTS_PULLING_H
#define NUMRES_TESTS_PULLING_H

#include <numres.h>

#include "support.h"
#include "trace.h"

/* Hands the event that came to the trace's handlers. */
void pull_trace_event(const numres_reader *reader, numres_event event, trace *trace);

/* The last line: the error that ended reading, or that it is fine. */
void pull_trace_result(const numres_reader *reader, trace *trace);

/* Reads a document from the reader's start: the first `first` bytes and then `chunk` at
   a time, each in memory that ends at a guard page and is used again. */
void pull_document(numres_reader *reader, guard guards[2], const char *bytes, size_t length,
                   size_t first, size_t chunk, trace *trace);

#endif
