/* The pages of the benchmarks. Figures of different days can be compared only if the
   pages are the same, and as docs/benchmarks.md describes them. */
#include <numres.h>

#include <criterion/criterion.h>
#include <string.h>

#include "../bench/page.h"
#include "trace.h"

enum { RESERVATIONS = 2000 };

/* FNV-1a. */
static uint64_t hash_of(const page *made) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t at = 0; at < made->length; at++) {
        hash = (hash ^ (unsigned char)made->bytes[at]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* How often `words` occurs on the page. */
static uint64_t count_of(const page *made, const char *words) {
    uint64_t count = 0;

    for (const char *at = made->bytes; (at = strstr(at, words)) != NULL; at++) {
        count++;
    }
    return count;
}

/* If a page changes, no figure can be compared with earlier ones. */
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
        [PAGE_SPARSE] = UINT64_C(0xa88d790fde7cec73),
    };

    for (int style = 0; style < PAGE_STYLE_COUNT; style++) {
        page made;
        cr_assert(page_make(&made, 200, (page_style)style, 1));
        cr_expect_eq(hash_of(&made), hashes[style], "%s: 0x%016llx",
                     page_style_name((page_style)style), (unsigned long long)hash_of(&made));
        page_destroy(&made);
    }
}

Test(bench_page, every_style_is_legal_and_only_the_surprises_break_the_schema) {
    for (int number = 0; number < PAGE_STYLE_COUNT; number++) {
        page_style style = (page_style)number;
        page made;
        trace seen = {.counts_only = true};
        numres_handlers handlers = trace_handlers();
        cr_assert(page_make(&made, RESERVATIONS, style, 1));
        cr_assert_eq(numres_parse(made.bytes, made.length, NULL, &handlers, &seen, NULL), NUMRES_OK,
                     "%s", page_style_name(style));
        cr_expect_eq(seen.came[NUMRES_EVENT_RESERVATION], RESERVATIONS, "%s",
                     page_style_name(style));
        cr_expect_eq(seen.came[NUMRES_EVENT_PROBLEM] != 0, page_style_has_problems(style), "%s",
                     page_style_name(style));
        page_destroy(&made);
    }
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
