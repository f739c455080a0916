/* The Arrow stream gives the rows that the callbacks deliver, in columns that the
   specification allows. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_checker.h"
#include "arrow_rows.h"
#include "corpus_documents.h"
#include "records.h"

#define PARTS 4

/* Reads a whole document, `chunk` bytes at a time. */
static arrow_result read_arrow(const char *bytes, size_t length, size_t chunk,
                               const numres_arrow_options *options) {
    struct ArrowArrayStream stream;
    arrow_bytes given = arrow_bytes_of(bytes, length, chunk);
    numres_arrow_source source = arrow_source_of(&given);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, options), NUMRES_OK);
    arrow_result result = arrow_read(&stream);
    cr_expect_eq(given.released, 1);
    cr_expect_null(result.broken, "%s", result.broken);
    return result;
}

/* Reads a document written with ' for ". */
static arrow_result read_rows(const char *document, const numres_arrow_options *options) {
    char *text = json(document);
    arrow_result result = read_arrow(text, strlen(text), SIZE_MAX, options);
    free(text);
    return result;
}

static numres_arrow_options rows_of(size_t batch_rows) {
    numres_arrow_options options = numres_arrow_options_default();
    options.batch_rows = batch_rows;
    return options;
}

/* ---- the same as the callbacks ---- */

static void check_rows(const corpus_document *document, const numres_arrow_options *options,
                       size_t chunk, const text_buffer *expected, const numres_error *error) {
    arrow_result result = read_arrow(document->bytes.bytes, document->bytes.length, chunk, options);
    cr_expect(arrow_rows_equal(expected, &result.rows), "%s: expected\n%sbut was\n%s",
              document->name, expected->bytes, result.rows.bytes);
    cr_expect_eq(result.status, error->code == NUMRES_OK ? 0 : EINVAL);
    cr_expect_eq(result.error.code, error->code, "%s", document->name);
    cr_expect_eq(result.error.offset, error->offset);
    cr_expect_str_eq(result.error.path, error->path);
    if (error->code != NUMRES_OK) {
        cr_expect_eq(strncmp(result.message, numres_code_name(error->code),
                             strlen(numres_code_name(error->code))),
                     0);
        cr_expect_not_null(strstr(result.message, error->path));
        cr_expect_not_null(strstr(result.message, error->sentence));
    }
    arrow_result_free(&result);
}

static void check_corpus_document(const corpus_document *document) {
    static const struct {
        size_t chunk, batch_rows;
        bool texts;
    } ways[] = {{1, 1, false}, {7, 2, true}, {64, 3, false}, {SIZE_MAX, 4096, true}};
    const file_bytes *bytes = &document->bytes;
    trace seen = {.counts_only = true};
    numres_handlers handlers = trace_handlers();
    numres_error error = numres_error_default();
    numres_parse(bytes->bytes, bytes->length, &document->options.parser, NULL, NULL, &error);
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        text_buffer expected = {NULL, 0, 0};
        numres_arrow_options options = rows_of(ways[way].batch_rows);
        options.parser = &document->options.parser;
        options.handlers = &handlers;
        options.user = &seen;
        options.timestamp_texts = ways[way].texts;
        arrow_expected_rows(&expected, bytes->bytes, bytes->length, &document->options.parser,
                            ways[way].texts);
        check_rows(document, &options, ways[way].chunk, &expected, &error);
        text_buffer_free(&expected);
    }
}

ParameterizedTestParameters(arrow, gives_the_rows_that_the_callbacks_tell) {
    size_t *parts = cr_malloc(PARTS * sizeof *parts);
    for (size_t at = 0; at < PARTS; at++) {
        parts[at] = at;
    }
    return cr_make_param_array(size_t, parts, PARTS, NULL);
}

ParameterizedTest(size_t *part, arrow, gives_the_rows_that_the_callbacks_tell) {
    corpus_documents corpus = corpus_load();
    for (size_t at = *part; at < corpus.count; at += PARTS) {
        if (!corpus.documents[at].options.leave_out && corpus.documents[at].options.stop_at == 0) {
            check_corpus_document(&corpus.documents[at]);
        }
    }
    corpus_free(&corpus);
}

/* ---- the columns ---- */

static size_t add_output(const void *bytes, size_t length, void *context) {
    text_buffer_add(context, bytes, length);
    return length;
}

/* The header of CSV, as "id,status,...". */
static text_buffer csv_header(void) {
    text_buffer header = {NULL, 0, 0};
    numres_writer *writer = NULL;
    numres_writer_options options = numres_writer_options_default();
    void *memory = malloc(numres_writer_size());
    options.format = NUMRES_FORMAT_CSV;
    cr_assert_eq(numres_writer_create_in(&writer, memory, numres_writer_size(), &options,
                                         add_output, &header),
                 NUMRES_OK);
    cr_assert_eq(numres_writer_finish(writer), NUMRES_OK);
    header.length = strcspn(header.bytes, "\r");
    header.bytes[header.length] = '\0';
    free(memory);
    return header;
}

/* The columns, as "name:format name:format ...". */
static text_buffer columns_of(bool timestamp_texts) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    text_buffer columns = {NULL, 0, 0};
    arrow_bytes none = arrow_bytes_of("", 0, 1);
    numres_arrow_source source = arrow_source_of(&none);
    numres_arrow_options options = numres_arrow_options_default();
    options.timestamp_texts = timestamp_texts;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &options), NUMRES_OK);
    cr_assert_eq(stream.get_schema(&stream, &schema), 0);
    cr_expect_null(stream.get_last_error(&stream));
    cr_expect_null(arrow_check_schema(&schema));
    for (int64_t at = 0; at < schema.n_children; at++) {
        text_buffer_format(&columns, "%s:%s ", schema.children[at]->name,
                           schema.children[at]->format);
    }
    schema.release(&schema);
    stream.release(&stream);
    return columns;
}

Test(arrow, columns_are_those_of_csv_and_more) {
    static const char more[] = "reservation_index:L number_index:L ";
    text_buffer header = csv_header();
    text_buffer columns = columns_of(false);
    char *at = columns.bytes;
    for (char *name = strtok(header.bytes, ","); name != NULL; name = strtok(NULL, ",")) {
        cr_assert_eq(strncmp(at, name, strlen(name)), 0, "%s at %s", name, at);
        cr_assert_eq(at[strlen(name)], ':');
        at = strchr(at, ' ') + 1;
    }
    cr_expect_str_eq(at, more);
    text_buffer_free(&header);
    text_buffer_free(&columns);
}

Test(arrow, columns_have_types) {
    text_buffer columns = columns_of(true);
    cr_expect_not_null(strstr(columns.bytes, "reservation_id:u "));
    cr_expect_not_null(strstr(columns.bytes, "reservation_status:i "));
    cr_expect_not_null(strstr(columns.bytes, " status:i "));
    cr_expect_not_null(strstr(columns.bytes, " phone_number:u "));
    cr_expect_not_null(strstr(columns.bytes, " expired_at:tsu:UTC "));
    cr_expect_not_null(strstr(columns.bytes, " expired:b "));
    const char *texts = strstr(columns.bytes, " number_index:L reservation_created_at_text:u ");
    cr_assert_not_null(texts);
    cr_expect_not_null(strstr(texts, " created_at_text:u "));
    cr_expect_not_null(strstr(texts, " expired_at_text:u "));
    cr_expect_null(strstr(texts, ":i "));
    text_buffer_free(&columns);
}

/* One column of the only batch of a document, one value a line. */
static char *column_of(const char *document, const char *name) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    char *text = json(document);
    text_buffer rows = {NULL, 0, 0};
    arrow_bytes bytes = arrow_bytes_of(text, strlen(text), SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, NULL), NUMRES_OK);
    cr_assert_eq(stream.get_schema(&stream, &schema), 0);
    cr_assert_eq(stream.get_next(&stream, &array), 0);
    stream.release(&stream);
    int64_t at = 0;
    while (strcmp(schema.children[at]->name, name) != 0) {
        at++;
    }
    struct ArrowSchema one_schema = {.n_children = 1, .children = &schema.children[at]};
    struct ArrowArray one = {
        .length = array.length, .n_children = 1, .children = &array.children[at]};
    cr_expect_null(arrow_check_array(&schema, &array));
    arrow_add_rows(&rows, &one_schema, &one);
    array.release(&array);
    schema.release(&schema);
    free(text);
    return rows.bytes;
}

static void expect_column(const char *document, const char *name, const char *expected) {
    char *column = column_of(document, name);
    cr_expect_str_eq(column, expected);
    free(column);
}

Test(arrow, microseconds_of_timestamps) {
    expect_column("{'data':[{'created_at':'1970-01-01T00:00:01.0000019Z'},"
                  "{'created_at':'1969-12-31T23:59:59.9999999Z'},"
                  "{'created_at':'2016-12-31T23:59:60.5Z'},"
                  "{'created_at':'0000-01-01T00:00:00+23:59'},"
                  "{'created_at':'9999-12-31T23:59:59.999999999-23:59'},"
                  "{'created_at':'yesterday'},{'created_at':5},{'created_at':null},{}]}",
                  "reservation_created_at",
                  "row\n1000001\nrow\n-1\nrow\n1483228800500000\nrow\n-62167305540000000\n"
                  "row\n253402387139999999\nrow\n-\nrow\n-\nrow\n-\nrow\n-\n");
}

Test(arrow, texts_as_csv_has_them) {
    expect_column("{'data':[{'id':'a'},{'id':''},{'id':5},{'id':null},{'id':[1]},{}]}",
                  "reservation_id", "row\n\"a\"\nrow\n\"\"\nrow\n\"5\"\nrow\n-\nrow\n-\nrow\n-\n");
}

Test(arrow, booleans) {
    expect_column("{'data':{'phone_numbers':[{'expired':true},{'expired':false},{'expired':null},"
                  "{'expired':'true'},{},{'expired':true}]}}",
                  "expired", "row\ntrue\nrow\nfalse\nrow\n-\nrow\n-\nrow\n-\nrow\ntrue\n");
}

Test(arrow, statuses_that_are_not_documented) {
    expect_column("{'data':[{'status':'pending'},{'status':'odd'},{'status':'failed'},"
                  "{'status':'odd'},{'status':''},{'status':7},{'status':{}},{}]}",
                  "reservation_status",
                  "row\n\"pending\"\nrow\n\"odd\"\nrow\n\"failed\"\nrow\n\"odd\"\nrow\n\"\"\n"
                  "row\n\"7\"\nrow\n-\nrow\n-\n");
}

/* Members that come after the numbers are in all rows of their reservation. */
Test(arrow, rows_have_what_comes_after_the_numbers) {
    expect_column("{'data':[{'phone_numbers':[{'id':'1'},{'id':'2'}],'id':'a'},{'id':'b'}]}",
                  "reservation_id", "row\n\"a\"\nrow\n\"a\"\nrow\n\"b\"\n");
}

Test(arrow, indices) {
    static const char document[] = "{'data':[{'phone_numbers':[{},{}]},{},{'phone_numbers':[{}]}]}";
    expect_column(document, "reservation_index", "row\n0\nrow\n0\nrow\n1\nrow\n2\n");
    expect_column(document, "number_index", "row\n0\nrow\n1\nrow\n-\nrow\n0\n");
}

/* How often the word is in the only batch's dictionary of statuses. */
static int count_word(const struct ArrowArray *words, const char *word) {
    int count = 0;
    for (int64_t at = 0; at < words->length; at++) {
        count += text_is(arrow_text(words, at), word);
    }
    return count;
}

/* A repeated status is one word. The search is bounded, so among many different ones a
   word may be stored twice. */
Test(arrow, dictionaries_hold_the_words) {
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":[{\"status\":\"odd\"}");
    for (int at = 0; at < 1000; at++) {
        text_buffer_format(&document, ",{\"status\":\"%d\"},{\"status\":\"odd\"}", at);
    }
    text_buffer_format(&document, ",{\"status\":\"0\"}]}");
    arrow_bytes bytes = arrow_bytes_of(document.bytes, document.length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, NULL), NUMRES_OK);
    cr_assert_eq(stream.get_next(&stream, &array), 0);
    const struct ArrowArray *words = array.children[1]->dictionary;
    cr_expect(text_is(arrow_text(words, 0), "pending"));
    cr_expect(text_is(arrow_text(words, 4), "failed"));
    cr_expect(text_is(arrow_text(words, NUMRES_STATUS_COUNT - 1), "odd"));
    cr_expect_geq(words->length, NUMRES_STATUS_COUNT - 1 + 1000);
    cr_expect_eq(count_word(words, "999"), 1);
    cr_expect_eq(count_word(words, "0"), 2);
    cr_expect_lt(count_word(words, "odd"), 300);
    array.release(&array);
    stream.release(&stream);
    text_buffer_free(&document);
}

/* How many words the dictionary has after the statuses "0", "1" ... and "0" again. */
static int64_t words_after(int others) {
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":[{\"status\":\"0\"}");
    for (int at = 1; at <= others; at++) {
        text_buffer_format(&document, ",{\"status\":\"%d\"}", at);
    }
    text_buffer_format(&document, ",{\"status\":\"0\"}]}");
    arrow_bytes bytes = arrow_bytes_of(document.bytes, document.length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, NULL), NUMRES_OK);
    cr_assert_eq(stream.get_next(&stream, &array), 0);
    int64_t count = array.children[1]->dictionary->length;
    array.release(&array);
    stream.release(&stream);
    text_buffer_free(&document);
    return count - (NUMRES_STATUS_COUNT - 1);
}

/* Only the last eight words are searched. */
Test(arrow, dictionaries_look_back_eight_words) {
    cr_expect_eq(words_after(0), 1);
    cr_expect_eq(words_after(7), 8);
    cr_expect_eq(words_after(8), 10);
}

/* ---- batches ---- */

static void expect_batches(const char *document, const numres_arrow_options *options,
                           size_t batches, const int64_t *rows) {
    arrow_result result = read_rows(document, options);
    cr_expect_eq(result.status, 0, "%s", result.message);
    cr_assert_eq(result.batch_count, batches, "%zu batches", result.batch_count);
    for (size_t at = 0; at < batches; at++) {
        cr_expect_eq(result.batch_rows[at], rows[at]);
    }
    arrow_result_free(&result);
}

#define EXPECT_BATCHES(document, options, ...)                                                     \
    expect_batches(document, options, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t),          \
                   (int64_t[]){__VA_ARGS__})

Test(arrow, batches_are_full_but_the_last) {
    static const char six[] =
        "{'data':[{'phone_numbers':[{},{},{}]},{},{'phone_numbers':[{},{}]}]}";
    numres_arrow_options options = rows_of(1);
    EXPECT_BATCHES(six, &options, 1, 1, 1, 1, 1, 1);
    options = rows_of(2);
    EXPECT_BATCHES(six, &options, 2, 2, 2);
    options = rows_of(3);
    EXPECT_BATCHES(six, &options, 3, 3);
    options = rows_of(4);
    EXPECT_BATCHES(six, &options, 4, 2);
    options = rows_of(6);
    EXPECT_BATCHES(six, &options, 6);
    EXPECT_BATCHES(six, NULL, 6);
}

Test(arrow, a_list_without_reservations_has_no_batch) {
    expect_batches("{'data':[]}", NULL, 0, NULL);
    expect_batches("{'data':null}", NULL, 0, NULL);
}

Test(arrow, pages_follow_each_other) {
    numres_options parser = numres_options_default();
    numres_arrow_options options = rows_of(2);
    parser.several_documents = true;
    options.parser = &parser;
    EXPECT_BATCHES("{'data':[{},{},{}]} {'data':[]} {'data':{}}", &options, 2, 2);
}

/* A page of `count` reservations with `numbers` numbers each, the id after them. */
static text_buffer page_of(int count, int numbers, const char *id) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[");
    for (int at = 0; at < count; at++) {
        text_buffer_format(&page, "%s{\"phone_numbers\":[", at > 0 ? "," : "");
        for (int number = 0; number < numbers; number++) {
            text_buffer_format(&page, "%s{\"phone_number\":\"+1%d\",\"status\":\"s%d\"}",
                               number > 0 ? "," : "", number, number % 50);
        }
        text_buffer_format(&page, "],\"id\":\"%s%d\"}", id, at);
    }
    text_buffer_format(&page, "]}");
    return page;
}

static void expect_page(const text_buffer *page, const numres_arrow_options *options,
                        size_t batches) {
    text_buffer expected = {NULL, 0, 0};
    arrow_expected_rows(&expected, page->bytes, page->length, options->parser, false);
    arrow_result result = read_arrow(page->bytes, page->length, 1000, options);
    cr_expect(arrow_rows_equal(&expected, &result.rows));
    cr_expect_eq(result.batch_count, batches, "%zu", result.batch_count);
    arrow_result_free(&result);
    text_buffer_free(&expected);
}

/* Buffers grow, and a reservation may be larger than many batches. */
Test(arrow, large_reservations_are_split) {
    static const struct {
        int count, numbers;
        size_t batch_rows, batches;
    } pages[] = {{3, 5000, 1024, 15}, {3, 5000, 100, 150}, {700, 1, 512, 2},
                 {1, 2048, 2048, 1},  {2, 1500, 65536, 1}, {40, 13, 10, 52}};
    for (size_t at = 0; at < sizeof pages / sizeof *pages; at++) {
        text_buffer page = page_of(pages[at].count, pages[at].numbers, "a long id in each row ");
        numres_arrow_options options = rows_of(pages[at].batch_rows);
        expect_page(&page, &options, pages[at].batches);
        text_buffer_free(&page);
    }
}

/* A batch has so few rows that the longest texts cannot overflow a column's offsets. */
Test(arrow, offsets_cannot_overflow) {
    text_buffer page = page_of(2, 2047, "");
    numres_options parser = numres_options_default();
    numres_arrow_options options = rows_of(NUMRES_LARGEST_BATCH_ROWS);
    options.parser = &parser;
    parser.max_value_length = 1 << 20;
    expect_page(&page, &options, 2);
    text_buffer_free(&page);
    page = page_of(1, 3, "");
    parser.max_value_length = NUMRES_LARGEST_MAX_VALUE_LENGTH / 2;
    parser.max_record_text = 1000;
    expect_page(&page, &options, 1);
    text_buffer_free(&page);
}

/* ---- what is left out ---- */

/* A reservation that is left out after some of its numbers were delivered has no row, whatever
   follows: a number, a reservation without any, the end of its document. */
Test(arrow, what_is_left_out_has_no_rows) {
    static const char document[] =
        "{'data':[{'id':'a'},{'phone_numbers':[{'id':'1'},{'id':'2'},{'id':'3','status':'odd'}],"
        "'status':'odd'},{'id':'c','phone_numbers':[{'id':'4'},{'id':'5','status':'odd'}]},"
        "{'phone_numbers':[{'id':'6'},{'id':'7'},{'id':'8'}],'errors':1},{'id':'e'},"
        "{'phone_numbers':[{'id':'9'}],'errors':1}]}"
        "{'data':{'phone_numbers':[{'id':'10'}],'errors':1}}{'data':{'id':'d'}}";
    static const char *const numbers[] = {"\"1\"", "\"2\"", "\"3\"", "\"5\"", "\"6\"",
                                          "\"7\"", "\"8\"", "\"9\"", "\"10\""};
    trace seen = {.counts_only = true, .leave_out = true};
    numres_handlers handlers = trace_handlers();
    numres_options parser = numres_options_default();
    parser.several_documents = true;
    for (size_t batch_rows = 1; batch_rows < 5; batch_rows++) {
        numres_arrow_options options = rows_of(batch_rows);
        options.handlers = &handlers;
        options.user = &seen;
        options.parser = &parser;
        arrow_result result = read_rows(document, &options);
        cr_expect_eq(result.status, 0, "%s", result.message);
        cr_expect_eq(result.row_count, 4, "%zu", result.row_count);
        cr_expect_not_null(strstr(result.rows.bytes, "\"d\""));
        cr_expect_not_null(strstr(result.rows.bytes, "\"e\""));
        cr_expect_not_null(strstr(result.rows.bytes, "\"4\""));
        for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++) {
            cr_expect_null(strstr(result.rows.bytes, numbers[at]), "%s", numbers[at]);
        }
        arrow_result_free(&result);
    }
}

/* A number of which only the first values found room leaves no bit in a batch of eight rows,
   whose bitmaps end with a byte. */
Test(arrow, a_row_that_finds_no_room_leaves_nothing) {
    static const char number[] = "{'phone_numbers':[{'id':'','errors':'a'}]},";
    numres_arrow_options options = rows_of(NUMRES_DEFAULT_BATCH_ROWS);
    size_t full = 0;
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{'data':[");
    for (int row = 0; row < 8; row++) {
        text_buffer_format(&document, "%s", number);
    }
    text_buffer_format(&document, "{'phone_numbers':[{'id':'','errors':'%012000d'}]}]}", 0);
    for (uint64_t more = 80 * 1024; more < 120 * 1024; more += 256) {
        options.max_bytes = numres_parser_size(NULL) + more;
        arrow_result result = read_rows(document.bytes, &options);
        cr_assert_null(result.broken, "%s", result.broken);
        full += result.error.code == NUMRES_STREAM_FULL && result.row_count == 8;
        arrow_result_free(&result);
    }
    cr_expect_gt(full, 0);
    text_buffer_free(&document);
}
