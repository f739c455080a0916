/* Writes reservations as the API really sends them. page.c calls it for PAGE_REAL. */
#include "page_real.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "page_values.h"

#define TEXT_SIZE 32
/* 2026-01-03T00:00:00Z. */
#define FIRST_DAY (UINT64_C(2924) * 86400 * MICROSECONDS)

/* What the fast lane cannot foresee, near a record's end. */
typedef enum surprise { NO_SURPRISE, ODD_STATUS, ODD_TIMESTAMP, ODD_NAME } surprise;

/* Values that a reservation shares with its numbers. */
typedef struct shared {
    const char *prefix; /* of phone numbers */
    uint64_t digits;    /* that follow the prefix */
    uint64_t created;
    uint64_t updated;
    uint64_t expired_at;
    bool expired;
    const char *status;
} shared;

void real_start(real_page *page, maker *made, uint64_t reservations) {
    page->reservations = 0;
    page->numbers = 0;
    page->first_new = reservations / 2 + maker_random_below(made, 2);
    page->now = FIRST_DAY + maker_random_below(made, 86400 * MICROSECONDS);
    for (size_t user = 0; user < REAL_USERS; user++) {
        page->users[user][0] = maker_random(made);
        page->users[user][1] = maker_random(made);
    }
}

/* The surprise of the `ordinal`th record of its kind. */
static surprise choose_surprise(maker *made, uint64_t ordinal) {
    bool is_odd =
        made->style == PAGE_SURPRISES || (made->style == PAGE_ALTERNATING && ordinal % 2 == 1);
    return is_odd ? (surprise)(1 + maker_random_below(made, 3)) : NO_SURPRISE;
}

static const char *random_status(maker *made) {
    uint64_t chance = maker_random_below(made, 100);

    if (chance < 95) {
        return "success";
    }
    if (chance < 97) {
        return "pending";
    }
    return chance < 99 ? "partial_success" : "failure";
}

/* A number usually has the same outcome as its reservation. */
static const char *random_number_status(maker *made, const char *reservation) {
    if (strcmp(reservation, "partial_success") == 0) {
        return maker_random_below(made, 2) == 0 ? "success" : "failed";
    }
    return maker_random_below(made, 40) == 0 ? "pending" : reservation;
}

static void choose_country(maker *made, shared *all) {
    static const char *const prefixes[] = {"+44", "+65", "+55"};
    static const uint64_t digits[] = {10, 8, 11};
    uint64_t chance = maker_random_below(made, 100);

    all->prefix = "+1";
    all->digits = 10;
    if (chance >= 85) {
        all->prefix = prefixes[chance % 3];
        all->digits = digits[chance % 3];
    }
}

static void put_phone_number(maker *made, const shared *all) {
    char text[TEXT_SIZE];
    size_t length = strlen(all->prefix);

    memcpy(text, all->prefix, length);
    text[length++] = (char)('2' + maker_random_below(made, 8));
    for (uint64_t digit = 1; digit < all->digits; digit++) {
        text[length++] = (char)('0' + maker_random_below(made, 10));
    }
    text[length] = '\0';
    maker_name(made, "phone_number");
    maker_string(made, text, false);
}

static void put_string(maker *made, const char *name, const char *text) {
    maker_name(made, name);
    maker_string(made, text, false);
}

static void put_instant(maker *made, const char *name, uint64_t instant) {
    maker_name(made, name);
    value_timestamp(made, instant);
}

static void put_new_id(maker *made) {
    maker_name(made, "id");
    value_id(made);
}

static void put_errors(maker *made, const char *status) {
    bool is_wrong = strcmp(status, "failure") == 0 || strcmp(status, "failed") == 0;

    put_string(made, "errors", is_wrong ? "Number is already on hold" : "");
}

/* Writes status and updated_at, which are near the end of both records. */
static void put_end(maker *made, const char *status, uint64_t updated, surprise odd) {
    put_string(made, "status", odd == ODD_STATUS ? "on hold" : status);
    if (odd == ODD_NAME) {
        maker_escaped_name(made, "updated_at");
    } else {
        maker_name(made, "updated_at");
    }
    if (odd == ODD_TIMESTAMP) {
        maker_string(made, "2026-02-30T00:00:00.000000Z", false);
    } else {
        value_timestamp(made, updated);
    }
}

static void put_number(real_page *page, maker *made, const shared *all, uint64_t created) {
    surprise odd = choose_surprise(made, page->numbers++);
    const char *status = random_number_status(made, all->status);

    maker_next_item(made);
    maker_open(made, '{');
    put_instant(made, "created_at", created);
    put_errors(made, status);
    maker_name(made, "expired");
    maker_text(made, all->expired ? "true" : "false");
    put_instant(made, "expired_at", all->expired_at);
    put_new_id(made);
    put_phone_number(made, all);
    put_string(made, "record_type", "reserved_phone_number");
    put_end(made, status, all->updated, odd);
    maker_close(made, '}');
}

static void put_numbers(real_page *page, maker *made, const shared *all) {
    static const uint64_t counts[] = {1, 1, 1, 2, 2, 2, 3, 3, 4, 4};
    uint64_t count = counts[maker_random_below(made, 10)];
    uint64_t created = all->created + 100000 + maker_random_below(made, 800000);

    maker_name(made, "phone_numbers");
    maker_open(made, '[');
    for (uint64_t number = 0; number < count; number++) {
        put_number(page, made, all, created);
        created += 20 + maker_random_below(made, 80);
    }
    maker_close(made, ']');
}

void real_put_reservation(real_page *page, maker *made) {
    shared all = {NULL, 0, 0, 0, 0, false, random_status(made)};
    surprise odd = choose_surprise(made, page->reservations);
    uint64_t user = maker_random_below(made, REAL_USERS);

    /* One reservation every five minutes on average. */
    page->now += (20 + maker_random_below(made, 560)) * MICROSECONDS;
    page->now += maker_random_below(made, MICROSECONDS);
    all.created = page->now;
    all.updated = all.created + (5 + maker_random_below(made, 35)) * MICROSECONDS;
    all.updated += maker_random_below(made, MICROSECONDS);
    all.expired_at = all.created + 1800 * MICROSECONDS - maker_random_below(made, 50000);
    all.expired = page->reservations++ < page->first_new;
    choose_country(made, &all);

    maker_next_item(made);
    maker_open(made, '{');
    put_instant(made, "created_at", all.created);
    maker_name(made, "customer_reference");
    value_reference(made, 10);
    put_errors(made, all.status);
    put_new_id(made);
    put_numbers(page, made, &all);
    put_string(made, "record_type", "number_reservation");
    put_end(made, all.status, all.updated + maker_random_below(made, 40 * MICROSECONDS), odd);
    maker_name(made, "user_id");
    value_id_of(made, page->users[user][0], page->users[user][1]);
    maker_close(made, '}');
}
