#include "pulling.h"

static const void *what_came(const numres_reader *reader, numres_event event) {
    switch (event) {
    case NUMRES_EVENT_RESERVATION:
        return numres_reader_reservation(reader);
    case NUMRES_EVENT_PHONE_NUMBER:
        return numres_reader_phone_number(reader);
    case NUMRES_EVENT_META:
        return numres_reader_meta(reader);
    case NUMRES_EVENT_API_ERROR:
        return numres_reader_api_error(reader);
    case NUMRES_EVENT_DOCUMENT_END:
        return numres_reader_document(reader);
    case NUMRES_EVENT_PROBLEM:
        return numres_reader_problem(reader);
    default:
        return NULL;
    }
}

void pull_trace_event(const numres_reader *reader, numres_event event, trace *trace) {
    trace->position = numres_reader_position(reader);
    trace_event(trace, NULL, event, what_came(reader, event));
}

void pull_trace_result(const numres_reader *reader, trace *trace) {
    numres_error fine = numres_error_default();
    const numres_error *error = numres_reader_error(reader);
    fine.sentence = numres_code_sentence(NUMRES_OK);
    trace_result(trace, error != NULL ? error : &fine, numres_reader_position(reader));
}

/* Feeds the bytes, and records a result that the header rules out. */
static void give(numres_reader *reader, guard *guard, const char *bytes, size_t length,
                 trace *trace) {
    numres_code code = length > 0
                           ? numres_reader_feed(reader, guard_place(guard, bytes, length), length)
                           : numres_reader_finish(reader);
    if (code != NUMRES_OK) {
        text_buffer_format(&trace->lines, "!give(%s)\n", numres_code_name(code));
    }
}

void pull_document(numres_reader *reader, guard guards[2], const char *bytes, size_t length,
                   size_t first, size_t chunk, trace *trace) {
    size_t now = first < length ? first : length;
    unsigned int turn = 0;
    numres_event event;
    trace_clear(trace);
    numres_reader_reset(reader);
    while ((event = numres_reader_next(reader)) > NUMRES_EVENT_ERROR) {
        if (event != NUMRES_EVENT_NEED_BYTES) {
            pull_trace_event(reader, event, trace);
            continue;
        }
        give(reader, &guards[turn ^= 1u], bytes, now, trace);
        bytes += now;
        length -= now;
        now = chunk < length ? chunk : length;
    }
    pull_trace_result(reader, trace);
}
