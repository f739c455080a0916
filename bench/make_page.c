/*
 * Writes a realistic list page of any length to standard output, the same for
 * the same arguments: make_page RESERVATIONS [compact|pretty] [SEED].
 *
 * The members, their order and their forms are those of the documentation's
 * sample page; ids, numbers, statuses, references and times vary.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_SIZE 250
#define MOST_NUMBERS 4
#define SECONDS_PER_DAY 86400

typedef struct layout {
    bool pretty;
    unsigned int depth;
    bool first; /* no comma before the next member or element */
} layout;

static uint64_t random_state;

/* SplitMix64: small, and the same on every machine. */
static uint64_t next_random(void) {
    uint64_t value = random_state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static uint64_t random_below(uint64_t limit) {
    return next_random() % limit;
}

static void break_line(const layout *page) {
    if (!page->pretty) {
        return;
    }
    putchar('\n');
    for (unsigned int level = 0; level < page->depth; level++) {
        fputs("  ", stdout);
    }
}

static void next_item(layout *page) {
    if (!page->first) {
        putchar(',');
    }
    page->first = false;
    break_line(page);
}

static void write_name(layout *page, const char *name) {
    next_item(page);
    printf(page->pretty ? "\"%s\": " : "\"%s\":", name);
}

static void open_container(layout *page, char bracket) {
    putchar(bracket);
    page->depth++;
    page->first = true;
}

static void close_container(layout *page, char bracket) {
    page->depth--;
    if (!page->first) {
        break_line(page);
    }
    page->first = false;
    putchar(bracket);
}

static void write_text(layout *page, const char *name, const char *text) {
    write_name(page, name);
    printf("\"%s\"", text);
}

static void write_count(layout *page, const char *name, uint64_t count) {
    write_name(page, name);
    printf("%" PRIu64, count);
}

static void write_id(layout *page) {
    uint64_t high = next_random();
    uint64_t low = next_random();

    write_name(page, "id");
    /* A version 4 UUID, RFC 9562 section 5.4. */
    printf("\"%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-%04" PRIx64 "-%012" PRIx64 "\"",
           high >> 32, (high >> 16) & 0xffff, high & 0xfff, (low >> 48 & 0x3fff) | 0x8000,
           low & UINT64_C(0xffffffffffff));
}

/* `instant` counts microseconds from 2018-01-01T00:00:00Z. */
static void write_timestamp(layout *page, const char *name, uint64_t instant) {
    static const unsigned int month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t seconds = instant / 1000000;
    uint64_t days = seconds / SECONDS_PER_DAY;
    uint64_t second_of_day = seconds % SECONDS_PER_DAY;
    unsigned int year = 2018;
    unsigned int month = 0;

    for (;;) {
        uint64_t length = year % 4 == 0 && month == 1 ? 29 : month_lengths[month];
        if (days < length) {
            break;
        }
        days -= length;
        month++;
        if (month == 12) {
            month = 0;
            year++;
        }
    }
    write_name(page, name);
    printf("\"%04u-%02u-%02" PRIu64 "T%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%06" PRIu64 "Z\"",
           year, month + 1, days + 1, second_of_day / 3600, second_of_day / 60 % 60,
           second_of_day % 60, instant % 1000000);
}

static const char *random_status(void) {
    static const char *const statuses[] = {"pending", "success", "success", "failure"};
    return statuses[random_below(4)];
}

static void write_phone_number(layout *page, uint64_t created, uint64_t updated) {
    static const char *const errors[] = {"", "", "", "Number is no longer available"};
    const char *status = random_status();
    uint64_t half_an_hour = UINT64_C(1800) * 1000000;

    next_item(page);
    open_container(page, '{');
    write_id(page);
    write_text(page, "record_type", "reserved_phone_number");
    write_name(page, "phone_number");
    printf("\"+1%03" PRIu64 "%07" PRIu64 "\"", 201 + random_below(788),
           2000000 + random_below(7999999));
    write_text(page, "status", status);
    write_timestamp(page, "created_at", created);
    write_timestamp(page, "updated_at", updated);
    write_timestamp(page, "expired_at", created + half_an_hour);
    if (strcmp(status, "failure") == 0) {
        write_text(page, "errors", errors[random_below(4)]);
    } else {
        write_text(page, "errors", "");
    }
    close_container(page, '}');
}

static void write_reservation(layout *page, uint64_t index) {
    /* Eight years of them. */
    uint64_t created = random_below(UINT64_C(8) * 365 * SECONDS_PER_DAY * 1000000);
    uint64_t updated = created + random_below(UINT64_C(600) * 1000000);
    uint64_t count = 1 + random_below(MOST_NUMBERS);

    next_item(page);
    open_container(page, '{');
    write_id(page);
    write_text(page, "record_type", "number_reservation");
    write_name(page, "phone_numbers");
    open_container(page, '[');
    for (uint64_t number = 0; number < count; number++) {
        write_phone_number(page, created, updated);
    }
    close_container(page, ']');
    write_text(page, "status", random_status());
    write_name(page, "customer_reference");
    if (random_below(8) == 0) {
        fputs("null", stdout);
    } else {
        printf("\"MY REF %06" PRIu64 "\"", index + 1);
    }
    write_timestamp(page, "created_at", created);
    write_timestamp(page, "updated_at", updated);
    close_container(page, '}');
}

static void write_page(layout *page, uint64_t reservations) {
    open_container(page, '{');
    write_name(page, "data");
    open_container(page, '[');
    for (uint64_t index = 0; index < reservations; index++) {
        write_reservation(page, index);
    }
    close_container(page, ']');
    write_name(page, "meta");
    open_container(page, '{');
    write_count(page, "total_pages", (reservations + PAGE_SIZE - 1) / PAGE_SIZE);
    write_count(page, "total_results", reservations);
    write_count(page, "page_number", 1);
    write_count(page, "page_size", PAGE_SIZE);
    close_container(page, '}');
    close_container(page, '}');
    putchar('\n');
}

static bool read_count(const char *text, uint64_t *count) {
    char *end = NULL;

    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    *count = strtoull(text, &end, 10);
    return *end == '\0';
}

int main(int argc, char **argv) {
    layout page = {false, 0, true};
    uint64_t reservations = 0;
    bool right = argc >= 2 && argc <= 4 && read_count(argv[1], &reservations);

    if (right && argc >= 3) {
        page.pretty = strcmp(argv[2], "pretty") == 0;
        right = page.pretty || strcmp(argv[2], "compact") == 0;
    }
    if (right && argc == 4) {
        right = read_count(argv[3], &random_state);
    }
    if (!right) {
        fputs("usage: make_page RESERVATIONS [compact|pretty] [SEED]\n", stderr);
        return 2;
    }
    write_page(&page, reservations);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("make_page: standard output");
        return 3;
    }
    return 0;
}
