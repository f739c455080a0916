/* numres show: ndjson, json, csv and tsv, byte for byte, and read back. */
#include <criterion/criterion.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "rows.h"

TestSuite(tool_formats, .init = directory_enter, .fini = directory_leave);

/* Members out of order, and an unknown one. */
static const char page[] =
    "{\"data\":[{\"status\":\"pending\",\"user\":[1],\"phone_numbers\":[{\"status\":\"success\","
    "\"expired_at\":\"2018-01-01T00:00:00.12Z\",\"phone_number\":\"+19705555098\",\"id\":\"n1\"},"
    "{\"errors\":\"\",\"id\":null}],\"id\":\"r1\",\"customer_reference\":null},{\"id\":\"r2\"}]}";

#define FIRST                                                                                      \
    "{\"id\":\"r1\",\"phone_numbers\":[{\"id\":\"n1\",\"phone_number\":\"+19705555098\","          \
    "\"status\":\"success\",\"expired_at\":\"2018-01-01T00:00:00.12Z\"},{\"id\":null,"             \
    "\"errors\":\"\"}],\"status\":\"pending\",\"customer_reference\":null}"
#define SECOND "{\"id\":\"r2\"}"

Test(tool_formats, each) {
    expect_run("show --format ndjson", page, 0, FIRST "\n" SECOND "\n", "");
    expect_run("show --format json", page, 0, "{\"data\":[" FIRST "," SECOND "]}\n", "");
    static const row rows[] = {
        {{[ROW_RESERVATION_ID] = "r1",
          [ROW_RESERVATION_STATUS] = "pending",
          [ROW_PHONE_NUMBER_ID] = "n1",
          [ROW_PHONE_NUMBER_PHONE_NUMBER] = "+19705555098",
          [ROW_PHONE_NUMBER_STATUS] = "success",
          [ROW_PHONE_NUMBER_EXPIRED_AT] = "2018-01-01T00:00:00.12Z"}},
        {{[ROW_RESERVATION_ID] = "r1", [ROW_RESERVATION_STATUS] = "pending"}},
        {{[ROW_RESERVATION_ID] = "r2"}}};
    expect_run("show --format csv", page, 0, rows_text(',', rows, 3), "");
    expect_run("show --format tsv", page, 0, rows_text('\t', rows, 3), "");
}

Test(tool_formats, one_document_over_all_files) {
    file_write_text("one.json", "{\"data\":{\"id\":\"one\"}}");
    file_write_text("two.json", "{\"data\":[]}{\"data\":[{\"id\":\"two\"},{\"id\":\"three\"}]}");
    expect_run("show --format json one.json two.json", "", 0,
               "{\"data\":[{\"id\":\"one\"},{\"id\":\"two\"},{\"id\":\"three\"}]}\n", "");
    expect_run("show --format ndjson one.json two.json", "", 0,
               "{\"id\":\"one\"}\n{\"id\":\"two\"}\n{\"id\":\"three\"}\n", "");
    expect_run("show --format csv one.json two.json", "", 0,
               ROWS(',', {{[ROW_RESERVATION_ID] = "one"}}, {{[ROW_RESERVATION_ID] = "two"}},
                    {{[ROW_RESERVATION_ID] = "three"}}),
               "");
}

Test(tool_formats, of_nothing) {
    static const char empty[] = "{\"data\":[]}";
    expect_run("show --format ndjson", empty, 0, "", "");
    expect_run("show --format json", empty, 0, "{\"data\":[]}\n", "");
    expect_run("show --format csv", empty, 0, NO_ROWS(','), "");
    expect_run("show --format tsv", empty, 0, NO_ROWS('\t'), "");
    expect_run("show --format json none.json", "", 3, "{\"data\":[]}\n",
               "numres: none.json: cannot be opened: No such file or directory\n");
}

Test(tool_formats, whole_after_an_error) {
    static const char broken[] =
        "{\"data\":[{\"id\":\"one\"},{\"id\":\"two\",\"phone_numbers\":[{},{}";
    static const char message[] =
        "numres: <stdin>:1:57: data[1].phone_numbers[2]: the input ends inside the JSON document; "
        "part is missing (fetch the response again)\n"
        "numres: <stdin>: a reservation was cut short and is not printed; 2 of its numbers had "
        "been read\n";
    expect_run("show --format json", broken, 3, "{\"data\":[{\"id\":\"one\"}]}\n", message);
    expect_run("show --format ndjson", broken, 3, "{\"id\":\"one\"}\n", message);
    expect_run("show --format csv", broken, 3, ROWS(',', {{[ROW_RESERVATION_ID] = "one"}}),
               message);
    expect_run("show --format tsv", broken, 3, ROWS('\t', {{[ROW_RESERVATION_ID] = "one"}}),
               message);
}

Test(tool_formats, numbers_that_were_cut_off_go_to_no_other_reservation) {
    file_write_text("cut.json", "{\"data\":[{\"phone_numbers\":[{\"id\":\"cut\"}");
    file_write_text("whole.json", "{\"data\":{\"id\":\"one\"}}");
    expect_run("show --format ndjson cut.json whole.json", "", 3, "{\"id\":\"one\"}\n",
               "numres: cut.json:1:40: data[0].phone_numbers[1]: the input ends inside the JSON "
               "document; part is missing (fetch the response again)\n"
               "numres: cut.json: a reservation was cut short and is not printed; 1 of its numbers "
               "had been read\n");
}

Test(tool_formats, rejected_values_are_texts) {
    static const char odd[] = "{\"data\":{\"id\":7,\"status\":\"voided\",\"created_at\":true,"
                              "\"customer_reference\":{\"a\":1},\"phone_numbers\":\"none\"}}";
    expect_run(
        "show --format ndjson", odd, 1,
        "{\"id\":\"7\",\"phone_numbers\":\"none\",\"status\":\"voided\",\"customer_reference\":"
        "null,\"created_at\":\"true\"}\n",
        NULL);
    expect_run("show --format csv", odd, 1,
               ROWS(',', {{[ROW_RESERVATION_ID] = "7",
                           [ROW_RESERVATION_STATUS] = "voided",
                           [ROW_RESERVATION_CREATED_AT] = "true"}}),
               NULL);
}

/* Escape sequences, bidi controls, NUL, line breaks, a formula. */
#define HOSTILE                                                                                    \
    "{\"data\":{\"id\":\"\\u001b[31m\\u0000\\u007f\\u0085\\u202e\",\"customer_reference\":"        \
    "\"a\\tb\\nc\\rd\\\"e,\",\"errors\":\"=1+1\",\"phone_numbers\":[{\"id\":\"@sum\","             \
    "\"phone_number\":\"+1 2\",\"errors\":\"\\t=1\"},{\"phone_number\":\"-12\",\"id\":\"-x\","     \
    "\"errors\":\"\\r\"}]}}"

Test(tool_formats, hostile_text_in_json) {
    expect_run("show --format ndjson", HOSTILE, 0,
               "{\"id\":\"\\u001B[31m\\u0000\x7f\xc2\x85\xe2\x80\xae\",\"phone_numbers\":["
               "{\"id\":\"@sum\",\"phone_number\":\"+1 2\",\"errors\":\"\\t=1\"},{\"id\":\"-x\","
               "\"phone_number\":\"-12\",\"errors\":\"\\r\"}],\"customer_reference\":"
               "\"a\\tb\\nc\\rd\\\"e,\",\"errors\":\"=1+1\"}\n",
               "");
}

#define SHOWN "\\u001b[31m\\u0000\\u007f\\u0085\\u202e"

/* The texts of the two numbers' rows, as they are written. */
typedef struct hostile_row {
    const char *reference, *errors, *id, *phone_number, *number_errors;
} hostile_row;

static void expect_hostile_rows(const char *words, char separator, const hostile_row *texts) {
    row rows[2];
    memset(rows, 0, sizeof rows);
    for (size_t at = 0; at < 2; at++) {
        rows[at].values[ROW_RESERVATION_ID] = SHOWN;
        rows[at].values[ROW_RESERVATION_CUSTOMER_REFERENCE] = texts[at].reference;
        rows[at].values[ROW_RESERVATION_ERRORS] = texts[at].errors;
        rows[at].values[ROW_PHONE_NUMBER_ID] = texts[at].id;
        rows[at].values[ROW_PHONE_NUMBER_PHONE_NUMBER] = texts[at].phone_number;
        rows[at].values[ROW_PHONE_NUMBER_ERRORS] = texts[at].number_errors;
    }
    expect_run(words, HOSTILE, 0, rows_text(separator, rows, 2), "");
}

#define QUOTED "\"a\tb\nc\rd\"\"e,\""

Test(tool_formats, hostile_text_in_csv) {
    static const hostile_row safe[] = {{QUOTED, "'=1+1", "'@sum", "'+1 2", "\"'\t=1\""},
                                       {QUOTED, "'=1+1", "'-x", "-12", "\"'\r\""}};
    static const hostile_row kept[] = {{QUOTED, "=1+1", "@sum", "+1 2", "\"\t=1\""},
                                       {QUOTED, "=1+1", "-x", "-12", "\"\r\""}};
    expect_hostile_rows("show --format csv", ',', safe);
    expect_hostile_rows("show --format csv --keep-formulas", ',', kept);
}

Test(tool_formats, hostile_text_in_tsv) {
    static const hostile_row safe[] = {{"a\\tb\\nc\\rd\"e,", "'=1+1", "'@sum", "'+1 2", "'\\t=1"},
                                       {"a\\tb\\nc\\rd\"e,", "'=1+1", "'-x", "-12", "'\\r"}};
    expect_hostile_rows("show --format tsv", '\t', safe);
}

/* ---- every page of the corpus, read back ---- */

#define MOST_PAGES 500

typedef struct pages {
    char *names[MOST_PAGES];
    size_t count;
} pages;

static bool is_document(const char *name) {
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".json") == 0;
}

/* The pages of the corpus that are bare reservations, or the others. */
static pages find_pages(bool bare) {
    pages found = {{NULL}, 0};
    char folder[1000];
    snprintf(folder, sizeof folder, "%s/corpus/pages", getenv("NUMRES_SOURCE_DIR"));
    DIR *listing = opendir(folder);
    cr_assert_not_null(listing);
    const struct dirent *entry = NULL;
    while ((entry = readdir(listing)) != NULL) {
        if (!is_document(entry->d_name) || (strstr(entry->d_name, "bare") != NULL) != bare)
            continue;
        cr_assert_lt(found.count, (size_t)MOST_PAGES);
        char **name = &found.names[found.count++];
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        *name = malloc(size);
        snprintf(*name, size, "%s/%s", folder, entry->d_name);
    }
    closedir(listing);
    return found;
}

static void free_pages(pages *found) {
    for (size_t at = 0; at < found->count; at++)
        free(found->names[at]);
}

/* All files in one run: with sanitizers, starting the tool takes longer than a page. */
static outcome show_files(const char *format, bool bare, char *const *files, size_t count) {
    const char *arguments[MOST_PAGES + 5] = {"show", "--format", format};
    size_t length = 3;
    if (bare)
        arguments[length++] = "--bare";
    memcpy(arguments + length, files, count * sizeof *files);
    return process_run(&(invocation){.arguments = arguments});
}

static void expect_read_again(const char *format, bool bare, bool bare_again) {
    static char shown_name[] = "shown";
    char *shown[] = {shown_name};
    pages found = find_pages(bare);
    cr_assert_gt(found.count, (size_t)(bare ? 3 : 50));
    outcome first = show_files(format, bare, found.names, found.count);
    cr_assert_gt(first.output_length, found.count);
    file_write(shown_name, first.output, first.output_length);
    outcome second = show_files(format, bare_again, shown, 1);
    cr_expect(first.output_length == second.output_length &&
                  memcmp(first.output, second.output, first.output_length) == 0,
              "as %s, read again, is:\n%s\nnot:\n%s", format, second.output, first.output);
    outcome_free(&first);
    outcome_free(&second);
    free_pages(&found);
}

Test(tool_formats, json_of_every_page_is_read_again) {
    expect_read_again("json", false, false);
    expect_read_again("json", true, false);
}

Test(tool_formats, ndjson_of_every_page_is_read_again) {
    expect_read_again("ndjson", false, true);
    expect_read_again("ndjson", true, true);
}

/* ---- which characters are escaped ---- */

#define LAST_CHARACTER 0xFFFF

static bool is_surrogate(unsigned int code_point) {
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

/* Reservations whose ids hold each character of the basic plane once. */
static char *page_of_all_characters(void) {
    char *text = malloc((size_t)(LAST_CHARACTER + 1) * 24 + 16);
    size_t length = (size_t)sprintf(text, "{\"data\":[");
    for (unsigned int at = 0; at <= LAST_CHARACTER; at++)
        if (!is_surrogate(at))
            length +=
                (size_t)sprintf(text + length, "%s{\"id\":\"x\\u%04xx\"}", at == 0 ? "" : ",", at);
    strcpy(text + length, "]}");
    return text;
}

static outcome show_as(const char *format, const char *page_text) {
    invocation invocation = {
        .arguments = (const char *const[]){"show", "--format", format, NULL},
        .input = page_text,
        .input_length = strlen(page_text),
    };
    return process_run(&invocation);
}

/* The rest of an output, line by line. */
typedef struct lines {
    const char *at, *end;
} lines;

static lines lines_of(const outcome *shown) {
    return (lines){shown->output, shown->output + shown->output_length};
}

static const char *line_end(const lines *lines) {
    const char *end = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    cr_assert_not_null(end, "too few lines");
    return end;
}

/* Whether the next line shows the character as \u and four digits. */
static bool takes_escape(lines *lines, unsigned int code_point) {
    char escape[16];
    size_t length = (size_t)snprintf(escape, sizeof escape, "x\\u%04xx", code_point);
    const char *end = line_end(lines);
    bool is_escape = (size_t)(end - lines->at) >= length && memcmp(lines->at, escape, length) == 0;
    lines->at = end + 1;
    return is_escape;
}

/* The tool writes ids, the library rows; both escape the same characters that control a
   terminal. Only the tool escapes those that some programs take for line ends, and only
   rows have other escapes for some. */
Test(tool_formats, ids_and_rows_escape_the_same_characters) {
    char *text = page_of_all_characters();
    outcome ids = show_as("ids", text);
    outcome rows = show_as("tsv", text);
    lines id = lines_of(&ids);
    lines row = lines_of(&rows);
    row.at = line_end(&row) + 1;
    for (unsigned int at = 0; at <= LAST_CHARACTER; at++) {
        if (is_surrogate(at))
            continue;
        bool in_ids = takes_escape(&id, at);
        bool in_rows = takes_escape(&row, at);
        bool is_line_end = at == 0x2028 || at == 0x2029;
        bool has_letter = at == '\t' || at == '\n' || at == '\r';
        cr_assert_eq(in_ids, in_rows || is_line_end || has_letter, "U+%04X", at);
    }
    outcome_free(&ids);
    outcome_free(&rows);
    free(text);
}

/* ---- for Excel ---- */

#define TIMED "{\"data\":{\"id\":\"a;b\",\"created_at\":\"2026-01-31T12:00:00.5+01:00\"}}"

Test(tool_formats, excel_has_a_byte_order_mark_and_plain_times) {
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"show", "--format", "csv", "--excel", NULL},
        .input = TIMED,
        .input_length = strlen(TIMED)});
    cr_expect_eq(strncmp(outcome.output,
                         "\xef\xbb\xbf"
                         "reservation_id,",
                         18),
                 0);
    expect_part(outcome.output, "\na;b,,,2026-01-31 11:00:00,");
    outcome_free(&outcome);
}

Test(tool_formats, the_delimiter_may_be_a_semicolon) {
    outcome outcome = process_run(
        &(invocation){.arguments = (const char *const[]){"show", "--format=csv", "--delimiter",
                                                         "semicolon", NULL},
                      .input = TIMED,
                      .input_length = strlen(TIMED)});
    cr_expect_eq(strncmp(outcome.output, "reservation_id;", 15), 0);
    expect_part(outcome.output, "\n\"a;b\";;;2026-01-31T12:00:00.5+01:00;");
    outcome_free(&outcome);
}

Test(tool_formats, options_of_csv_are_refused_for_others) {
    expect_run("show --excel", TIMED, 2, "",
               "numres show: the value 'table' for '--format' does not support --excel; use csv; "
               "see 'numres show --help'\n");
    expect_run("show --format tsv --delimiter comma", TIMED, 2, "",
               "numres show: the value 'tsv' for '--format' does not support --delimiter; use csv; "
               "see 'numres show --help'\n");
    expect_run("show --format csv --delimiter tab", TIMED, 2, "",
               "numres show: unknown delimiter 'tab'; known ones are: comma, semicolon; see "
               "'numres show --help'\n");
    expect_run(
        "show --format csv --delimiter ;", TIMED, 2, "",
        "numres show: unknown delimiter ';'; did you mean 'semicolon'? See 'numres show --help'\n");
    expect_run("show --format csv --count --excel", TIMED, 2, "",
               "numres show: the value 'csv' for '--format' supports --count or --excel, not both; "
               "see 'numres show --help'\n");
    expect_run("show --keep-formulas", TIMED, 2, "",
               "numres show: the value 'table' for '--format' does not support --keep-formulas; "
               "use csv or tsv; see 'numres show --help'\n");
    expect_run("show --format xlsx --keep-formulas", TIMED, 2, "",
               "numres show: the value 'xlsx' for '--format' does not support --keep-formulas; "
               "use csv or tsv; see 'numres show --help'\n");
    expect_run("show --format tsv --count --keep-formulas", TIMED, 2, "",
               "numres show: the value 'tsv' for '--format' supports --count or --keep-formulas, "
               "not both; see 'numres show --help'\n");
    expect_run("show --format xlsx --count", TIMED, 2, "",
               "numres show: the value 'xlsx' for '--format' does not support --count; use table, "
               "ndjson, json, csv or tsv; see 'numres show --help'\n");
}
