/* The general lane, called by parser/lanes.c: cuts runs of tokens, has grammar.c judge them,
   and tells the schema of each token. docs/lanes.md has the steps. */
#include "general_lane.h"

#include <string.h>

#include "../schema/delivery.h"

/* After a pause the gate reads the rest of its run again. Runs then start this short and
   double, so that all reading stays linear. */
#define SHORTEST_RUN ((size_t)256)

/* How often the number of objects that a run may close is doubled at most. No run has room
   for more. */
enum { MOST_DOUBLINGS = 8 };

/* Starting and leaving. */

/* After a pause, an error or reading by the other lane, the rest of a run is read again. */
static void break_off(numres_general_lane *lane) {
    numres_grammar_follow_levels(&lane->grammar, lane->schema);
    lane->run_length = SHORTEST_RUN;
}

void numres_general_lane_enter(numres_general_lane *lane, uint64_t records) {
    numres_grammar_follow_levels(&lane->grammar, lane->schema);
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
    numres_grammar_start(&lane->grammar, arena);
    numres_gate_start(&lane->gate, value, value_size);
    lane->leave_at = NUMRES_GENERAL_LANE_NEVER;
    numres_general_lane_start_document(lane);
}

void numres_general_lane_start_document(numres_general_lane *lane) {
    numres_grammar_start_document(&lane->grammar);
    lane->run_length = NUMRES_RUN_LENGTH;
    lane->gate.token = NUMRES_GATE_NO_TOKEN;
    lane->leave_at = records_left(lane);
    lane->has_left = false;
}

/* Telling: tokens that may stand there become events of the schema. */

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

static bool may_stand(const numres_general_lane *lane, unsigned char byte) {
    return numres_grammar_may_stand(&lane->grammar, lane->schema, byte);
}

static numres_signal misplace(const numres_general_lane *lane, const unsigned char *bytes,
                              uint64_t offset) {
    return numres_grammar_misplace(&lane->grammar, lane->schema, *bytes, offset);
}

/* Tells of the object that begins in this run and is held: yajl has not read it. It is valid
   so far, if a value may stand there. */
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
    numres_grammar_end_run(&lane->grammar, run);
    *bytes = run->end;
    return NUMRES_SIGNAL_GO_ON;
}

/* Reading. */

static numres_signal open_token(numres_general_lane *lane, const unsigned char **bytes,
                                uint64_t offset) {
    if (!may_stand(lane, **bytes))
        return misplace(lane, *bytes, offset);
    lane->has_written = true;
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
    numres_run_limits limits = {.soft_end = is_long ? start + lane->run_length : end,
                                .end = end,
                                .objects = most_objects(lane),
                                .deepest_counted = NUMRES_DEEPEST_RECORD,
                                .stops_in_arrays = records_left(lane) == 0,
                                .depth = schema->depth,
                                .max_depth = schema->settings.max_depth};
    numres_gate_run run;
    numres_grammar_begin_run(&lane->grammar, &run);
    numres_gate_find_run(&run, start, &limits);
    if (lane->run_length < NUMRES_RUN_LENGTH)
        lane->run_length *= 2;
    numres_grammar_judge_run(&lane->grammar, schema, &run, start);
    lane->has_written |= numres_grammar_is_seated(&lane->grammar);
    numres_signal signal = tell_run(lane, &run, bytes, offset);
    if (signal != NUMRES_SIGNAL_GO_ON || lane->has_left) {
        break_off(lane);
        return signal;
    }
    return end_run(lane, run.why, bytes, offset + (uint64_t)(*bytes - start));
}

/* Tells of the open token, which is complete at `end`. It is known that it may stand
   there. */
static numres_signal close_token(numres_general_lane *lane, uint64_t end) {
    numres_gate *gate = &lane->gate;
    numres_token token = {.scalar = scalar_of(gate->first_byte),
                          .text = {gate->value, gate->stored},
                          .length = gate->length,
                          .offset = gate->token_offset,
                          .end = end,
                          .lasting = false};
    gate->token = NUMRES_GATE_NO_TOKEN;
    numres_grammar_take_token(&lane->grammar, gate->first_byte);
    numres_signal signal = tell_scalar(lane, &token);
    if (signal != NUMRES_SIGNAL_GO_ON)
        break_off(lane);
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
