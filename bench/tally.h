/*
 * What every peer must have read of a page: sums over all texts, instants, statuses and
 * counts. Peers that read the same values have equal tallies, in whatever order they read
 * them. Summing must be cheap next to the fastest parser, or it would hide the
 * difference.
 */
#ifndef BENCH_TALLY_H
#define BENCH_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The members that are read; MEMBER_OTHER is any unknown one. */
typedef enum bench_member {
    MEMBER_OTHER,
    MEMBER_DATA,
    MEMBER_META,
    MEMBER_ID,
    MEMBER_RECORD_TYPE,
    MEMBER_PHONE_NUMBERS,
    MEMBER_PHONE_NUMBER,
    MEMBER_STATUS,
    MEMBER_CUSTOMER_REFERENCE,
    MEMBER_CREATED_AT,
    MEMBER_UPDATED_AT,
    MEMBER_EXPIRED_AT,
    MEMBER_ERRORS,
    MEMBER_EXPIRED,
    MEMBER_USER_ID,
    MEMBER_TOTAL_PAGES,
    MEMBER_TOTAL_RESULTS,
    MEMBER_PAGE_NUMBER,
    MEMBER_PAGE_SIZE
} bench_member;

/* The values are numres's own. */
typedef enum bench_status {
    STATUS_UNKNOWN,
    STATUS_PENDING,
    STATUS_SUCCESS,
    STATUS_FAILURE,
    STATUS_PARTIAL_SUCCESS,
    STATUS_FAILED,
    STATUS_COUNT
} bench_status;

typedef struct tally {
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t texts; /* their count */
    uint64_t text_sum;
    uint64_t nulls;
    uint64_t seconds;
    uint64_t nanoseconds;
    uint64_t statuses[STATUS_COUNT];
    uint64_t booleans[2]; /* false, true */
    uint64_t meta;
    uint64_t wrong; /* invalid timestamps and statuses */
    /* Sum every byte of the texts, not just their length and both ends: for the
       comparison before timing starts. */
    bool thorough;
} tally;

/* A hash of all bytes of a text and their order. */
uint64_t tally_hash(const char *bytes, size_t length);

/* What a text adds to the sum. It is weighted by the member, so that two swapped texts
   change the sum. */
static inline uint64_t tally_text_value(bool thorough, bench_member member, const char *bytes,
                                        size_t length) {
    uint64_t value = length;

    if (thorough) {
        value = tally_hash(bytes, length);
    } else if (length != 0) {
        value += (uint64_t)(unsigned char)bytes[0] + (unsigned char)bytes[length - 1];
    }
    return value * (uint64_t)member;
}

static inline void tally_text(tally *sums, bench_member member, const char *bytes, size_t length) {
    sums->texts++;
    sums->text_sum += tally_text_value(sums->thorough, member, bytes, length);
}

static inline void tally_instant(tally *sums, bench_member member, int64_t seconds,
                                 uint32_t nanoseconds) {
    sums->seconds += (uint64_t)seconds * (uint64_t)member;
    sums->nanoseconds += nanoseconds * (uint64_t)member;
}

/* `expired` is the only boolean. */
static inline void tally_boolean(tally *sums, bench_member member, bool value) {
    if (member == MEMBER_EXPIRED) {
        sums->booleans[value]++;
    }
}

static inline void tally_meta(tally *sums, bench_member member, uint64_t value) {
    sums->meta += value * (uint64_t)member;
}

/* Reads a timestamp with the benchmarks' own reader, which all peers but numres share,
   and sums it. */
void tally_timestamp(tally *sums, bench_member member, const char *text, size_t length);

/* The status that a text names, for the peers. */
static inline bench_status status_of(const char *text, size_t length) {
    if (length == 7) {
        if (memcmp(text, "success", 7) == 0) {
            return STATUS_SUCCESS;
        }
        if (memcmp(text, "pending", 7) == 0) {
            return STATUS_PENDING;
        }
        if (memcmp(text, "failure", 7) == 0) {
            return STATUS_FAILURE;
        }
    }
    if (length == 15 && memcmp(text, "partial_success", 15) == 0) {
        return STATUS_PARTIAL_SUCCESS;
    }
    if (length == 6 && memcmp(text, "failed", 6) == 0) {
        return STATUS_FAILED;
    }
    return STATUS_UNKNOWN;
}

static inline void tally_status(tally *sums, bench_status status) {
    sums->statuses[status]++;
    sums->wrong += status == STATUS_UNKNOWN;
}

/* Sums a member of a record by its type in the schema. */
static inline void tally_value(tally *sums, bench_member member, const char *text, size_t length) {
    switch (member) {
    case MEMBER_STATUS:
        tally_status(sums, status_of(text, length));
        break;
    case MEMBER_CREATED_AT:
    case MEMBER_UPDATED_AT:
    case MEMBER_EXPIRED_AT:
        tally_timestamp(sums, member, text, length);
        break;
    default:
        tally_text(sums, member, text, length);
        break;
    }
}

#ifdef __cplusplus
}
#endif

#endif
