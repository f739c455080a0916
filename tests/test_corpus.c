/*
 * Whole documents: every page gives its golden trace, and every broken document its code,
 * offset and path, however they are cut.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_documents.h"
#include "reading.h"
#include "support.h"

#define MAX_PAGES 512
#define MAX_BROKEN 1024
#define NAME_SIZE 96

/* The number of test processes, which run in parallel. A process for each document would
   spend most of its time on starting. */
#define PARTS 8

static const size_t chunk_sizes[] = {1, 2, 3, 5, 7, 64};
#define CHUNK_SIZES (sizeof(chunk_sizes) / sizeof(chunk_sizes[0]))

/* Documents up to this length are split everywhere. */
#define SMALL_DOCUMENT 4096
/* In larger ones, this much of each end is, and this many places between. */
#define LARGE_DOCUMENT_ENDS 2048
#define LARGE_DOCUMENT_SPLITS 2000

/* Sampled loops check one place in this many, but all places in documents of at most
   TINY_DOCUMENT bytes. */
#define THINNED_SMALL 8
#define THINNED_LARGE 64
#define TINY_DOCUMENT 256

/* A loaded document, with a reader and the trace of reading it whole. */
typedef struct subject {
    const char *name;
    file_bytes document;
    reader reader;
    trace whole;
    bool failed; /* one difference is reported; the other documents still run */
} subject;

static void load_document(subject *subject, const char *directory, const char *name) {
    char path[PATH_SIZE];
    corpus_path(path, sizeof(path), directory, name);
    subject->name = name;
    subject->failed = false;
    subject->document = read_file(path);
    cr_assert(subject->document.bytes, "%s cannot be read", path);
}

/* A broken promise is a word that begins with ! (see trace.h). */
static void expect_no_broken_promise(const subject *subject) {
    const char *lines = subject->whole.lines.bytes;
    cr_expect(!strstr(lines, " !") && !strstr(lines, "\n!") && lines[0] != '!',
              "%s: a promise is broken:\n%s", subject->name, lines);
}

/* Reads the whole document and keeps the trace, to compare the other readings with. */
static void read_whole(subject *subject, const char *words) {
    reading_options options;
    cr_assert(reading_options_parse(&options, words), "%s: options: %s", subject->name, words);
    reader *reader = &subject->reader;
    reader_create(reader, &options, subject->document.bytes, subject->document.length);
    reader_read_chunks(reader, subject->document.length + 1, false);
    subject->whole = reader->trace;
    reader->trace.lines = (text_buffer){NULL, 0, 0};
    reader->trace.sentences = (text_buffer){NULL, 0, 0};
    expect_no_broken_promise(subject);
}

static void unload(subject *subject) {
    trace_free(&subject->whole);
    reader_destroy(&subject->reader);
    free(subject->document.bytes);
}

/* The first line in which two texts differ. */
static void first_difference(const char *expected, const char *actual, const char **expected_line,
                             const char **actual_line) {
    *expected_line = expected;
    *actual_line = actual;
    for (size_t at = 0; expected[at] && expected[at] == actual[at]; at++) {
        if (expected[at] == '\n') {
            *expected_line = expected + at + 1;
            *actual_line = actual + at + 1;
        }
    }
}

static void expect_same_text(subject *subject, const char *how, size_t place,
                             const text_buffer *expected, const text_buffer *actual) {
    if (subject->failed || text_buffer_equal(expected, actual)) {
        return;
    }
    subject->failed = true;
    const char *expected_line;
    const char *actual_line;
    first_difference(expected->bytes ? expected->bytes : "", actual->bytes ? actual->bytes : "",
                     &expected_line, &actual_line);
    cr_expect_fail("%s, %s %zu:\nexpected %.*s\nbut was  %.*s", subject->name, how, place,
                   (int)strcspn(expected_line, "\n"), expected_line,
                   (int)strcspn(actual_line, "\n"), actual_line);
}

static void expect_same_trace(subject *subject, const char *how, size_t place) {
    const trace *actual = &subject->reader.trace;
    expect_same_text(subject, how, place, &subject->whole.lines, &actual->lines);
    expect_same_text(subject, how, place, &subject->whole.sentences, &actual->sentences);
}

static void check_chunks(subject *subject) {
    reader *reader = &subject->reader;
    reader_read_at_once(reader);
    expect_same_trace(subject, "numres_parse", 0);
    reader_read_chunks(reader, subject->document.length + 1, true);
    expect_same_trace(subject, "whole, paused", 0);
    for (size_t size = 0; size < CHUNK_SIZES; size++) {
        reader_read_chunks(reader, chunk_sizes[size], false);
        expect_same_trace(subject, "chunks of", chunk_sizes[size]);
        reader_read_chunks(reader, chunk_sizes[size], true);
        expect_same_trace(subject, "paused, chunks of", chunk_sizes[size]);
    }
}

static void check_split(subject *subject, size_t split) {
    reader_read_two(&subject->reader, split, false);
    expect_same_trace(subject, "split at", split);
    reader_read_two(&subject->reader, split, true);
    expect_same_trace(subject, "paused, split at", split);
}

static void check_split_range(subject *subject, size_t from, size_t to, uint64_t *seed,
                              uint64_t thinned) {
    for (size_t split = from; split <= to; split++) {
        if (thinned <= 1 || random_next(seed) % thinned == 0) {
            check_split(subject, split);
        }
    }
}

static void check_splits(subject *subject) {
    size_t length = subject->document.length;
    uint64_t seed = length;
    if (length <= SMALL_DOCUMENT) {
        bool all = test_full() || length <= TINY_DOCUMENT;
        check_split_range(subject, 0, length, &seed, all ? 1 : THINNED_SMALL);
        return;
    }
    uint64_t thinned = test_full() ? 1 : THINNED_LARGE;
    check_split_range(subject, 0, LARGE_DOCUMENT_ENDS, &seed, thinned);
    check_split_range(subject, length - LARGE_DOCUMENT_ENDS, length, &seed, thinned);
    for (uint64_t place = 0; place < LARGE_DOCUMENT_SPLITS / thinned; place++) {
        check_split(subject, (size_t)(random_next(&seed) % length));
    }
}

/* The pages. */

typedef struct page {
    char name[NAME_SIZE]; /* without .json */
} page;

static int compare_pages(const void *left, const void *right) {
    return strcmp(((const page *)left)->name, ((const page *)right)->name);
}

static size_t list_pages(page *pages) {
    char path[PATH_SIZE];
    corpus_path(path, sizeof(path), "pages", "");
    DIR *directory = opendir(path);
    size_t count = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory)) && count < MAX_PAGES;) {
        const char *suffix = strrchr(entry->d_name, '.');
        if (suffix && strcmp(suffix, ".json") == 0 && strlen(entry->d_name) < NAME_SIZE) {
            memcpy(pages[count].name, entry->d_name, (size_t)(suffix - entry->d_name));
            pages[count++].name[suffix - entry->d_name] = '\0';
        }
    }
    if (directory) {
        closedir(directory);
    }
    qsort(pages, count, sizeof(page), compare_pages);
    return count;
}

static struct criterion_test_params every_part(void) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

/* Reads a file next to NAME.json; empty if there is none. */
static file_bytes read_beside(const page *page, const char *suffix) {
    char name[NAME_SIZE + 16];
    char path[PATH_SIZE];
    snprintf(name, sizeof(name), "%s%s", page->name, suffix);
    corpus_path(path, sizeof(path), "pages", name);
    return read_file(path);
}

typedef void (*page_check)(subject *subject, const page *page);

static void check_page(const page *page, page_check check) {
    char name[NAME_SIZE + 8];
    subject subject;
    snprintf(name, sizeof name, "%s.json", page->name);
    load_document(&subject, "pages", name);
    file_bytes words = read_beside(page, ".options");
    read_whole(&subject, words.bytes ? words.bytes : "");
    free(words.bytes);
    check(&subject, page);
    unload(&subject);
}

/* Checks every PARTS-th page, starting with number `part`. */
static void check_pages(size_t part, page_check check) {
    page *pages = calloc(MAX_PAGES, sizeof(page));
    cr_assert(pages);
    size_t count = list_pages(pages);
    for (size_t at = part; at < count; at += PARTS) {
        check_page(&pages[at], check);
    }
    free(pages);
}

static void check_golden_trace(subject *subject, const page *page) {
    file_bytes golden = read_beside(page, ".trace");
    cr_expect(golden.bytes, "%s.trace is missing: scripts/regenerate-traces", page->name);
    /* The first line is the rule that the document shows. */
    size_t rule = golden.bytes[0] == '#' ? strcspn(golden.bytes, "\n") + 1 : 0;
    text_buffer expected = {golden.bytes + rule, golden.length - rule, golden.length - rule};
    expect_same_text(subject, "golden trace", 0, &expected, &subject->whole.lines);
    free(golden.bytes);
}

static void check_any_cut(subject *subject, const page *page) {
    (void)page;
    check_chunks(subject);
    check_splits(subject);
}

ParameterizedTestParameters(corpus, pages_give_their_golden_traces) {
    return every_part();
}

ParameterizedTest(size_t *part, corpus, pages_give_their_golden_traces) {
    check_pages(*part, check_golden_trace);
}

ParameterizedTestParameters(corpus, pages_are_the_same_however_they_are_cut) {
    return every_part();
}

ParameterizedTest(size_t *part, corpus, pages_are_the_same_however_they_are_cut, .timeout = 3600) {
    check_pages(*part, check_any_cut);
}

/* The broken documents. */

typedef struct broken {
    char file[NAME_SIZE];
    char options[NAME_SIZE];
    char code[NAME_SIZE];
    char offset[NAME_SIZE];
    char path[NUMRES_PATH_SIZE];
} broken;

/* Copies a field of a tab-separated line. Returns what follows it. */
static const char *copy_field(const char *line, char *field, size_t size) {
    size_t length = strcspn(line, "\t\n");
    cr_assert(length < size, "expected.tsv: a field is too long");
    memcpy(field, line, length);
    field[length] = '\0';
    return line[length] == '\t' ? line + length + 1 : line + length;
}

static void parse_broken(broken *broken, const char *line) {
    line = copy_field(line, broken->file, sizeof(broken->file));
    line = copy_field(line, broken->options, sizeof(broken->options));
    line = copy_field(line, broken->code, sizeof(broken->code));
    line = copy_field(line, broken->offset, sizeof(broken->offset));
    copy_field(line, broken->path, sizeof(broken->path));
}

/* The first line names the columns. */
static size_t list_broken(broken *rows) {
    char path[PATH_SIZE];
    corpus_path(path, sizeof(path), "broken", "expected.tsv");
    file_bytes index = read_file(path);
    size_t count = 0;
    const char *line = index.bytes ? strchr(index.bytes, '\n') : NULL;
    while (line && line[1] && count < MAX_BROKEN) {
        parse_broken(&rows[count++], line + 1);
        line = strchr(line + 1, '\n');
    }
    free(index.bytes);
    return count;
}

static const char *last_line(const text_buffer *lines) {
    size_t start = lines->length - 1;
    while (start > 0 && lines->bytes[start - 1] != '\n') {
        start--;
    }
    return lines->bytes + start;
}

static void expect_error(const subject *subject, const broken *broken) {
    text_buffer expected = {NULL, 0, 0};
    text_buffer_format(&expected, "error %s off=%s path=%s", broken->code, broken->offset,
                       broken->path);
    const char *last = last_line(&subject->whole.lines);
    const char *rest = last + expected.length;
    cr_expect(strncmp(last, expected.bytes, expected.length) == 0 &&
                  (*rest == '\n' || strncmp(rest, " document=", strlen(" document=")) == 0),
              "%s:\nexpected %s\nbut was  %s", subject->name, expected.bytes, last);
    text_buffer_free(&expected);
}

static void check_broken(const broken *broken) {
    subject subject;
    load_document(&subject, "broken", broken->file);
    read_whole(&subject, broken->options);
    expect_error(&subject, broken);
    check_chunks(&subject);
    check_splits(&subject);
    unload(&subject);
}

ParameterizedTestParameters(corpus, broken_documents_give_their_errors) {
    return every_part();
}

ParameterizedTest(size_t *part, corpus, broken_documents_give_their_errors, .timeout = 3600) {
    broken *rows = calloc(MAX_BROKEN, sizeof(broken));
    cr_assert(rows);
    size_t count = list_broken(rows);
    for (size_t at = *part; at < count; at += PARTS) {
        check_broken(&rows[at]);
    }
    free(rows);
}

Test(corpus, is_complete) {
    page *pages = calloc(MAX_PAGES, sizeof(page));
    broken *rows = calloc(MAX_BROKEN, sizeof(broken));
    cr_assert(pages && rows);
    cr_expect_geq(list_pages(pages), 60u);
    cr_expect_geq(list_broken(rows), 100u);
    free(pages);
    free(rows);
}

static bool is_in_some_page(const corpus_documents *corpus, const char *word) {
    char quoted[64];
    snprintf(quoted, sizeof(quoted), "\"%s\"", word);
    for (size_t at = 0; at < corpus->count; at++) {
        if (strncmp(corpus->documents[at].name, "pages/", 6) == 0 &&
            strstr(corpus->documents[at].bytes.bytes, quoted)) {
            return true;
        }
    }
    return false;
}

#define VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) name,
#define CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) name,
#define STATUS(NAME, NUMBER, word, COUNTS_AS, SOURCE) word,

Test(corpus, shows_every_member_and_status) {
    static const char *const words[] = {
        NUMRES_RESERVATION_RECORD(VALUE, CONTAINER) NUMRES_PHONE_NUMBER_RECORD(VALUE, CONTAINER)
            NUMRES_META_RECORD(VALUE, CONTAINER) NUMRES_API_ERROR_RECORD(VALUE, CONTAINER)
                NUMRES_STATUSES(STATUS)};
    corpus_documents corpus = corpus_load();
    for (size_t at = 0; at < sizeof(words) / sizeof(words[0]); at++) {
        cr_expect(is_in_some_page(&corpus, words[at]), "no page of the corpus has \"%s\"",
                  words[at]);
    }
    corpus_free(&corpus);
}
