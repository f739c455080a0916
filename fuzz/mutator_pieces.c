/* Random names, values and documents. mutator.c, mutator_draft.c and mutator_page.c insert them. */
#include "mutator_pieces.h"

#include <numres/members.h>

size_t pieces_random(uint64_t *state, size_t limit) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(*state >> 33) % limit;
}

#define PICK(state, pieces) pieces[pieces_random(state, sizeof(pieces) / sizeof(pieces[0]))]

#define VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) "\"" name "\"",
#define CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) "\"" name "\"",

const char *pieces_name(uint64_t *state) {
    /* Names that two objects share appear twice, on purpose. */
    static const char *const names[] = {
        NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER) NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)
            NUMRES_META_MEMBERS(VALUE, CONTAINER) NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)
                NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)
                    NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)
                        NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER) "\"data\"",
        "\"errors\"",
        "\"meta\"",
        "\"other\"",
        "\"error\"",
        "\"error_description\"",
        "\"\"",
        "\"st\\u0061tus\"",
        "\"data\\u0000\"",
        "\"\\ud83d\\ude00 name of over sixty-four bytes, cut in paths \xC3\xA4\xC3\xB6\xC3\xBC\"",
    };
    return PICK(state, names);
}

static const char *const values[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "25",
    "-1",
    "1.0",
    "1e2",
    "20e-1",
    "0e999999999",
    "-1.5E-3",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "123456789012345678901234567890",
    "\"\"",
    "\"pending\"",
    "\"success\"",
    "\"failure\"",
    "\"partial_success\"",
    "\"failed\"",
    "\"Pending\"",
    "\"pend\\u0069ng\"",
    "\"number_reservation\"",
    "\"reserved_phone_number\"",
    "\"+19705555098\"",
    "\"+1970555XXXX\"",
    "\"+1234567890123456\"",
    "\"12ade33a-21c0-473b-b055-b3c836e1c292\"",
    "\"2018-01-01T00:00:00.000000Z\"",
    "\"2016-12-31t23:59:60z\"",
    "\"2020-02-29T23:59:59.123456789012+05:30\"",
    "\"2019-02-29T00:00:00Z\"",
    "\"0000-01-01T00:00:00-00:00\"",
    "\"9999-12-31T23:59:59.9Z\"",
    "\"10015\"",
    "\"=1+1\"",
    "\"a,b\\n\\\"c\\\"\"",
    "\"\\ud83d\\ude00\\u0000\\u2028\"",
    "[]",
    "{}",
    "[[],{}]",
    "[\"refused\"]",
    "{\"message\":\"refused\",\"code\":1}",
    "{\"\":[0]}",
};

const char *pieces_value(uint64_t *state) {
    return PICK(state, values);
}

const char *pieces_inside(uint64_t *state) {
    static const char *const insides[] = {
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f\\r\\t",
        "\\u0041",
        "\\u00e9",
        "\\u20AC",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\udc00",
        "\\ud800\\u0041",
        "\\u0000",
        "\\u12",
        "\\x",
        "\xC3\xA9",
        "\xE2\x82\xAC",
        "\xF0\x9F\x98\x80",
        "\xF4\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xC0\x80",
        "\xED\xA0\x80",
        "\xEF\xBB\xBF",
        "\xE2\x82",
        "\x80",
        "\xFF",
        "\t",
        "\n",
        "=",
        "'",
    };
    return PICK(state, insides);
}

const char *pieces_space(uint64_t *state) {
    static const char *const spaces[] = {" ", "\n", "\t", "\r\n", "    ", "\v", "\f", "\xC2\xA0"};
    return PICK(state, spaces);
}

#define NUMBER_START                                                                               \
    "{\"id\":\"n1\",\"record_type\":\"reserved_phone_number\",\"phone_number\":\"+19705555098\","
#define TIMES                                                                                      \
    "\"created_at\":\"2018-01-01T00:00:00Z\",\"updated_at\":\"2018-01-01T00:00:00.5+01:00\","
#define PHONE_NUMBER                                                                               \
    NUMBER_START TIMES                                                                             \
        "\"status\":\"pending\",\"expired_at\":\"2018-01-01T00:30:00Z\",\"errors\":\"\"}"
#define RESERVATION                                                                                \
    "{\"id\":\"r1\",\"record_type\":\"number_reservation\",\"phone_numbers\":[" PHONE_NUMBER       \
    "]," TIMES "\"status\":\"success\",\"customer_reference\":\"MY REF\"}"
#define SMALL_RESERVATION "{\"id\":\"r2\",\"status\":\"failure\",\"phone_numbers\":[{},{}]}"
#define META "{\"total_pages\":3,\"page_number\":2,\"total_results\":55,\"page_size\":25}"
#define API_ERROR                                                                                  \
    "{\"code\":\"10015\",\"title\":\"Bad\",\"detail\":\"d\",\"source\":{\"pointer\":\"/a\","       \
    "\"parameter\":\"p\"},\"meta\":{\"url\":\"u\"}}"

const char *pieces_object(uint64_t *state) {
    static const char *const objects[] = {RESERVATION, SMALL_RESERVATION, PHONE_NUMBER,
                                          META,        API_ERROR,         "{\"id\":null}"};
    return PICK(state, objects);
}

const char *pieces_document(uint64_t *state) {
    static const char *const documents[] = {
        "{\"data\":[" RESERVATION "],\"meta\":" META "}",
        "{\"data\":[" SMALL_RESERVATION "," SMALL_RESERVATION "]}",
        "{\"meta\":" META ",\"data\":[" SMALL_RESERVATION "]}",
        "{\"data\":" RESERVATION "}",
        "{\"data\":" SMALL_RESERVATION ",\"errors\":[" API_ERROR "]}",
        "{\"errors\":[" API_ERROR "]}",
        "{\"data\":null,\"errors\":[]}",
        "{\"errors\":[\"refused\"],\"data\":null}",
        "{\"error\":{\"message\":\"refused\"},\"type\":\"about:blank\",\"status\":400}",
    };
    return PICK(state, documents);
}
