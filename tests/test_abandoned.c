/* Documents that a handler gives up: by a reset, by never returning. */
#include <criterion/criterion.h>
#include <numres.h>
#include <setjmp.h>
#include <string.h>

#include "reading.h"

static const char two_numbers[] =
    "{\"data\":[{\"id\":\"one\",\"phone_numbers\":[{\"id\":\"first\"},{\"id\":\"second\"}]}]}";

typedef struct watcher {
    jmp_buf *way_out;
    bool resets;
    size_t numbers;
    size_t ends;
    numres_code reset_code;
} watcher;

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *number,
                                     void *user) {
    watcher *watcher = user;
    (void)number;
    watcher->numbers++;
    if (watcher->way_out != NULL)
        longjmp(*watcher->way_out, 1);
    if (watcher->resets)
        watcher->reset_code = numres_parser_reset(parser);
    return NUMRES_GO_ON;
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    watcher *watcher = user;
    (void)problem;
    watcher->reset_code = numres_parser_reset(parser);
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    watcher *watcher = user;
    (void)document;
    watcher->ends++;
    if (watcher->resets)
        watcher->reset_code = numres_parser_reset(parser);
    return NUMRES_GO_ON;
}

static numres_parser *create(watcher *watcher) {
    numres_parser *parser;
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    reading_options_take_lane(&options);
    handlers.on_phone_number = on_phone_number;
    handlers.on_document_end = on_document_end;
    handlers.on_problem = on_problem;
    cr_assert_eq(numres_parser_create(&parser, &options, &handlers, watcher), NUMRES_OK);
    return parser;
}

static numres_code feed(numres_parser *parser, const char *text, size_t chunk) {
    size_t length = strlen(text);
    numres_code code = NUMRES_OK;
    for (size_t at = 0; at < length && code == NUMRES_OK; at += chunk)
        code =
            numres_parser_feed(parser, text + at, length - at < chunk ? length - at : chunk, NULL);
    return code;
}

static void check_is_as_new(numres_parser *parser, watcher *watcher) {
    memset(watcher, 0, sizeof *watcher);
    cr_assert_eq(numres_parser_position(parser), 0);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(feed(parser, two_numbers, 1), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(watcher->numbers, 2);
    cr_assert_eq(watcher->ends, 1);
}

Test(abandoned, a_reset_in_a_handler_ends_the_feed_around_it) {
    for (size_t chunk = 1; chunk <= sizeof two_numbers; chunk++) {
        watcher watcher = {.resets = true};
        numres_parser *parser = create(&watcher);
        cr_assert_eq(feed(parser, two_numbers, chunk), NUMRES_WRONG_USE);
        cr_assert_eq(watcher.reset_code, NUMRES_OK);
        cr_assert_eq(watcher.numbers, 1, "no other handler is called");
        cr_assert_eq(watcher.ends, 0);
        check_is_as_new(parser, &watcher);
        numres_parser_destroy(parser);
    }
}

Test(abandoned, a_reset_in_on_problem_ends_the_feed_around_it) {
    static const char *const documents[] = {"{\"data\":[{\"status\":\"odd\"}]}",
                                            "{\"data\":[{\"status\":{}}]}",
                                            "{\"data\":[],\"errors\":[{}]}",
                                            "{\"data\":[],\"errors\":[\"x\"]}",
                                            "{}",
                                            "[5 "};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        watcher watcher = {.resets = true};
        numres_parser *parser = create(&watcher);
        numres_code code = feed(parser, documents[i], 64);
        bool is_legal = documents[i][0] == '{';
        cr_assert_eq(code, is_legal ? NUMRES_WRONG_USE : NUMRES_OK, "%s", documents[i]);
        cr_assert_eq(watcher.ends, 0);
        cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
        check_is_as_new(parser, &watcher);
        numres_parser_destroy(parser);
    }
}

Test(abandoned, a_reset_as_the_document_ends_in_finish) {
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    numres_parser *parser;
    watcher watcher = {.resets = true};
    reading_options_take_lane(&options);
    handlers.on_document_end = on_document_end;
    cr_assert_eq(numres_parser_create(&parser, &options, &handlers, &watcher), NUMRES_OK);
    cr_assert_eq(feed(parser, "12", 2), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_WRONG_USE);
    cr_assert_eq(watcher.ends, 1);
    cr_assert_eq(feed(parser, "{\"data\":[", 64), NUMRES_OK, "finish is forgotten too");
    numres_parser_destroy(parser);
}

/* Leaves feed by longjmp out of the first number's handler. */
static numres_parser *leave_feed(watcher *watcher) {
    jmp_buf way_out;
    numres_parser *volatile parser = create(watcher);
    watcher->way_out = &way_out;
    if (setjmp(way_out) == 0) {
        feed(parser, two_numbers, 64);
        cr_assert_fail("the handler never returns");
    }
    return parser;
}

Test(abandoned, a_parser_that_a_handler_left_can_be_reset) {
    watcher watcher = {0};
    numres_parser *parser = leave_feed(&watcher);
    cr_assert_eq(numres_parser_feed(parser, "]", 1, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    check_is_as_new(parser, &watcher);
    numres_parser_destroy(parser);
}

Test(abandoned, a_parser_that_a_handler_left_can_be_destroyed) {
    watcher watcher = {0};
    numres_parser_destroy(leave_feed(&watcher));
}
