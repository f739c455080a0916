/* Fields by call return what the structs hold, for every member. */
#include <criterion/criterion.h>

#include "records.h"

/* A valid value, null, a rejected one and absent members for every kind of field. */
static const char document[] =
    "{'data':[{'id':'a','record_type':'number_reservation','status':'pending',"
    "'customer_reference':null,'created_at':'2026-01-02T03:04:05.6Z','updated_at':'never',"
    "'phone_numbers':[{'id':7,'phone_number':'+1','status':'odd','created_at':null,"
    "'expired_at':'2026-01-02T03:04:06Z','expired':true},{}]},{'id':'b'}],"
    "'meta':{'total_pages':3,'page_number':null,'page_size':-1}}";

static bool is_same(numres_text left, numres_text right) {
    return left.bytes == right.bytes && left.length == right.length;
}

/* Empty, with a pointer of its own, not to what is next to the fields. */
static bool is_empty(numres_text text) {
    return text.length == 0 && text.bytes != NULL && text.bytes[0] == '\0';
}

static void check_reservation(const numres_reservation *record) {
    int64_t seconds = -1;
    uint32_t nanoseconds = 1;
    cr_expect(is_same(numres_reservation_text(record, NUMRES_RESERVATION_ID), record->id));
    cr_expect(
        is_same(numres_reservation_text(record, NUMRES_RESERVATION_STATUS), record->status.text));
    cr_expect(is_same(numres_reservation_text(record, NUMRES_RESERVATION_UPDATED_AT),
                      record->updated_at.text));
    cr_expect(is_same(numres_reservation_text(record, NUMRES_RESERVATION_CUSTOMER_REFERENCE),
                      record->customer_reference));
    cr_expect(is_empty(numres_reservation_text(record, NUMRES_RESERVATION_PHONE_NUMBERS)));
    cr_expect(is_empty(numres_reservation_text(record, NUMRES_RESERVATION_MEMBER_COUNT)));
    cr_expect(is_empty(numres_reservation_raw(record, NUMRES_RESERVATION_MEMBER_COUNT)));
    cr_expect(is_empty(numres_reservation_raw(record, UINT32_MAX)));
    cr_expect_eq(numres_reservation_status(record), record->status.value);
    cr_expect_eq(numres_reservation_index(record), record->index);
    cr_expect_eq(numres_reservation_phone_number_count(record), record->phone_number_count);
    bool there =
        numres_reservation_instant(record, NUMRES_RESERVATION_CREATED_AT, &seconds, &nanoseconds);
    cr_expect_eq(there, record->index == 0);
    cr_expect_eq(seconds, there ? record->created_at.value.seconds : -1);
    cr_expect_eq(nanoseconds, there ? 600000000 : 1);
    cr_expect_eq(numres_reservation_instant(record, NUMRES_RESERVATION_CREATED_AT, NULL, NULL),
                 there);
    cr_expect_not(numres_reservation_instant(record, NUMRES_RESERVATION_UPDATED_AT, NULL, NULL));
    cr_expect_not(numres_reservation_instant(record, NUMRES_RESERVATION_ID, &seconds, NULL));
    cr_expect_not(numres_reservation_instant(record, 99, &seconds, NULL));
}

static void expect_states(const numres_reservation *record) {
    cr_expect_eq(numres_reservation_state(record, NUMRES_RESERVATION_ID), NUMRES_MEMBER_VALUE);
    cr_expect_eq(numres_reservation_state(record, NUMRES_RESERVATION_CUSTOMER_REFERENCE),
                 NUMRES_MEMBER_NULL);
    cr_expect_eq(numres_reservation_state(record, NUMRES_RESERVATION_USER_ID),
                 NUMRES_MEMBER_ABSENT);
    cr_expect_eq(numres_reservation_state(record, 32), NUMRES_MEMBER_ABSENT);
}

static void check_phone_number(const numres_phone_number *record) {
    bool expired = false;
    int64_t seconds = -1;
    bool first = record->index == 0;
    expect_states(record->reservation);
    cr_expect_eq(numres_phone_number_reservation(record), record->reservation);
    cr_expect_eq(numres_phone_number_index(record), record->index);
    cr_expect_eq(numres_phone_number_status(record), record->status.value);
    cr_expect(is_same(numres_phone_number_text(record, NUMRES_PHONE_NUMBER_PHONE_NUMBER),
                      record->phone_number));
    cr_expect(is_same(numres_phone_number_text(record, NUMRES_PHONE_NUMBER_EXPIRED_AT),
                      record->expired_at.text));
    cr_expect(is_empty(numres_phone_number_text(record, NUMRES_PHONE_NUMBER_EXPIRED)));
    cr_expect(is_empty(numres_phone_number_text(record, NUMRES_PHONE_NUMBER_MEMBER_COUNT)));
    cr_expect_eq(numres_phone_number_state(record, NUMRES_PHONE_NUMBER_ID),
                 first ? NUMRES_MEMBER_INVALID : NUMRES_MEMBER_ABSENT);
    cr_expect_eq(numres_phone_number_boolean(record, NUMRES_PHONE_NUMBER_EXPIRED, &expired), first);
    cr_expect_eq(expired, first);
    cr_expect_eq(numres_phone_number_boolean(record, NUMRES_PHONE_NUMBER_EXPIRED, NULL), first);
    cr_expect_not(numres_phone_number_boolean(record, NUMRES_PHONE_NUMBER_ID, &expired));
    cr_expect_eq(
        numres_phone_number_instant(record, NUMRES_PHONE_NUMBER_EXPIRED_AT, &seconds, NULL), first);
    cr_expect_eq(seconds, first ? record->expired_at.value.seconds : -1);
    cr_expect_not(numres_phone_number_instant(record, NUMRES_PHONE_NUMBER_CREATED_AT, NULL, NULL));
}

static void check_meta(const numres_meta *meta) {
    uint64_t value = 99;
    cr_expect(numres_meta_integer(meta, NUMRES_META_TOTAL_PAGES, &value));
    cr_expect_eq(value, 3);
    cr_expect(numres_meta_integer(meta, NUMRES_META_TOTAL_PAGES, NULL));
    cr_expect_not(numres_meta_integer(meta, NUMRES_META_PAGE_NUMBER, &value));
    cr_expect_not(numres_meta_integer(meta, NUMRES_META_TOTAL_RESULTS, &value));
    cr_expect_not(numres_meta_integer(meta, NUMRES_META_PAGE_SIZE, &value));
    cr_expect_not(numres_meta_integer(meta, 4, &value));
    cr_expect_eq(value, 3);
    cr_expect_eq(numres_meta_state(meta, NUMRES_META_PAGE_SIZE), NUMRES_MEMBER_INVALID);
}

static void check_api_error(const numres_api_error *api_error) {
    cr_expect(text_is(numres_api_error_text(api_error, NUMRES_API_ERROR_CODE), "5"));
    cr_expect(text_is(numres_api_error_text(api_error, NUMRES_API_ERROR_META_URL), "u"));
    cr_expect(is_empty(numres_api_error_text(api_error, NUMRES_API_ERROR_MEMBER_COUNT)));
    cr_expect_eq(numres_api_error_state(api_error, NUMRES_API_ERROR_TITLE), NUMRES_MEMBER_NULL);
    cr_expect_eq(numres_api_error_index(api_error), 1);
    cr_expect_not(numres_api_error_of_root(api_error));
}

static void check_document(const numres_document *document) {
    const uint64_t expected[] = {
        document->number,       document->offset,        document->length,     document->envelopes,
        document->reservations, document->phone_numbers, document->api_errors, document->problems,
        document->left_out,     document->elements};
    for (size_t at = 0; at < sizeof expected / sizeof *expected; at++) {
        cr_expect_eq(numres_document_get(document, (numres_document_field)at), expected[at]);
    }
    cr_expect_eq(numres_document_get(document, (numres_document_field)10), 0);
}

static void check_problem(const numres_problem *problem) {
    cr_expect_eq(numres_problem_code(problem), problem->code);
    cr_expect_eq(numres_problem_offset(problem), problem->offset);
    cr_expect(is_same(numres_problem_path(problem), problem->path));
    cr_expect(is_same(numres_problem_raw(problem), problem->raw));
    cr_expect_eq(numres_problem_sentence(problem), problem->sentence);
    cr_expect_eq(numres_problem_expected(problem), problem->expected);
    cr_expect_eq(numres_problem_found(problem), problem->found);
}

static numres_answer check(numres_parser *parser, trace *trace, const void *what) {
    (void)parser;
    switch (trace->newest) {
    case NUMRES_EVENT_RESERVATION:
        check_reservation(what);
        break;
    case NUMRES_EVENT_PHONE_NUMBER:
        check_phone_number(what);
        break;
    case NUMRES_EVENT_META:
        check_meta(what);
        break;
    case NUMRES_EVENT_API_ERROR:
        check_api_error(what);
        break;
    case NUMRES_EVENT_DOCUMENT_END:
        check_document(what);
        break;
    default:
        check_problem(what);
    }
    return NUMRES_GO_ON;
}

static void check_text(const char *text) {
    trace seen = {.counts_only = true, .decide = check};
    cr_expect_eq(parse_document(text, NULL, &seen, NULL), NUMRES_OK);
    cr_expect_gt(seen.came[NUMRES_EVENT_PROBLEM], 0);
}

Test(access, says_what_the_records_say) {
    check_text(document);
    check_text("{'errors':[1,{'code':5,'title':null,'meta':{'url':'u'}}]}");
}

Test(access, says_that_a_refusal_is_of_the_root) {
    records kept = read_document("{'message':'no'}", NULL, NULL, NULL);
    cr_expect(numres_api_error_of_root(&event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error));
    records_close(&kept);
}

Test(access, says_what_the_error_says) {
    records kept = read_document("{'data':[}", NULL, NULL, NULL);
    cr_expect_eq(numres_error_code(&kept.error), NUMRES_SYNTAX);
    cr_expect_eq(numres_error_offset(&kept.error), 9);
    cr_expect_eq(numres_error_document(&kept.error), 0);
    cr_expect_eq(numres_error_sentence(&kept.error), kept.error.sentence);
    cr_expect_str_eq(numres_error_path(&kept.error), "data[0]");
    records_close(&kept);
}

Test(access, of_null_is_nothing) {
    cr_expect_eq(numres_reservation_state(NULL, 0), NUMRES_MEMBER_ABSENT);
    cr_expect_eq(numres_phone_number_state(NULL, 0), NUMRES_MEMBER_ABSENT);
    cr_expect_eq(numres_meta_state(NULL, 0), NUMRES_MEMBER_ABSENT);
    cr_expect_eq(numres_api_error_state(NULL, 0), NUMRES_MEMBER_ABSENT);
    cr_expect(is_empty(numres_reservation_text(NULL, 0)));
    cr_expect(is_empty(numres_phone_number_text(NULL, 0)));
    cr_expect(is_empty(numres_api_error_text(NULL, 0)));
    cr_expect_eq(numres_reservation_status(NULL), NUMRES_STATUS_UNKNOWN);
    cr_expect_eq(numres_phone_number_status(NULL), NUMRES_STATUS_UNKNOWN);
    cr_expect_not(numres_reservation_instant(NULL, NUMRES_RESERVATION_CREATED_AT, NULL, NULL));
    cr_expect_not(numres_phone_number_instant(NULL, NUMRES_PHONE_NUMBER_CREATED_AT, NULL, NULL));
    cr_expect_not(numres_meta_integer(NULL, 0, NULL));
    cr_expect_not(numres_phone_number_boolean(NULL, NUMRES_PHONE_NUMBER_EXPIRED, NULL));
    cr_expect_eq(numres_reservation_index(NULL) + numres_phone_number_index(NULL) +
                     numres_api_error_index(NULL) + numres_reservation_phone_number_count(NULL),
                 0);
    cr_expect_null(numres_phone_number_reservation(NULL));
    cr_expect_not(numres_api_error_of_root(NULL));
    cr_expect_eq(numres_problem_code(NULL), NUMRES_OK);
    cr_expect_eq(numres_problem_offset(NULL), 0);
    cr_expect_not_null(numres_problem_path(NULL).bytes);
    cr_expect_not_null(numres_problem_raw(NULL).bytes);
    cr_expect_null(numres_problem_sentence(NULL));
    cr_expect_null(numres_problem_expected(NULL));
    cr_expect_eq(numres_problem_found(NULL), NUMRES_JSON_NONE);
    cr_expect_eq(numres_error_code(NULL), NUMRES_OK);
    cr_expect_eq(numres_error_offset(NULL) + numres_error_document(NULL), 0);
    cr_expect_null(numres_error_sentence(NULL));
    cr_expect_null(numres_error_path(NULL));
    cr_expect_eq(numres_document_get(NULL, NUMRES_DOCUMENT_LENGTH), 0);
}
