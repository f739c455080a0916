/*
 * What is written of the corpus: it reads back as the same records, its JSON has the same
 * values as the page, and its CSV has complete rows.
 */
#include "json_value.h"
#include "reading.h"
#include "support.h"
#include "writing.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A page of the corpus, with its options and contents. */
typedef struct subject {
    char name[256]; /* without the extension */
    numres_options options;
    file_bytes document;
    kept_page page;
} subject;

static numres_options options_of(const char *name) {
    char path[PATH_SIZE];
    char file[300];
    snprintf(file, sizeof file, "%s.options", name);
    corpus_path(path, sizeof path, "pages", file);
    file_bytes words = read_file(path);
    reading_options options;
    cr_assert(reading_options_parse(&options, words.bytes == NULL ? "" : words.bytes), "%s", file);
    free(words.bytes);
    return options.parser;
}

static subject load(const char *file) {
    char path[PATH_SIZE];
    subject now;
    memset(&now, 0, sizeof now);
    memcpy(now.name, file, strlen(file) - strlen(".json"));
    now.options = options_of(now.name);
    corpus_path(path, sizeof path, "pages", file);
    now.document = read_file(path);
    cr_assert_not_null(now.document.bytes, "%s", path);
    now.page = page_read(now.document.bytes, now.document.length, &now.options, 0);
    return now;
}

static void unload(subject *now) {
    page_free(&now->page);
    free(now->document.bytes);
}

static bool is_flawless(const subject *now) {
    return now->page.code == NUMRES_OK && now->page.problems == 0;
}

/* Calls `check` for each page, or for each without problems. Returns how many. */
static size_t each_page(bool flawless_only, void (*check)(const subject *now)) {
    char path[PATH_SIZE];
    size_t checked = 0;
    corpus_path(path, sizeof path, "pages", "");
    DIR *directory = opendir(path);
    cr_assert_not_null(directory, "%s", path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length < 5 || length > 200 || strcmp(entry->d_name + length - 5, ".json") != 0) {
            continue;
        }
        subject now = load(entry->d_name);
        if (!flawless_only || is_flawless(&now)) {
            check(&now);
            checked++;
        }
        unload(&now);
    }
    closedir(directory);
    return checked;
}

/* ---- the same records ---- */

static void expect_same_raw(const subject *now, numres_text one, numres_text other) {
    cr_assert(one.length == other.length && memcmp(one.bytes, other.bytes, one.length) == 0,
              "%s: a text is another", now->name);
}

static void expect_same_number(const subject *now, const numres_phone_number *one,
                               const numres_phone_number *other) {
    cr_assert(one->present == other->present && one->null == other->null &&
                  one->invalid == other->invalid && one->index == other->index &&
                  one->status.value == other->status.value,
              "%s", now->name);
    for (unsigned int member = 0; member < NUMRES_PHONE_NUMBER_MEMBER_COUNT; member++) {
        expect_same_raw(now, numres_phone_number_raw(one, member),
                        numres_phone_number_raw(other, member));
    }
}

static void expect_same_reservation(const subject *now, const kept_reservation *one,
                                    const kept_reservation *other) {
    const numres_reservation *first = one->reservation;
    const numres_reservation *second = other->reservation;
    cr_assert(first->present == second->present && first->null == second->null &&
                  first->invalid == second->invalid &&
                  first->status.value == second->status.value &&
                  first->phone_number_count == second->phone_number_count,
              "%s", now->name);
    for (unsigned int member = 0; member < NUMRES_RESERVATION_MEMBER_COUNT; member++) {
        expect_same_raw(now, numres_reservation_raw(first, member),
                        numres_reservation_raw(second, member));
    }
    cr_assert_eq(one->count, other->count, "%s", now->name);
    for (size_t at = 0; at < one->count; at++) {
        expect_same_number(now, one->numbers[at], other->numbers[at]);
    }
}

/* Writes, reads back in small pieces, compares, and writes again. */
static void round_trip(const subject *now, numres_format format) {
    numres_writer_options options = options_for(format);
    text_buffer written = page_written(&now->page, &options);
    numres_options reading = now->options;
    reading.root = NUMRES_ROOT_ENVELOPE;
    reading.max_document_size = 0;
    reading.max_depth = NUMRES_DEFAULT_MAX_DEPTH;
    if (format == NUMRES_FORMAT_NDJSON) {
        reading.root = NUMRES_ROOT_RESERVATION;
        reading.several_documents = true;
    }
    kept_page again = page_read(written.bytes, written.length, &reading, 61);
    bool is_empty = written.length == 0;
    cr_assert_eq(again.code, is_empty ? NUMRES_EMPTY_INPUT : NUMRES_OK, "%s: %s", now->name,
                 written.bytes);
    cr_assert_eq(again.problems, 0, "%s: %s", now->name, written.bytes);
    cr_assert_eq(again.count, now->page.count, "%s", now->name);
    for (size_t at = 0; at < again.count; at++) {
        expect_same_reservation(now, &now->page.reservations[at], &again.reservations[at]);
    }
    text_buffer twice = page_written(&again, &options);
    cr_assert(text_buffer_equal(&written, &twice), "%s", now->name);
    text_buffer_free(&twice);
    text_buffer_free(&written);
    page_free(&again);
}

static void round_trips(const subject *now) {
    round_trip(now, NUMRES_FORMAT_JSON);
    round_trip(now, NUMRES_FORMAT_JSON_PRETTY);
    round_trip(now, NUMRES_FORMAT_NDJSON);
}

Test(writer_pages, read_again_give_the_same_records) {
    cr_assert_gt(each_page(true, round_trips), 40);
}

/* ---- the same values ---- */

#define NAME(OBJECT, MEMBER, NUMBER, field, name, TYPE, NEED) name,
#define CONTAINER_NAME(OBJECT, MEMBER, NUMBER, name, FORM, CHILD, NEED) name,
static const char *const reservation_names[] = {NUMRES_RESERVATION_MEMBERS(NAME, CONTAINER_NAME)};
static const char *const number_names[] = {NUMRES_PHONE_NUMBER_MEMBERS(NAME, CONTAINER_NAME)};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The next line must be the page's reservation, without its unknown members. */
static void expect_line(const subject *now, json_value *reservation, const char **line,
                        const char *end) {
    json_keep_members(reservation, reservation_names, COUNT(reservation_names));
    json_value *numbers = json_member(reservation, "phone_numbers");
    for (size_t at = 0; numbers != NULL && at < numbers->count; at++) {
        json_keep_members(&numbers->values[at], number_names, COUNT(number_names));
    }
    const char *start = *line;
    json_value written = json_read(line, end);
    cr_assert(json_equal(reservation, &written), "%s: other values: %s", now->name, start);
    const char *line_feed = memchr(start, '\n', (size_t)(end - start));
    cr_assert_eq(line_feed, *line - 1, "%s: not one line: %s", now->name, start);
    json_free(&written);
}

static void expect_document(const subject *now, json_value *root, const char **line,
                            const char *end) {
    json_value *data = json_member(root, "data");
    if (now->options.root == NUMRES_ROOT_RESERVATION) {
        data = root->kind == JSON_OBJECT ? root : NULL;
    }
    if (data == NULL) {
        return;
    }
    if (data->kind == JSON_OBJECT) {
        expect_line(now, data, line, end);
    }
    for (size_t at = 0; data->kind == JSON_ARRAY && at < data->count; at++) {
        expect_line(now, &data->values[at], line, end);
    }
}

static void expect_same_values(const subject *now) {
    numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
    text_buffer written = page_written(&now->page, &options);
    const char *line = written.bytes;
    const char *lines_end = written.bytes + written.length;
    const char *document = now->document.bytes;
    while (document < now->document.bytes + now->document.length) {
        json_value root = json_read(&document, now->document.bytes + now->document.length);
        expect_document(now, &root, &line, lines_end);
        json_free(&root);
    }
    cr_assert_eq(line, lines_end, "%s: more was written than the page has: %s", now->name, line);
    text_buffer_free(&written);
}

Test(writer_pages, lines_have_the_values_of_the_page) {
    cr_assert_gt(each_page(true, expect_same_values), 40);
}

/* ---- pages with problems ---- */

static void expect_legal_json(const subject *now) {
    for (int format = NUMRES_FORMAT_JSON; format <= NUMRES_FORMAT_JSON_PRETTY; format++) {
        numres_writer_options options = options_for((numres_format)format);
        text_buffer written = page_written(&now->page, &options);
        const char *place = written.bytes;
        json_value document = json_read(&place, written.bytes + written.length);
        cr_assert_eq(place, written.bytes + written.length, "%s", now->name);
        cr_assert_eq(json_member(&document, "data")->count, now->page.count, "%s", now->name);
        json_free(&document);
        text_buffer_free(&written);
    }
}

Test(writer_pages, are_legal_json_whatever_the_problems) {
    cr_assert_gt(each_page(false, expect_legal_json), 60);
}

/* ---- rows ---- */

/* Moves past a complete row. Returns how many fields it has. */
static size_t read_row(const subject *now, const char **place, const char *end, char separator) {
    size_t fields = 1;
    bool quoted = false;
    for (; *place < end && (quoted || **place != '\n'); ++*place) {
        /* In TSV a quote is an ordinary byte. */
        quoted ^= **place == '"' && separator == ',';
        fields += !quoted && **place == separator ? 1 : 0;
        cr_assert((unsigned char)**place >= 0x20 || memchr("\t\r\n", **place, 3) != NULL, "%s",
                  now->name);
    }
    cr_assert_lt(*place, end, "%s: a row has no end", now->name);
    cr_assert_eq((*place)[-1] == '\r', separator == ',', "%s: a row's end", now->name);
    ++*place;
    return fields;
}

static size_t rows_of(const kept_page *page) {
    size_t rows = 1;
    for (size_t at = 0; at < page->count; at++) {
        size_t numbers = page->reservations[at].count;
        rows += numbers > 0 ? numbers : 1;
    }
    return rows;
}

static void expect_whole_rows(const subject *now) {
    for (int format = NUMRES_FORMAT_CSV; format <= NUMRES_FORMAT_TSV; format++) {
        numres_writer_options options = options_for((numres_format)format);
        text_buffer written = page_written(&now->page, &options);
        const char *place = written.bytes;
        const char *end = written.bytes + written.length;
        char separator = format == NUMRES_FORMAT_CSV ? ',' : '\t';
        size_t columns = read_row(now, &place, end, separator);
        size_t rows = 1;
        for (; place < end; rows++) {
            size_t fields = read_row(now, &place, end, separator);
            cr_assert_eq(fields, columns, "%s: row %zu", now->name, rows);
        }
        cr_assert_eq(rows, rows_of(&now->page), "%s", now->name);
        text_buffer_free(&written);
    }
}

Test(writer_pages, have_whole_rows) {
    cr_assert_gt(each_page(false, expect_whole_rows), 60);
}
