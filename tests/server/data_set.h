/*
 * What the tests' API server lists: reservations made from their number, the
 * same in every run. Tests compute from it what must come out.
 *
 * Number 0 is the documentation's reservation. The others differ in status,
 * customer_reference (none, null, ASCII, escapes, other scripts) and have 0 to 5
 * numbers. The list has the newest first: numbers rise and creation times fall
 * from its start; what is added later has the numbers -1, -2 and so on.
 */
#ifndef NUMRES_TESTS_DATA_SET_H
#define NUMRES_TESTS_DATA_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DATA_SET_ID_SIZE 37
#define DATA_SET_TIME_SIZE 28
#define DATA_SET_PHONE_NUMBER_SIZE 16
#define DATA_SET_MOST_PHONE_NUMBERS 5

typedef struct reservation {
    int64_t number;
    char id[DATA_SET_ID_SIZE];
    char created_at[DATA_SET_TIME_SIZE];
    char expired_at[DATA_SET_TIME_SIZE]; /* of its numbers */
    const char *status;
    const char *reference;      /* as the client reads it; NULL: null or absent */
    const char *reference_json; /* as it stands in the page; NULL: absent */
    size_t phone_number_count;
    char phone_numbers[DATA_SET_MOST_PHONE_NUMBERS][DATA_SET_PHONE_NUMBER_SIZE];
} reservation;

reservation data_set_reservation(int64_t number);

/* What a list request asks for. A filter that is NULL lets all pass. */
typedef struct filters {
    const char *status;
    const char *created_after;
    const char *created_before;
    const char *phone_number;
    const char *reference;
} filters;

/* Whether it passes; times are compared by the library's parser, and a filter
   that is no date-time lets nothing pass. */
bool data_set_passes(const reservation *reservation, const filters *filters);

#endif
