#include "trace.h"

#include <inttypes.h>
#include <string.h>

#include "trace_members.h"

void trace_clear(trace *trace) {
    text_buffer_clear(&trace->lines);
    text_buffer_clear(&trace->sentences);
    trace->callbacks = 0;
    memset(trace->came, 0, sizeof trace->came);
    memset(trace->given, 0, sizeof trace->given);
    trace->last_position = 0;
}

void trace_free(trace *trace) {
    text_buffer_free(&trace->lines);
    text_buffer_free(&trace->sentences);
}

uint64_t trace_records(const trace *trace) {
    return trace->came[NUMRES_EVENT_RESERVATION] + trace->came[NUMRES_EVENT_PHONE_NUMBER] +
           trace->came[NUMRES_EVENT_META] + trace->came[NUMRES_EVENT_API_ERROR];
}

static void write_phone_number(text_buffer *lines, const numres_phone_number *phone_number) {
    const numres_reservation *owner = phone_number->reservation;
    text_buffer_format(lines, "phone_number[%" PRIu64 "][%" PRIu64 "]", owner->index,
                       phone_number->index);
    trace_phone_number_members(lines, phone_number);
    trace_owner_members(lines, owner);
}

static void write_reservation(text_buffer *lines, const numres_reservation *reservation) {
    text_buffer_format(lines, "reservation[%" PRIu64 "]", reservation->index);
    trace_reservation_members(lines, reservation);
}

static void write_meta(text_buffer *lines, const numres_meta *meta) {
    text_buffer_format(lines, "meta");
    trace_meta_members(lines, meta);
}

static void write_api_error(text_buffer *lines, const numres_api_error *api_error) {
    text_buffer_format(lines, "api_error[%" PRIu64 "]", api_error->index);
    trace_api_error_members(lines, api_error);
    text_buffer_format(lines, "%s", api_error->of_root ? "\n  of-root" : "");
}

static void write_envelopes(text_buffer *lines, uint32_t envelopes) {
    static const char *const names[] = {"list", "single", "errors", "bare"};
    const char *separator = " envelopes=";
    for (unsigned int bit = 0; bit < 4; bit++) {
        if (envelopes >> bit & 1u) {
            text_buffer_format(lines, "%s%s", separator, names[bit]);
            separator = "+";
        }
    }
    if (envelopes == 0) {
        text_buffer_format(lines, " envelopes=none");
    }
    if (envelopes >> 4) {
        text_buffer_format(lines, " !envelopes(%" PRIx32 ")", envelopes);
    }
}

static void write_document(text_buffer *lines, const numres_document *document) {
    text_buffer_format(lines, "document_end number=%" PRIu64 " offset=%" PRIu64 " length=%" PRIu64,
                       document->number, document->offset, document->length);
    write_envelopes(lines, document->envelopes);
    text_buffer_format(lines,
                       "\n  reservations=%" PRIu64 " phone_numbers=%" PRIu64 " api_errors=%" PRIu64
                       "\n  problems=%" PRIu64 " left_out=%" PRIu64 " elements=%" PRIu64,
                       document->reservations, document->phone_numbers, document->api_errors,
                       document->problems, document->left_out, document->elements);
}

static void write_sentence(trace *trace, const char *sentence) {
    text_buffer_format(&trace->sentences, "%s\n", sentence ? sentence : "!NULL");
}

static const char *json_type_name(numres_json_type type) {
    static const char *const names[] = {"none", "string", "number", "boolean",
                                        "null", "array",  "object"};
    return (size_t)type < sizeof(names) / sizeof(names[0]) ? names[type] : "!unknown";
}

static void write_problem(trace *trace, const numres_problem *problem) {
    text_buffer *lines = &trace->lines;
    text_buffer_format(lines, "problem %s at=%" PRIu64 " path=", numres_code_name(problem->code),
                       problem->offset);
    text_buffer_add(lines, problem->path.bytes, problem->path.length);
    if (problem->path.bytes[problem->path.length] != '\0') {
        text_buffer_format(lines, " !path-end");
    }
    text_buffer_format(lines, " raw=");
    trace_text(lines, problem->raw);
    if (problem->raw.length > NUMRES_RAW_TEXT_LENGTH) {
        text_buffer_format(lines, " !raw-length");
    }
    if (problem->expected) {
        text_buffer_format(lines, " expected=\"%s\" found=%s", problem->expected,
                           json_type_name(problem->found));
    }
    text_buffer_format(&trace->sentences, "%s: ", json_type_name(problem->found));
    write_sentence(trace, problem->sentence);
}

static void write_lines(trace *trace, numres_event event, const void *what) {
    text_buffer *lines = &trace->lines;
    switch (event) {
    case NUMRES_EVENT_RESERVATION:
        write_reservation(lines, what);
        break;
    case NUMRES_EVENT_PHONE_NUMBER:
        write_phone_number(lines, what);
        break;
    case NUMRES_EVENT_META:
        write_meta(lines, what);
        break;
    case NUMRES_EVENT_API_ERROR:
        write_api_error(lines, what);
        break;
    case NUMRES_EVENT_DOCUMENT_END:
        write_document(lines, what);
        break;
    case NUMRES_EVENT_PROBLEM:
        write_problem(trace, what);
        break;
    default:
        text_buffer_format(lines, "!event(%d)", (int)event);
    }
    text_buffer_add(lines, "\n", 1);
}

static numres_answer answer_of(const trace *trace) {
    if (trace->callbacks == trace->stop_at) {
        return NUMRES_STOP;
    }
    if (trace->newest == NUMRES_EVENT_PROBLEM) {
        return trace->leave_out ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
    }
    return trace->pause_always ? NUMRES_PAUSE : NUMRES_GO_ON;
}

numres_answer trace_event(trace *trace, numres_parser *parser, numres_event event,
                          const void *what) {
    uint64_t position = parser ? numres_parser_position(parser) : trace->position;
    if (!trace->counts_only) {
        text_buffer_format(&trace->lines, "off=%" PRIu64 " %s", position,
                           position < trace->last_position ? "!back " : "");
        write_lines(trace, event, what);
    }
    trace->newest = event;
    trace->given[event] = what;
    trace->last_position = position;
    trace->callbacks++;
    trace->came[event]++;
    return trace->decide ? trace->decide(parser, trace, what) : answer_of(trace);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    return trace_event(user, parser, NUMRES_EVENT_RESERVATION, reservation);
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    return trace_event(user, parser, NUMRES_EVENT_PHONE_NUMBER, phone_number);
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    return trace_event(user, parser, NUMRES_EVENT_META, meta);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    return trace_event(user, parser, NUMRES_EVENT_API_ERROR, api_error);
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    return trace_event(user, parser, NUMRES_EVENT_DOCUMENT_END, document);
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    return trace_event(user, parser, NUMRES_EVENT_PROBLEM, problem);
}

numres_handlers trace_handlers(void) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = on_reservation;
    handlers.on_phone_number = on_phone_number;
    handlers.on_meta = on_meta;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    handlers.on_problem = on_problem;
    return handlers;
}

void trace_result(trace *trace, const numres_error *error, uint64_t position) {
    text_buffer *lines = &trace->lines;
    if (error->code == NUMRES_OK) {
        text_buffer_format(lines, "ok off=%" PRIu64 "\n", position);
        return;
    }
    text_buffer_format(lines, "error %s off=%" PRIu64 " path=%s", numres_code_name(error->code),
                       error->offset, error->path);
    if (error->document != 0) {
        text_buffer_format(lines, " document=%" PRIu64, error->document);
    }
    text_buffer_format(lines, "\n");
    write_sentence(trace, error->sentence);
}
