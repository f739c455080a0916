/* The width of the table: characters, columns, terminals. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table_text.h"
#include "terminal.h"

TestSuite(tool_width, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define TEN "0123456789"

#define ENVIRONMENT(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const show_words[] = {"show", "page.json", NULL};
static const char *const no_pager_words[] = {"show", "--no-pager", "page.json", NULL};
static const char *const wide_words[] = {"show", "--no-pager", "--wide", "page.json", NULL};

static outcome run_at(const char *const *arguments, const char *const *environment,
                      unsigned short columns) {
    return terminal_run(&(invocation){.arguments = arguments, .environment = environment},
                        TERMINAL_OUTPUT, columns);
}

/* ---- characters ---- */

#define HEART "\xe2\x9d\xa4"
#define SELECTOR "\xef\xb8\x8f" /* asks for the emoji form */
#define JOINER "\xe2\x80\x8d"
#define MAN "\xf0\x9f\x91\xa8"
#define WOMAN "\xf0\x9f\x91\xa9"
#define GIRL "\xf0\x9f\x91\xa7"
#define FAMILY MAN JOINER WOMAN JOINER GIRL
#define THUMB "\xf0\x9f\x91\x8d"
#define BROWN "\xf0\x9f\x8f\xbd"
#define LETTER_D "\xf0\x9f\x87\xa9" /* regional indicators */
#define LETTER_E "\xf0\x9f\x87\xaa"
#define FLAG LETTER_D LETTER_E
#define KEYCAP "\xe2\x83\xa3"
#define ENGLAND                                                                                    \
    "\xf0\x9f\x8f\xb4\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xa5\xf3\xa0\x81\xae\xf3\xa0\x81" \
    "\xa7\xf3\xa0\x81\xbf"
#define RAINBOW_FLAG "\xf0\x9f\x8f\xb3" SELECTOR JOINER "\xf0\x9f\x8c\x88"
#define ACUTE "\xcc\x81"
#define SUN "\xe6\x97\xa5"

/* Checks how a terminal of 80 columns shows the reference in its 36 columns. */
static void expect_reference(const char *reference, const char *shown, size_t columns) {
    char text[8000];
    int length =
        snprintf(text, sizeof text, "{\"data\":{\"customer_reference\":\"%s\"}}", reference);
    cr_assert_lt((size_t)length, sizeof text);
    file_write_text("page.json", text);
    length =
        snprintf(text, sizeof text,
                 HEADER_AT_80 "-         %s%*s  -                 -\n\n1 reservation, 0 numbers\n",
                 shown, (int)(36 - columns), "");
    cr_assert_lt((size_t)length, sizeof text);
    outcome outcome = run_at(no_pager_words, ENVIRONMENT("NO_COLOR=1"), 80);
    cr_expect_str_eq(outcome.output, text);
    outcome_free(&outcome);
}

static void expect_columns(const char *text, size_t columns) {
    expect_reference(text, text, columns);
}

Test(tool_width, emoji_with_what_joins_them_are_counted_as_one) {
    expect_columns(HEART, 1);
    expect_columns(HEART SELECTOR, 2);
    expect_columns(HEART SELECTOR " " HEART SELECTOR, 5);
    expect_columns("a" SELECTOR, 1);
    expect_columns("\xf0\x9f\xab\xb7", 2); /* new in Unicode 15 */
    expect_columns("\xf0\x9f\xab\xa9", 2); /* new in Unicode 16 */
    expect_columns(FAMILY, 2);
    expect_columns(MAN JOINER, 2);
    expect_columns("a" JOINER "b", 2);
    expect_columns(THUMB BROWN, 2);
    expect_columns(THUMB BROWN JOINER WOMAN BROWN, 2);
    expect_columns("\xe2\x98\x9d" BROWN, 2); /* one column without the tone */
    expect_columns("a" BROWN, 3);
    expect_columns(BROWN, 2);
    expect_columns(HEART JOINER "\xf0\x9f\x94\xa5", 2);
}

Test(tool_width, flags_and_keycaps_are_counted_as_one) {
    expect_columns(FLAG, 2);
    expect_columns(FLAG FLAG, 4);
    expect_columns(FLAG LETTER_D, 3);
    expect_columns("1" SELECTOR KEYCAP, 2);
    expect_columns("#" SELECTOR KEYCAP "*" SELECTOR KEYCAP, 4);
    expect_columns("1" KEYCAP, 1);
    expect_columns(ENGLAND, 2);
    expect_columns(RAINBOW_FLAG, 2);
}

Test(tool_width, letters_with_their_marks_are_counted_as_one) {
    expect_columns("e" ACUTE, 1);
    expect_columns(SUN SUN, 4);
    expect_columns("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2); /* Hangul, letter by letter */
    expect_columns("\xed\x95\x98\xe1\x86\xab", 2);             /* the last letter separate */
    expect_columns("\xef\xbd\xb6\xef\xbe\x9e", 2);             /* half-width GA */
    expect_columns("\xe0\xb8\x81\xe0\xb9\x87", 1);             /* Thai */
    expect_columns("\xf0\xa0\x80\x80\xf0\xb3\xbf\xbd", 4); /* ideographs, one not assigned yet */
}

#define FOUR(text) text text text text
#define SIXTEEN(text) FOUR(FOUR(text))

/* 33 columns are left before the dots. */
Test(tool_width, nothing_is_cut_apart) {
    expect_reference(SIXTEEN(FAMILY) FAMILY FAMILY, SIXTEEN(FAMILY) FAMILY FAMILY, 36);
    expect_reference(SIXTEEN(FAMILY) FAMILY FAMILY "a", SIXTEEN(FAMILY) "...", 35);
    expect_reference("a" SIXTEEN(FAMILY) FAMILY FAMILY, "a" SIXTEEN(FAMILY) "...", 36);
    expect_reference(SIXTEEN(FLAG) FOUR(FLAG), SIXTEEN(FLAG) "...", 35);
    expect_reference(SIXTEEN(THUMB BROWN) FOUR(THUMB BROWN), SIXTEEN(THUMB BROWN) "...", 35);
    expect_reference(SIXTEEN(HEART SELECTOR) FOUR(HEART SELECTOR), SIXTEEN(HEART SELECTOR) "...",
                     35);
    expect_reference(SIXTEEN("1" SELECTOR KEYCAP) FOUR("1" SELECTOR KEYCAP),
                     SIXTEEN("1" SELECTOR KEYCAP) "...", 35);
    expect_reference(SIXTEEN(SUN) FOUR(SUN), SIXTEEN(SUN) "...", 35);
    expect_reference(SIXTEEN("e" ACUTE) SIXTEEN("e" ACUTE) FOUR("e" ACUTE ACUTE),
                     SIXTEEN("e" ACUTE) SIXTEEN("e" ACUTE) FOUR("e" ACUTE ACUTE), 36);
    expect_reference(SIXTEEN("e" ACUTE) SIXTEEN("e" ACUTE) FOUR("e" ACUTE ACUTE) "f",
                     SIXTEEN("e" ACUTE) SIXTEEN("e" ACUTE) "e" ACUTE ACUTE "...", 36);
    /* Endless accents on the character before or after the cut. */
    expect_reference(TEN TEN TEN "01e" SIXTEEN(SIXTEEN(ACUTE)) "4567",
                     TEN TEN TEN "01e" SIXTEEN(SIXTEEN(ACUTE)) "...", 36);
    expect_reference(TEN TEN TEN "012e" SIXTEEN(SIXTEEN(ACUTE)) "567", TEN TEN TEN "012...", 36);
    expect_reference(TEN TEN TEN "0\\u001b\\u001b", TEN TEN TEN "0...", 34);
    expect_reference(TEN TEN TEN "01\\u2028" ACUTE "\\u202867", TEN TEN TEN "01...", 35);
}

/* An escape stands alone, even next to characters that join others. */
Test(tool_width, what_is_escaped_joins_nothing) {
    expect_reference("a\\u0001" ACUTE "b", "a\\u0001" ACUTE "b", 8);
    expect_reference("\\r\\n", "\\u000d\\u000a", 12);
    expect_reference(MAN "\\u200e" JOINER WOMAN, MAN "\\u200e" JOINER WOMAN, 10);
}

/* In a message a value is cut at 64 columns. */
Test(tool_width, messages_are_cut_so_too) {
#define RED_HEART HEART SELECTOR
    file_write_text("page.json", "{\"data\":{\"status\":\"" SIXTEEN(RED_HEART) SIXTEEN(RED_HEART)
                                     RED_HEART "\"}}");
    outcome outcome = process_run(&(invocation){.arguments = show_words});
    expect_part(outcome.messages, ": \"" SIXTEEN(RED_HEART) FOUR(RED_HEART) FOUR(RED_HEART)
                                      FOUR(RED_HEART) RED_HEART RED_HEART "...\"\n");
    outcome_free(&outcome);
}

/* Editors and programs that read lines take these for line ends too. */
Test(tool_width, what_ends_lines_is_escaped) {
    expect_reference("a\\u2028b\\u2029c\\u0085d", "a\\u2028b\\u2029c\\u0085d", 22);
    expect_run("show --format ids", "{\"data\":{\"id\":\"a\\u2028b\\u2029c\\u0085d\"}}", 0,
               "a\\u2028b\\u2029c\\u0085d\n", "");
    expect_run("show --format ids",
               "{\"errors\":[{\"code\":\"\\u2028\",\"title\":\"\\u2029\",\"detail\":\"\\u0085\"}]}",
               4, "", "numres: <stdin>:1:63: errors[0]: API error \\u2028: \\u2029: \\u0085\n");
    outcome outcome = process_run(&(invocation){.arguments = (const char *const[]){"show",
                                                                                   "a\xe2\x80\xa8"
                                                                                   "b",
                                                                                   NULL}});
    expect_part(outcome.messages, "numres: a\\u2028b: cannot be opened");
    outcome_free(&outcome);
}

/* At most 200 characters and 800 bytes of a title are shown. */
Test(tool_width, titles_are_cut_so_too) {
    char page_text[20000];
    snprintf(page_text, sizeof page_text, "{\"errors\":[{\"title\":\"%s\"}]}",
             SIXTEEN(SIXTEEN(FAMILY)));
    file_write_text("page.json", page_text);
    outcome outcome = process_run(&(invocation){.arguments = show_words});
    expect_part(outcome.messages, ": API error: " FAMILY);
    expect_part(outcome.messages, JOINER WOMAN JOINER GIRL "...\n");
    cr_expect_leq(outcome.messages_length, (size_t)850);
    outcome_free(&outcome);
    snprintf(page_text, sizeof page_text, "{\"errors\":[{\"title\":\"e%s\"}]}",
             SIXTEEN(SIXTEEN(FOUR(ACUTE))));
    file_write_text("page.json", page_text);
    outcome = process_run(&(invocation){.arguments = show_words});
    expect_part(outcome.messages, ": API error: ...\n");
    outcome_free(&outcome);
}

/* ---- terminals ---- */

#define LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const char long_page[] =
    "{\"data\":[{\"id\":\"" LONG "\",\"status\":\"" LONG "\",\"created_at\":\"" LONG
    "\",\"customer_reference\":\"" LONG "\",\"errors\":\"" LONG
    "\",\"phone_numbers\":[{\"phone_number\":\"" LONG "\",\"status\":\"success\",\"errors\":\"" LONG
    "\"},{\"status\":\"" LONG "\",\"expired_at\":\"" LONG "\"}]}],"
    "\"meta\":{\"page_number\":1,\"total_pages\":3}}";

/* The widest line of an ASCII text. */
static size_t widest(const char *text) {
    size_t most = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        most = length > most ? length : most;
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    return most;
}

/* The lines after `from` up to the next empty line. */
static char *lines_after(const char *text, const char *from) {
    const char *start = strstr(text, from);
    cr_assert_not_null(start, "%s", text);
    start += strlen(from);
    const char *end = strstr(start, "\n\n");
    return strndup(start, end != NULL ? (size_t)(end - start) : strlen(start));
}

/* Only the table must fit: the terminal wraps the lines of the notes below it. */
Test(tool_width, the_table_fits_the_terminal) {
    static const unsigned short terminals[] = {40, 41, 55, 56,  60,  73, 74,
                                               79, 80, 81, 101, 102, 130};
    file_write_text("page.json", long_page);
    for (size_t at = 0; at < sizeof terminals / sizeof terminals[0]; at++) {
        outcome outcome = run_at(no_pager_words, ENVIRONMENT("NO_COLOR=1"), terminals[at]);
        char *table = lines_after(outcome.output, "STATUS");
        cr_expect_eq(widest(table), (size_t)terminals[at], "%hu columns:\n%s", terminals[at],
                     outcome.output);
        cr_expect_eq(outcome.exit_code, 1);
        free(table);
        outcome_free(&outcome);
    }
}

/* A terminal of `columns` must show the same as one of `same` columns. */
static void expect_same(const char *variable, unsigned short columns, unsigned short same) {
    const char *environment[] = {"NO_COLOR=1", variable, NULL};
    outcome shown = run_at(no_pager_words, environment, columns);
    outcome expected = run_at(no_pager_words, ENVIRONMENT("NO_COLOR=1"), same);
    cr_expect_str_eq(shown.output, expected.output, "%s at %hu", variable, columns);
    outcome_free(&shown);
    outcome_free(&expected);
}

/* 40 columns are the minimum, and the terminal wraps them; 0 means that it does not tell. */
Test(tool_width, a_terminal_that_is_too_narrow_or_does_not_tell) {
    file_write_text("page.json", long_page);
    expect_same("TERM=xterm", 39, 40);
    expect_same("TERM=xterm", 1, 40);
    expect_same("TERM=xterm", 0, 80);
}

Test(tool_width, columns_are_obeyed) {
    file_write_text("page.json", long_page);
    expect_same("COLUMNS=60", 80, 60);
    expect_same("COLUMNS=100", 80, 100);
    expect_same("COLUMNS=0100", 80, 100);
    expect_same("COLUMNS=7", 80, 40);
    expect_same("COLUMNS=90", 0, 90);
}

Test(tool_width, invalid_columns_are_ignored) {
    static const char *const values[] = {
        "COLUMNS=0",   "COLUMNS=",    "COLUMNS=x",
        "COLUMNS=-90", "COLUMNS=+90", "COLUMNS=90x",
        "COLUMNS= 90", "COLUMNS=9e1", "COLUMNS=18446744073709551706"};
    file_write_text("page.json", long_page);
    for (size_t at = 0; at < sizeof values / sizeof values[0]; at++)
        expect_same(values[at], 100, 100);
}

static const char page[] =
    "{\"data\":[{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"status\":\"pending\","
    "\"created_at\":\"2018-01-01T00:00:00Z\",\"customer_reference\":\"MY REF 001 " TEN TEN
    "\",\"errors\":\"Some numbers are gone\",\"phone_numbers\":[{\"status\":\"failure\","
    "\"phone_number\":\"+19705555098\",\"expired_at\":\"2018-01-01T00:30:00Z\","
    "\"errors\":\"Number is already on hold " TEN "\"},{\"phone_number\":\"+1\"}]},"
    "{\"status\":\"on hold for now\"}]}";

static void expect_lines(unsigned short columns, const char *lines) {
    file_write_text("page.json", page);
    outcome outcome = run_at(no_pager_words, ENVIRONMENT("NO_COLOR=1"), columns);
    cr_expect_str_eq(outcome.output, lines, "%hu columns:\n%s", columns, outcome.output);
    outcome_free(&outcome);
}

#define NOTES                                                                                      \
    "\n[1] Some numbers are gone\n[2] Number is already on hold " TEN "\n\n"                       \
    "2 reservations, 2 numbers: 1 failure,"

/* Without the time of creation. */
Test(tool_width, rows_of_a_terminal_of_medium_width) {
    expect_lines(56, "STATUS    REFERENCE / NUMBER  EXPIRES (UTC)     ID\n"
                     "pending   MY REF 001 " TEN TEN " [1]   12ade33a\n"
                     "failure     +19705555098 [2]  2018-01-01 00:30\n"
                     "-           +1                -\n"
                     "!on hold for now - [3]                          -\n" NOTES
                     " 1 without a status\n");
    expect_lines(73, "STATUS    REFERENCE / NUMBER  EXPIRES (UTC)     RESERVATION\n"
                     "pending   MY REF 001 " TEN TEN " [1]   12ade33a\n"
                     "failure     +19705555098 [2]  2018-01-01 00:30\n"
                     "-           +1                -\n"
                     "!on hold for now - [3]                          -\n" NOTES
                     " 1 without a status\n");
}

/* The ids share a column with the times when numbers expire. */
Test(tool_width, rows_of_the_narrowest_terminal) {
    expect_lines(40, "STATUS   REFERENCE        RESERVATION\n"
                     "          NUMBER          EXPIRES (UTC)\n"
                     "pending  MY REF 00... [1] 12ade33a\n"
                     "failure   +19705555098 [2] 01-01 00:30\n"
                     "-         +1              -\n"
                     "!on hold for now - [3]    -\n" NOTES "\n1 without a status\n");
    expect_lines(55, "STATUS   REFERENCE        RESERVATION\n"
                     "          NUMBER          EXPIRES (UTC)\n"
                     "pending  MY REF 00... [1] 12ade33a\n"
                     "failure   +19705555098 [2] 2018-01-01 00:30\n"
                     "-         +1              -\n"
                     "!on hold for now - [3]    -\n" NOTES "\n1 without a status\n");
}

/* ---- without a cut ---- */

/* The rows of the reservation and its numbers, and the summary. */
#define WHOLE_ROWS                                                                                 \
    "!" LONG "  " LONG " [1]  !" LONG "  " LONG "\n          errors: " LONG "\n"                   \
    "success     " LONG "  -  " LONG "\n!" LONG "  - [2]  !" LONG "\n"                             \
    "\n1 reservation, 2 numbers: 1 success, 1 other;"

Test(tool_width, nothing_is_cut_in_a_pipe) {
    file_write_text("page.json", long_page);
    static const char *const columns[] = {"COLUMNS=40", NULL};
    outcome plain = process_run(&(invocation){.arguments = show_words});
    cr_expect_str_eq(plain.output, HEADER WHOLE_ROWS " page 1 of 3\n");
    outcome_free(&plain);
    outcome narrow = process_run(&(invocation){.arguments = show_words, .environment = columns});
    cr_expect_str_eq(narrow.output, HEADER WHOLE_ROWS " page 1 of 3\n");
    outcome_free(&narrow);
}

Test(tool_width, nothing_is_cut_where_that_is_asked_for) {
    file_write_text("page.json", long_page);
    outcome outcome = run_at(wide_words, ENVIRONMENT("NO_COLOR=1"), 80);
    cr_expect_str_eq(outcome.output, HEADER_AT_80 WHOLE_ROWS " page 1 of 3\n");
    outcome_free(&outcome);
    /* The summary is wrapped between words as usual. */
    outcome = run_at(wide_words, ENVIRONMENT("NO_COLOR=1"), 50);
    cr_expect_str_eq(outcome.output, HEADER_AT_80 WHOLE_ROWS "\npage 1 of 3\n");
    outcome_free(&outcome);
}
