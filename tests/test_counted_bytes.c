/*
 * Linear cost: no room touches more than three times the input and 1 KiB, and
 * yajl is not given more, whatever the document and the chunks. Linked with a
 * library that counts (lib/base/count.h).
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "corpus_documents.h"
#include "shape_pages.h"

uint64_t numres_counts[NUMRES_COUNT_ROOMS];

static const char *const room_names[NUMRES_COUNT_ROOMS] = {
    "parser", "gate",      "unescape", "lane",   "yajl",   "schema",  "record",
    "text",   "timestamp", "carry",    "braces", "pieces", "members", "fast token"};

enum {
    FACTOR = 3,
    ALLOWANCE = 1024,
    /* A pause makes the gate and yajl read the rest of a run again, which is
       256 bytes long then, and seats a new handle by a prefix. */
    ALLOWANCE_OF_A_PAUSE = 256 + 64,
    TOKEN_SIZE = 400 * 1024
};

static const size_t chunk_sizes[] = {1, 2, 3, 5, 7, 64, SIZE_MAX};

/* ---- reading ---- */

static numres_code feed(numres_parser *parser, const char *bytes, size_t length) {
    numres_code code;
    size_t consumed;
    while ((code = numres_parser_feed(parser, bytes, length, &consumed)) == NUMRES_PAUSED) {
        bytes += consumed;
        length -= consumed;
    }
    return code;
}

/* A pause at each callback that may pause. */
static uint64_t pauses(const trace *given) {
    return given->pause_always ? given->callbacks - given->came[NUMRES_EVENT_PROBLEM] : 0;
}

/* Reads the document and returns how the stream ended. */
static numres_code read_counting(const reading_options *options, const char *bytes, size_t length,
                                 size_t chunk, trace *given) {
    numres_parser *parser;
    numres_handlers handlers = trace_handlers();
    numres_options parser_options = options->parser;
    /* The library that counts is built for the baseline alone. */
    if (numres_simd_name(parser_options.simd) == NULL)
        parser_options.simd = NUMRES_SIMD_BEST;
    numres_code code = numres_parser_create(&parser, &parser_options, &handlers, given);
    cr_assert_eq(code, NUMRES_OK);
    given->leave_out = options->leave_out;
    given->counts_only = true;
    memset(numres_counts, 0, sizeof numres_counts);
    for (size_t at = 0; code == NUMRES_OK && at < length;) {
        size_t now = length - at < chunk ? length - at : chunk;
        code = feed(parser, bytes + at, now);
        at += now;
    }
    while ((code = numres_parser_finish(parser)) == NUMRES_PAUSED) {
    }
    numres_parser_destroy(parser);
    return code;
}

static void expect_linear(const char *name, size_t length, size_t chunk, uint64_t pauses) {
    uint64_t limit = FACTOR * (uint64_t)length + ALLOWANCE + pauses * ALLOWANCE_OF_A_PAUSE;
    for (size_t room = 0; room < NUMRES_COUNT_ROOMS; room++) {
        cr_expect(numres_counts[room] <= limit,
                  "%s, %zu bytes in chunks of %zd, %llu pauses: %s touched %llu", name, length,
                  (ssize_t)chunk, (unsigned long long)pauses, room_names[room],
                  (unsigned long long)numres_counts[room]);
    }
}

/* In all chunkings, with and without pauses. Returns how the stream ended. */
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

/* The counters count: all of a document is read by the gate at least once, and
   yajl is given two bytes for each scalar and the others as they are. */
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
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], strlen("{'':[{'':'','':'','':'','':''}]}"));
    cr_expect_eq(numres_counts[NUMRES_COUNT_LANE], 0, "no token was refused");
    cr_expect_eq(numres_counts[NUMRES_COUNT_SCHEMA], 1, "the name that is not known");
    cr_expect_eq(numres_counts[NUMRES_COUNT_RECORD], 2, "the id, which was decoded");
    cr_expect_geq(numres_counts[NUMRES_COUNT_TEXT], strlen("pending"));
    cr_expect_eq(numres_counts[NUMRES_COUNT_TIMESTAMP], strlen("2018-01-01T00:00:00Z"));
}

/* So do those of the fast lane: a number that lies in two chunks is carried; one
   that is far enough from its chunk's end is read by the shape of those before. */
Test(counted_bytes, the_counters_of_the_fast_lane_count) {
    static const char number[] = "{\"phone_number\":\"+16183290000\",\"status\":\"pending\","
                                 "\"created_at\":\"2018-01-01T00:00:00.000000Z\"}";
    char text[20 * sizeof number + 64] = "{\"data\":{\"phone_numbers\":[";
    reading_options options;
    trace given = {0};
    for (int count = 0; count < 20; count++)
        strcat(strcat(text, count == 0 ? "" : ","), number);
    strcat(text, "]}}");
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, text, strlen(text), 1000, &given), NUMRES_OK);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0, "no surprise");
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
    cr_expect_gt(numres_counts[NUMRES_COUNT_CARRY], 0);
    cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], strlen(number) / 2);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_MEMBERS], strlen(number) - 2);
    cr_expect_gt(numres_counts[NUMRES_COUNT_SINGLE_VALUE], 0);
}

/* All numbers of the pages of test_shapes but the first are read by its shape,
   and so not member by member. */
Test(counted_bytes, pages_of_like_numbers_are_read_by_shapes) {
    static shape_page page;
    reading_options options;
    trace given = {0};
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t style = 0; style < LAYOUT_STYLES; style++) {
        shape_page_make(&page, style, "2024-02-29T23:59:59.999999Z", "");
        size_t length = page.ends - page.begins;
        cr_assert_eq(read_counting(&options, page.bytes, page.length, SIZE_MAX, &given), NUMRES_OK);
        cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
        cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], (LAYOUT_NUMBERS - 1) * (length - 32),
                     "style %zu", style);
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 2 * length, "style %zu", style);
    }
}

/* This many numbers of one form, in which ' stands for ". */
typedef struct run {
    const char *number;
    int count;
} run;

/* Reads a reservation of these numbers by the fast lane. */
static void read_runs(const run *runs, size_t count, const char *words, size_t chunk) {
    static char text[16384];
    reading_options options;
    trace given = {0};
    size_t length = (size_t)sprintf(text, "{\"data\":{\"phone_numbers\":[");
    for (size_t at = 0; at < count; at++) {
        for (int i = 0; i < runs[at].count; i++) {
            length += (size_t)sprintf(text + length, "%s%s", at + (size_t)i > 0 ? "," : "",
                                      runs[at].number);
        }
    }
    length += (size_t)sprintf(text + length, "]}}%*s", 700, "");
    for (char *quote = text; (quote = strchr(quote, '\'')) != NULL;)
        *quote = '"';
    cr_assert(reading_options_parse(&options, words));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, text, length, chunk, &given), NUMRES_OK);
}

/* A shape that is met no more is given up for that of the numbers which come; one
   is learned anew after a surprise; and numbers at a chunk's end are read by it. */
Test(counted_bytes, shapes_are_learned_anew) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b-8e1f-7555983aa92f','status':'pending',"
                                 "'phone_number':'+16183290000'}";
    static const char other[] = "{'phone_number':'+16183290000','status':'pending',"
                                "'created_at':'2018-01-01T00:00:00.000000Z'}";
    const run changed[] = {{number, 12}, {other, 40}};
    const run surprised[] = {{number, 12}, {"{'status':'odd'}", 1}, {number, 40}};
    const run alike[] = {{number, 52}};
    const size_t length = sizeof number;
    read_runs(changed, 2, "", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 12 * length);
    read_runs(surprised, 3, "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 5 * length);
    read_runs(alike, 1, "", 8 * length + 17);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 52 * length / 4);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 51 * (length - 1));
    cr_expect_lt(numres_counts[NUMRES_COUNT_UNESCAPE], length, "read again byte by byte");
}

/* A text that comes last is of any length in numbers of one shape. */
Test(counted_bytes, last_texts_of_other_lengths) {
    static const char none[] = "{'id':'8621a03f-e0bb-4b7b','status':'pending','errors':''}";
    static const char some[] = "{'id':'8621a03f-e0bb-4b7b','status':'success','errors':'some'}";
    const run runs[] = {{none, 1}, {some, 1}, {none, 2}, {some, 3}, {none, 1}, {some, 1}};
    read_runs(runs, sizeof runs / sizeof runs[0], "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 2 * sizeof none);
}

/* One member that fits no piece is read by itself, and pieces go on after it. */
Test(counted_bytes, pieces_go_on_after_another_member) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b','status':'pending',"
                                 "'phone_number':'+16183290000','errors':'none'}";
    static const char other[] = "{'id':'8621a03f-e0bb-4b7b','new':1,'status':'pending',"
                                "'phone_number':'+16183290000','errors':'none'}";
    const run runs[] = {{number, 12}, {other, 1}, {number, 12}};
    read_runs(runs, 3, "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], sizeof number + 16);
}

/* Documents one after the other, with the same parser: the meta, and what stands near the
   end of each, is read by pieces too, though nothing of a usual length follows. */
Test(counted_bytes, documents_of_a_known_shape_are_read_by_pieces) {
    static const char document[] =
        "{\"data\":[{\"id\":\"8621a03f\",\"phone_numbers\":[{\"id\":\"a\",\"errors\":\"\"}],"
        "\"status\":\"pending\",\"user_id\":\"u\"}],\"meta\":{\"page_number\":1,\"page_size\":25,"
        "\"total_pages\":1,\"total_results\":1}}";
    static const char names[] = "\"data\"\"meta\"}";
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    for (int round = 0; round < 3; round++) {
        memset(numres_counts, 0, sizeof numres_counts);
        cr_assert_eq(numres_parser_feed(parser, document, strlen(document), NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        numres_parser_reset(parser);
    }
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], sizeof names + 8);
    cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], sizeof document - 48);
    numres_parser_destroy(parser);
}

/* Pieces need room for short texts, which they do not compare with the limits; where
   it is just there they are used. */
Test(counted_bytes, pieces_are_used_where_the_limits_leave_room) {
    static const struct {
        const char *words;
        bool used;
    } rows[] = {{"max-value=64", true},
                {"max-value=63", false},
                {"max-value=64 max-text=1025", true},
                {"max-value=64 max-text=1024", false}};
    const run runs[] = {{"{'id':'a'}", 52}}; /* which takes a byte */
    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        read_runs(runs, 1, rows[at].words, SIZE_MAX);
        cr_expect_eq(numres_counts[NUMRES_COUNT_FAST_PIECES] > 0, rows[at].used, "%s",
                     rows[at].words);
    }
}

/* Members too are read at a chunk's end as they are expected, from a copy. */
Test(counted_bytes, members_at_the_end_of_chunks) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b-8e1f-7555983aa92f','status':'pending',"
                                 "'x':1,'phone_number':'+16183290000','errors':''}";
    const run runs[] = {{number, 52}};
    read_runs(runs, 1, "", 8 * sizeof number + 17);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 51 * (sizeof number - 4));
    cr_expect_lt(numres_counts[NUMRES_COUNT_UNESCAPE], 2 * sizeof number);
}

/* Of short documents that share a chunk none is copied. */
Test(counted_bytes, short_documents) {
    char text[400] = "";
    reading_options options;
    trace given = {0};
    for (int i = 0; i < 16; i++)
        strcat(text, "{\"data\":{\"id\":\"x\"}}\n");
    cr_assert(reading_options_parse(&options, "several"));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, text, strlen(text), SIZE_MAX, &given), NUMRES_OK);
    cr_expect_eq(numres_counts[NUMRES_COUNT_CARRY], 0);
}

/* What the numbers before held takes no room from one that is read by members. */
Test(counted_bytes, each_number_has_its_own_room) {
    const run runs[] = {{"{'errors':'1234567890','id':'a'}", 20},
                        {"{'id':'a','errors':'123456789'}", 1},
                        {"{'id':'1234567890','phone_number':'+1'}", 1},
                        {"{'phone_number':'+1','id':'12345678901234567890'}", 9}};
    read_runs(runs, 4, "max-text=40", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
    const run unlike[] = {{"{'id':'1234567890','x':1}", 30}};
    read_runs(unlike, 1, "max-text=40", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
}

/* ---- every kind of token ---- */

/* Documents in which `unit` is repeated to 400 KiB; ' stands for ". */
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
    /* kept: too long with the default limits, whole without */
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
    /* an error far behind */
    {"[0", ",1", ",]", "", NUMRES_SYNTAX},
    {"['", "x", "\xff']", "", NUMRES_ENCODING},
    {"[1", "0", "x]", "", NUMRES_SYNTAX},
    {"[0", ",1", "", "", NUMRES_TRUNCATED},
};

static char *put(char *to, const char *text) {
    for (; *text; text++) {
        *to++ = (char)(*text == '\'' ? '"' : *text);
    }
    return to;
}

/* What is quadratic exceeds the limits long before the full size: a tenth, and where the
   counts come slowly, a thirtieth. */
static size_t token_size(void) {
    if (test_full())
        return TOKEN_SIZE;
    return test_optimized() ? TOKEN_SIZE / 10 : TOKEN_SIZE / 30;
}

static size_t put_token(const token *kind, char *document) {
    char *to = put(document, kind->before);
    while (to < document + token_size()) {
        to = put(to, kind->unit);
    }
    return (size_t)(put(to, kind->after) - document);
}

Test(counted_bytes, every_kind_of_token, .timeout = 600) {
    char *document = malloc(TOKEN_SIZE + 256);
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

/* Long enough for the gate to look at each twice: up to the limit as it scans
   a run, then to the end as it decodes. */
Test(counted_bytes, strings_about_the_longest_simple_one, .timeout = 600) {
    static const size_t lengths[] = {15, 16, 63, 64, 255, 1000, 1990, 1997, 1998, 1999, 2100, 4000};
    char *document = malloc(TOKEN_SIZE + 8192);
    reading_options options;
    cr_assert(reading_options_parse(&options, ""));
    for (size_t at = 0; at < sizeof lengths / sizeof lengths[0]; at++) {
        for (int escaped = 0; escaped < 2; escaped++) {
            char *to = put(document, "['");
            while (to < document + token_size()) {
                memset(to, 'x', lengths[at]);
                to = put(to + lengths[at], escaped ? "\\n','" : "','");
            }
            to = put(to, "']");
            cr_expect_eq(check("strings", &options, document, (size_t)(to - document)), NUMRES_OK);
        }
    }
    free(document);
}

/* A page of reservations of the shape that the API sends: members of two shapes in turn,
   and a reference that is sometimes null. */
static size_t write_usual_page(char *page) {
    char *to = put(page, "{'data':[");
    for (int count = 0; count < 200; count++) {
        to = put(to, count == 0 ? "{" : ",{");
        to = put(to, "'created_at':'2026-01-03T20:37:37.804131Z','customer_reference':");
        to = put(to, count % 5 == 0 ? "null" : "'MY REF'");
        to = put(to, ",'id':'54496ad6-7bd2-434c-9d7c-01d4f5407269','phone_numbers':[");
        for (int number = 0; number < 3; number++) {
            to = put(to, number == 0 ? "{" : ",{");
            to = put(to, "'created_at':'2026-01-03T20:37:38.007811Z',");
            to = put(to, (count + number) % 3 == 0 ? "" : "'errors':'',");
            to = put(to, "'expired':true,'id':'a2f09dab-b45c-4316-ae52-1d7a0f4d3872',");
            to =
                put(to, number == 1 ? "'phone_number':'+4420'," : "'phone_number':'+19549753711',");
            to = put(to, "'record_type':'reserved_phone_number','status':'success'}");
        }
        to = put(to, "],'record_type':'number_reservation','status':'success'}");
    }
    to = put(to, "],'meta':{'total_pages':1}}");
    return (size_t)(to - page);
}

/* What a usual page may cost: each byte is read by pieces about once, though a shape
   that does not fit is compared before it is changed; and carried about once where
   chunks are shorter than its objects. */
Test(counted_bytes, usual_pages_are_read_once) {
    static const size_t chunks[] = {16, 64, 200, 1448, SIZE_MAX};
    char *page = malloc(TOKEN_SIZE);
    size_t length = write_usual_page(page);
    reading_options options;
    trace given = {0};
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t at = 0; at < sizeof chunks / sizeof chunks[0]; at++) {
        size_t chunk = chunks[at];
        cr_assert_eq(read_counting(&options, page, length, chunk, &given), NUMRES_OK);
        cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0, "no surprise");
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], length / 20, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_FAST_MEMBERS]);
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], length * 6 / 5, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_FAST_PIECES]);
        cr_expect_lt(numres_counts[NUMRES_COUNT_CARRY],
                     chunk < 1000 ? length * 3 / 2 : length / 2 + 1024, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_CARRY]);
        /* Once in each chunk, and once more from the element's start on. */
        cr_expect_lt(numres_counts[NUMRES_COUNT_BRACES], length * 9 / 4, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_BRACES]);
    }
    free(page);
}

/* Numbers that fill about a chunk: each is begun where it lies, and again where it
   goes on. */
Test(counted_bytes, numbers_that_lie_in_several_chunks, .timeout = 600) {
    static const size_t texts[] = {0, 100, 300, 700, 1200, 2000, 2600};
    static const size_t chunks[] = {64, 100, 300, 400, 500, 700, 1100, 1448, 2100, 4096};
    char *document = malloc(TOKEN_SIZE + 8192);
    reading_options options;
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        for (int escaped = 0; escaped < 2; escaped++) {
            char *to = put(document, "{'data':[{'phone_numbers':[");
            while (to < document + TOKEN_SIZE / 10) {
                to = put(to, to[-1] == '[' ? "{'id':'" : ",{'id':'");
                memset(to, 'x', texts[at]);
                to = put(to + texts[at], escaped ? "\\n','status':'pending','errors':'"
                                                 : "','status':'pending','errors':'");
                memset(to, 'y', texts[at]);
                to = put(to + texts[at], escaped ? "\\n'}" : "'}");
            }
            size_t length = (size_t)(put(to, "]}]}") - document);
            for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
                trace given = {0};
                cr_expect_eq(read_counting(&options, document, length, chunks[i], &given),
                             NUMRES_OK);
                expect_linear(escaped ? "escaped numbers" : "numbers", length, chunks[i], 0);
            }
        }
    }
    free(document);
}

/* A list of surprises, calm records, `more` surprises, and calm ones again. */
typedef struct moods {
    const char *start;
    const char *calm;
    const char *odd;
} moods;

static uint64_t yajl_of_moods(const moods *page_of, unsigned int more) {
    const unsigned int counts[] = {64, 4000, more, 1000};
    char *page = malloc(TOKEN_SIZE);
    char *to = put(page, page_of->start);
    reading_options options;
    trace given = {0};
    for (size_t phase = 0; phase < 4; phase++) {
        for (unsigned int at = 0; at < counts[phase]; at++) {
            to = put(to, phase % 2 == 0 ? page_of->odd : page_of->calm);
        }
    }
    to = put(to, "{}]}");
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, page, (size_t)(to - page), SIZE_MAX, &given), NUMRES_OK);
    free(page);
    return numres_counts[NUMRES_COUNT_YAJL];
}

/* The general lane keeps more and more records after surprises that come often, and a
   single one again after many without. */
Test(counted_bytes, patience_ends_with_the_surprises) {
    static const moods pages[] = {
        {"{'data':[", "{'id':'a','status':'success','phone_numbers':[]},",
         "{'id':'a','status':'odd','phone_numbers':[]},"},
        {"{'errors':[", "{'code':'1','title':'t'},", "{'code':'1','title':7},"}};
    for (size_t at = 0; at < 2; at++) {
        uint64_t none = yajl_of_moods(&pages[at], 0);
        uint64_t one = yajl_of_moods(&pages[at], 1);
        cr_expect_gt(none, 0);
        cr_expect_gt(one, none);
        cr_expect_leq(one - none, 3 * 64, "%s %llu", pages[at].start,
                      (unsigned long long)(one - none));
    }
}

/* Pieces are not tried for each of many numbers that are like none before; they are
   again once numbers are alike. */
Test(counted_bytes, strangers_are_read_by_members) {
    char *page = malloc(TOKEN_SIZE);
    char *to = put(page, "{'data':[{'phone_numbers':[");
    reading_options options;
    trace given = {0};
    for (int at = 0; at < 400; at++) {
        char number[1024];
        int spaces = at < 200 ? at : 1;
        snprintf(number, sizeof number, "%s{'id':%*s'a','errors':%*s'','phone_number':%*s'+1'}",
                 at > 0 ? "," : "", spaces, "", spaces, "", spaces, "");
        to = put(to, number);
    }
    to = put(to, "]}]}");
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, page, (size_t)(to - page), SIZE_MAX, &given), NUMRES_OK);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], (uint64_t)(to - page) / 4);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 100 * strlen("{'id': 'a'"));
    free(page);
}
