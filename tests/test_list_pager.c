/* Which page comes next, and when and why the pager stops. */
#include <numres.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "records.h"

#define BIT(member) (UINT32_C(1) << (member))

static numres_meta meta_of(uint64_t page_number, uint64_t total_pages) {
    numres_meta meta;
    memset(&meta, 0, sizeof meta);
    meta.present = BIT(NUMRES_META_PAGE_NUMBER) | BIT(NUMRES_META_TOTAL_PAGES);
    meta.page_number = page_number;
    meta.total_pages = total_pages;
    return meta;
}

static numres_meta meta_without_total(uint64_t page_number) {
    numres_meta meta = meta_of(page_number, 0);
    meta.present = BIT(NUMRES_META_PAGE_NUMBER);
    return meta;
}

/* The page number of the next request, or 0 if none is sent. */
static uint64_t asked(const numres_pager *pager) {
    numres_query query = numres_query_default();
    cr_assert_eq(numres_pager_ask(pager, &query), NUMRES_PAGER_NEXT);
    return query.page_number == NUMRES_NOT_SENT ? 0 : query.page_number;
}

/* ---- the list's end ---- */

Test(list_pager, the_documentation_s_three_pages) {
    numres_pager pager = numres_pager_default();
    static const uint64_t reservations[] = {20, 20, 15};
    static const uint64_t sent[] = {0, 2, 3}; /* the first page sends no number */
    for (uint64_t page = 1; page <= 3; page++) {
        numres_meta meta = meta_of(page, 3);
        cr_assert_eq(asked(&pager), sent[page - 1]);
        cr_assert_eq(numres_pager_page_read(&pager, &meta, reservations[page - 1]),
                     page < 3 ? NUMRES_PAGER_NEXT : NUMRES_PAGER_LAST_PAGE);
    }
    cr_assert_eq(pager.pages, 3);
    cr_assert_eq(pager.items, 55);
    cr_assert_eq(pager.page, 3);
    cr_assert_eq(pager.taken, 15);
    cr_assert_eq(pager.kept, 15);
    cr_assert_eq(numres_pager_why(&pager), NUMRES_PAGER_LAST_PAGE);
}

/* Places of the data array may hold no reservation, so the last place taken may be beyond
   the count of reservations. */
Test(list_pager, places_without_a_reservation_count_as_taken) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 1);
    cr_assert_eq(numres_pager_take(&pager, 0), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_take(&pager, 7), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 2), NUMRES_PAGER_LAST_PAGE);
    cr_assert_eq(pager.taken, 8);
    cr_assert(numres_pager_was_taken(&pager, 7));
    cr_assert_eq(pager.kept, 2);
}

Test(list_pager, an_empty_list) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 0);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 0), NUMRES_PAGER_EMPTY_PAGE);
    pager = numres_pager_default();
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 0), NUMRES_PAGER_EMPTY_PAGE);
}

/* Empty takes precedence over a mismatch: an empty list may call its page 0. */
Test(list_pager, an_empty_page_that_names_another) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(0, 0);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 0), NUMRES_PAGER_EMPTY_PAGE);
}

/* A program that counts callbacks counts none if all records of the page are left out.
   The list must not look complete then. */
Test(list_pager, an_empty_page_while_total_pages_says_that_pages_follow) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 3);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 0), NUMRES_PAGER_EMPTY_TOO_EARLY);
    cr_assert_eq(numres_pager_why(&pager), NUMRES_PAGER_EMPTY_TOO_EARLY);
    cr_assert_eq(pager.page, 1); /* a resume asks for it again */
    pager = numres_pager_default();
    pager.page = 3;
    meta = meta_of(3, 3);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 0), NUMRES_PAGER_EMPTY_PAGE);
    pager = numres_pager_default();
    pager.page = 3;
    meta = meta_of(3, 2); /* the list shrank while it was read */
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 0), NUMRES_PAGER_EMPTY_PAGE);
}

/* A list on which the official SDK never stops: 55 results and no meta. */
Test(list_pager, without_meta_to_the_first_empty_page) {
    static const uint64_t reservations[] = {20, 20, 15, 0};
    numres_pager pager = numres_pager_default();
    for (uint64_t page = 1; page <= 4; page++) {
        cr_assert_eq(pager.page, page);
        cr_assert_eq(numres_pager_page_read(&pager, NULL, reservations[page - 1]),
                     page < 4 ? NUMRES_PAGER_NEXT : NUMRES_PAGER_EMPTY_PAGE);
    }
    cr_assert_eq(pager.items, 55);
}

Test(list_pager, a_total_that_is_no_number_is_missing) {
    uint32_t total = BIT(NUMRES_META_TOTAL_PAGES);
    for (int kind = 0; kind < 3; kind++) {
        numres_pager pager = numres_pager_default();
        numres_meta meta = meta_of(1, 1);
        if (kind == 0)
            meta.present &= ~total;
        else if (kind == 1)
            meta.null = total;
        else
            meta.invalid = total;
        cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
        cr_assert_eq(pager.page, 2);
    }
}

Test(list_pager, beyond_the_total) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(5, 3);
    pager.page = 5;
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_LAST_PAGE);
}

Test(list_pager, a_total_of_0_with_reservations) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 0);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_LAST_PAGE);
}

/* The total may change from page to page; each response's own total counts. */
Test(list_pager, a_total_that_grows) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 2);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
    meta = meta_of(2, 3);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
    meta = meta_of(3, 3);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 1), NUMRES_PAGER_LAST_PAGE);
}

Test(list_pager, a_stop_stays) {
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 0), NUMRES_PAGER_EMPTY_PAGE);
    numres_pager before = pager;
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_EMPTY_PAGE);
    cr_assert_eq(numres_pager_take(&pager, 0), NUMRES_PAGER_EMPTY_PAGE);
    cr_assert_eq(numres_pager_drop(&pager, 0), NUMRES_PAGER_EMPTY_PAGE);
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_EMPTY_PAGE);
    cr_assert_eq(query.page_number, NUMRES_NOT_SENT);
    cr_assert_eq(pager.page, before.page);
    cr_assert_eq(pager.pages, before.pages);
    cr_assert_eq(pager.items, before.items);
    cr_assert_eq(pager.taken, before.taken);
}

/* ---- with a parser ---- */

/* Reads page `number` of three; on the first, every record is left out. */
static records read_page_of_three(unsigned int number) {
    char page[256];
    wish leave_out = {NUMRES_EVENT_PROBLEM, NUMRES_LEAVE_OUT};
    const char *status = number == 1 ? "released" : "success";
    snprintf(page, sizeof page,
             "{'data':[{'status':'%s'},{'status':'%s'}],"
             "'meta':{'page_number':%u,'total_pages':3}}",
             status, status, number);
    return read_document(page, NULL, grant, &leave_out);
}

Test(list_pager, a_page_whose_records_are_all_left_out_is_not_empty) {
    numres_pager pager = numres_pager_default();
    for (unsigned int number = 1; number <= 3; number++) {
        records kept = read_page_of_three(number);
        const numres_document *document = &event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document;
        const numres_meta *meta = &event_of(&kept, NUMRES_EVENT_META, 0)->meta;
        cr_assert_eq(document->reservations, number == 1 ? 0 : 2);
        cr_assert_eq(document->elements, 2);
        cr_assert_eq(pager.page, number);
        cr_assert_eq(numres_pager_page_read(&pager, meta, document->elements),
                     number < 3 ? NUMRES_PAGER_NEXT : NUMRES_PAGER_LAST_PAGE);
        records_close(&kept);
    }
}

/* ---- mismatches ---- */

Test(list_pager, a_response_with_another_page) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 3);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
    cr_assert(numres_pager_is_mismatch(&pager, &meta));
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_PAGE_MISMATCH);
    cr_assert_eq(pager.page, 2); /* a resume asks for it again */
    cr_assert_eq(pager.taken, 0);
    cr_assert_eq(pager.items, 20); /* the wrong page adds none */
}

/* A server that ignores page numbers must not look like the list's end. */
Test(list_pager, a_mismatch_comes_before_the_last_page) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 3);
    pager.page = 3;
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_PAGE_MISMATCH);
}

Test(list_pager, what_was_taken_of_a_wrong_page_is_not_of_the_right_one) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(7, 9);
    for (uint64_t index = 0; index < 20; index++)
        cr_assert_eq(numres_pager_take(&pager, index), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_PAGE_MISMATCH);
    cr_assert_not(numres_pager_was_taken(&pager, 0));
}

Test(list_pager, a_page_number_that_is_no_number_names_no_page) {
    uint32_t number = BIT(NUMRES_META_PAGE_NUMBER);
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(7, 9);
    cr_assert(numres_pager_is_mismatch(&pager, &meta));
    meta.null = number;
    cr_assert_not(numres_pager_is_mismatch(&pager, &meta));
    meta.null = 0;
    meta.invalid = number;
    cr_assert_not(numres_pager_is_mismatch(&pager, &meta));
    meta.invalid = 0;
    meta.present &= ~number;
    cr_assert_not(numres_pager_is_mismatch(&pager, &meta));
    cr_assert_not(numres_pager_is_mismatch(&pager, NULL));
    cr_assert_not(numres_pager_is_mismatch(NULL, &meta));
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
}

/* ---- limits ---- */

Test(list_pager, a_limit_of_pages) {
    for (uint64_t limit = 1; limit <= 4; limit++) {
        numres_pager pager = numres_pager_default();
        uint64_t page = 0;
        numres_pager_reason reason;
        pager.max_pages = limit;
        do {
            numres_meta meta = meta_of(++page, 3);
            reason = numres_pager_page_read(&pager, &meta, 20);
        } while (reason == NUMRES_PAGER_NEXT);
        /* If the end of the list coincides with a limit, it is reported instead. */
        cr_assert_eq(reason, limit < 3 ? NUMRES_PAGER_MAX_PAGES : NUMRES_PAGER_LAST_PAGE);
        cr_assert_eq(pager.pages, limit < 3 ? limit : 3);
        cr_assert_eq(pager.page, limit < 3 ? limit + 1 : 3);
    }
}

Test(list_pager, a_limit_of_items_within_a_page) {
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    pager.max_items = 25;
    for (uint64_t index = 0; index < 20; index++)
        cr_assert_eq(numres_pager_take(&pager, index), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_NEXT);
    for (uint64_t index = 0; index < 4; index++)
        cr_assert_eq(numres_pager_take(&pager, index), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_take(&pager, 4), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(numres_pager_why(&pager), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(numres_pager_take(&pager, 5), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_MAX_ITEMS, "wrong call");
    cr_assert_eq(pager.page, 2);
    cr_assert_eq(pager.taken, 5);
    cr_assert_eq(pager.items, 25);
}

/* The limit comes with the last reservation, and the page's end is reported all the same. */
Test(list_pager, a_limit_of_items_with_a_page_s_last_one) {
    numres_pager pager = numres_pager_default();
    pager.max_items = 2;
    cr_assert_eq(numres_pager_take(&pager, 0), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_take(&pager, 1), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 2), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(pager.page, 2);
    cr_assert_eq(pager.taken, 0);
}

Test(list_pager, a_limit_of_items_at_a_page_s_end) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 2);
    pager.max_items = 20;
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_MAX_ITEMS);
    cr_assert_eq(pager.page, 2);
    cr_assert_eq(pager.taken, 0);
}

Test(list_pager, a_limit_of_items_at_the_list_s_end) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 1);
    pager.max_items = 20;
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_LAST_PAGE);
}

Test(list_pager, the_largest_page_number) {
    numres_pager pager = numres_pager_default();
    pager.page = INT64_MAX - 1;
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_NEXT);
    cr_assert_eq(asked(&pager), (uint64_t)INT64_MAX);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, UINT64_MAX), NUMRES_PAGER_LAST_NUMBER);
    cr_assert_eq(pager.page, (uint64_t)INT64_MAX);
    cr_assert_eq(pager.taken, (uint64_t)INT64_MAX);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_LAST_NUMBER, "stopped");
}

Test(list_pager, counts_stay_at_their_top) {
    numres_pager pager = numres_pager_default();
    cr_assert_eq(numres_pager_page_read(&pager, NULL, UINT64_MAX), NUMRES_PAGER_NEXT);
    cr_assert_eq(pager.items, (uint64_t)INT64_MAX);
    cr_assert_eq(numres_pager_take(&pager, UINT64_MAX), NUMRES_PAGER_NEXT);
    cr_assert_eq(pager.items, (uint64_t)INT64_MAX);
    cr_assert_eq(pager.taken, (uint64_t)INT64_MAX);
    pager.max_items = 1;
    cr_assert_eq(numres_pager_page_read(&pager, NULL, UINT64_MAX), NUMRES_PAGER_MAX_ITEMS);
}

/* ---- repeats ---- */

/* A server that ignores page numbers and sends no meta. */
Test(list_pager, a_page_that_repeats_for_ever) {
    numres_pager pager = numres_pager_default();
    for (uint64_t index = 0; index < 20; index++)
        numres_pager_take(&pager, index);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_NEXT);
    for (uint64_t index = 0; index < 20; index++)
        numres_pager_drop(&pager, index);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_REPEATED_PAGE);
    cr_assert_eq(pager.items, 20);
    cr_assert_eq(pager.page, 2);
}

/* With total_pages the list has an end anyway; it may have grown by a page. */
Test(list_pager, a_repeated_page_of_a_known_total_is_passed) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_of(1, 3);
    numres_pager_drop(&pager, 0);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 1), NUMRES_PAGER_NEXT);
}

Test(list_pager, one_new_reservation_is_enough_to_go_on) {
    numres_pager pager = numres_pager_default();
    numres_meta meta = meta_without_total(1);
    numres_pager_drop(&pager, 0);
    numres_pager_take(&pager, 1);
    numres_pager_drop(&pager, 2);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 3), NUMRES_PAGER_NEXT);
    cr_assert_eq(pager.items, 1);
}

/* A repeated page some of whose reservations were left out by the parser. */
Test(list_pager, what_was_left_out_is_nothing_new) {
    numres_pager pager = numres_pager_default();
    numres_pager_drop(&pager, 3);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_REPEATED_PAGE);
    cr_assert_eq(pager.taken, 20); /* a resume continues after it */
    cr_assert_eq(pager.items, 0);
}

/* ---- retries ---- */

/* The transfer breaks off after the whole page was taken. */
Test(list_pager, a_retry_drops_what_was_taken) {
    numres_pager pager = numres_pager_default();
    for (uint64_t index = 0; index < 20; index++)
        numres_pager_take(&pager, index);
    for (uint64_t index = 0; index < 20; index++) {
        cr_assert(numres_pager_was_taken(&pager, index));
        numres_pager_drop(&pager, index);
    }
    cr_assert_eq(pager.items, 20);
    cr_assert_eq(pager.taken, 20);
    cr_assert_eq(pager.dropped, 0);
    cr_assert_eq(numres_pager_page_read(&pager, NULL, 20), NUMRES_PAGER_NEXT);
}

/* Between the attempts, a reservation was added at the head of the list. */
Test(list_pager, a_retry_takes_what_is_new_at_an_old_place) {
    numres_pager pager = numres_pager_default();
    numres_pager_take(&pager, 0);
    numres_pager_take(&pager, 1);
    numres_pager_take(&pager, 0);
    cr_assert(numres_pager_was_taken(&pager, 1));
    numres_pager_drop(&pager, 1);
    numres_pager_drop(&pager, 2);
    cr_assert_eq(pager.items, 3);
    cr_assert_eq(pager.taken, 3);
    cr_assert_not(numres_pager_was_taken(&pager, 3));
}

/* ---- the request ---- */

Test(list_pager, the_first_page_s_number_is_sent_if_the_caller_set_one) {
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(query.page_number, NUMRES_NOT_SENT);
    query.page_number = 1;
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(query.page_number, 1);
    query.page_number = 9; /* left over from another list */
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(query.page_number, 1);
    pager.page = 4;
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(query.page_number, 4);
}

/* Other clients are known to lose filters on the next page, or to take the size from the meta. */
Test(list_pager, filters_and_size_stay_on_every_page) {
    char line[256];
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    numres_meta meta = meta_of(1, 2);
    meta.present |= BIT(NUMRES_META_PAGE_SIZE);
    meta.page_size = 20;
    query.status = NUMRES_STATUS_SUCCESS;
    query.page_size = 50;
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_page_read(&pager, &meta, 20), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_NEXT);
    cr_assert_eq(numres_query_write(&query, line, sizeof line, NULL), NUMRES_OK);
    cr_assert_str_eq(line, "/number_reservations?filter%5Bstatus%5D=success&page%5Bsize%5D=50"
                           "&page%5Bnumber%5D=2");
}

/* ---- wrong use ---- */

static void assert_unusable(numres_pager *pager) {
    numres_query query = numres_query_default();
    cr_assert_eq(numres_pager_ask(pager, &query), NUMRES_PAGER_WRONG_USE);
    cr_assert_eq(query.page_number, NUMRES_NOT_SENT);
    cr_assert_eq(numres_pager_why(pager), NUMRES_PAGER_WRONG_USE);
    cr_assert_eq(numres_pager_take(pager, 0), NUMRES_PAGER_WRONG_USE);
    cr_assert_eq(numres_pager_drop(pager, 0), NUMRES_PAGER_WRONG_USE);
    cr_assert_eq(numres_pager_page_read(pager, NULL, 20), NUMRES_PAGER_WRONG_USE);
    cr_assert_not(numres_pager_was_taken(pager, 0));
}

Test(list_pager, what_is_no_pager) {
    numres_pager pager = numres_pager_default();
    assert_unusable(NULL);
    pager.page = 0;
    assert_unusable(&pager);
    pager.page = (uint64_t)INT64_MAX + 1;
    assert_unusable(&pager);
    pager = numres_pager_default();
    pager.size = 0;
    assert_unusable(&pager);
    cr_assert_eq(pager.pages + pager.items + pager.taken, 0);
}

Test(list_pager, what_is_no_query) {
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    cr_assert_eq(numres_pager_ask(&pager, NULL), NUMRES_PAGER_WRONG_USE);
    query.size = 0;
    cr_assert_eq(numres_pager_ask(&pager, &query), NUMRES_PAGER_WRONG_USE);
}
