/*
 * Reads a list to its end from a server whose responses come from the input's bytes: false
 * metas, repeated pages, broken transfers. The pager must end (by a limit, if the server
 * never does), ask for pages in order, never take a place twice in an unbroken list, and
 * survive being written as a line and read back. The input's bytes are also read as such
 * a line.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- the server ---- */

typedef struct input {
    const uint8_t *bytes;
    size_t left;
} input;

/* At its end the input repeats its last byte: the server never ends the list, so the
   pager's rules must. */
static uint8_t next_byte(input *input) {
    if (input->left > 1)
        input->left--;
    else
        return input->left == 1 ? *input->bytes : 0;
    return *input->bytes++;
}

static uint64_t next_number(input *input) {
    uint8_t byte = next_byte(input);
    if (byte < 200)
        return byte;
    return byte < 240 ? (UINT64_C(1) << (byte - 192)) - (byte & 1u) : UINT64_MAX - (byte - 240u);
}

typedef struct answer {
    bool has_meta;
    numres_meta meta;
    uint64_t reservations;
    unsigned int behaviour; /* bits: what the client does */
} answer;

enum { DROPS = 1, WHOLE_PAGES = 2, BREAKS_OFF = 4, STORES = 8, SKIPS_SOME = 16 };

static answer next_answer(input *input, uint64_t page) {
    answer answer;
    uint8_t kind = next_byte(input);
    memset(&answer, 0, sizeof answer);
    answer.has_meta = (kind & 1u) != 0;
    answer.behaviour = kind >> 3;
    answer.reservations = (kind & 4u) != 0 ? next_byte(input) % 32u : 20;
    if (answer.has_meta) {
        answer.meta.present = next_byte(input) | ((kind & 2u) != 0 ? 0x0Fu : 0);
        answer.meta.null = (kind & 2u) != 0 ? 0 : next_byte(input);
        answer.meta.invalid = (kind & 2u) != 0 ? 0 : next_byte(input);
        answer.meta.page_number = (kind & 2u) != 0 ? page : next_number(input);
        answer.meta.total_pages = next_number(input);
    }
    return answer;
}

/* ---- the client ---- */

typedef struct run {
    numres_pager pager;
    uint64_t taken_to; /* all places of this page below it are done */
    uint64_t items;
    uint64_t pages;
} run;

static void check_line(const numres_pager *pager) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    numres_pager again = numres_pager_default();
    size_t length = numres_pager_format(pager, line, sizeof line);
    FUZZ_EXPECT(length > 0 && length < sizeof line && strlen(line) == length, "the line fits");
    FUZZ_EXPECT(numres_pager_parse(line, length, &again), "the line is read");
    FUZZ_EXPECT(again.page == pager->page && again.taken == pager->taken, "the place is kept");
    for (size_t size = 0; size <= length; size++) {
        char *small = malloc(size + (size == 0));
        FUZZ_EXPECT(small != NULL, "memory");
        FUZZ_EXPECT(numres_pager_format(pager, small, size) == length, "the length is told");
        FUZZ_EXPECT(size == 0 || small[0] == '\0', "no part is written");
        free(small);
    }
}

/* Writes the pager as a line and reads it back, with the same limits. */
static void store(run *run) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    uint64_t max_pages = run->pager.max_pages, max_items = run->pager.max_items;
    size_t length = numres_pager_format(&run->pager, line, sizeof line);
    FUZZ_EXPECT(numres_pager_parse(line, length, &run->pager), "the line is read");
    run->pager.max_pages = max_pages - (max_pages > run->pages ? run->pages : 0);
    run->pager.max_items = max_items - (max_items > run->items ? run->items : 0);
    run->pages = 0;
    run->items = 0;
}

/* Takes the places of the page below `end`. Returns false once the pager wants no more. */
static bool take_places(run *run, const answer *answer, uint64_t end) {
    for (uint64_t index = 0; index < end; index++) {
        bool before = numres_pager_was_taken(&run->pager, index);
        FUZZ_EXPECT(before == (index < run->taken_to), "what was taken is known");
        if (before || ((answer->behaviour & SKIPS_SOME) != 0 && index % 3 == 0))
            continue;
        numres_pager_reason reason;
        if ((answer->behaviour & DROPS) != 0) {
            reason = numres_pager_drop(&run->pager, index);
        } else {
            reason = numres_pager_take(&run->pager, index);
            run->items++;
        }
        run->taken_to = index + 1;
        FUZZ_EXPECT(run->pager.items == run->items, "items are counted");
        FUZZ_EXPECT(reason == numres_pager_why(&run->pager), "one reason for both");
        if (reason != NUMRES_PAGER_NEXT) {
            FUZZ_EXPECT(reason == NUMRES_PAGER_MAX_ITEMS, "only items end a page");
            FUZZ_EXPECT(run->items >= run->pager.max_items, "the limit is reached");
            return false;
        }
    }
    return true;
}

static void check_request(const run *run) {
    char line[128], expected[128];
    numres_query query = numres_query_default();
    FUZZ_EXPECT(numres_pager_ask(&run->pager, &query) == NUMRES_PAGER_NEXT, "it asks on");
    FUZZ_EXPECT(numres_query_write(&query, line, sizeof line, NULL) == NUMRES_OK,
                "it can be asked");
    snprintf(expected, sizeof expected, "/number_reservations?page%%5Bnumber%%5D=%llu",
             (unsigned long long)run->pager.page);
    if (run->pager.page == 1)
        expected[strlen("/number_reservations")] = '\0';
    FUZZ_EXPECT(strcmp(line, expected) == 0, "the request names the page");
}

static bool tells(const answer *answer, unsigned int member) {
    return answer->has_meta &&
           numres_has(answer->meta.present & ~answer->meta.null & ~answer->meta.invalid, member);
}

/* The rules, written a second time: why a page must be the last one, if it must. */
static void check_verdict(numres_pager_reason reason, const answer *answer, uint64_t page) {
    bool wrong_page = tells(answer, NUMRES_META_PAGE_NUMBER) && answer->meta.page_number != page;
    bool has_total = tells(answer, NUMRES_META_TOTAL_PAGES);
    if (answer->reservations == 0)
        FUZZ_EXPECT(reason == (has_total && page < answer->meta.total_pages
                                   ? NUMRES_PAGER_EMPTY_TOO_EARLY
                                   : NUMRES_PAGER_EMPTY_PAGE),
                    "an empty page ends the list");
    else if (wrong_page)
        FUZZ_EXPECT(reason == NUMRES_PAGER_PAGE_MISMATCH, "a wrong page stops");
    else if (has_total && page >= answer->meta.total_pages)
        FUZZ_EXPECT(reason == NUMRES_PAGER_LAST_PAGE, "the last page ends the list");
    else
        FUZZ_EXPECT(reason != NUMRES_PAGER_EMPTY_PAGE && reason != NUMRES_PAGER_LAST_PAGE &&
                        reason != NUMRES_PAGER_PAGE_MISMATCH,
                    "nothing else ends the list");
    FUZZ_EXPECT(reason != NUMRES_PAGER_REPEATED_PAGE || !has_total,
                "repeats count without a total");
}

/* Reads one page. Returns false if the run ends there. */
static bool read_page(run *run, const answer *answer) {
    uint64_t page = run->pager.page;
    bool whole = (answer->behaviour & WHOLE_PAGES) != 0;
    uint64_t end = answer->reservations;
    if ((answer->behaviour & BREAKS_OFF) != 0) /* the retry below succeeds */
        if (!take_places(run, answer, whole ? 0 : end / 2))
            return false;
    if ((answer->behaviour & STORES) != 0)
        store(run);
    if (!take_places(run, answer, whole ? 0 : end))
        return false;
    const numres_meta *meta = answer->has_meta ? &answer->meta : NULL;
    numres_pager_reason reason = numres_pager_page_read(&run->pager, meta, end);
    check_verdict(reason, answer, page);
    run->pages++;
    run->items = run->pager.items;
    run->taken_to = run->pager.taken;
    FUZZ_EXPECT(run->pager.pages == run->pages, "pages are counted");
    if (reason == NUMRES_PAGER_NEXT)
        FUZZ_EXPECT(run->pager.page == page + 1 && run->pager.taken == 0, "the next page is + 1");
    return reason == NUMRES_PAGER_NEXT;
}

/* Once stopped, a pager stays stopped. */
static void check_end(const run *run) {
    numres_pager after = run->pager;
    numres_pager_reason why = numres_pager_why(&after);
    FUZZ_EXPECT(why != NUMRES_PAGER_NEXT && why != NUMRES_PAGER_WRONG_USE, "it says why");
    FUZZ_EXPECT(strcmp(numres_pager_reason_name(why), "unknown") != 0, "the reason has a name");
    FUZZ_EXPECT(numres_pager_take(&after, 5) == why && numres_pager_drop(&after, 5) == why,
                "it stays");
    FUZZ_EXPECT(after.items == run->pager.items && after.taken == run->pager.taken,
                "nothing changes");
    check_line(&run->pager);
}

static void read_list(const uint8_t *data, size_t size) {
    input input = {data, size};
    run run = {numres_pager_default(), 0, 0, 0};
    uint8_t start = next_byte(&input);
    uint64_t asked = 0;
    if (start >= 128)
        run.pager.page = (uint64_t)INT64_MAX - (start & 15u);
    else if (start >= 64)
        run.pager.page = 1 + (start & 63u);
    /* At least one limit, because a server may have endless pages. */
    run.pager.max_items = next_byte(&input);
    run.pager.max_pages = 1 + next_byte(&input) / 2u;
    do {
        answer answer = next_answer(&input, run.pager.page);
        check_request(&run);
        check_line(&run.pager);
        FUZZ_EXPECT(++asked <= 128, "it ends within the limit of pages");
        if (!read_page(&run, &answer))
            break;
    } while (true);
    check_end(&run);
}

/* Any bytes are either refused, leaving the pager unchanged, or give a pager that writes
   the same line. */
static void read_line(const uint8_t *data, size_t size) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    numres_pager pager = numres_pager_default();
    pager.page = 77;
    if (!numres_pager_parse((const char *)data, size, &pager)) {
        FUZZ_EXPECT(pager.page == 77 && pager.size == sizeof pager,
                    "what is refused changes nothing");
        return;
    }
    FUZZ_EXPECT(numres_pager_why(&pager) != NUMRES_PAGER_WRONG_USE, "a pager that can be used");
    check_line(&pager);
    FUZZ_EXPECT(numres_pager_format(&pager, line, sizeof line) > 0, "it has a line");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    read_list(data, size);
    read_line(data, size);
    return 0;
}
