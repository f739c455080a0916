/* What reaches the caller beside the records: sentences, paths, the number of
   the document, and how often. */
#include <criterion/criterion.h>
#include <numres.h>
#include <string.h>

#include "reading.h"

typedef struct seen {
    numres_answer answer;
    size_t problems;
    const char *sentences[8];
    char path[NUMRES_PATH_SIZE];
    char raw[NUMRES_RAW_TEXT_LENGTH + 1];
} seen;

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    seen *seen = user;
    (void)parser;
    if (seen->problems < 8)
        seen->sentences[seen->problems] = problem->sentence;
    seen->problems++;
    memcpy(seen->path, problem->path.bytes, problem->path.length + 1);
    memcpy(seen->raw, problem->raw.bytes, problem->raw.length);
    seen->raw[problem->raw.length] = '\0';
    return seen->answer;
}

static numres_parser *create(const numres_options *options, seen *seen) {
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    numres_options in_lane = options != NULL ? *options : numres_options_default();
    reading_options_take_lane(&in_lane);
    handlers.on_problem = on_problem;
    cr_assert_eq(numres_parser_create(&parser, &in_lane, &handlers, seen), NUMRES_OK);
    return parser;
}

static numres_code feed(numres_parser *parser, const char *text) {
    return numres_parser_feed(parser, text, strlen(text), NULL);
}

Test(delivery, each_document_has_its_own_sentence_for_no_envelope) {
    seen seen = {0};
    numres_options options = numres_options_default();
    options.several_documents = true;
    numres_parser *parser = create(&options, &seen);
    cr_assert_eq(feed(parser, "{\"phone_numbers\":[]} {\"x\":1} {\"y\":\"number_reservation\"} {}"),
                 NUMRES_OK);
    cr_assert_eq(seen.problems, 4);
    cr_assert(strstr(seen.sentences[0], "NUMRES_ROOT_RESERVATION") != NULL);
    cr_assert(strstr(seen.sentences[1], "NUMRES_ROOT_RESERVATION") == NULL);
    cr_assert(strstr(seen.sentences[2], "NUMRES_ROOT_RESERVATION") != NULL);
    cr_assert(strstr(seen.sentences[3], "NUMRES_ROOT_RESERVATION") == NULL);
    numres_parser_destroy(parser);
}

Test(delivery, a_problem_leaves_no_path_in_an_error_that_is_none) {
    seen seen = {0};
    numres_parser *parser = create(NULL, &seen);
    cr_assert_eq(feed(parser, "{\"data\":[{\"status\":\"odd\""), NUMRES_OK);
    cr_assert_str_eq(seen.path, "data[0].status");
    cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
    cr_assert_str_eq(numres_parser_error(parser)->path, "");
    numres_parser_destroy(parser);
}

Test(delivery, a_stop_at_a_missing_member_ends_the_others) {
    seen seen = {.answer = NUMRES_STOP};
    numres_options options = numres_options_default();
    options.require_members = true;
    numres_parser *parser = create(&options, &seen);
    cr_assert_eq(feed(parser, "{\"data\":[{}]}"), NUMRES_STOPPED);
    cr_assert_eq(seen.problems, 1);
    cr_assert_str_eq(seen.path, "data[0].id");
    cr_assert_str_eq(numres_parser_error(parser)->path, "data[1]");
    numres_parser_destroy(parser);
}

Test(delivery, a_strict_error_names_its_document) {
    seen seen = {0};
    numres_options options = numres_options_default();
    options.several_documents = true;
    options.strict = true;
    numres_parser *parser = create(&options, &seen);
    cr_assert_eq(feed(parser, "{\"data\":[]} {\"data\":[{\"id\":5}]}"), NUMRES_WRONG_TYPE);
    cr_assert_eq(numres_parser_error(parser)->document, 1);
    cr_assert_eq(seen.problems, 0);
    numres_parser_destroy(parser);
}

/* A character of three bytes lies across byte 256: the cut is before it, also
   where the value was decoded by the gate, whose buffer is then the smallest. */
Test(delivery, raw_text_is_cut_at_a_character_whatever_the_limit) {
    char text[400] = "{\"data\":[{\"id\":\"";
    size_t start = strlen(text);
    memset(text + start, 'x', 254);
    strcpy(text + start + 254, "\xE2\x82\xACyyyyyyyy\"}]}");
    numres_options options = numres_options_default();
    options.max_value_length = 1;
    for (size_t chunk = 1; chunk <= 400; chunk += 399) {
        seen seen = {0};
        numres_parser *parser = create(&options, &seen);
        for (size_t at = 0; at < strlen(text); at += chunk) {
            size_t left = strlen(text) - at;
            cr_assert_eq(numres_parser_feed(parser, text + at, left < chunk ? left : chunk, NULL),
                         NUMRES_OK);
        }
        cr_assert_eq(strlen(seen.raw), 254, "chunk %zu", chunk);
        numres_parser_destroy(parser);
    }
}

/* All bytes that the limit allows came, and no more: that is cut short. */
Test(delivery, a_document_cut_at_its_largest_size_is_truncated) {
    seen seen = {0};
    numres_options options = numres_options_default();
    options.max_document_size = 9;
    numres_parser *parser = create(&options, &seen);
    cr_assert_eq(feed(parser, "{\"data\":["), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_TRUNCATED);
    cr_assert_eq(numres_parser_error(parser)->offset, 9);
    numres_parser_destroy(parser);
}

Test(delivery, a_scalar_of_exactly_the_largest_size_is_whole) {
    static const char *const texts[] = {"123\n", "12 345 \n", "\"a\" "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t chunk = 1; chunk <= 16; chunk += 15) {
            seen seen = {0};
            numres_options options = numres_options_default();
            options.several_documents = true;
            options.max_document_size = 3;
            numres_parser *parser = create(&options, &seen);
            for (size_t at = 0; at < strlen(texts[i]); at += chunk) {
                size_t left = strlen(texts[i]) - at;
                cr_assert_eq(
                    numres_parser_feed(parser, texts[i] + at, left < chunk ? left : chunk, NULL),
                    NUMRES_OK, "%s", texts[i]);
            }
            cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
            numres_parser_destroy(parser);
        }
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
