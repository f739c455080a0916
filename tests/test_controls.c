/*
 * Control characters in place of any bytes of any value: RFC 8259 section 7 forbids them
 * in strings. Each document is read by new parsers, because what a lane has learned from
 * an earlier page could hide that it assumes too much.
 */
#include <numres.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "both_lanes.h"
#include "records.h"
#include "support.h"

/* Numbers with members in the reference's order. They start their page, and the second is
   changed, so the lane has learned nothing but the first. */
static const char reference_number[] =
    "{'id':'12ade33a-21c0-473b-b055-b3c836e1c292','record_type':'reserved_phone_number',"
    "'phone_number':'+19705555098','status':'pending','created_at':'2018-01-01T00:00:00.000000Z',"
    "'updated_at':'2018-01-01T00:00:00.000000Z','expired_at':'2018-01-01T00:00:00.000000Z',"
    "'errors':''}";

/* The same, as the API sends it. */
static const char real_number[] =
    "{'created_at':'2026-01-03T09:31:28.244158Z','errors':'','expired':false,"
    "'expired_at':'2026-01-03T10:01:28.100493Z','id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0002',"
    "'phone_number':'+13125550123','record_type':'reserved_phone_number','status':'success',"
    "'updated_at':'2026-01-03T09:31:46.919571Z'}";

static const char real_head[] =
    "{'created_at':'2026-01-03T09:31:28.120100Z','customer_reference':'Branch office','errors':'',"
    "'id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0001',";
static const char real_tail[] =
    ",'record_type':'number_reservation','status':'partial_success',"
    "'updated_at':'2026-01-03T09:32:18.339068Z','user_id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0004'}";

/* Bytes that replace a value's. The first three are forbidden in strings. */
static const char replacements[] = {'\0', '\x1f', '\n', '\x7f'};
enum { FORBIDDEN = 3 };

typedef struct page {
    char *bytes;
    size_t length;       /* with the white space after it */
    size_t begins, ends; /* the range in which values are replaced */
} page;

static page page_make(const char *before, const char *number, const char *after) {
    char text[4096];
    page page;
    int written = snprintf(text, sizeof text, "%s'phone_numbers':[%s,", before, number);
    page.begins = (size_t)written;
    written += snprintf(text + written, sizeof text - (size_t)written, "%s", number);
    page.ends = (size_t)written;
    snprintf(text + written, sizeof text - (size_t)written, ",%s,%s]%s]}", number, number, after);
    page.bytes = json(text);
    page.length = strlen(page.bytes) + BOTH_LANES_ROOM;
    page.bytes = realloc(page.bytes, page.length);
    memset(page.bytes + page.length - BOTH_LANES_ROOM, ' ', BOTH_LANES_ROOM);
    return page;
}

/* Reads the document with `count` bytes at `place` replaced. */
static void try_replaced(const page *page, size_t place, size_t count, char replacement) {
    char saved[64];
    numres_error error = numres_error_default();
    char *bytes = page->bytes + place;
    memcpy(saved, bytes, count);
    memset(bytes, replacement, count);
    numres_parse(page->bytes, page->length, NULL, NULL, NULL, &error);
    if (memchr(replacements, replacement, FORBIDDEN) != NULL) {
        cr_assert_eq(error.code, NUMRES_SYNTAX, "byte %d at %zu", replacement, place);
        cr_assert_eq(error.offset, place, "byte %d at %zu", replacement, place);
    }
    expect_both_lanes(page->bytes, page->length, "-", 1 + place % 9);
    memcpy(bytes, saved, count);
}

/* Tries the string value at [begins, ends): each byte alone, and the rest of the value
   from each tried byte on. */
static void try_value(const page *page, size_t begins, size_t ends) {
    size_t step = test_full() ? 1 : 3;
    for (size_t place = begins; place < ends; place += place + step < ends ? step : 1) {
        for (size_t at = 0; at < sizeof replacements; at++) {
            try_replaced(page, place, 1, replacements[at]);
        }
        try_replaced(page, place, ends - place, '\0');
    }
    /* Timestamps are read in steps, such as eleven bytes for a date and its T: try every length. */
    for (size_t place = begins; place < ends; place++) {
        try_replaced(page, begins, place - begins + 1, '\0');
    }
}

/* Tries every string value between page->begins and page->ends. */
static size_t try_values(const page *page) {
    size_t values = 0;
    size_t at = page->begins;
    while (at < page->ends) {
        const char *quote = memchr(page->bytes + at, '"', page->ends - at);
        if (quote == NULL)
            break;
        size_t begins = (size_t)(quote - page->bytes) + 1;
        const char *close = memchr(quote + 1, '"', page->ends - begins);
        cr_assert_not_null(close);
        size_t ends = (size_t)(close - page->bytes);
        if (page->bytes[ends + 1] != ':') {
            values++;
            try_value(page, begins, ends);
        }
        at = ends + 1;
    }
    free(page->bytes);
    return values;
}

Test(controls, in_the_first_numbers_of_a_page) {
    page page = page_make("{'data':[{", reference_number, "}");
    cr_assert_eq(try_values(&page), 8);
}

Test(controls, in_numbers_as_the_api_sends_them) {
    char before[1024];
    snprintf(before, sizeof before, "{'data':[%s", real_head);
    page page = page_make(before, real_number, real_tail);
    cr_assert_eq(try_values(&page), 8);
}

Test(controls, in_a_reservation_as_the_api_sends_it) {
    char before[2048];
    snprintf(before, sizeof before, "{'data':[%s'phone_numbers':[%s]%s,%s", real_head, real_number,
             real_tail, real_head);
    page page = page_make(before, real_number, real_tail);
    page.begins = strlen(before) - strlen(real_head);
    page.ends = strlen(before);
    cr_assert_eq(try_values(&page), 4);
    page = page_make(before, real_number, real_tail);
    page.ends = page.length - BOTH_LANES_ROOM;
    page.begins = page.ends - strlen(real_tail) - strlen("]}");
    cr_assert_eq(try_values(&page), 4);
}
