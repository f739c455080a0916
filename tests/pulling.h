/* Reads a document with the pull reader into the same trace that callbacks would write. */
#ifndef NUMRES_TESTS_PULLING_H
#define NUMRES_TESTS_PULLING_H

#include <numres.h>

#include "support.h"
#include "trace.h"

/* Passes the current event to the trace's handlers. */
void pull_trace_event(const numres_reader *reader, numres_event event, trace *trace);

/* Adds the trace's last line: the error that ended reading, or ok. */
void pull_trace_result(const numres_reader *reader, trace *trace);

/* Reads a document with a new or reset reader: the first `first` bytes, then `chunk` at a
   time, each placed before a guard page in memory that later chunks overwrite. */
void pull_document(numres_reader *reader, guard guards[2], const char *bytes, size_t length,
                   size_t first, size_t chunk, trace *trace);

#endif
