/* The pager's names and sentences, and the line from which a later run resumes. */
#include <numres/list_pager.h>

#include <criterion/criterion.h>
#include <string.h>

#include "support.h"

static const numres_pager_reason reasons[] = {
    NUMRES_PAGER_NEXT,          NUMRES_PAGER_EMPTY_PAGE,  NUMRES_PAGER_LAST_PAGE,
    NUMRES_PAGER_MAX_PAGES,     NUMRES_PAGER_MAX_ITEMS,   NUMRES_PAGER_PAGE_MISMATCH,
    NUMRES_PAGER_REPEATED_PAGE, NUMRES_PAGER_LAST_NUMBER, NUMRES_PAGER_EMPTY_TOO_EARLY,
    NUMRES_PAGER_WRONG_USE,     NUMRES_PAGER_WRONG_OPTION};
enum { REASON_COUNT = sizeof reasons / sizeof *reasons };

Test(list_pager_text, reasons_are_part_of_the_interface) {
    for (size_t at = 0; at < REASON_COUNT; at++)
        cr_assert_eq((size_t)reasons[at], at);
}

Test(list_pager_text, every_reason_has_a_name_and_a_sentence) {
    for (size_t at = 0; at < REASON_COUNT; at++) {
        const char *name = numres_pager_reason_name(reasons[at]);
        const char *sentence = numres_pager_sentence(reasons[at]);
        cr_assert_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name), "%s", name);
        cr_assert_str_neq(name, "unknown");
        cr_assert_geq(strlen(sentence), 15, "%s", sentence);
        cr_assert_neq(sentence[strlen(sentence) - 1], '.', "%s", sentence);
        for (size_t other = 0; other < at; other++) {
            cr_assert_str_neq(name, numres_pager_reason_name(reasons[other]));
            cr_assert_str_neq(sentence, numres_pager_sentence(reasons[other]));
        }
    }
}

Test(list_pager_text, numbers_that_are_no_reason) {
    cr_assert_str_eq(numres_pager_reason_name((numres_pager_reason)REASON_COUNT), "unknown");
    cr_assert_str_eq(numres_pager_reason_name((numres_pager_reason)1000), "unknown");
    cr_assert_str_eq(numres_pager_sentence((numres_pager_reason)1000), "no such reason");
}

/* ---- writing ---- */

static void assert_line(const numres_pager *pager, const char *expected) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    cr_assert_eq(numres_pager_format(pager, line, sizeof line), strlen(expected));
    cr_assert_str_eq(line, expected);
}

Test(list_pager_text, a_new_pager) {
    numres_pager pager = numres_pager_default();
    assert_line(&pager, "numres-pager-1 page=1 taken=0 reason=next");
}

Test(list_pager_text, a_limit_within_a_page) {
    numres_pager pager = numres_pager_default();
    pager.page = 3;
    pager.max_items = 12;
    for (uint64_t index = 0; index < 12; index++)
        numres_pager_take(&pager, index);
    assert_line(&pager, "numres-pager-1 page=3 taken=12 reason=max-items");
}

Test(list_pager_text, the_longest_line_fits) {
    for (size_t at = 0; at < REASON_COUNT - 1; at++) {
        numres_pager pager = numres_pager_default();
        char line[NUMRES_PAGER_TEXT_SIZE];
        pager.page = INT64_MAX;
        pager.taken = INT64_MAX;
        pager.reason = reasons[at];
        size_t length = numres_pager_format(&pager, line, sizeof line);
        cr_assert_lt(length, sizeof line);
        cr_assert_eq(length, strlen(line));
    }
}

Test(list_pager_text, every_size_of_buffer) {
    static const char expected[] = "numres-pager-1 page=1 taken=0 reason=next";
    numres_pager pager = numres_pager_default();
    guard memory = guard_create(sizeof expected + 1);
    for (size_t size = 0; size <= sizeof expected + 1; size++) {
        char *buffer = memory.end - size;
        memset(buffer, 'x', size);
        cr_assert_eq(numres_pager_format(&pager, buffer, size), strlen(expected));
        if (size >= sizeof expected)
            cr_assert_str_eq(buffer, expected);
        else if (size > 0)
            cr_assert_str_empty(buffer);
    }
    cr_assert_eq(numres_pager_format(&pager, NULL, 0), strlen(expected));
    guard_destroy(&memory);
}

Test(list_pager_text, what_is_no_pager_gives_no_line) {
    char line[NUMRES_PAGER_TEXT_SIZE] = "before";
    numres_pager pager = numres_pager_default();
    pager.page = 0;
    cr_assert_eq(numres_pager_format(&pager, line, sizeof line), 0);
    cr_assert_str_empty(line);
    pager.page = 1;
    pager.taken = (uint64_t)INT64_MAX + 1; /* more than any call can make it */
    cr_assert_eq(numres_pager_format(&pager, line, sizeof line), 0);
    pager.taken = 0;
    pager.reason = (numres_pager_reason)1000;
    cr_assert_eq(numres_pager_format(&pager, line, sizeof line), 0);
    cr_assert_eq(numres_pager_format(NULL, line, sizeof line), 0);
    cr_assert_eq(numres_pager_format(NULL, NULL, 0), 0);
}

/* ---- reading ---- */

Test(list_pager_text, what_was_written_is_read) {
    static const uint64_t numbers[] = {0, 1, 9, 10, 250, 1234567890, INT64_MAX};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    for (size_t page = 1; page < COUNT; page++) {
        for (size_t taken = 0; taken < COUNT; taken++) {
            char line[NUMRES_PAGER_TEXT_SIZE];
            numres_pager pager = numres_pager_default(), again = numres_pager_default();
            pager.page = numbers[page];
            pager.taken = numbers[taken];
            size_t length = numres_pager_format(&pager, line, sizeof line);
            cr_assert(numres_pager_parse(line, length, &again));
            cr_assert_eq(again.size, sizeof again);
            cr_assert_eq(again.page, pager.page);
            cr_assert_eq(again.taken, pager.taken);
            cr_assert_eq(again.pages + again.items + again.max_pages + again.max_items, 0);
        }
    }
}

/* A later run continues after whatever stopped an earlier one, except the list's end. */
Test(list_pager_text, which_reasons_a_resume_goes_on_from) {
    for (size_t at = 0; at < REASON_COUNT; at++) {
        if (reasons[at] == NUMRES_PAGER_WRONG_USE || reasons[at] == NUMRES_PAGER_WRONG_OPTION)
            continue; /* about a call, not a list */
        char line[NUMRES_PAGER_TEXT_SIZE];
        numres_pager pager = numres_pager_default(), again = numres_pager_default();
        bool stays = reasons[at] == NUMRES_PAGER_EMPTY_PAGE ||
                     reasons[at] == NUMRES_PAGER_LAST_PAGE ||
                     reasons[at] == NUMRES_PAGER_LAST_NUMBER;
        pager.reason = reasons[at];
        size_t length = numres_pager_format(&pager, line, sizeof line);
        cr_assert(numres_pager_parse(line, length, &again), "%s", line);
        cr_assert_eq(again.reason, stays ? reasons[at] : NUMRES_PAGER_NEXT);
    }
}

/* 55 reservations in runs of at most 25. */
Test(list_pager_text, a_list_in_two_runs) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    static const uint64_t reservations[] = {20, 20, 15, 0};
    uint64_t seen = 0, runs = 0;
    numres_pager pager = numres_pager_default();
    do {
        pager.max_items = 25;
        while (numres_pager_why(&pager) == NUMRES_PAGER_NEXT) {
            uint64_t count = reservations[pager.page - 1], index;
            for (index = 0; index < count && numres_pager_why(&pager) == NUMRES_PAGER_NEXT; index++)
                if (!numres_pager_was_taken(&pager, index)) {
                    cr_assert_eq(seen, 20 * (pager.page - 1) + index);
                    seen++;
                    numres_pager_take(&pager, index);
                }
            if (index == count)
                numres_pager_page_read(&pager, NULL, count);
        }
        runs++;
        size_t length = numres_pager_format(&pager, line, sizeof line);
        cr_assert(numres_pager_parse(line, length, &pager));
    } while (pager.reason == NUMRES_PAGER_NEXT);
    cr_assert_eq(seen, 55);
    cr_assert_eq(runs, 3);
    cr_assert_eq(pager.reason, NUMRES_PAGER_EMPTY_PAGE);
}

/* A resumed page of which all places had been taken is not a repeated page. */
Test(list_pager_text, a_resume_at_a_page_s_end) {
    static const char line[] = "numres-pager-1 page=2 taken=20 reason=next";
    numres_pager pager = numres_pager_default();
    cr_assert(numres_pager_parse(line, strlen(line), &pager));
    cr_assert(numres_pager_was_taken(&pager, 19));
    cr_assert_not(numres_pager_was_taken(&pager, 20));
    numres_pager_drop(&pager, 20);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 21), NUMRES_PAGER_NEXT);
    cr_assert_eq(pager.items, 0);
}

Test(list_pager_text, the_length_counts_and_no_nul_is_needed) {
    static const char line[] = "numres-pager-1 page=1 taken=0 reason=next";
    guard memory = guard_create(sizeof line);
    numres_pager pager = numres_pager_default();
    for (size_t length = 0; length < sizeof line; length++) {
        const char *placed = guard_place(&memory, line, length);
        cr_assert_eq(numres_pager_parse(placed, length, &pager), length == strlen(line));
    }
    cr_assert_not(numres_pager_parse(line, sizeof line, &pager));
    guard_destroy(&memory);
}

Test(list_pager_text, what_is_no_line) {
    static const char *const lines[] = {
        "numres-pager-1 page=0 taken=0 reason=next",
        "numres-pager-1 page= taken=0 reason=next",
        "numres-pager-1 page=1 taken= reason=next",
        "numres-pager-1 page=-1 taken=0 reason=next",
        "numres-pager-1 page=1x taken=0 reason=next",
        "numres-pager-1 page=9223372036854775808 taken=0 reason=next",
        "numres-pager-1 page=1 taken=9223372036854775808 reason=next",
        "numres-pager-1 page=1 taken=0 reason=wrong-use",
        "numres-pager-1 page=1 taken=0 reason=wrong-option",
        "numres-pager-1 page=1 taken=0 reason=unknown",
        "numres-pager-1 page=1 taken=0 reason=",
        "numres-pager-1 page=1 taken=0 reason=next\n",
        "numres-pager-1 page=1  taken=0 reason=next",
        "numres-pager-2 page=1 taken=0 reason=next",
        "1 taken=0 reason=next",
        "numres-pager-1 page=1 0 reason=next",
        "numres-pager-1 page=1 taken=0 next",
        "Numres-pager-1 page=1 taken=0 reason=next",
        " numres-pager-1 page=1 taken=0 reason=next",
    };
    for (size_t at = 0; at < sizeof lines / sizeof *lines; at++) {
        numres_pager pager = numres_pager_default();
        pager.page = 77;
        cr_assert_not(numres_pager_parse(lines[at], strlen(lines[at]), &pager), "%s", lines[at]);
        cr_assert_eq(pager.page, 77);
    }
}

Test(list_pager_text, null) {
    numres_pager pager = numres_pager_default();
    cr_assert_not(numres_pager_parse(NULL, 0, &pager));
    cr_assert_not(numres_pager_parse("", 0, NULL));
}
