/*
 * Every input of hostile_inputs.c: numres's final result, its place, how much was
 * delivered, and that the only allocation was the parser's, of its usual size.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_inputs.h"
#include "reading.h"

enum { LARGE = 64 * 1024 };

enum { PARTS = 8 }; /* test processes, which run in parallel */

typedef struct watcher {
    trace trace;
    size_t allocations;
    uint64_t position;
} watcher;

static void *allocate(size_t size, void *context) {
    ((watcher *)context)->allocations++;
    return malloc(size);
}

static void release(void *memory, void *context) {
    (void)context;
    free(memory);
}

/* Positions never go back. */
static numres_answer watch(numres_parser *parser, trace *trace, const void *what) {
    watcher *seen = (watcher *)trace;
    bool is_problem = trace->newest == NUMRES_EVENT_PROBLEM;
    (void)parser;
    cr_assert(trace->last_position >= seen->position);
    cr_assert(!is_problem || ((const numres_problem *)what)->offset < trace->last_position);
    seen->position = trace->last_position;
    return NUMRES_GO_ON;
}

static numres_parser *create(const hostile_input *input, watcher *seen) {
    reading_options options;
    numres_parser *parser = NULL;
    numres_handlers handlers = trace_handlers();
    seen->trace.counts_only = true;
    seen->trace.decide = watch;
    cr_assert(reading_options_parse(&options, input->options));
    options.parser.allocator = (numres_allocator){allocate, release, seen};
    cr_assert_eq(numres_parser_create(&parser, &options.parser, &handlers, seen), NUMRES_OK);
    return parser;
}

static void expect_outcome(const hostile_input *input, const numres_parser *parser,
                           const watcher *seen, size_t chunk) {
    const numres_error *error = numres_parser_error(parser);
    uint64_t offset = input->offset == HOSTILE_END ? hostile_length(input) : input->offset;
    cr_expect_eq(error->code, input->code, "%s, chunks of %zu: %s", input->name, chunk,
                 numres_code_name(error->code));
    cr_expect_eq(error->offset, offset, "%s, chunks of %zu: at %" PRIu64, input->name, chunk,
                 error->offset);
    cr_expect_str_eq(error->path, input->path, "%s, chunks of %zu: %s", input->name, chunk,
                     error->path);
    uint64_t problems = seen->trace.came[NUMRES_EVENT_PROBLEM];
    uint64_t records = trace_records(&seen->trace);
    cr_expect_eq(problems, input->problems, "%s: %" PRIu64 " problems", input->name, problems);
    cr_expect_eq(records, input->records, "%s: %" PRIu64 " records", input->name, records);
    cr_expect_eq(seen->allocations, 1, "%s", input->name);
}

static void read_in_chunks(const hostile_input *input, size_t chunk) {
    watcher seen = {0};
    hostile_place place = {0};
    numres_parser *parser = create(input, &seen);
    char *buffer = malloc(chunk);
    numres_code code = NUMRES_OK;
    size_t length;
    while (code == NUMRES_OK && (length = hostile_read(input, &place, buffer, chunk)) > 0) {
        code = numres_parser_feed(parser, buffer, length, NULL);
    }
    numres_code fed = code;
    code = numres_parser_finish(parser);
    cr_expect_eq(code, input->code, "%s", input->name);
    uint64_t callbacks = seen.trace.callbacks;
    cr_expect_eq(numres_parser_feed(parser, "{}", 2, NULL),
                 fed != NUMRES_OK ? code : NUMRES_WRONG_USE);
    cr_expect_eq(numres_parser_finish(parser), code);
    cr_expect_eq(seen.trace.callbacks, callbacks, "none comes after the end");
    expect_outcome(input, parser, &seen, chunk);
    numres_parser_destroy(parser);
    free(buffer);
}

/* Long inputs are read in large and in small chunks; in slow builds, in one of the two. */
static void expect_answered(size_t number) {
    const hostile_input *input = &hostile_inputs[number];
    bool is_slow = test_stride(1) > 1;
    if (hostile_length(input) > LARGE) {
        if (!is_slow || number % 2 == 0) {
            read_in_chunks(input, LARGE);
        }
        if (!is_slow || number % 2 == 1) {
            read_in_chunks(input, 1447);
        }
        return;
    }
    read_in_chunks(input, LARGE);
    for (size_t chunk = 1; chunk <= 7; chunk++) {
        read_in_chunks(input, chunk);
    }
}

static struct criterion_test_params every_part(void) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

ParameterizedTestParameters(hostile_inputs, give_their_results) {
    return every_part();
}

ParameterizedTest(size_t *part, hostile_inputs, give_their_results, .timeout = 600) {
    for (size_t number = *part; number < hostile_input_count; number += PARTS) {
        expect_answered(number);
    }
}
