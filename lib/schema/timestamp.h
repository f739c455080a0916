/* The calendar, for everything that reads dates. */
#ifndef NUMRES_LIB_TIMESTAMP_H
#define NUMRES_LIB_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

/* Days from 0000-01-01, where all counts of days begin, to 1970-01-01. */
#define NUMRES_EPOCH_DAYS 719528
#define NUMRES_SECONDS_PER_DAY INT64_C(86400)

/* A month: how many days are before it in a year that begins with March, and how many
   it has itself (February: in a common year). */
typedef struct numres_month {
    uint16_t before;
    uint16_t days;
} numres_month;

/* Indexed by the month as it is written, 1 to 12; the others have no days. */
extern const numres_month numres_months[16];

static inline bool numres_is_leap_year(uint32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Returns the days from 0000-01-01 to this date; `year` is at most 10001, `month` at
 * most 15. Years are counted from March, so that the leap day is the last of its year:
 * every fourth year adds one day, except the centuries that 400 does not divide.
 */
static inline uint32_t numres_days_before(uint32_t year, uint32_t month, uint32_t day) {
    uint32_t march_year = year + 400 - (uint32_t)(month < 3); /* never negative */
    uint32_t century = march_year * 5243 >> 19;               /* by 100, exact to 43,698 */
    uint32_t days = march_year * 365 + march_year / 4 - century + century / 4;
    /* The 400 added years have 146,097 days. January and February of the year 0 have 60. */
    return days + numres_months[month].before + day - 1 - (146097 - 60);
}

/* Returns the seconds from 1970 to the beginning of this day, in UTC; the same limits. */
static inline int64_t numres_seconds_before(uint32_t year, uint32_t month, uint32_t day) {
    return ((int64_t)numres_days_before(year, month, day) - NUMRES_EPOCH_DAYS) *
           NUMRES_SECONDS_PER_DAY;
}

/* Whether the date exists; `month` is at most 15. */
static inline bool numres_is_date(uint32_t year, uint32_t month, uint32_t day) {
    return day - 1 < numres_months[month].days ||
           (month == 2 && day == 29 && numres_is_leap_year(year));
}

#endif
