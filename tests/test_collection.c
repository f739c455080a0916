/* The collection holds what the callbacks deliver, and survives a lack of memory. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collecting.h"
#include "collection/siphash.h"
#include "corpus_documents.h"
#include "records.h"

#define PARTS 4

static numres_collection *new_collection(const numres_options *options, uint64_t max_bytes) {
    numres_collection *collection = NULL;
    cr_assert_eq(numres_collection_create(&collection, options, max_bytes), NUMRES_OK);
    return collection;
}

/* ---- the same as the callbacks ---- */

static void expect_holds(const numres_collection *collection, const collected *expected,
                         const char *name) {
    collected held = collected_of(collection);
    const char *difference = collected_difference(expected, &held);
    cr_expect_null(difference, "%s: other %s:\nexpected\n%sbut was\n%s", name, difference,
                   expected->reservations.bytes, held.reservations.bytes);
    collected_free(&held);
}

/* Feeds a page and finishes it. */
static numres_code collect(numres_collection *collection, const char *bytes, size_t length,
                           size_t chunk) {
    for (size_t at = 0; at < length; at += chunk) {
        size_t now = length - at < chunk ? length - at : chunk;
        char *copy = malloc(now);
        memcpy(copy, bytes + at, now);
        numres_collection_feed(collection, copy, now);
        free(copy);
    }
    return numres_collection_finish(collection);
}

static void check_corpus_document(const corpus_document *document) {
    static const size_t chunks[] = {1, 7, 64, SIZE_MAX};
    const file_bytes *bytes = &document->bytes;
    collected expected = {.page = 0};
    numres_handlers handlers = collected_handlers(&expected);
    numres_error error = numres_error_default();
    numres_collection *collection = new_collection(&document->options.parser, 0);
    numres_code code = numres_parse(bytes->bytes, bytes->length, &document->options.parser,
                                    &handlers, &expected, &error);
    for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++) {
        numres_collection_reset(collection);
        cr_expect_eq(collect(collection, bytes->bytes, bytes->length, chunks[at]), code, "%s",
                     document->name);
        cr_expect_eq(numres_collection_error(collection)->code, error.code);
        cr_expect_eq(numres_collection_error(collection)->offset, error.offset);
        cr_expect_str_eq(numres_collection_error(collection)->path, error.path);
        cr_expect_str_eq(numres_collection_error(collection)->sentence, error.sentence);
        expect_holds(collection, &expected, document->name);
    }
    /* The same page again, after the first. */
    collected_end_page(&expected);
    numres_parse(bytes->bytes, bytes->length, &document->options.parser, &handlers, &expected,
                 &error);
    cr_expect_eq(numres_collection_read(collection, bytes->bytes, bytes->length), code);
    expect_holds(collection, &expected, document->name);
    collected_free(&expected);
    numres_collection_destroy(collection);
}

ParameterizedTestParameters(collection, holds_what_the_callbacks_tell) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

ParameterizedTest(size_t *part, collection, holds_what_the_callbacks_tell) {
    corpus_documents corpus = corpus_load();
    for (size_t at = *part; at < corpus.count; at += PARTS) {
        if (!corpus.documents[at].options.leave_out && corpus.documents[at].options.stop_at == 0) {
            check_corpus_document(&corpus.documents[at]);
        }
    }
    corpus_free(&corpus);
}

/* ---- finding ---- */

static bool finds(numres_collection *collection, const char *id, size_t expected) {
    size_t place = SIZE_MAX;
    return numres_collection_find(collection, id, strlen(id), &place) && place == expected;
}

Test(collection, finds_reservations_and_numbers) {
    size_t reservation = 0;
    size_t place = 0;
    char *text = json(collecting_everything);
    numres_collection *collection = new_collection(NULL, 0);
    cr_expect_not(finds(collection, "a", 0));
    numres_collection_read(collection, text, strlen(text));
    cr_expect(finds(collection, "a", 0));
    cr_expect(finds(collection, "c", 2));
    cr_expect_not(numres_collection_find(collection, "d", 1, NULL));
    cr_expect_not(numres_collection_find(collection, "", 0, NULL));
    cr_expect_not(numres_collection_find(collection, NULL, 0, NULL));
    cr_expect(numres_collection_find_phone_number(collection, "+2", 2, &reservation, &place));
    cr_expect_eq(reservation, 0);
    cr_expect_eq(place, 1);
    cr_expect(numres_collection_find_phone_number(collection, "+1", 2, &reservation, NULL));
    cr_expect_not(numres_collection_find_phone_number(collection, "+3", 2, NULL, NULL));
    char *more = json("{'data':{'id':'d','phone_numbers':[{'phone_number':'+3'}]}}");
    numres_collection_read(collection, more, strlen(more));
    cr_expect(finds(collection, "d", 4));
    cr_expect(numres_collection_find_phone_number(collection, "+3", 2, &reservation, &place));
    cr_expect_eq(reservation, 4);
    cr_expect_eq(place, 0);
    cr_expect_eq(numres_collection_set_secret(collection, "0123456789abcdef"), NUMRES_OK);
    cr_expect(finds(collection, "a", 0));
    cr_expect(finds(collection, "d", 4));
    numres_collection_reset(collection);
    cr_expect_not(numres_collection_find(collection, "a", 1, NULL));
    numres_collection_destroy(collection);
    free(text);
    free(more);
}

/* Many ids, and many equal numbers, which must not slow it down. */
Test(collection, finds_one_of_many) {
    enum { MANY = 20000 };
    text_buffer page = {NULL, 0, 0};
    numres_collection *collection = new_collection(NULL, 0);
    text_buffer_format(&page, "{\"data\":[");
    for (int at = 0; at < MANY; at++) {
        text_buffer_format(&page,
                           "%s{\"id\":\"id-%d\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]}",
                           at > 0 ? "," : "", at);
    }
    text_buffer_format(&page, "]}");
    cr_assert_eq(numres_collection_read(collection, page.bytes, page.length), NUMRES_OK);
    for (int at = 0; at < MANY; at++) {
        char id[32];
        snprintf(id, sizeof id, "id-%d", at);
        cr_assert(finds(collection, id, (size_t)at));
    }
    cr_expect(numres_collection_find_phone_number(collection, "+1", 2, NULL, NULL));
    numres_collection_destroy(collection);
    text_buffer_free(&page);
}

/* Between any two pages, as the index grows. */
Test(collection, finds_all_after_each_page) {
    enum { PAGES = 100 };
    numres_collection *collection = new_collection(NULL, 0);
    for (int page = 0; page < PAGES; page++) {
        char text[128];
        int length = snprintf(text, sizeof text,
                              "{\"data\":{\"id\":\"%d\",\"phone_numbers\":"
                              "[{\"phone_number\":\"%d\"},{\"phone_number\":\"+%d\"}]}}",
                              page, page, page);
        cr_assert_eq(numres_collection_read(collection, text, (size_t)length), NUMRES_OK);
        for (int at = 0; at <= page; at++) {
            size_t reservation = SIZE_MAX;
            snprintf(text, sizeof text, "%d", at);
            cr_assert(finds(collection, text, (size_t)at), "%d after page %d", at, page);
            cr_assert(numres_collection_find_phone_number(collection, text, strlen(text),
                                                          &reservation, NULL));
            cr_assert_eq(reservation, (size_t)at);
        }
    }
    numres_collection_destroy(collection);
}

/* Adds this many objects, each with a member of this name: "100", "101" and so on. */
static void add_many(text_buffer *page, const char *name, size_t count) {
    for (size_t at = 0; at < count; at++) {
        text_buffer_format(page, "%s{\"%s\":\"%zu\"}", at > 0 ? "," : "", name, at + 100);
    }
}

/* A search for an absent text ends at an empty slot, for any count of ids and numbers.
   Each text searched for is the beginning of some of them. */
Test(collection, does_not_find_what_is_not_there, .timeout = 60) {
    for (size_t count = 1; count < 70; count++) {
        numres_collection *collection = new_collection(NULL, 0);
        text_buffer page = {NULL, 0, 0};
        text_buffer_format(&page, "{\"data\":[");
        add_many(&page, "id", count);
        text_buffer_format(&page, ",{\"phone_numbers\":[");
        add_many(&page, "phone_number", count);
        text_buffer_format(&page, "]}]}");
        cr_assert_eq(numres_collection_read(collection, page.bytes, page.length), NUMRES_OK);
        for (size_t at = 0; at < 100; at++) {
            char text[32];
            size_t length = (size_t)snprintf(text, sizeof text, "%zu", at);
            cr_expect_not(numres_collection_find(collection, text, length, NULL));
            cr_expect_not(
                numres_collection_find_phone_number(collection, text, length, NULL, NULL));
        }
        cr_expect(finds(collection, "100", 0));
        numres_collection_destroy(collection);
        text_buffer_free(&page);
    }
}

/* The example in appendix A of the SipHash paper. */
Test(collection, hashes_as_siphash_does) {
    unsigned char secret[NUMRES_SIPHASH_SECRET_SIZE];
    unsigned char bytes[15];
    for (unsigned char at = 0; at < sizeof secret; at++) {
        secret[at] = at;
    }
    memcpy(bytes, secret, sizeof bytes);
    cr_expect_eq(numres_siphash(secret, bytes, sizeof bytes), UINT64_C(0xa129ca6149be45e5));
}

/* ---- pages and errors ---- */

Test(collection, goes_on_with_another_page_after_an_error) {
    numres_collection *collection = new_collection(NULL, 0);
    char *broken = json("{'data':[{'id':'a'},{'id':'b','phone_numbers':[{'id':'c'},?");
    char *right = json("{'data':[{'id':'d','phone_numbers':[{'id':'e'}]}]}");
    cr_expect_eq(numres_collection_feed(collection, broken, strlen(broken)), NUMRES_SYNTAX);
    cr_expect_eq(numres_collection_feed(collection, right, strlen(right)), NUMRES_SYNTAX);
    cr_expect_eq(numres_collection_finish(collection), NUMRES_SYNTAX);
    cr_expect_eq(numres_collection_error(collection)->offset, strlen(broken) - 1);
    cr_expect_eq(numres_collection_reservations(collection), 1);
    cr_expect_eq(numres_collection_feed(collection, right, strlen(right)), NUMRES_OK);
    cr_expect_eq(numres_collection_error(collection)->code, NUMRES_OK);
    cr_expect_eq(numres_collection_finish(collection), NUMRES_OK);
    cr_expect_eq(numres_collection_reservations(collection), 2);
    cr_expect_eq(numres_collection_phone_numbers(collection, 1), 1);
    cr_expect_eq(numres_collection_finish(collection), NUMRES_EMPTY_INPUT);
    numres_collection_destroy(collection);
    free(broken);
    free(right);
}

/* A page without a meta does not show the one of the page before. */
Test(collection, meta_and_document_are_those_of_the_page) {
    static const char with[] = "{\"data\":[{}],\"meta\":{\"total_pages\":3}}";
    static const char without[] = "{\"data\":[{\"id\":\"b\"}]}";
    numres_collection *collection = new_collection(NULL, 0);
    cr_assert_eq(numres_collection_read(collection, with, strlen(with)), NUMRES_OK);
    cr_assert_not_null(numres_collection_meta(collection));
    cr_expect_eq(numres_collection_document(collection)->elements, 1);
    cr_assert_eq(numres_collection_feed(collection, without, 5), NUMRES_OK);
    cr_expect_null(numres_collection_meta(collection));
    cr_expect_null(numres_collection_document(collection));
    cr_assert_eq(numres_collection_feed(collection, without + 5, strlen(without) - 5), NUMRES_OK);
    cr_assert_eq(numres_collection_finish(collection), NUMRES_OK);
    cr_expect_null(numres_collection_meta(collection));
    cr_expect_eq(numres_collection_document(collection)->elements, 1);
    numres_collection_destroy(collection);
}

/* Bytes may be NULL if their count is 0. */
Test(collection, takes_no_bytes) {
    numres_collection *collection = new_collection(NULL, 0);
    cr_expect_eq(numres_collection_feed(collection, NULL, 0), NUMRES_OK);
    cr_expect_eq(numres_collection_read(collection, NULL, 0), NUMRES_EMPTY_INPUT);
    cr_expect_eq(numres_collection_read(collection, "{\"data\":{\"id\":\"\"}}", 18), NUMRES_OK);
    cr_expect(numres_collection_find(collection, NULL, 0, NULL));
    cr_expect_not(numres_collection_find_phone_number(collection, NULL, 0, NULL, NULL));
    numres_collection_destroy(collection);
}

Test(collection, of_null_is_nothing) {
    cr_expect_eq(numres_collection_create(NULL, NULL, 0), NUMRES_WRONG_USE);
    numres_collection_destroy(NULL);
    cr_expect_eq(numres_collection_reset(NULL), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_feed(NULL, "", 0), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_read(NULL, "", 0), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_finish(NULL), NUMRES_WRONG_USE);
    cr_expect_null(numres_collection_error(NULL));
    cr_expect_eq(numres_collection_bytes(NULL), 0);
    cr_expect_eq(numres_collection_reservations(NULL), 0);
    cr_expect_null(numres_collection_reservation(NULL, 0));
    cr_expect_eq(numres_collection_phone_numbers(NULL, 0), 0);
    cr_expect_null(numres_collection_phone_number(NULL, 0, 0));
    cr_expect_eq(numres_collection_api_errors(NULL), 0);
    cr_expect_null(numres_collection_api_error(NULL, 0));
    cr_expect_eq(numres_collection_problems(NULL), 0);
    cr_expect_null(numres_collection_problem(NULL, 0));
    cr_expect_eq(numres_collection_problem_page(NULL, 0), 0);
    cr_expect_null(numres_collection_meta(NULL));
    cr_expect_null(numres_collection_document(NULL));
    cr_expect_not(numres_collection_find(NULL, "", 0, NULL));
    cr_expect_not(numres_collection_find_phone_number(NULL, "", 0, NULL, NULL));
    cr_expect_eq(numres_collection_set_secret(NULL, ""), NUMRES_WRONG_USE);
}

Test(collection, holds_nothing_before_the_first_page) {
    numres_collection *collection = new_collection(NULL, 0);
    cr_expect_null(numres_collection_reservation(collection, 0));
    cr_expect_eq(numres_collection_phone_numbers(collection, 0), 0);
    cr_expect_null(numres_collection_phone_number(collection, 0, 0));
    cr_expect_null(numres_collection_api_error(collection, 0));
    cr_expect_null(numres_collection_problem(collection, 0));
    cr_expect_eq(numres_collection_problem_page(collection, 0), 0);
    numres_collection_destroy(collection);
}

Test(collection, refuses_null_in_place_of_bytes) {
    numres_collection *collection = new_collection(NULL, 0);
    cr_expect_eq(numres_collection_feed(collection, NULL, 1), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_read(collection, NULL, 1), NUMRES_WRONG_USE);
    cr_expect_not(numres_collection_find(collection, NULL, 1, NULL));
    cr_expect_not(numres_collection_find_phone_number(collection, NULL, 1, NULL, NULL));
    cr_expect_eq(numres_collection_set_secret(collection, NULL), NUMRES_WRONG_USE);
    numres_collection_destroy(collection);
}

Test(collection, refuses_options_out_of_range) {
    numres_options options = numres_options_default();
    options.max_depth = 0;
    cr_expect_eq(numres_collection_create(&(numres_collection *){NULL}, &options, 0),
                 NUMRES_WRONG_OPTION);
}
