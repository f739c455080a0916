/*
 * A document of more than 4 GiB, streamed: offsets, positions and counts are exact beyond
 * 32 bits. Only in an optimised build without sanitizers, where it takes seconds; other
 * builds read 8 MiB. Most of the length is in skipped strings; with NUMRES_TEST_FULL, in
 * reservations too.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "trace.h"

#include <numres.h>

#define MEBIBYTE (UINT64_C(1) << 20)
#define GIBIBYTE (UINT64_C(1) << 30)

enum { BLOCK = 1024 * 1024 };

/* The stream so far. */
typedef struct stream {
    trace trace;
    numres_parser *parser;
    uint64_t wanted; /* the least length that it must exceed */
    uint64_t length;
    uint64_t last_index;
    uint64_t problem_offset;
    numres_document document;
} stream;

static numres_answer keep_offsets(numres_parser *parser, trace *trace, const void *what) {
    stream *stream = (struct stream *)trace;
    (void)parser;
    if (trace->newest == NUMRES_EVENT_RESERVATION) {
        stream->last_index = ((const numres_reservation *)what)->index;
    } else if (trace->newest == NUMRES_EVENT_PROBLEM) {
        stream->problem_offset = ((const numres_problem *)what)->offset;
    } else if (trace->newest == NUMRES_EVENT_DOCUMENT_END) {
        stream->document = *(const numres_document *)what;
    }
    return NUMRES_GO_ON;
}

static void open_stream(stream *stream, uint64_t wanted) {
    numres_handlers handlers = trace_handlers();
    memset(stream, 0, sizeof *stream);
    stream->trace.counts_only = true;
    stream->trace.decide = keep_offsets;
    stream->wanted = wanted;
    cr_assert_eq(numres_parser_create(&stream->parser, NULL, &handlers, stream), NUMRES_OK);
}

static void send(stream *stream, const char *bytes, size_t length) {
    size_t consumed = 0;
    cr_assert_eq(numres_parser_feed(stream->parser, bytes, length, &consumed), NUMRES_OK);
    cr_assert_eq(consumed, length);
    stream->length += length;
    cr_assert_eq(numres_parser_position(stream->parser), stream->length);
}

static void send_text(stream *stream, const char *text) {
    send(stream, text, strlen(text));
}

/* Fills a block with as many whole units as fit. */
static size_t fill_block(char *block, const char *unit, size_t *units) {
    size_t length = strlen(unit);
    *units = BLOCK / length;
    for (size_t at = 0; at < *units; at++) {
        memcpy(block + at * length, unit, length);
    }
    return *units * length;
}

static const char odd[] = "{\"id\":\"last\",\"status\":\"odd\"}";

/* Adds a last reservation with a problem, and the end; all their offsets are beyond the
   wanted length. `before` and `numbers` count the reservations and numbers so far. */
static void end_stream(stream *stream, uint64_t before, uint64_t numbers) {
    uint64_t reservations = before + 1;
    uint64_t start = stream->length + 1;
    cr_assert_gt(start, stream->wanted);
    send_text(stream, ",");
    send_text(stream, odd);
    cr_expect_eq(stream->trace.came[NUMRES_EVENT_RESERVATION], reservations);
    cr_expect_eq(stream->last_index, before, "%" PRIu64, stream->last_index);
    cr_expect_eq(stream->trace.last_position, stream->length);
    cr_expect_eq(stream->problem_offset, start + strlen("{\"id\":\"last\",\"status\":"));
    send_text(stream, "]}");
    uint64_t end = stream->length;
    send_text(stream, "\n \n");
    cr_expect_eq(stream->document.length, end);
    cr_expect_eq(stream->document.offset, 0);
    cr_expect_eq(stream->document.reservations, reservations);
    cr_expect_eq(stream->document.phone_numbers, numbers);
    cr_expect_eq(stream->document.problems, 1);
    /* An error's offset is exact there too. */
    size_t consumed = 7;
    cr_expect_eq(numres_parser_feed(stream->parser, " x", 2, &consumed), NUMRES_TRAILING_BYTES);
    cr_expect_eq(consumed, 1);
    cr_expect_eq(numres_parser_error(stream->parser)->offset, stream->length + 1);
    numres_parser_destroy(stream->parser);
}

static void skip_unless_optimized(void) {
    if (!test_optimized()) {
        cr_skip_test("only in an optimised build");
    }
}

static void read_skipped_strings(uint64_t wanted) {
    stream stream;
    char *block = malloc(BLOCK);
    open_stream(&stream, wanted);
    memset(block, 'x', BLOCK);
    send_text(&stream, "{\"data\":[{\"id\":\"first\"}");
    for (uint64_t number = 0; stream.length <= wanted; number++) {
        send_text(&stream, ",{\"phone_numbers\":[{}],\"x\":\"");
        for (uint64_t at = 0; at < wanted / 64; at += BLOCK) {
            send(&stream, block, BLOCK);
        }
        send_text(&stream, "\"}");
        cr_assert_eq(stream.trace.last_position, stream.length);
        cr_assert_eq(stream.last_index, number + 1);
    }
    free(block);
    uint64_t reservations = stream.trace.came[NUMRES_EVENT_RESERVATION];
    end_stream(&stream, reservations, reservations - 1);
}

static void read_one_skipped_string(uint64_t wanted) {
    stream stream;
    char *block = malloc(BLOCK);
    open_stream(&stream, wanted);
    memset(block, 'x', BLOCK);
    send_text(&stream, "{\"data\":[{\"x\":\"");
    while (stream.length <= wanted) {
        send(&stream, block, BLOCK);
    }
    send_text(&stream, "\"}");
    free(block);
    end_stream(&stream, 1, 0);
}

static void read_reservations(uint64_t wanted) {
    stream stream;
    size_t units;
    char *block = malloc(BLOCK);
    size_t length = fill_block(block,
                               ",{\"id\":\"7f4b1a\",\"status\":\"success\","
                               "\"customer_reference\":\"MY REF 001\","
                               "\"phone_numbers\":[{\"phone_number\":\"+16183290000\"},{}]}",
                               &units);
    open_stream(&stream, wanted);
    send_text(&stream, "{\"data\":[{}");
    uint64_t blocks = 0;
    for (; stream.length <= wanted; blocks++) {
        send(&stream, block, length);
        cr_assert_eq(stream.trace.last_position, stream.length);
    }
    free(block);
    end_stream(&stream, blocks * units + 1, 2 * blocks * units);
}

Test(hostile_length, eight_mebibytes_of_each, .timeout = 600) {
    read_skipped_strings(8 * MEBIBYTE);
    read_one_skipped_string(8 * MEBIBYTE);
    read_reservations(8 * MEBIBYTE);
}

Test(hostile_length, four_gibibytes_of_skipped_strings, .timeout = 3600) {
    skip_unless_optimized();
    read_skipped_strings(4 * GIBIBYTE);
}

Test(hostile_length, four_gibibytes_of_one_skipped_string, .timeout = 3600) {
    skip_unless_optimized();
    read_one_skipped_string(4 * GIBIBYTE);
}

/* More than 2^25 reservations. */
Test(hostile_length, four_gibibytes_of_reservations, .timeout = 3600) {
    skip_unless_optimized();
    if (!test_full()) {
        cr_skip_test("only with NUMRES_TEST_FULL=1");
    }
    read_reservations(4 * GIBIBYTE);
}
