/* Which page of a list to ask for next, when to stop and why. */
#include <numres/list_pager.h>

#include <string.h>

#include "text.h"

/* Reasons. */

typedef struct reason_entry {
    numres_pager_reason reason;
    bool resumable; /* a later run may go on from here */
    const char *name;
    const char *sentence;
} reason_entry;

static const reason_entry reason_entries[] = {
    {NUMRES_PAGER_NEXT, true, "next", "there may be more: ask for the next page"},
    {NUMRES_PAGER_EMPTY_PAGE, false, "empty-page", "the list is complete: the last page was empty"},
    {NUMRES_PAGER_LAST_PAGE, false, "last-page", "the list is complete: this was its last page"},
    {NUMRES_PAGER_MAX_PAGES, true, "max-pages", "the limit of pages is reached; there may be more"},
    {NUMRES_PAGER_MAX_ITEMS, true, "max-items",
     "the limit of reservations is reached; there may be more"},
    {NUMRES_PAGER_PAGE_MISMATCH, true, "page-mismatch",
     "the answer holds another page than the one asked for; the list may be incomplete"},
    {NUMRES_PAGER_REPEATED_PAGE, true, "repeated-page",
     "the answer repeats the page before and tells no total of pages; the server may ignore "
     "page numbers"},
    {NUMRES_PAGER_LAST_NUMBER, false, "last-number", "there is no larger page number to ask for"},
    {NUMRES_PAGER_WRONG_USE, false, "wrong-use",
     "the call is not legal: a NULL argument, a struct without its size, or page number 0"},
};

enum { REASON_COUNT = sizeof reason_entries / sizeof *reason_entries };

static const reason_entry *entry_of(numres_pager_reason reason) {
    for (size_t i = 0; i < REASON_COUNT; i++)
        if (reason_entries[i].reason == reason)
            return &reason_entries[i];
    return NULL;
}

const char *numres_pager_reason_name(numres_pager_reason reason) {
    const reason_entry *entry = entry_of(reason);
    return entry != NULL ? entry->name : "unknown";
}

const char *numres_pager_sentence(numres_pager_reason reason) {
    const reason_entry *entry = entry_of(reason);
    return entry != NULL ? entry->sentence : "no such reason";
}

/* Within a page. */

/* Of pages, places and counts: that of the API's integers. */
#define LARGEST ((uint64_t)INT64_MAX)

static bool is_usable(const numres_pager *pager) {
    return pager != NULL && pager->size >= sizeof *pager && pager->page >= 1 &&
           pager->page <= LARGEST && pager->taken <= LARGEST && entry_of(pager->reason) != NULL;
}

static bool is_reached(uint64_t count, uint64_t limit) {
    return limit > 0 && count >= limit;
}

/* Counts stay at their top. */
static uint64_t sum(uint64_t count, uint64_t more) {
    if (count > LARGEST || more > LARGEST - count)
        return LARGEST;
    return count + more;
}

numres_pager_reason numres_pager_why(const numres_pager *pager) {
    if (!is_usable(pager))
        return NUMRES_PAGER_WRONG_USE;
    if (pager->reason == NUMRES_PAGER_NEXT && is_reached(pager->items, pager->max_items))
        return NUMRES_PAGER_MAX_ITEMS;
    return pager->reason;
}

numres_pager_reason numres_pager_ask(const numres_pager *pager, numres_query *query) {
    numres_pager_reason why = numres_pager_why(pager);
    if (query == NULL || query->size < sizeof *query)
        return NUMRES_PAGER_WRONG_USE;
    if (why == NUMRES_PAGER_NEXT && (pager->page > 1 || query->page_number != NUMRES_NOT_SENT))
        query->page_number = pager->page;
    return why;
}

bool numres_pager_was_taken(const numres_pager *pager, uint64_t index) {
    return is_usable(pager) && index < pager->taken;
}

/* Everything up to this place is done with. */
static void advance(numres_pager *pager, uint64_t index) {
    uint64_t behind = sum(index, 1);
    if (behind > pager->taken)
        pager->taken = behind;
}

numres_pager_reason numres_pager_take(numres_pager *pager, uint64_t index) {
    numres_pager_reason why = numres_pager_why(pager);
    if (why != NUMRES_PAGER_NEXT)
        return why;
    advance(pager, index);
    pager->kept = sum(pager->kept, 1);
    pager->items = sum(pager->items, 1);
    return numres_pager_why(pager);
}

numres_pager_reason numres_pager_drop(numres_pager *pager, uint64_t index) {
    numres_pager_reason why = numres_pager_why(pager);
    if (why != NUMRES_PAGER_NEXT || numres_pager_was_taken(pager, index))
        return why;
    advance(pager, index);
    pager->dropped = sum(pager->dropped, 1);
    return why;
}

/* A page's end. */

static bool tells(const numres_meta *meta, unsigned int member) {
    return meta != NULL && numres_has(meta->present & ~meta->null & ~meta->invalid, member);
}

bool numres_pager_is_mismatch(const numres_pager *pager, const numres_meta *meta) {
    return is_usable(pager) && tells(meta, NUMRES_META_PAGE_NUMBER) &&
           meta->page_number != pager->page;
}

static numres_pager_reason decide(const numres_pager *pager, const numres_meta *meta,
                                  uint64_t reservations) {
    bool has_total = tells(meta, NUMRES_META_TOTAL_PAGES);
    if (reservations == 0)
        return NUMRES_PAGER_EMPTY_PAGE;
    if (numres_pager_is_mismatch(pager, meta))
        return NUMRES_PAGER_PAGE_MISMATCH;
    if (has_total && pager->page >= meta->total_pages)
        return NUMRES_PAGER_LAST_PAGE;
    if (pager->page == LARGEST)
        return NUMRES_PAGER_LAST_NUMBER;
    if (is_reached(pager->items, pager->max_items))
        return NUMRES_PAGER_MAX_ITEMS;
    if (is_reached(pager->pages, pager->max_pages))
        return NUMRES_PAGER_MAX_PAGES;
    if (!has_total && pager->kept == 0 && pager->dropped > 0)
        return NUMRES_PAGER_REPEATED_PAGE;
    return NUMRES_PAGER_NEXT;
}

/* A caller who takes whole pages reports none of their reservations. */
static void take_whole_page(numres_pager *pager, uint64_t reservations) {
    if (pager->kept == 0 && pager->dropped == 0) {
        pager->kept = reservations;
        pager->items = sum(pager->items, reservations);
    }
    if (reservations > pager->taken)
        pager->taken = reservations;
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

numres_pager_reason numres_pager_page_read(numres_pager *pager, const numres_meta *meta,
                                           uint64_t reservations) {
    if (!is_usable(pager) || pager->reason != NUMRES_PAGER_NEXT)
        return numres_pager_why(pager);
    if (numres_pager_is_mismatch(pager, meta))
        forget_places(pager);
    else
        take_whole_page(pager, reservations);
    pager->pages = sum(pager->pages, 1);
    pager->reason = decide(pager, meta, reservations);
    if (leads_to_next_page(pager->reason)) {
        forget_places(pager);
        pager->page++;
    }
    return pager->reason;
}

/* The line that outlives the program. */

static const char line_start[] = "numres-pager-1 page=";
static const char line_taken[] = " taken=";
static const char line_reason[] = " reason=";

static size_t put_string(char *line, size_t length, const char *string) {
    size_t more = strlen(string);
    memcpy(line + length, string, more);
    return length + more;
}

size_t numres_pager_format(const numres_pager *pager, char *buffer, size_t size) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    numres_pager_reason why = numres_pager_why(pager);
    size_t length = 0;
    if (why != NUMRES_PAGER_WRONG_USE) {
        length = put_string(line, length, line_start);
        length += numres_text_put_integer(pager->page, line + length);
        length = put_string(line, length, line_taken);
        length += numres_text_put_integer(pager->taken, line + length);
        length = put_string(line, length, line_reason);
        length = put_string(line, length, numres_pager_reason_name(why));
    }
    if (buffer != NULL && size > 0) {
        size_t kept = length < size ? length : 0;
        memcpy(buffer, line, kept);
        buffer[kept] = '\0';
    }
    return length;
}

static bool take_string(numres_text *rest, const char *string) {
    size_t length = strlen(string);
    if (rest->length < length || memcmp(rest->bytes, string, length) != 0)
        return false;
    rest->bytes += length;
    rest->length -= length;
    return true;
}

static bool take_number(numres_text *rest, uint64_t *number) {
    numres_text digits = {rest->bytes, 0};
    while (digits.length < rest->length && rest->bytes[digits.length] != ' ')
        digits.length++;
    rest->bytes += digits.length;
    rest->length -= digits.length;
    return numres_text_integer(digits, number);
}

static const reason_entry *entry_named(numres_text name) {
    for (size_t i = 0; i < REASON_COUNT; i++)
        if (numres_text_is(name, reason_entries[i].name, strlen(reason_entries[i].name)))
            return &reason_entries[i];
    return NULL;
}

bool numres_pager_parse(const char *text, size_t length, numres_pager *pager) {
    numres_text rest = {text, length};
    numres_pager read = numres_pager_default();
    if (text == NULL || pager == NULL)
        return false;
    if (!take_string(&rest, line_start) || !take_number(&rest, &read.page) ||
        !take_string(&rest, line_taken) || !take_number(&rest, &read.taken) ||
        !take_string(&rest, line_reason))
        return false;
    const reason_entry *entry = entry_named(rest);
    if (entry == NULL || entry->reason == NUMRES_PAGER_WRONG_USE || !is_usable(&read))
        return false;
    read.kept = read.taken;
    read.reason = entry->resumable ? NUMRES_PAGER_NEXT : entry->reason;
    *pager = read;
    return true;
}
