/*
 * The general lane: yajl's memory, and new handles in the middle of a document. Every
 * short sequence of tokens is checked against the tests' own grammar. Pauses are tested
 * in test_general_lane_pauses.c.
 */
#include "lane_fixture.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

typedef struct document {
    char *bytes;
    size_t length;
    size_t room;
} document;

static void add(document *document, const char *bytes, size_t length) {
    if (document->length + length > document->room) {
        document->room = 2 * (document->length + length);
        document->bytes = realloc(document->bytes, document->room);
    }
    memcpy(document->bytes + document->length, bytes, length);
    document->length += length;
}

/* The longest string that is passed to yajl unchanged. */
static void add_string(document *document) {
    char token[NUMRES_GATE_SIMPLE_LENGTH];
    memset(token, 'x', sizeof token);
    token[0] = token[sizeof token - 1] = '"';
    add(document, token, sizeof token);
}

/* The longest numeral that is passed to yajl unchanged, with the byte that ends it. */
static void add_number(document *document, char end) {
    char token[NUMRES_GATE_SIMPLE_LENGTH];
    memset(token, '7', sizeof token);
    token[sizeof token - 1] = end;
    add(document, token, sizeof token);
}

/* Containers nested to this depth, with the longest tokens as names and values. If
   `mixed`, every other one is an object. */
static void make_document(document *document, unsigned int depth, bool objects, bool mixed) {
    document->length = 0;
    for (unsigned int level = 0; level < depth; level++) {
        bool is_object = mixed ? level % 2 == 0 : objects;
        add(document, is_object ? "{" : "[", 1);
        if (is_object) {
            add_string(document);
            add(document, ":", 1);
        } else {
            add_string(document);
            add(document, ",", 1);
        }
    }
    add_number(document, ' ');
    for (unsigned int level = depth; level-- > 0;) {
        bool is_object = mixed ? level % 2 == 0 : objects;
        add(document, is_object ? "}" : "]", 1);
    }
}

/* Reads the document in chunks; yajl copies the first token of each. */
static void read_in_chunks(lane_fixture *now, const document *document, size_t chunk) {
    lane_fixture_start_document(now);
    for (size_t at = 0; at < document->length; at += chunk) {
        size_t rest = document->length - at;
        if (lane_fixture_feed(now, document->bytes + at, rest < chunk ? rest : chunk) !=
            NUMRES_SIGNAL_GO_ON) {
            cr_assert_fail("chunks of %zu: %s", chunk, now->schema.delivery.error.sentence);
        }
    }
    cr_assert(now->schema.document.root_closed);
    cr_assert_leq(now->highest, NUMRES_GRAMMAR_ARENA_SIZE, "chunks of %zu", chunk);
}

/* Where the lane may leave: not in a value that is skipped, where the other could not continue. */
Test(general_lane, leaves_between_records_alone) {
    static const struct {
        const char *text;
        bool is_between;
    } rows[] = {{"", false},
                {"{", true},
                {"{\"data\":[", true},
                {"{\"data\":[{", true},
                {"{\"data\":[{\"phone_numbers\":[", true},
                {"{\"data\":[{\"phone_numbers\":[{", false},
                {"{\"data\":[{\"phone_numbers\":[{}", true},
                {"{\"data\":[{\"x\":{", false},
                {"{\"data\":[{\"x\":[", false},
                {"{\"x\":[{}", false},
                {"{\"x\":[{}]", true}};
    lane_fixture now;
    lane_fixture_open(&now);
    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        lane_fixture_start_document(&now);
        lane_fixture_feed(&now, rows[at].text, strlen(rows[at].text));
        cr_expect_eq(numres_schema_is_between_records(&now.schema), rows[at].is_between, "%s",
                     rows[at].text);
    }
    lane_fixture_close(&now);
}

/* Objects that are no records do not end every run: their number doubles each time. */
Test(general_lane, runs_grow_while_no_record_closes) {
    lane_fixture now;
    char text[1024] = "{\"data\":[{\"x\":[{}";
    for (int at = 0; at < 100; at++)
        strcat(text, ",{}");
    strcat(text, "]}");
    lane_fixture_open(&now);
    lane_fixture_start_document(&now);
    numres_general_lane_enter(&now.lane, 1);
    cr_expect_eq(lane_fixture_feed(&now, text, strlen(text)), NUMRES_SIGNAL_GO_ON);
    cr_expect(now.lane.has_left);
    cr_expect_eq(now.lane.doublings, 6, "1 + 2 + ... + 64 objects in seven runs: %u",
                 now.lane.doublings);
    numres_general_lane_enter(&now.lane, 1);
    cr_expect_eq(now.lane.doublings, 0);
    lane_fixture_close(&now);
}

Test(general_lane, the_arena_holds_the_largest_tokens_at_every_depth) {
    static const size_t chunks[] = {1 << 20, 16384, 4096, 2001, 2000, 1999};
    lane_fixture now;
    document document = {0};
    lane_fixture_open(&now);
    for (unsigned int depth = 1; depth <= NUMRES_LARGEST_MAX_DEPTH; depth++) {
        for (int shape = 0; shape < 3; shape++) {
            make_document(&document, depth, shape == 1, shape == 2);
            for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++) {
                read_in_chunks(&now, &document, chunks[at]);
            }
        }
    }
    free(document.bytes);
    lane_fixture_close(&now);
}

/* Each chunk is one token, so every token is the first of a call. */
Test(general_lane, the_arena_holds_tokens_that_come_one_by_one) {
    lane_fixture now;
    document number = {0};
    document string = {0};
    add_number(&number, ' ');
    add_string(&string);
    lane_fixture_open(&now);
    lane_fixture_start_document(&now);
    cr_assert_eq(lane_fixture_feed(&now, "[", 1), NUMRES_SIGNAL_GO_ON);
    for (int round = 0; round < 100; round++) {
        cr_assert_eq(lane_fixture_feed(&now, string.bytes, string.length), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, ",", 1), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, number.bytes, number.length), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, ",", 1), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, "true,null,\n", 11), NUMRES_SIGNAL_GO_ON);
    }
    cr_assert_eq(lane_fixture_feed(&now, "{}]", 3), NUMRES_SIGNAL_GO_ON);
    cr_assert(now.schema.document.root_closed);
    cr_assert_leq(now.highest, NUMRES_GRAMMAR_ARENA_SIZE);
    free(number.bytes);
    free(string.bytes);
    lane_fixture_close(&now);
}

/* The bracket beyond the largest depth is refused before it reaches yajl. */
Test(general_lane, the_arena_at_the_bracket_that_is_too_deep) {
    static const char *const brackets[] = {"[", "{\"\":"};
    for (size_t at = 0; at < 2; at++) {
        lane_fixture now;
        lane_fixture_open(&now);
        lane_fixture_start_document(&now);
        size_t length = strlen(brackets[at]);
        for (unsigned int depth = 1; depth <= NUMRES_LARGEST_MAX_DEPTH; depth++) {
            cr_assert_eq(lane_fixture_feed(&now, brackets[at], length), NUMRES_SIGNAL_GO_ON);
        }
        cr_assert_eq(lane_fixture_feed(&now, brackets[at], length), NUMRES_SIGNAL_FAIL);
        cr_assert_eq(now.schema.delivery.error.code, NUMRES_TOO_DEEP);
        cr_assert_eq(now.schema.delivery.error.offset, NUMRES_LARGEST_MAX_DEPTH * length);
        cr_assert_leq(now.highest, NUMRES_GRAMMAR_ARENA_SIZE);
        lane_fixture_close(&now);
    }
}

/* A bracket that is both too deep and misplaced is a syntax error. */
Test(general_lane, a_bracket_that_is_too_deep_and_misplaced) {
    static const char *const before[] = {"1 ", "1 ,\n{\"a\" ", "[],{"};
    for (size_t at = 0; at < 3; at++) {
        lane_fixture now;
        lane_fixture_open(&now);
        lane_fixture_start_document(&now);
        now.schema.settings.max_depth = strchr(before[at], '{') != NULL ? 3 : 2;
        cr_assert_eq(lane_fixture_feed(&now, "[[", 2), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, before[at], strlen(before[at])), NUMRES_SIGNAL_GO_ON);
        cr_assert_eq(lane_fixture_feed(&now, "[", 1), NUMRES_SIGNAL_FAIL);
        cr_assert_eq(now.schema.delivery.error.code, NUMRES_SYNTAX, "%s", before[at]);
        cr_assert_eq(now.schema.delivery.error.offset, 2 + strlen(before[at]));
        lane_fixture_close(&now);
    }
}

/* ---- new handles after tokens that are split between chunks ---- */

/* The levels already include the token, and the new handle does not get it again. */
Test(general_lane, a_new_handle_after_an_open_token) {
    static const char *const pieces[] = {"[\"a", "\"", "\n,1", ",", "[{\"b", "\"", ":{}", "}]]"};
    lane_fixture now;
    lane_fixture_open(&now);
    lane_fixture_start_document(&now);
    for (size_t at = 0; at < sizeof pieces / sizeof *pieces; at++) {
        size_t length = strlen(pieces[at]);
        cr_assert_eq(lane_fixture_feed(&now, pieces[at], length), NUMRES_SIGNAL_GO_ON, "%zu", at);
        if (pieces[at][0] == '"')
            now.lane.grammar.handle = NULL;
    }
    cr_assert(now.schema.document.root_closed);
    lane_fixture_close(&now);
}

/* ---- sequences of tokens, judged by the tests' own grammar ---- */

enum { LONGEST_SEQUENCE = 11, PATH_ROOM = 128 };

static const char *const tokens[] = {"[", "]", "{", "}", ",", ":", "\"a\"", "1", "null",
                                     /* None of these is a token: wrong at any place. */
                                     ".5", "e5", "+1", "01", "tru", "truefalse", "1x"};

enum { LEGAL_TOKENS = 9, ALL_TOKENS = sizeof tokens / sizeof *tokens };

/* What may come next: RFC 8259 sections 4 and 5. */
typedef enum place {
    WANTS_VALUE,
    WANTS_VALUE_OR_END,
    WANTS_NAME,
    WANTS_NAME_OR_END,
    WANTS_COLON,
    WANTS_COMMA_OR_END,
    ROOT_IS_CLOSED
} place;

typedef struct grammar {
    place place;
    unsigned int depth;
    struct {
        bool is_array;
        bool has_name;
        unsigned int complete;
    } levels[LONGEST_SEQUENCE];
} grammar;

static void value_is_complete(grammar *state) {
    if (state->depth == 0) {
        state->place = ROOT_IS_CLOSED;
        return;
    }
    state->levels[state->depth - 1].complete++;
    state->levels[state->depth - 1].has_name = false;
    state->place = WANTS_COMMA_OR_END;
}

static bool open_container(grammar *state, bool is_array) {
    if (state->place != WANTS_VALUE && state->place != WANTS_VALUE_OR_END) {
        return false;
    }
    state->levels[state->depth].is_array = is_array;
    state->levels[state->depth].has_name = false;
    state->levels[state->depth].complete = 0;
    state->depth++;
    state->place = is_array ? WANTS_VALUE_OR_END : WANTS_NAME_OR_END;
    return true;
}

static bool close_container(grammar *state, bool is_array) {
    bool may_end = state->place == WANTS_COMMA_OR_END ||
                   state->place == (is_array ? WANTS_VALUE_OR_END : WANTS_NAME_OR_END);
    if (!may_end || state->levels[state->depth - 1].is_array != is_array) {
        return false;
    }
    state->depth--;
    value_is_complete(state);
    return true;
}

static bool take_separator(grammar *state, char separator) {
    if (separator == ':') {
        bool right = state->place == WANTS_COLON;
        state->place = right ? WANTS_VALUE : state->place;
        return right;
    }
    if (state->place != WANTS_COMMA_OR_END) {
        return false;
    }
    state->place = state->levels[state->depth - 1].is_array ? WANTS_VALUE : WANTS_NAME;
    return true;
}

static bool take_scalar(grammar *state, bool is_string) {
    if (is_string && (state->place == WANTS_NAME || state->place == WANTS_NAME_OR_END)) {
        state->levels[state->depth - 1].has_name = true;
        state->place = WANTS_COLON;
        return true;
    }
    if (state->place != WANTS_VALUE && state->place != WANTS_VALUE_OR_END) {
        return false;
    }
    value_is_complete(state);
    return true;
}

/* Takes the token with this index. Returns whether it may come next. */
static bool take_token(grammar *state, size_t token) {
    char first = tokens[token][0];
    if (token >= LEGAL_TOKENS) {
        return false;
    }
    switch (first) {
    case '[':
    case '{':
        return open_container(state, first == '[');
    case ']':
    case '}':
        return close_container(state, first == ']');
    case ',':
    case ':':
        return take_separator(state, first);
    default:
        return take_scalar(state, first == '"');
    }
}

static void path_of(const grammar *state, char *path) {
    size_t length = 0;
    for (unsigned int level = 0; level < state->depth; level++) {
        if (state->levels[level].is_array) {
            length += (size_t)snprintf(path + length, PATH_ROOM - length, "[%u]",
                                       state->levels[level].complete);
        } else if (state->levels[level].has_name) {
            length +=
                (size_t)snprintf(path + length, PATH_ROOM - length, "%sa", length > 0 ? "." : "");
        }
    }
    if (length == 0) {
        strcpy(path, "(root)");
    }
}

/* Tokens with a blank after each, and the expected result. */
typedef struct sequence {
    char text[12 * LONGEST_SEQUENCE];
    size_t starts[LONGEST_SEQUENCE + 1]; /* of the tokens, and the end */
    size_t count;
    numres_code code; /* NUMRES_OK: the last token closes the root */
    uint64_t offset;
    char path[PATH_ROOM];
} sequence;

static void check_outcome(const lane_fixture *now, const sequence *expected, const char *how) {
    const numres_error *error = &now->schema.delivery.error;
    bool same = error->code == expected->code;
    if (expected->code == NUMRES_OK) {
        same = same && now->schema.document.root_closed;
    } else {
        same =
            same && error->offset == expected->offset && strcmp(error->path, expected->path) == 0;
    }
    if (!same) {
        cr_assert_fail("%s, %s: %s at %llu in %s, not %s at %llu in %s", expected->text, how,
                       numres_code_name(error->code), (unsigned long long)error->offset,
                       error->path, numres_code_name(expected->code),
                       (unsigned long long)expected->offset, expected->path);
    }
}

static void finish(lane_fixture *now, numres_signal signal) {
    if (signal == NUMRES_SIGNAL_GO_ON && !now->schema.document.root_closed) {
        numres_general_lane_finish(&now->lane, now->offset);
    }
}

static void read_pieces(lane_fixture *now, const sequence *expected, size_t chunk,
                        const char *how) {
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    size_t length = expected->starts[expected->count];
    lane_fixture_start_document(now);
    for (size_t at = 0;
         at < length && signal == NUMRES_SIGNAL_GO_ON && !now->schema.document.root_closed;) {
        size_t piece = length - at < chunk ? length - at : chunk;
        signal = lane_fixture_feed(now, expected->text + at, piece);
        at += piece;
    }
    finish(now, signal);
    check_outcome(now, expected, how);
}

/* With a new handle after every token except separators, as after a pause. */
static void read_with_new_handles(lane_fixture *now, const sequence *expected) {
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    lane_fixture_start_document(now);
    for (size_t at = 0;
         at < expected->count && signal == NUMRES_SIGNAL_GO_ON && !now->schema.document.root_closed;
         at++) {
        const char *token = expected->text + expected->starts[at];
        signal = lane_fixture_feed(now, token, expected->starts[at + 1] - expected->starts[at]);
        if (token[0] != ',' && token[0] != ':') {
            now->lane.grammar.handle = NULL;
        }
    }
    finish(now, signal);
    check_outcome(now, expected, "with new handles");
}

static void check_sequence(lane_fixture *now, const sequence *expected) {
    read_pieces(now, expected, SIZE_MAX, "whole");
    read_pieces(now, expected, 1, "in single bytes");
    read_with_new_handles(now, expected);
}

/* Checks the sequence with each token added, and, if that token may come, longer ones.
   `before` is the state of the grammar so far. Returns how many were checked. */
static size_t check_longer(lane_fixture *now, sequence *so_far, const grammar *before,
                           size_t longest) {
    size_t checked = 0;
    for (size_t token = 0; token < ALL_TOKENS; token++) {
        grammar state = *before;
        size_t start = so_far->starts[so_far->count];
        bool stands = take_token(&state, token);
        so_far->starts[++so_far->count] =
            start + (size_t)sprintf(so_far->text + start, "%s ", tokens[token]);
        so_far->code = !stands                         ? NUMRES_SYNTAX
                       : state.place == ROOT_IS_CLOSED ? NUMRES_OK
                                                       : NUMRES_TRUNCATED;
        so_far->offset = stands ? so_far->starts[so_far->count] : start;
        path_of(&state, so_far->path);
        check_sequence(now, so_far);
        checked++;
        if (so_far->code == NUMRES_TRUNCATED && so_far->count < longest) {
            checked += check_longer(now, so_far, &state, longest);
        }
        so_far->count--;
    }
    return checked;
}

Test(general_lane, all_short_sequences_of_tokens) {
    lane_fixture now;
    sequence sequence = {.count = 0};
    grammar root = {.place = WANTS_VALUE};
    lane_fixture_open(&now);
    size_t checked = check_longer(&now, &sequence, &root, test_full() ? LONGEST_SEQUENCE : 9);
    cr_assert_gt(checked, 50000);
    cr_assert_leq(now.highest, NUMRES_GRAMMAR_ARENA_SIZE);
    lane_fixture_close(&now);
}
