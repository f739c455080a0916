/* Whether a failed request is sent again, and after how long: the rules of the API's
   official SDKs. exchange.c, response.c and notices.c call this. */
#ifndef NUMRES_TOOLS_RETRY_H
#define NUMRES_TOOLS_RETRY_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define RETRY_DEFAULT_MOST 2

/* How a request ended. A header that was absent is NULL. */
struct retry_facts {
    bool is_post, was_sent; /* whether the API may have taken the request */
    bool connection_failed; /* no whole response; another try may work */
    long status;            /* of the response, if there is one */
    const char *should_retry;
    const char *retry_after_ms;
    const char *retry_after;
    const char *date;
    const char *remaining; /* x-ratelimit-remaining and -reset */
    const char *reset;
};

/* numres does not wait longer than this, in milliseconds. */
#define RETRY_LONGEST_WAIT 60000

/* Whether another try makes sense: after a failed connection, 408, 409, 429 and 5xx.
   If the response has x-should-retry, that decides. A POST is sent again only where the
   API cannot have taken it: it was not sent, or the response is a 429. */
bool retry_makes_sense(const struct retry_facts *facts);

/*
 * How many milliseconds to wait before the next try, after `tries` (at least one).
 * Retry-After-Ms counts first, then Retry-After (RFC 9110 section 10.2.3: seconds,
 * here also with a fraction, or a date, from which the response's Date, or else
 * `time_of_day`, is subtracted), then x-ratelimit-reset of a 429 (seconds, or above
 * 1e9 the time of day in seconds). The result may exceed RETRY_LONGEST_WAIT: then
 * no try makes sense. Without these headers: half a second, doubling with each try
 * up to 8 s, minus up to a quarter, by `chance`, a random number.
 */
int64_t retry_wait(const struct retry_facts *facts, uint64_t tries, uint32_t chance,
                   time_t time_of_day);

/* How many milliseconds to wait before the next page: until x-ratelimit-reset if the
   response says that no request remains, otherwise 0. */
int64_t retry_pause(const struct retry_facts *facts, time_t time_of_day);

#endif
