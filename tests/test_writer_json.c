/* The writer's JSON output, byte for byte. */
#include "records.h"
#include "writing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* All members, in another order than in the documentation. */
static const char whole[] =
    "{'meta':{'total_pages':1},'data':[{'errors':'','updated_at':'2026-01-02T03:04:05Z',"
    "'created_at':'2026-01-02T03:04:05.123456Z','customer_reference':'ref','status':'pending',"
    "'phone_numbers':[{'errors':'','expired_at':'2026-01-02T03:34:05z',"
    "'updated_at':'2026-01-02t03:04:05+00:00','created_at':'2026-01-02T03:04:05.0Z',"
    "'status':'success','phone_number':'+15550100','record_type':'reserved_phone_number',"
    "'id':'n1'},{'id':'n2','user':{'a':[1]}}],'user':7,"
    "'record_type':'number_reservation','id':'r1'}]}";

#define FIRST_NUMBER                                                                               \
    "{'id':'n1','record_type':'reserved_phone_number','phone_number':'+15550100',"                 \
    "'status':'success','created_at':'2026-01-02T03:04:05.0Z',"                                    \
    "'updated_at':'2026-01-02t03:04:05+00:00','expired_at':'2026-01-02T03:34:05z','errors':''}"
#define RESERVATION                                                                                \
    "{'id':'r1','record_type':'number_reservation','phone_numbers':[" FIRST_NUMBER                 \
    ",{'id':'n2'}],'status':'pending','customer_reference':'ref',"                                 \
    "'created_at':'2026-01-02T03:04:05.123456Z','updated_at':'2026-01-02T03:04:05Z','errors':''}"

Test(writer_json, members_in_the_documented_order) {
    expect_written(NUMRES_FORMAT_JSON, whole, "{'data':[" RESERVATION "]}\n");
    expect_written(NUMRES_FORMAT_NDJSON, whole, RESERVATION "\n");
}

Test(writer_json, pretty) {
    expect_written(NUMRES_FORMAT_JSON_PRETTY,
                   "{'data':[{'id':'a','phone_numbers':[{'id':'1','errors':null},{}],"
                   "'status':'success'},{'phone_numbers':[]},{},{'errors':''}]}",
                   "{\n"
                   "  'data': [\n"
                   "    {\n"
                   "      'id': 'a',\n"
                   "      'phone_numbers': [\n"
                   "        {\n"
                   "          'id': '1',\n"
                   "          'errors': null\n"
                   "        },\n"
                   "        {}\n"
                   "      ],\n"
                   "      'status': 'success'\n"
                   "    },\n"
                   "    {\n"
                   "      'phone_numbers': []\n"
                   "    },\n"
                   "    {},\n"
                   "    {\n"
                   "      'errors': ''\n"
                   "    }\n"
                   "  ]\n"
                   "}\n");
}

Test(writer_json, without_reservations) {
    expect_written(NUMRES_FORMAT_JSON, "{'data':[]}", "{'data':[]}\n");
    expect_written(NUMRES_FORMAT_JSON_PRETTY, "{'data':[]}", "{\n  'data': []\n}\n");
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':[]}", "");
}

Test(writer_json, empty_records) {
    static const char document[] = "{'data':[{},{'phone_numbers':[{},{}]},{}]}";
    expect_written(NUMRES_FORMAT_JSON, document, "{'data':[{},{'phone_numbers':[{},{}]},{}]}\n");
    expect_written(NUMRES_FORMAT_NDJSON, document, "{}\n{'phone_numbers':[{},{}]}\n{}\n");
}

/* ---- every member: null, absent, rejected ---- */

typedef struct rejected_case {
    const char *value;    /* in the document */
    const char *expected; /* in the output */
} rejected_case;

/* Values that no member of a reservation or number accepts. */
static const rejected_case rejected[] = {
    {"7", "'7'"},   {"-0.50e+3", "'-0.50e+3'"}, {"true", "'true'"},         {"false", "'false'"},
    {"{}", "null"}, {"{'id':'x'}", "null"},     {"[[{},1],'\\n']", "null"}, {"null", "null"},
};

static const char *const reservation_scalars[] = {
    "id", "record_type", "status", "customer_reference", "created_at", "updated_at", "errors"};
static const char *const number_scalars[] = {"id",         "record_type", "phone_number", "status",
                                             "created_at", "updated_at",  "expired_at",   "errors"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void expect_member(const char *name, bool in_number, const char *value,
                          const char *expected) {
    text_buffer document = {NULL, 0, 0};
    text_buffer output = {NULL, 0, 0};
    const char *before = in_number ? "{'phone_numbers':[{" : "{";
    const char *after = in_number ? "}]}" : "}";
    text_buffer_format(&document, "{'data':%s'%s':%s%s}", before, name, value, after);
    text_buffer_format(&output, "%s'%s':%s%s\n", before, name, expected, after);
    expect_written(NUMRES_FORMAT_NDJSON, document.bytes, output.bytes);
    text_buffer_free(&document);
    text_buffer_free(&output);
}

Test(writer_json, rejected_values_and_null_of_every_member) {
    for (size_t at = 0; at < COUNT(rejected); at++) {
        for (size_t name = 0; name < COUNT(reservation_scalars); name++) {
            expect_member(reservation_scalars[name], false, rejected[at].value,
                          rejected[at].expected);
        }
        for (size_t name = 0; name < COUNT(number_scalars); name++) {
            expect_member(number_scalars[name], true, rejected[at].value, rejected[at].expected);
        }
    }
}

/* A rejected value in one record does not affect the next. */
Test(writer_json, a_text_after_a_rejected_container) {
    expect_written(NUMRES_FORMAT_NDJSON,
                   "{'data':[{'id':{},'errors':null},{'id':'a','errors':'b',"
                   "'phone_numbers':[{'id':[]},{'id':'c'}]}]}",
                   "{'id':null,'errors':null}\n"
                   "{'id':'a','phone_numbers':[{'id':null},{'id':'c'}],'errors':'b'}\n");
}

Test(writer_json, rejected_texts) {
    expect_member("status", false, "'Pending '", "'Pending '");
    expect_member("status", true, "''", "''");
    expect_member("created_at", false, "'2026-02-30T00:00:00Z'", "'2026-02-30T00:00:00Z'");
    expect_member("expired_at", true, "'\\u0000'", "'\\u0000'");
    expect_member("record_type", false, "'reserved_phone_number'", "'reserved_phone_number'");
    expect_member("record_type", true, "'\\\\'", "'\\\\'");
}

/* Numbers that are no array, and numbers given to a reservation that has none. */
Test(writer_json, phone_numbers_of_any_kind) {
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':{'phone_numbers':null,'errors':''}}",
                   "{'phone_numbers':null,'errors':''}\n");
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':{'phone_numbers':'many','errors':''}}",
                   "{'phone_numbers':'many','errors':''}\n");
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':{'phone_numbers':{},'errors':''}}",
                   "{'phone_numbers':null,'errors':''}\n");
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':{'phone_numbers':[],'errors':''}}",
                   "{'phone_numbers':[],'errors':''}\n");
    expect_written(NUMRES_FORMAT_NDJSON, "{'data':{'phone_numbers':[null,[],7],'id':'a'}}",
                   "{'id':'a','phone_numbers':[]}\n");
}

Test(writer_json, a_number_brings_phone_numbers) {
    static const char *const owners[] = {
        "{'data':{'id':'a','errors':''}}",
        "{'data':{'id':'a','phone_numbers':null,'errors':''}}",
        "{'data':{'id':'a','phone_numbers':7,'errors':''}}",
        "{'data':{'id':'a','phone_numbers':{},'errors':''}}",
        "{'data':{'id':'a','phone_numbers':[],'errors':''}}",
    };
    kept_page numbers = page_of("{'data':{'phone_numbers':[{'id':'1'}]}}");
    char *expected = json("{'id':'a','phone_numbers':[{'id':'1'}],'errors':''}\n");
    for (size_t at = 0; at < COUNT(owners); at++) {
        kept_page page = page_of(owners[at]);
        kept_reservation both = {page.reservations[0].reservation, numbers.reservations[0].numbers,
                                 1};
        kept_page joined = {&both, 1, 1, 0, NUMRES_OK};
        numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
        text_buffer written = page_written(&joined, &options);
        expect_bytes(&written, expected, strlen(expected));
        text_buffer_free(&written);
        page_free(&page);
    }
    free(expected);
    page_free(&numbers);
}

/* ---- text ---- */

/* Checks one reservation's id in NDJSON, byte for byte. */
static void expect_text(const char *in_document, const char *in_output, size_t output_length) {
    text_buffer document = {NULL, 0, 0};
    text_buffer expected = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":{\"id\":\"%s\"}}", in_document);
    text_buffer_format(&expected, "{\"id\":\"");
    text_buffer_add(&expected, in_output, output_length);
    text_buffer_format(&expected, "\"}\n");
    kept_page page = page_read(document.bytes, document.length, NULL, 0);
    cr_assert_eq(page.code, NUMRES_OK);
    numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
    text_buffer written = page_written(&page, &options);
    expect_bytes(&written, expected.bytes, expected.length);
    page_free(&page);
    text_buffer_free(&written);
    text_buffer_free(&expected);
    text_buffer_free(&document);
}

static void expect_same_meaning(const char *in_document, const char *in_output) {
    expect_text(in_document, in_output, strlen(in_output));
}

Test(writer_json, escapes_what_json_needs) {
    expect_same_meaning("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\\\"\\\\/\\b\\f\\n\\r\\t");
    expect_same_meaning("\\u0022\\u005c\\u002f\\u0008\\u000c\\u000a\\u000d\\u0009",
                        "\\\"\\\\/\\b\\f\\n\\r\\t");
    expect_same_meaning("\\u0000a\\u0000", "\\u0000a\\u0000");
    expect_same_meaning("\\u001b[31m\\u0007\\u001f", "\\u001B[31m\\u0007\\u001F");
    expect_same_meaning("</script>&'", "</script>&'");
}

Test(writer_json, leaves_all_other_text_as_it_is) {
    expect_same_meaning("\\u007f", "\x7f");
    expect_same_meaning("\\u0085\\u009b", "\xc2\x85\xc2\x9b");
    expect_same_meaning("\\u202e\\u2066\\u061c", "\xe2\x80\xae\xe2\x81\xa6\xd8\x9c");
    expect_same_meaning("\\u2028\\ufeff\\uffff", "\xe2\x80\xa8\xef\xbb\xbf\xef\xbf\xbf");
    expect_same_meaning("\\ud83d\\ude00\\udbff\\udfff", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
    expect_same_meaning("\xc3\xa9\xe6\x97\xa5", "\xc3\xa9\xe6\x97\xa5");
    expect_same_meaning("=1+1", "=1+1");
}

/* Lengths around the writer's buffer size, plain and with an escape at the end. */
Test(writer_json, texts_of_any_length) {
    enum { LONGEST = 3000 };
    char *text = malloc(LONGEST + 16);
    for (size_t length = 0; length <= LONGEST; length += length > 40 && length < 980 ? 7 : 1) {
        memset(text, 'x', length);
        text[length] = '\0';
        expect_same_meaning(text, text);
        strcpy(text + length, "\\n");
        expect_same_meaning(text, text);
    }
    free(text);
}

/* A rejected text is kept up to 256 bytes, not cut inside a character. */
Test(writer_json, a_long_rejected_text_is_cut) {
    text_buffer document = {NULL, 0, 0};
    text_buffer expected = {NULL, 0, 0};
    text_buffer_format(&document, "{'data':{'status':'%0255d\xc3\xa9'}}", 0);
    text_buffer_format(&expected, "{'status':'%0255d'}\n", 0);
    expect_written(NUMRES_FORMAT_NDJSON, document.bytes, expected.bytes);
    text_buffer_free(&document);
    text_buffer_free(&expected);
}
