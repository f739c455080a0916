/* Makes the benchmarks' list pages in every style. make_page.c and the benchmarks call it;
   page_real.c and page_records.c write the reservations. */
#include "page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "page_maker.h"
#include "page_real.h"
#include "page_records.h"

#define PAGE_SIZE 250
#define TINY_NUMBERS 10

static const char *const style_names[PAGE_STYLE_COUNT] = {
    [PAGE_REAL] = "real",
    [PAGE_COMPACT] = "compact",
    [PAGE_PRETTY] = "pretty",
    [PAGE_SHUFFLED] = "shuffled",
    [PAGE_ESCAPED] = "escaped",
    [PAGE_NON_ASCII] = "non-ascii",
    [PAGE_UNKNOWN] = "unknown",
    [PAGE_WORST] = "worst",
    [PAGE_WORST_NAMES] = "worst-names",
    [PAGE_SURPRISES] = "surprises",
    [PAGE_ALTERNATING] = "alternating",
    [PAGE_TINY] = "tiny",
    [PAGE_SPARSE] = "sparse",
};

const char *page_style_name(page_style style) {
    return style_names[style];
}

bool page_style_named(const char *name, page_style *style) {
    for (int number = 0; number < PAGE_STYLE_COUNT; number++) {
        if (strcmp(style_names[number], name) == 0) {
            *style = (page_style)number;
            return true;
        }
    }
    return false;
}

bool page_style_is_sorted(page_style style) {
    return style == PAGE_REAL || page_style_has_problems(style);
}

bool page_style_has_problems(page_style style) {
    return style == PAGE_SURPRISES || style == PAGE_ALTERNATING;
}

static bool is_tiny(page_style style) {
    return style == PAGE_TINY || style == PAGE_SPARSE;
}

bool page_style_escapes_names(page_style style) {
    return style == PAGE_WORST_NAMES || is_tiny(style) || page_style_has_problems(style);
}

/* The end of a number or of a reservation. In some, a member that the fast lane does not
   expect, in as few bytes as possible. */
static void put_tiny_end(maker *made, uint64_t ordinal) {
    const uint64_t distance = made->style == PAGE_SPARSE ? TINY_NUMBERS : 2;

    if (ordinal % distance == distance - 1) {
        maker_escaped_name(made, "id");
        maker_string(made, "", false);
    }
    maker_close(made, '}');
}

/* Switching lanes costs most, relative to reading, when records are tiny. */
static void put_tiny_reservation(maker *made, uint64_t ordinal) {
    maker_next_item(made);
    maker_open(made, '{');
    maker_name(made, "phone_numbers");
    maker_open(made, '[');
    for (uint64_t number = 0; number < TINY_NUMBERS; number++) {
        maker_next_item(made);
        maker_open(made, '{');
        put_tiny_end(made, number);
    }
    maker_close(made, ']');
    put_tiny_end(made, ordinal);
}

static void put_count(maker *made, const char *name, uint64_t count) {
    maker_name(made, name);
    maker_formatted(made, "%" PRIu64, count);
}

static void put_meta(maker *made, uint64_t reservations) {
    uint64_t pages = (reservations + PAGE_SIZE - 1) / PAGE_SIZE;

    maker_name(made, "meta");
    maker_open(made, '{');
    if (page_style_is_sorted(made->style)) {
        put_count(made, "page_number", 1);
        put_count(made, "page_size", PAGE_SIZE);
        put_count(made, "total_pages", pages);
        put_count(made, "total_results", reservations);
    } else {
        put_count(made, "total_pages", pages);
        put_count(made, "total_results", reservations);
        put_count(made, "page_number", 1);
        put_count(made, "page_size", PAGE_SIZE);
    }
    maker_close(made, '}');
}

static void put_data(maker *made, uint64_t reservations) {
    real_page real;

    maker_name(made, "data");
    maker_open(made, '[');
    if (page_style_is_sorted(made->style)) {
        real_start(&real, made, reservations);
    }
    for (uint64_t index = 0; index < reservations; index++) {
        if (page_style_is_sorted(made->style)) {
            real_put_reservation(&real, made);
        } else if (is_tiny(made->style)) {
            put_tiny_reservation(made, index);
        } else {
            records_put_reservation(made);
        }
    }
    maker_close(made, ']');
}

static void put_page(maker *made, uint64_t reservations) {
    maker_open(made, '{');
    put_data(made, reservations);
    put_meta(made, reservations);
    maker_close(made, '}');
    maker_text(made, "\n");
}

bool page_make(page *made, uint64_t reservations, page_style style, uint64_t seed) {
    maker maker = {NULL, 0, 0, false, style, seed, 0, true};

    put_page(&maker, reservations);
    if (maker.failed) {
        free(maker.bytes);
        return false;
    }
    memset(maker.bytes + maker.length, 0, PAGE_PADDING);
    made->bytes = maker.bytes;
    made->length = maker.length;
    made->style = style;
    return true;
}

void page_destroy(page *made) {
    free(made->bytes);
    made->bytes = NULL;
    made->length = 0;
}
