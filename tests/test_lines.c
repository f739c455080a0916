/* Line and column of an offset, however the stream is cut. */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static const char text[] = "one\n\n{\"data\":\r\n[?\n\xC3\xA4x\nlast";
enum { LENGTH = sizeof text - 1, ROOM = 16 };

typedef struct fixture {
    uint64_t starts[ROOM];
    numres_lines lines;
} fixture;

static void open_fixture(fixture *now, size_t capacity) {
    now->lines = numres_lines_default();
    now->lines.starts = now->starts;
    now->lines.capacity = capacity;
}

/* Counted in another way. */
static void expected_place(size_t offset, uint64_t *line, uint64_t *column) {
    *line = *column = 1;
    for (size_t at = 0; at < offset; at++) {
        *column = text[at] == '\n' ? 1 : *column + 1;
        *line += text[at] == '\n';
    }
}

static void expect_places(const numres_lines *lines, size_t length) {
    for (size_t offset = 0; offset <= length; offset++) {
        uint64_t line = 0, column = 0, expected_line, expected_column;
        expected_place(offset, &expected_line, &expected_column);
        cr_assert(numres_lines_locate(lines, offset, &line, &column), "%zu", offset);
        cr_assert_eq(line, expected_line, "%zu", offset);
        cr_assert_eq(column, expected_column, "%zu", offset);
    }
    cr_assert_not(numres_lines_locate(lines, length + 1, NULL, NULL));
    cr_assert_not(numres_lines_locate(lines, UINT64_MAX, NULL, NULL));
}

Test(lines, every_offset_at_every_cut) {
    guard memory = guard_create(LENGTH);
    for (size_t cut = 0; cut <= LENGTH; cut++) {
        fixture now;
        open_fixture(&now, ROOM);
        cr_assert_eq(numres_lines_feed(&now.lines, guard_place(&memory, text, cut), cut),
                     NUMRES_OK);
        expect_places(&now.lines, cut);
        const char *rest = guard_place(&memory, text + cut, LENGTH - cut);
        cr_assert_eq(numres_lines_feed(&now.lines, rest, LENGTH - cut), NUMRES_OK);
        expect_places(&now.lines, LENGTH);
    }
    guard_destroy(&memory);
}

Test(lines, the_last_lines_are_remembered) {
    for (size_t capacity = 1; capacity < 6; capacity++) {
        fixture now;
        open_fixture(&now, capacity);
        cr_assert_eq(numres_lines_feed(&now.lines, text, LENGTH), NUMRES_OK);
        for (size_t offset = 0; offset <= LENGTH; offset++) {
            uint64_t line = 77, column = 77, expected_line, expected_column;
            expected_place(offset, &expected_line, &expected_column);
            bool remembered = expected_line + capacity > 6;
            cr_assert_eq(numres_lines_locate(&now.lines, offset, &line, &column), remembered);
            cr_assert_eq(line, remembered ? expected_line : 77);
            cr_assert_eq(column, remembered ? expected_column : 77);
        }
    }
}

Test(lines, before_the_first_bytes) {
    fixture now;
    uint64_t line = 0, column = 0;
    open_fixture(&now, 1);
    cr_assert(numres_lines_locate(&now.lines, 0, &line, &column));
    cr_assert_eq(line, 1);
    cr_assert_eq(column, 1);
    cr_assert_not(numres_lines_locate(&now.lines, 1, &line, &column));
    cr_assert_eq(numres_lines_feed(&now.lines, NULL, 0), NUMRES_OK);
    cr_assert(numres_lines_locate(&now.lines, 0, NULL, NULL));
}

Test(lines, wrong_use) {
    fixture now;
    open_fixture(&now, 1);
    cr_assert_eq(numres_lines_feed(NULL, text, 1), NUMRES_WRONG_USE);
    cr_assert_eq(numres_lines_feed(&now.lines, NULL, 1), NUMRES_WRONG_USE);
    cr_assert_not(numres_lines_locate(NULL, 0, NULL, NULL));
    now.lines.capacity = 0;
    cr_assert_eq(numres_lines_feed(&now.lines, text, 1), NUMRES_WRONG_USE);
    cr_assert_not(numres_lines_locate(&now.lines, 0, NULL, NULL));
    open_fixture(&now, 1);
    now.lines.starts = NULL;
    cr_assert_eq(numres_lines_feed(&now.lines, text, 1), NUMRES_WRONG_USE);
    open_fixture(&now, 1);
    now.lines.size = 0;
    cr_assert_eq(numres_lines_feed(&now.lines, text, 1), NUMRES_WRONG_USE);
    cr_assert_eq(now.lines.offset, 0);
}

/* As in the comment at the top of numres/lines.h: the wrong container begins long before
   the chunk in which the error is found. */
Test(lines, of_an_error_that_lies_before_its_chunk) {
    static const char page[] = "{\n  \"data\": [\n    {\"id\": {\n      \"x\": 1}}]}";
    fixture now;
    numres_parser *parser;
    numres_options options = numres_options_default();
    uint64_t line = 0, column = 0;
    options.strict = true;
    open_fixture(&now, ROOM);
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    for (size_t at = 0; at < strlen(page); at++) {
        numres_lines_feed(&now.lines, page + at, 1);
        if (numres_parser_feed(parser, page + at, 1, NULL) != NUMRES_OK)
            break;
    }
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_WRONG_TYPE);
    cr_assert(numres_lines_locate(&now.lines, numres_parser_error(parser)->offset, &line, &column));
    cr_assert_eq(line, 3);
    cr_assert_eq(column, 12);
    numres_parser_destroy(parser);
}
