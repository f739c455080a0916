/* Each limit: one below it, at it, one above it, and at its largest. */
#include "records.h"
#include "schema/record.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* `before`, then `unit` `times` times, then `after`; still written with '. */
static char *repeat(const char *before, const char *unit, size_t times, const char *after) {
    size_t length = strlen(before) + strlen(unit) * times + strlen(after);
    char *text = malloc(length + 1), *to = text;
    to = stpcpy(to, before);
    for (size_t at = 0; at < times; at++) {
        to = stpcpy(to, unit);
    }
    strcpy(to, after);
    return text;
}

static numres_options small_values(size_t length) {
    numres_options options = numres_options_default();
    options.max_value_length = length;
    return options;
}

/* ---- the longest value ---- */

static bool has_raw_of_length(const records *kept, size_t length) {
    for (size_t at = 0; at < kept->count; at++) {
        for (size_t member = 0; member < MOST_MEMBERS; member++) {
            if (kept->events[at].raw[member].length == length) {
                return true;
            }
        }
    }
    return false;
}

/* `unit` is one character as written, `decoded` the same as it is read. */
static void expect_value_limit(const char *before, const char *unit, const char *decoded,
                               const char *after, const char *path) {
    enum { LIMIT = 600 };
    size_t bytes = strlen(decoded);
    numres_options options = small_values(LIMIT * bytes);
    for (size_t times = LIMIT - 1; times <= LIMIT + 1; times++) {
        char *text = repeat(before, unit, times, after);
        char *raw = repeat("", decoded, times <= LIMIT ? times : 256 / bytes, "");
        records kept = read_document(text, &options, NULL, NULL);
        expect_fine(&kept);
        if (times <= LIMIT) {
            expect_problem_count(&kept, 0);
            cr_assert(has_raw_of_length(&kept, times * bytes), "%s", kept.log);
        } else {
            expect_problem_count(&kept, 1);
            uint64_t offset = strlen(before) - (before[strlen(before) - 1] == '\'' ? 1 : 0);
            expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset, path, raw);
            cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->position,
                         strlen(text) - strlen(after) + (after[0] == '\'' ? 1 : 0));
        }
        records_close(&kept);
        free(raw);
        free(text);
    }
}

Test(limits, longest_value_of_plain_text) {
    expect_value_limit("{'data':{'id':'", "x", "x", "'}}", "data.id");
    expect_value_limit("{'data':{'phone_numbers':[{'phone_number':'", "5", "5", "'}]}}",
                       "data.phone_numbers[0].phone_number");
    expect_value_limit("{'errors':[{'title':'", "t", "t", "'}]}", "errors[0].title");
    expect_value_limit("{'errors':[{'source':{'pointer':'", "/", "/", "'}}]}",
                       "errors[0].source.pointer");
}

Test(limits, longest_value_counts_decoded_bytes) {
    expect_value_limit("{'data':{'id':'", "\\u0041", "A", "'}}", "data.id");
    expect_value_limit("{'data':{'id':'", "\\u00e9", "\xc3\xa9", "'}}", "data.id");
    expect_value_limit("{'data':{'id':'", "\xc3\xa9", "\xc3\xa9", "'}}", "data.id");
    expect_value_limit("{'data':{'id':'", "\\ud83d\\ude00", "\xf0\x9f\x98\x80", "'}}", "data.id");
    expect_value_limit("{'data':{'id':'", "\xe2\x82\xac", "\xe2\x82\xac", "'}}", "data.id");
}

Test(limits, longest_value_of_an_integer_code) {
    expect_value_limit("{'errors':[{'code':", "7", "7", "}]}", "errors[0].code");
}

/* The fraction of a longer numeral may be cut off, depending on the chunks. */
Test(limits, a_long_code_is_too_long_whatever_number_it_is) {
    numres_options options = small_values(600);
    for (size_t length = 600; length <= 601; length++) {
        char *text = repeat("{'errors':[{'code':", "7", length - 2, ".5}]}");
        char *raw = repeat("", "7", 256, "");
        records kept = read_document(text, &options, NULL, NULL);
        expect_problem_count(&kept, 1);
        expect_problem(&kept, 0, length <= 600 ? NUMRES_WRONG_TYPE : NUMRES_VALUE_TOO_LONG,
                       strlen("{'errors':[{'code':"), "errors[0].code", raw);
        records_close(&kept);
        free(raw);
        free(text);
    }
}

Test(limits, the_default_is_as_documented) {
    for (size_t length = 16383; length <= 16385; length++) {
        char *text = repeat("{'data':{'id':'", "x", length, "'}}");
        records kept;
        records_open(&kept, NULL, NULL);
        char *bytes = json(text);
        records_read(&kept, bytes, strlen(bytes), NULL, 1000);
        expect_fine(&kept);
        expect_problem_count(&kept, length > 16384 ? 1 : 0);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id.length,
                     length > 16384 ? 0 : length);
        records_close(&kept);
        free(bytes);
        free(text);
    }
}

Test(limits, a_value_that_is_too_long_is_that_and_nothing_else) {
    numres_options options = small_values(8);
    static const char text[] = "{'data':{'status':'succeeded','created_at':'yesterday',"
                               "'record_type':'reservation','id':'12345678'}}";
    records kept = read_document(text, &options, NULL, NULL);
    expect_problem_count(&kept, 3);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset_of(text, "'succeeded"), "data.status",
                   "succeeded");
    expect_problem(&kept, 1, NUMRES_VALUE_TOO_LONG, offset_of(text, "'yesterday"),
                   "data.created_at", "yesterday");
    expect_problem(&kept, 2, NUMRES_VALUE_TOO_LONG, offset_of(text, "'reservation'"),
                   "data.record_type", "reservation");
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id, "12345678"));
    records_close(&kept);
}

Test(limits, a_wrong_value_that_does_not_fit_is_a_wrong_one) {
    numres_options options = numres_options_default();
    static const char text[] = "{'data':{'status':'succeeded','created_at':'yesterday'}}";
    options.max_record_text = 4;
    records kept = read_document(text, &options, NULL, NULL);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, offset_of(text, "'succeeded"), "data.status",
                   "succeeded");
    expect_problem(&kept, 1, NUMRES_BAD_TIMESTAMP, offset_of(text, "'yesterday"), "data.created_at",
                   "yesterday");
    records_close(&kept);
}

Test(limits, a_value_of_one_byte) {
    numres_options options = small_values(1);
    options.max_record_text = 1;
    records kept = read_document("{'data':{'id':'x','errors':''}}", &options, NULL, NULL);
    expect_problem_count(&kept, 0);
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id, "x"));
    records_close(&kept);
    kept = read_document("{'data':{'id':'xy'}}", &options, NULL, NULL);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, 14, "data.id", "xy");
    records_close(&kept);
}

Test(limits, what_is_not_kept_may_be_longer) {
    numres_options options = small_values(4);
    records kept = read_document("{'a longer name':'a longer text','x':123456789012345,"
                                 "'data':{'unknown to it':['a longer text']}}",
                                 &options, NULL, NULL);
    expect_fine(&kept);
    expect_problem_count(&kept, 0);
    records_close(&kept);
}

/* ---- the text of a record ---- */

static records read_with_text(const char *text, size_t limit) {
    numres_options options = numres_options_default();
    options.max_record_text = limit;
    return read_document(text, &options, NULL, NULL);
}

/* Three values of 5, 7 and 20 bytes, then the status's 7. */
static const char summed[] = "{'data':{'id':'12345','customer_reference':'1234567',"
                             "'created_at':'2018-08-24T10:27:30Z','status':'pending'}}";

Test(limits, record_text_is_summed_over_the_members) {
    for (size_t limit = 39; limit <= 40; limit++) {
        records kept = read_with_text(summed, limit);
        expect_fine(&kept);
        expect_problem_count(&kept, 0);
        records_close(&kept);
    }
    records kept = read_with_text(summed, 38);
    expect_fine(&kept);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset_of(summed, "'pending'"), "data.status",
                   "pending");
    const numres_reservation *reservation =
        &event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation;
    cr_assert_eq(reservation->invalid, 1u << NUMRES_RESERVATION_STATUS);
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_UNKNOWN);
    records_close(&kept);
}

Test(limits, what_does_not_fit_takes_no_room) {
    records kept = read_with_text(summed, 31);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset_of(summed, "'2018"), "data.created_at",
                   "2018-08-24T10:27:30Z");
    const numres_reservation *reservation =
        &event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation;
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_PENDING);
    cr_assert_eq(reservation->created_at.value.seconds, 0);
    records_close(&kept);
}

Test(limits, a_rejected_value_takes_no_room) {
    static const char text[] =
        "{'data':{'created_at':'no timestamp at all','id':[],'errors':12345678901234567890,"
        "'customer_reference':'1234567890'}}";
    records kept = read_with_text(text, 10);
    expect_problem_count(&kept, 3);
    const event *now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    cr_assert(text_is(now->reservation.customer_reference, "1234567890"));
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_ERRORS], "12345678901234567890"));
    records_close(&kept);
}

Test(limits, repeated_and_unknown_members_take_no_room) {
    records kept = read_with_text("{'data':{'id':'123','id':'4567','x':'890','errors':'4567'}}", 7);
    expect_problem_count(&kept, 1);
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.errors, "4567"));
    records_close(&kept);
}

Test(limits, a_number_and_its_reservation_have_a_room_each) {
    static const char text[] = "{'data':{'id':'1234567890','phone_numbers':["
                               "{'id':'12345','errors':'67890'},{'id':'1234567890'},"
                               "{'id':'12345','errors':'678901'}]}}";
    records kept = read_with_text(text, 10);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset_of(text, "'678901'"),
                   "data.phone_numbers[2].errors", "678901");
    records_close(&kept);
}

Test(limits, record_text_of_an_api_error) {
    static const char text[] = "{'errors':[{'code':12345,'title':'678','source':{'pointer':'90'},"
                               "'meta':{'url':''}},{'code':'12345','title':'678901'}]}";
    records kept = read_with_text(text, 10);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, offset_of(text, "'678901'"), "errors[1].title",
                   "678901");
    records_close(&kept);
}

Test(limits, record_text_counts_decoded_bytes) {
    records kept = read_with_text("{'data':{'id':'\\u00e9\\u00e9','errors':'\\n\\n\\n'}}", 7);
    expect_problem_count(&kept, 0);
    records_close(&kept);
    kept = read_with_text("{'data':{'id':'\\u00e9\\u00e9','errors':'\\n\\n\\n'}}", 6);
    expect_problem_count(&kept, 1);
    records_close(&kept);
}

Test(limits, the_default_of_the_record_text) {
    for (size_t rest = 0; rest <= 1; rest++) {
        char *long_value = repeat("", "x", 16384, "");
        char *other = repeat("", "y", 16383 + rest, "");
        size_t size = 40000;
        char *text = malloc(size);
        snprintf(text, size, "{'data':{'id':'%s','customer_reference':'%s','errors':'z'}}",
                 long_value, other);
        records kept;
        records_open(&kept, NULL, NULL);
        char *bytes = json(text);
        records_read(&kept, bytes, strlen(bytes), NULL, 1448);
        expect_problem_count(&kept, rest);
        records_close(&kept);
        free(bytes);
        free(text);
        free(other);
        free(long_value);
    }
}

/* ---- depth ---- */

static void expect_depth(unsigned int limit) {
    numres_options options = numres_options_default();
    options.max_depth = limit;
    for (unsigned int depth = limit == 1 ? 1 : limit - 1; depth <= limit + 1; depth++) {
        char *open = repeat("", "[", depth, "");
        char *text = repeat(open, "]", depth, "");
        records kept = read_document(text, &options, NULL, NULL);
        if (depth <= limit) {
            expect_fine(&kept);
        } else {
            char *path = repeat("", "[0]", limit, "");
            expect_error(&kept, NUMRES_TOO_DEEP, limit, path);
            free(path);
        }
        records_close(&kept);
        free(text);
        free(open);
    }
}

Test(limits, depth) {
    expect_depth(1);
    expect_depth(2);
    expect_depth(5);
    expect_depth(NUMRES_DEFAULT_MAX_DEPTH);
    expect_depth(126);
    expect_depth(NUMRES_LARGEST_MAX_DEPTH);
}

Test(limits, depth_in_known_and_unknown_members) {
    numres_options options = numres_options_default();
    options.max_depth = 4;
    records kept = read_document("{'data':[{'phone_numbers':[1]}]}", &options, NULL, NULL);
    expect_fine(&kept);
    records_close(&kept);
    kept = read_document("{'data':[{'phone_numbers':[{}]}]}", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TOO_DEEP, 27, "data[0].phone_numbers[0]");
    records_close(&kept);
    kept = read_document("{'x':{'y':[{'z':[", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TOO_DEEP, 16, "x.y[0].z");
    records_close(&kept);
}

/* ---- the document's size ---- */

Test(limits, document_size) {
    static const char text[] = " \n{'data':[{'id':'x'}]} \n ";
    size_t length = strlen("{'data':[{'id':'x'}]}");
    numres_options options = numres_options_default();
    for (size_t limit = length; limit <= length + 1; limit++) {
        options.max_document_size = limit;
        records kept = read_document(text, &options, NULL, NULL);
        expect_fine(&kept);
        records_close(&kept);
    }
    static const char *const paths[] = {
        "(root)",     "(root)",     "(root)",     "(root)",     "(root)",  "(root)",  "(root)",
        "data",       "data",       "data[0]",    "data[0]",    "data[0]", "data[0]", "data[0]",
        "data[0].id", "data[0].id", "data[0].id", "data[0].id", "data[0]", "data[1]", "(root)"};
    for (size_t limit = 1; limit < length; limit++) {
        options.max_document_size = limit;
        records kept = read_document(text, &options, NULL, NULL);
        expect_error(&kept, NUMRES_TOO_LARGE, 2 + limit, paths[limit]);
        records_close(&kept);
    }
}

Test(limits, document_size_of_each_of_several) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    options.max_document_size = 13;
    records kept =
        read_document("{'errors':[]}\n\n{'errors':[]}{'errors':[]}", &options, NULL, NULL);
    expect_fine(&kept);
    records_close(&kept);
    kept = read_document("{'errors':[]}\n\n{'errors':[ ]}", &options, NULL, NULL);
    expect_error(&kept, NUMRES_TOO_LARGE, 28, "(root)");
    cr_assert_eq(kept.error.document, 1);
    records_close(&kept);
}

Test(limits, no_limit_of_the_document_is_the_default) {
    cr_assert_eq(numres_options_default().max_document_size, 0);
    numres_options options = numres_options_default();
    options.max_document_size = UINT64_MAX;
    records kept = read_document(" {'errors':[]} ", &options, NULL, NULL);
    expect_fine(&kept);
    records_close(&kept);
}

/* ---- ranges ---- */

static void expect_wrong_option(const numres_options *options) {
    numres_parser *parser = (numres_parser *)&parser;
    char memory[64];
    cr_assert_eq(numres_parser_create(&parser, options, NULL, NULL), NUMRES_WRONG_OPTION);
    cr_assert_null(parser);
    parser = (numres_parser *)&parser;
    cr_assert_eq(numres_parser_create_in(&parser, memory, sizeof memory, options, NULL, NULL),
                 NUMRES_WRONG_OPTION);
    cr_assert_null(parser);
    cr_assert_eq(numres_parser_size(options), 0);
}

Test(limits, options_outside_their_range) {
    numres_options options = numres_options_default();
    options.max_depth = 0;
    expect_wrong_option(&options);
    options.max_depth = 128;
    expect_wrong_option(&options);
    options.max_depth = UINT32_MAX;
    expect_wrong_option(&options);
    options = numres_options_default();
    options.max_value_length = 0;
    expect_wrong_option(&options);
    options.max_value_length = (size_t)NUMRES_LARGEST_MAX_VALUE_LENGTH + 1;
    expect_wrong_option(&options);
    options.max_value_length = SIZE_MAX;
    expect_wrong_option(&options);
    options = numres_options_default();
    options.max_record_text = 0;
    expect_wrong_option(&options);
    options.max_record_text = (size_t)NUMRES_LARGEST_MAX_RECORD_TEXT + 1;
    expect_wrong_option(&options);
    options.max_record_text = SIZE_MAX;
    expect_wrong_option(&options);
    options = numres_options_default();
    options.root = (numres_root)2;
    expect_wrong_option(&options);
}

/* Reserves address space only: untouched pages cost nothing. */
static void *reserve(size_t size, void *context) {
    *(size_t *)context = size;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static void unreserve(void *memory, void *context) {
    munmap(memory, *(size_t *)context);
}

/* The block of a parser with the default limits is 98,912 bytes at most, while no record has
   more than nine members. Without the texts of records, which grow with their members: a field
   more is a choice, not an accident. */
Test(limits, the_block_of_the_default_parser) {
    enum { LARGEST_REST = 98912 - 2 * (32768 + 8 * NUMRES_RAW_TEXT_LENGTH) };
    const size_t limit = numres_options_default().max_record_text;
    size_t texts = numres_record_text_size(limit, NUMRES_RECORD_REJECTED) +
                   numres_record_text_size(limit, NUMRES_PHONE_NUMBER_MEMBER_COUNT);
    cr_expect_leq(numres_parser_size(NULL), texts + LARGEST_REST);
    cr_expect_gt(numres_parser_size(NULL), texts);
}

Test(limits, the_largest_of_each) {
    size_t size = 0;
    numres_options options = numres_options_default();
    options.max_value_length = NUMRES_LARGEST_MAX_VALUE_LENGTH;
    options.max_record_text = NUMRES_LARGEST_MAX_RECORD_TEXT;
    options.max_depth = NUMRES_LARGEST_MAX_DEPTH;
    options.allocator.allocate = reserve;
    options.allocator.release = unreserve;
    options.allocator.context = &size;
    cr_assert_gt(numres_parser_size(&options), 0);
    /* Four gigabytes of address space are not available everywhere. */
    if (sizeof(void *) < 8) {
        return;
    }
    char *text = repeat("{'data':{'id':'", "x", 3000000, "'}}");
    char *bytes = json(text);
    records kept;
    records_open(&kept, NULL, NULL);
    records_read(&kept, bytes, strlen(bytes), &options, 4096);
    expect_fine(&kept);
    expect_problem_count(&kept, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id.length, 3000000);
    records_close(&kept);
    free(bytes);
    free(text);
}
