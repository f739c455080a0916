/* The tool's rules for trying again: when, and after how long. */
#include <criterion/criterion.h>

#include "../tools/api/transport.h"
#include "../tools/run/times.h"

#define NOW 1785749613 /* 2026-08-03T09:33:33Z */

static bool makes_sense(long status, const char *should_retry) {
    struct retry_facts facts = {.status = status, .should_retry = should_retry};
    return retry_makes_sense(&facts);
}

static int64_t wait_after(const char *retry_after, const char *date) {
    struct retry_facts facts = {.status = 429, .retry_after = retry_after, .date = date};
    return retry_wait(&facts, 1, 0, NOW);
}

static int64_t wait_after_ms(const char *milliseconds) {
    struct retry_facts facts = {.status = 429, .retry_after_ms = milliseconds, .retry_after = "7"};
    return retry_wait(&facts, 1, 0, NOW);
}

Test(tool_retry, which_statuses_are_tried_again) {
    for (long status = 100; status < 700; status++) {
        bool is_expected = status == 408 || status == 409 || status == 429 || status >= 500;
        cr_expect_eq(makes_sense(status, NULL), is_expected, "%ld", status);
        cr_expect(makes_sense(status, "true"));
        cr_expect(!makes_sense(status, "false"));
        cr_expect_eq(makes_sense(status, "maybe"), is_expected, "%ld", status);
    }
    cr_expect(makes_sense(400, "TRUE"));
}

Test(tool_retry, a_failed_connection_is_tried_again_whatever_came_before) {
    struct retry_facts facts = {.connection_failed = true, .status = 200};
    cr_expect(retry_makes_sense(&facts));
    facts.should_retry = "false";
    cr_expect(retry_makes_sense(&facts));
    facts.retry_after = "30";
    cr_expect_eq(retry_wait(&facts, 1, 0, NOW), 500);
}

/* Only if the API cannot have carried it out. */
Test(tool_retry, a_post_is_tried_again_if_it_was_not_sent_or_after_a_429) {
    struct retry_facts facts = {.is_post = true, .was_sent = true, .connection_failed = true};
    cr_expect(!retry_makes_sense(&facts));
    facts.was_sent = false;
    cr_expect(retry_makes_sense(&facts));
    facts = (struct retry_facts){.is_post = true, .was_sent = true};
    for (facts.status = 100; facts.status < 700; facts.status++) {
        facts.should_retry = NULL;
        cr_expect_eq(retry_makes_sense(&facts), facts.status == 429, "%ld", facts.status);
        facts.should_retry = "true";
        cr_expect_eq(retry_makes_sense(&facts), facts.status == 429, "%ld", facts.status);
        facts.should_retry = "false";
        cr_expect(!retry_makes_sense(&facts));
    }
}

Test(tool_retry, durations_have_a_unit_or_are_seconds) {
    static const char *const wrong[] = {"", "0", "0s", "5x", "m", "-1", "1 m", "1.5m"};
    static const struct {
        const char *text;
        int64_t milliseconds;
    } right[] = {{"90", 90000},  {"0.5", 500},    {"30s", 30000},
                 {"5m", 300000}, {"1h", 3600000}, {"1d", 86400000}};
    int64_t read = -1;
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++)
        cr_expect(!times_read_duration(wrong[at], &read) && read == -1, "%s", wrong[at]);
    for (size_t at = 0; at < sizeof right / sizeof *right; at++) {
        cr_expect(times_read_duration(right[at].text, &read));
        cr_expect_eq(read, right[at].milliseconds, "%s", right[at].text);
    }
    cr_expect(!times_read_duration(NULL, &read));
}

Test(tool_retry, retry_after_in_seconds) {
    cr_expect_eq(wait_after("0", NULL), 0);
    cr_expect_eq(wait_after("1", NULL), 1000);
    cr_expect_eq(wait_after("1.5", NULL), 1500);
    cr_expect_eq(wait_after("0.0001", NULL), 1);
    cr_expect_eq(wait_after("60", NULL), 60000);
    cr_expect_eq(wait_after("60.001", NULL), 60001);
    cr_expect_eq(wait_after("61", NULL), 61000);
    cr_expect_eq(wait_after("99999999999999999999", NULL), TIMES_LONGEST_SPAN * 1000);
    cr_expect_eq(wait_after("-1", NULL), 500);
    cr_expect_eq(wait_after("1e1", NULL), 500);
    cr_expect_eq(wait_after("0x10", NULL), 500);
    cr_expect_eq(wait_after("", NULL), 500);
    cr_expect_eq(wait_after("soon", NULL), 500);
}

/* Nobody means a wait of thirty years: such a number is a time since 1970, as in the reset of a
   rate limit. */
Test(tool_retry, retry_after_as_a_time_since_1970) {
    cr_expect_eq(wait_after("1785749643", NULL), 30000);
    cr_expect_eq(wait_after("1785749643.5", NULL), 30500);
    cr_expect_eq(wait_after("1785753213", NULL), 3600000);
    cr_expect_eq(wait_after("1785749603", NULL), 500);
    cr_expect_eq(wait_after("1785749643", "Mon, 03 Aug 2026 09:33:53 GMT"), 10000);
    cr_expect_eq(wait_after("1000000000", NULL), TIMES_LONGEST_SPAN * 1000);
    /* In milliseconds, as some servers send it. */
    cr_expect_eq(wait_after("1785749643000", NULL), 30000);
    cr_expect_eq(wait_after("100000000000001", NULL), TIMES_LONGEST_SPAN * 1000);
    cr_expect_eq(wait_after_ms("1785749643500"), 30500);
    cr_expect_eq(wait_after_ms("1785749600000"), 500);
    cr_expect_eq(wait_after_ms("120000"), 120000);
    cr_expect_eq(wait_after_ms("1000000000000"), TIMES_LONGEST_SPAN * 1000);
    cr_expect_eq(wait_after_ms("99999999999999999999"), TIMES_LONGEST_SPAN * 1000);
}

/* RFC 9110 section 5.6.7: the current format and two obsolete ones. */
Test(tool_retry, retry_after_as_a_date) {
    cr_expect_eq(wait_after("Mon, 03 Aug 2026 09:33:43 GMT", NULL), 10000);
    cr_expect_eq(wait_after("Monday, 03-Aug-26 09:33:43 GMT", NULL), 10000);
    cr_expect_eq(wait_after("Mon Aug  3 09:33:43 2026", NULL), 10000);
    cr_expect_eq(wait_after("Mon, 03 Aug 2026 09:33:33 GMT", NULL), 0);
    cr_expect_eq(wait_after("Mon, 03 Aug 2026 09:34:33 GMT", NULL), 60000);
    cr_expect_eq(wait_after("Mon, 03 Aug 2026 09:34:34 GMT", NULL), 61000);
    cr_expect_eq(wait_after("Mon, 03 Aug 2026 09:33:32 GMT", NULL), 500);
}

Test(tool_retry, a_date_counts_from_the_clock_of_the_response) {
    static const char date[] = "Mon, 03 Aug 2026 10:00:20 GMT";
    cr_expect_eq(wait_after(date, "Mon, 03 Aug 2026 10:00:00 GMT"), 20000);
    cr_expect_eq(wait_after(date, "no date"), 1607000);
    cr_expect_eq(wait_after("20", "Mon, 03 Aug 2026 10:00:00 GMT"), 20000);
}

static int64_t wait_until(long status, const char *retry_after, const char *reset) {
    struct retry_facts facts = {.status = status, .retry_after = retry_after, .reset = reset};
    return retry_wait(&facts, 1, 0, NOW);
}

Test(tool_retry, the_reset_of_a_rate_limit_counts_where_nothing_else_does) {
    cr_expect_eq(wait_until(429, NULL, "30"), 30000);
    cr_expect_eq(wait_until(429, NULL, "1.5"), 1500);
    cr_expect_eq(wait_until(429, NULL, "3600"), 3600000);
    cr_expect_eq(wait_until(429, "7", "30"), 7000);
    cr_expect_eq(wait_until(429, NULL, "soon"), 500);
    cr_expect_eq(wait_until(503, NULL, "30"), 500);
    /* Numbers above 1e9 are times since 1970. */
    cr_expect_eq(wait_until(429, NULL, "1785749643"), 30000);
    cr_expect_eq(wait_until(429, NULL, "1785749600"), 500);
    cr_expect_eq(wait_until(429, NULL, "1000000000"), INT64_C(1000000000000));
    cr_expect_eq(wait_until(429, NULL, "99999999999999999999999"), TIMES_LONGEST_SPAN * 1000);
}

Test(tool_retry, a_retry_after_that_cannot_be_read_is_ignored) {
    cr_expect_eq(wait_until(429, "soon", "7"), 7000);
    cr_expect_eq(wait_until(503, "soon", "7"), 500);
}

static int64_t pause_of(const char *remaining, const char *reset, const char *date) {
    struct retry_facts facts = {
        .status = 200, .remaining = remaining, .reset = reset, .date = date};
    return retry_pause(&facts, NOW);
}

Test(tool_retry, the_last_request_that_is_allowed_is_followed_by_a_pause) {
    cr_expect_eq(pause_of("0", "30", NULL), 30000);
    cr_expect_eq(pause_of("1", "30", NULL), 0);
    cr_expect_eq(pause_of(NULL, "30", NULL), 0);
    cr_expect_eq(pause_of("0", NULL, NULL), 0);
    cr_expect_eq(pause_of("0", "x", NULL), 0);
    cr_expect_eq(pause_of("0", "1785749643", "Mon, 03 Aug 2026 09:33:53 GMT"), 10000);
    cr_expect_eq(pause_of("0", "1785749600", NULL), 0);
}

Test(tool_retry, milliseconds_come_first) {
    cr_expect_eq(wait_after_ms("250"), 250);
    cr_expect_eq(wait_after_ms("0"), 0);
    cr_expect_eq(wait_after_ms("12.5"), 13);
    cr_expect_eq(wait_after_ms("60000"), 60000);
    /* If it is not a number, the other headers count. */
    cr_expect_eq(wait_after_ms("60001"), 60001);
    cr_expect_eq(wait_after_ms("x"), 7000);
    cr_expect_eq(wait_after_ms(NULL), 7000);
}

Test(tool_retry, own_waits_double_up_to_8_seconds) {
    static const int64_t longest[] = {500, 1000, 2000, 4000, 8000, 8000, 8000};
    struct retry_facts facts = {.status = 500};
    for (uint64_t tries = 1; tries <= 7; tries++) {
        int64_t least = INT64_MAX;
        int64_t most = 0;
        for (uint32_t chance = 0; chance < 5000; chance++) {
            int64_t wait = retry_wait(&facts, tries, chance * 7919, NOW);
            least = wait < least ? wait : least;
            most = wait > most ? wait : most;
        }
        cr_expect_eq(most, longest[tries - 1]);
        cr_expect_geq(least, longest[tries - 1] * 3 / 4);
        cr_expect_leq(least, longest[tries - 1] * 77 / 100);
    }
    cr_expect_eq(retry_wait(&facts, UINT64_MAX, 0, NOW), 8000);
}

Test(tool_retry, seconds_are_shown_rounded_up_and_with_tenths_below_ten) {
    char text[32];
    static const struct {
        int64_t milliseconds;
        const char *text;
    } cases[] = {{0, "0.0 s"},    {1, "0.1 s"},   {100, "0.1 s"},  {1500, "1.5 s"},
                 {9900, "9.9 s"}, {9901, "10 s"}, {10000, "10 s"}, {10001, "11 s"},
                 {60000, "60 s"}, {60001, "61 s"}};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        times_show_span(cases[at].milliseconds, text, sizeof text);
        cr_expect_str_eq(text, cases[at].text);
    }
}

Test(tool_retry, seconds_are_digits_and_perhaps_a_fraction) {
    static const char *const wrong[] = {"",   ".5", "+1",    "-1",  " 1",
                                        "1 ", "1s", "1.5.5", "1,5", "inf"};
    int64_t milliseconds = -7;
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++)
        cr_expect(!times_read_span(wrong[at], &milliseconds), "%s", wrong[at]);
    cr_expect_eq(milliseconds, -7);
    cr_expect(times_read_span("1.", &milliseconds));
    cr_expect_eq(milliseconds, 1000);
    cr_expect(times_read_span("00002.0010000", &milliseconds));
    cr_expect_eq(milliseconds, 2001);
    cr_expect(times_read_span("0.12345", &milliseconds));
    cr_expect_eq(milliseconds, 124);
    cr_expect(times_read_span("99999999999999999999999", &milliseconds));
    cr_expect_eq(milliseconds, TIMES_LONGEST_SPAN * 1000);
}
