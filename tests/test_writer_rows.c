/* The writer's CSV and TSV output, byte for byte. */
#include "records.h"
#include "rows.h"
#include "writing.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `document` is written with ' for ", `expected` is not converted. */
static void expect_rows(const numres_writer_options *options, const char *document,
                        const char *expected) {
    kept_page page = page_of(document);
    text_buffer written = page_written(&page, options);
    expect_bytes(&written, expected, strlen(expected));
    text_buffer_free(&written);
    page_free(&page);
}

static void expect_csv(const char *document, const char *expected) {
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    expect_rows(&options, document, expected);
}

static void expect_tsv(const char *document, const char *expected) {
    numres_writer_options options = options_for(NUMRES_FORMAT_TSV);
    expect_rows(&options, document, expected);
}

static const char whole[] =
    "{'data':[{'id':'r1','record_type':'number_reservation','phone_numbers':["
    "{'id':'n1','record_type':'reserved_phone_number','phone_number':'+15550100',"
    "'status':'success','created_at':'2026-01-02T03:04:05.0Z',"
    "'updated_at':'2026-01-02t03:04:05+00:00','expired_at':'2026-01-02T03:34:05z',"
    "'errors':'taken','expired':true},{'id':'n2','expired':false}],'status':'pending','customer_"
    "reference':'ref',"
    "'created_at':'2026-01-02T03:04:05.123456Z','updated_at':'2026-01-02T03:04:05Z','errors':'e','"
    "user_id':'u'},"
    "{'id':'r2','phone_numbers':[]},{}]}";

/* Each row has its reservation's columns. */
#define FIRST_RESERVATION                                                                          \
    [ROW_RESERVATION_ID] = "r1", [ROW_RESERVATION_STATUS] = "pending",                             \
    [ROW_RESERVATION_CUSTOMER_REFERENCE] = "ref",                                                  \
    [ROW_RESERVATION_CREATED_AT] = "2026-01-02T03:04:05.123456Z",                                  \
    [ROW_RESERVATION_UPDATED_AT] = "2026-01-02T03:04:05Z", [ROW_RESERVATION_ERRORS] = "e",         \
    [ROW_RESERVATION_USER_ID] = "u"

static const row whole_rows[] = {
    {{FIRST_RESERVATION, [ROW_PHONE_NUMBER_ID] = "n1",
      [ROW_PHONE_NUMBER_PHONE_NUMBER] = "+15550100", [ROW_PHONE_NUMBER_STATUS] = "success",
      [ROW_PHONE_NUMBER_CREATED_AT] = "2026-01-02T03:04:05.0Z",
      [ROW_PHONE_NUMBER_UPDATED_AT] = "2026-01-02t03:04:05+00:00",
      [ROW_PHONE_NUMBER_EXPIRED_AT] = "2026-01-02T03:34:05z", [ROW_PHONE_NUMBER_ERRORS] = "taken",
      [ROW_PHONE_NUMBER_EXPIRED] = "true"}},
    {{FIRST_RESERVATION, [ROW_PHONE_NUMBER_ID] = "n2", [ROW_PHONE_NUMBER_EXPIRED] = "false"}},
    {{[ROW_RESERVATION_ID] = "r2"}},
    {{NULL}}};

enum { WHOLE_ROWS = sizeof whole_rows / sizeof *whole_rows };

Test(writer_rows, csv_and_tsv) {
    expect_csv(whole, rows_text(',', whole_rows, WHOLE_ROWS));
    expect_tsv(whole, rows_text('\t', whole_rows, WHOLE_ROWS));
}

/* Programs may rely on the position of the first columns, so new ones come last. */
Test(writer_rows, the_first_columns_by_their_names) {
    static const char header[] = "reservation_id,reservation_status,customer_reference,"
                                 "reservation_created_at,reservation_updated_at,reservation_errors,"
                                 "user_id,id,phone_number,status,created_at,updated_at,expired_at,"
                                 "errors,expired";
    kept_page page = page_of("{'data':[]}");
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    text_buffer written = page_written(&page, &options);
    cr_assert_geq(written.length, strlen(header));
    cr_assert_arr_eq(written.bytes, header, strlen(header));
    text_buffer_free(&written);
    page_free(&page);
}

Test(writer_rows, the_header_alone_without_reservations) {
    expect_csv("{'data':[]}", NO_ROWS(','));
    expect_tsv("{'data':[]}", NO_ROWS('\t'));
}

/* Absent members, nulls and rejected containers are empty; others are their raw text. */
Test(writer_rows, null_and_rejected_values) {
    expect_csv(
        "{'data':{'id':null,'record_type':'odd','phone_numbers':[{'id':[],'status':'Odd',"
        "'created_at':null,'updated_at':true,'expired_at':'soon','errors':7,'expired':'no'}],"
        "'status':{'a':1},'customer_reference':1.50,'created_at':'','errors':null}}",
        ROWS(',', {{[ROW_RESERVATION_CUSTOMER_REFERENCE] = "1.50",
                    [ROW_PHONE_NUMBER_STATUS] = "Odd",
                    [ROW_PHONE_NUMBER_UPDATED_AT] = "true",
                    [ROW_PHONE_NUMBER_EXPIRED_AT] = "soon",
                    [ROW_PHONE_NUMBER_ERRORS] = "7",
                    [ROW_PHONE_NUMBER_EXPIRED] = "no"}}));
    expect_csv("{'data':{'id':'a','phone_numbers':null}}",
               ROWS(',', {{[ROW_RESERVATION_ID] = "a"}}));
    expect_csv("{'data':{'id':'a','phone_numbers':'x'}}",
               ROWS(',', {{[ROW_RESERVATION_ID] = "a"}}));
}

/* ---- single fields ---- */

/* Checks a reservation's id, given as JSON, in the first field of its row. */
static void expect_field(numres_writer_options options, const char *in_document,
                         const char *expected) {
    char separator = options.format == NUMRES_FORMAT_TSV ? '\t' : ',';
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":{\"id\":\"%s\"}}", in_document);
    const char *output = ROWS(separator, {{[ROW_RESERVATION_ID] = expected}});
    kept_page page = page_read(document.bytes, document.length, NULL, 0);
    cr_assert_eq(page.code, NUMRES_OK);
    text_buffer written = page_written(&page, &options);
    expect_bytes(&written, output, strlen(output));
    page_free(&page);
    text_buffer_free(&written);
    text_buffer_free(&document);
}

static void expect_fields(const char *in_document, const char *csv, const char *tsv) {
    expect_field(options_for(NUMRES_FORMAT_CSV), in_document, csv);
    expect_field(options_for(NUMRES_FORMAT_TSV), in_document, tsv);
}

/* RFC 4180 section 2, rules 5 to 7. TSV, as registered with the IANA, has no quotes, and
   no TAB in a field. */
Test(writer_rows, quotes_or_escapes_where_it_is_needed) {
    expect_fields("plain text", "plain text", "plain text");
    expect_fields("a,b", "\"a,b\"", "a,b");
    expect_fields("a\\tb", "\"a\tb\"", "a\\tb");
    expect_fields("a\\\"b", "\"a\"\"b\"", "a\"b");
    expect_fields("a 6\\\" pipe", "\"a 6\"\" pipe\"", "a 6\" pipe");
    expect_fields("\\\"", "\"\"\"\"", "\"");
    expect_fields("a\\nb", "\"a\nb\"", "a\\nb");
    expect_fields("a\\rb", "\"a\rb\"", "a\\rb");
    expect_fields("a\\r\\n", "\"a\r\n\"", "a\\r\\n");
    expect_fields("a\\\\b\\\\", "a\\b\\", "a\\\\b\\\\");
    expect_fields("\\\\n\\n", "\"\\n\n\"", "\\\\n\\n");
    expect_fields(" a ", " a ", " a ");
    expect_fields("a;b'c", "a;b'c", "a;b'c");
    expect_fields("\xc3\xa9,\xf0\x9f\x98\x80\\\"", "\"\xc3\xa9,\xf0\x9f\x98\x80\"\"\"",
                  "\xc3\xa9,\xf0\x9f\x98\x80\"");
}

static void expect_everywhere(const char *in_document, const char *expected) {
    expect_fields(in_document, expected, expected);
}

Test(writer_rows, shows_controls) {
    expect_everywhere("\\u0000", "\\u0000");
    expect_everywhere("\\u001b[2J\\u0007\\b\\f\\u000b\\u001f",
                      "\\u001b[2J\\u0007\\u0008\\u000c\\u000b\\u001f");
    expect_everywhere("a\\u007fb", "a\\u007fb");
    expect_everywhere("\\u0080\\u0085\\u009b\\u009f", "\\u0080\\u0085\\u009b\\u009f");
    expect_everywhere("\\u061c\\u200e\\u200f", "\\u061c\\u200e\\u200f");
    expect_everywhere("\\u202a\\u202b\\u202c\\u202d\\u202e", "\\u202a\\u202b\\u202c\\u202d\\u202e");
    expect_everywhere("\\u2066\\u2067\\u2068\\u2069", "\\u2066\\u2067\\u2068\\u2069");
    expect_everywhere("\\u0000=1", "\\u0000=1");
    expect_fields("a\\u001b\\n\\\"", "\"a\\u001b\n\"\"\"", "a\\u001b\\n\"");
}

/* The neighbours of the characters that are escaped. */
Test(writer_rows, leaves_other_characters) {
    expect_everywhere("\\u00a0~ \\u061b\\u061d", "\xc2\xa0~ \xd8\x9b\xd8\x9d");
    expect_everywhere("\\u200d\\u2010", "\xe2\x80\x8d\xe2\x80\x90");
    expect_everywhere("\\u2029\\u202f", "\xe2\x80\xa9\xe2\x80\xaf");
    expect_everywhere("\\u2065\\u206a", "\xe2\x81\xa5\xe2\x81\xaa");
    expect_everywhere("\\ud83d\\ude00\\udbff\\udfff", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
    /* The backslash of the text itself: in TSV it can be told from a control's. */
    expect_fields("\\\\u001b", "\\u001b", "\\\\u001b");
}

/* ---- formulas ---- */

Test(writer_rows, defuses_formulas) {
    expect_everywhere("=1+1", "'=1+1");
    expect_everywhere("=", "'=");
    expect_everywhere("@SUM(A1)", "'@SUM(A1)");
    expect_everywhere("+1-2", "'+1-2");
    expect_everywhere("-1.5", "'-1.5");
    expect_everywhere("+", "'+");
    expect_everywhere("-", "'-");
    expect_everywhere("+1 ", "'+1 ");
    expect_everywhere("++1", "'++1");
    expect_everywhere("+a", "'+a");
    expect_fields("\\t1", "\"'\t1\"", "'\\t1");
    expect_fields("\\r1", "\"'\r1\"", "'\\r1");
    expect_fields("\\n=1", "\"'\n=1\"", "'\\n=1");
    expect_fields("\\r\\n", "\"'\r\n\"", "'\\r\\n");
    expect_fields("=\\\"\\n", "\"'=\"\"\n\"", "'=\"\\n");
    expect_fields("=1,2", "\"'=1,2\"", "'=1,2");
}

/* Spreadsheets for Chinese, Japanese and Korean treat these like the plain ones. The API
   writes no number after one. */
Test(writer_rows, defuses_full_width_formulas) {
    expect_everywhere("\\uff1d1+1", "'\xef\xbc\x9d"
                                    "1+1");
    expect_everywhere("\\uff0b1", "'\xef\xbc\x8b"
                                  "1");
    expect_everywhere("\\uff0d1", "'\xef\xbc\x8d"
                                  "1");
    expect_everywhere("\\uff20", "'\xef\xbc\xa0");
}

/* A spreadsheet removes the quotes at the start of a TSV field. */
Test(writer_rows, defuses_formulas_in_quotes) {
    expect_fields("\\\"=1+1\\\"", "\"\"\"=1+1\"\"\"", "'\"=1+1\"");
    expect_fields("\\\"\\\"@a", "\"\"\"\"\"@a\"", "'\"\"@a");
    expect_fields("\\\"+15550100\\\"", "\"\"\"+15550100\"\"\"", "'\"+15550100\"");
    expect_fields("\\\"a=1\\\"", "\"\"\"a=1\"\"\"", "\"a=1\"");
}

/* A text of quotes alone ends where it ends: the next decoded text follows in memory. */
Test(writer_rows, counts_quotes_of_the_field_alone) {
    static const char document[] = "{\"data\":{\"id\":\"\\\"\",\"customer_reference\":\"\\\"=1\"}}";
    const char *output =
        ROWS('\t', {{[ROW_RESERVATION_ID] = "\"", [ROW_RESERVATION_CUSTOMER_REFERENCE] = "'\"=1"}});
    numres_writer_options options = options_for(NUMRES_FORMAT_TSV);
    kept_page page = page_read(document, strlen(document), NULL, 0);
    text_buffer written = page_written(&page, &options);
    expect_bytes(&written, output, strlen(output));
    page_free(&page);
    text_buffer_free(&written);
}

/* Where a spreadsheet might split the field, no unquoted formula follows. */
Test(writer_rows, quotes_formulas_after_other_separators) {
    expect_fields("a;=1+1", "\"a;=1+1\"", "a;=1+1");
    expect_fields("a;b;@c", "\"a;b;@c\"", "a;b;@c");
    expect_fields("a;\xef\xbc\x9d"
                  "1",
                  "\"a;\xef\xbc\x9d"
                  "1\"",
                  "a;\xef\xbc\x9d"
                  "1");
    expect_fields("a|-1", "\"a|-1\"", "a|-1");
    expect_fields("=1;=2", "\"'=1;=2\"", "'=1;=2");
    expect_everywhere("a;b|c", "a;b|c");
    expect_everywhere("a;", "a;");
    expect_everywhere("a; =1", "a; =1");
}

Test(writer_rows, leaves_what_is_no_formula) {
    expect_everywhere("+15550100", "+15550100");
    expect_everywhere("-7", "-7");
    expect_everywhere("+0", "+0");
    expect_everywhere("1=1", "1=1");
    expect_everywhere("'=1", "'=1");
    expect_everywhere(" =1", " =1");
    /* The neighbours of the full-width characters. */
    expect_everywhere("\\uff1c\\uff1e", "\xef\xbc\x9c\xef\xbc\x9e");
    expect_everywhere("\\uff0a\\uff0c", "\xef\xbc\x8a\xef\xbc\x8c");
    expect_everywhere("\\uff0e\\uff1f\\uff21", "\xef\xbc\x8e\xef\xbc\x9f\xef\xbc\xa1");
}

Test(writer_rows, keeps_formulas_where_asked) {
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    options.keep_formulas = true;
    expect_field(options, "=1+1", "=1+1");
    expect_field(options, "@a", "@a");
    expect_field(options, "\\t1", "\"\t1\"");
    expect_field(options, "\\uff1d1",
                 "\xef\xbc\x9d"
                 "1");
    expect_field(options, "a;=1", "a;=1");
    options.format = NUMRES_FORMAT_TSV;
    expect_field(options, "-1.5", "-1.5");
    expect_field(options, "\\n=1", "\\n=1");
    expect_field(options, "\\\"=1", "\"=1");
}

/* Every field is made safe, rejected values too: here each member is a formula. */
#define FORMULA(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) "'" name "':'=" name "',"
#define SAFE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) [ROW_##OBJECT##_##NAME] = "'=" name,
#define NOTHING(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)

Test(writer_rows, in_every_column) {
    static const row safe[] = {
        {{NUMRES_RESERVATION_MEMBERS(SAFE, NOTHING) NUMRES_PHONE_NUMBER_MEMBERS(SAFE, NOTHING)}}};
    expect_csv("{'data':{" NUMRES_RESERVATION_MEMBERS(
                   FORMULA, NOTHING) "'phone_numbers':["
                                     "{" NUMRES_PHONE_NUMBER_MEMBERS(FORMULA, NOTHING) "'x':0}]}}",
               rows_text(',', safe, 1));
    expect_csv("{'data':{'errors':-1.5}}", ROWS(',', {{[ROW_RESERVATION_ERRORS] = "'-1.5"}}));
}

/* Lengths around the writer's buffer size. */
Test(writer_rows, texts_of_any_length) {
    enum { LONGEST = 2500 };
    char *text = malloc(LONGEST + 8);
    for (size_t length = 0; length <= LONGEST; length += length > 40 && length < 900 ? 7 : 1) {
        memset(text, 'x', length);
        text[length] = '\0';
        expect_everywhere(text, text);
        strcpy(text + length, "\x7f");
        char *shown = malloc(length + 8);
        memcpy(shown, text, length);
        strcpy(shown + length, "\\u007f");
        expect_everywhere(text, shown);
        free(shown);
    }
    free(text);
}

/* A rejected text is kept up to 256 bytes: one of 256 is whole, a longer one is not cut
   inside a character. */
Test(writer_rows, a_long_rejected_text_is_cut) {
    static const char *const ends[][2] = {{"x", "x"}, {"xy", "x"}, {"\xc3\xa9", ""}};
    for (size_t at = 0; at < sizeof ends / sizeof ends[0]; at++) {
        text_buffer document = {NULL, 0, 0};
        text_buffer expected = {NULL, 0, 0};
        text_buffer_format(&document, "{'data':{'status':'%0255d%s'}}", 0, ends[at][0]);
        text_buffer_format(&expected, "%0255d%s", 0, ends[at][1]);
        expect_csv(document.bytes, ROWS(',', {{[ROW_RESERVATION_STATUS] = expected.bytes}}));
        text_buffer_free(&document);
        text_buffer_free(&expected);
    }
}

/* ---- for spreadsheets ---- */

Test(writer_rows, another_separator_is_quoted_in_fields) {
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    options.separator = ';';
    expect_rows(&options, "{'data':{'id':'a;b','customer_reference':'c,d'}}",
                rows_text(';',
                          (const row[]){{{[ROW_RESERVATION_ID] = "\"a;b\"",
                                          [ROW_RESERVATION_CUSTOMER_REFERENCE] = "\"c,d\""}}},
                          1));
    options.separator = ',';
    expect_field(options, "a;b", "a;b");
    options.format = NUMRES_FORMAT_TSV;
    options.separator = ';';
    expect_field(options, "a;b", "a;b");
}

Test(writer_rows, no_other_separator_is_known) {
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    numres_writer *writer = NULL;
    void *memory = malloc(numres_writer_size());
    for (int byte = 0; byte < 256; byte++) {
        options.separator = (char)byte;
        numres_code code = numres_writer_create_in(&writer, memory, numres_writer_size(), &options,
                                                   write_to_buffer, NULL);
        bool is_known = byte == 0 || byte == ',' || byte == ';';
        cr_expect_eq(code, is_known ? NUMRES_OK : NUMRES_WRONG_OPTION, "%d", byte);
    }
    free(memory);
}

/* In UTC, to the second. A text that is no time, or a year that has no four digits there,
   is unchanged. */
Test(writer_rows, plain_times_are_in_utc_without_a_fraction) {
    static const char *const times[][2] = {
        {"2026-01-31T12:00:00.987654Z", "2026-01-31 12:00:00"},
        {"2026-01-31T00:30:00+01:00", "2026-01-30 23:30:00"},
        {"2016-12-31T23:59:60Z", "2017-01-01 00:00:00"},
        {"0000-01-01T00:00:00+00:01", "0000-01-01T00:00:00+00:01"},
        {"never", "never"},
    };
    for (size_t at = 0; at < sizeof times / sizeof *times; at++) {
        char document[128];
        numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
        options.plain_times = true;
        snprintf(document, sizeof document, "{'data':{'created_at':'%s'}}", times[at][0]);
        expect_rows(
            &options, document,
            rows_text(',', (const row[]){{{[ROW_RESERVATION_CREATED_AT] = times[at][1]}}}, 1));
        /* Another member's text is not a time, even if it looks like one. */
        expect_field(options, "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5Z");
    }
}
