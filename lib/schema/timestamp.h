/* The calendar, for all who read a date. */
#ifndef NUMRES_LIB_TIMESTAMP_H
#define NUMRES_LIB_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

/* From 0000-01-01, where days are counted from, to 1970. */
#define NUMRES_EPOCH_DAYS 719528

/* A month: how many days lie before it in a year that begins with March, and how
   many it has, February in a common year. */
typedef struct numres_month {
    uint16_t before;
    uint16_t days;
} numres_month;

/* By the months' written numbers; 0 and those above 12 have no days. */
extern const numres_month numres_months[16];

static inline bool numres_is_leap_year(uint32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Days from 0000-01-01 to this date of a year up to 10000; `month` is at most 15.
 * Years are counted as beginning with March, so that the leap day is the last:
 * then every fourth year but the centuries that 400 does not divide adds one.
 */
static inline uint32_t numres_days_before(uint32_t year, uint32_t month, uint32_t day) {
    uint32_t march_year = year + 400 - (uint32_t)(month < 3); /* never negative */
    uint32_t century = march_year * 5243 >> 19;               /* by 100, exact to 10,600 */
    uint32_t days = march_year * 365 + march_year / 4 - century + century / 4;
    /* The 400 years have 146,097; January and February of the first one, 60. */
    return days + numres_months[month].before + day - 1 - (146097 - 60);
}

/* Whether there is such a date; `month` is at most 15. */
static inline bool numres_is_date(uint32_t year, uint32_t month, uint32_t day) {
    return day - 1 < numres_months[month].days ||
           (month == 2 && day == 29 && numres_is_leap_year(year));
}

#endif
