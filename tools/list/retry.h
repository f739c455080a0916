/* Whether a request that did not bring its page is sent again, and after how
   long, by the rules of the API's official SDKs. */
#ifndef NUMRES_TOOLS_RETRY_H
#define NUMRES_TOOLS_RETRY_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define RETRY_DEFAULT_MOST 2

/* How a request ended. The headers are NULL where there was none. */
struct retry_facts {
    bool connection_failed; /* no whole answer came, in a way that can pass */
    long status;            /* of the answer, if one came */
    const char *should_retry;
    const char *retry_after_ms;
    const char *retry_after;
    const char *date;
    const char *remaining; /* x-ratelimit-remaining and -reset */
    const char *reset;
};

/* A longer wait than this, in milliseconds, is not made. */
#define RETRY_LONGEST_WAIT 60000

/* Whether another try makes sense at all: after a failed connection, 408, 409,
   429 and 5xx; of an answer x-should-retry has the last word. */
bool retry_makes_sense(const struct retry_facts *facts);

/*
 * How many milliseconds to wait before the next try; `tries` are behind us, at
 * least one. Retry-After-Ms, else Retry-After (RFC 9110 section 10.2.3: seconds,
 * here also with a fraction, or a date, from which the answer's own Date, or
 * else `time_of_day`, is taken away), else of a 429 x-ratelimit-reset (seconds, or
 * above 1e9 the time of day in seconds) is obeyed, also where it is more than
 * RETRY_LONGEST_WAIT: then no try makes sense. Otherwise half a second, doubled
 * with each try up to 8 s, less up to a quarter: `chance`, any number, says how
 * much.
 */
int64_t retry_wait(const struct retry_facts *facts, uint64_t tries, uint32_t chance,
                   time_t time_of_day);

/* How many milliseconds the API wants to be left alone after an answer that was
   right: where it says that no request remains, until x-ratelimit-reset. */
int64_t retry_pause(const struct retry_facts *facts, time_t time_of_day);

#endif
