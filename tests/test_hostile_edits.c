/*
 * Documents of the corpus truncated at every byte, and with single bytes changed: never a
 * crash, the same trace however the rest is cut, an error's offset inside the document,
 * and nothing after an error. Pieces end at a guard page (tests/reading.h), which also
 * checks feed's promises.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_documents.h"

/* Documents of at most this length are cut and changed at every byte. */
enum { SMALL_DOCUMENT = 4096, LARGE_DOCUMENT_PLACES = 500 };

/* Sampled loops check one place in this many, in small and in large documents, but all
   places in documents of at most TINY_DOCUMENT bytes. */
enum { THINNED_SMALL = 8, THINNED_LARGE = 16, TINY_DOCUMENT = 64 };

enum { PARTS = 4 }; /* test processes, which run in parallel */

/* The changes of a byte: bits to flip, and bytes with a meaning. */
enum { FLIPS = 8 };
static const unsigned char flips[FLIPS] = {0x01, 0x80, 0xff, 0x20, '"', '\\', '{', ']'};

/* The first three flip bits; the others replace the byte. */
static char flipped(char byte, size_t flip) {
    unsigned char value = (unsigned char)byte;
    unsigned char changed = flip < 3 ? value ^ flips[flip] : flips[flip];
    return (char)(changed != value ? changed : value ^ 0x04);
}

typedef struct subject {
    const corpus_document *document;
    char *bytes;
    size_t length;
    const char *edit;
    size_t place;
} subject;

/* An error is at a byte of the document; truncation is at its end, and a stop after what
   was reported. */
static bool is_offset_right(const numres_error *error, size_t length) {
    switch (error->code) {
    case NUMRES_OK:
    case NUMRES_EMPTY_INPUT:
        return error->offset == 0;
    case NUMRES_TRUNCATED:
        return error->offset == length;
    case NUMRES_STOPPED:
        return error->offset > 0 && error->offset <= length;
    default:
        return error->offset < length;
    }
}

static void expect_offset_within(const subject *subject, const reader *reader) {
    const numres_error *error = numres_parser_error(reader->parser);
    cr_expect(is_offset_right(error, subject->length), "%s, %s at %zu: %s at %llu of %zu",
              subject->document->name, subject->edit, subject->place, numres_code_name(error->code),
              (unsigned long long)error->offset, subject->length);
}

/* A word that begins with ! marks a broken promise (tests/trace.h). A changed text may
   hold such a word too, but never at the start of a line. */
static bool breaks_promise(const text_buffer *lines) {
    return strstr(lines->bytes, "\n!") || lines->bytes[0] == '!' || strstr(lines->bytes, " !back");
}

static void check(const subject *subject) {
    size_t chunk = 1 + subject->place % 9;
    reader reader;
    text_buffer whole = {NULL, 0, 0};
    reader_create(&reader, &subject->document->options, subject->bytes, subject->length);
    reader_read_chunks(&reader, subject->length + 1, false);
    text_buffer_add(&whole, reader.trace.lines.bytes, reader.trace.lines.length);
    expect_offset_within(subject, &reader);
    cr_expect(!breaks_promise(&whole), "%s, %s at %zu:\n%s", subject->document->name, subject->edit,
              subject->place, whole.bytes);
    reader_read_chunks(&reader, chunk, subject->place % 2 == 1);
    cr_expect(text_buffer_equal(&whole, &reader.trace.lines),
              "%s, %s at %zu, chunks of %zu:\n%s\nand whole:\n%s", subject->document->name,
              subject->edit, subject->place, chunk, reader.trace.lines.bytes, whole.bytes);
    text_buffer_free(&whole);
    reader_destroy(&reader);
}

static void check_truncation(const corpus_document *document, size_t place) {
    subject cut = {document, document->bytes.bytes, place, "cut", place};
    check(&cut);
}

static void check_flips(const corpus_document *document, size_t place) {
    subject changed = {document, document->bytes.bytes, document->bytes.length, NULL, place};
    char before = changed.bytes[place];
    for (size_t flip = 0; flip < FLIPS; flip++) {
        char edit[32];
        changed.bytes[place] = flipped(before, flip);
        snprintf(edit, sizeof edit, "%02x for %02x", (unsigned char)changed.bytes[place],
                 (unsigned char)before);
        changed.edit = edit;
        check(&changed);
    }
    changed.bytes[place] = before;
}

typedef void (*check_at)(const corpus_document *document, size_t place);

static void check_small(const corpus_document *document, check_at check_place, uint64_t *seed) {
    size_t length = document->bytes.length;
    size_t stride = length <= TINY_DOCUMENT ? 1 : test_stride(THINNED_SMALL);
    for (size_t place = 0; place < length; place++) {
        if (random_next(seed) % stride == 0) {
            check_place(document, place);
        }
    }
}

static void check_large(const corpus_document *document, check_at check_place, uint64_t *seed) {
    size_t places = LARGE_DOCUMENT_PLACES / test_stride(THINNED_LARGE);
    for (size_t at = 0; at < places; at++) {
        check_place(document, random_next(seed) % document->bytes.length);
    }
}

/* Checks every PARTS-th document, starting with number `part`. */
static void check_part(size_t part, check_at check_place) {
    corpus_documents corpus = corpus_load();
    for (size_t at = part; at < corpus.count; at += PARTS) {
        const corpus_document *document = &corpus.documents[at];
        uint64_t seed = document->bytes.length;
        if (document->bytes.length <= SMALL_DOCUMENT) {
            check_small(document, check_place, &seed);
        } else {
            check_large(document, check_place, &seed);
        }
    }
    corpus_free(&corpus);
}

static struct criterion_test_params every_part(void) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

ParameterizedTestParameters(hostile_edits, cut_short) {
    return every_part();
}

ParameterizedTest(size_t *part, hostile_edits, cut_short, .timeout = 3600) {
    check_part(*part, check_truncation);
}

ParameterizedTestParameters(hostile_edits, with_a_byte_changed) {
    return every_part();
}

ParameterizedTest(size_t *part, hostile_edits, with_a_byte_changed, .timeout = 3600) {
    check_part(*part, check_flips);
}
