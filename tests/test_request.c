/* The requests: method, path and body of each operation, byte for byte as the official
   SDK sends them; and what is refused. */
#include <numres/request.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "bad_text.h"

static numres_request request_of(numres_operation operation) {
    numres_request request = numres_request_default();
    request.operation = operation;
    return request;
}

static numres_request request_about(numres_operation operation, const char *id) {
    numres_request request = request_of(operation);
    request.id = numres_text_from(id);
    return request;
}

static const numres_text two_numbers[] = {{"+13125550123", 12}, {"+13125550124", 12}};

static numres_request create_of(const numres_text *numbers, size_t count) {
    numres_request request = request_of(NUMRES_OPERATION_CREATE);
    request.phone_numbers = numbers;
    request.phone_number_count = count;
    return request;
}

typedef numres_code write_function(const numres_request *request, char *buffer, size_t size,
                                   size_t *needed);

/* Writes into a buffer that is just large enough, and into one that is a byte too small. */
static void assert_text(const numres_request *request, write_function *write,
                        const char *expected) {
    size_t length = strlen(expected);
    size_t needed = length + 9;
    char *buffer = malloc(length + 1);
    cr_assert_not_null(buffer);
    cr_assert_eq(write(request, buffer, length + 1, &needed), NUMRES_OK);
    cr_assert_str_eq(buffer, expected);
    cr_assert_eq(needed, length);
    buffer[0] = 'x';
    cr_assert_eq(write(request, buffer, length, &needed), NUMRES_NO_MEMORY);
    cr_assert_eq(needed, length);
    cr_assert_eq(buffer[0], length > 0 ? '\0' : 'x');
    cr_assert_eq(write(request, NULL, 0, &needed), NUMRES_NO_MEMORY);
    cr_assert_eq(needed, length);
    free(buffer);
}

static void assert_written(const numres_request *request, const char *method, const char *path,
                           const char *body) {
    const char *wrong = "before";
    cr_assert_eq(numres_request_check(request, &wrong), NUMRES_OK);
    cr_assert_null(wrong);
    cr_assert_str_eq(numres_request_method(request->operation), method);
    assert_text(request, numres_request_write_path, path);
    assert_text(request, numres_request_write_body, body);
}

/* What the official SDK 7.24.0 sends, without its /v2. */

Test(request, create_as_the_official_sdk_sends_it) {
    numres_request request = create_of(two_numbers, 2);
    request.customer_reference = numres_text_from("MY REF 001");
    assert_written(&request, "POST", "/number_reservations",
                   "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"},"
                   "{\"phone_number\":\"+13125550124\"}],\"customer_reference\":\"MY REF 001\"}");
}

Test(request, retrieve_as_the_official_sdk_sends_it) {
    numres_request request = request_about(NUMRES_OPERATION_RETRIEVE, "a b/\xC3\xBC");
    assert_written(&request, "GET", "/number_reservations/a%20b%2F%C3%BC", "");
}

Test(request, extend_as_the_official_sdk_sends_it) {
    numres_request request =
        request_about(NUMRES_OPERATION_EXTEND, "12ade33a-21c0-473b-b055-b3c836e1c292");
    assert_written(&request, "POST",
                   "/number_reservations/12ade33a-21c0-473b-b055-b3c836e1c292/actions/extend", "");
}

Test(request, list_has_the_path_of_its_query) {
    numres_query query = numres_query_default();
    numres_request request = numres_request_default();
    assert_written(&request, "GET", "/number_reservations", "");
    query.status = NUMRES_STATUS_PENDING;
    query.page_size = 50;
    request.query = &query;
    assert_written(&request, "GET",
                   "/number_reservations?filter%5Bstatus%5D=pending&page%5Bsize%5D=50", "");
}

Test(request, create_without_a_reference_and_with_an_empty_one) {
    numres_request request = create_of(two_numbers, 1);
    assert_written(&request, "POST", "/number_reservations",
                   "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"}]}");
    request.customer_reference = numres_text_from("");
    assert_written(&request, "POST", "/number_reservations",
                   "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"}],"
                   "\"customer_reference\":\"\"}");
}

/* RFC 8259 section 7: what must be escaped is escaped, and nothing else. */
Test(request, references_are_escaped) {
    numres_request request = create_of(two_numbers, 1);
    request.customer_reference =
        numres_text_from("\"\\/\b\f\n\r\t\x01\x1F\x7F \xC3\xBC\xF0\x9F\x98\x80");
    assert_written(&request, "POST", "/number_reservations",
                   "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"}],"
                   "\"customer_reference\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\x7F "
                   "\xC3\xBC\xF0\x9F\x98\x80\"}");
}

Test(request, ids_are_encoded) {
    numres_request request = request_about(NUMRES_OPERATION_EXTEND, "?#%&=+:@...\n");
    assert_written(&request, "POST",
                   "/number_reservations/%3F%23%25%26%3D%2B%3A%40...%0A/actions/extend", "");
    request = request_about(NUMRES_OPERATION_RETRIEVE, "AZaz09-._~");
    assert_written(&request, "GET", "/number_reservations/AZaz09-._~", "");
}

/* Limits: as much as is allowed, and one more. */

Test(request, the_longest_texts) {
    static char text[NUMRES_LONGEST_REQUEST_TEXT + 1];
    numres_request request = request_of(NUMRES_OPERATION_RETRIEVE);
    memset(text, 'a', sizeof text);
    request.id = (numres_text){text, NUMRES_LONGEST_REQUEST_TEXT};
    cr_assert_eq(numres_request_check(&request, NULL), NUMRES_OK);
    request.id.length++;
    cr_assert_eq(numres_request_check(&request, NULL), NUMRES_BAD_TEXT);
    request = create_of(two_numbers, 1);
    request.customer_reference = (numres_text){text, NUMRES_LONGEST_REQUEST_TEXT};
    cr_assert_eq(numres_request_check(&request, NULL), NUMRES_OK);
    request.customer_reference.length++;
    cr_assert_eq(numres_request_check(&request, NULL), NUMRES_BAD_TEXT);
}

Test(request, the_most_numbers) {
    size_t needed = 0;
    numres_text *numbers = calloc(NUMRES_MOST_REQUEST_NUMBERS + 1, sizeof *numbers);
    cr_assert_not_null(numbers);
    for (size_t at = 0; at <= NUMRES_MOST_REQUEST_NUMBERS; at++)
        numbers[at] = two_numbers[at % 2];
    numres_request request = create_of(numbers, NUMRES_MOST_REQUEST_NUMBERS);
    cr_assert_eq(numres_request_write_body(&request, NULL, 0, &needed), NUMRES_NO_MEMORY);
    cr_assert_eq(needed,
                 strlen("{\"phone_numbers\":[]}") +
                     strlen("{\"phone_number\":\"+13125550123\"},") * NUMRES_MOST_REQUEST_NUMBERS -
                     1);
    request.phone_number_count++;
    cr_assert_eq(numres_request_check(&request, NULL), NUMRES_WRONG_OPTION);
    free(numbers);
}

/* Refusals. */

static void assert_refused(const numres_request *request, numres_code code, const char *parameter) {
    static write_function *const writes[] = {numres_request_write_path, numres_request_write_body};
    const char *wrong = "before";
    cr_assert_eq(numres_request_check(request, &wrong), code);
    cr_assert_eq(numres_request_check(request, NULL), code);
    if (parameter == NULL)
        cr_assert_null(wrong);
    else
        cr_assert_str_eq(wrong, parameter);
    for (size_t at = 0; at < 2; at++) {
        char buffer[64] = "before";
        size_t needed = 99;
        cr_assert_eq(writes[at](request, buffer, sizeof buffer, &needed), code);
        cr_assert_str_empty(buffer);
        cr_assert_eq(needed, 0);
    }
}

Test(request, no_such_operation) {
    static const int numbers[] = {-1, 4, 99};
    for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++) {
        numres_request request = request_of((numres_operation)numbers[at]);
        cr_assert_null(numres_request_method(request.operation));
        assert_refused(&request, NUMRES_WRONG_OPTION, "operation");
    }
}

/* libcurl and browsers would resolve them to another path: RFC 3986 section 5.2.4. */
Test(request, ids_that_are_a_step_in_the_path) {
    static const char *const ids[] = {"", ".", ".."};
    for (size_t at = 0; at < sizeof ids / sizeof *ids; at++) {
        numres_request request = request_about(NUMRES_OPERATION_EXTEND, ids[at]);
        assert_refused(&request, NUMRES_WRONG_OPTION, "id");
        request = request_about(NUMRES_OPERATION_RETRIEVE, ids[at]);
        assert_refused(&request, NUMRES_WRONG_OPTION, "id");
    }
}

static void assert_text_refused(numres_text text) {
    numres_request request = request_of(NUMRES_OPERATION_RETRIEVE);
    request.id = text;
    assert_refused(&request, NUMRES_BAD_TEXT, "id");
    request = create_of(two_numbers, 2);
    request.customer_reference = text;
    assert_refused(&request, NUMRES_BAD_TEXT, "customer_reference");
}

Test(request, texts_that_are_none) {
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++)
        assert_text_refused(numres_text_from(bad_utf8[at]));
    assert_text_refused((numres_text){"a\0b", 3});
    assert_text_refused((numres_text){NULL, 1});
    assert_text_refused((numres_text){"a", SIZE_MAX});
    numres_request request = request_of(NUMRES_OPERATION_EXTEND);
    assert_refused(&request, NUMRES_BAD_TEXT, "id");
}

Test(request, numbers_that_are_not_e164) {
    static const char *const wrong[] = {"",
                                        "+",
                                        "+1",
                                        "13125550123",
                                        "+0312555012",
                                        "+1312555012345678",
                                        "+16183xxxxxx",
                                        "+1 3125550123"};
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
        numres_text numbers[] = {two_numbers[0], numres_text_from(wrong[at])};
        numres_request request = create_of(numbers, 2);
        assert_refused(&request, NUMRES_BAD_PHONE_NUMBER, "phone_numbers");
    }
}

Test(request, no_numbers) {
    numres_request request = create_of(NULL, 0);
    assert_refused(&request, NUMRES_WRONG_OPTION, "phone_numbers");
    request = create_of(two_numbers, 0);
    assert_refused(&request, NUMRES_WRONG_OPTION, "phone_numbers");
    request = create_of(NULL, 1);
    assert_refused(&request, NUMRES_WRONG_OPTION, "phone_numbers");
}

/* A member that the operation does not send is an error, not ignored. */
Test(request, members_of_other_operations) {
    numres_query query = numres_query_default();
    numres_request request = create_of(two_numbers, 2);
    request.id = numres_text_from("a");
    assert_refused(&request, NUMRES_WRONG_OPTION, "id");
    request = create_of(two_numbers, 2);
    request.query = &query;
    assert_refused(&request, NUMRES_WRONG_OPTION, "query");
    request = request_about(NUMRES_OPERATION_RETRIEVE, "a");
    request.phone_numbers = two_numbers;
    assert_refused(&request, NUMRES_WRONG_OPTION, "phone_numbers");
    request.phone_numbers = NULL;
    request.phone_number_count = 1;
    assert_refused(&request, NUMRES_WRONG_OPTION, "phone_numbers");
    request = request_about(NUMRES_OPERATION_EXTEND, "a");
    request.customer_reference = numres_text_from("");
    assert_refused(&request, NUMRES_WRONG_OPTION, "customer_reference");
    request = numres_request_default();
    request.id = numres_text_from("a");
    assert_refused(&request, NUMRES_WRONG_OPTION, "id");
}

Test(request, a_wrong_query) {
    numres_query query = numres_query_default();
    numres_request request = numres_request_default();
    request.query = &query;
    query.page_size = 251;
    assert_refused(&request, NUMRES_WRONG_OPTION, "page[size]");
    query.size = 0;
    assert_refused(&request, NUMRES_WRONG_USE, "query");
}

Test(request, a_struct_without_its_size) {
    numres_request request;
    memset(&request, 0, sizeof request);
    assert_refused(&request, NUMRES_WRONG_USE, NULL);
    assert_refused(NULL, NUMRES_WRONG_USE, NULL);
}

Test(request, a_size_without_a_buffer) {
    numres_request request = create_of(two_numbers, 2);
    size_t needed = 99;
    cr_assert_eq(numres_request_write_path(&request, NULL, 10, &needed), NUMRES_WRONG_USE);
    cr_assert_eq(needed, 0);
    needed = 99;
    cr_assert_eq(numres_request_write_body(&request, NULL, 10, &needed), NUMRES_WRONG_USE);
    cr_assert_eq(needed, 0);
}
