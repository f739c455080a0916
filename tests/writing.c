#include "writing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

/* ---- collecting ---- */

typedef struct collecting {
    trace trace;
    kept_page page;
} collecting;

/* The reservation whose numbers are being collected. */
static kept_reservation *open_one(kept_page *page) {
    if (page->count == page->room) {
        size_t room = page->room == 0 ? 8 : page->room * 2;
        page->reservations = realloc(page->reservations, room * sizeof(kept_reservation));
        memset(page->reservations + page->room, 0, (room - page->room) * sizeof(kept_reservation));
        page->room = room;
    }
    return &page->reservations[page->count];
}

static numres_answer collect(numres_parser *parser, trace *trace, const void *what) {
    kept_page *page = &((collecting *)trace)->page;
    (void)parser;
    if (trace->newest == NUMRES_EVENT_PHONE_NUMBER) {
        kept_reservation *kept = open_one(page);
        kept->numbers = realloc(kept->numbers, (kept->count + 1) * sizeof *kept->numbers);
        kept->numbers[kept->count++] = copy_of_phone_number(what);
    } else if (trace->newest == NUMRES_EVENT_RESERVATION) {
        open_one(page)->reservation = copy_of_reservation(what);
        page->count++;
    }
    page->problems = trace->came[NUMRES_EVENT_PROBLEM];
    return NUMRES_GO_ON;
}

kept_page page_read(const char *bytes, size_t length, const numres_options *options, size_t chunk) {
    collecting read = {.trace = {.counts_only = true, .decide = collect}, .page.code = NUMRES_OK};
    numres_handlers handlers = trace_handlers();
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, options, &handlers, &read), NUMRES_OK);
    for (size_t done = 0; done < length && read.page.code == NUMRES_OK;) {
        size_t now = chunk == 0 || length - done < chunk ? length - done : chunk;
        read.page.code = numres_parser_feed(parser, bytes + done, now, NULL);
        done += now;
    }
    if (read.page.code == NUMRES_OK) {
        read.page.code = numres_parser_finish(parser);
    }
    numres_parser_destroy(parser);
    return read.page;
}

kept_page page_of(const char *document) {
    char *bytes = json(document);
    kept_page page = page_read(bytes, strlen(bytes), NULL, 0);
    cr_assert_eq(page.code, NUMRES_OK, "the test's own document is broken: %s", bytes);
    free(bytes);
    return page;
}

void page_free(kept_page *page) {
    for (size_t at = 0; at < page->room; at++) {
        kept_reservation *kept = &page->reservations[at];
        for (size_t number = 0; number < kept->count; number++) {
            free((void *)(uintptr_t)kept->numbers[number]);
        }
        free(kept->numbers);
        free((void *)(uintptr_t)kept->reservation);
    }
    free(page->reservations);
}

/* ---- writing ---- */

numres_writer_options options_for(numres_format format) {
    numres_writer_options options = numres_writer_options_default();
    options.format = format;
    return options;
}

numres_writer *writer_create(const numres_writer_options *options, numres_write_function write,
                             void *context) {
    numres_writer *writer = NULL;
    void *memory = malloc(numres_writer_size());
    cr_assert_eq(
        numres_writer_create_in(&writer, memory, numres_writer_size(), options, write, context),
        NUMRES_OK);
    cr_assert_eq((void *)writer, memory, "malloc's memory is aligned already");
    return writer;
}

void writer_free(numres_writer *writer) {
    free(writer);
}

size_t write_to_buffer(const void *bytes, size_t length, void *buffer) {
    cr_assert_gt(length, 0, "the writer wrote nothing");
    text_buffer_add(buffer, bytes, length);
    return length;
}

static void note(numres_code *last, numres_code code) {
    if (code != NUMRES_OK) {
        *last = code;
    }
}

numres_code give_reservation(numres_writer *writer, const kept_reservation *kept) {
    numres_code last = NUMRES_OK;
    note(&last, numres_writer_begin_reservation(writer, kept->reservation));
    for (size_t at = 0; at < kept->count; at++) {
        note(&last, numres_writer_phone_number(writer, kept->numbers[at]));
    }
    note(&last, numres_writer_end_reservation(writer));
    return last;
}

numres_code give_page(numres_writer *writer, const kept_page *page) {
    numres_code last = NUMRES_OK;
    for (size_t at = 0; at < page->count; at++) {
        note(&last, give_reservation(writer, &page->reservations[at]));
    }
    note(&last, numres_writer_finish(writer));
    return last;
}

text_buffer page_written(const kept_page *page, const numres_writer_options *options) {
    text_buffer written = {NULL, 0, 0};
    text_buffer_add(&written, "", 0);
    numres_writer *writer = writer_create(options, write_to_buffer, &written);
    cr_assert_eq(give_page(writer, page), NUMRES_OK);
    writer_free(writer);
    return written;
}

void expect_bytes(const text_buffer *written, const char *expected, size_t length) {
    cr_assert(written->length == length && memcmp(written->bytes, expected, length) == 0,
              "--- expected\n%s\n--- written\n%s\n---", expected, written->bytes);
}

void expect_written(numres_format format, const char *document, const char *expected) {
    kept_page page = page_of(document);
    char *bytes = json(expected);
    numres_writer_options options = options_for(format);
    text_buffer written = page_written(&page, &options);
    expect_bytes(&written, bytes, strlen(bytes));
    text_buffer_free(&written);
    free(bytes);
    page_free(&page);
}
