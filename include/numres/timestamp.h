/* RFC 3339 timestamps: their value; reading and writing them. */
#ifndef NUMRES_TIMESTAMP_H
#define NUMRES_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * An instant as an RFC 3339 section 5.6 date-time gives it. The fields also keep the offset
 * and the number of fraction digits, so that formatting gives the text back, with T and Z
 * in upper case, +00:00 as Z, and at most 9 digits of fraction.
 *
 * ABI: frozen for ever.
 */
typedef struct numres_timestamp {
    /* Seconds since 1970-01-01T00:00:00Z, without leap seconds; negative before it. A leap
       second has the value of the 00:00:00 that follows it. */
    int64_t seconds;
    /* 0 to 999,999,999; added to `seconds`, even if that is negative. */
    uint32_t nanoseconds;
    /* The offset from UTC that the text gave, in minutes, -1439 to 1439. */
    int16_t offset_minutes;
    /* How many digits the fraction had in the text, at most 9. */
    uint8_t fraction_digits;
    /* The text had the offset -00:00: the offset to local time is not known. */
    bool unknown_offset;
    /* The text had second 60. */
    bool leap_second;
} numres_timestamp;

/* A buffer of this size holds any formatted timestamp and its NUL. */
#define NUMRES_TIMESTAMP_SIZE 36

/*
 * Reads all of `text` (`length` bytes, no NUL needed) as an RFC 3339 date-time: years 0000
 * to 9999, T and Z in either case, a fraction of any length (digits after the ninth are
 * checked and dropped). Second 60 is accepted only at 23:59:60 UTC on a month's last day.
 *
 * Returns true and fills `timestamp`; otherwise returns false and leaves it untouched.
 * Returns false if `text` or `timestamp` is NULL. Any thread may call it.
 */
NUMRES_API bool numres_timestamp_parse(const char *text, size_t length,
                                       numres_timestamp *timestamp);

/*
 * Writes `timestamp` into `buffer` (`size` bytes), NUL-terminated, with upper-case T and Z,
 * its kept fraction digits and its own offset.
 *
 * Returns the length of the text without its NUL. If that is `size` or more, only an empty
 * string was written (`buffer` may be NULL when `size` is 0). Returns 0 for NULL and for a
 * value that no text can have: nanoseconds, digits or offset out of range, nanoseconds that
 * need more digits than `fraction_digits`, unknown_offset with an offset, a year outside
 * 0000 to 9999 at that offset, or a leap second elsewhere than at a month's end in UTC. Any
 * thread may call it.
 */
NUMRES_API size_t numres_timestamp_format(const numres_timestamp *timestamp, char *buffer,
                                          size_t size);

#ifdef __cplusplus
}
#endif

#endif
