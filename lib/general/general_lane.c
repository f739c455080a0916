/* The general lane, called by parser/lanes.c: cuts runs of tokens, has yajl judge the
   grammar by stand-ins, and tells the schema of each token. docs/lanes.md has the steps. */
#include "general_lane.h"

#include <string.h>
#include <yajl/yajl_parse.h>

#include "../base/count.h"
#include "../schema/delivery.h"

/* After a pause the gate reads the rest of its run again. Runs then start this short and
   double, so that all reading stays linear. */
#define SHORTEST_RUN ((size_t)256)

/* How often the number of objects that a run may close is doubled at most. No run has room
   for more. */
enum { MOST_DOUBLINGS = 8 };

_Static_assert(NUMRES_RUN_OBJECT_MEMBERS >= (size_t)NUMRES_RECORD_MEMBERS,
               "a record of any kind may be a flat object");

/* Seating: brings a new handle into the grammar state that the schema's levels describe. */

/* All that yajl reads passes here. Returns false if yajl refuses any of it. */
static bool give(numres_general_lane *lane, const char *text, size_t length) {
    NUMRES_COUNT(YAJL, length);
    return yajl_parse(lane->handle, (const unsigned char *)text, length) == yajl_status_ok;
}

static bool give_text(numres_general_lane *lane, const char *text) {
    return give(lane, text, strlen(text));
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

static void give_prefix(numres_general_lane *lane) {
    const numres_schema *schema = lane->schema;
    for (unsigned int i = 0; i < schema->depth; i++)
        give_text(lane, prefix_of(&schema->levels[i], i + 1 == schema->depth));
}

static void seat(numres_general_lane *lane) {
    yajl_alloc_funcs functions = numres_arena_functions(&lane->arena);
    numres_arena_rewind(&lane->arena);
    lane->owed = 0; /* the levels include that token */
    lane->held_length = 0;
    lane->handle = yajl_alloc(NULL, &functions, NULL);
    give_prefix(lane);
}

/* The handle's state is out of date after a pause, an error or reading by the other lane: drops
   it. None of these comes between a name and its value. */
static void unseat(numres_general_lane *lane) {
    const numres_schema *schema = lane->schema;
    const numres_level *level = numres_schema_innermost(schema);
    lane->handle = NULL;
    lane->run_length = SHORTEST_RUN;
    if (level == NULL)
        lane->last_byte = 0;
    else if (level->complete > 0)
        lane->last_byte = '"';
    else
        lane->last_byte = level->is_array ? '[' : '{';
}

void numres_general_lane_enter(numres_general_lane *lane, uint64_t records) {
    unseat(lane);
    lane->run_length = NUMRES_RUN_LENGTH; /* most_objects() cuts them in time */
    lane->doublings = 0;
    lane->has_left = false;
    numres_general_lane_stay(lane, records);
}

void numres_general_lane_stay(numres_general_lane *lane, uint64_t records) {
    uint64_t closed = numres_schema_records_closed(lane->schema);
    lane->leave_at = records < NUMRES_GENERAL_LANE_NEVER ? closed + records : records;
}

/* How many records it reads until it leaves; NUMRES_GENERAL_LANE_NEVER if it does not. */
static uint64_t records_left(const numres_general_lane *lane) {
    uint64_t closed = numres_schema_records_closed(lane->schema);
    if (lane->leave_at == NUMRES_GENERAL_LANE_NEVER)
        return NUMRES_GENERAL_LANE_NEVER;
    return lane->leave_at > closed ? lane->leave_at - closed : 0;
}

void numres_general_lane_start(numres_general_lane *lane, numres_schema *schema, char *arena,
                               char *value, size_t value_size) {
    memset(lane, 0, sizeof *lane);
    lane->schema = schema;
    numres_arena_start(&lane->arena, arena, NUMRES_GENERAL_LANE_ARENA_SIZE);
    numres_gate_start(&lane->gate, value, value_size);
    lane->leave_at = NUMRES_GENERAL_LANE_NEVER;
    numres_general_lane_start_document(lane);
}

void numres_general_lane_start_document(numres_general_lane *lane) {
    lane->handle = NULL;
    lane->last_byte = lane->owed = 0;
    lane->run_length = NUMRES_RUN_LENGTH;
    lane->gate.token = NUMRES_GATE_NO_TOKEN;
    lane->leave_at = records_left(lane);
    lane->has_left = false;
}

/* Judging: yajl is given stand-ins for the tokens. */

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
 * begins, is given one token after the other. Sets last_byte to what stands before that
 * token.
 */
static void cut_run(numres_general_lane *lane, numres_gate_run *run, const unsigned char *bytes) {
    char byte[] = {(char)lane->last_byte, '\0'};
    const unsigned char *at = bytes;
    size_t told = 0;
    seat(lane);
    if (byte[0] == ',' || byte[0] == ':')
        give_text(lane, byte); /* the schema's levels do not include it */
    while (at < run->end) {    /* GCOVR_EXCL_BR_LINE: one of these tokens is refused again */
        const numres_run_token *token = &run->tokens[told];
        bool is_token = told < run->count && at == bytes + token->start;
        byte[0] = (char)*at;
        NUMRES_COUNT(LANE, 1);
        if (!numres_gate_is_space(*at)) {
            if (!give_text(lane, stand_in_of(byte)))
                break;
            lane->last_byte = *at;
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
 * Whether the grammar allows a token that begins with `byte` here. This is asked before
 * the token is read, so that a misplaced one is an error at once, even if it never
 * ends. yajl has accepted all that came before, so the last byte decides.
 */
static bool may_stand(const numres_general_lane *lane, unsigned char byte) {
    const numres_schema *schema = lane->schema;
    switch (lane->last_byte) {
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

/* Has yajl judge a run that begins at `bytes`, and cuts it before a token that yajl refuses. */
static void judge_run(numres_general_lane *lane, numres_gate_run *run, const unsigned char *bytes) {
    if (run->text_length == 0)
        return;
    if (give(lane, run->text, run->text_length))
        lane->last_byte = (unsigned char)run->text[run->text_length - 1];
    else
        cut_run(lane, run, bytes);
}

/* Telling: tokens that yajl has accepted become events of the schema. */

static numres_scalar scalar_of(unsigned char first_byte) {
    switch (first_byte) {
    case '"':
        return NUMRES_SCALAR_STRING;
    case 'n':
        return NUMRES_SCALAR_NULL;
    case 't':
    case 'f':
        return NUMRES_SCALAR_BOOLEAN;
    default:
        return NUMRES_SCALAR_NUMERAL;
    }
}

/* Tells of a scalar, or of a name where one must be. */
static inline numres_signal tell_scalar(numres_general_lane *lane, const numres_token *token) {
    numres_schema *schema = lane->schema;
    const numres_level *level = numres_schema_innermost(schema);
    if (level == NULL || level->is_array || level->has_name)
        return numres_schema_scalar(schema, token);
    numres_schema_name(schema, token, &lane->successors[level->kind][level->last_place]);
    return NUMRES_SIGNAL_GO_ON;
}

/* Tells of a bracket. The lane leaves after it if enough records have closed. */
static numres_signal tell_bracket(numres_general_lane *lane, unsigned char byte, uint64_t offset) {
    numres_schema *schema = lane->schema;
    numres_signal signal = numres_gate_class_of(byte) == NUMRES_GATE_OPENING
                               ? numres_schema_open(schema, byte == '[', offset, offset + 1)
                               : numres_schema_close(schema, offset + 1);
    if (signal == NUMRES_SIGNAL_GO_ON)
        lane->has_left = numres_schema_records_closed(schema) >= lane->leave_at &&
                         numres_schema_is_between_records(schema);
    return signal;
}

/* Tells of a scalar or name of a run. `quotes` is 1 if it has quotes around it, else 0. */
static inline numres_signal tell_text(numres_general_lane *lane, numres_scalar scalar,
                                      const unsigned char *bytes, size_t length, size_t quotes,
                                      uint64_t offset) {
    numres_token token = {.scalar = scalar,
                          .text = {(const char *)bytes + quotes, length - 2 * quotes},
                          .length = length - 2 * quotes,
                          .offset = offset,
                          .end = offset + length,
                          .lasting = true};
    return tell_scalar(lane, &token);
}

/* Tells of the token of a run at `bytes`, which is at `offset` in the stream. */
static inline numres_signal tell_token(numres_general_lane *lane, const unsigned char *bytes,
                                       size_t length, uint64_t offset) {
    if (*bytes == '"')
        return tell_text(lane, NUMRES_SCALAR_STRING, bytes, length, 1, offset);
    numres_gate_class class = numres_gate_class_of(*bytes);
    if (class == NUMRES_GATE_OPENING || class == NUMRES_GATE_CLOSING)
        return tell_bracket(lane, *bytes, offset);
    return tell_text(lane, scalar_of(*bytes), bytes, length, 0, offset);
}

/* Tells of a run's tokens from the index `from` up to `to`, until a handler stops it or the
   lane leaves. Then moves *bytes from the run's start past the tokens that were told. */
static numres_signal tell_tokens(numres_general_lane *lane, const numres_gate_run *run, size_t from,
                                 size_t to, const unsigned char **bytes, uint64_t offset) {
    const unsigned char *start = *bytes;
    for (size_t i = from; i < to; i++) {
        numres_run_token token = run->tokens[i];
        numres_signal signal =
            tell_token(lane, start + token.start, token.length, offset + token.start);
        if (signal != NUMRES_SIGNAL_GO_ON || lane->has_left) {
            *bytes = start + token.start + token.length;
            return signal;
        }
    }
    return NUMRES_SIGNAL_GO_ON;
}

/* Fails, because the token that begins at `bytes` cannot stand there. */
static numres_signal misplace(const numres_general_lane *lane, const unsigned char *bytes,
                              uint64_t offset) {
    return numres_delivery_misplaced(lane->schema, *bytes, lane->last_byte, offset);
}

/* Tells of the object that begins at the end of a run and that yajl has not read. It is
   valid so far, if a value may stand there. */
static numres_signal tell_held(numres_general_lane *lane, const numres_gate_run *run,
                               const unsigned char **bytes, uint64_t offset) {
    uint16_t brace = run->tokens[run->held_token].start;
    if (may_stand(lane, '{'))
        return tell_tokens(lane, run, run->held_token, run->count, bytes, offset);
    *bytes += brace;
    return misplace(lane, *bytes, offset + brace);
}

/* Tells of a run's tokens, until something stops it or the lane leaves. Moves *bytes from the
   run's start past the tokens that were told. */
static numres_signal tell_run(numres_general_lane *lane, const numres_gate_run *run,
                              const unsigned char **bytes, uint64_t offset) {
    numres_signal signal = tell_tokens(lane, run, 0, run->held_token, bytes, offset);
    if (signal == NUMRES_SIGNAL_GO_ON && !lane->has_left && run->held_token < run->count)
        signal = tell_held(lane, run, bytes, offset);
    if (signal != NUMRES_SIGNAL_GO_ON || lane->has_left)
        return signal;
    lane->held_length = (uint8_t)run->held_length;
    if (run->held_length > 0)
        lane->last_byte = (unsigned char)run->text[run->text_length + run->held_length - 1];
    *bytes = run->end;
    return NUMRES_SIGNAL_GO_ON;
}

/* Reading. */

static numres_signal open_token(numres_general_lane *lane, const unsigned char **bytes,
                                uint64_t offset) {
    if (!may_stand(lane, **bytes))
        return misplace(lane, *bytes, offset);
    numres_gate_open(&lane->gate, **bytes, offset);
    if (lane->gate.token == NUMRES_GATE_STRING)
        ++*bytes;
    return NUMRES_SIGNAL_GO_ON;
}

/* Handles the end of a run whose tokens were told, at *bytes. */
static numres_signal end_run(numres_general_lane *lane, numres_run_end why,
                             const unsigned char **bytes, uint64_t offset) {
    switch (why) {
    case NUMRES_RUN_OBJECTS: /* not all were records: there may be very many others */
        lane->doublings += lane->doublings < MOST_DOUBLINGS;
        return NUMRES_SIGNAL_GO_ON;
    case NUMRES_RUN_BYTES:
    case NUMRES_RUN_ROOT:
        return NUMRES_SIGNAL_GO_ON;
    case NUMRES_RUN_OPEN_TOKEN:
        return open_token(lane, bytes, offset);
    case NUMRES_RUN_TOO_DEEP:
        if (!may_stand(lane, **bytes))
            return misplace(lane, *bytes, offset);
        return numres_delivery_fail(lane->schema, NUMRES_TOO_DEEP, offset);
    case NUMRES_RUN_REFUSED:
        return misplace(lane, *bytes, offset);
    case NUMRES_RUN_BAD_BYTE:
        break;
    }
    return numres_delivery_stray(lane->schema, **bytes, offset);
}

/* How many objects the next run may close: if all of them are records, the lane leaves where
   the run ends, so that little is read twice. */
static uint64_t most_objects(const numres_general_lane *lane) {
    uint64_t left = records_left(lane);
    if (left == NUMRES_GENERAL_LANE_NEVER)
        return left;
    return (left > 0 ? left : 1) << lane->doublings;
}

static numres_signal read_run(numres_general_lane *lane, const unsigned char **bytes,
                              const unsigned char *end, uint64_t offset) {
    const numres_schema *schema = lane->schema;
    const unsigned char *start = *bytes;
    bool is_long = (size_t)(end - start) > lane->run_length;
    numres_run_limits limits = {is_long ? start + lane->run_length : end, end, most_objects(lane),
                                schema->depth, schema->settings.max_depth};
    numres_gate_run run;
    if (lane->handle == NULL)
        seat(lane);
    numres_gate_begin_run(&run, lane->held_length, lane->owed);
    lane->owed = 0;
    numres_gate_find_run(&run, start, &limits);
    if (lane->run_length < NUMRES_RUN_LENGTH)
        lane->run_length *= 2;
    judge_run(lane, &run, start);
    numres_signal signal = tell_run(lane, &run, bytes, offset);
    if (signal != NUMRES_SIGNAL_GO_ON || lane->has_left) {
        unseat(lane);
        return signal;
    }
    return end_run(lane, run.why, bytes, offset + (uint64_t)(*bytes - start));
}

/* Tells of the open token, which is complete at `end`. It is known that it may stand
   there; yajl is given its stand-in with the next run. */
static numres_signal close_token(numres_general_lane *lane, uint64_t end) {
    numres_gate *gate = &lane->gate;
    numres_token token = {.scalar = scalar_of(gate->first_byte),
                          .text = {gate->value, gate->stored},
                          .length = gate->length,
                          .offset = gate->token_offset,
                          .end = end,
                          .lasting = false};
    gate->token = NUMRES_GATE_NO_TOKEN;
    lane->last_byte = lane->owed = gate->first_byte;
    numres_signal signal = tell_scalar(lane, &token);
    if (signal != NUMRES_SIGNAL_GO_ON)
        unseat(lane);
    return signal;
}

static numres_signal read_token(numres_general_lane *lane, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    switch (numres_gate_continue(&lane->gate, bytes, end, offset)) {
    case NUMRES_JUDGED_BAD:
        return numres_delivery_malformed(lane->schema, lane->gate.malformation,
                                         lane->gate.bad_offset);
    case NUMRES_JUDGED_WHOLE:
        return close_token(lane, offset + (uint64_t)(*bytes - start));
    case NUMRES_JUDGED_UNFINISHED:
        break;
    }
    return NUMRES_SIGNAL_GO_ON;
}

numres_signal numres_general_lane_read(numres_general_lane *lane, const unsigned char **bytes,
                                       const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    while (*bytes < end && signal == NUMRES_SIGNAL_GO_ON &&
           numres_schema_is_root_open(lane->schema) && !lane->has_left) {
        uint64_t here = offset + (uint64_t)(*bytes - start);
        bool in_token = lane->gate.token != NUMRES_GATE_NO_TOKEN;
        signal = in_token ? read_token(lane, bytes, end, here) : read_run(lane, bytes, end, here);
    }
    return signal;
}

numres_signal numres_general_lane_finish(numres_general_lane *lane, uint64_t offset) {
    if (numres_general_lane_may_end(lane)) {
        numres_signal signal = close_token(lane, offset);
        if (signal != NUMRES_SIGNAL_GO_ON || !numres_schema_is_root_open(lane->schema))
            return signal;
    }
    return numres_delivery_fail(lane->schema, NUMRES_TRUNCATED, offset);
}
