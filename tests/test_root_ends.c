/*
 * What happens at the very end of a root: a handler that stops there, a limit
 * that is reached there.
 */
#include "records.h"

#include <criterion/criterion.h>
#include <string.h>

static numres_options bare(void) {
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    return options;
}

/* The stop's error stands after the root, and nothing came after it. */
static void expect_stop(const char *text, const numres_options *options, numres_event kind,
                        uint64_t offset, size_t events) {
    wish stop = {kind, NUMRES_STOP};
    records kept = read_document(text, options, grant, &stop);
    expect_error(&kept, NUMRES_STOPPED, offset, "(root)");
    cr_assert_eq(kept.count, events, "%s", kept.log);
    records_close(&kept);
}

/* The first of seven missing members is raised, the others are not. */
Test(root_ends, a_stop_at_a_missing_member_of_the_root) {
    numres_options options = bare();
    options.require_members = true;
    expect_stop(" {} ", &options, NUMRES_EVENT_PROBLEM, 3, 1);
}

Test(root_ends, a_stop_at_a_bare_root_that_is_a_list) {
    numres_options options = bare();
    expect_stop("[1,2] ", &options, NUMRES_EVENT_PROBLEM, 5, 1);
}

Test(root_ends, a_stop_at_a_bare_root_that_is_a_scalar) {
    numres_options options = bare();
    expect_stop("'text' ", &options, NUMRES_EVENT_PROBLEM, 6, 1);
    expect_stop("12", &options, NUMRES_EVENT_PROBLEM, 2, 1);
    expect_stop("12 ", &options, NUMRES_EVENT_PROBLEM, 2, 1);
}

Test(root_ends, a_stop_at_a_bare_reservation_ends_before_the_document_does) {
    numres_options options = bare();
    expect_stop("{'id':'a'} ", &options, NUMRES_EVENT_RESERVATION, 10, 1);
}

Test(root_ends, a_stop_at_the_end_of_a_number_as_large_as_may_be) {
    numres_options options = bare();
    options.max_document_size = 2;
    expect_stop("12 ", &options, NUMRES_EVENT_DOCUMENT_END, 2, 2);
}

Test(root_ends, a_number_that_goes_on_beyond_the_largest_size) {
    numres_options options = bare();
    options.max_document_size = 2;
    records kept = read_document("123", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TOO_LARGE, 2, "(root)");
    cr_assert_eq(kept.count, 0, "%s", kept.log);
    records_close(&kept);
}

/* After a pause finish delivers the callback that is owed. */
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

Test(root_ends, what_a_callback_answers_that_finish_owed) {
    expect_finish(NUMRES_GO_ON, NUMRES_OK, NUMRES_OK);
    expect_finish(NUMRES_PAUSE, NUMRES_PAUSED, NUMRES_OK);
    expect_finish(NUMRES_STOP, NUMRES_STOPPED, NUMRES_STOPPED);
}
