/* Writes reservations in the form of the documentation's sample page. page.c calls it for all
   styles but PAGE_REAL and the tiny ones. */
#include "page_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "page_values.h"

#define MOST_NUMBERS 4
#define SECONDS_PER_DAY 86400
#define TEXT_SIZE 80

/* The values of either kind of record. An empty text leaves its member out. */
typedef struct record {
    bool is_number;
    uint64_t created;
    uint64_t updated;
    uint64_t numbers; /* of a reservation */
    const char *status;
    const char *error; /* NULL: left out */
    bool without_id;
} record;

typedef enum member {
    ID,
    RECORD_TYPE,
    PHONE_NUMBERS,
    PHONE_NUMBER,
    STATUS,
    REFERENCE,
    CREATED_AT,
    UPDATED_AT,
    EXPIRED_AT,
    ERRORS,
    /* Members that no record has, of every type. */
    UNKNOWN_FLAG,
    UNKNOWN_ID,
    UNKNOWN_OBJECT,
    UNKNOWN_LIST
} member;

#define KNOWN_MEMBERS 8 /* of either record */
#define UNKNOWN_MEMBERS 4
#define MOST_MEMBERS (KNOWN_MEMBERS + UNKNOWN_MEMBERS)

static void put_phone_number(maker *made) {
    char text[TEXT_SIZE];

    /* Each number is drawn in its own statement: arguments have no order of evaluation. */
    uint64_t subscriber = 2000000 + maker_random_below(made, 7999999);
    uint64_t area = 201 + maker_random_below(made, 788);
    snprintf(text, sizeof(text), "+1%03" PRIu64 "%07" PRIu64, area, subscriber);
    maker_string(made, text, false);
}

static const char *random_status(maker *made) {
    static const char *const statuses[] = {"pending", "success", "success", "failure"};
    return statuses[maker_random_below(made, 4)];
}

static const char *random_error(maker *made, const char *status) {
    static const char *const ascii[] = {"Number is already on hold",
                                        "Number is no longer available", "Not found"};
    static const char *const other[] = {"Num\xc3\xa9ro d\xc3\xa9j\xc3\xa0 r\xc3\xa9serv\xc3\xa9",
                                        "\xe7\x95\xaa\xe5\x8f\xb7\xe3\x81\xaa\xe3\x81\x97",
                                        "\xe2\x80\x9cNot found\xe2\x80\x9d"};

    if (maker_is_worst(made)) {
        return "none"; /* an empty string could hold no escape */
    }
    if (strcmp(status, "failure") != 0) {
        return "";
    }
    return made->style == PAGE_NON_ASCII ? other[maker_random_below(made, 3)]
                                         : ascii[maker_random_below(made, 3)];
}

static void put_unknown_value(maker *made, member which) {
    switch (which) {
    case UNKNOWN_FLAG:
        maker_text(made, maker_random_below(made, 2) == 0 ? "true" : "false");
        break;
    case UNKNOWN_ID:
        value_id(made);
        break;
    case UNKNOWN_OBJECT: {
        uint64_t cents = maker_random_below(made, 100);
        uint64_t dollars = maker_random_below(made, 9);
        maker_formatted(made, "{\"monthly\":%" PRIu64 ".%02" PRIu64 ",\"currency\":\"USD\"}",
                        dollars, cents);
        break;
    }
    default:
        maker_text(made, "[\"sms\",\"voice\",{\"hd\":true,\"codecs\":[\"opus\"]}]");
        break;
    }
}

static void put_record(maker *made, const record *what);

static void put_numbers(maker *made, const record *reservation) {
    maker_open(made, '[');
    for (uint64_t index = 0; index < reservation->numbers; index++) {
        /* A number usually has the same outcome as its reservation. */
        const char *status =
            maker_random_below(made, 4) == 0 ? random_status(made) : reservation->status;
        record number = {true, reservation->created, reservation->updated, 0, status, NULL, false};

        number.error = maker_random_below(made, 16) == 0 ? NULL : random_error(made, status);
        number.without_id = maker_random_below(made, 32) == 0;
        put_record(made, &number);
    }
    maker_close(made, ']');
}

static const char *const names[] = {
    [ID] = "id",
    [RECORD_TYPE] = "record_type",
    [PHONE_NUMBERS] = "phone_numbers",
    [PHONE_NUMBER] = "phone_number",
    [STATUS] = "status",
    [REFERENCE] = "customer_reference",
    [CREATED_AT] = "created_at",
    [UPDATED_AT] = "updated_at",
    [EXPIRED_AT] = "expired_at",
    [ERRORS] = "errors",
    [UNKNOWN_FLAG] = "on_hold",
    [UNKNOWN_ID] = "team_id",
    [UNKNOWN_OBJECT] = "cost_information",
    [UNKNOWN_LIST] = "features",
};

static void put_member(maker *made, const record *what, member which) {
    maker_name(made, names[which]);
    switch (which) {
    case ID:
        value_id(made);
        break;
    case RECORD_TYPE:
        maker_string(made, what->is_number ? "reserved_phone_number" : "number_reservation", false);
        break;
    case PHONE_NUMBERS:
        put_numbers(made, what);
        break;
    case PHONE_NUMBER:
        put_phone_number(made);
        break;
    case STATUS:
        maker_string(made, what->status, false);
        break;
    case REFERENCE:
        value_reference(made, 8);
        break;
    case CREATED_AT:
        value_timestamp(made, what->created);
        break;
    case UPDATED_AT:
        value_timestamp(made, what->updated);
        break;
    case EXPIRED_AT:
        value_timestamp(made, what->created + 1800 * MICROSECONDS);
        break;
    case ERRORS:
        maker_string(made, what->error, true);
        break;
    default:
        put_unknown_value(made, which);
    }
}

/* Chooses the members of a record, in the order of this page. Returns how many. */
static size_t choose_members(maker *made, const record *what, member order[MOST_MEMBERS]) {
    static const member of_reservation[KNOWN_MEMBERS] = {
        ID, RECORD_TYPE, PHONE_NUMBERS, STATUS, REFERENCE, CREATED_AT, UPDATED_AT, ERRORS};
    static const member of_number[KNOWN_MEMBERS] = {ID,         RECORD_TYPE, PHONE_NUMBER, STATUS,
                                                    CREATED_AT, UPDATED_AT,  EXPIRED_AT,   ERRORS};
    const member *all = what->is_number ? of_number : of_reservation;
    uint64_t unknown = made->style == PAGE_UNKNOWN ? maker_random_below(made, UNKNOWN_MEMBERS) : 0;
    uint64_t unknown_left = made->style == PAGE_UNKNOWN ? UNKNOWN_MEMBERS : 0;
    size_t count = 0;

    for (size_t index = 0; index < KNOWN_MEMBERS; index++) {
        /* Each unknown member at most once, whichever comes first. */
        if (unknown_left != 0 && maker_random_below(made, 4) == 0) {
            order[count++] = (member)((int)UNKNOWN_FLAG + (int)(unknown++ % UNKNOWN_MEMBERS));
            unknown_left--;
        }
        if ((all[index] == ID && what->without_id) ||
            (all[index] == ERRORS && what->error == NULL)) {
            continue;
        }
        order[count++] = all[index];
    }
    if (made->style == PAGE_SHUFFLED) {
        for (size_t index = count - 1; index > 0; index--) {
            size_t other = (size_t)maker_random_below(made, index + 1);
            member kept = order[index];
            order[index] = order[other];
            order[other] = kept;
        }
    }
    return count;
}

/* Calls itself once, for a reservation's numbers. */
static void put_record(maker *made, const record *what) {
    member order[MOST_MEMBERS];
    size_t count = choose_members(made, what, order);

    maker_next_item(made);
    maker_open(made, '{');
    for (size_t index = 0; index < count; index++) {
        put_member(made, what, order[index]);
    }
    maker_close(made, '}');
}

void records_put_reservation(maker *made) {
    record reservation = {false, 0, 0, 0, random_status(made), NULL, false};

    /* Spread over eight years. */
    reservation.created =
        maker_random_below(made, UINT64_C(8) * 365 * SECONDS_PER_DAY * MICROSECONDS);
    reservation.updated = reservation.created + maker_random_below(made, 600 * MICROSECONDS);
    reservation.numbers = 1 + maker_random_below(made, MOST_NUMBERS);
    /* `errors` is new in 2026 and not in every answer. */
    reservation.error =
        maker_random_below(made, 8) == 0 ? random_error(made, reservation.status) : NULL;
    put_record(made, &reservation);
}
