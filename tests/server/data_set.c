#include "data_set.h"

#include <numres.h>

#include <stdio.h>
#include <string.h>

/* The creation time of number 0, and the distance between two. */
#define FIRST_CREATED_AT 1514764800 /* 2018-01-01T00:00:00Z */
#define SECONDS_APART 3607

/* The non-negative remainder. */
static size_t modulo(int64_t number, int64_t divisor) {
    int64_t remainder = number % divisor;
    return (size_t)(remainder < 0 ? remainder + divisor : remainder);
}

typedef struct reference {
    const char *text;
    const char *json;
} reference;

static const reference references[] = {
    {"MY REF 001", "\"MY REF 001\""},
    {NULL, "null"},
    {NULL, NULL},
    {"say \"hi\" \\ a/b", "\"say \\\"hi\\\" \\\\ a\\/b\""},
    {"Gr\xc3\xb6\xc3\x9f"
     "e 5, \xe6\x9d\xb1\xe4\xba\xac",
     "\"Gr\xc3\xb6\xc3\x9f"
     "e 5, \xe6\x9d\xb1\xe4\xba\xac\""},
    {"caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\\u00e9 \\ud83d\\uDE00\""},
    {"one\ttwo\nthree", "\"one\\ttwo\\nthree\""},
    {"MY REF & 001/\xc3\xa9", "\"MY REF & 001/\xc3\xa9\""},
};

/* Mixes the bits of a number, so that neighbouring numbers have unlike ids (the finalizer
   of splitmix64). */
static uint64_t mixed(uint64_t bits) {
    bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ bits >> 27) * 0x94d049bb133111ebu;
    return bits ^ bits >> 31;
}

static void write_id(reservation *reservation) {
    uint64_t high = mixed((uint64_t)reservation->number * 2);
    uint64_t low = mixed((uint64_t)reservation->number * 2 + 1);
    if (reservation->number == 0)
        memcpy(reservation->id, "12ade33a-21c0-473b-b055-b3c836e1c292", DATA_SET_ID_SIZE);
    else
        snprintf(reservation->id, DATA_SET_ID_SIZE, "%08x-%04x-4%03x-8%03x-%012llx",
                 (unsigned int)(high >> 32), (unsigned int)(high >> 16 & 0xffff),
                 (unsigned int)(high & 0xfff), (unsigned int)(low >> 52),
                 (unsigned long long)(low & 0xffffffffffffu));
}

static void write_time(reservation *reservation) {
    numres_timestamp created_at = {
        .seconds = FIRST_CREATED_AT - reservation->number * SECONDS_APART,
        .nanoseconds = (uint32_t)modulo(reservation->number * 7919, 1000000) * 1000,
        .fraction_digits = 6};
    numres_timestamp_format(&created_at, reservation->created_at, DATA_SET_TIME_SIZE);
    memcpy(reservation->expired_at, reservation->created_at, DATA_SET_TIME_SIZE);
}

static void write_phone_number(reservation *reservation, size_t at) {
    long long digits = 2015550100 + reservation->number * 8 + (long long)at;
    if (reservation->number == 0)
        digits = 9705555098;
    snprintf(reservation->phone_numbers[at], DATA_SET_PHONE_NUMBER_SIZE, "+1%010lld", digits);
}

reservation data_set_reservation(int64_t number) {
    static const char *const statuses[] = {"pending", "success", "success", "failure", "success"};
    const reference *reference =
        &references[modulo(number, sizeof references / sizeof *references)];
    reservation reservation = {
        .number = number,
        .status = statuses[modulo(number, sizeof statuses / sizeof *statuses)],
        .reference = reference->text,
        .reference_json = reference->json,
        .phone_number_count = modulo(number + 1, DATA_SET_MOST_PHONE_NUMBERS + 1)};
    write_id(&reservation);
    write_time(&reservation);
    for (size_t at = 0; at < reservation.phone_number_count; at++)
        write_phone_number(&reservation, at);
    return reservation;
}

/* Compares two date-times: `order` is negative, 0 or positive. */
static bool compare_times(const char *left, const char *right, int *order) {
    numres_timestamp first;
    numres_timestamp second;
    if (!numres_timestamp_parse(left, strlen(left), &first) ||
        !numres_timestamp_parse(right, strlen(right), &second))
        return false;
    *order = (first.seconds > second.seconds) - (first.seconds < second.seconds);
    if (*order == 0)
        *order =
            (first.nanoseconds > second.nanoseconds) - (first.nanoseconds < second.nanoseconds);
    return true;
}

static bool passes_times(const reservation *reservation, const filters *filters) {
    int order = 0;
    if (filters->created_after != NULL &&
        (!compare_times(reservation->created_at, filters->created_after, &order) || order <= 0))
        return false;
    return filters->created_before == NULL ||
           (compare_times(reservation->created_at, filters->created_before, &order) && order < 0);
}

static bool has_phone_number(const reservation *reservation, const char *phone_number) {
    for (size_t at = 0; at < reservation->phone_number_count; at++)
        if (strcmp(reservation->phone_numbers[at], phone_number) == 0)
            return true;
    return false;
}

bool data_set_passes(const reservation *reservation, const filters *filters) {
    if (filters->status != NULL && strcmp(reservation->status, filters->status) != 0)
        return false;
    if (filters->reference != NULL &&
        (reservation->reference == NULL || strcmp(reservation->reference, filters->reference) != 0))
        return false;
    if (filters->phone_number != NULL && !has_phone_number(reservation, filters->phone_number))
        return false;
    return passes_times(reservation, filters);
}
