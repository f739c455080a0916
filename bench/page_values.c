/* Makes random ids, times and references. page_real.c and page_records.c call it. */
#include "page_values.h"

#include <inttypes.h>
#include <stdio.h>

#define SECONDS_PER_DAY 86400
#define TEXT_SIZE 80

void value_id(maker *made) {
    uint64_t high = maker_random(made);
    value_id_of(made, high, maker_random(made));
}

void value_id_of(maker *made, uint64_t high, uint64_t low) {
    char text[TEXT_SIZE];

    /* A version 4 UUID, RFC 9562 section 5.4. */
    snprintf(text, sizeof(text),
             "%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-%04" PRIx64 "-%012" PRIx64, high >> 32,
             (high >> 16) & 0xffff, high & 0xfff, (low >> 48 & 0x3fff) | 0x8000,
             low & UINT64_C(0xffffffffffff));
    maker_string(made, text, false);
}

void value_timestamp(maker *made, uint64_t instant) {
    static const unsigned int month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t days = instant / MICROSECONDS / SECONDS_PER_DAY;
    uint64_t second_of_day = instant / MICROSECONDS % SECONDS_PER_DAY;
    unsigned int year = 2018;
    unsigned int month = 0;
    char text[TEXT_SIZE];

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
    snprintf(text, sizeof(text),
             "%04u-%02u-%02" PRIu64 "T%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%06" PRIu64 "Z",
             year, month + 1, days + 1, second_of_day / 3600, second_of_day / 60 % 60,
             second_of_day % 60, instant % MICROSECONDS);
    maker_string(made, text, false);
}

void value_reference(maker *made, uint64_t null_in) {
    static const char *const ascii[] = {"MY REF",  "Chicago office",  "order",
                                        "Support", "campaign spring", "ACME Corp. toll line"};
    static const char *const other[] = {
        "B\xc3\xbcro M\xc3\xbcnchen",
        "\xe6\x9c\xad\xe5\xb9\x8c\xe3\x82\xaa\xe3\x83\x95\xe3\x82\xa3\xe3\x82\xb9",
        "S\xc3\xa3o Paulo suporte",
        "\xd0\x9e\xd1\x84\xd0\xb8\xd1\x81 \xd0\x9a\xd0\xb8\xd0\xb5\xd0\xb2",
        "\xf0\x9f\x93\x9e support",
        "\xe4\xb8\x8a\xe6\xb5\xb7",
    };
    const char *words = made->style == PAGE_NON_ASCII ? other[maker_random_below(made, 6)]
                                                      : ascii[maker_random_below(made, 6)];
    char text[TEXT_SIZE];

    if (maker_random_below(made, null_in) == 0) {
        maker_text(made, "null");
        return;
    }
    if (maker_random_below(made, 4) == 0) {
        snprintf(text, sizeof(text), "%s", words);
    } else {
        uint64_t number = maker_random_below(made, 1000000);
        int digits = 1 + (int)maker_random_below(made, 6);
        snprintf(text, sizeof(text), "%s %0*" PRIu64, words, digits, number);
    }
    maker_string(made, text, true);
}
