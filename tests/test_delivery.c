/* What the caller gets besides records: sentences, paths, the number of the document, and
   how often each handler is called. */
#include <criterion/criterion.h>
#include <numres.h>
#include <string.h>

#include "records.h"

static numres_options several(void) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    return options;
}

Test(delivery, each_document_has_its_own_sentence_for_no_envelope) {
    numres_options options = several();
    records kept = read_document("{'phone_numbers':[]} {'x':1} {'y':'number_reservation'} {}",
                                 &options, NULL, NULL);
    expect_problem_count(&kept, 4);
    for (size_t at = 0; at < 4; at++) {
        const char *sentence = event_of(&kept, NUMRES_EVENT_PROBLEM, at)->problem.sentence;
        cr_assert_eq(strstr(sentence, "NUMRES_ROOT_RESERVATION") != NULL, at % 2 == 0);
    }
    records_close(&kept);
}

Test(delivery, a_problem_leaves_no_path_in_an_error_that_is_none) {
    static const char text[] = "{\"data\":[{\"status\":\"odd\"";
    records kept;
    records_open(&kept, NULL, NULL);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(numres_parser_feed(parser, text, strlen(text), NULL), NUMRES_OK);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, 19, "data[0].status", "odd");
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_str_eq(numres_parser_error(parser)->path, "");
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(delivery, a_stop_at_a_missing_member_ends_the_others) {
    wish stop = {NUMRES_EVENT_PROBLEM, NUMRES_STOP};
    numres_options options = numres_options_default();
    options.require_members = true;
    records kept = read_document("{'data':[{}]}", &options, grant, &stop);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_MISSING_MEMBER, 10, "data[0].id", "");
    expect_error(&kept, NUMRES_STOPPED, 11, "data[1]");
    records_close(&kept);
}

Test(delivery, a_strict_error_names_its_document) {
    numres_options options = several();
    options.strict = true;
    records kept = read_document("{'data':[]} {'data':[{'id':5}]}", &options, NULL, NULL);
    expect_error(&kept, NUMRES_WRONG_TYPE, 27, "data[0].id");
    cr_assert_eq(kept.error.document, 1);
    expect_problem_count(&kept, 0);
    records_close(&kept);
}

/* A character of three bytes crosses byte 256, so the cut is before it. This also holds
   if the gate decoded the value into its smallest buffer. */
Test(delivery, raw_text_is_cut_at_a_character_whatever_the_limit) {
    char text[400] = "{'data':[{'id':'";
    size_t start = strlen(text);
    memset(text + start, 'x', 254);
    strcpy(text + start + 254, "\xE2\x82\xACyyyyyyyy'}]}");
    numres_options options = numres_options_default();
    options.max_value_length = 1;
    records kept = read_document(text, &options, NULL, NULL);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem.raw.length, 254);
    records_close(&kept);
}

/* With each handler alone, no other's records come to it. */
Test(delivery, a_handler_alone_gets_what_is_its_own) {
    static const struct {
        size_t place;
        numres_event event;
    } kinds[] = {
        {offsetof(numres_handlers, on_reservation), NUMRES_EVENT_RESERVATION},
        {offsetof(numres_handlers, on_phone_number), NUMRES_EVENT_PHONE_NUMBER},
        {offsetof(numres_handlers, on_meta), NUMRES_EVENT_META},
        {offsetof(numres_handlers, on_api_error), NUMRES_EVENT_API_ERROR},
        {offsetof(numres_handlers, on_document_end), NUMRES_EVENT_DOCUMENT_END},
    };
    static const char page[] =
        "{\"data\":[{\"phone_numbers\":[{}]}],\"meta\":{},\"errors\":[{},\"x\"]}";
    const numres_handlers all = trace_handlers();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        numres_handlers alone = numres_handlers_default();
        trace seen = {.counts_only = true};
        memcpy((char *)&alone + kinds[i].place, (const char *)&all + kinds[i].place,
               sizeof alone.on_meta);
        cr_assert_eq(numres_parse(page, strlen(page), NULL, &alone, &seen, NULL), NUMRES_OK);
        cr_expect_eq(seen.callbacks, seen.came[kinds[i].event]);
        cr_expect_eq(seen.callbacks, kinds[i].event == NUMRES_EVENT_API_ERROR ? 2 : 1, "%zu", i);
    }
}

/* All bytes that the limit allows have come and then no more: the document is truncated. */
Test(delivery, a_document_cut_at_its_largest_size_is_truncated) {
    numres_options options = numres_options_default();
    options.max_document_size = 9;
    records kept = read_document("{'data':[", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TRUNCATED, 9, "data[0]");
    records_close(&kept);
}

Test(delivery, a_scalar_of_exactly_the_largest_size_is_whole) {
    static const struct {
        const char *text;
        size_t documents;
    } cases[] = {{"123\n", 1}, {"12 345 \n", 2}, {"'a' ", 1}, {"123 4", 2}, {"'a' []", 2}};
    numres_options options = several();
    options.max_document_size = 3;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        records kept = read_document(cases[i].text, &options, NULL, NULL);
        expect_fine(&kept);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), cases[i].documents, "%s",
                     kept.log);
        records_close(&kept);
    }
}

Test(delivery, containers_need_no_white_space_between_them) {
    static const char *const texts[] = {"[]{}", "[][]", "{}[]", "{}{}", "[1]2 []"};
    numres_options options = several();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        records kept = read_document(texts[i], &options, NULL, NULL);
        cr_assert_eq(kept.error.code, NUMRES_OK, "%s", texts[i]);
        records_close(&kept);
    }
}

Test(delivery, a_failed_creation_is_told_by_numres_parse_too) {
    numres_error error;
    numres_options options = numres_options_default();
    options.max_depth = 500;
    memset(&error, 0x55, sizeof error);
    error.size = sizeof error;
    cr_assert_eq(numres_parse("{}", 2, &options, NULL, NULL, &error), NUMRES_WRONG_OPTION);
    cr_assert_eq(error.code, NUMRES_WRONG_OPTION);
    cr_assert_str_eq(error.sentence, numres_code_sentence(NUMRES_WRONG_OPTION));
    cr_assert_str_eq(error.path, "");
}

/* ---- the very end of a root: a stop there, or a limit reached there ---- */

static numres_options bare(void) {
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    return options;
}

/* The error is located after the root, and no callback follows the stop. */
static void expect_stop(const char *text, const numres_options *options, numres_event kind,
                        uint64_t offset, size_t events) {
    wish stop = {kind, NUMRES_STOP};
    records kept = read_document(text, options, grant, &stop);
    expect_error(&kept, NUMRES_STOPPED, offset, "(root)");
    cr_assert_eq(kept.count, events, "%s", kept.log);
    records_close(&kept);
}

/* Of seven missing members only the first is raised. */
Test(delivery, a_stop_at_a_missing_member_of_the_root) {
    numres_options options = bare();
    options.require_members = true;
    expect_stop(" {} ", &options, NUMRES_EVENT_PROBLEM, 3, 1);
}

Test(delivery, a_stop_at_a_bare_root_that_is_a_list) {
    numres_options options = bare();
    expect_stop("[1,2] ", &options, NUMRES_EVENT_PROBLEM, 5, 1);
}

Test(delivery, a_stop_at_a_bare_root_that_is_a_scalar) {
    numres_options options = bare();
    expect_stop("'text' ", &options, NUMRES_EVENT_PROBLEM, 6, 1);
    expect_stop("12", &options, NUMRES_EVENT_PROBLEM, 2, 1);
    expect_stop("12 ", &options, NUMRES_EVENT_PROBLEM, 2, 1);
}

Test(delivery, a_stop_at_a_bare_reservation_ends_before_the_document_does) {
    numres_options options = bare();
    expect_stop("{'id':'a'} ", &options, NUMRES_EVENT_RESERVATION, 10, 1);
}

Test(delivery, a_stop_at_the_end_of_a_number_as_large_as_may_be) {
    numres_options options = bare();
    options.max_document_size = 2;
    expect_stop("12 ", &options, NUMRES_EVENT_DOCUMENT_END, 2, 2);
}

Test(delivery, a_number_that_goes_on_beyond_the_largest_size) {
    numres_options options = bare();
    options.max_document_size = 2;
    records kept = read_document("123", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TOO_LARGE, 2, "(root)");
    cr_assert_eq(kept.count, 0, "%s", kept.log);
    records_close(&kept);
}

Test(delivery, what_is_not_whole_at_the_largest_size_is_too_large) {
    static const char *const texts[] = {"1. ", "1e ", "tr ", "'a ", "[1 "};
    numres_options options = bare();
    options.max_document_size = 2;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        records kept = read_document(texts[i], &options, NULL, NULL);
        cr_assert_eq(kept.error.code, NUMRES_TOO_LARGE, "%s", texts[i]);
        cr_assert_eq(kept.error.offset, 2, "%s", texts[i]);
        records_close(&kept);
    }
}

/* After a pause, finish delivers the outstanding callback. */
static numres_answer pause_then_answer(numres_parser *parser, const event *now, void *context) {
    (void)parser;
    return now->kind == NUMRES_EVENT_RESERVATION ? NUMRES_PAUSE : *(numres_answer *)context;
}

static void expect_finish(numres_answer at_end, numres_code first, numres_code second) {
    records kept;
    numres_options options = bare();
    records_open(&kept, pause_then_answer, &at_end);
    numres_parser *parser = records_parser(&kept, &options);
    cr_assert_eq(numres_parser_feed(parser, "{}", 2, NULL), NUMRES_PAUSED);
    cr_assert_eq(numres_parser_finish(parser), first);
    cr_assert_eq(numres_parser_finish(parser), second);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(delivery, finish_obeys_the_answer_of_an_owed_callback) {
    expect_finish(NUMRES_GO_ON, NUMRES_OK, NUMRES_OK);
    expect_finish(NUMRES_PAUSE, NUMRES_PAUSED, NUMRES_OK);
    expect_finish(NUMRES_STOP, NUMRES_STOPPED, NUMRES_STOPPED);
}
