/* A parser whose user pointer and handlers are changed, as in a pool. */
#include <criterion/criterion.h>
#include <numres.h>
#include <string.h>

typedef struct watcher {
    size_t numbers;
    numres_code set_user, set_handlers; /* results of the calls inside the callback */
    void *user;
    bool pauses;
} watcher;

static numres_answer count(numres_parser *parser, const numres_phone_number *number, void *user) {
    watcher *watcher = user;
    (void)number;
    watcher->numbers++;
    watcher->set_user = numres_parser_set_user(parser, NULL);
    watcher->set_handlers = numres_parser_set_handlers(parser, NULL);
    watcher->user = numres_parser_user(parser);
    return watcher->pauses ? NUMRES_PAUSE : NUMRES_GO_ON;
}

static numres_answer count_twice(numres_parser *parser, const numres_phone_number *number,
                                 void *user) {
    (void)parser, (void)number;
    ((watcher *)user)->numbers += 2;
    return NUMRES_GO_ON;
}

static numres_handlers
counting(numres_answer (*on_phone_number)(numres_parser *, const numres_phone_number *, void *)) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    return handlers;
}

static numres_parser *parser_of(watcher *user) {
    numres_parser *parser;
    numres_handlers handlers = counting(count);
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, user), NUMRES_OK);
    return parser;
}

static const char page[] = "{\"data\":[{\"phone_numbers\":[{\"id\":\"1\"},{\"id\":\"2\"}]}]}";

static numres_code read_page(numres_parser *parser) {
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), NULL), NUMRES_OK);
    return numres_parser_finish(parser);
}

Test(pooled_parser, serves_one_user_after_the_other) {
    watcher first = {0}, second = {0};
    numres_parser *parser = parser_of(&first);
    cr_assert_eq(numres_parser_user(parser), &first);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
    cr_assert_eq(numres_parser_user(parser), &second);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_user(parser), &second); /* a reset keeps it */
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(first.numbers, 2);
    cr_assert_eq(second.numbers, 2);
    cr_assert_eq(second.user, &second);
    numres_parser_destroy(parser);
}

Test(pooled_parser, takes_other_handlers) {
    watcher user = {0};
    numres_parser *parser = parser_of(&user);
    numres_handlers other = counting(count_twice);
    cr_assert_eq(numres_parser_set_handlers(parser, &other), NUMRES_OK);
    memset(&other, 0, sizeof other); /* the parser has copied it */
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.numbers, 4);
    cr_assert_eq(numres_parser_set_handlers(parser, NULL), NUMRES_OK);
    numres_parser_reset(parser);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.numbers, 4);
    numres_parser_destroy(parser);
}

/* Between any two bytes, also while a callback is outstanding. */
Test(pooled_parser, takes_them_inside_a_document) {
    for (size_t cut = 0; cut <= strlen(page); cut++) {
        watcher first = {0}, second = {0};
        numres_parser *parser = parser_of(&first);
        cr_assert_eq(numres_parser_feed(parser, page, cut, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
        cr_assert_eq(numres_parser_feed(parser, page + cut, strlen(page) - cut, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        cr_assert_eq(first.numbers + second.numbers, 2, "%zu", cut);
        numres_parser_destroy(parser);
    }
}

Test(pooled_parser, takes_them_at_a_pause) {
    watcher first = {.pauses = true}, second = {0};
    size_t consumed = 0;
    numres_parser *parser = parser_of(&first);
    numres_handlers other = counting(count_twice);
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), &consumed), NUMRES_PAUSED);
    cr_assert_eq(numres_parser_set_user(parser, &second), NUMRES_OK);
    cr_assert_eq(numres_parser_set_handlers(parser, &other), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, page + consumed, strlen(page) - consumed, NULL),
                 NUMRES_OK);
    cr_assert_eq(first.numbers, 1);
    cr_assert_eq(second.numbers, 2);
    numres_parser_destroy(parser);
}

Test(pooled_parser, refuses_inside_a_callback) {
    watcher user = {0};
    numres_parser *parser = parser_of(&user);
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.set_user, NUMRES_WRONG_USE);
    cr_assert_eq(user.set_handlers, NUMRES_WRONG_USE);
    cr_assert_eq(user.user, &user);
    cr_assert_eq(user.numbers, 2); /* nothing has changed */
    numres_parser_destroy(parser);
}

Test(pooled_parser, refuses_what_is_wrong) {
    watcher user = {0};
    numres_parser *parser = parser_of(&user);
    numres_handlers wrong = counting(count_twice);
    wrong.size = 0;
    cr_assert_eq(numres_parser_set_handlers(parser, &wrong), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_set_handlers(NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_set_user(NULL, &user), NUMRES_WRONG_USE);
    cr_assert_null(numres_parser_user(NULL));
    cr_assert_eq(read_page(parser), NUMRES_OK);
    cr_assert_eq(user.numbers, 2);
    numres_parser_destroy(parser);
}

static numres_answer pause_at_end(numres_parser *parser, const numres_document *document,
                                  void *user) {
    (void)parser, (void)document, (void)user;
    return NUMRES_PAUSE;
}

/* Easily misread: the returned code shows the pause, not the count of bytes. */
Test(pooled_parser, a_pause_with_every_byte_consumed_is_a_pause) {
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    size_t consumed = 0;
    handlers.on_document_end = pause_at_end;
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, NULL), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), &consumed), NUMRES_PAUSED);
    cr_assert_eq(consumed, strlen(page));
    cr_assert_eq(numres_parser_feed(parser, NULL, 0, &consumed), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
}
