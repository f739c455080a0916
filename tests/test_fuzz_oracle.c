/*
 * The fuzz target oracle judges by RapidJSON. Lists where RapidJSON differs from RFC
 * 8259, and checks that numres and the corrected verdict agree with the RFC.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <numres.h>
#include <string.h>

#include "oracle_reader.h"

typedef struct row {
    char document[48];
    size_t length; /* 0: up to the first NUL */
    bool is_legal; /* by the RFC */
    bool is_accepted_plainly;
    oracle_verdict verdict;
} row;

static row rows[] = {
    /* A NUL byte after the root, which RapidJSON takes for the end. */
    {"{}\0", 3, false, true, ORACLE_NOT_LEGAL},
    {"[1]\0[2", 6, false, true, ORACLE_NOT_LEGAL},
    {"[]  \0", 5, false, true, ORACLE_NOT_LEGAL},
    /* Lone low surrogates: RFC 8259 section 8.2; numres refuses them. */
    {"[\"\\udc00\"]", 0, false, true, ORACLE_NOT_LEGAL},
    {"{\"\\uDFFF\":1}", 0, false, true, ORACLE_NOT_LEGAL},
    {"[\"\\ud83d\\ude00\\ude00\"]", 0, false, true, ORACLE_NOT_LEGAL},
    /* Numerals beyond the range of a double. */
    {"[1e309]", 0, true, false, ORACLE_UNKNOWN},
    {"[-123456789e400]", 0, true, false, ORACLE_UNKNOWN},
    {"[1e309,]", 0, false, false, ORACLE_UNKNOWN},
    /* Documents on which all agree. */
    {"", 0, false, false, ORACLE_NOT_LEGAL},
    {"[1e308,1E-999]", 0, true, true, ORACLE_LEGAL},
    {"[\"\\ud83d\\ude00\"]", 0, true, true, ORACLE_LEGAL},
    {"[\"\\ud83d\"]", 0, false, false, ORACLE_NOT_LEGAL},
    {"[\"\\u0000\"]", 0, true, true, ORACLE_LEGAL},
    {"[\"\0\"]", 5, false, false, ORACLE_NOT_LEGAL},
    {"[\"\xED\x9F\xBF\xEE\x80\x80\"]", 0, true, true, ORACLE_LEGAL},
    {"[\"\xED\xA0\x80\"]", 0, false, false, ORACLE_NOT_LEGAL},
    {"[\"\xC0\x80\"]", 0, false, false, ORACLE_NOT_LEGAL},
    {"[\"\xF4\x90\x80\x80\"]", 0, false, false, ORACLE_NOT_LEGAL},
    {"\xEF\xBB\xBF{}", 0, false, false, ORACLE_NOT_LEGAL},
    {"[01]", 0, false, false, ORACLE_NOT_LEGAL},
    {"{} {}", 0, false, false, ORACLE_NOT_LEGAL},
    {"\v{}", 0, false, false, ORACLE_NOT_LEGAL},
    {"truefalse", 0, false, false, ORACLE_NOT_LEGAL},
};

ParameterizedTestParameters(fuzz_oracle, document) {
    return cr_make_param_array(row, rows, sizeof(rows) / sizeof(rows[0]), NULL);
}

ParameterizedTest(row *row, fuzz_oracle, document) {
    size_t length = row->length > 0 ? row->length : strlen(row->document);
    cr_expect_eq(oracle_accepts_plainly(row->document, length), row->is_accepted_plainly,
                 "RapidJSON by itself: %s", row->document);
    cr_expect_eq(oracle_read(row->document, length), row->verdict, "the oracle: %s", row->document);
    numres_code code = numres_parse(row->document, length, NULL, NULL, NULL, NULL);
    cr_expect_eq(code == NUMRES_OK, row->is_legal, "numres: %s", row->document);
}
