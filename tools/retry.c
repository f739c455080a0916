#include "retry.h"

#include <curl/curl.h>
#include <strings.h>

#include "seconds.h"

#define LONGEST_OBEYED 60000
#define FIRST_WAIT 500
#define LONGEST_WAIT 8000

bool retry_makes_sense(const struct retry_facts *facts) {
    if (facts->connection_failed)
        return true;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "true") == 0)
        return true;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "false") == 0)
        return false;
    return facts->status == 408 || facts->status == 409 || facts->status == 429 ||
           facts->status >= 500;
}

static bool read_date(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    time_t date = curl_getdate(facts->retry_after, NULL);
    time_t now = facts->date == NULL ? -1 : curl_getdate(facts->date, NULL);
    if (date < 0)
        return false;
    *wait = ((int64_t)date - (int64_t)(now < 0 ? time_of_day : now)) * 1000;
    return true;
}

/* What the answer asks for, also where that is not obeyed. */
static bool asked_wait(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    if (facts->connection_failed)
        return false;
    if (facts->retry_after_ms != NULL && seconds_read(facts->retry_after_ms, 1, wait))
        return true;
    if (facts->retry_after == NULL)
        return false;
    return seconds_read(facts->retry_after, 1000, wait) || read_date(facts, time_of_day, wait);
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
    if (asked_wait(facts, time_of_day, &wait) && wait >= 0 && wait <= LONGEST_OBEYED)
        return wait;
    return own_wait(tries, chance);
}
