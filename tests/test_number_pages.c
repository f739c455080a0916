/*
 * Pages as the API sends them, except for a value, byte or member here and there.
 * Whatever the fast lane has learned, its trace is that of the general lane.
 */
#include <criterion/criterion.h>

#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "both_lanes.h"
#include "number_pages.h"
#include "reading.h"
#include "support.h"

static const char *const option_words[] = {
    "-",
    "e164",
    "require-members",
    "strict",
    "leave-out",
    "max-value=20",
    "max-value=40",
    "max-value=63",
    "max-text=400",
    "max-text=1224",
    "max-text=1400",
    "max-depth=5",
};
#define OPTIONS (sizeof(option_words) / sizeof(option_words[0]))

static bool is_syntax_kept(const number_page *page) {
    numres_error error = numres_error_default();
    return numres_parse(page->bytes, page->length, NULL, NULL, NULL, &error) == NUMRES_OK;
}

/* Two reservations; the second has numbers of the variant, single and in a row, with
   usual numbers before, between and after them. */
static void make_number_page(number_page *page, size_t variant) {
    static const int is_variant[] = {0, 0, 1, 0, 1, 1, 1, 0, 0};
    number_page_start(page);
    number_page_open(page, 0);
    number_page_add(page, 0);
    number_page_add(page, 0);
    number_page_close(page, 0);
    number_page_open(page, 0);
    for (size_t i = 0; i < sizeof(is_variant) / sizeof(is_variant[0]); i++)
        number_page_add(page, is_variant[i] ? variant : 0);
    number_page_close(page, 0);
    number_page_end(page);
}

static void make_reservation_page(number_page *page, size_t variant) {
    static const int is_variant[] = {0, 0, 1, 0, 1, 1, 1, 0};
    number_page_start(page);
    for (size_t i = 0; i < sizeof(is_variant) / sizeof(is_variant[0]); i++) {
        number_page_open(page, is_variant[i] ? variant : 0);
        number_page_add(page, 0);
        number_page_close(page, is_variant[i] ? variant : 0);
    }
    number_page_end(page);
}

static void expect_with_each_option(const number_page *page, size_t seed) {
    for (size_t option = 0; option < OPTIONS; option++)
        expect_both_lanes(page->bytes, page->length, option_words[option],
                          option == 0 ? 64 : 100 + 37 * ((seed + option) % 40));
}

Test(number_pages, numbers_of_each_variant, .timeout = 600) {
    static number_page page;
    size_t legal = 0;
    for (size_t variant = 0; variant < number_variant_count; variant++) {
        make_number_page(&page, variant);
        legal += is_syntax_kept(&page);
        expect_with_each_option(&page, variant);
    }
    cr_expect_gt(legal, number_variant_count / 2);
}

Test(number_pages, reservations_of_each_variant, .timeout = 600) {
    static number_page page;
    size_t legal = 0;
    for (size_t variant = 0; variant < reservation_variant_count; variant++) {
        make_reservation_page(&page, variant);
        legal += is_syntax_kept(&page);
        expect_with_each_option(&page, variant);
    }
    cr_expect_gt(legal, reservation_variant_count / 2);
}

/* Chooses mostly the usual object, and often a favourite variant. */
static size_t draw(uint64_t *random, size_t count, size_t favourite) {
    switch (random_next(random) % 8) {
    case 0:
        return random_next(random) % count;
    case 1:
    case 2:
        return favourite;
    default:
        return 0;
    }
}

static void make_random_page(number_page *page, uint64_t *random) {
    size_t favourite_number = random_next(random) % number_variant_count;
    size_t favourite_reservation = random_next(random) % reservation_variant_count;
    number_page_start(page);
    for (size_t i = 2 + random_next(random) % 4; i > 0; i--) {
        number_page_open(page, draw(random, reservation_variant_count, favourite_reservation));
        for (size_t numbers = random_next(random) % 8; numbers > 0; numbers--)
            number_page_add(page, draw(random, number_variant_count, favourite_number));
        number_page_close(page, draw(random, reservation_variant_count, favourite_reservation));
    }
    number_page_end(page);
}

/* NUMRES_TEST_MUTATIONS and NUMRES_TEST_SEED, as in test_lanes. */
static unsigned long setting(const char *name, unsigned long usual) {
    const char *value = getenv(name);
    return value != NULL ? strtoul(value, NULL, 10) : usual;
}

Test(number_pages, variants_in_turn, .timeout = 6000) {
    static number_page page;
    uint64_t random = setting("NUMRES_TEST_SEED", 11);
    for (unsigned long left = setting("NUMRES_TEST_MUTATIONS", 400 / test_stride(1)); left > 0;
         left--) {
        make_random_page(&page, &random);
        const char *words = option_words[random_next(&random) % OPTIONS];
        expect_both_lanes(page.bytes, page.length, words, 1 + random_next(&random) % 1500);
        expect_both_lanes_cut(page.bytes, page.length, words, random_next(&random) % page.length);
    }
}

/* ---- short pages with one surprise each ---- */

/* Reads a reservation with these numbers by both lanes. */
static void expect_numbers(const char *const *numbers, size_t count, const char *words) {
    static number_page page;
    page.length = 0;
    number_page_put(&page, "{'data':[{'phone_numbers':[");
    for (size_t i = 0; i < count; i++) {
        number_page_put(&page, i > 0 ? "," : "");
        number_page_put(&page, numbers[i]);
    }
    number_page_put(&page, "]}");
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, words, 100);
}
#define EXPECT_NUMBERS(numbers, words)                                                             \
    expect_numbers(numbers, sizeof(numbers) / sizeof((numbers)[0]), words)

/* The piece after an unknown first member begins with a comma, which must not come right
   after a brace. */
Test(number_pages, comma_after_a_brace) {
    static const char *const numbers[] = {"{'x':1,'id':'a'}", "{'x':1,'id':'a'}", "{,'id':'a'}"};
    static number_page page;
    EXPECT_NUMBERS(numbers, "-");
    page.length = 0;
    number_page_put(&page, "{'data':[{'x':1,'id':'a','phone_numbers':[]},"
                           "{'x':1,'id':'a','phone_numbers':[]},{,'id':'a','phone_numbers':[]}");
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, "-", 100);
}

/* After objects whose unknown first members all differ in name, the last piece that fitted
   at an object's start begins with a comma, in an object that is not learned itself. It
   must not fit right after a brace. */
Test(number_pages, comma_after_a_brace_where_it_came_last) {
    static const char *const ends[] = {"{,'id':'a'}", "'id':'a'}"};
    static number_page page;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        const char *const numbers[] = {"{'x':1,'id':'a'}", "{'y':1,'id':'a'}", "{'z':1,'id':'a'}",
                                       ends[i]};
        EXPECT_NUMBERS(numbers, "-");
    }
    page.length = 0;
    number_page_put(&page, "{'data':[{'phone_numbers':[{'x':1,'id':'a'},{'y':1,'id':'a'},"
                           "{'z':1,'id':'a'}]},"
                           "{'phone_numbers':[,'id':'a'}]}");
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, "-", 100);
    page.length = 0;
    number_page_put(&page, "{'data':[{'x':1,'id':'a','phone_numbers':[]},"
                           "{'y':1,'id':'a','phone_numbers':[]},"
                           "{'z':1,'id':'a','phone_numbers':[]},{,'id':'a','phone_numbers':[]}");
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, "-", 100);
}

Test(number_pages, null_record_type) {
    static const char *const numbers[] = {"{'id':'a','record_type':null,'status':'pending'}",
                                          "{'id':'b','record_type':null,'status':'pending'}"};
    EXPECT_NUMBERS(numbers, "-");
}

Test(number_pages, short_text_over_max_value) {
    static const char *const numbers[] = {"{'id':'a','status':'pending'}",
                                          "{'id':'abcdefgh','status':'pending'}"};
    EXPECT_NUMBERS(numbers, "max-value=7");
}

/* After a text that leaves too little room for pieces, the object is read again from its start. */
Test(number_pages, long_text_in_little_room) {
    static number_page page;
    char long_one[512];
    snprintf(long_one, sizeof(long_one), "{'errors':'%0300d','phone_numbers':[]}", 0);
    number_page_start(&page);
    number_page_put(&page, "{'errors':'','phone_numbers':[]},");
    number_page_put(&page, long_one);
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, "max-text=1224", 1000);
}

/* Writes `first` and the members up to a`last`. Returns the end. */
static char *put_unknown(char *to, const char *first, int last) {
    to += sprintf(to, "%s", first);
    for (int i = strstr(first, "a1") != NULL ? 2 : 1; i <= last; i++)
        to += sprintf(to, ",'a%d':1", i);
    return to;
}

/* The second number does not fit the store beside the pieces of the first, which are
   forgotten. Its white space keeps it from being learned itself, like the reservation.
   The third begins like the second and ends like the first, and has no id. */
Test(number_pages, nothing_is_left_of_pieces_that_were_forgotten) {
    static number_page page;
    char first[512];
    char second[512];
    char third[512];
    sprintf(put_unknown(first, "{'id':'a'", 20), "}");
    sprintf(put_unknown(second, "{'a1':1", 12), ",%200s'errors':'x'}", "");
    sprintf(put_unknown(third, "{'a1':1", 20), "}");
    const char *const numbers[] = {first, second, third};
    page.length = 0;
    number_page_put(&page, "{'data':[{");
    memset(page.bytes + page.length, ' ', 200);
    page.length += 200;
    number_page_put(&page, "'phone_numbers':[");
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        number_page_put(&page, i > 0 ? "," : "");
        number_page_put(&page, numbers[i]);
    }
    number_page_put(&page, "]}");
    number_page_end(&page);
    expect_both_lanes(page.bytes, page.length, "-", 1000);
}
