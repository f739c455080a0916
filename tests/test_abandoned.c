/* Documents that a handler abandons: by a reset, or by never returning. */
#include <criterion/criterion.h>
#include <numres.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "reading.h"

static const char two_numbers[] =
    "{\"data\":[{\"id\":\"one\",\"phone_numbers\":[{\"id\":\"first\"},{\"id\":\"second\"}]}]}";

typedef struct watcher {
    trace trace;
    jmp_buf *way_out;
    bool resets;
    numres_code reset_code;
} watcher;

static uint64_t numbers(const watcher *watcher) {
    return watcher->trace.came[NUMRES_EVENT_PHONE_NUMBER];
}

static uint64_t ends(const watcher *watcher) {
    return watcher->trace.came[NUMRES_EVENT_DOCUMENT_END];
}

static numres_answer give_up(numres_parser *parser, trace *trace, const void *what) {
    watcher *watcher = (struct watcher *)trace;
    (void)what;
    if (watcher->way_out != NULL && trace->newest == NUMRES_EVENT_PHONE_NUMBER)
        longjmp(*watcher->way_out, 1);
    if (watcher->resets && trace->newest != NUMRES_EVENT_RESERVATION)
        watcher->reset_code = numres_parser_reset(parser);
    return NUMRES_GO_ON;
}

static numres_parser *create(watcher *watcher) {
    numres_parser *parser;
    numres_options options = numres_options_default();
    numres_handlers handlers = trace_handlers();
    reading_options_take_lane(&options);
    watcher->trace.counts_only = true;
    watcher->trace.decide = give_up;
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
    trace_clear(&watcher->trace);
    watcher->way_out = NULL;
    watcher->resets = false;
    cr_assert_eq(numres_parser_position(parser), 0);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(feed(parser, two_numbers, 1), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(numbers(watcher), 2);
    cr_assert_eq(ends(watcher), 1);
}

Test(abandoned, a_reset_in_a_handler_ends_the_feed_around_it) {
    for (size_t chunk = 1; chunk <= sizeof two_numbers; chunk++) {
        watcher watcher = {.resets = true};
        numres_parser *parser = create(&watcher);
        cr_assert_eq(feed(parser, two_numbers, chunk), NUMRES_WRONG_USE);
        cr_assert_eq(watcher.reset_code, NUMRES_OK);
        cr_assert_eq(numbers(&watcher), 1, "no other handler is called");
        cr_assert_eq(ends(&watcher), 0);
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
        cr_assert_eq(ends(&watcher), 0);
        cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
        check_is_as_new(parser, &watcher);
        numres_parser_destroy(parser);
    }
}

Test(abandoned, a_reset_as_the_document_ends_in_finish) {
    watcher watcher = {.resets = true};
    numres_handlers handlers = trace_handlers();
    numres_parser *parser = create(&watcher);
    handlers.on_problem = NULL;
    cr_assert_eq(numres_parser_set_handlers(parser, &handlers), NUMRES_OK);
    cr_assert_eq(feed(parser, "12", 2), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_WRONG_USE);
    cr_assert_eq(ends(&watcher), 1);
    cr_assert_eq(feed(parser, "{\"data\":[", 64), NUMRES_OK, "finish is forgotten too");
    numres_parser_destroy(parser);
}

/* Leaves numres_parser_feed by longjmp from the first number's handler. */
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

/* The sanitizers judge it. */
Test(abandoned, a_parser_that_a_handler_left_can_be_destroyed) {
    watcher watcher = {0};
    numres_parser_destroy(leave_feed(&watcher));
}

/* Of each number the id alone comes. */
static numres_answer expect_id_alone(numres_parser *parser, const numres_phone_number *number,
                                     void *user) {
    size_t *came = user;
    (void)parser;
    ++*came;
    cr_expect_gt(number->id.length, 0);
    cr_expect_eq(number->phone_number.length, 0);
    cr_expect_eq(number->status.text.length, 0);
    cr_expect_eq(number->status.value, NUMRES_STATUS_UNKNOWN);
    cr_expect_eq(number->created_at.text.length, 0);
    cr_expect_eq(number->created_at.value.seconds, 0);
    cr_expect_not(number->expired);
    return NUMRES_GO_ON;
}

static void read_two_numbers(numres_parser *parser, const char *before, const size_t *came) {
    char page[256];
    size_t came_before = *came;
    snprintf(page, sizeof page, "{%s%s", before, two_numbers + 1);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    cr_assert_eq(feed(parser, page, sizeof page), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(*came, came_before + 2);
}

/* Documents that leave something where numbers are read. */
Test(abandoned, a_number_has_nothing_of_the_document_before) {
    size_t came = 0;
    numres_parser *parser;
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    char half_a_number[1024];
    const char *const documents[] = {half_a_number, "{\"error\":\"e\",\"code\":\"c\"}"};
    /* The fast lane does not wait for the end of so long a number. */
    snprintf(half_a_number, sizeof half_a_number,
             "{\"data\":[{\"phone_numbers\":[{\"created_at\":\"2026-01-03T09:31:28.120100Z\","
             "\"expired\":true,\"phone_number\":\"+1\",\"status\":\"pending\",\"x\":\"%600s",
             "");
    handlers.on_phone_number = expect_id_alone;
    reading_options_take_lane(&options);
    cr_assert_eq(numres_parser_create(&parser, &options, &handlers, &came), NUMRES_OK);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        read_two_numbers(parser, "", &came);
        cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
        cr_assert_eq(feed(parser, documents[i], sizeof half_a_number), NUMRES_OK);
        read_two_numbers(parser, "", &came);
        read_two_numbers(parser, "\"message\":\"m\",\"title\":\"t\",", &came);
    }
    numres_parser_destroy(parser);
}
