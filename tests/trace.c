#include "trace.h"

#include <inttypes.h>

#include "all_handlers.h"
#include "trace_members.h"

void trace_clear(trace *trace) {
    text_buffer_clear(&trace->lines);
    text_buffer_clear(&trace->sentences);
    trace->callbacks = 0;
    trace->last_position = 0;
}

void trace_free(trace *trace) {
    text_buffer_free(&trace->lines);
    text_buffer_free(&trace->sentences);
}

/* Starts a callback's lines. Positions never go back. */
static text_buffer *begin(trace *trace, const numres_parser *parser) {
    uint64_t position = parser ? numres_parser_position(parser) : trace->position;
    text_buffer_format(&trace->lines, "off=%" PRIu64 " ", position);
    if (position < trace->last_position) {
        text_buffer_format(&trace->lines, "!back ");
    }
    trace->last_position = position;
    trace->callbacks++;
    return &trace->lines;
}

/* Ends them. */
static numres_answer answer(trace *trace) {
    text_buffer_add(&trace->lines, "\n", 1);
    if (trace->callbacks == trace->stop_at) {
        return NUMRES_STOP;
    }
    return trace->pause_always ? NUMRES_PAUSE : NUMRES_GO_ON;
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    text_buffer *lines = begin(user, parser);
    text_buffer_format(lines, "reservation[%" PRIu64 "]", reservation->index);
    trace_reservation_members(lines, reservation);
    return answer(user);
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    text_buffer *lines = begin(user, parser);
    const numres_reservation *owner = phone_number->reservation;
    text_buffer_format(lines, "phone_number[%" PRIu64 "][%" PRIu64 "]", owner->index,
                       phone_number->index);
    trace_phone_number_members(lines, phone_number);
    trace_owner_members(lines, owner);
    return answer(user);
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    text_buffer *lines = begin(user, parser);
    text_buffer_format(lines, "meta");
    trace_meta_members(lines, meta);
    return answer(user);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    text_buffer *lines = begin(user, parser);
    text_buffer_format(lines, "api_error[%" PRIu64 "]", api_error->index);
    trace_api_error_members(lines, api_error);
    text_buffer_format(lines, "%s", api_error->of_root ? "\n  of-root" : "");
    return answer(user);
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

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    text_buffer *lines = begin(user, parser);
    text_buffer_format(lines, "document_end number=%" PRIu64 " offset=%" PRIu64 " length=%" PRIu64,
                       document->number, document->offset, document->length);
    write_envelopes(lines, document->envelopes);
    text_buffer_format(lines,
                       "\n  reservations=%" PRIu64 " phone_numbers=%" PRIu64 " api_errors=%" PRIu64
                       "\n  problems=%" PRIu64 " left_out=%" PRIu64 " elements=%" PRIu64,
                       document->reservations, document->phone_numbers, document->api_errors,
                       document->problems, document->left_out, document->elements);
    return answer(user);
}

static void write_sentence(trace *trace, const char *sentence) {
    text_buffer_format(&trace->sentences, "%s\n", sentence ? sentence : "!NULL");
}

static const char *json_type_name(numres_json_type type) {
    static const char *const names[] = {"none", "string", "number", "boolean",
                                        "null", "array",  "object"};
    return (size_t)type < sizeof(names) / sizeof(names[0]) ? names[type] : "!unknown";
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    trace *trace = user;
    text_buffer *lines = begin(trace, parser);
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
    numres_answer general = answer(trace);
    if (general == NUMRES_STOP) {
        return NUMRES_STOP;
    }
    return trace->leave_out ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
}

numres_handlers trace_handlers(void) {
    return ALL_HANDLERS;
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
