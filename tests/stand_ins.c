#include "stand_ins.h"

#include <criterion/criterion.h>
#include <string.h>

bool are_stand_ins(const char *text, size_t length, const char *expected) {
    bool same = length == strlen(expected);
    for (size_t at = 0; same && at < length; at++)
        same = text[at] == (expected[at] == '\'' ? '"' : expected[at]);
    return same;
}

bool has_stand_ins(const numres_gate_run *run, const char *expected) {
    return are_stand_ins(run->text, run->text_length, expected);
}

static bool is_between_tokens(unsigned char byte) {
    return byte == ',' || byte == ':' || numres_gate_is_space(byte);
}

void expect_tokens(const numres_gate_run *run, const unsigned char *start) {
    size_t at = 0;
    for (size_t i = 0; i < run->count; i++) {
        const numres_run_token *token = &run->tokens[i];
        for (; at < token->start; at++)
            cr_assert(is_between_tokens(start[at]));
        at += token->length;
        cr_assert_leq(start + at, run->end);
        cr_assert(!is_between_tokens(start[token->start]) && !is_between_tokens(start[at - 1]));
        if (start[token->start] == '"')
            cr_assert(token->length >= 2 && start[at - 1] == '"');
    }
    for (; start + at < run->end; at++)
        cr_assert(is_between_tokens(start[at]));
}
