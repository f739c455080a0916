/* What ends an Arrow stream, and its message. */
#include <criterion/criterion.h>

#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/stream.h"
#include "arrow_rows.h"
#include "records.h"

static struct ArrowArrayStream open_stream(arrow_bytes *bytes,
                                           const numres_arrow_options *options) {
    struct ArrowArrayStream stream;
    numres_arrow_source source = arrow_source_of(bytes);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, options), NUMRES_OK);
    return stream;
}

/* Reads a document written with ' for ". */
static arrow_result read_rows(const char *document, const numres_arrow_options *options,
                              size_t fails_at) {
    char *text = json(document);
    arrow_bytes bytes = arrow_bytes_of(text, strlen(text), 16);
    bytes.fails_at = fails_at;
    struct ArrowArrayStream stream = open_stream(&bytes, options);
    arrow_result result = arrow_read(&stream);
    cr_expect_null(result.broken, "%s", result.broken);
    free(text);
    return result;
}

static void expect_failure(const char *document, const numres_arrow_options *options, int status,
                           numres_code code, const char *message) {
    arrow_result result = read_rows(document, options, SIZE_MAX);
    cr_expect_eq(result.status, status);
    cr_expect_eq(result.error.code, code);
    cr_expect_str_eq(result.message, message);
    arrow_result_free(&result);
}

Test(arrow_errors, code_offset_path_and_sentence) {
    expect_failure("{'data':[{'id':'a'},{'id':tru}]}", NULL, EINVAL, NUMRES_SYNTAX,
                   "syntax at byte 26, data[1].id: not valid JSON: unknown word (names and text "
                   "need double quotes; literals are true, false and null)");
    expect_failure("{'a':tru}", NULL, EINVAL, NUMRES_SYNTAX,
                   "syntax at byte 5, a: not valid JSON: unknown word (names and text need double "
                   "quotes; literals are true, false and null)");
    expect_failure("", NULL, EINVAL, NUMRES_EMPTY_INPUT,
                   "empty-input at byte 0, (root): there is no JSON document: the input is empty "
                   "or only white space");
}

/* Rows that are complete before the error come first. */
Test(arrow_errors, what_was_complete_comes_before) {
    arrow_result result =
        read_rows("{'data':[{'id':'a'},{'id':'b','phone_numbers':[{'id':'1'},{'id':'2'}]},"
                  "{'id':'c','phone_numbers':[{'id':'3'},{'id':'4'}",
                  NULL, SIZE_MAX);
    cr_expect_eq(result.status, EINVAL);
    cr_expect_eq(result.error.code, NUMRES_TRUNCATED);
    cr_expect_eq(result.row_count, 3);
    cr_expect_null(strstr(result.rows.bytes, "\"c\""));
    cr_expect_null(strstr(result.rows.bytes, "\"3\""));
    arrow_result_free(&result);
}

Test(arrow_errors, an_api_error_is_no_empty_page) {
    expect_failure("{'errors':[{'code':'10009','title':'Authentication failed','detail':'No key'},"
                   "{'code':'2'}]}",
                   NULL, EINVAL, NUMRES_REFUSED,
                   "refused at byte 77, errors[0]: the API returned an error instead of "
                   "records: 10009: Authentication failed: No key");
    expect_failure("{'error':{'message':'no'}}", NULL, EINVAL, NUMRES_REFUSED,
                   "refused at byte 26, (root): the API returned an error instead of "
                   "records: no");
}

/* What a terminal would obey is shown instead: C0, DEL, C1 and the direction of text. */
Test(arrow_errors, control_characters_are_shown) {
    expect_failure("{'error':{'message':'a\\n\x7f\xc2\x85\xe2\x80\xae\xe2\x82\xac'}}", NULL, EINVAL,
                   NUMRES_REFUSED,
                   "refused at byte 36, (root): the API returned an error instead of records: "
                   "a\\u000a\\u007f\\u0085\\u202e\xe2\x82\xac");
}

/* Checks the end of a message whose detail is too long. */
static void expect_cut(const char *character, const char *end) {
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{'errors':[{'code':'1','detail':'");
    for (int at = 0; at < 500; at++) {
        text_buffer_format(&document, "%s", character);
    }
    text_buffer_format(&document, "'}]}");
    arrow_result result = read_rows(document.bytes, NULL, SIZE_MAX);
    size_t length = strlen(result.message);
    cr_assert_gt(length, 400);
    cr_expect_str_eq(result.message + length - strlen(end), end);
    arrow_result_free(&result);
    text_buffer_free(&document);
}

/* A detail and a path are not cut inside a character, nor inside its digits. */
Test(arrow_errors, long_messages_are_cut) {
    expect_cut("\xc3\xa9", "\xc3\xa9");
    expect_cut("\x7f", "\\u007f");
    expect_cut("a\x7f", "\\u007fa");
}

/* A message that is cut has room for its NUL. */
Test(arrow_errors, the_longest_message) {
    size_t lengths[2];
    for (int at = 0; at < 2; at++) {
        text_buffer document = {NULL, 0, 0};
        text_buffer_format(&document, "{'errors':[{'detail':'%0*d'}]}", 600 + 600 * at, 0);
        arrow_result result = read_rows(document.bytes, NULL, SIZE_MAX);
        lengths[at] = strlen(strstr(result.message, "records: ") + strlen("records: "));
        arrow_result_free(&result);
        text_buffer_free(&document);
    }
    cr_expect_eq(lengths[0], lengths[1]);
    cr_expect_eq(lengths[1], NUMRES_ARROW_DETAIL_SIZE - 1 - strlen(": "));
}

Test(arrow_errors, a_read_function_that_fails) {
    arrow_result result = read_rows("{'data':[{'id':'a'},{'id':'b'},{'id':'c'}]}", NULL, 32);
    cr_expect_eq(result.status, EIO);
    cr_expect_eq(result.error.code, NUMRES_READ_FAILED);
    cr_expect_str_eq(result.message,
                     "read-failed at byte 32, data[2]: the input could not be read");
    cr_expect_eq(result.row_count, 2);
    arrow_result_free(&result);
    result = read_rows("{'data':[{'id':'a'},{'phone_numbers':[{},{'id':'1'}]}]}", NULL, 48);
    cr_expect_str_eq(result.message, "read-failed at byte 48, data[1].phone_numbers[1]: "
                                     "the input could not be read");
    arrow_result_free(&result);
    result = read_rows("{'data':[]}", NULL, 0);
    cr_expect_str_eq(result.message, "read-failed at byte 0, (root): the input could not be read");
    arrow_result_free(&result);
}

static int64_t read_too_much(void *buffer, size_t size, void *context) {
    (void)buffer, (void)context;
    return (int64_t)size + 1;
}

Test(arrow_errors, a_read_function_that_lies) {
    struct ArrowArrayStream stream;
    numres_arrow_source source = {read_too_much, NULL, NULL};
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, NULL), NUMRES_OK);
    arrow_result result = arrow_read(&stream);
    cr_expect_eq(result.status, EIO);
    cr_expect_eq(result.error.code, NUMRES_READ_FAILED);
    arrow_result_free(&result);
}

/* Each call returns the same again. */
Test(arrow_errors, errors_and_the_end_stay) {
    static const char *const documents[] = {"{\"data\":[{}]}", "{\"data\":[{}],"};
    for (size_t at = 0; at < 2; at++) {
        struct ArrowArray array;
        arrow_bytes bytes = arrow_bytes_of(documents[at], strlen(documents[at]), 4);
        struct ArrowArrayStream stream = open_stream(&bytes, NULL);
        cr_assert_eq(stream.get_next(&stream, &array), 0);
        cr_expect_eq(array.length, 1);
        array.release(&array);
        for (int call = 0; call < 3; call++) {
            memset(&array, 0xA5, sizeof array);
            cr_expect_eq(stream.get_next(&stream, &array), at == 0 ? 0 : EINVAL);
            cr_expect_null(array.release);
            cr_expect_eq(stream.get_last_error(&stream) != NULL, at == 1);
        }
        struct ArrowSchema schema;
        cr_expect_eq(stream.get_schema(&stream, &schema), 0);
        cr_expect_null(stream.get_last_error(&stream));
        schema.release(&schema);
        stream.release(&stream);
    }
}

/* ---- the caller's handlers ---- */

static const char everything[] =
    "{'data':[{'phone_numbers':[{},{'status':'odd'}]},{}],'meta':{},'errors':[{}]}";

static arrow_result read_traced(trace *seen) {
    numres_handlers handlers = trace_handlers();
    numres_arrow_options options = numres_arrow_options_default();
    options.handlers = &handlers;
    options.user = seen;
    options.batch_rows = 1;
    return read_rows(everything, &options, SIZE_MAX);
}

Test(arrow_errors, handlers_are_told) {
    static const uint64_t expected[TRACE_EVENTS] = {
        [NUMRES_EVENT_RESERVATION] = 2,  [NUMRES_EVENT_PHONE_NUMBER] = 2,
        [NUMRES_EVENT_META] = 1,         [NUMRES_EVENT_API_ERROR] = 1,
        [NUMRES_EVENT_DOCUMENT_END] = 1, [NUMRES_EVENT_PROBLEM] = 2};
    trace seen = {.pause_always = true};
    arrow_result result = read_traced(&seen);
    cr_expect_eq(result.status, 0, "%s", result.message);
    cr_expect_eq(result.row_count, 3);
    for (size_t kind = 0; kind < TRACE_EVENTS; kind++) {
        cr_expect_eq(seen.came[kind], expected[kind], "%zu:\n%s", kind, seen.lines.bytes);
    }
    cr_expect_eq(seen.last_position, strlen(everything));
    trace_free(&seen);
    arrow_result_free(&result);
}

Test(arrow_errors, each_handler_can_stop) {
    for (uint64_t stop_at = 1; stop_at <= 9; stop_at++) {
        trace seen = {.counts_only = true, .pause_always = true, .stop_at = stop_at};
        arrow_result result = read_traced(&seen);
        cr_expect_eq(result.status, EINVAL);
        cr_expect_eq(result.error.code, NUMRES_STOPPED);
        cr_expect_eq(seen.callbacks, stop_at);
        arrow_result_free(&result);
    }
}

static numres_answer reset_inside(numres_parser *parser, trace *trace, const void *what) {
    (void)what;
    if (trace->newest == NUMRES_EVENT_META) {
        numres_parser_reset(parser);
    }
    return NUMRES_GO_ON;
}

/* A handler that does something forbidden ends the stream. */
Test(arrow_errors, a_handler_that_resets_the_parser) {
    trace seen = {.counts_only = true, .decide = reset_inside};
    arrow_result result = read_traced(&seen);
    cr_expect_eq(result.status, EINVAL);
    cr_expect_eq(result.error.code, NUMRES_WRONG_USE);
    arrow_result_free(&result);
}

/* A handler that leaves get_next by longjmp, or calls it again. */
typedef struct intruder {
    trace trace;
    jmp_buf *way_out; /* NULL: it calls get_next */
    struct ArrowArrayStream stream;
    int inner_status;
} intruder;

/* At the second number. */
static numres_answer intrude(numres_parser *parser, trace *trace, const void *what) {
    intruder *intruder = (struct intruder *)trace;
    struct ArrowArray batch;
    (void)parser, (void)what;
    if (trace->newest != NUMRES_EVENT_PHONE_NUMBER || trace->came[trace->newest] != 2) {
        return NUMRES_GO_ON;
    }
    if (intruder->way_out != NULL) {
        longjmp(*intruder->way_out, 1);
    }
    intruder->inner_status = intruder->stream.get_next(&intruder->stream, &batch);
    cr_expect_null(batch.release);
    return NUMRES_GO_ON;
}

static const char two_reservations[] =
    "{'data':[{'id':'a','phone_numbers':[{'id':'b'}]},{'id':'c','phone_numbers':[{},{}]},{}]}";

static void open_intruded(intruder *intruder, arrow_bytes *bytes, const char *text, size_t chunk) {
    numres_handlers handlers = trace_handlers();
    numres_arrow_options options = numres_arrow_options_default();
    *bytes = arrow_bytes_of(text, strlen(text), chunk);
    numres_arrow_source source = arrow_source_of(bytes);
    intruder->trace.counts_only = true;
    intruder->trace.decide = intrude;
    options.handlers = &handlers;
    options.user = intruder;
    cr_assert_eq(numres_arrow_stream_create(&intruder->stream, &source, &options), NUMRES_OK);
}

/* The stream does not read the chunk again from its start. */
Test(arrow_errors, a_handler_that_never_returned) {
    static intruder intruder; /* longjmp may lose values in registers */
    static arrow_bytes bytes;
    static char *text;
    static struct ArrowArray batch;
    jmp_buf way_out;
    intruder.way_out = &way_out;
    text = json(two_reservations);
    open_intruded(&intruder, &bytes, text, SIZE_MAX);
    if (setjmp(way_out) == 0) {
        intruder.stream.get_next(&intruder.stream, &batch);
        cr_assert_fail("the handler returned");
    }
    for (int call = 0; call < 2; call++) {
        memset(&batch, 0xA5, sizeof batch);
        cr_expect_eq(intruder.stream.get_next(&intruder.stream, &batch), EINVAL);
        cr_expect_null(batch.release);
        cr_expect_eq(numres_arrow_stream_error(&intruder.stream)->code, NUMRES_WRONG_USE);
        cr_expect_not_null(intruder.stream.get_last_error(&intruder.stream));
    }
    intruder.stream.release(&intruder.stream);
    cr_expect(bytes.released);
    free(text);
}

Test(arrow_errors, a_handler_that_asks_for_a_batch) {
    intruder intruder = {.way_out = NULL};
    arrow_bytes bytes;
    struct ArrowArray batch;
    char *text = json(two_reservations);
    open_intruded(&intruder, &bytes, text, 1);
    cr_expect_eq(intruder.stream.get_next(&intruder.stream, &batch), 0);
    cr_expect_eq(intruder.inner_status, EINVAL);
    cr_expect_eq(intruder.trace.came[NUMRES_EVENT_PHONE_NUMBER],
                 2); /* the stream ends with that chunk */
    cr_assert_not_null(batch.release);
    cr_expect_eq(batch.length, 1);
    batch.release(&batch);
    cr_expect_eq(intruder.stream.get_next(&intruder.stream, &batch), EINVAL);
    cr_expect_eq(numres_arrow_stream_error(&intruder.stream)->code, NUMRES_WRONG_USE);
    intruder.stream.release(&intruder.stream);
    free(text);
}

/* ---- creation ---- */

static numres_code create_with(const numres_arrow_options *options) {
    struct ArrowArrayStream stream;
    arrow_bytes bytes = arrow_bytes_of("", 0, 1);
    numres_arrow_source source = arrow_source_of(&bytes);
    memset(&stream, 0xA5, sizeof stream);
    numres_code code = numres_arrow_stream_create(&stream, &source, options);
    cr_expect_eq(stream.release != NULL, code == NUMRES_OK);
    if (code == NUMRES_OK) {
        stream.release(&stream);
    }
    cr_expect_eq(bytes.released, code == NUMRES_OK);
    return code;
}

Test(arrow_errors, options_out_of_range) {
    numres_options parser = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    numres_arrow_options options = numres_arrow_options_default();
    options.parser = &parser;
    options.handlers = &handlers;
    cr_expect_eq(create_with(&options), NUMRES_OK);
    options.batch_rows = NUMRES_LARGEST_BATCH_ROWS;
    cr_expect_eq(create_with(&options), NUMRES_OK);
    options.batch_rows = NUMRES_LARGEST_BATCH_ROWS + 1;
    cr_expect_eq(create_with(&options), NUMRES_WRONG_OPTION);
    options.batch_rows = 0;
    cr_expect_eq(create_with(&options), NUMRES_WRONG_OPTION);
    options.batch_rows = 1;
    parser.max_depth = 0;
    cr_expect_eq(create_with(&options), NUMRES_WRONG_OPTION);
    parser.max_depth = 1;
    handlers.size = 0;
    cr_expect_eq(create_with(&options), NUMRES_WRONG_USE);
    handlers.size = sizeof handlers;
    parser.size = 1;
    cr_expect_eq(create_with(&options), NUMRES_WRONG_USE);
}

Test(arrow_errors, nothing_is_made_of_null) {
    struct ArrowArrayStream stream;
    numres_arrow_source source = {NULL, NULL, NULL};
    cr_expect_eq(numres_arrow_stream_create(NULL, &source, NULL), NUMRES_WRONG_USE);
    cr_expect_eq(numres_arrow_stream_create(&stream, NULL, NULL), NUMRES_WRONG_USE);
    cr_expect_null(stream.release);
    cr_expect_eq(numres_arrow_stream_create(&stream, &source, NULL), NUMRES_WRONG_USE);
    cr_expect_null(stream.release);
    cr_expect_null(numres_arrow_stream_error(NULL));
    cr_expect_null(numres_arrow_stream_error(&stream));
}
