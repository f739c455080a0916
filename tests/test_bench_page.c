/* The pages of the benchmarks: figures of two days compare only if the pages
   are the same, and if they are what docs/benchmarks.md says of them. */
#include <numres.h>

#include <criterion/criterion.h>
#include <string.h>

#include "../bench/page.h"

enum { RESERVATIONS = 2000, MOST_DIGITS = 16 };

typedef struct page_sum {
    uint64_t numbers;
    uint64_t lengths[MOST_DIGITS]; /* of phone numbers */
    size_t first_length;           /* in the open reservation */
    uint64_t references;
    uint64_t successes;
    int64_t last_created;
    bool is_one_country;
    bool is_in_order;
    numres_document document;
} page_sum;

static numres_answer take_number(numres_parser *parser, const numres_phone_number *number,
                                 void *user) {
    page_sum *sum = user;
    size_t length = number->phone_number.length;

    (void)parser;
    sum->numbers++;
    if (length < MOST_DIGITS) {
        sum->lengths[length]++;
    }
    if (number->index == 0) {
        sum->first_length = length;
    }
    bool is_american = length >= 2 && memcmp(number->phone_number.bytes, "+1", 2) == 0;
    if (length != sum->first_length || is_american != (length == 12)) {
        sum->is_one_country = false;
    }
    return NUMRES_GO_ON;
}

static numres_answer take_reservation(numres_parser *parser, const numres_reservation *reservation,
                                      void *user) {
    page_sum *sum = user;
    int64_t apart = reservation->created_at.value.seconds - sum->last_created;

    (void)parser;
    sum->references += !numres_has(reservation->null, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    sum->successes += reservation->status.value == NUMRES_STATUS_SUCCESS;
    if (reservation->index > 0 && (apart <= 0 || apart > 600)) {
        sum->is_in_order = false;
    }
    sum->last_created = reservation->created_at.value.seconds;
    return NUMRES_GO_ON;
}

static numres_answer take_document(numres_parser *parser, const numres_document *document,
                                   void *user) {
    (void)parser;
    ((page_sum *)user)->document = *document;
    return NUMRES_GO_ON;
}

static page_sum sum_up(page_style style) {
    page_sum sum;
    page made;
    numres_handlers handlers = numres_handlers_default();

    memset(&sum, 0, sizeof sum);
    sum.is_one_country = true;
    sum.is_in_order = true;
    handlers.on_phone_number = take_number;
    handlers.on_reservation = take_reservation;
    handlers.on_document_end = take_document;
    cr_assert(page_make(&made, RESERVATIONS, style, 1));
    cr_assert_eq(numres_parse(made.bytes, made.length, NULL, &handlers, &sum, NULL), NUMRES_OK,
                 "%s", page_style_name(style));
    page_destroy(&made);
    return sum;
}

/* FNV-1a. */
static uint64_t hash_of(const page *made) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t at = 0; at < made->length; at++) {
        hash = (hash ^ (unsigned char)made->bytes[at]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* How often `words` is on the page. */
static uint64_t count_of(const page *made, const char *words) {
    uint64_t count = 0;

    for (const char *at = made->bytes; (at = strstr(at, words)) != NULL; at++) {
        count++;
    }
    return count;
}

/* A page that changes ends every comparison with figures from before. */
Test(bench_page, the_same_arguments_give_the_same_bytes) {
    static const uint64_t hashes[PAGE_STYLE_COUNT] = {
        [PAGE_REAL] = UINT64_C(0x169fc4890fb995d3),
        [PAGE_COMPACT] = UINT64_C(0x74bd14d3dd132bdf),
        [PAGE_PRETTY] = UINT64_C(0xa2df7bca7c9af917),
        [PAGE_SHUFFLED] = UINT64_C(0x4adb8b7d154d3833),
        [PAGE_ESCAPED] = UINT64_C(0x69279daf1605c805),
        [PAGE_NON_ASCII] = UINT64_C(0x7fa7949817e0729e),
        [PAGE_UNKNOWN] = UINT64_C(0xf3718a15e1be03cb),
        [PAGE_WORST] = UINT64_C(0xc5c1cf1d5b8319e5),
        [PAGE_WORST_NAMES] = UINT64_C(0xeab89682a235df03),
        [PAGE_SURPRISES] = UINT64_C(0x188f2db87769b16a),
        [PAGE_ALTERNATING] = UINT64_C(0x7bdaddbdea4665ea),
        [PAGE_TINY] = UINT64_C(0x44f591dda0bdad63),
    };

    for (int style = 0; style < PAGE_STYLE_COUNT; style++) {
        page made;
        cr_assert(page_make(&made, 200, (page_style)style, 1));
        cr_expect_eq(hash_of(&made), hashes[style], "%s: 0x%016llx",
                     page_style_name((page_style)style), (unsigned long long)hash_of(&made));
        page_destroy(&made);
    }
}

Test(bench_page, another_seed_gives_another_page) {
    page one;
    page other;

    cr_assert(page_make(&one, 1, PAGE_REAL, 1));
    cr_assert(page_make(&other, 1, PAGE_REAL, 2));
    cr_assert_neq(hash_of(&one), hash_of(&other));
    page_destroy(&one);
    page_destroy(&other);
}

Test(bench_page, every_style_is_legal_and_only_the_surprises_break_the_schema) {
    for (int number = 0; number < PAGE_STYLE_COUNT; number++) {
        page_style style = (page_style)number;
        page_sum sum = sum_up(style);
        cr_expect_eq(sum.document.reservations, RESERVATIONS, "%s", page_style_name(style));
        cr_expect_eq(sum.document.problems != 0, page_style_has_problems(style), "%s",
                     page_style_name(style));
    }
}

Test(bench_page, the_real_shape_has_its_members_in_alphabetical_order) {
    static const char *const members[] = {
        "{\"data\":[{\"created_at\":\"",
        "\",\"customer_reference\":",
        ",\"errors\":\"",
        "\",\"id\":\"",
        "\",\"phone_numbers\":[{",
        "\"created_at\":\"",
        "\",\"errors\":\"",
        "\",\"expired\":",
        ",\"expired_at\":\"",
        "\",\"id\":\"",
        "\",\"phone_number\":\"+",
        "\",\"record_type\":\"reserved_phone_number\"",
        ",\"status\":\"",
        "\",\"updated_at\":\"",
        "\"}],\"record_type\":",
        "\"number_reservation\",\"status\":\"",
        "\",\"updated_at\":\"",
        "\",\"user_id\":\"",
        "\"}],\"meta\":{\"page_number\"",
    };
    page made;

    cr_assert(page_make(&made, 1, PAGE_REAL, 1));
    const char *at = made.bytes;
    for (size_t member = 0; member < sizeof members / sizeof *members; member++) {
        at = strstr(at, members[member]);
        cr_assert_not_null(at, "%s", members[member]);
        at += strlen(members[member]);
    }
    cr_assert_null(strstr(made.bytes, "\": "));
    page_destroy(&made);
}

static bool is_about(uint64_t part, uint64_t all, uint64_t percent) {
    return part * 100 > all * (percent - 3) && part * 100 < all * (percent + 3);
}

Test(bench_page, the_real_shape_has_values_as_they_come) {
    page_sum sum = sum_up(PAGE_REAL);

    cr_expect(is_about(sum.references, RESERVATIONS, 90));
    cr_expect(is_about(sum.successes, RESERVATIONS, 95));
    cr_expect(is_about(sum.lengths[12], sum.numbers, 85));
    cr_expect(is_about(sum.lengths[11], sum.numbers, 5));
    cr_expect(is_about(sum.lengths[13], sum.numbers, 5));
    cr_expect(is_about(sum.lengths[14], sum.numbers, 5));
    cr_expect(sum.is_one_country);
    cr_expect(sum.is_in_order);
}

Test(bench_page, the_older_half_of_the_real_shape_has_expired) {
    page made;

    cr_assert(page_make(&made, RESERVATIONS, PAGE_REAL, 1));
    uint64_t old = count_of(&made, "\"expired\":true");
    uint64_t all = old + count_of(&made, "\"expired\":false");
    const char *first_new = strstr(made.bytes, "\"expired\":false");
    cr_expect(is_about(old, all, 50));
    cr_expect_null(strstr(first_new, "\"expired\":true"));
    page_destroy(&made);
}

Test(bench_page, surprises_come_in_every_record_or_in_every_second) {
    static const page_style styles[] = {PAGE_SURPRISES, PAGE_ALTERNATING};

    for (size_t number = 0; number < 2; number++) {
        page made;
        cr_assert(page_make(&made, RESERVATIONS, styles[number], 1));
        uint64_t records = count_of(&made, "\"record_type\":");
        uint64_t odd = count_of(&made, "\"on hold\"") + count_of(&made, "2026-02-30") +
                       count_of(&made, "\\u00");
        cr_expect_leq(odd - records / (number + 1), 1, "%s", page_style_name(styles[number]));
        page_destroy(&made);
    }
}
