/*
 * The release rules of the Arrow C data interface: a struct that was moved out outlives
 * the one it came from, whatever is released first. All memory comes from a counting
 * allocator, and under AddressSanitizer a wrong order crashes.
 */
#include <criterion/criterion.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_checker.h"
#include "arrow_rows.h"
#include "limited_memory.h"
#include "records.h"

static const char document[] =
    "{\"data\":[{\"id\":\"a\",\"status\":\"odd\",\"phone_numbers\":[{\"id\":\"1\"},"
    "{\"status\":\"failed\"}]},{\"created_at\":\"2018-01-01T00:00:00Z\"}]}";

/* The columns that the tests move out. */
enum { RESERVATION_ID = 0, RESERVATION_STATUS = 1 };

typedef struct opened {
    limited_memory memory;
    arrow_bytes bytes;
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
} opened;

/* Opens a stream and takes its schema and first batch. */
static void open_all(opened *all) {
    numres_options parser = numres_options_default();
    numres_arrow_options options = numres_arrow_options_default();
    all->memory = (limited_memory){.left = SIZE_MAX};
    all->bytes = arrow_bytes_of(document, sizeof document - 1, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&all->bytes);
    parser.allocator = limited_allocator(&all->memory);
    options.parser = &parser;
    options.batch_rows = 2;
    cr_assert_eq(numres_arrow_stream_create(&all->stream, &source, &options), NUMRES_OK);
    cr_assert_eq(all->stream.get_schema(&all->stream, &all->schema), 0);
    cr_assert_eq(all->stream.get_next(&all->stream, &all->array), 0);
}

/* Moves a struct: copies its bytes and marks the source as released. */
#define MOVE(to, from) (memcpy(to, from, sizeof *(to)), (from)->release = NULL)

static void expect_nothing_held(const opened *all) {
    cr_expect_eq(all->memory.open, 0, "%zu pieces", all->memory.open);
    cr_expect_eq(all->bytes.released, 1);
}

Test(arrow_release, in_any_order) {
    for (int order = 0; order < 6; order++) {
        static const char orders[][4] = {"sab", "sba", "asb", "abs", "bsa", "bas"};
        opened all;
        open_all(&all);
        for (int at = 0; at < 3; at++) {
            if (orders[order][at] == 's') {
                all.schema.release(&all.schema);
            } else if (orders[order][at] == 'a') {
                cr_expect_eq(all.array.children[0]->length, 2);
                all.array.release(&all.array);
            } else {
                all.stream.release(&all.stream);
            }
        }
        cr_expect_null(all.schema.release);
        cr_expect_null(all.array.release);
        cr_expect_null(all.stream.release);
        expect_nothing_held(&all);
    }
}

/* Releasing a struct again does nothing. */
Test(arrow_release, twice) {
    opened all;
    open_all(&all);
    void (*release_array)(struct ArrowArray *) = all.array.release;
    void (*release_column)(struct ArrowArray *) = all.array.children[0]->release;
    void (*release_schema)(struct ArrowSchema *) = all.schema.release;
    void (*release_name)(struct ArrowSchema *) = all.schema.children[0]->release;
    void (*release_stream)(struct ArrowArrayStream *) = all.stream.release;
    release_column(all.array.children[0]);
    release_column(all.array.children[0]);
    release_name(all.schema.children[0]);
    release_name(all.schema.children[0]);
    release_column(NULL);
    release_name(NULL);
    for (int time = 0; time < 2; time++) {
        release_array(&all.array);
        release_schema(&all.schema);
        release_stream(&all.stream);
        release_array(NULL);
        release_schema(NULL);
        release_stream(NULL);
    }
    expect_nothing_held(&all);
}

Test(arrow_release, structs_that_were_moved) {
    opened all;
    opened moved;
    open_all(&all);
    MOVE(&moved.stream, &all.stream);
    MOVE(&moved.schema, &all.schema);
    MOVE(&moved.array, &all.array);
    cr_expect_null(arrow_check_array(&moved.schema, &moved.array));
    moved.array.release(&moved.array);
    cr_assert_eq(moved.stream.get_next(&moved.stream, &moved.array), 0);
    cr_expect_eq(moved.array.length, 1);
    cr_expect_eq(numres_arrow_stream_error(&moved.stream)->code, NUMRES_OK);
    cr_expect_null(numres_arrow_stream_error(&all.stream));
    moved.stream.release(&moved.stream);
    moved.schema.release(&moved.schema);
    moved.array.release(&moved.array);
    expect_nothing_held(&all);
}

static void release_all(opened *all) {
    all->array.release(&all->array);
    all->schema.release(&all->schema);
    all->stream.release(&all->stream);
}

/* Checks a column, with its name, as the only one of a batch. */
static void expect_column(struct ArrowArray *column, struct ArrowSchema *name) {
    const void *none[] = {NULL};
    struct ArrowArray batch = {.length = 2,
                               .n_buffers = 1,
                               .n_children = 1,
                               .buffers = none,
                               .children = &column,
                               .release = column->release};
    struct ArrowSchema schema = {
        .format = "+s", .name = "", .n_children = 1, .children = &name, .release = name->release};
    cr_expect_null(arrow_check_schema(&schema));
    cr_expect_null(arrow_check_array(&schema, &batch));
}

/* Each column of the array and of the schema, once moved out, outlives the rest. */
Test(arrow_release, children_that_were_moved_out) {
    opened all;
    open_all(&all);
    int64_t count = all.array.n_children;
    for (int64_t at = 0; at < count; at++) {
        struct ArrowArray column;
        struct ArrowSchema name;
        MOVE(&column, all.array.children[at]);
        MOVE(&name, all.schema.children[at]);
        release_all(&all);
        expect_column(&column, &name);
        column.release(&column);
        name.release(&name);
        cr_expect_null(column.release);
        expect_nothing_held(&all);
        open_all(&all);
    }
    release_all(&all);
}

Test(arrow_release, a_dictionary_that_was_moved_out) {
    opened all;
    struct ArrowArray words;
    struct ArrowSchema type;
    open_all(&all);
    MOVE(&words, all.array.children[RESERVATION_STATUS]->dictionary);
    MOVE(&type, all.schema.children[RESERVATION_STATUS]->dictionary);
    release_all(&all);
    cr_expect_str_eq(type.format, "u");
    cr_expect(text_is(arrow_text(&words, words.length - 1), "odd"));
    words.release(&words);
    type.release(&type);
    expect_nothing_held(&all);
}

static void *release_on_another_thread(void *array) {
    ((struct ArrowArray *)array)->release(array);
    return NULL;
}

/* Batches are released elsewhere while the stream continues on this thread. */
Test(arrow_release, on_another_thread) {
    struct ArrowArrayStream stream;
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{}");
    for (int at = 0; at < 2000; at++) {
        text_buffer_format(&page, ",{\"id\":\"%d\"}", at);
    }
    text_buffer_format(&page, "]}");
    arrow_bytes bytes = arrow_bytes_of(page.bytes, page.length, 100);
    numres_arrow_source source = arrow_source_of(&bytes);
    numres_arrow_options options = numres_arrow_options_default();
    options.batch_rows = 50;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &options), NUMRES_OK);
    struct ArrowArray arrays[2];
    int batches = 0;
    cr_assert_eq(stream.get_next(&stream, &arrays[0]), 0);
    while (arrays[batches % 2].release != NULL) {
        pthread_t thread;
        cr_assert_eq(pthread_create(&thread, NULL, release_on_another_thread, &arrays[batches % 2]),
                     0);
        batches++;
        cr_assert_eq(stream.get_next(&stream, &arrays[batches % 2]), 0);
        pthread_join(thread, NULL);
    }
    cr_expect_eq(batches, 41);
    stream.release(&stream);
    text_buffer_free(&page);
}
