/* Whether a request is sent again, and after how long: the rules of the API's official
   SDKs. exchange.c, response.c and notices.c ask it. */
#include "retry.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "../run/text.h"
#include "../run/times.h"

#define FIRST_WAIT 500
#define LONGEST_WAIT 8000

bool retry_makes_sense(const struct retry_facts *facts) {
    if (facts->connection_failed)
        return !facts->is_post || !facts->was_sent;
    if (facts->is_post && facts->status != 429)
        return false;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "true") == 0)
        return true;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "false") == 0)
        return false;
    return facts->status == 408 || facts->status == 409 || facts->status == 429 ||
           facts->status >= 500;
}

/* The server's clock, which may differ from ours. */
static time_t now_of(const struct retry_facts *facts, time_t time_of_day) {
    time_t now = facts->date == NULL ? -1 : curl_getdate(facts->date, NULL);
    return now < 0 ? time_of_day : now;
}

static bool read_date(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    time_t date = curl_getdate(facts->retry_after, NULL);
    if (date < 0)
        return false;
    *wait = ((int64_t)date - (int64_t)now_of(facts, time_of_day)) * 1000;
    return true;
}

/* Larger numbers are a time of day, in seconds since 1970. */
#define FIRST_EPOCH 1000000000
#define LAST_EPOCH INT64_C(100000000000)

static bool read_reset(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    uint64_t number = 0;
    if (facts->reset == NULL)
        return false;
    if (!digits_read(facts->reset, strlen(facts->reset), &number) || number <= FIRST_EPOCH)
        return times_read_span(facts->reset, 1000, wait);
    if (number > (uint64_t)LAST_EPOCH)
        return false;
    *wait = ((int64_t)number - (int64_t)now_of(facts, time_of_day)) * 1000;
    return true;
}

/* The wait that the response asks for. */
static bool asked_wait(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    if (facts->connection_failed)
        return false;
    if (facts->retry_after_ms != NULL && times_read_span(facts->retry_after_ms, 1, wait))
        return true;
    if (facts->retry_after != NULL &&
        (times_read_span(facts->retry_after, 1000, wait) || read_date(facts, time_of_day, wait)))
        return true;
    return facts->status == 429 && read_reset(facts, time_of_day, wait);
}

static int64_t own_wait(uint64_t tries, uint32_t chance) {
    int64_t wait = FIRST_WAIT;
    for (uint64_t doubled = 1; doubled < tries && wait < LONGEST_WAIT; doubled++)
        wait *= 2;
    return wait - wait * (int64_t)(chance % 1024) / 4096;
}

int64_t retry_wait(const struct retry_facts *facts, uint64_t tries, uint32_t chance,
                   time_t time_of_day) {
    int64_t wait = 0;
    if (asked_wait(facts, time_of_day, &wait) && wait >= 0)
        return wait;
    return own_wait(tries, chance);
}

int64_t retry_pause(const struct retry_facts *facts, time_t time_of_day) {
    int64_t wait = 0;
    bool is_asked = facts->remaining != NULL && strcmp(facts->remaining, "0") == 0 &&
                    read_reset(facts, time_of_day, &wait);
    return is_asked && wait > 0 ? wait : 0;
}
