/* One allocation at creation and none later, or the caller's own memory. */
#include "records.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- an allocator that counts and can refuse ---- */

typedef struct ledger {
    size_t allocations;
    size_t releases;
    size_t bytes;
    void *memory;
    size_t wrong; /* released, but not what was given out */
    bool refuse;
} ledger;

static void *ledger_allocate(size_t size, void *context) {
    ledger *book = context;
    book->allocations++;
    book->bytes += size;
    book->memory = book->refuse ? NULL : malloc(size);
    return book->memory;
}

static void ledger_release(void *memory, void *context) {
    ledger *book = context;
    book->releases++;
    book->wrong += memory != book->memory ? 1 : 0;
    free(memory);
}

static numres_options counted_options(ledger *book) {
    numres_options options = numres_options_default();
    memset(book, 0, sizeof *book);
    options.allocator.allocate = ledger_allocate;
    options.allocator.release = ledger_release;
    options.allocator.context = book;
    return options;
}

/* ---- documents that tempt a parser to allocate ---- */

/* `before`, then `unit` `times` times, then `after`. */
static char *repeat(const char *before, const char *unit, size_t times, const char *after) {
    size_t unit_length = strlen(unit);
    size_t length = strlen(before) + unit_length * times + strlen(after);
    char *text = malloc(length + 1), *to = text;
    to = stpcpy(to, before);
    for (size_t at = 0; at < times; at++) {
        to = stpcpy(to, unit);
    }
    strcpy(to, after);
    char *bytes = json(text);
    free(text);
    return bytes;
}

/* The arguments of `repeat` for each document. */
static const struct {
    const char *before;
    const char *unit;
    size_t times;
    const char *after;
} hostile[] = {
    {"{'data':[", "{'id':'a','phone_numbers':[{'id':'b'}]},", 200, "{}]}"},
    {"{'data':{'id':'", "long", 100000, "'}}"},
    {"{'data':{'id':'", "\\u00e9\\n", 50000, "'}}"},
    {"{'", "name", 100000, "':[]}"},
    {"{'x':", "7", 400000, "}"},
    {"{'meta':{'total_pages':", "7", 400000, "}}"},
    {"{'x':", "[", 200, ""},
    {"", "[", 32, ""},
    {"{'data':{'customer_reference':'", "x", 16384, "','errors':'y'}}"},
    {"{'data':[", "{'status':'odd','created_at':7,'id':{}},", 500, "null]}"},
    {"{'errors':[", "{'code':5,'source':{'pointer':'p'},'meta':{}},", 500, "{}]}"},
    {"{'data':{'phone_numbers':[", "{'phone_number':'+1','errors':''},", 3000, "{}]}}"},
    {"{", "'id':'a','\\u0069d':'b',", 2000, "'data':[]}"},
    {"", " \n\t", 100000, ""},
    {"{'data':'", "\xc3\xa9", 9000, "\xff'}"},
    {"{'", "\\ud83d\\ude00", 9000, "':null}"},
    {"[", "true,false,null,-1.5e-10,", 5000, "'']"},
};

static void read_in_chunks(numres_parser *parser, const char *bytes, size_t length, size_t chunk) {
    numres_code code = NUMRES_OK;
    for (size_t done = 0; done < length && code == NUMRES_OK;) {
        size_t now = length - done < chunk ? length - done : chunk;
        size_t consumed = 0;
        code = numres_parser_feed(parser, bytes + done, now, &consumed);
        done += consumed;
        if (code == NUMRES_PAUSED) {
            code = NUMRES_OK;
        }
    }
    while (numres_parser_finish(parser) == NUMRES_PAUSED) {
    }
}

static void read_hostile_documents(numres_parser *parser) {
    static const size_t chunks[] = {SIZE_MAX, 4096, 1448, 7, 1};
    for (size_t count = 0; count < sizeof hostile / sizeof hostile[0]; count++) {
        char *bytes = repeat(hostile[count].before, hostile[count].unit, hostile[count].times,
                             hostile[count].after);
        for (size_t at = 0; at < sizeof chunks / sizeof chunks[0]; at++) {
            read_in_chunks(parser, bytes, strlen(bytes), chunks[at]);
            cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
        }
        free(bytes);
    }
}

/* ---- tests ---- */

Test(memory, one_allocation_of_the_told_size_and_none_later, .timeout = 300) {
    static const size_t values[][2] = {{16384, 32768}, {2048, 4096}, {1, 1}, {64, 100000}};
    for (size_t at = 0; at < sizeof values / sizeof values[0]; at++) {
        ledger book;
        numres_options options = counted_options(&book);
        options.max_value_length = values[at][0];
        options.max_record_text = values[at][1];
        options.require_members = true;
        numres_parser *parser = NULL;
        cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
        cr_assert_eq(book.allocations, 1);
        cr_assert_eq(book.bytes, numres_parser_size(&options));
        read_hostile_documents(parser);
        cr_assert_eq(book.allocations, 1);
        cr_assert_eq(book.releases, 0);
        numres_parser_destroy(parser);
        cr_assert_eq(book.releases, 1);
        cr_assert_eq(book.wrong, 0);
    }
}

Test(memory, parse_allocates_once_and_releases) {
    ledger book;
    numres_options options = counted_options(&book);
    cr_assert_eq(numres_parse("{\"data\":[]}", 11, &options, NULL, NULL, NULL), NUMRES_OK);
    cr_assert_eq(book.allocations, 1);
    cr_assert_eq(book.releases, 1);
    cr_assert_eq(numres_parse("{\"data\":[?", 10, &options, NULL, NULL, NULL), NUMRES_SYNTAX);
    cr_assert_eq(book.allocations, 2);
    cr_assert_eq(book.releases, 2);
    cr_assert_eq(book.wrong, 0);
}

Test(memory, a_failing_allocator_gives_no_memory_and_leaks_nothing) {
    ledger book;
    numres_options options = counted_options(&book);
    numres_parser *parser = (numres_parser *)&book;
    book.refuse = true;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_NO_MEMORY);
    cr_assert_null(parser);
    cr_assert_eq(book.allocations, 1);
    cr_assert_eq(book.releases, 0);
    cr_assert_eq(numres_parse("{}", 2, &options, NULL, NULL, NULL), NUMRES_NO_MEMORY);
    cr_assert_eq(book.releases, 0);
}

Test(memory, nothing_is_allocated_for_wrong_arguments) {
    ledger book;
    numres_options options = counted_options(&book);
    numres_parser *parser = NULL;
    options.max_depth = 0;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_WRONG_OPTION);
    options.size = 0;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(book.allocations, 0);
}

Test(memory, half_an_allocator_is_a_wrong_option) {
    numres_parser *parser = NULL;
    numres_options options = numres_options_default();
    options.allocator.allocate = ledger_allocate;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_WRONG_OPTION);
    options = numres_options_default();
    options.allocator.release = ledger_release;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_WRONG_OPTION);
    cr_assert_null(parser);
}

/* README.md, docs/library.md and docs/faq.md promise these sizes, which leave room for some
   more members. */
Test(memory, the_block_is_as_small_as_promised) {
    numres_options options = numres_options_default();
    cr_assert_eq(numres_parser_size(NULL), numres_parser_size(&options));
    cr_assert_gt(numres_parser_size(NULL), 0);
    cr_assert_lt(numres_parser_size(NULL), 100 * 1024);
    options.max_value_length = 2048;
    options.max_record_text = 4096;
    cr_assert_gt(numres_parser_size(&options), 0);
    cr_assert_lt(numres_parser_size(&options), 28 * 1024);
}

/* A document that fills every record's text to its limit. */
static char *full_document(size_t limit) {
    char *reference = repeat("", "r", limit, "");
    size_t size = 2 * limit + 200;
    char *text = malloc(size);
    snprintf(text, size, "{'data':[{'customer_reference':'%s','phone_numbers':[{'errors':'%s'}]}]}",
             reference, reference);
    char *bytes = json(text);
    free(text);
    free(reference);
    return bytes;
}

static void read_full_document(numres_parser *parser, records *kept, size_t limit) {
    char *bytes = full_document(limit);
    records_forget(kept);
    read_in_chunks(parser, bytes, strlen(bytes), 5);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(event_of(kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number.errors.length, limit);
    cr_assert_eq(event_of(kept, NUMRES_EVENT_RESERVATION, 0)->reservation.customer_reference.length,
                 limit);
    cr_assert_eq(count_of(kept, NUMRES_EVENT_PROBLEM), 0);
    free(bytes);
}

Test(memory, the_callers_memory_at_every_alignment) {
    numres_options options = numres_options_default();
    options.max_value_length = 512;
    options.max_record_text = 512;
    size_t size = numres_parser_size(&options);
    for (size_t shift = 0; shift < 64; shift++) {
        records kept;
        numres_handlers handlers = trace_handlers();
        numres_parser *parser = NULL;
        unsigned char *memory = malloc(size + 64 + 64);
        memset(memory, 0xa5, size + 128);
        records_open(&kept, NULL, NULL);
        cr_assert_eq(
            numres_parser_create_in(&parser, memory + shift, size, &options, &handlers, &kept),
            NUMRES_OK);
        read_full_document(parser, &kept, 512);
        numres_parser_destroy(parser);
        for (size_t at = 0; at < shift; at++) {
            cr_assert_eq(memory[at], 0xa5, "wrote before the memory");
        }
        for (size_t at = shift + size; at < size + 128; at++) {
            cr_assert_eq(memory[at], 0xa5, "wrote after the memory");
        }
        records_close(&kept);
        free(memory);
    }
}

Test(memory, a_guard_page_after_the_callers_memory) {
    static const size_t limits[] = {1, 7, 512, 4097, 16384};
    for (size_t at = 0; at < sizeof limits / sizeof limits[0]; at++) {
        numres_options options = numres_options_default();
        options.max_value_length = limits[at];
        options.max_record_text = limits[at];
        size_t size = numres_parser_size(&options);
        for (size_t spare = 0; spare < 16; spare++) {
            guard page = guard_create(size + spare);
            records kept;
            numres_handlers handlers = trace_handlers();
            numres_parser *parser = NULL;
            records_open(&kept, NULL, NULL);
            cr_assert_eq(numres_parser_create_in(&parser, page.end - size - spare, size + spare,
                                                 &options, &handlers, &kept),
                         NUMRES_OK);
            read_full_document(parser, &kept, limits[at]);
            cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
            read_full_document(parser, &kept, limits[at]);
            numres_parser_destroy(parser);
            records_close(&kept);
            guard_destroy(&page);
        }
    }
}

Test(memory, a_byte_too_few_is_no_memory) {
    size_t size = numres_parser_size(NULL);
    char *memory = malloc(size);
    numres_parser *parser = (numres_parser *)&size;
    static const size_t too_few[] = {0, 1, 100};
    for (size_t at = 0; at < 3; at++) {
        cr_assert_eq(numres_parser_create_in(&parser, memory, too_few[at], NULL, NULL, NULL),
                     NUMRES_NO_MEMORY);
        cr_assert_null(parser);
    }
    cr_assert_eq(numres_parser_create_in(&parser, memory, size - 1, NULL, NULL, NULL),
                 NUMRES_NO_MEMORY);
    cr_assert_null(parser);
    cr_assert_eq(numres_parser_create_in(&parser, memory, size, NULL, NULL, NULL), NUMRES_OK);
    numres_parser_destroy(parser);
    free(memory);
}

Test(memory, the_callers_memory_is_never_released_and_nothing_allocated) {
    ledger book;
    numres_options options = counted_options(&book);
    size_t size = numres_parser_size(&options);
    char *memory = malloc(size);
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create_in(&parser, memory, size, &options, NULL, NULL), NUMRES_OK);
    read_hostile_documents(parser);
    numres_parser_destroy(parser);
    cr_assert_eq(book.allocations, 0);
    cr_assert_eq(book.releases, 0);
    memset(memory, 0, size);
    free(memory);
}
