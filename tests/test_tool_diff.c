/* numres diff: what has changed between two inputs. */
#include <criterion/criterion.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

TestSuite(tool_diff, .init = directory_enter, .fini = directory_leave);

/* Writes both files and compares them. */
static void expect_diff(const char *options, const char *old, const char *new, int exit_code,
                        const char *output, const char *messages) {
    char line[160];
    file_write_text("old", old);
    file_write_text("new", new);
    snprintf(line, sizeof line, "diff %s old new", options);
    expect_run(line, "", exit_code, output, messages);
}

#define OLD                                                                                        \
    "{\"data\":[{\"id\":\"a\",\"status\":\"pending\",\"customer_reference\":null,\"created_at\":"  \
    "\"2026-01-01T00:00:00Z\",\"phone_numbers\":[{\"phone_number\":\"+1\",\"status\":\"pending\"}" \
    ","                                                                                            \
    "{\"phone_number\":\"+2\"}]},{\"id\":\"b\",\"phone_numbers\":[{\"phone_number\":\"+3\"}]},"    \
    "{\"id\":\"c\"}]}"
#define NEW                                                                                        \
    "{\"data\":[{\"id\":\"c\"},{\"id\":\"d\",\"phone_numbers\":[{\"phone_number\":\"+3\"}]},"      \
    "{\"id\":\"a\",\"status\":\"success\",\"created_at\":\"2026-01-01T01:00:00.000+01:00\","       \
    "\"phone_numbers\":[{\"phone_number\":\"+4\"},{\"phone_number\":\"+1\",\"status\":"            \
    "\"success\"}"                                                                                 \
    "]}]}"

Test(tool_diff, shows_what_was_added_is_gone_or_has_changed) {
    expect_diff("", OLD, NEW, 1,
                "added    d\n"
                "         +3 added\n"
                "changed  a\n"
                "         status: pending -> success\n"
                "         +4 added\n"
                "         +1 status: pending -> success\n"
                "         +2 gone\n"
                "gone     b\n"
                "         +3 gone\n"
                "\n1 added, 1 gone, 1 changed\n",
                "");
}

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

static const char in_colour[] =
    GREEN "added" PLAIN "    d\n"
          "         +3 " GREEN "added" PLAIN "\n" YELLOW "changed" PLAIN "  a\n"
          "         status: pending -> success\n"
          "         +4 " GREEN "added" PLAIN "\n"
          "         +1 status: pending -> success\n"
          "         +2 " RED "gone" PLAIN "\n" RED "gone" PLAIN "     b\n"
          "         +3 " RED "gone" PLAIN "\n"
          "\n1 added, 1 gone, 1 changed\n";

Test(tool_diff, is_in_colour_where_that_is_asked_for) {
    expect_diff("--color always", OLD, NEW, 1, in_colour, "");
}

Test(tool_diff, is_in_colour_on_a_terminal_but_not_as_json) {
    static const char *const table[] = {"diff", "old", "new", NULL};
    static const char *const lines[] = {"diff", "--format", "ndjson", "old", "new", NULL};
    static const char *const never[] = {"diff", "--color", "never", "old", "new", NULL};
    file_write_text("old", OLD);
    file_write_text("new", NEW);
    outcome shown = terminal_run(&(invocation){.arguments = table}, TERMINAL_OUTPUT, 80);
    cr_expect_str_eq(shown.output, in_colour);
    outcome_free(&shown);
    shown = terminal_run(&(invocation){.arguments = lines}, TERMINAL_OUTPUT, 80);
    cr_expect(strchr(shown.output, '\033') == NULL);
    outcome_free(&shown);
    shown = terminal_run(&(invocation){.arguments = never}, TERMINAL_OUTPUT, 80);
    cr_expect(strchr(shown.output, '\033') == NULL);
    outcome_free(&shown);
}

#define LINE(change, id, number, member, from, to)                                                 \
    "{\"change\":\"" change "\",\"reservation_id\":" id ",\"phone_number\":" number                \
    ",\"member\":" member ",\"from\":" from ",\"to\":" to "}\n"

Test(tool_diff, shows_it_as_json_lines) {
    static const char lines[] = LINE("added", "\"d\"", "null", "null", "null", "null")
        LINE("added", "\"d\"", "\"+3\"", "null", "null", "null")
            LINE("changed", "\"a\"", "null", "\"status\"", "\"pending\"", "\"success\"")
                LINE("added", "\"a\"", "\"+4\"", "null", "null", "null")
                    LINE("changed", "\"a\"", "\"+1\"", "\"status\"", "\"pending\"", "\"success\"")
                        LINE("gone", "\"a\"", "\"+2\"", "null", "null", "null")
                            LINE("gone", "\"b\"", "null", "null", "null", "null")
                                LINE("gone", "\"b\"", "\"+3\"", "null", "null", "null");
    expect_diff("--format ndjson", OLD, NEW, 1, lines, "");
    expect_diff("--format jsonl", OLD, NEW, 1, lines, "");
}

Test(tool_diff, without_a_difference_is_silent) {
    expect_diff("", OLD, OLD, 0, "", "");
    expect_diff("", "{\"data\":[]}", "{\"data\":[]}", 0, "", "");
    /* Order, absent members and the form of a time make no difference. */
    expect_diff("",
                "{\"data\":[{\"id\":\"a\",\"errors\":null,\"phone_numbers\":[{\"phone_number\":"
                "\"+1\"},{\"phone_number\":\"+2\",\"expired_at\":\"2026-01-01T00:00:00Z\"}]}]}",
                "{\"data\":[{\"phone_numbers\":[{\"phone_number\":\"+2\",\"expired_at\":"
                "\"2026-01-01T00:00:00.0Z\"},{\"phone_number\":\"+1\",\"errors\":\"\"}],\"id\":"
                "\"a\"}]}",
                0, "", "");
}

/* The first member of the input shows what it is; this includes standard input. */
Test(tool_diff, compares_responses_and_lines_of_reservations) {
    static const char line[] = "{\"id\":\"c\",\"status\":\"pending\"}\n";
    file_write_text("page", "{\"data\":{\"id\":\"c\",\"status\":\"pending\"}}");
    expect_run("diff page -", line, 0, "", "");
    expect_run("diff - page", line, 0, "", "");
    expect_diff("", "\n { \"status\" : \"pending\", \"id\":\"c\"}\n{\"id\":\"d\"}",
                "{\"meta\":{},\"data\":[{\"id\":\"c\",\"status\":\"pending\"}]}{\"data\":[{\"id\":"
                "\"d\"}]}",
                0, "", "");
    expect_diff("", line, "", 3, "", NULL);
}

/* `page` holds the same as the input. */
static void expect_same_in_pieces(const char *input) {
    static const char *const arguments[] = {"diff", "-", "page", NULL};
    for (size_t piece = 1; piece <= strlen(input); piece++) {
        outcome outcome = process_run(&(invocation){.arguments = arguments,
                                                    .input = input,
                                                    .input_length = strlen(input),
                                                    .piece = piece,
                                                    .keeps_pieces = 1});
        cr_expect_eq(outcome.exit_code, 0, "in pieces of %zu bytes: %s", piece, input);
        cr_expect_str_eq(outcome.output, "");
        cr_expect_str_eq(outcome.messages, "");
        outcome_free(&outcome);
    }
}

Test(tool_diff, the_pieces_of_a_pipe_do_not_hide_what_the_input_is) {
    file_write_text("page", "{\"data\":{\"id\":\"c\"}}");
    expect_same_in_pieces("{\"id\":\"c\"}\n");
    expect_same_in_pieces(" {\n \"customer_reference\" : null, \"id\" : \"c\"}");
    expect_same_in_pieces("{\"data\":[{\"id\":\"c\"}]}");
    /* Blanks do not count. */
    expect_same_in_pieces("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                          "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                          "{\"id\":\"c\"}");
}

#define REPEATED                                                                                   \
    "{\"data\":[{\"id\":\"a\",\"status\":\"pending\"},"                                            \
    "{\"id\":\"a\",\"status\":\"success\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]}]}"

Test(tool_diff, reservations_that_come_again_count_once) {
    /* The same reservation on two pages is one. */
    expect_diff("", "{\"data\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "{\"data\":[{\"id\":\"a\"}]}", 0,
                "", "");
    /* If a reservation comes again with other values, the first one counts, in both files. */
    expect_diff("", REPEATED, REPEATED, 0, "", "");
    expect_diff("", "{\"data\":[{\"id\":\"a\",\"status\":\"pending\"}]}", REPEATED, 0, "", "");
}

Test(tool_diff, reservations_without_an_id_all_count) {
    /* Of several with the same id only the first is added, but all without an id are. */
    expect_diff("", "{\"data\":[]}",
                "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]},{},"
                "{\"id\":\"b\"},{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+2\"}]},{}]}",
                1,
                "added    a\n"
                "         +1 added\n"
                "added    (without an id)\n"
                "added    b\n"
                "added    (without an id)\n"
                "\n4 added, 0 gone, 0 changed\n",
                "");
    /* Those without an id are compared in their order. */
    expect_diff("", "{\"data\":[{\"status\":\"pending\"},{\"id\":\"a\"},{}]}",
                "{\"data\":[{\"status\":\"success\"},{\"id\":\"a\"}]}", 1,
                "changed  (without an id)\n"
                "         status: pending -> success\n"
                "gone     (without an id)\n"
                "\n0 added, 1 gone, 1 changed\n",
                "");
}

/* A number twice in one reservation, one also in another reservation, one known only by its
   id. */
Test(tool_diff, numbers_that_come_again) {
    expect_diff("",
                "{\"data\":[{\"id\":\"z\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]},"
                "{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+1\"},{\"phone_number\":"
                "\"+1\"},{\"id\":\"n\",\"status\":\"pending\"}]}]}",
                "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+1\"},"
                "{\"phone_number\":\"+1\"},{\"phone_number\":\"+1\"},{\"id\":\"n\",\"status\":"
                "\"success\"}]},{\"id\":\"z\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]}]}",
                1,
                "changed  a\n"
                "         +1 added\n"
                "         (without a number) status: pending -> success\n"
                "\n0 added, 0 gone, 1 changed\n",
                "");
}

/* Writes a reservation with numbers from `first` on, in steps of `step`. */
static void write_reservation(FILE *file, const char *id, size_t count, size_t first, size_t step) {
    fprintf(file, "{\"id\":\"%s\",\"phone_numbers\":[", id);
    for (size_t at = 0; at < count; at++)
        fprintf(file, "{\"phone_number\":\"+%zu\"},", first + at * step);
    fprintf(file, "{}]}");
}

/* Writes a page of two reservations. The first has the numbers from 0 on. */
static void write_page(const char *name, size_t count, size_t first, size_t step) {
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file);
    fprintf(file, "{\"data\":[");
    write_reservation(file, "a", count, 0, 1);
    fprintf(file, ",");
    write_reservation(file, "b", count, first, step);
    fprintf(file, "]}");
    fclose(file);
}

/* In quadratic time, each of these would take minutes. */
Test(tool_diff, many_numbers_in_another_order_take_no_longer, .timeout = 60) {
    enum { COUNT = 200000 };
    static const char line[] = "diff --max-reservation-bytes 1G old new";
    write_page("old", COUNT, 0, 1);
    write_page("new", COUNT, COUNT - 1, SIZE_MAX);
    expect_run(line, "", 0, "", "");
    write_page("old", COUNT, 7, 0);
    write_page("new", COUNT, 7, 0);
    expect_run(line, "", 0, "", "");
}

Test(tool_diff, problems_do_not_count_as_differences) {
    expect_diff("", "{\"data\":{\"id\":\"a\",\"status\":\"odd\"}}",
                "{\"data\":{\"id\":\"a\",\"status\":\"odd\"}}", 0, "", NULL);
    expect_diff("", "{\"data\":{\"id\":\"a\",\"status\":\"odd\"}}",
                "{\"data\":{\"id\":\"a\",\"status\":\"\\u001b[31m\"}}", 1,
                "changed  a\n         status: odd -> \\u001b[31m\n\n0 added, 0 gone, 1 changed\n",
                NULL);
}

Test(tool_diff, what_cannot_be_read_is_no_difference) {
    expect_diff("", "{\"data\":[{\"id\":\"a\"}", "{\"data\":[]}", 3, "", NULL);
    /* What is gone cannot be known, because the new file was not read to its end. */
    expect_diff("", "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "{\"data\":[{\"id\":\"c\"},!", 3,
                "added    c\n", NULL);
    expect_diff("", "{\"errors\":[{\"code\":\"10005\",\"title\":\"Not found\"}]}", "{\"data\":[]}",
                4, "", NULL);
    expect_run("diff none new", "", 3, "",
               "numres: none: cannot be opened: No such file or directory\n");
}

static void write_other_ids(const char *name) {
    static char lines[40000];
    size_t length = 0;
    for (int number = 0; number < 2000; number++)
        length +=
            (size_t)snprintf(lines + length, sizeof lines - length, "{\"id\":\"%d\"}\n", number);
    file_write(name, lines, length);
}

/* The size that the refusal names is accepted, and the next smaller one is refused. */
static void expect_smallest_memory(void) {
    static const char empty[] = "{\"data\":[]}";
    static const char refusal[] = "numres diff: the value '1' for '--max-memory' is too small: it "
                                  "must be at least ";
    char argument[40];
    size_t least = 0;
    file_write_text("old", empty);
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"diff", "--max-memory", "1", "old", "old", NULL}});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, refusal);
    least = strtoul(outcome.messages + strlen(refusal), NULL, 10);
    outcome_free(&outcome);
    snprintf(argument, sizeof argument, "--max-memory %zuK", least);
    expect_diff(argument, empty, empty, 0, "", "");
    snprintf(argument, sizeof argument, "--max-memory %zuK", least - 1);
    expect_diff(argument, empty, empty, 2, "", NULL);
}

Test(tool_diff, what_is_kept_has_a_limit) {
    file_write_large_page("large");
    file_write_text("new", "{\"data\":[]}");
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"diff", "--max-memory=64K", "large", "new", NULL}});
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_empty(outcome.output);
    expect_part(outcome.messages,
                "the records of OLD take more than 65536 bytes; raise --max-memory");
    outcome_free(&outcome);
    write_other_ids("large");
    outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"diff", "--max-memory=64K", "new", "large", NULL}});
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages,
                "the reservations that NEW adds take more than 65536 bytes; raise --max-memory");
    outcome_free(&outcome);
    expect_smallest_memory();
    expect_diff("--max-reservation-bytes 1", OLD, OLD, 3, "", NULL);
}

Test(tool_diff, wants_two_inputs) {
    expect_run("diff one", "", 2, "",
               "numres diff: name two files, OLD and NEW; see 'numres diff --help'\n");
    expect_run("diff one two three", "", 2, "", NULL);
    expect_run(
        "diff - -", "", 2, "",
        "numres diff: OLD and NEW cannot both be standard input; see 'numres diff --help'\n");
    expect_run("diff --format csv one two", "", 2, "",
               "numres diff: unknown format 'csv'; known ones are: table, ndjson, jsonl; see "
               "'numres diff --help'\n");
}
