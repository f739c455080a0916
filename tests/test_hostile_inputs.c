/*
 * Every input of hostile_inputs.c: what numres answers in the end, where, how
 * much it delivered, and that it took one allocation for it, of its usual size.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_inputs.h"
#include "reading.h"

enum { LARGE = 64 * 1024 };

typedef struct watcher {
    uint64_t records;
    uint64_t problems;
    uint64_t position;
    size_t allocations;
    bool ended;
} watcher;

static void *allocate(size_t size, void *context) {
    ((watcher *)context)->allocations++;
    return malloc(size);
}

static void release(void *memory, void *context) {
    (void)context;
    free(memory);
}

/* Every callback comes before the stream's end, and none goes back. */
static numres_answer watch(numres_parser *parser, watcher *seen) {
    uint64_t position = numres_parser_position(parser);
    cr_assert(!seen->ended && position >= seen->position);
    seen->position = position;
    return NUMRES_GO_ON;
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *record,
                                    void *user) {
    (void)record;
    ((watcher *)user)->records++;
    return watch(parser, user);
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *record,
                                     void *user) {
    (void)record;
    ((watcher *)user)->records++;
    return watch(parser, user);
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *record, void *user) {
    (void)record;
    ((watcher *)user)->records++;
    return watch(parser, user);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *record,
                                  void *user) {
    (void)record;
    ((watcher *)user)->records++;
    return watch(parser, user);
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    cr_assert(problem->offset < numres_parser_position(parser));
    ((watcher *)user)->problems++;
    return watch(parser, user);
}

static numres_parser *create(const hostile_input *input, watcher *seen) {
    reading_options options;
    numres_parser *parser = NULL;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = on_reservation;
    handlers.on_phone_number = on_phone_number;
    handlers.on_meta = on_meta;
    handlers.on_api_error = on_api_error;
    handlers.on_problem = on_problem;
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
    cr_expect_eq(seen->problems, input->problems, "%s: %" PRIu64 " problems", input->name,
                 seen->problems);
    cr_expect_eq(seen->records, input->records, "%s: %" PRIu64 " records", input->name,
                 seen->records);
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
    seen.ended = true;
    cr_expect_eq(numres_parser_feed(parser, "{}", 2, NULL),
                 fed != NUMRES_OK ? code : NUMRES_WRONG_USE);
    cr_expect_eq(numres_parser_finish(parser), code);
    expect_outcome(input, parser, &seen, chunk);
    numres_parser_destroy(parser);
    free(buffer);
}

static struct criterion_test_params every_input(void) {
    size_t *numbers = cr_malloc(hostile_input_count * sizeof *numbers);
    for (size_t at = 0; at < hostile_input_count; at++) {
        numbers[at] = at;
    }
    return cr_make_param_array(size_t, numbers, hostile_input_count, NULL);
}

ParameterizedTestParameters(hostile_inputs, is_answered) {
    return every_input();
}

ParameterizedTest(size_t *number, hostile_inputs, is_answered, .timeout = 600) {
    const hostile_input *input = &hostile_inputs[*number];
    read_in_chunks(input, LARGE);
    if (hostile_length(input) > LARGE) {
        read_in_chunks(input, 1447);
        return;
    }
    for (size_t chunk = 1; chunk <= 7; chunk++) {
        read_in_chunks(input, chunk);
    }
}
