/* numres show: a reservation's numbers are held back until it closes. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "rows.h"

TestSuite(tool_collect, .init = directory_enter, .fini = directory_leave);

/* A page of reservations r0, r1 and so on with `numbers` numbers each, which are numbered
   across the page. */
static char *page_of(size_t reservations, size_t numbers) {
    size_t size = 64 + reservations * (64 + numbers * 80);
    char *page = malloc(size);
    cr_assert_not_null(page);
    size_t length = (size_t)snprintf(page, size, "{\"data\":[");
    for (size_t at = 0; at < reservations; at++) {
        length += (size_t)snprintf(page + length, size - length, "%s{\"phone_numbers\":[",
                                   at == 0 ? "" : ",");
        for (size_t number = 0; number < numbers; number++)
            length += (size_t)snprintf(page + length, size - length,
                                       "%s{\"phone_number\":\"+%zu\",\"errors\":\"e\\u0065\"}",
                                       number == 0 ? "" : ",", number);
        length += (size_t)snprintf(page + length, size - length, "],\"id\":\"r%zu\"}", at);
    }
    length += (size_t)snprintf(page + length, size - length, "]}");
    cr_assert_lt(length, size);
    return page;
}

/* That page as CSV. */
static text_buffer rows_of(size_t reservations, size_t numbers) {
    text_buffer text = {NULL, 0, 0};
    rows_add_header(&text, ',');
    for (size_t at = 0; at < reservations; at++)
        for (size_t number = 0; number < numbers; number++) {
            char id[32];
            char phone_number[32];
            snprintf(id, sizeof id, "r%zu", at);
            snprintf(phone_number, sizeof phone_number, "+%zu", number);
            rows_add(&text, ',',
                     &(row){{[ROW_RESERVATION_ID] = id,
                             [ROW_PHONE_NUMBER_PHONE_NUMBER] = phone_number,
                             [ROW_PHONE_NUMBER_ERRORS] = "ee"}});
        }
    return text;
}

static void expect_numbers(size_t reservations, size_t numbers, size_t piece) {
    static const char *const arguments[] = {"show", "--format", "csv", NULL};
    char *page = page_of(reservations, numbers);
    text_buffer rows = rows_of(reservations, numbers);
    outcome outcome = process_run(&(invocation){
        .arguments = arguments, .input = page, .input_length = strlen(page), .piece = piece});
    cr_expect(strcmp(outcome.output, rows.bytes) == 0, "%zu reservations with %zu numbers",
              reservations, numbers);
    cr_expect_str_eq(outcome.messages, "");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    text_buffer_free(&rows);
    free(page);
}

Test(tool_collect, few_and_many_numbers) {
    static const size_t counts[] = {1,  2,  3,  7,  8,  9,  10,  11,  12,
                                    13, 14, 15, 16, 17, 31, 100, 1000};
    for (size_t at = 0; at < sizeof counts / sizeof counts[0]; at++)
        expect_numbers(3, counts[at], 0);
    expect_numbers(2, 9000, 0);
    expect_numbers(2, 50, 1);
    expect_numbers(200, 20, 0);
}

/* Checks how the message about an exceeded limit shows the limit. */
static void expect_limit(const char *limit, const char *bytes) {
    char part[100];
    char *page = page_of(1, 20000);
    const char *arguments[] = {"show", "--max-reservation-bytes", limit, NULL};
    outcome outcome = process_run(
        &(invocation){.arguments = arguments, .input = page, .input_length = strlen(page)});
    snprintf(part, sizeof part, "take more than %s bytes", bytes);
    expect_part(outcome.messages, part);
    outcome_free(&outcome);
    free(page);
}

Test(tool_collect, units_are_powers_of_1024) {
    static const char *const kibibytes[] = {"3K", "3k", "3KiB", "3kib", "3KIB", "3072"};
    static const char *const mebibytes[] = {"1M", "1m", "1MiB", "1mib", "1048576"};
    for (size_t at = 0; at < sizeof kibibytes / sizeof kibibytes[0]; at++)
        expect_limit(kibibytes[at], "3072");
    for (size_t at = 0; at < sizeof mebibytes / sizeof mebibytes[0]; at++)
        expect_limit(mebibytes[at], "1048576");
}

static outcome run_with_limit(const char *limit, const char *page, const char *format) {
    const char *arguments[] = {"show", "--max-reservation-bytes", limit, "--format", format, NULL};
    return process_run(
        &(invocation){.arguments = arguments, .input = page, .input_length = strlen(page)});
}

Test(tool_collect, a_reservation_over_the_limit_is_an_error) {
    outcome outcome =
        run_with_limit("100",
                       "{\"data\":[{\"id\":\"one\"},{\"id\":\"two\",\"phone_numbers\":[{}]},"
                       "{\"id\":\"three\"}]}",
                       "json");
    cr_expect_str_eq(outcome.output, "{\"data\":[{\"id\":\"one\"}]}\n");
    cr_expect_str_eq(outcome.messages,
                     "numres: <stdin>:1:53: data[1].phone_numbers[0]: the numbers of this "
                     "reservation take more than 100 bytes; raise --max-reservation-bytes\n"
                     "numres: <stdin>: a reservation was cut short and is not printed; 1 of its "
                     "numbers had been read\n");
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
    outcome = run_with_limit("1", "{\"data\":[{\"phone_numbers\":[{}]}]}", "json");
    expect_part(outcome.messages, "take more than 1 byte; raise --max-reservation-bytes\n");
    outcome_free(&outcome);
}

/* The place is that of the number that does not fit, not of the next one, which does not exist. */
Test(tool_collect, the_number_that_is_too_much_is_named) {
    char part[100];
    char *page = page_of(1, 100);
    outcome outcome = run_with_limit("4096", page, "csv");
    size_t kept = 0;
    const char *remark = strstr(outcome.messages, "not printed; ");
    cr_assert_not_null(remark);
    cr_assert_eq(sscanf(remark, "not printed; %zu of its numbers", &kept), 1);
    cr_assert_lt(kept, (size_t)100);
    snprintf(part, sizeof part, "data[0].phone_numbers[%zu]: the numbers of this reservation",
             kept - 1);
    expect_part(outcome.messages, part);
    outcome_free(&outcome);
    free(page);
}

Test(tool_collect, what_was_held_over_the_limit_is_forgotten) {
    file_write_text("large.json", "{\"data\":{\"phone_numbers\":[{\"id\":\"1\"},{\"id\":\"2\"},"
                                  "{\"id\":\"3\"},{\"id\":\"4\"},{\"id\":\"5\"},{\"id\":\"6\"}]}}");
    file_write_text("small.json", "{\"data\":{\"id\":\"one\",\"phone_numbers\":[{\"id\":\"n\"}]}}");
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"show", "--max-reservation-bytes=2K", "large.json",
                                           "--format=ndjson", "small.json", NULL}});
    cr_expect_str_eq(outcome.output, "{\"id\":\"one\",\"phone_numbers\":[{\"id\":\"n\"}]}\n");
    expect_part(outcome.messages, "numres: large.json:1:");
    expect_part(outcome.messages, "take more than 2048 bytes");
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
}

/* The smallest limit that holds the page's reservation. */
static size_t needed_for(const char *page) {
    size_t low = 0;
    size_t high = 65536;
    while (high - low > 1) {
        char limit[30];
        size_t middle = low + (high - low) / 2;
        snprintf(limit, sizeof limit, "%zu", middle);
        outcome outcome = run_with_limit(limit, page, "csv");
        if (outcome.exit_code == 0)
            high = middle;
        else
            low = middle;
        outcome_free(&outcome);
    }
    return high;
}

/* It counts exactly what is held: numbers of equal size take equal room. */
Test(tool_collect, the_limit_is_exact) {
    char *one = page_of(1, 1);
    char *four = page_of(1, 4);
    size_t for_one = needed_for(one);
    size_t for_four = needed_for(four);
    cr_expect_eq(for_four, 4 * for_one, "%zu bytes for four, %zu for one", for_four, for_one);
    free(one);
    free(four);
}

Test(tool_collect, the_ids_hold_no_numbers) {
    outcome outcome =
        run_with_limit("1", "{\"data\":{\"phone_numbers\":[{},{}],\"id\":\"one\"}}", "ids");
    cr_expect_str_eq(outcome.output, "one\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_collect, the_default_limit_is_eight_mebibytes) {
    char *page = page_of(1, 60000);
    outcome usual = process_run(&(invocation){.arguments = (const char *const[]){"show", NULL},
                                              .input = page,
                                              .input_length = strlen(page)});
    cr_expect_eq(usual.exit_code, 3);
    expect_part(usual.messages, "take more than 8388608 bytes");
    outcome_free(&usual);
    outcome more = run_with_limit("64M", page, "ndjson");
    cr_expect_eq(more.exit_code, 0);
    cr_expect_str_eq(more.messages, "");
    outcome_free(&more);
    free(page);
}
