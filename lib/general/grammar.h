/*
 * The grammar of the general lane: which token may stand where. yajl judges the stand-ins of
 * whole runs (token/gate_run.h); a token that is read by itself is judged here, before any of
 * it is read.
 */
#ifndef NUMRES_LIB_GRAMMAR_H
#define NUMRES_LIB_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../schema/schema_state.h"
#include "../token/gate_run.h"

/*
 * What one yajl handle allocates when it reads only stand-ins: the handle and its
 * lexer, a text buffer of 2,048 bytes for the first token of each call, and a stack of
 * 128 bytes, enough for the largest depth. Measured on 64-bit machines: 2,528 bytes,
 * with the sizes that the arena keeps.
 */
#define NUMRES_GRAMMAR_ARENA_SIZE 2560

typedef struct numres_grammar {
    numres_arena arena;
    struct yajl_handle_t *handle; /* NULL: it must be seated again */
    unsigned char last_byte;      /* the last separator or bracket that was accepted; any other
                                     byte if a name or value came last; 0 before the root */
    unsigned char owed;           /* first byte of a token that is still owed to yajl, or 0 */
    uint8_t held_length;          /* how many bytes of stand-ins the last run held */
} numres_grammar;

/* `arena` has NUMRES_GRAMMAR_ARENA_SIZE bytes, aligned for any type. */
void numres_grammar_start(numres_grammar *grammar, char *arena);

/* A document's root begins with the next token. */
void numres_grammar_start_document(numres_grammar *grammar);

/* After a pause, an error or reading by the other lane, the schema's levels say what may come
   next. None of the three happens between a name and its value. */
void numres_grammar_follow_levels(numres_grammar *grammar, const numres_schema *schema);

/*
 * Whether the grammar allows a string, numeral, literal or opening bracket that begins with
 * `byte` here. This is asked before the token is read, so that a misplaced one is an error at
 * once, even if it never ends. yajl alone judges separators and closing brackets.
 */
bool numres_grammar_may_stand(const numres_grammar *grammar, const numres_schema *schema,
                              unsigned char byte);

/* Fails, because the token that begins with `byte`, at `offset`, cannot stand here. */
numres_signal numres_grammar_misplace(const numres_grammar *grammar, numres_schema *schema,
                                      unsigned char byte, uint64_t offset);

/* A token that begins with `byte`, and that may stand here, was read by itself. The next run
   begins with its stand-in. */
void numres_grammar_take_token(numres_grammar *grammar, unsigned char byte);

/* Begins a run, with what yajl has not read of the tokens before it. */
void numres_grammar_begin_run(numres_grammar *grammar, numres_gate_run *run);

/* Has yajl judge a run that was found at `bytes`, and cuts it before the first token that yajl
   refuses. What the run holds is not judged: ask numres_grammar_may_stand of its brace, once
   the schema knows the tokens before it. */
void numres_grammar_judge_run(numres_grammar *grammar, const numres_schema *schema,
                              numres_gate_run *run, const unsigned char *bytes);

/* Whether yajl has been set up, in the arena. */
static inline bool numres_grammar_is_seated(const numres_grammar *grammar) {
    return grammar->handle != NULL;
}

/* All tokens of the run were told to the schema, with those that it holds. */
void numres_grammar_end_run(numres_grammar *grammar, const numres_gate_run *run);

#endif
