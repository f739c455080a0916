/* The pull reader: the same records, positions and errors as from callbacks, and when its
   calls are legal. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_documents.h"
#include "pulling.h"
#include "records.h"

/* The number of test processes, which share the documents. */
#define PARTS 8

static const size_t chunk_sizes[] = {1, 2, 3, 5, 7, 64, 1448};
#define CHUNK_SIZES (sizeof chunk_sizes / sizeof *chunk_sizes)

/* A document with the trace of its callbacks. */
typedef struct subject {
    const corpus_document *document;
    trace expected;
    trace actual;
    numres_reader *reader;
    guard guards[2];
    bool failed;
} subject;

static void open_subject(subject *subject, const corpus_document *document) {
    reader callbacks;
    *subject = (struct subject){.document = document};
    reader_create(&callbacks, &document->options, document->bytes.bytes, document->bytes.length);
    reader_read_chunks(&callbacks, document->bytes.length + 1, false);
    subject->expected = callbacks.trace;
    callbacks.trace.lines = callbacks.trace.sentences = (text_buffer){NULL, 0, 0};
    reader_destroy(&callbacks);
    numres_answer to_problems = document->options.leave_out ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
    cr_assert_eq(numres_reader_create(&subject->reader, &document->options.parser, to_problems),
                 NUMRES_OK);
    subject->guards[0] = guard_create(document->bytes.length);
    subject->guards[1] = guard_create(document->bytes.length);
}

static void close_subject(subject *subject) {
    numres_reader_destroy(subject->reader);
    trace_free(&subject->expected);
    trace_free(&subject->actual);
    guard_destroy(&subject->guards[0]);
    guard_destroy(&subject->guards[1]);
}

static void expect_same(subject *subject, size_t first, size_t chunk) {
    const file_bytes *bytes = &subject->document->bytes;
    if (subject->failed) {
        return;
    }
    pull_document(subject->reader, subject->guards, bytes->bytes, bytes->length, first, chunk,
                  &subject->actual);
    subject->failed = !text_buffer_equal(&subject->expected.lines, &subject->actual.lines) ||
                      !text_buffer_equal(&subject->expected.sentences, &subject->actual.sentences);
    cr_expect(!subject->failed, "%s, first %zu, then %zu:\nexpected\n%s%sbut was\n%s%s",
              subject->document->name, first, chunk, subject->expected.lines.bytes,
              subject->expected.sentences.bytes, subject->actual.lines.bytes,
              subject->actual.sentences.bytes);
}

static void check_document(const corpus_document *document) {
    subject subject;
    size_t length = document->bytes.length;
    size_t stride = length < 256 ? 1 : test_stride(length / 128 + 1);
    open_subject(&subject, document);
    expect_same(&subject, length, length);
    for (size_t size = 0; size < CHUNK_SIZES; size++) {
        expect_same(&subject, chunk_sizes[size], chunk_sizes[size]);
    }
    for (size_t split = 1; split < length; split += stride) {
        expect_same(&subject, split, length);
    }
    close_subject(&subject);
}

ParameterizedTestParameters(reader, tells_what_the_callbacks_tell) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

ParameterizedTest(size_t *part, reader, tells_what_the_callbacks_tell) {
    corpus_documents corpus = corpus_load();
    for (size_t at = *part; at < corpus.count; at += PARTS) {
        if (corpus.documents[at].options.stop_at == 0) { /* a loop can just end */
            check_document(&corpus.documents[at]);
        }
    }
    corpus_free(&corpus);
}

/* ---- where the parser pauses ---- */

/* The same for a document of the test's own, written with ' for ". */
static void check_text(const char *text, const char *words) {
    corpus_document document = {.name = "text"};
    cr_assert(reading_options_parse(&document.options, words));
    document.bytes.bytes = json(text);
    document.bytes.length = strlen(document.bytes.bytes);
    check_document(&document);
    free(document.bytes.bytes);
}

/* Several problems with one value, and several values in a row that are nothing but problems. */
Test(reader, tells_every_problem) {
    check_text("{'data':[{},{'phone_numbers':[{},1,2,3,{},null]},4]}", "require-members");
    check_text("{'data':{'id':1,'id':2,'id':3,'status':'x','status':'y','id':{}}}", "-");
    check_text("{'errors':[1,2,{}],'data':5,'data':[]}", "require-members");
    check_text("{'id':1}", "-");
    check_text("5", "-");
    check_text("[]", "bare require-members");
    check_text("{'data':{'id':7", "-");
    check_text("{'data':{'id':7}} {'data':[{'status':1", "several");
}

/* Problems in bytes that were carried from one chunk to the next. */
Test(reader, pauses_inside_carried_bytes) {
    char text[4096] = "{'data':[{'id':'a','phone_numbers':[{'id':'b','status':'pending'},{'id':'c'";
    for (size_t at = 0; at < 60; at++) {
        strcat(text, ",'id':1,'status':'odd'");
    }
    strcat(text, "},{'id':'d','status':'pending'}]},{'id':'e','phone_numbers':[]}]}");
    check_text(text, "-");
    check_text(text, "leave-out");
    check_text(text, "max-size=700");
}

/* A container with a problem is in bytes carried because the reservation is incomplete.
   The pause at it comes before the chunk with the reservation's end is read. */
Test(reader, pauses_before_the_chunk) {
    static const char text[] =
        "{\n  'data': {\n      \n      'phone_numbers': [\n       \n      ],\n      'id': [],\n"
        "      \n      \n      'id': 2,\n      \n    }\n}\n";
    corpus_document document = {.name = "text"};
    subject subject;
    cr_assert(reading_options_parse(&document.options, "-"));
    document.bytes.bytes = json(text);
    document.bytes.length = strlen(document.bytes.bytes);
    open_subject(&subject, &document);
    expect_same(&subject, document.bytes.length, document.bytes.length);
    for (size_t first = 1; first < document.bytes.length; first++) {
        for (size_t chunk = 1; chunk < document.bytes.length; chunk++) {
            expect_same(&subject, first, chunk);
        }
    }
    close_subject(&subject);
    free(document.bytes.bytes);
}

Test(reader, reads_up_to_the_limit_of_a_document) {
    check_text("{'data':[{'id':'a','phone_numbers':[{'id':'b'},{'id':'c'},{'id':'d'}]}]}",
               "max-size=50");
}

/* After a pause in a chunk that the limit cuts, reading continues up to the limit. */
Test(reader, resumes_up_to_the_limit_of_a_document) {
    static const size_t before_end[] = {0, 1, 60, 700, 2500};
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{'data':[{'id':'a','phone_numbers':[{'id':'b'}");
    for (int at = 0; at < 60; at++) {
        text_buffer_format(&page,
                           ",{'id':'%08d-f607-4a1c-9d3e','status':'pending','errors':'%0*d'}", at,
                           at % 8, 0);
    }
    text_buffer_format(&page, "]}]}");
    for (size_t at = 0; at < sizeof before_end / sizeof *before_end; at++) {
        char words[32];
        snprintf(words, sizeof words, "max-size=%zu", page.length - before_end[at]);
        check_text(page.bytes, words);
    }
    text_buffer_free(&page);
}

/* ---- when calls are legal ---- */

static numres_reader *new_reader(void) {
    numres_reader *reader = NULL;
    cr_assert_eq(numres_reader_create(&reader, NULL, NUMRES_GO_ON), NUMRES_OK);
    return reader;
}

Test(reader, tells_how_many_bytes_it_has_taken_when_it_needs_more) {
    static const char page[] = "{\"data\":[{\"id\":\"a\"},  ";
    numres_reader *reader = new_reader();
    cr_expect_eq(numres_reader_feed(reader, page, strlen(page)), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_RESERVATION);
    cr_expect_eq(numres_reader_position(reader), strlen(page) - strlen(",  "));
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    cr_expect_eq(numres_reader_position(reader), strlen(page));
    numres_reader_destroy(reader);
}

Test(reader, asks_for_bytes_until_it_has_some) {
    numres_reader *reader = new_reader();
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    cr_expect_eq(numres_reader_feed(reader, NULL, 0), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    cr_expect_eq(numres_reader_feed(reader, NULL, 1), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_OK);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_finish(reader), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_PROBLEM);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_DOCUMENT_END);
    cr_expect_eq(numres_reader_position(reader), 2);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    cr_expect_eq(numres_reader_finish(reader), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_END);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_END);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_finish(reader), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_reset(reader), NUMRES_OK);
    cr_expect_eq(numres_reader_position(reader), 0);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_PROBLEM);
    numres_reader_destroy(reader);
}

Test(reader, stays_with_its_error_until_reset) {
    numres_reader *reader = new_reader();
    cr_expect_null(numres_reader_error(reader));
    cr_expect_eq(numres_reader_feed(reader, "{]", 2), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_ERROR);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_ERROR);
    cr_expect_eq(numres_reader_error(reader)->code, NUMRES_SYNTAX);
    cr_expect_eq(numres_reader_error(reader)->offset, 1);
    cr_expect_eq(numres_reader_feed(reader, "{}", 2), NUMRES_SYNTAX);
    cr_expect_eq(numres_reader_finish(reader), NUMRES_SYNTAX);
    numres_reader_reset(reader);
    cr_expect_null(numres_reader_error(reader));
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
    numres_reader_destroy(reader);
}

static void expect_read_anew(numres_reader *reader) {
    cr_expect_eq(numres_reader_feed(reader, "{\"data\":{\"id\":\"b\"}}", 19), NUMRES_OK);
    cr_assert_eq(numres_reader_next(reader), NUMRES_EVENT_RESERVATION);
    cr_expect(text_is(numres_reader_reservation(reader)->id, "b"));
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_DOCUMENT_END);
}

/* A reset in the middle of a chunk forgets the chunk, which may then be freed. */
Test(reader, reset_forgets_the_chunk) {
    numres_reader *reader = new_reader();
    char *text = json("{'data':[{'id':'a','phone_numbers':[{'phone_number':'+1'},"
                      "{'phone_number':'+2'},{'phone_number':'+3'}]}]}");
    for (int events = 1; events <= 4; events++) {
        char *chunk = strdup(text);
        cr_expect_eq(numres_reader_feed(reader, chunk, strlen(chunk)), NUMRES_OK);
        for (int event = 0; event < events; event++) {
            cr_expect_gt(numres_reader_next(reader), NUMRES_EVENT_NEED_BYTES);
        }
        numres_reader_reset(reader);
        free(chunk);
        expect_read_anew(reader);
        numres_reader_reset(reader);
    }
    numres_reader_destroy(reader);
    free(text);
}

/* Also if reading was to resume directly in that chunk, which is too long to be copied,
   with its last number far from the end. */
Test(reader, reset_forgets_an_interrupted_chunk) {
    numres_reader *reader = new_reader();
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"id\":\"b\"}");
    for (int at = 0; at < 500; at++) {
        text_buffer_format(&page, ",{\"id\":\"%d\"}", at);
    }
    text_buffer_format(&page, "]}]}");
    char *chunk = malloc(page.length);
    memcpy(chunk, page.bytes, page.length);
    cr_assert_eq(numres_reader_feed(reader, chunk, page.length), NUMRES_OK);
    for (int event = 0; event < 100; event++) {
        cr_assert_eq(numres_reader_next(reader), NUMRES_EVENT_PHONE_NUMBER);
    }
    numres_reader_reset(reader);
    free(chunk);
    expect_read_anew(reader);
    numres_reader_destroy(reader);
    text_buffer_free(&page);
}

/* Only the current record can be read, and nothing from a NULL reader. */
Test(reader, gives_what_came_alone) {
    numres_reader *reader = new_reader();
    char *text = json("{'meta':{'page_size':2},'data':{'id':'a'}}");
    cr_expect_eq(numres_reader_feed(reader, text, strlen(text)), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_META);
    cr_expect_eq(numres_reader_meta(reader)->page_size, 2);
    cr_expect_null(numres_reader_reservation(reader));
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_RESERVATION);
    cr_expect(text_is(numres_reader_reservation(reader)->id, "a"));
    cr_expect_null(numres_reader_meta(reader));
    cr_expect_null(numres_reader_phone_number(reader));
    cr_expect_null(numres_reader_api_error(reader));
    cr_expect_null(numres_reader_document(reader));
    cr_expect_null(numres_reader_problem(reader));
    cr_expect_null(numres_reader_error(reader));
    cr_expect_eq(numres_reader_next(NULL), NUMRES_EVENT_ERROR);
    cr_expect_null(numres_reader_reservation(NULL));
    cr_expect_null(numres_reader_error(NULL));
    cr_expect_eq(numres_reader_position(NULL), 0);
    cr_expect_eq(numres_reader_feed(NULL, "", 0), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_finish(NULL), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_reset(NULL), NUMRES_WRONG_USE);
    numres_reader_destroy(NULL);
    numres_reader_destroy(reader);
    free(text);
}

/* Calls that need more than the struct accept a record from the reader. */
Test(reader, records_can_be_copied_and_asked) {
    numres_reader *reader = new_reader();
    char memory[2048];
    char *text = json("{'data':{'id':7,'phone_numbers':[{'id':8,'phone_number':'+1'}]}}");
    cr_expect_eq(numres_reader_feed(reader, text, strlen(text)), NUMRES_OK);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_PROBLEM);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_PROBLEM);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_PHONE_NUMBER);
    const numres_phone_number *number = numres_reader_phone_number(reader);
    cr_expect(text_is(numres_phone_number_raw(number, NUMRES_PHONE_NUMBER_ID), "8"));
    cr_expect(text_is(numres_reservation_raw(number->reservation, NUMRES_RESERVATION_ID), "7"));
    size_t size = numres_phone_number_copy(number, memory, sizeof memory);
    cr_assert(size > 0 && size <= sizeof memory);
    cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_RESERVATION);
    cr_expect(text_is(
        numres_reservation_raw(numres_reader_reservation(reader), NUMRES_RESERVATION_ID), "7"));
    numres_reader_destroy(reader);
    free(text);
}

Test(reader, a_record_is_none_any_more_after_the_next_event) {
    static const char page[] = "{\"data\":[{\"id\":\"a\"}]}";
    char copy[1024];
    numres_reader *reader = new_reader();
    cr_assert_eq(numres_reader_feed(reader, page, strlen(page)), NUMRES_OK);
    cr_assert_eq(numres_reader_next(reader), NUMRES_EVENT_RESERVATION);
    const numres_reservation *reservation = numres_reader_reservation(reader);
    cr_expect_gt(numres_reservation_copy(reservation, copy, sizeof copy), 0);
    cr_assert_eq(numres_reader_next(reader), NUMRES_EVENT_DOCUMENT_END);
    cr_expect_eq(numres_reservation_copy(reservation, copy, sizeof copy), 0);
    numres_reader_destroy(reader);
}
