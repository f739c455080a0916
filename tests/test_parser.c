/* The parser's life: create, feed, finish, reset, pause, stop, wrong use. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* One callback of every kind except the problem, followed by a problem. */
static const char everything[] =
    "{'data':[{'id':'a','phone_numbers':[{'id':'n','status':'success'}],'status':'odd'}],"
    "'errors':[{'code':'1'}],'meta':{'total_pages':1}}";

static numres_code feed(numres_parser *parser, const char *text, size_t *consumed) {
    char *bytes = json(text);
    numres_code code = numres_parser_feed(parser, bytes, strlen(bytes), consumed);
    free(bytes);
    return code;
}

static numres_code feed_whole(numres_parser *parser, const char *text) {
    size_t consumed = 0;
    numres_code code = feed(parser, text, &consumed);
    if (code == NUMRES_OK) {
        cr_assert_eq(consumed, strlen(text));
    }
    return code;
}

/* ---- creation ---- */

Test(parser, create_and_destroy_without_a_byte) {
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    cr_assert_not_null(parser);
    cr_assert_eq(numres_parser_position(parser), 0);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    numres_parser_destroy(parser);
}

Test(parser, reads_without_any_handler) {
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    cr_assert_eq(feed_whole(parser, everything), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
}

Test(parser, a_size_that_is_not_set_is_wrong_use) {
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    numres_parser *parser = (numres_parser *)&options;
    options.size = 0;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_null(parser);
    options = numres_options_default();
    handlers.size = 0;
    parser = (numres_parser *)&options;
    cr_assert_eq(numres_parser_create(&parser, &options, &handlers, NULL), NUMRES_WRONG_USE);
    cr_assert_null(parser);
    char memory[8];
    parser = (numres_parser *)&options;
    cr_assert_eq(numres_parser_create_in(&parser, memory, sizeof memory, NULL, &handlers, NULL),
                 NUMRES_WRONG_USE);
    cr_assert_null(parser);
}

Test(parser, an_older_options_struct_has_the_defaults_beyond_its_end) {
    static const size_t sizes[] = {
        offsetof(numres_options, allocator),        offsetof(numres_options, max_document_size),
        offsetof(numres_options, max_depth),        offsetof(numres_options, max_record_text),
        offsetof(numres_options, max_value_length),
    };
    for (size_t at = 0; at < sizeof sizes / sizeof sizes[0]; at++) {
        numres_options options;
        /* The rest is not allocated: the sanitizer detects a read of it. */
        numres_options *older = malloc(sizes[at]);
        options = numres_options_default();
        options.several_documents = true;
        options.size = sizes[at];
        memcpy(older, &options, sizes[at]);
        records kept;
        records_open(&kept, NULL, NULL);
        cr_assert_eq(numres_parser_size(older), numres_parser_size(NULL));
        numres_parser *parser = records_parser(&kept, older);
        cr_assert_eq(feed_whole(parser, "{'errors':[]}{'errors':[]}"), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 2);
        numres_parser_destroy(parser);
        records_close(&kept);
        free(older);
    }
}

Test(parser, an_older_handlers_struct_has_no_handlers_beyond_its_end) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_handlers handlers = trace_handlers();
    size_t size = offsetof(numres_handlers, on_document_end);
    numres_handlers *older = malloc(size);
    handlers.size = size;
    memcpy(older, &handlers, size);
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, older, &kept), NUMRES_OK);
    free(older);
    cr_assert_eq(feed_whole(parser, everything), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_PROBLEM), 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(parser, options_and_handlers_are_copied) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_options options = numres_options_default();
    numres_handlers handlers = trace_handlers();
    numres_parser *parser = NULL;
    options.root = NUMRES_ROOT_RESERVATION;
    cr_assert_eq(numres_parser_create(&parser, &options, &handlers, &kept), NUMRES_OK);
    memset(&options, 0xff, sizeof options);
    memset(&handlers, 0xff, sizeof handlers);
    cr_assert_eq(feed_whole(parser, "{'id':'x'}"), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

/* ---- wrong use from outside ---- */

Test(parser, null_everywhere) {
    size_t consumed = 77;
    char memory[64];
    numres_text none;
    cr_assert_eq(numres_parser_create(NULL, NULL, NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_create_in(NULL, memory, sizeof memory, NULL, NULL, NULL),
                 NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_feed(NULL, "{}", 2, &consumed), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_feed(NULL, NULL, 0, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_finish(NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_reset(NULL), NUMRES_WRONG_USE);
    cr_assert_null(numres_parser_error(NULL));
    cr_assert_eq(numres_parser_position(NULL), 0);
    numres_parser_destroy(NULL);
    none = numres_reservation_raw(NULL, 0);
    cr_assert(none.length == 0 && none.bytes != NULL);
    none = numres_phone_number_raw(NULL, 0);
    cr_assert(none.length == 0 && none.bytes != NULL);
    none = numres_meta_raw(NULL, 0);
    cr_assert(none.length == 0 && none.bytes != NULL);
    none = numres_api_error_raw(NULL, 0);
    cr_assert(none.length == 0 && none.bytes != NULL);
}

Test(parser, no_memory_given_is_too_little) {
    numres_parser *parser = (numres_parser *)&parser;
    cr_assert_neq(numres_parser_create_in(&parser, NULL, 1u << 20, NULL, NULL, NULL), NUMRES_OK);
    cr_assert_null(parser);
}

Test(parser, null_bytes_with_a_length_are_wrong_use_and_change_nothing) {
    records kept;
    size_t consumed = 77;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(feed_whole(parser, "{'err"), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, NULL, 3, &consumed), NUMRES_WRONG_USE);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(feed_whole(parser, "ors':[]}"), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(parser, feeding_after_finish_is_wrong_use_and_changes_nothing) {
    records kept;
    size_t consumed = 77;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(feed_whole(parser, "{'errors':[]} "), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, "x", 1, &consumed), NUMRES_WRONG_USE);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(numres_parser_feed(parser, NULL, 0, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(numres_parser_position(parser), 14);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

/* ---- wrong use from inside ---- */

typedef struct meddling {
    size_t calls;
    size_t wrong;
} meddling;

static numres_answer meddle(numres_parser *parser, const event *now, void *context) {
    meddling *seen = context;
    size_t consumed = 77;
    seen->calls++;
    if (numres_parser_feed(parser, "]", 1, &consumed) != NUMRES_WRONG_USE || consumed != 0 ||
        numres_parser_feed(parser, NULL, 0, NULL) != NUMRES_WRONG_USE ||
        numres_parser_finish(parser) != NUMRES_WRONG_USE) {
        seen->wrong++;
    }
    if (numres_parser_position(parser) != now->position ||
        numres_parser_error(parser)->code != NUMRES_OK) {
        seen->wrong++;
    }
    return NUMRES_GO_ON;
}

Test(parser, calls_from_inside_every_callback_leave_the_parse_unharmed) {
    records plain = read_document(everything, NULL, NULL, NULL);
    meddling seen = {0, 0};
    records meddled = read_document(everything, NULL, meddle, &seen);
    cr_assert_str_eq(plain.log, meddled.log);
    cr_assert_gt(seen.calls, 0);
    cr_assert_eq(seen.wrong, 0);
    records_close(&plain);
    records_close(&meddled);
}

static numres_answer read_another(numres_parser *parser, const event *now, void *context) {
    size_t *done = context;
    (void)parser;
    (void)now;
    *done += numres_parse("{\"errors\":[]}", 13, NULL, NULL, NULL, NULL) == NUMRES_OK ? 1 : 0;
    return NUMRES_GO_ON;
}

Test(parser, another_parser_may_be_used_inside_a_callback) {
    size_t done = 0;
    records kept = read_document(everything, NULL, read_another, &done);
    cr_assert_eq(done % kept.count, 0);
    cr_assert_gt(done, 0);
    records_close(&kept);
}

Test(parser, after_a_pause_the_parser_is_outside_again) {
    numres_parser *parser = NULL;
    records kept;
    records_open(&kept, NULL, NULL);
    parser = records_parser(&kept, NULL);
    cr_assert_eq(feed_whole(parser, everything), NUMRES_OK);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    records_close(&kept);
}

/* ---- feeding ---- */

Test(parser, zero_bytes_change_nothing) {
    static const char text[] = "{'data':{'id':'x'}}";
    records kept;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    char *bytes = json(text);
    for (size_t at = 0; at < strlen(bytes); at++) {
        size_t consumed = 77;
        cr_assert_eq(numres_parser_feed(parser, NULL, 0, &consumed), NUMRES_OK);
        cr_assert_eq(consumed, 0);
        cr_assert_eq(numres_parser_feed(parser, bytes + at, 0, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_feed(parser, bytes + at, 1, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_position(parser), at + 1);
    }
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    numres_parser_destroy(parser);
    free(bytes);
    records_close(&kept);
}

Test(parser, no_bytes_at_all_are_empty_input) {
    records kept = read_document("", NULL, NULL, NULL);
    expect_error(&kept, NUMRES_EMPTY_INPUT, 0, "(root)");
    records_close(&kept);
    kept = read_document(" \n\t\r ", NULL, NULL, NULL);
    expect_error(&kept, NUMRES_EMPTY_INPUT, 0, "(root)");
    records_close(&kept);
}

static size_t offset_count(const records *kept, uint64_t position) {
    size_t count = 0;
    for (size_t at = 0; at < kept->count; at++) {
        count += kept->events[at].position == position ? 1 : 0;
    }
    return count;
}

Test(parser, every_callback_has_the_position_after_what_completed_it) {
    records kept = read_document(everything, NULL, NULL, NULL);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->position,
                 end_of(everything, "'success'}"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->position, end_of(everything, "'odd'"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->position,
                 end_of(everything, "'odd'}"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 1)->position,
                 end_of(everything, "'errors':[{"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->position, end_of(everything, "'1'}"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_META, 0)->position, end_of(everything, "1}"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->position, strlen(everything));
    cr_assert_eq(offset_count(&kept, strlen(everything)), 1);
    cr_assert_eq(kept.position, strlen(everything));
    records_close(&kept);
}

/* ---- errors ---- */

Test(parser, an_error_is_sticky_until_reset) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    size_t consumed = 77;
    cr_assert_eq(feed(parser, "{'data':[}", &consumed), NUMRES_SYNTAX);
    cr_assert_eq(consumed, 9);
    for (int round = 0; round < 2; round++) {
        consumed = 77;
        cr_assert_eq(feed(parser, "]}", &consumed), NUMRES_SYNTAX);
        cr_assert_eq(consumed, 0);
        cr_assert_eq(numres_parser_feed(parser, NULL, 0, NULL), NUMRES_SYNTAX);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_SYNTAX);
        const numres_error *error = numres_parser_error(parser);
        cr_assert_eq(error->code, NUMRES_SYNTAX);
        cr_assert_eq(error->offset, 9);
        cr_assert_str_eq(error->path, "data[0]");
        cr_assert_not_null(error->sentence);
        cr_assert_eq(numres_parser_position(parser), 9);
    }
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_eq(numres_parser_position(parser), 0);
    cr_assert_eq(feed_whole(parser, "{'data':[]}"), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(parser, finish_returns_truncated_at_the_length_and_again) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(feed_whole(parser, "{'data':[{'id':'x"), NUMRES_OK);
    for (int round = 0; round < 2; round++) {
        cr_assert_eq(numres_parser_finish(parser), NUMRES_TRUNCATED);
        cr_assert_eq(numres_parser_error(parser)->offset, strlen("{'data':[{'id':'x"));
        cr_assert_str_eq(numres_parser_error(parser)->path, "data[0].id");
    }
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(parser, what_was_delivered_before_an_error_stays) {
    records kept = read_document("{'data':[{'id':'a'},{'id':'b'},?", NULL, NULL, NULL);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 2);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 0);
    expect_error(&kept, NUMRES_SYNTAX, 31, "data[2]");
    records_close(&kept);
}

Test(parser, trailing_bytes_after_a_single_document) {
    static const char text[] = "{'errors':[]} \n{'errors':[]}";
    records kept = read_document(text, NULL, NULL, NULL);
    expect_error(&kept, NUMRES_TRAILING_BYTES, 15, "(root)");
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    records_close(&kept);
}

/* ---- reset ---- */

Test(parser, reset_at_every_byte_makes_it_as_new) {
    char *bytes = json(everything);
    size_t length = strlen(bytes);
    records plain;
    records_open(&plain, NULL, NULL);
    records_read(&plain, bytes, length, NULL, 0);
    for (size_t at = 0; at <= length; at++) {
        records kept;
        records_open(&kept, NULL, NULL);
        numres_parser *parser = records_parser(&kept, NULL);
        cr_assert_eq(numres_parser_feed(parser, bytes, at, NULL), NUMRES_OK);
        if (at % 3 == 0) {
            numres_parser_finish(parser);
        }
        cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
        cr_assert_eq(numres_parser_position(parser), 0);
        records_forget(&kept);
        cr_assert_eq(numres_parser_feed(parser, bytes, length, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        trace_result(&kept.trace, numres_parser_error(parser), numres_parser_position(parser));
        cr_assert_str_eq(kept.trace.lines.bytes, plain.log, "reset after %zu bytes", at);
        numres_parser_destroy(parser);
        records_close(&kept);
    }
    records_close(&plain);
    free(bytes);
}

static const char escaped[] =
    "{'id':1,'data':{'id':'\\u0041\\ud83d\\ude00','created_at':'\\u0032','status':true}}";

static void expect_as_new_after(const char *unfinished, const char *lines) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    feed(parser, unfinished, NULL);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    records_forget(&kept);
    cr_assert_eq(feed_whole(parser, escaped), NUMRES_OK, "%s", unfinished);
    cr_assert_str_eq(kept.trace.lines.bytes, lines, "%s", unfinished);
    numres_parser_destroy(parser);
    records_close(&kept);
}

/* The gate forgets a token that did not end, or ended wrong. */
Test(parser, reset_inside_any_token_makes_it_as_new) {
    static const char *const unfinished[] = {
        "['\\ud83d",
        "['\\ud83d\\",
        "['\\ud83d\\ude",
        "['\\ud83dx",
        "['\\ud83d\\u0041",
        "['\\u00",
        "['\\",
        "['\xC3",
        "['\xF0\x9F",
        "['\xF0\x9F ",
        "[-1.",
        "[1e",
        "[tr",
        "[trx",
        "\xEF\xBB",
        "{'data':[{'",
        "{'phone_numbers':1,'",
    };
    records plain;
    records_open(&plain, NULL, NULL);
    numres_parser *parser = records_parser(&plain, NULL);
    cr_assert_eq(feed_whole(parser, escaped), NUMRES_OK);
    numres_parser_destroy(parser);
    for (size_t at = 0; at < sizeof unfinished / sizeof *unfinished; at++) {
        expect_as_new_after(unfinished[at], plain.trace.lines.bytes);
    }
    records_close(&plain);
}

Test(parser, reset_starts_the_documents_count_again) {
    records kept;
    records_open(&kept, NULL, NULL);
    numres_options options = numres_options_default();
    options.several_documents = true;
    numres_parser *parser = records_parser(&kept, &options);
    cr_assert_eq(feed_whole(parser, "{'errors':[]}{'errors':[]}"), NUMRES_OK);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    records_forget(&kept);
    cr_assert_eq(feed_whole(parser, "{'errors':[]}"), NUMRES_OK);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.number, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.offset, 0);
    numres_parser_destroy(parser);
    records_close(&kept);
}
