#include "behaviour.h"

#include <stdlib.h>
#include <string.h>

bool behaviour_number(const char *text, uint64_t *number) {
    uint64_t value = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        value = value * 10 + (uint64_t)(*text - '0');
    }
    *number = value;
    return true;
}

static bool take_status(behaviour *behaviour, const char *value) {
    uint64_t number = 0;
    bool right = behaviour_number(value, &number) && number >= 200 && number <= 599;
    behaviour->status = (unsigned int)number;
    return right;
}

static bool take_header(behaviour *behaviour, const char *value) {
    if (strstr(value, ": ") == NULL || behaviour->header_count == BEHAVIOUR_MOST_HEADERS)
        return false;
    behaviour->headers[behaviour->header_count++] = value;
    return true;
}

static bool take_retry_after_date(behaviour *behaviour, const char *value) {
    char *end = NULL;
    behaviour->retry_after_date = true;
    behaviour->retry_after_seconds = strtoll(value, &end, 10);
    return end != value && *end == '\0';
}

static bool take_retry_after(behaviour *behaviour, const char *value) {
    behaviour->retry_after = value;
    return true;
}

static bool take_redirect(behaviour *behaviour, const char *value) {
    behaviour->redirect = value;
    return *value != '\0';
}

static bool take_type(behaviour *behaviour, const char *value) {
    behaviour->type = value;
    return true;
}

static bool take_encoding(behaviour *behaviour, const char *value) {
    behaviour->gzip = true;
    return strcmp(value, "gzip") == 0;
}

static bool take_chunked(behaviour *behaviour, const char *value) {
    behaviour->chunked = true;
    return *value == '\0';
}

static bool take_length(behaviour *behaviour, const char *value) {
    uint64_t number = 0;
    if ((*value != '+' && *value != '-') || !behaviour_number(value + 1, &number))
        return false;
    behaviour->length_off = *value == '-' ? -(int64_t)number : (int64_t)number;
    return number > 0;
}

static bool take_body(behaviour *behaviour, const char *value) {
    behaviour->body = value;
    return *value != '\0';
}

static bool take_padding(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->padding);
}

static bool take_cut(behaviour *behaviour, const char *value) {
    behaviour->cuts = true;
    return behaviour_number(value, &behaviour->cut);
}

static bool take_stall(behaviour *behaviour, const char *value) {
    behaviour->stalls = true;
    return behaviour_number(value, &behaviour->stall);
}

static bool take_drip(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->drip) && behaviour->drip > 0;
}

static bool take_pace(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->pace_microseconds);
}

static bool take_data_page(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->data_page) && behaviour->data_page > 0;
}

static bool take_data(behaviour *behaviour, const char *value) {
    behaviour->no_data = true;
    return strcmp(value, "empty") == 0;
}

static bool take_meta(behaviour *behaviour, const char *value) {
    behaviour->no_meta = true;
    return strcmp(value, "none") == 0;
}

static bool alter(altered_member *member, const char *value) {
    member->altered = true;
    member->absent = strcmp(value, "none") == 0;
    return member->absent || behaviour_number(value, &member->value);
}

static bool take_page_number(behaviour *behaviour, const char *value) {
    return alter(&behaviour->page_number, value);
}

static bool take_page_size(behaviour *behaviour, const char *value) {
    return alter(&behaviour->page_size, value);
}

static bool take_total_pages(behaviour *behaviour, const char *value) {
    return alter(&behaviour->total_pages, value);
}

static bool take_total_results(behaviour *behaviour, const char *value) {
    return alter(&behaviour->total_results, value);
}

static bool take_grow(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->grow);
}

static bool take_shrink(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->shrink);
}

static bool take_twice(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->twice);
}

static bool take_settle(behaviour *behaviour, const char *value) {
    behaviour->settles_late = true;
    return behaviour_number(value, &behaviour->settle);
}

static bool take_outcome(behaviour *behaviour, const char *value) {
    behaviour->outcome = value;
    return *value != '\0';
}

static bool take_carry(behaviour *behaviour, const char *value) {
    behaviour->carries_out = strcmp(value, "yes") == 0;
    behaviour->carries_nothing = strcmp(value, "no") == 0;
    return behaviour->carries_out || behaviour->carries_nothing;
}

static bool take_long_header(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->long_header) && behaviour->long_header < 400000;
}

static bool take_long_headers(behaviour *behaviour, const char *value) {
    return behaviour_number(value, &behaviour->long_headers) && behaviour->long_headers > 0;
}

static bool take_drop(behaviour *behaviour, const char *value) {
    behaviour->drop = true;
    return *value == '\0';
}

static bool take_hold(behaviour *behaviour, const char *value) {
    behaviour->hold = true;
    return *value == '\0';
}

static bool take_close(behaviour *behaviour, const char *value) {
    behaviour->close_told = strcmp(value, "told") == 0;
    behaviour->close_silent = strcmp(value, "silent") == 0;
    return behaviour->close_told || behaviour->close_silent;
}

static const struct {
    const char *name;
    bool (*take)(behaviour *behaviour, const char *value);
} parts[] = {
    {"body", take_body},
    {"carry", take_carry},
    {"chunked", take_chunked},
    {"close", take_close},
    {"cut", take_cut},
    {"data", take_data},
    {"data-page", take_data_page},
    {"drip", take_drip},
    {"drop", take_drop},
    {"encoding", take_encoding},
    {"grow", take_grow},
    {"header", take_header},
    {"hold", take_hold},
    {"length", take_length},
    {"long-header", take_long_header},
    {"long-headers", take_long_headers},
    {"meta", take_meta},
    {"outcome", take_outcome},
    {"pace", take_pace},
    {"padding", take_padding},
    {"page-number", take_page_number},
    {"page-size", take_page_size},
    {"redirect", take_redirect},
    {"retry-after", take_retry_after},
    {"retry-after-date", take_retry_after_date},
    {"settle", take_settle},
    {"shrink", take_shrink},
    {"stall", take_stall},
    {"status", take_status},
    {"total-pages", take_total_pages},
    {"total-results", take_total_results},
    {"twice", take_twice},
    {"type", take_type},
};

bool behaviour_take(behaviour *behaviour, const char *part) {
    const char *equals = strchr(part, '=');
    const char *value = equals == NULL ? part + strlen(part) : equals + 1;
    size_t length = equals == NULL ? strlen(part) : (size_t)(equals - part);
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
        if (strlen(parts[at].name) == length && memcmp(parts[at].name, part, length) == 0)
            return parts[at].take(behaviour, value);
    return false;
}
