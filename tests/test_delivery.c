/* What reaches the caller beside the records: sentences, paths, the number of
   the document, and how often. */
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

/* A character of three bytes lies across byte 256: the cut is before it, also
   where the value was decoded by the gate, whose buffer is then the smallest. */
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

/* All bytes that the limit allows came, and no more: that is cut short. */
Test(delivery, a_document_cut_at_its_largest_size_is_truncated) {
    numres_options options = numres_options_default();
    options.max_document_size = 9;
    records kept = read_document("{'data':[", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TRUNCATED, 9, "data[0]");
    records_close(&kept);
}

Test(delivery, a_scalar_of_exactly_the_largest_size_is_whole) {
    static const char *const texts[] = {"123\n", "12 345 \n", "'a' "};
    numres_options options = several();
    options.max_document_size = 3;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        records kept = read_document(texts[i], &options, NULL, NULL);
        expect_fine(&kept);
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
