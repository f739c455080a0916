/* The sentence of a syntax error, which names the likely mistake: the same in all chunks and
   in both lanes. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sentence {
    const char *text;     /* written with ' for " */
    const char *sentence; /* after the common beginning */
};

static const struct sentence misplaced_tokens[] = {
    {"{'data':[{} {}]}", "unexpected '{' (a comma may be missing before it)"},
    {"{'data':[{}[]]}", "unexpected '[' (a comma may be missing before it)"},
    {"{'data':[{'id':'a' 'status':'b'}]}", "unexpected string (a comma may be missing before it)"},
    {"{'data':{'phone_numbers':[]'id':'a'}}",
     "unexpected string (a comma may be missing before it)"},
    {"[1 2]", "unexpected number (a comma may be missing before it)"},
    {"['a' true]", "unexpected literal (a comma may be missing before it)"},
    {"[1 -]", "unexpected number (a comma may be missing before it)"},
    {"{'a' 1}", "unexpected number (a colon may be missing before it)"},
    {"{'a'{}}", "unexpected '{' (a colon may be missing before it)"},
    {"{'a' 'b'}", "unexpected string (a colon may be missing before it)"},
    {"{1:2}", "unexpected number (a member's name in double quotes belongs here)"},
    {"{'a':1,null}", "unexpected literal (a member's name in double quotes belongs here)"},
    {"{[]}", "unexpected '[' (a member's name in double quotes belongs here)"},
    {"{'a':}", "unexpected '}' (a value may be missing before it)"},
    {"{'a':,'b':1}", "unexpected ',' (a value may be missing before it)"},
    {"{'a'}", "unexpected '}' (a value may be missing before it)"},
    {"{'a','b'}", "unexpected ',' (a value may be missing before it)"},
    {"{'a'::1}", "unexpected ':' (a value may be missing before it)"},
    {"{'data':[{}, ]}", "unexpected ']' (the comma before it may be superfluous)"},
    {"{'data':[],}", "unexpected '}' (the comma before it may be superfluous)"},
    {"[1,,2]", "unexpected ',' (the comma before it may be superfluous)"},
    {"{'a':[1}", "unexpected '}' (the open array must be closed with ']')"},
    {"{'a':1]", "unexpected ']' (the open object must be closed with '}')"},
    {"[}", "unexpected '}' (the open array must be closed with ']')"},
    {"[,1]", "unexpected ',' (a value may be missing before it)"},
    {"{,}", "unexpected ',' (a member's name in double quotes belongs here)"},
    {"{:1}", "unexpected ':' (a member's name in double quotes belongs here)"},
    {"{'a':1:2}", "unexpected ':'"},
    {"[1:2]", "unexpected ':' (names belong in objects, which begin with '{')"},
    {"['a':1]", "unexpected ':' (names belong in objects, which begin with '{')"},
    {"[:1]", "unexpected ':' (a value may be missing before it)"},
    {"{'a':1:2}", "unexpected ':'"},
    {"}", "unexpected '}' (no array or object is open)"},
    {":", "unexpected ':' (no array or object is open)"},
    {",", "unexpected ',' (no array or object is open)"},
    {"['a' 'b", "unexpected string (a comma may be missing before it)"},
};

#define LEADING_ZERO "malformed number (a leading zero)"
#define MISSING_DIGIT                                                                              \
    "malformed number (a digit must follow a minus sign, a point or an exponent's e)"
#define FOREIGN_CHARACTER "malformed number (a character that belongs in no number)"
#define WRONG_START "malformed number (it must begin with a digit or a minus sign)"
#define WRONG_NEXT "number or literal followed by a character that cannot follow it"
#define UNKNOWN_WORD                                                                               \
    "unknown word (names and text need double quotes; literals are true, false and null)"
#define UNKNOWN_NAME "unknown word (a member's name in double quotes belongs here)"
#define CONTROL "control character in a string (it must be escaped, or a quote is missing)"
#define UNKNOWN_ESCAPE "unknown escape (only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u exist)"
#define SHORT_ESCAPE "\\u without four hexadecimal digits"

static const struct sentence malformed_tokens[] = {
    {"[01]", LEADING_ZERO},
    {"[-012]", LEADING_ZERO},
    {"{'meta':{'page_size':00}}", LEADING_ZERO},
    {"[-]", MISSING_DIGIT},
    {"[-Infinity]", MISSING_DIGIT},
    {"[1.]", MISSING_DIGIT},
    {"[1.e5]", MISSING_DIGIT},
    {"[1e]", MISSING_DIGIT},
    {"[1e+,2]", MISSING_DIGIT},
    {"[1x]", FOREIGN_CHARACTER},
    {"[0x10]", FOREIGN_CHARACTER},
    {"[1.2.3]", FOREIGN_CHARACTER},
    {"[1_000]", FOREIGN_CHARACTER},
    {"[+1]", WRONG_START},
    {"[.5]", WRONG_START},
    {"[nul]", UNKNOWN_WORD},
    {"[nan]", UNKNOWN_WORD},
    {"[truely]", UNKNOWN_WORD},
    {"[true-1]", UNKNOWN_WORD},
    {"[NaN]", UNKNOWN_WORD},
    {"{'data':[{'expired':True}]}", UNKNOWN_WORD},
    {"{data:[]}", UNKNOWN_NAME},
    {"{_id:1}", UNKNOWN_NAME},
    {"{'a':1,b:2}", UNKNOWN_NAME},
    {"{'a':1 b:2}", UNKNOWN_NAME},
    {"{'a' b}", UNKNOWN_WORD},
    {"{'a':b}", UNKNOWN_WORD},
    {"{'data':[{'id':'a\nb'}]}", CONTROL},
    {"['\t']", CONTROL},
    {"{'i\rd':1}", CONTROL},
    {"['\\q']", UNKNOWN_ESCAPE},
    {"{'data':[{'customer_reference':'it\\`s'}]}", UNKNOWN_ESCAPE},
    {"['\\x41']", UNKNOWN_ESCAPE},
    {"['\\U0041']", UNKNOWN_ESCAPE},
    {"['\\u12']", SHORT_ESCAPE},
    {"['\\u004g']", SHORT_ESCAPE},
    {"['\\u{41}']", SHORT_ESCAPE},
    {"['\\uD83D\\u']", SHORT_ESCAPE},
    {"[#]", "comment, which JSON does not allow"},
    {"{'data':[] // none\n}", "comment, which JSON does not allow"},
    {"{\\'data\\':[]}", "backslash outside strings (the document may be escaped twice)"},
    {"[1 \x01]", "control character outside strings"},
    {"[1 \x7f]", "control character outside strings"},
    {"[\xe2\x80\x9cid\xe2\x80\x9d]", "non-ASCII character outside strings, such as a curly quote"},
    {"{'data':[]\xc2\xa0}", "non-ASCII character outside strings, such as a curly quote"},
    {"[1;2]", WRONG_NEXT},
    {"{'a':20/* x */}", WRONG_NEXT},
    {"[-0#]", WRONG_NEXT},
    {"[1.5e3)", WRONG_NEXT},
    {"[null;]", WRONG_NEXT},
    {"{'a':true\\n}", WRONG_NEXT},
    {"[false\xc2\xa0]", WRONG_NEXT},
    {"[1 ;2]", "unexpected character (no JSON token begins with it)"},
    {"['a'\xef\xbb\xbf]", "non-ASCII character outside strings, such as a curly quote"},
};

static numres_error error_of(const char *text, size_t length, size_t split, numres_lane lane,
                             bool several) {
    numres_options options = numres_options_default();
    numres_parser *parser = NULL;
    options.lane = lane;
    options.several_documents = several;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    numres_code code = numres_parser_feed(parser, text, split, NULL);
    if (code == NUMRES_OK)
        code = numres_parser_feed(parser, text + split, length - split, NULL);
    if (code == NUMRES_OK)
        numres_parser_finish(parser);
    numres_error error = *numres_parser_error(parser);
    numres_parser_destroy(parser);
    return error;
}

/* In both lanes, whatever the first chunk's length. */
static void expect_sentence(const char *text, size_t length, bool several, numres_code code,
                            const char *sentence) {
    for (size_t split = 0; split <= length; split++) {
        for (int lane = NUMRES_LANE_AUTOMATIC; lane <= NUMRES_LANE_GENERAL; lane++) {
            numres_error error = error_of(text, length, split, (numres_lane)lane, several);
            cr_assert_eq(error.code, code, "%s", text);
            cr_assert_str_eq(error.sentence, sentence, "%s at %zu", text, split);
        }
    }
}

static void expect_sentences(const struct sentence *sentences, size_t count) {
    for (size_t at = 0; at < count; at++) {
        char *text = json(sentences[at].text);
        char whole[160];
        snprintf(whole, sizeof whole, "not valid JSON: %s", sentences[at].sentence);
        expect_sentence(text, strlen(text), false, NUMRES_SYNTAX, whole);
        free(text);
    }
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

Test(syntax_sentences, name_the_token_and_what_may_be_wrong) {
    expect_sentences(misplaced_tokens, COUNT(misplaced_tokens));
}

Test(syntax_sentences, say_what_makes_a_token_malformed) {
    expect_sentences(malformed_tokens, COUNT(malformed_tokens));
}

Test(syntax_sentences, a_single_quote_asks_for_double_ones) {
    static const char python[] = "{'data': []}";
    expect_sentence(python, strlen(python), false, NUMRES_SYNTAX,
                    "not valid JSON: single quote (text needs double quotes)");
}

/* Without a byte-order mark, the first NUL shows UTF-16: after '{', or before it. */
Test(syntax_sentences, a_nul_may_be_of_utf_16) {
    static const char sentence[] =
        "not valid JSON: NUL byte outside strings (perhaps padding, or UTF-16 or UTF-32; JSON "
        "must be UTF-8)";
    expect_sentence("{\0\"\0", 4, false, NUMRES_SYNTAX, sentence);
    expect_sentence("\0{\0\"", 4, false, NUMRES_SYNTAX, sentence);
}

Test(syntax_sentences, text_that_is_no_document_is_not_called_json) {
    static const char sentence[] = "no JSON document begins with this character";
    expect_sentence("Bad Gateway", 11, false, NUMRES_SYNTAX, sentence);
    expect_sentence(" \n\x89PNG", 6, false, NUMRES_SYNTAX, sentence);
    expect_sentence("\xef\xbb{}", 4, false, NUMRES_SYNTAX, sentence);
    expect_sentence("\xef\xbb", 2, false, NUMRES_SYNTAX, sentence);
}

Test(syntax_sentences, of_documents_that_nothing_separates) {
    expect_sentence("1\"a\"", 4, true, NUMRES_SYNTAX,
                    "not valid JSON: unexpected string (white space must separate it from what "
                    "is before)");
    expect_sentence("\"a\"}", 4, true, NUMRES_SYNTAX,
                    "not valid JSON: unexpected '}' (no array or object is open)");
    expect_sentence("[],[]", 5, true, NUMRES_SYNTAX,
                    "not valid JSON: unexpected ',' (no array or object is open)");
    expect_sentence("\"a\"#", 4, true, NUMRES_SYNTAX,
                    "not valid JSON: comment, which JSON does not allow");
}

Test(syntax_sentences, tell_bytes_that_are_not_utf_8_from_half_a_surrogate_pair) {
    expect_sentence("[\"\xe9t\xe9\"]", 7, false, NUMRES_ENCODING,
                    "invalid UTF-8 in a string; JSON must be UTF-8");
    expect_sentence("[\"\\ud83d\"]", 10, false, NUMRES_ENCODING,
                    "an escape that is half of a surrogate pair");
    expect_sentence("[\"\\ude00\"]", 10, false, NUMRES_ENCODING,
                    "an escape that is half of a surrogate pair");
}
