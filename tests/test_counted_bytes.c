/*
 * Linear cost: no part of the library touches more than three times the input plus 1 KiB,
 * and yajl gets no more, whatever the document and the chunks. Linked with a library that
 * counts (lib/base/count.h).
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_documents.h"
#include "counting.h"

typedef struct text_span {
    const char *bytes;
    size_t length;
} text_span;

static const size_t chunk_sizes[] = {1, 2, 3, 5, 7, 64, SIZE_MAX};

/* The number of pauses: one for each callback that may pause. */
static uint64_t pauses(const trace *given) {
    return given->pause_always ? given->callbacks - given->came[NUMRES_EVENT_PROBLEM] : 0;
}

/* Checks a document in all chunk sizes, with and without pauses. Returns how the stream ended. */
static numres_code check(const char *name, const reading_options *options, const char *bytes,
                         size_t length) {
    numres_code code = NUMRES_OK;
    for (size_t at = 0; at < sizeof chunk_sizes / sizeof chunk_sizes[0]; at++) {
        for (int pausing = 0; pausing < 2; pausing++) {
            trace given = {.pause_always = pausing == 1};
            code = read_counting(options, bytes, length, chunk_sizes[at], &given);
            expect_linear(name, length, chunk_sizes[at], pauses(&given));
        }
    }
    return code;
}

/* ---- every document ---- */

Test(counted_bytes, every_document_of_the_corpus, .timeout = 600) {
    corpus_documents corpus = corpus_load();
    for (size_t at = 0; at < corpus.count; at++) {
        const corpus_document *document = &corpus.documents[at];
        check(document->name, &document->options, document->bytes.bytes, document->bytes.length);
    }
    corpus_free(&corpus);
}

/* The counters work: the gate reads the whole document at least once, and yajl gets two bytes
   for each scalar and flat object, and the other tokens as they are. */
Test(counted_bytes, the_counters_count) {
    static const char text[] = "  {\"data\":[{\"status\":\"pending\",\"x\":1,"
                               "\"created_at\":\"2018-01-01T00:00:00Z\",\"id\":\"a\\n\"}]}";
    reading_options options;
    trace given = {0};
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_GENERAL;
    cr_assert_eq(read_counting(&options, text, strlen(text), SIZE_MAX, &given), NUMRES_OK);
    cr_expect_eq(numres_counts[NUMRES_COUNT_PARSER], 2);
    cr_expect_geq(numres_counts[NUMRES_COUNT_GATE], strlen(text) - 2);
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], strlen("{'':[0 ]}"));
    cr_expect_eq(numres_counts[NUMRES_COUNT_LANE], 0, "no token was refused");
    cr_expect_eq(numres_counts[NUMRES_COUNT_SCHEMA], 1, "the name that is not known");
    cr_expect_eq(numres_counts[NUMRES_COUNT_RECORD], 2, "the id, which was decoded");
    cr_expect_geq(numres_counts[NUMRES_COUNT_TEXT], strlen("pending"));
    cr_expect_eq(numres_counts[NUMRES_COUNT_TIMESTAMP], strlen("2018-01-01T00:00:00Z"));
}

/* However the chunks cut it, yajl reads one stand-in for a flat object, and nothing twice. */
static void expect_one_stand_in(const char *value) {
    char text[160];
    snprintf(text, sizeof text,
             "{\"data\":[{\"phone_numbers\":[{\"id\":\"a\",\"x\":%s},{\"id\":\"b\",\"x\":%s}]}]}",
             value, value);
    const size_t length = strlen(text);
    reading_options options;
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_GENERAL;
    for (size_t chunk = 1; chunk <= length; chunk++) {
        trace given = {0};
        cr_assert_eq(read_counting(&options, text, length, chunk, &given), NUMRES_OK);
        cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], strlen("{'':[{'':[0 ,0 ]}]}"),
                     "%s, chunks of %zu: %llu", value, chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_YAJL]);
    }
}

Test(counted_bytes, yajl_reads_no_part_of_a_flat_object) {
    expect_one_stand_in("\"c\"");
    expect_one_stand_in("true");
    expect_one_stand_in("null");
    expect_one_stand_in("-12.5e3");
}

/* ---- rows ---- */

static int64_t read_bytes(void *buffer, size_t size, void *context) {
    text_span *left = context;
    size_t taken = left->length < size ? left->length : size;
    memcpy(buffer, left->bytes, taken);
    left->bytes += taken;
    left->length -= taken;
    return (int64_t)taken;
}

/* Each of these reservations is left out after its number became a row. */
Test(counted_bytes, rows_that_are_dropped) {
    enum { KEPT = 50000, LEFT_OUT = 1000 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{}");
    for (int at = 1; at < KEPT; at++)
        to = counting_put(to, ",{}");
    for (int at = 0; at < LEFT_OUT; at++)
        to = counting_put(to, ",{'phone_numbers':[{'id':'a'}],'status':7}");
    to = counting_put(to, "]}");
    size_t length = (size_t)(to - page);
    text_span bytes = {page, length};
    trace seen = {.counts_only = true, .leave_out = true};
    numres_handlers handlers = trace_handlers();
    numres_arrow_options options = numres_arrow_options_default();
    const numres_arrow_source source = {read_bytes, NULL, &bytes};
    struct ArrowArrayStream stream;
    struct ArrowArray rows;
    options.handlers = &handlers;
    options.user = &seen;
    options.batch_rows = 2 * KEPT;
    memset(numres_counts, 0, sizeof numres_counts);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &options), NUMRES_OK);
    cr_assert_eq(stream.get_next(&stream, &rows), 0);
    cr_expect_eq(rows.length, KEPT);
    expect_linear("rows", length, SIZE_MAX, 0);
    cr_expect_gt(numres_counts[NUMRES_COUNT_ARROW], 0);
    rows.release(&rows);
    stream.release(&stream);
    free(page);
}

/* ---- every kind of token ---- */

/* Documents in which `unit` is repeated up to 400 KiB; written with ' for ". */
typedef struct token {
    const char *before;
    const char *unit;
    const char *after;
    const char *options;
    numres_code code;
} token;

#define KEEP_ALL "max-value=500000 max-text=500000"

static const token tokens[] = {
    /* one long token */
    {"{'data':[],'x':'", "x", "'}", "", NUMRES_OK},
    {"{'data':[],'x':'", "\\u00e9\\n", "'}", "", NUMRES_OK},
    {"{'data':[],'x':'", "\\ud83d\\ude00", "'}", "", NUMRES_OK},
    {"{'data':[],'x':'", "\xc3\xa9", "'}", "", NUMRES_OK},
    {"{'data':[],'x':'", "\xf0\x9f\x98\x80", "'}", "", NUMRES_OK},
    {"{'data':[],'", "x", "':1}", "", NUMRES_OK},
    {"{'data':[],'", "\\u0061", "':1}", "", NUMRES_OK},
    {"{'data':[],'x':1", "0", "}", "", NUMRES_OK},
    {"{'data':[],'x':0.", "5", "}", "", NUMRES_OK},
    {"{'data':[],'x':1e", "9", "}", "", NUMRES_OK},
    {"1", "0", "", "", NUMRES_OK},
    {"'", "x", "'", "", NUMRES_OK},
    {"{'data':", " \n\t\r", "[]}", "", NUMRES_OK},
    {"", " ", "{}", "", NUMRES_OK},
    {"{}", "\n", "", "", NUMRES_OK},
    {"[1", " ", "2", "", NUMRES_SYNTAX},
    /* kept texts: too long with the default limits, kept whole without them */
    {"{'data':{'id':'", "x", "'}}", "", NUMRES_OK},
    {"{'data':{'id':'", "x", "'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'id':'", "\\u00e9\\n", "'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'id':'", "\xe2\x82\xac", "'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'id':'", "\\ud83d\\ude00", "'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'status':'", "s", "'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'created_at':'2018-01-01T00:00:00.", "7", "Z'}}", KEEP_ALL, NUMRES_OK},
    {"{'data':{'phone_numbers':[{'phone_number':'+1", "5", "'}]}}", KEEP_ALL " e164", NUMRES_OK},
    {"{'data':[],'meta':{'page_size':1", "0", "}}", KEEP_ALL, NUMRES_OK},
    {"{'errors':[{'code':1", "0", "}]}", KEEP_ALL, NUMRES_OK},
    {"{'errors':[{'code':1", "0", "}]}", "", NUMRES_OK},
    {"{'data':{'record_type':'number_reservation", "n", "'}}", KEEP_ALL, NUMRES_OK},
    /* many short ones */
    {"{'data':[],'x':[0", ",1", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",-1.5e-10", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",true,false,null", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",''", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",'a\\n'", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",'12345678901234567890123456789\\n'", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",'\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\\n'", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",{}", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", ",[[]]", "]}", "", NUMRES_OK},
    {"{'data':[],'x':[0", " , \n { 'y' : [ 1 ] }", "]}", "", NUMRES_OK},
    {"{'data':[]", ",'name':1", "}", "", NUMRES_OK},
    {"{'data':[]", ",'n\\u0061me':null", "}", "", NUMRES_OK},
    {"{'data':{'id':''", ",'id':''", "}}", "", NUMRES_OK},
    {"{'data':{'id':''", ",'abcdefghij':1", "}}", "", NUMRES_OK},
    {"{'data':{'phone_numbers':[{'id':''", ",'expired_at':1", "}]}}", "", NUMRES_OK},
    {"{'data':{'phone_numbers':[{'id':''", ",'abcdefghij':1", "}]}}", "", NUMRES_OK},
    {"{'data':[{}", ",{}", "]}", "", NUMRES_OK},
    {"{'data':[{}", ",{'id':'a','status':'pending'}", "]}", "", NUMRES_OK},
    {"{'data':[{}", ",{'id':'\\u0061','status':'odd'}", "]}", "leave-out", NUMRES_OK},
    {"{'data':[{}", ",{'created_at':'2018-01-01T00:00:00.000000Z'}", "]}", "", NUMRES_OK},
    {"{'data':{'phone_numbers':[{}", ",{}", "]}}", "", NUMRES_OK},
    {"{'data':{'phone_numbers':[{}", ",{'phone_number':'+16183290000'}", "]}}", "e164", NUMRES_OK},
    {"{'errors':[{}", ",{'code':5,'source':{'pointer':'/p'}}", "]}", "", NUMRES_OK},
    {"{'data':[1", ",1", "]}", "", NUMRES_OK},
    {"", "1 ", "", "several", NUMRES_OK},
    {"", "{}", "", "several", NUMRES_OK},
    {"", "{'data':{'id':'x'}}\n", "", "several", NUMRES_OK},
    /* an error far behind the start */
    {"[0", ",1", ",]", "", NUMRES_SYNTAX},
    {"['", "x", "\xff']", "", NUMRES_ENCODING},
    {"[1", "0", "x]", "", NUMRES_SYNTAX},
    {"[0", ",1", "", "", NUMRES_TRUNCATED},
};

/* Quadratic cost exceeds the limits long before the full size: a tenth of it is enough,
   and in slow builds a thirtieth. */
static size_t token_size(void) {
    if (test_full())
        return COUNTED_SIZE;
    return test_optimized() ? COUNTED_SIZE / 10 : COUNTED_SIZE / 30;
}

static size_t put_token(const token *kind, char *document) {
    char *to = counting_put(document, kind->before);
    while (to < document + token_size()) {
        to = counting_put(to, kind->unit);
    }
    return (size_t)(counting_put(to, kind->after) - document);
}

Test(counted_bytes, every_kind_of_token, .timeout = 600) {
    char *document = malloc(COUNTED_SIZE + 256);
    for (size_t at = 0; at < sizeof tokens / sizeof tokens[0]; at++) {
        char name[128];
        reading_options options;
        snprintf(name, sizeof name, "%s%s...%s", tokens[at].before, tokens[at].unit,
                 tokens[at].after);
        cr_assert(reading_options_parse(&options, tokens[at].options));
        size_t length = put_token(&tokens[at], document);
        numres_code code = check(name, &options, document, length);
        cr_expect_eq(code, tokens[at].code, "%s: %s", name, numres_code_name(code));
    }
    free(document);
}

/* Some are so long that the gate reads each twice: up to its limit while scanning a run,
   then to the end while decoding. */
Test(counted_bytes, strings_about_the_longest_simple_one, .timeout = 600) {
    static const size_t lengths[] = {15, 16, 63, 64, 255, 1000, 1990, 1997, 1998, 1999, 2100, 4000};
    char *document = malloc(COUNTED_SIZE + 8192);
    reading_options options;
    cr_assert(reading_options_parse(&options, ""));
    for (size_t at = 0; at < sizeof lengths / sizeof lengths[0]; at++) {
        for (int escaped = 0; escaped < 2; escaped++) {
            char *to = counting_put(document, "['");
            while (to < document + token_size()) {
                memset(to, 'x', lengths[at]);
                to = counting_put(to + lengths[at], escaped ? "\\n','" : "','");
            }
            to = counting_put(to, "']");
            cr_expect_eq(check("strings", &options, document, (size_t)(to - document)), NUMRES_OK);
        }
    }
    free(document);
}
