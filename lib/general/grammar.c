/* Asks yajl which tokens may stand where. Called by general_lane.c; the only file that
   includes yajl's parser. The rules are those of RFC 8259 sections 2, 4 and 5. */
#include "grammar.h"

#include <string.h>
#include <yajl/yajl_parse.h>

#include "../base/count.h"
#include "../schema/delivery.h"

_Static_assert(NUMRES_RUN_OBJECT_MEMBERS >= (size_t)NUMRES_RECORD_MEMBERS,
               "a record of any kind may be a flat object");

void numres_grammar_start(numres_grammar *grammar, char *arena) {
    numres_arena_start(&grammar->arena, arena, NUMRES_GRAMMAR_ARENA_SIZE);
    numres_grammar_start_document(grammar);
}

void numres_grammar_start_document(numres_grammar *grammar) {
    grammar->handle = NULL;
    grammar->last_byte = grammar->owed = grammar->held_length = 0;
}

/* How many bytes of stand-ins the object `level` has so far, if it is held. An object with too
   many members is not; yajl need not read containers that have closed in one with fewer. */
static uint8_t held_of(const numres_level *level) {
    if (level->is_array || level->complete > NUMRES_RUN_OBJECT_MEMBERS)
        return 0;
    return level->complete > 0 ? (uint8_t)(NUMRES_RUN_MEMBER_LENGTH * level->complete) : 1;
}

void numres_grammar_follow_levels(numres_grammar *grammar, const numres_schema *schema) {
    const numres_level *level = numres_schema_innermost(schema);
    grammar->handle = NULL;
    grammar->owed = 0; /* the levels include it */
    grammar->held_length = level != NULL ? held_of(level) : 0;
    if (level == NULL)
        grammar->last_byte = 0;
    else if (level->complete > 0)
        grammar->last_byte = '"';
    else
        grammar->last_byte = level->is_array ? '[' : '{';
}

/* What came before is valid, so the last byte decides; after a comma, the container too. */
bool numres_grammar_may_stand(const numres_grammar *grammar, const numres_schema *schema,
                              unsigned char byte) {
    switch (grammar->last_byte) {
    case 0:
    case '[':
    case ':':
        return true;
    case '{':
        return byte == '"';
    case ',':
        return byte == '"' || numres_schema_level(schema)->is_array;
    default:
        return false;
    }
}

numres_signal numres_grammar_misplace(const numres_grammar *grammar, numres_schema *schema,
                                      unsigned char byte, uint64_t offset) {
    return numres_delivery_misplaced(schema, byte, grammar->last_byte, offset);
}

void numres_grammar_take_token(numres_grammar *grammar, unsigned char byte) {
    grammar->last_byte = grammar->owed = byte;
}

/* Seating: brings a new handle into the grammar state that the schema's levels describe. */

/* All that yajl reads passes here. Returns false if yajl refuses any of it. */
static bool give(numres_grammar *grammar, const char *text, size_t length) {
    NUMRES_COUNT(YAJL, length);
    return yajl_parse(grammar->handle, (const unsigned char *)text, length) == yajl_status_ok;
}

static bool give_text(numres_grammar *grammar, const char *text) {
    return give(grammar, text, strlen(text));
}

/* The text that brings yajl into this level. Strings stand for earlier values: yajl would
   keep a numeral at the end open, and join it with what follows. */
static const char *prefix_of(const numres_level *level, bool is_innermost) {
    if (level->is_array)
        return is_innermost && level->complete > 0 ? "[\"\"" : "[";
    if (level->has_name)
        return is_innermost ? "{\"\"" : "{\"\":";
    return level->complete > 0 ? "{\"\":\"\"" : "{";
}

/* `depth` is how many of the levels, the outermost, yajl is to be in. */
static void seat(numres_grammar *grammar, const numres_schema *schema, unsigned int depth) {
    yajl_alloc_funcs functions = numres_arena_functions(&grammar->arena);
    numres_arena_rewind(&grammar->arena);
    grammar->handle = yajl_alloc(NULL, &functions, NULL);
    for (unsigned int i = 0; i < depth; i++)
        give_text(grammar, prefix_of(&schema->levels[i], i + 1 == schema->depth));
}

/* Judging. */

void numres_grammar_begin_run(numres_grammar *grammar, numres_gate_run *run) {
    /* The levels include an owed token, unless it is in a held object. */
    if (grammar->handle == NULL && grammar->held_length == 0)
        grammar->owed = 0;
    numres_gate_begin_run(run, grammar->held_length, grammar->owed);
    grammar->owed = 0;
}

/* A stand-in for the token that begins with this byte. */
static const char *stand_in_of(const char *byte) {
    switch (numres_gate_class_of((unsigned char)*byte)) {
    case NUMRES_GATE_QUOTE:
        return NUMRES_STAND_IN_STRING;
    case NUMRES_GATE_DIGIT:
    case NUMRES_GATE_LETTER:
        return NUMRES_STAND_IN_OTHER;
    default:
        return byte;
    }
}

/*
 * Cuts a run that begins at `bytes` before the token that yajl refuses. The offset that
 * yajl reports is wrong after some errors, so a new handle, seated where the run
 * begins, is given one token after the other. Sets last_byte to what stands before the
 * refused one.
 */
static void cut_run(numres_grammar *grammar, const numres_schema *schema, numres_gate_run *run,
                    const unsigned char *bytes) {
    char byte[] = {(char)grammar->last_byte, '\0'};
    const unsigned char *at = bytes;
    size_t told = 0;
    seat(grammar, schema, schema->depth);
    if (byte[0] == ',' || byte[0] == ':')
        give_text(grammar, byte); /* the schema's levels do not include it */
    while (at < run->end) {       /* GCOVR_EXCL_BR_LINE: one of these tokens is refused again */
        const numres_run_token *token = &run->tokens[told];
        bool is_token = told < run->count && at == bytes + token->start;
        byte[0] = (char)*at;
        NUMRES_COUNT(LANE, 1);
        if (!numres_gate_is_space(*at)) {
            if (!give_text(grammar, stand_in_of(byte)))
                break;
            grammar->last_byte = *at;
        }
        at += is_token ? token->length : 1;
        told += is_token ? 1 : 0;
    }
    run->end = at;
    run->count = run->held_token = told;
    run->held_length = 0;
    run->why = NUMRES_RUN_REFUSED;
}

/*
 * Whether yajl would accept the run, which begins inside a flat object, for certain: it has
 * no more than the rest of that object, up to its brace or up to the bracket of a value.
 *
 *     0
 *     {"":"","":[
 */
static bool is_certain(const numres_grammar *grammar, const numres_gate_run *run) {
    size_t length = run->text_length;
    if (grammar->held_length == 0)
        return false;
    if (run->text[0] == NUMRES_STAND_IN_OTHER[0])
        return length == sizeof NUMRES_STAND_IN_OTHER - 1;
    return numres_gate_opens_value(run->text, length);
}

void numres_grammar_judge_run(numres_grammar *grammar, const numres_schema *schema,
                              numres_gate_run *run, const unsigned char *bytes) {
    if (run->text_length == 0)
        return;
    bool is_read = grammar->handle != NULL || !is_certain(grammar, run);
    if (is_read && grammar->handle == NULL)
        seat(grammar, schema, schema->depth - (grammar->held_length > 0 ? 1 : 0));
    if (!is_read || give(grammar, run->text, run->text_length))
        grammar->last_byte = (unsigned char)run->text[run->text_length - 1];
    else
        cut_run(grammar, schema, run, bytes);
}

void numres_grammar_end_run(numres_grammar *grammar, const numres_gate_run *run) {
    grammar->held_length = (uint8_t)run->held_length;
    if (run->held_length > 0)
        grammar->last_byte = (unsigned char)run->text[run->text_length + run->held_length - 1];
}
