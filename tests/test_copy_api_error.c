/* Copies of API errors, which outlive their callback and say what it said. */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

typedef struct kept_errors {
    numres_api_error *errors[8];
    size_t count;
} kept_errors;

static numres_answer keep(numres_parser *parser, const numres_api_error *error, void *user) {
    kept_errors *kept = user;
    size_t size = numres_api_error_copy(error, NULL, 0);
    numres_api_error *first = malloc(size);
    numres_api_error *second = malloc(size);
    (void)parser;
    cr_assert_gt(size, sizeof *error);
    cr_assert_eq(numres_api_error_copy(error, first, size - 1), size);
    cr_assert_eq(numres_api_error_copy(error, first, size), size);
    cr_assert_eq(numres_api_error_copy(first, second, size), size);
    memset(first, 0xA5, size);
    free(first);
    kept->errors[kept->count++] = second;
    return NUMRES_GO_ON;
}

/* Every byte of the document comes in a block of its own, which is gone. */
static kept_errors read_errors(const char *text) {
    kept_errors kept = {{NULL}, 0};
    char *bytes = json(text);
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_api_error = keep;
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &kept), NUMRES_OK);
    for (size_t at = 0; at < strlen(bytes); at++) {
        char *byte = malloc(1);
        *byte = bytes[at];
        cr_assert_eq(numres_parser_feed(parser, byte, 1, NULL), NUMRES_OK);
        free(byte);
    }
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    free(bytes);
    return kept;
}

static void free_errors(kept_errors *kept) {
    for (size_t at = 0; at < kept->count; at++)
        free(kept->errors[at]);
}

Test(copy_api_error, outlives_parser_and_document) {
    kept_errors kept = read_errors("{'errors':[{'code':10005,'title':'Not found','detail':'No.',"
                                   "'source':{'pointer':'/base'},'meta':{'url':'u'}},'text']}");
    cr_assert_eq(kept.count, 2);
    const numres_api_error *error = kept.errors[0];
    cr_assert(text_is(error->code, "10005"));
    cr_assert(text_is(error->title, "Not found"));
    cr_assert(text_is(error->detail, "No."));
    cr_assert(text_is(error->description, ""));
    cr_assert(text_is(error->source_pointer, "/base"));
    cr_assert(text_is(error->meta_url, "u"));
    cr_assert(text_is(numres_api_error_raw(error, NUMRES_API_ERROR_CODE), "10005"));
    cr_assert(text_is(kept.errors[1]->message, "text"));
    cr_assert(text_is(kept.errors[1]->detail, "text"));
    cr_assert_eq(kept.errors[1]->index, 1);
    free_errors(&kept);
}

/* What detail says where it has no text of its own must be the copy's too. */
Test(copy_api_error, derives_detail_from_its_own_texts) {
    kept_errors kept =
        read_errors("{'errors':[{'description':'older'},{'message':'other'},"
                    "{'detail':null,'message':'m'},{'detail':7,'description':'d'}]}");
    static const char *const details[] = {"older", "other", "m", "d"};
    cr_assert_eq(kept.count, 4);
    for (size_t at = 0; at < kept.count; at++)
        cr_assert(text_is(kept.errors[at]->detail, details[at]), "%zu", at);
    cr_assert(text_is(numres_api_error_raw(kept.errors[2], NUMRES_API_ERROR_DETAIL), "null"));
    cr_assert(text_is(numres_api_error_raw(kept.errors[3], NUMRES_API_ERROR_DETAIL), "7"));
    free_errors(&kept);
}

Test(copy_api_error, of_a_root_that_refuses) {
    kept_errors kept = read_errors("{'message':'no','error':'denied'}");
    cr_assert_eq(kept.count, 1);
    cr_assert(kept.errors[0]->of_root);
    cr_assert(text_is(kept.errors[0]->title, "denied"));
    cr_assert(text_is(kept.errors[0]->detail, "no"));
    free_errors(&kept);
}

Test(copy_api_error, of_null_is_nothing) {
    cr_assert_eq(numres_api_error_copy(NULL, NULL, 0), 0);
}
