/* A parser whose user pointer and handlers are changed, as in a pool. */
#include <criterion/criterion.h>
#include <numres.h>
#include <string.h>

#include "records.h"

typedef struct watcher {
    trace trace;
    numres_code set_user, set_handlers; /* results of the calls inside the callback */
    void *user;
    bool pauses;
} watcher;

static uint64_t numbers(const watcher *watcher) {
    return watcher->trace.came[NUMRES_EVENT_PHONE_NUMBER];
}

static numres_answer meddle(numres_parser *parser, trace *trace, const void *what) {
    watcher *watcher = (struct watcher *)trace;
    (void)what;
    watcher->set_user = numres_parser_set_user(parser, NULL);
    watcher->set_handlers = numres_parser_set_handlers(parser, NULL);
    watcher->user = numres_parser_user(parser);
    return watcher->pauses ? NUMRES_PAUSE : NUMRES_GO_ON;
}

static const watcher unused = {.trace = {.counts_only = true, .decide = meddle}};

static numres_parser *parser_of(watcher *user) {
    numres_parser *parser;
    numres_handlers handlers = trace_handlers();
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, user), NUMRES_OK);
    return parser;
}

/* Handlers that are not told of phone numbers. */
static numres_handlers without_numbers(void) {
    numres_handlers handlers = trace_handlers();
    handlers.on_phone_number = NULL;
    return handlers;
}

static const char page[] = "{\"data\":[{\"phone_numbers\":[{\"id\":\"1\"},{\"id\":\"2\"}]}]}";

static numres_code read_page(numres_parser *parser) {
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), NULL), NUMRES_OK);
    return numres_parser_finish(parser);
}

Test(pooled_parser, serves_one_user_after_the_other) {
    watcher first = unused, second = unused;
    numres_parser *parser = parser_of(&first);
    cr_assert_eq(numres_parser_user(parser), &first);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
    cr_assert_eq(numres_parser_user(parser), &second);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_user(parser), &second); /* a reset keeps it */
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(numbers(&first), 2);
    cr_assert_eq(numbers(&second), 2);
    cr_assert_eq(second.user, &second);
    numres_parser_destroy(parser);
}

Test(pooled_parser, takes_other_handlers) {
    watcher user = unused;
    numres_parser *parser = parser_of(&user);
    numres_handlers other = without_numbers();
    cr_assert_eq(numres_parser_set_handlers(parser, &other), NUMRES_OK);
    memset(&other, 0, sizeof other); /* the parser has copied it */
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(numbers(&user), 0);
    cr_assert_eq(user.trace.callbacks, 2, "the reservation and the document's end");
    cr_assert_eq(numres_parser_set_handlers(parser, NULL), NUMRES_OK);
    numres_parser_reset(parser);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.trace.callbacks, 2, "no handler is left");
    numres_parser_destroy(parser);
}

/* Between any two bytes, also while a callback is outstanding. */
Test(pooled_parser, takes_them_inside_a_document) {
    for (size_t cut = 0; cut <= strlen(page); cut++) {
        watcher first = unused, second = unused;
        numres_parser *parser = parser_of(&first);
        cr_assert_eq(numres_parser_feed(parser, page, cut, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
        cr_assert_eq(numres_parser_feed(parser, page + cut, strlen(page) - cut, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        cr_assert_eq(numbers(&first) + numbers(&second), 2, "%zu", cut);
        numres_parser_destroy(parser);
    }
}

Test(pooled_parser, takes_them_at_a_pause) {
    watcher first = unused, second = unused;
    size_t consumed = 0;
    numres_parser *parser = parser_of(&first);
    numres_handlers other = without_numbers();
    first.pauses = true;
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), &consumed), NUMRES_PAUSED);
    cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
    cr_assert_eq(numres_parser_set_handlers(parser, &other), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, page + consumed, strlen(page) - consumed, NULL),
                 NUMRES_OK);
    cr_assert_eq(first.trace.callbacks, 1);
    cr_assert_eq(numbers(&second), 0);
    cr_assert_eq(second.trace.came[NUMRES_EVENT_RESERVATION], 1);
    numres_parser_destroy(parser);
}

Test(pooled_parser, refuses_inside_a_callback) {
    watcher user = unused;
    numres_parser *parser = parser_of(&user);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.set_user, NUMRES_WRONG_USE);
    cr_assert_eq(user.set_handlers, NUMRES_WRONG_USE);
    cr_assert_eq(user.user, &user);
    cr_assert_eq(numbers(&user), 2); /* nothing has changed */
    numres_parser_destroy(parser);
}

Test(pooled_parser, refuses_what_is_wrong) {
    watcher user = unused;
    numres_parser *parser = parser_of(&user);
    numres_handlers wrong = without_numbers();
    wrong.size = 0;
    cr_assert_eq(numres_parser_set_handlers(parser, &wrong), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_set_handlers(NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_set_user(NULL, &user), NUMRES_WRONG_USE);
    cr_assert_null(numres_parser_user(NULL));
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(numbers(&user), 2);
    numres_parser_destroy(parser);
}

/* Easily misread: the returned code shows the pause, not the count of bytes. */
Test(pooled_parser, a_pause_with_every_byte_consumed_is_a_pause) {
    wish wanted = {NUMRES_EVENT_DOCUMENT_END, NUMRES_PAUSE};
    size_t consumed = 0;
    records kept;
    records_open(&kept, grant, &wanted);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), &consumed), NUMRES_PAUSED);
    cr_assert_eq(consumed, strlen(page));
    cr_assert_eq(numres_parser_feed(parser, NULL, 0, &consumed), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    records_close(&kept);
}
