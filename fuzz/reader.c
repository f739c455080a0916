/*
 * The pull reader returns what the callbacks deliver, in the same order and at the same
 * positions, however the document is cut and whichever lane reads.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "input.h"
#include "pulling.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Traces the document by callbacks, which never pause or stop. */
static void trace_callbacks(const fuzz_input *input, const numres_options *options,
                            trace *expected) {
    numres_handlers handlers = trace_handlers();
    numres_parser *parser = NULL;
    numres_code code = numres_parser_create(&parser, options, &handlers, expected);
    FUZZ_EXPECT(code == NUMRES_OK, "creation returned %s", numres_code_name(code));
    numres_parser_feed(parser, input->document, input->length, NULL);
    numres_parser_finish(parser);
    trace_result(expected, numres_parser_error(parser), numres_parser_position(parser));
    numres_parser_destroy(parser);
}

/* Gives the reader the next chunk, in an exact-size copy. *at is how much of the document
   has been given. */
static char *give_chunk(numres_reader *reader, const fuzz_input *input, size_t number, size_t *at) {
    size_t left = input->length - *at;
    size_t chunk = fuzz_input_chunk(input, number);
    size_t now = left < chunk ? left : chunk;
    if (left == 0) {
        FUZZ_EXPECT(numres_reader_finish(reader) == NUMRES_OK, "the end is refused");
        return NULL;
    }
    char *copy = malloc(now > 0 ? now : 1);
    FUZZ_EXPECT(copy, "no memory");
    memcpy(copy, input->document + *at, now);
    *at += now;
    FUZZ_EXPECT(numres_reader_feed(reader, copy, now) == NUMRES_OK, "a chunk is refused");
    return copy;
}

/* Reads a few events of the document, of which a reset must leave nothing. */
static void read_in_vain(numres_reader *reader, const fuzz_input *input) {
    enum { MOST_EVENTS = 7 };
    char *copy = malloc(input->length > 0 ? input->length : 1);
    FUZZ_EXPECT(copy, "no memory");
    memcpy(copy, input->document, input->length);
    numres_reader_feed(reader, copy, input->length);
    for (size_t events = input->length % MOST_EVENTS; events > 0; events--)
        numres_reader_next(reader);
    numres_reader_reset(reader);
    free(copy);
}

static void trace_events(const fuzz_input *input, const numres_options *options,
                         numres_answer to_problems, trace *actual) {
    numres_reader *reader = NULL;
    size_t at = 0;
    size_t number = 0;
    char *chunk = NULL;
    numres_event event;
    numres_code code = numres_reader_create(&reader, options, to_problems);
    FUZZ_EXPECT(code == NUMRES_OK, "creation returned %s", numres_code_name(code));
    read_in_vain(reader, input);
    while ((event = numres_reader_next(reader)) > NUMRES_EVENT_ERROR) {
        if (event != NUMRES_EVENT_NEED_BYTES) {
            pull_trace_event(reader, event, actual);
            continue;
        }
        free(chunk);
        chunk = give_chunk(reader, input, number++, &at);
    }
    pull_trace_result(reader, actual);
    numres_reader_destroy(reader);
    free(chunk);
}

/* Returns whether a reservation came. */
static bool compare(const fuzz_input *input, const numres_options *options,
                    numres_answer to_problems) {
    trace expected = {.leave_out = to_problems == NUMRES_LEAVE_OUT};
    trace actual = {.pause_always = false};
    trace_callbacks(input, options, &expected);
    trace_events(input, options, to_problems, &actual);
    FUZZ_EXPECT(text_buffer_equal(&expected.lines, &actual.lines), "expected\n%sbut was\n%s",
                expected.lines.bytes, actual.lines.bytes);
    FUZZ_EXPECT(text_buffer_equal(&expected.sentences, &actual.sentences), "other sentences");
    bool reached = expected.callbacks > 0 && strstr(expected.lines.bytes, " reservation[") != NULL;
    trace_free(&expected);
    trace_free(&actual);
    return reached;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    numres_options options = fuzz_input_options(&input);
    bool leaves_out = (input.settings[INPUT_LEAVE_OUT] & 1) != 0;
    numres_answer to_problems = leaves_out ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
    fuzz_count_input(compare(&input, &options, to_problems));
    options.lane = NUMRES_LANE_GENERAL;
    compare(&input, &options, to_problems);
    return 0;
}
