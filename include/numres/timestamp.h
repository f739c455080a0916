/* RFC 3339 timestamps: the value, reading and writing it. */
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
 * An instant as an RFC 3339 section 5.6 date-time wrote it. The fields keep what the
 * text said (digits, offset), so that formatting gives an equal text back.
 *
 * ABI: frozen for ever.
 */
typedef struct numres_timestamp {
    /* Seconds since 1970-01-01T00:00:00Z, without leap seconds; negative
       before. A leap second has those of the 00:00:00 that follows it. */
    int64_t seconds;
    /* 0 to 999,999,999, added to seconds also when these are negative. */
    uint32_t nanoseconds;
    /* The offset from UTC that the text gave, in minutes, -1439 to 1439. */
    int16_t offset_minutes;
    /* How many digits of fraction the text had, at most 9. */
    uint8_t fraction_digits;
    /* The text said -00:00: the offset to local time is not known. */
    bool unknown_offset;
    /* The text said second 60. */
    bool leap_second;
} numres_timestamp;

/* A buffer of this size holds any formatted timestamp and its NUL. */
#define NUMRES_TIMESTAMP_SIZE 36

/*
 * Reads the whole of `text` (`length` bytes, no NUL needed) as an RFC 3339
 * date-time: years 0000 to 9999, T and Z in either case, any length of
 * fraction (digits after the ninth are checked and dropped), second 60 only
 * where it is 23:59:60 UTC of a month's last day.
 *
 * Returns true and fills `timestamp`, or false and leaves it untouched. NULL
 * for `text` or `timestamp` gives false. Any thread may call it.
 */
NUMRES_API bool numres_timestamp_parse(const char *text, size_t length,
                                       numres_timestamp *timestamp);

/*
 * Writes `timestamp` into `buffer` (`size` bytes), NUL-terminated, with
 * upper-case T and Z, its kept fraction digits and its own offset.
 *
 * Returns the length of the text without its NUL. If that is `size` or more,
 * nothing but an empty string was written (`buffer` may be NULL when `size`
 * is 0). Returns 0 for NULL and for a value that no text can have: nanoseconds,
 * digits or offset out of range, nanoseconds that need more digits than
 * `fraction_digits`, unknown_offset with an offset, a year outside 0000 to 9999 there, or a
 * leap second elsewhere than at a month's end in UTC. Any thread may call it.
 */
NUMRES_API size_t numres_timestamp_format(const numres_timestamp *timestamp, char *buffer,
                                          size_t size);

#ifdef __cplusplus
}
#endif

#endif
