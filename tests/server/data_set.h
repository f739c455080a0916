/*
 * The list of the tests' API server: reservations made from their number, the same in
 * every run. Tests compute the expected results from it.
 *
 * Number 0 is the documentation's reservation. The others differ in status and
 * customer_reference (none, null, ASCII, escapes, other scripts) and have 0 to 5 phone
 * numbers. The list has the newest first: from its start, numbers rise and creation times
 * fall. Reservations added later have the numbers -1, -2 and so on.
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
    char expired_at[DATA_SET_TIME_SIZE]; /* of its phone numbers */
    const char *status;
    const char *reference;      /* as the client reads it; NULL: null or absent */
    const char *reference_json; /* as written in the page; NULL: absent */
    size_t phone_number_count;
    char phone_numbers[DATA_SET_MOST_PHONE_NUMBERS][DATA_SET_PHONE_NUMBER_SIZE];
} reservation;

reservation data_set_reservation(int64_t number);

/* The filters of a list request. A filter that is NULL passes everything. */
typedef struct filters {
    const char *status;
    const char *created_after;
    const char *created_before;
    const char *phone_number;
    const char *reference;
} filters;

/* Whether the reservation passes. Times are compared with the library's parser; a filter
   that is not a date-time passes nothing. */
bool data_set_passes(const reservation *reservation, const filters *filters);

#endif
