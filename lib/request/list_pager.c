/* Which page of a list to ask for next, when to stop and why: the public calls of
   numres/list_pager.h. query.c writes the request. */
#include "numres/list_pager.h"

#include <string.h>

#include "../base/text.h"
#include "query.h"

/* Reasons. */

typedef struct reason_entry {
    numres_pager_reason reason;
    bool resumable; /* a later run can go on from here */
    const char *name;
    const char *sentence;
} reason_entry;

static const reason_entry reason_entries[] = {
    {NUMRES_PAGER_NEXT, true, "next", "there may be more: ask for the next page"},
    {NUMRES_PAGER_EMPTY_PAGE, false, "empty-page", "the list is complete: the last page was empty"},
    {NUMRES_PAGER_LAST_PAGE, false, "last-page", "the list is complete: this was its last page"},
    {NUMRES_PAGER_MAX_PAGES, true, "max-pages", "the page limit is reached; there may be more"},
    {NUMRES_PAGER_MAX_ITEMS, true, "max-items",
     "the reservation limit is reached; there may be more"},
    {NUMRES_PAGER_PAGE_MISMATCH, true, "page-mismatch",
     "the response is not the page that was requested; the list may be incomplete"},
    {NUMRES_PAGER_REPEATED_PAGE, true, "repeated-page",
     "the page holds only repeated reservations and there is no total_pages; the server may "
     "ignore page numbers"},
    {NUMRES_PAGER_LAST_NUMBER, false, "last-number", "the page number cannot get larger"},
    {NUMRES_PAGER_WRONG_USE, false, "wrong-use",
     "the call is not legal: a NULL argument, a struct whose size is not set, or an invalid state"},
    {NUMRES_PAGER_EMPTY_TOO_EARLY, true, "empty-too-early",
     "the page is empty, but total_pages says that pages follow; the list may be incomplete"},
    {NUMRES_PAGER_WRONG_OPTION, false, "wrong-option",
     "the struct has an option that this version of numres does not know"},
};

enum { REASON_COUNT = sizeof reason_entries / sizeof *reason_entries };

static const reason_entry *reason_entry_of(numres_pager_reason reason) {
    for (size_t i = 0; i < REASON_COUNT; i++)
        if (reason_entries[i].reason == reason)
            return &reason_entries[i];
    return NULL;
}

const char *numres_pager_reason_name(numres_pager_reason reason) {
    const reason_entry *entry = reason_entry_of(reason);
    return entry != NULL ? entry->name : "unknown";
}

const char *numres_pager_sentence(numres_pager_reason reason) {
    const reason_entry *entry = reason_entry_of(reason);
    return entry != NULL ? entry->sentence : "no such reason";
}

/* Within a page. */

/* The largest page, place and count, which is the API's largest integer. */
#define LARGEST ((uint64_t)INT64_MAX)

static const numres_sized_member pager_members[] = {
    NUMRES_SIZED_MEMBER(numres_pager, size),      NUMRES_SIZED_MEMBER(numres_pager, page),
    NUMRES_SIZED_MEMBER(numres_pager, max_pages), NUMRES_SIZED_MEMBER(numres_pager, max_items),
    NUMRES_SIZED_MEMBER(numres_pager, taken),     NUMRES_SIZED_MEMBER(numres_pager, kept),
    NUMRES_SIZED_MEMBER(numres_pager, dropped),   NUMRES_SIZED_MEMBER(numres_pager, pages),
    NUMRES_SIZED_MEMBER(numres_pager, items),     NUMRES_SIZED_MEMBER(numres_pager, reason),
};

static const numres_sized pager_form = NUMRES_SIZED(numres_pager, pager_members);

void numres_pager_init(numres_pager *pager, size_t size) {
    numres_pager defaults = numres_pager_default();
    numres_sized_init(&pager_form, &defaults, pager, size);
}

/* Whether calls can lead to this state. */
static bool is_usable(const numres_pager *pager) {
    return pager->page >= 1 && pager->page <= LARGEST && pager->taken <= LARGEST &&
           reason_entry_of(pager->reason) != NULL;
}

static bool is_reached(uint64_t count, uint64_t limit) {
    return limit > 0 && count >= limit;
}

/* Adds counts; the sum stays at the largest one. */
static uint64_t sum(uint64_t count, uint64_t more) {
    if (count > LARGEST || more > LARGEST - count)
        return LARGEST;
    return count + more;
}

static numres_pager_reason why_of(const numres_pager *pager) {
    if (pager->reason == NUMRES_PAGER_NEXT && is_reached(pager->items, pager->max_items))
        return NUMRES_PAGER_MAX_ITEMS;
    return pager->reason;
}

/* Copies the caller's pager, which may be of any version, to `pager` and returns its reason.
   If the call is wrong, returns that as the reason, and `pager` has the defaults. */
static numres_pager_reason open_pager(numres_pager *pager, const numres_pager *given) {
    *pager = numres_pager_default();
    numres_code code = numres_sized_take(&pager_form, pager, given);
    if (given != NULL && code == NUMRES_OK && is_usable(pager))
        return why_of(pager);
    *pager = numres_pager_default();
    return code == NUMRES_WRONG_OPTION ? NUMRES_PAGER_WRONG_OPTION : NUMRES_PAGER_WRONG_USE;
}

/* Whether the reason is a state of the pager. The others mean that the call was wrong. */
static bool is_state(numres_pager_reason why) {
    return why != NUMRES_PAGER_WRONG_USE && why != NUMRES_PAGER_WRONG_OPTION;
}

numres_pager_reason numres_pager_why(const numres_pager *given) {
    numres_pager pager;
    return open_pager(&pager, given);
}

numres_pager_reason numres_pager_ask(const numres_pager *given, numres_query *given_query) {
    static const numres_sized_member page_number = NUMRES_SIZED_MEMBER(numres_query, page_number);
    numres_pager pager;
    numres_query query = numres_query_default();
    numres_pager_reason why = open_pager(&pager, given);
    numres_code code = numres_sized_take(&numres_query_form, &query, given_query);
    if (code == NUMRES_WRONG_OPTION)
        return NUMRES_PAGER_WRONG_OPTION;
    if (given_query == NULL || code != NUMRES_OK || !numres_sized_has(given_query, page_number))
        return NUMRES_PAGER_WRONG_USE;
    if (why == NUMRES_PAGER_NEXT && (pager.page > 1 || query.page_number != NUMRES_NOT_SENT))
        given_query->page_number = pager.page;
    return why;
}

bool numres_pager_was_taken(const numres_pager *given, uint64_t index) {
    numres_pager pager;
    open_pager(&pager, given);
    return index < pager.taken;
}

/* Marks everything up to this place as handled. */
static void advance(numres_pager *pager, uint64_t index) {
    uint64_t after = sum(index, 1);
    if (after > pager->taken)
        pager->taken = after;
}

numres_pager_reason numres_pager_take(numres_pager *given, uint64_t index) {
    numres_pager pager;
    numres_pager_reason why = open_pager(&pager, given);
    if (why != NUMRES_PAGER_NEXT)
        return why;
    advance(&pager, index);
    pager.kept = sum(pager.kept, 1);
    pager.items = sum(pager.items, 1);
    numres_sized_give(&pager_form, given, &pager);
    return why_of(&pager);
}

numres_pager_reason numres_pager_drop(numres_pager *given, uint64_t index) {
    numres_pager pager;
    numres_pager_reason why = open_pager(&pager, given);
    if (why != NUMRES_PAGER_NEXT || index < pager.taken)
        return why;
    advance(&pager, index);
    pager.dropped = sum(pager.dropped, 1);
    numres_sized_give(&pager_form, given, &pager);
    return why;
}

/* A page's end. */

static bool is_of_another_page(const numres_pager *pager, const numres_meta *meta) {
    return numres_meta_has(meta, NUMRES_META_PAGE_NUMBER) && meta->page_number != pager->page;
}

bool numres_pager_is_mismatch(const numres_pager *given, const numres_meta *meta) {
    numres_pager pager;
    numres_pager_reason why = open_pager(&pager, given);
    return is_state(why) && is_of_another_page(&pager, meta);
}

static numres_pager_reason decide(const numres_pager *pager, const numres_meta *meta,
                                  uint64_t elements) {
    bool has_total = numres_meta_has(meta, NUMRES_META_TOTAL_PAGES);
    if (elements == 0)
        return has_total && pager->page < meta->total_pages ? NUMRES_PAGER_EMPTY_TOO_EARLY
                                                            : NUMRES_PAGER_EMPTY_PAGE;
    if (is_of_another_page(pager, meta))
        return NUMRES_PAGER_PAGE_MISMATCH;
    if (has_total && pager->page >= meta->total_pages)
        return NUMRES_PAGER_LAST_PAGE;
    if (pager->page == LARGEST)
        return NUMRES_PAGER_LAST_NUMBER;
    if (is_reached(pager->items, pager->max_items))
        return NUMRES_PAGER_MAX_ITEMS;
    if (is_reached(pager->pages, pager->max_pages))
        return NUMRES_PAGER_MAX_PAGES;
    if (!has_total && pager->kept == 0) /* all were dropped */
        return NUMRES_PAGER_REPEATED_PAGE;
    return NUMRES_PAGER_NEXT;
}

/* Counts a page of a caller that takes whole pages and reports no single reservation. */
static void take_whole_page(numres_pager *pager, uint64_t elements) {
    if (pager->kept == 0 && pager->dropped == 0) {
        pager->kept = elements;
        pager->items = sum(pager->items, elements);
    }
    if (elements > pager->taken)
        pager->taken = elements;
}

static void forget_places(numres_pager *pager) {
    pager->taken = 0;
    pager->kept = 0;
    pager->dropped = 0;
}

static bool leads_to_next_page(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_NEXT || reason == NUMRES_PAGER_MAX_PAGES ||
           reason == NUMRES_PAGER_MAX_ITEMS;
}

numres_pager_reason numres_pager_page_read(numres_pager *given, const numres_meta *meta,
                                           uint64_t elements) {
    numres_pager pager;
    numres_pager_reason why = open_pager(&pager, given);
    bool is_cut_short = why == NUMRES_PAGER_MAX_ITEMS && pager.taken < elements;
    if (!is_state(why) || pager.reason != NUMRES_PAGER_NEXT || is_cut_short)
        return why;
    elements = sum(elements, 0);
    if (is_of_another_page(&pager, meta))
        forget_places(&pager);
    else
        take_whole_page(&pager, elements);
    pager.pages = sum(pager.pages, 1);
    pager.reason = decide(&pager, meta, elements);
    if (leads_to_next_page(pager.reason)) {
        forget_places(&pager);
        pager.page++;
    }
    numres_sized_give(&pager_form, given, &pager);
    return pager.reason;
}

/* The pager as a line of text, for a later run. */

static const char line_start[] = "numres-pager-1 page=";
static const char line_taken[] = " taken=";
static const char line_reason[] = " reason=";

static size_t put_word(char *line, size_t length, const char *string) {
    size_t more = strlen(string);
    memcpy(line + length, string, more);
    return length + more;
}

size_t numres_pager_format(const numres_pager *given, char *buffer, size_t size) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    numres_pager pager;
    numres_pager_reason why = open_pager(&pager, given);
    size_t length = 0;
    if (is_state(why)) {
        length = put_word(line, length, line_start);
        length += numres_text_put_integer(pager.page, line + length);
        length = put_word(line, length, line_taken);
        length += numres_text_put_integer(pager.taken, line + length);
        length = put_word(line, length, line_reason);
        length = put_word(line, length, numres_pager_reason_name(why));
    }
    if (buffer != NULL && size > 0) {
        size_t kept = length < size ? length : 0;
        memcpy(buffer, line, kept);
        buffer[kept] = '\0';
    }
    return length;
}

static bool take_word(numres_text *rest, const char *string) {
    size_t length = strlen(string);
    if (rest->length < length || memcmp(rest->bytes, string, length) != 0)
        return false;
    rest->bytes += length;
    rest->length -= length;
    return true;
}

static bool take_digits(numres_text *rest, uint64_t *value) {
    numres_text digits = {rest->bytes, 0};
    while (digits.length < rest->length && rest->bytes[digits.length] != ' ')
        digits.length++;
    rest->bytes += digits.length;
    rest->length -= digits.length;
    return numres_text_integer(digits, value);
}

static const reason_entry *reason_entry_named(numres_text name) {
    for (size_t i = 0; i < REASON_COUNT; i++)
        if (numres_text_is(name, reason_entries[i].name, strlen(reason_entries[i].name)))
            return &reason_entries[i];
    return NULL;
}

bool numres_pager_parse(const char *text, size_t length, numres_pager *given) {
    numres_text rest = {text, length};
    numres_pager read = numres_pager_default();
    numres_pager ignored;
    if (text == NULL || given == NULL ||
        numres_sized_take(&pager_form, &ignored, given) != NUMRES_OK)
        return false;
    if (!take_word(&rest, line_start) || !take_digits(&rest, &read.page) ||
        !take_word(&rest, line_taken) || !take_digits(&rest, &read.taken) ||
        !take_word(&rest, line_reason))
        return false;
    const reason_entry *entry = reason_entry_named(rest);
    if (entry == NULL || !is_state(entry->reason) || !is_usable(&read))
        return false;
    read.kept = read.taken;
    read.reason = entry->resumable ? NUMRES_PAGER_NEXT : entry->reason;
    numres_sized_give(&pager_form, given, &read);
    return true;
}
