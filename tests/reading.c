#include "reading.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void reader_create(reader *reader, const reading_options *options, const char *document,
                   size_t length) {
    *reader = (struct reader){0};
    reader->options = *options;
    reader->trace.leave_out = options->leave_out;
    reader->trace.stop_at = options->stop_at;
    reader->document = document;
    reader->length = length;
    reader->guards[0] = guard_create(length);
    reader->guards[1] = guard_create(length);
    numres_handlers handlers = trace_handlers();
    numres_code code =
        numres_parser_create(&reader->parser, &options->parser, &handlers, &reader->trace);
    if (code != NUMRES_OK) {
        fprintf(stderr, "numres_parser_create: %s\n", numres_code_name(code));
        abort();
    }
}

void reader_destroy(reader *reader) {
    numres_parser_destroy(reader->parser);
    trace_free(&reader->trace);
    guard_destroy(&reader->guards[0]);
    guard_destroy(&reader->guards[1]);
}

static void start(reader *reader, bool pause) {
    trace_clear(&reader->trace);
    reader->trace.pause_always = pause;
    reader->fed = 0;
    if (numres_parser_reset(reader->parser) != NUMRES_OK) {
        text_buffer_format(&reader->trace.lines, "!reset\n");
    }
}

/* How many of the `length` bytes from `start` on are before `offset`. */
static size_t bytes_before(uint64_t offset, uint64_t start, size_t length) {
    if (offset <= start) {
        return 0;
    }
    return offset - start < length ? (size_t)(offset - start) : length;
}

/* Checks numres_parser_feed()'s promises about *consumed, for each code that it returns. */
static void check_consumed(reader *reader, numres_code code, size_t length, size_t consumed) {
    size_t expected = length;
    if (code == NUMRES_PAUSED) {
        expected = bytes_before(reader->trace.last_position, reader->fed, length);
    } else if (code != NUMRES_OK) {
        expected = bytes_before(numres_parser_error(reader->parser)->offset, reader->fed, length);
    }
    if (consumed != expected) {
        text_buffer_format(&reader->trace.lines, "!consumed=%zu of %zu, expected %zu after %s\n",
                           consumed, length, expected, numres_code_name(code));
    }
}

static void check_position(reader *reader) {
    if (numres_parser_position(reader->parser) != reader->fed) {
        text_buffer_format(&reader->trace.lines, "!position=%" PRIu64 ", fed %" PRIu64 "\n",
                           numres_parser_position(reader->parser), reader->fed);
    }
}

/* A pause that no callback asked for could repeat for ever. */
static bool paused_again(reader *reader, numres_code code, uint64_t callbacks) {
    if (code != NUMRES_PAUSED) {
        return false;
    }
    if (!reader->trace.pause_always || reader->trace.callbacks == callbacks) {
        text_buffer_format(&reader->trace.lines, "!paused\n");
        return false;
    }
    return true;
}

/* Feeds a piece; after a pause, its rest from other memory. Returns whether reading goes on. */
static bool feed(reader *reader, const char *bytes, size_t length) {
    uint64_t callbacks;
    numres_code code;
    do {
        reader->turn ^= 1u;
        const char *place = guard_place(&reader->guards[reader->turn], bytes, length);
        size_t consumed = SIZE_MAX;
        callbacks = reader->trace.callbacks;
        code = numres_parser_feed(reader->parser, place, length, &consumed);
        check_consumed(reader, code, length, consumed);
        if (consumed > length) {
            return false;
        }
        reader->fed += consumed;
        bytes += consumed;
        length -= consumed;
        if (code == NUMRES_OK || code == NUMRES_PAUSED) {
            check_position(reader);
        }
    } while (paused_again(reader, code, callbacks));
    return code == NUMRES_OK;
}

/* Finish must return the same code again, and nothing may be fed any more; after an
   error, feed must return the same error. */
static void check_sticky(reader *reader, numres_code code, numres_code before) {
    uint64_t callbacks = reader->trace.callbacks;
    numres_code again = numres_parser_finish(reader->parser);
    numres_code fed = numres_parser_feed(reader->parser, "{", 1, NULL);
    numres_code expected = before == NUMRES_OK ? NUMRES_WRONG_USE : before;
    if (again != code || fed != expected || reader->trace.callbacks != callbacks) {
        text_buffer_format(&reader->trace.lines, "!sticky(%s %s)\n", numres_code_name(again),
                           numres_code_name(fed));
    }
}

static void finish(reader *reader) {
    numres_code before = numres_parser_error(reader->parser)->code;
    uint64_t callbacks;
    numres_code code;
    do {
        callbacks = reader->trace.callbacks;
        code = numres_parser_finish(reader->parser);
    } while (paused_again(reader, code, callbacks));
    check_sticky(reader, code, before);
    const numres_error *error = numres_parser_error(reader->parser);
    if (error->code != code) {
        text_buffer_format(&reader->trace.lines, "!finish(%s)\n", numres_code_name(code));
    }
    trace_result(&reader->trace, error, numres_parser_position(reader->parser));
}

void reader_read_chunks(reader *reader, size_t chunk, bool pause) {
    start(reader, pause);
    bool going_on = true;
    for (size_t at = 0; going_on && at < reader->length; at += chunk) {
        size_t rest = reader->length - at;
        going_on = feed(reader, reader->document + at, rest < chunk ? rest : chunk);
    }
    finish(reader);
}

void reader_read_two(reader *reader, size_t split, bool pause) {
    start(reader, pause);
    if (feed(reader, reader->document, split)) {
        feed(reader, reader->document + split, reader->length - split);
    }
    finish(reader);
}

void reader_read_at_once(reader *reader) {
    start(reader, false);
    numres_handlers handlers = trace_handlers();
    numres_error error = numres_error_default();
    const char *place = guard_place(&reader->guards[0], reader->document, reader->length);
    numres_code code = numres_parse(place, reader->length, &reader->options.parser, &handlers,
                                    &reader->trace, &error);
    if (error.code != code) {
        text_buffer_format(&reader->trace.lines, "!code(%s)\n", numres_code_name(code));
    }
    trace_result(&reader->trace, &error, reader->length);
}
