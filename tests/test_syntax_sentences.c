/* The sentence of a syntax error at a token in the wrong place: the same in all chunks
   and in both lanes. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef struct misplaced {
    const char *text;     /* written with ' for " */
    const char *sentence; /* after the common beginning */
} misplaced;

static const misplaced misplaced_tokens[] = {
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
    {"[,1]", "unexpected ','"},
    {"{,}", "unexpected ','"},
    {"[1:2]", "unexpected ':'"},
    {"{'a':1:2}", "unexpected ':'"},
    {"}", "unexpected '}'"},
    {":", "unexpected ':'"},
    {"[01]", "malformed token"},
    {"[nul]", "malformed token"},
    {"['a' 'b", "unexpected string (a comma may be missing before it)"},
    {"[#]", "malformed token"},
};

static void read_split(const char *text, size_t split, numres_lane lane, const char *sentence) {
    static const char start[] = "not valid JSON: ";
    numres_options options = numres_options_default();
    numres_parser *parser = NULL;
    options.lane = lane;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    numres_code code = numres_parser_feed(parser, text, split, NULL);
    if (code == NUMRES_OK)
        code = numres_parser_feed(parser, text + split, strlen(text) - split, NULL);
    if (code == NUMRES_OK)
        code = numres_parser_finish(parser);
    const char *told = numres_parser_error(parser)->sentence;
    cr_assert_eq(code, NUMRES_SYNTAX, "%s", text);
    cr_assert_eq(strncmp(told, start, strlen(start)), 0, "%s: %s", text, told);
    cr_assert_str_eq(told + strlen(start), sentence, "%s at %zu", text, split);
    numres_parser_destroy(parser);
}

Test(syntax_sentences, name_the_token_and_what_may_be_wrong) {
    for (size_t at = 0; at < sizeof misplaced_tokens / sizeof misplaced_tokens[0]; at++) {
        const misplaced *now = &misplaced_tokens[at];
        char *text = json(now->text);
        for (size_t split = 0; split <= strlen(text); split++) {
            read_split(text, split, NUMRES_LANE_AUTOMATIC, now->sentence);
            read_split(text, split, NUMRES_LANE_GENERAL, now->sentence);
        }
        free(text);
    }
}
