/* How the table shows times: --time, TZ, and what is soon. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/run/times.h"
#include "../tools/show/table.h"
#include "table_text.h"
#include "terminal.h"

TestSuite(tool_times, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define NOW "NUMRES_NOW=2026-08-03T10:00:00Z"

static void set_now(const char *now) {
    setenv("NUMRES_NOW", now, 1);
    cr_assert(clock_begin());
}

/* Checks how a style shows a time, without a terminal. */
static void expect_moment(const char *style, const char *time, const char *shown) {
    numres_timestamp timestamp;
    struct moments moments;
    char text[MOMENT_SIZE] = "as it came";
    cr_assert(numres_timestamp_parse(time, strlen(time), &timestamp), "%s", time);
    moments_begin(&moments, style, false);
    moments_zone(&moments, &timestamp);
    cr_expect_eq(moments_write(&moments, &timestamp, true, text, sizeof text),
                 strcmp(shown, "as it came") != 0);
    cr_expect_str_eq(text, shown, "%s of %s is %s, not %s", style, time, text, shown);
    cr_expect_leq(strlen(text), moments_width(&moments));
}

Test(tool_times, relative_times_are_rounded_down) {
    static const char *const times[][2] = {
        {"2026-08-03T10:00:00Z", "in 0 s"},         {"2026-08-03T10:00:59.9Z", "in 59 s"},
        {"2026-08-03T10:01:00Z", "in 1 min"},       {"2026-08-03T12:12:59+02:00", "in 12 min"},
        {"2026-08-03T10:59:59Z", "in 59 min"},      {"2026-08-03T13:12:00Z", "in 3 h 12 min"},
        {"2026-08-05T09:59:59Z", "in 47 h 59 min"}, {"2026-08-05T10:00:00Z", "in 2 days"},
        {"2026-08-03T09:59:59Z", "1 s ago"},        {"2026-08-03T09:30:01Z", "29 min ago"},
        {"2026-08-01T10:00:00Z", "2 days ago"},     {"0000-01-01T00:00:00Z", "740196 days ago"},
    };
    set_now("2026-08-03T10:00:00Z");
    for (size_t at = 0; at < sizeof times / sizeof times[0]; at++)
        expect_moment("relative", times[at][0], times[at][1]);
}

Test(tool_times, local_times_obey_tz) {
    set_now("2026-08-03T10:00:00Z");
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    expect_moment("local", "2026-08-03T10:03:33.7Z", "2026-08-03 12:03:33");
    expect_moment("local", "2026-01-03T23:30:00Z", "2026-01-04 00:30:00");
    expect_moment("utc", "2026-08-03T12:03:33+02:00", "2026-08-03 10:03:33");
    setenv("TZ", "<+0545>-5:45", 1);
    expect_moment("local", "2026-08-03T10:03:33Z", "2026-08-03 15:48:33");
    setenv("TZ", "<-0930>9:30", 1);
    expect_moment("local", "2026-08-03T10:03:33Z", "2026-08-03 00:33:33");
    setenv("TZ", "", 1);
    expect_moment("local", "2026-08-03T10:03:33Z", "2026-08-03 10:03:33");
}

/* A time whose offset is not the header's shows its own. It fits even a narrow table. */
Test(tool_times, a_time_of_another_offset_has_it) {
    static const char *const zones[][2] = {
        {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-01-03 10:33+01"},
        {"NST3:30NDT,M3.2.0,M11.1.0", "2026-01-03 06:03-0330"},
        {"CET-1", "2026-01-03 10:33"},
    };
    numres_timestamp summer;
    numres_timestamp winter;
    set_now("2026-08-03T10:00:00Z");
    cr_assert(numres_timestamp_parse("2026-08-03T10:00:00Z", 20, &summer));
    cr_assert(numres_timestamp_parse("2026-01-03T09:33:30Z", 20, &winter));
    for (size_t at = 0; at < sizeof zones / sizeof zones[0]; at++) {
        struct moments moments;
        char text[MOMENT_SIZE];
        setenv("TZ", zones[at][0], 1);
        moments_begin(&moments, "local", true);
        moments_zone(&moments, &summer);
        cr_expect(moments_write(&moments, &winter, false, text, sizeof text));
        cr_expect_str_eq(text, zones[at][1]);
        cr_expect_eq(moments_width(&moments), strlen(zones[at][1]));
    }
}

static void expect_zones(const char *zone, const char *named, const char *all) {
    struct moments moments;
    char text[ZONES_SIZE];
    setenv("TZ", zone, 1);
    moments_begin(&moments, "local", false);
    moments_zones(&moments, text);
    cr_expect_str_eq(moments_zone(&moments, NULL), named, "%s: %s", zone, moments.zone);
    cr_expect_str_eq(text, all, "%s: %s", zone, text);
}

/* A zone that the system does not know is UTC, and must be called that. */
Test(tool_times, zones_have_their_names) {
    set_now("2026-08-03T10:00:00Z");
    expect_zones("CET-1CEST,M3.5.0,M10.5.0/3", "CEST", "CET/CEST");
    expect_zones("NST3:30NDT,M3.2.0,M11.1.0", "NDT", "NST/NDT");
    expect_zones("WET0WEST,M3.5.0/1,M10.5.0", "WEST", "WET/WEST");
    expect_zones("GMT0", "GMT", "GMT");
    expect_zones("Bogus/Zone", "UTC", "UTC");
    expect_zones(":Bogus", "UTC", "UTC");
    expect_zones("1234", "UTC", "UTC");
    set_now("2026-01-03T10:00:00Z");
    expect_zones("CET-1CEST,M3.5.0,M10.5.0/3", "CET", "CET/CEST");
    expect_zones("WET0WEST,M3.5.0/1,M10.5.0", "WET", "WET/WEST");
}

/* The zone file (RFC 8536) has an offset half an hour smaller until 0x5A000000, in 2017. */
Test(tool_times, a_year_has_no_offset_of_earlier_years) {
    static const char zone[] = "TZif\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\10"
                               "\x5A\0\0\0\1"
                               "\0\0\x07\x08\0\0\0\0\x0E\x10\0\4OLD\0NEW";
    struct moments moments;
    int64_t offset = 0;
    char path[4096] = ":";
    FILE *file = fopen("zone", "wb");
    cr_assert_eq(fwrite(zone, sizeof zone, 1, file), 1);
    fclose(file);
    cr_assert_not_null(realpath("zone", path + 1));
    set_now("2026-01-03T10:00:00Z");
    expect_zones(path, "NEW", "NEW");
    moments_begin(&moments, "local", false);
    cr_expect(moments_offset(&moments, 0x5A000000, &offset));
    cr_expect_eq(offset, 3600);
    cr_expect_not(moments_offset(&moments, 0x59FFFFFF, &offset));
    cr_expect_eq(offset, 1800);
}

/* Leap seconds exist only in UTC, and some years cannot be shown in a zone. */
Test(tool_times, times_that_a_zone_cannot_have) {
    setenv("TZ", "CET-1", 1);
    expect_moment("utc", "2016-12-31T23:59:60Z", "2016-12-31 23:59:60");
    expect_moment("local", "2016-12-31T23:59:60Z", "2017-01-01 00:59:59");
    expect_moment("utc", "0000-01-01T00:00:00+01:00", "as it came");
    expect_moment("local", "9999-12-31T23:59:59Z", "as it came");
    expect_moment("raw", "2026-08-03T10:03:33Z", "as it came");
}

#define SUMMER_AND_WINTER                                                                          \
    "{\"data\":[{\"id\":\"one\",\"created_at\":\"2026-08-03T09:33:30.5Z\",\"phone_numbers\":["     \
    "{\"phone_number\":\"+1\",\"expired_at\":\"2026-08-03T10:12:59Z\"},"                           \
    "{\"phone_number\":\"+2\",\"expired_at\":\"2026-08-03T09:50:00Z\"},"                           \
    "{\"phone_number\":\"+3\",\"expired_at\":\"2026-08-04T10:00:00Z\"}]},"                         \
    "{\"id\":\"two\",\"created_at\":\"2026-01-03T09:33:30Z\"}]}"
#define SUMMARY "\n2 reservations, 3 numbers: 3 without a status\n"

static void expect_at_terminal(const char *style, const char *expected) {
    const char *arguments[] = {"show", "--no-pager", "page.json", style, NULL};
    static const char *const environment[] = {"NO_COLOR=1", NOW, "TZ=CET-1CEST,M3.5.0,M10.5.0/3",
                                              NULL};
    file_write_text("page.json", SUMMER_AND_WINTER);
    outcome outcome = terminal_run(
        &(invocation){.arguments = arguments, .environment = environment}, TERMINAL_OUTPUT, 80);
    cr_expect(strcmp(outcome.output, expected) == 0, "it showed:\n%s\nnot:\n%s", outcome.output,
              expected);
    outcome_free(&outcome);
}

/* The header's zone is that of the first time. Times on the other side of a clock change
   show their own offset. */
Test(tool_times, a_terminal_shows_local_times_and_how_soon_numbers_expire) {
    expect_at_terminal(
        NULL,
        "STATUS    REFERENCE / NUMBER  EXPIRES (CEST)       CREATED (CEST)       ID\n"
        "-         -                                        2026-08-03 11:33     one\n"
        "-           +1                in 12 min\n"
        "-           +2                2026-08-03 11:50\n"
        "-           +3                2026-08-04 12:00\n"
        "-         -                                        2026-01-03 10:33+01  two\n" SUMMARY);
}

Test(tool_times, each_style_at_a_terminal) {
    expect_at_terminal(
        "--time=local",
        "STATUS    REFERENCE / NUMBER  EXPIRES (CEST)       CREATED (CEST)       ID\n"
        "-         -                                        2026-08-03 11:33     one\n"
        "-           +1                2026-08-03 12:12\n"
        "-           +2                2026-08-03 11:50\n"
        "-           +3                2026-08-04 12:00\n"
        "-         -                                        2026-01-03 10:33+01  two\n" SUMMARY);
    expect_at_terminal("--time=utc",
                       HEADER_AT_80 "-         -                                     2026-08-03 "
                                    "09:33  one\n"
                                    "-           +1                2026-08-03 10:12\n"
                                    "-           +2                2026-08-03 09:50\n"
                                    "-           +3                2026-08-04 10:00\n"
                                    "-         -                                     2026-01-03 "
                                    "09:33  two\n" SUMMARY);
    expect_at_terminal(
        "--time=relative",
        "STATUS    REFERENCE / NUMBER  EXPIRES           CREATED           RESERVATION\n"
        "-         -                                     26 min ago        one\n"
        "-           +1                in 12 min\n"
        "-           +2                10 min ago\n"
        "-           +3                in 24 h 0 min\n"
        "-         -                                     212 days ago      two\n" SUMMARY);
    /* They leave no room for the time of creation. */
    expect_at_terminal("--time=raw",
                       "STATUS    REFERENCE / NUMBER  EXPIRES                      RESERVATION\n"
                       "-         -                                                one\n"
                       "-           +1                2026-08-03T10:12:59Z\n"
                       "-           +2                2026-08-03T09:50:00Z\n"
                       "-           +3                2026-08-04T10:00:00Z\n"
                       "-         -                                                two\n" SUMMARY);
}

Test(tool_times, a_pipe_has_utc_with_seconds) {
    static const char *const environment[] = {NOW, "TZ=CET-1CEST", NULL};
    static const char *const arguments[] = {"show", "page.json", NULL};
    file_write_text("page.json", SUMMER_AND_WINTER);
    outcome outcome =
        process_run(&(invocation){.arguments = arguments, .environment = environment});
    expect_part(outcome.output,
                HEADER "-         -                                        2026-08-03 09:33:30  "
                       "one\n"
                       "-           +1                2026-08-03 10:12:59\n");
    outcome_free(&outcome);
}

/* Yellow: within ten minutes. Dim: already expired. */
Test(tool_times, what_expires_soon_is_in_the_colour_of_warnings) {
    static const char *const arguments[] = {"show", "--color", "always", "page.json", NULL};
    static const char *const environment[] = {NOW, NULL};
    file_write_text("page.json",
                    "{\"data\":{\"phone_numbers\":["
                    "{\"phone_number\":\"+1\",\"expired_at\":\"2026-08-03T10:10:01Z\"},"
                    "{\"phone_number\":\"+2\",\"expired_at\":\"2026-08-03T10:10:00Z\"},"
                    "{\"phone_number\":\"+3\",\"expired_at\":\"2026-08-03T10:00:01Z\"},"
                    "{\"phone_number\":\"+4\",\"expired_at\":\"2026-08-03T10:00:00Z\"},"
                    "{\"phone_number\":\"+5\"}]}}");
    outcome outcome =
        process_run(&(invocation){.arguments = arguments, .environment = environment});
    expect_part(outcome.output, "-           +1                2026-08-03 10:10:01\n"
                                "-           +2                \033[33m2026-08-03 10:10:00\033[0m\n"
                                "-           +3                \033[33m2026-08-03 10:00:01\033[0m\n"
                                "-           +4                \033[2m2026-08-03 10:00:00\033[0m\n"
                                "-           +5                -\n");
    outcome_free(&outcome);
}
