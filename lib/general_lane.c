#include "general_lane.h"

#include <string.h>
#include <yajl/yajl_parse.h>

#include "count.h"
#include "delivery.h"

/* A run is short enough to stay in the first-level cache between the gate's
   reading and yajl's. After a pause, which makes the gate read the rest of its
   run again, runs start short and double, so that all reading stays linear. */
#define LONGEST_RUN ((size_t)16384)
#define SHORTEST_RUN ((size_t)256)

/* From yajl's callbacks to the schema's events. */

/* Where yajl stands in the stream: inside a callback, just behind the token
   that it reports (yajl counts live in yajl_do_parse). */
static uint64_t yajl_position(const numres_general_lane *lane) {
    if (lane->stand_in != NULL)
        return lane->stand_in->end;
    return lane->run_offset + yajl_get_bytes_consumed(lane->handle);
}

/* The event is done; yajl goes on unless the schema wants it to stop. */
static int event_done(numres_general_lane *lane, numres_signal signal) {
    lane->signal = signal;
    return signal == NUMRES_SIGNAL_GO_ON;
}

/* A token of the run, which ends where yajl stands. Its text is read from the
   chunk, not from yajl's buffer: that one goes away with the next token. */
static numres_token token_of_run(const numres_general_lane *lane, numres_scalar scalar,
                                 size_t length, size_t quotes) {
    uint64_t end = lane->event_end;
    const char *behind = (const char *)lane->run + (end - lane->run_offset);
    numres_token token = {.scalar = scalar,
                          .text = {behind - quotes - length, length},
                          .length = length,
                          .offset = end - length - 2 * quotes,
                          .end = end,
                          .lasting = true};
    return token;
}

static int scalar_event(numres_general_lane *lane, numres_scalar scalar, size_t length,
                        size_t quotes) {
    if (lane->muted)
        return 1;
    lane->event_end = yajl_position(lane);
    if (lane->stand_in != NULL)
        return event_done(lane, numres_schema_scalar(lane->schema, lane->stand_in));
    numres_token token = token_of_run(lane, scalar, length, quotes);
    return event_done(lane, numres_schema_scalar(lane->schema, &token));
}

static int on_null(void *context) {
    return scalar_event(context, NUMRES_SCALAR_NULL, 4, 0);
}

static int on_boolean(void *context, int value) {
    return scalar_event(context, NUMRES_SCALAR_BOOLEAN, value ? 4 : 5, 0);
}

static int on_number(void *context, const char *text, size_t length) {
    (void)text;
    return scalar_event(context, NUMRES_SCALAR_NUMBER, length, 0);
}

static int on_string(void *context, const unsigned char *text, size_t length) {
    (void)text;
    return scalar_event(context, NUMRES_SCALAR_STRING, length, 1);
}

static int on_name(void *context, const unsigned char *text, size_t length) {
    numres_general_lane *lane = context;
    (void)text;
    if (lane->muted)
        return 1;
    lane->event_end = yajl_position(lane);
    numres_token token = lane->stand_in != NULL
                             ? *lane->stand_in
                             : token_of_run(lane, NUMRES_SCALAR_STRING, length, 1);
    numres_schema_name(lane->schema, &token);
    return 1;
}

/* A container opened or closed; the lane leaves if enough records closed. */
static int container_event_done(numres_general_lane *lane, numres_signal signal) {
    const numres_schema *schema = lane->schema;
    if (!event_done(lane, signal))
        return 0;
    lane->has_left = numres_schema_records_closed(schema) >= lane->leave_at &&
                     numres_schema_is_between_records(schema);
    return !lane->has_left;
}

static int open_event(numres_general_lane *lane, bool is_array) {
    if (lane->muted)
        return 1;
    lane->event_end = yajl_position(lane);
    return container_event_done(
        lane, numres_schema_open(lane->schema, is_array, lane->event_end - 1, lane->event_end));
}

static int close_event(numres_general_lane *lane) {
    if (lane->muted)
        return 1;
    lane->event_end = yajl_position(lane);
    return container_event_done(lane, numres_schema_close(lane->schema, lane->event_end));
}

static int on_open_object(void *context) {
    return open_event(context, false);
}

static int on_open_array(void *context) {
    return open_event(context, true);
}

static int on_close(void *context) {
    return close_event(context);
}

/* Numbers come as text: yajl's own conversions overflow and read the locale. */
static const yajl_callbacks callbacks = {on_null,   on_boolean,    NULL,           NULL,
                                         on_number, on_string,     on_open_object, on_name,
                                         on_close,  on_open_array, on_close};

/* Seating: a new handle in the grammar state that the schema's levels tell. */

/* All that yajl reads is given to it here. */
static yajl_status give(numres_general_lane *lane, const void *bytes, size_t length) {
    NUMRES_COUNT(YAJL, length);
    return yajl_parse(lane->handle, bytes, length);
}

/* Text given to yajl while the schema must not hear of it. */
static yajl_status give_muted(numres_general_lane *lane, const char *text) {
    lane->muted = true;
    yajl_status status = give(lane, text, strlen(text));
    lane->muted = false;
    return status;
}

/* What brings yajl into this level. It ends in a string wherever a value came
   last: yajl keeps a number at the end open, and would join it with what
   follows. */
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
        give_muted(lane, prefix_of(&schema->levels[i], i + 1 == schema->depth));
}

static void seat(numres_general_lane *lane) {
    yajl_alloc_funcs functions = numres_arena_functions(&lane->arena);
    numres_arena_rewind(&lane->arena);
    lane->handle = yajl_alloc(&callbacks, &functions, lane);
    /* The gate has judged all text, more strictly. */
    yajl_config(lane->handle, yajl_dont_validate_strings, 1);
    give_prefix(lane);
}

/* What last_byte is where nothing came behind the last event. */
static unsigned char resting_byte(const numres_schema *schema) {
    const numres_level *level = schema->depth > 0 ? &schema->levels[schema->depth - 1] : NULL;
    if (level == NULL)
        return 0;
    if (level->complete > 0 || level->has_name)
        return '"';
    return level->is_array ? '[' : '{';
}

/* After a pause, an error or where another lane read, the handle is of no use
   any more. */
static void unseat(numres_general_lane *lane) {
    lane->handle = NULL;
    lane->stand_in = NULL;
    lane->run_length = SHORTEST_RUN;
    lane->last_byte = resting_byte(lane->schema);
}

void numres_general_lane_enter(numres_general_lane *lane, uint64_t records) {
    unseat(lane);
    lane->has_left = false;
    numres_general_lane_stay(lane, records);
}

void numres_general_lane_stay(numres_general_lane *lane, uint64_t records) {
    uint64_t closed = numres_schema_records_closed(lane->schema);
    lane->leave_at = records < NUMRES_GENERAL_LANE_NEVER ? closed + records : records;
}

void numres_general_lane_start(numres_general_lane *lane, numres_schema *schema, char *arena,
                               char *value, size_t value_size) {
    memset(lane, 0, sizeof *lane);
    lane->schema = schema;
    numres_arena_start(&lane->arena, arena, NUMRES_GENERAL_LANE_ARENA_SIZE);
    numres_gate_start(&lane->gate, value, value_size);
    numres_general_lane_start_document(lane);
}

void numres_general_lane_start_document(numres_general_lane *lane) {
    lane->handle = NULL;
    lane->stand_in = NULL;
    lane->last_byte = 0;
    lane->run_length = LONGEST_RUN;
    lane->gate.token = NUMRES_GATE_NO_TOKEN;
    lane->leave_at = NUMRES_GENERAL_LANE_NEVER;
    lane->has_left = false;
}

/* Giving bytes to yajl. */

/* A token of the kind that begins with this byte, as short as can be. */
static const char *simplest_token(const char *byte) {
    switch (byte[0]) {
    case '"':
        return "\"\"";
    case 't':
    case 'f':
    case 'n':
        return "null";
    case ',':
    case ':':
    case '[':
    case ']':
    case '{':
    case '}':
        return byte;
    default:
        return "0 ";
    }
}

/*
 * yajl refused a run: finds the token. Its own offsets are wrong after some
 * errors, so a new handle, seated behind the last event, is given one token
 * after the other. Only separators can come before the one that it refuses.
 */
static numres_signal refuse(numres_general_lane *lane, const unsigned char *bytes,
                            const unsigned char *end, uint64_t offset) {
    char byte[] = {(char)lane->last_byte, '\0'};
    unsigned char before = resting_byte(lane->schema);
    seat(lane);
    if (lane->event_end == offset && (byte[0] == ',' || byte[0] == ':')) {
        before = lane->last_byte;
        give_muted(lane, byte); /* it came in an earlier run, after the last event */
    }
    for (bytes += lane->event_end - offset; bytes < end; bytes++) {
        NUMRES_COUNT(LANE, 1);
        byte[0] = (char)*bytes;
        if (!numres_gate_is_space(*bytes)) {
            if (give_muted(lane, simplest_token(byte)) != yajl_status_ok)
                break;
            before = *bytes;
        }
        lane->event_end++;
    }
    unseat(lane);
    return numres_delivery_misplaced(lane->schema, (unsigned char)byte[0], before, lane->event_end);
}

/* Gives yajl a run of whole tokens. */
static numres_signal give_run(numres_general_lane *lane, const numres_gate_run *found,
                              const unsigned char *bytes, uint64_t offset) {
    size_t length = (size_t)(found->end - bytes);
    if (lane->handle == NULL)
        seat(lane);
    lane->run = bytes;
    lane->run_offset = offset;
    lane->event_end = offset;
    lane->signal = NUMRES_SIGNAL_GO_ON;
    yajl_status status = give(lane, bytes, length);
    if (status == yajl_status_ok && found->ends_in_number) {
        /* yajl reports a number when it has seen what follows. */
        lane->run = found->end;
        lane->run_offset = offset + length;
        status = give(lane, " ", 1);
    }
    if (status == yajl_status_ok) {
        lane->last_byte = found->last_byte;
        return NUMRES_SIGNAL_GO_ON;
    }
    if (lane->signal == NUMRES_SIGNAL_GO_ON && !lane->has_left)
        return refuse(lane, bytes, found->end, offset);
    unseat(lane);
    return lane->signal;
}

/* Hands over the gate's token, complete at `end`, by a stand-in for yajl. */
static numres_signal hand_over(numres_general_lane *lane, uint64_t end) {
    static const char *const stand_ins[] = {
        [NUMRES_GATE_STRING] = "\"\"", [NUMRES_GATE_NUMBER] = "0 ", [NUMRES_GATE_LITERAL] = "null"};
    numres_gate *gate = &lane->gate;
    bool is_null = gate->token == NUMRES_GATE_LITERAL && gate->literal[0] == 'n';
    numres_token token = {.scalar = gate->token == NUMRES_GATE_STRING   ? NUMRES_SCALAR_STRING
                                    : gate->token == NUMRES_GATE_NUMBER ? NUMRES_SCALAR_NUMBER
                                    : is_null                           ? NUMRES_SCALAR_NULL
                                                                        : NUMRES_SCALAR_BOOLEAN,
                          .text = {gate->value, gate->stored},
                          .length = gate->length,
                          .offset = gate->token_offset,
                          .end = end,
                          .lasting = false};
    const char *stand_in = stand_ins[gate->token];
    gate->token = NUMRES_GATE_NO_TOKEN;
    if (lane->handle == NULL)
        seat(lane);
    lane->stand_in = &token;
    lane->signal = NUMRES_SIGNAL_GO_ON;
    give(lane, stand_in, strlen(stand_in));
    lane->stand_in = NULL;
    lane->last_byte = '"';
    if (lane->signal != NUMRES_SIGNAL_GO_ON)
        unseat(lane);
    return lane->signal;
}

/* Reading. */

/*
 * Whether the grammar lets a token that begins with `byte` stand here. It is
 * asked before the token is read, so that a misplaced one is an error at once,
 * even if it never ends. yajl has accepted all that came before: the last
 * token tells.
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
        return byte == '"' || schema->levels[schema->depth - 1].is_array;
    default:
        return false;
    }
}

static numres_signal open_token(numres_general_lane *lane, const unsigned char **bytes,
                                uint64_t offset) {
    if (!may_stand(lane, **bytes))
        return numres_delivery_misplaced(lane->schema, **bytes, lane->last_byte, offset);
    numres_gate_open(&lane->gate, **bytes, offset);
    if (lane->gate.token == NUMRES_GATE_STRING)
        ++*bytes;
    return NUMRES_SIGNAL_GO_ON;
}

static numres_signal read_run(numres_general_lane *lane, const unsigned char **bytes,
                              const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    bool is_long = (size_t)(end - start) > lane->run_length;
    numres_gate_run found =
        numres_gate_find_run(&lane->gate, start, is_long ? start + lane->run_length : end, end,
                             offset, lane->schema->depth, lane->last_byte);
    if (lane->run_length < LONGEST_RUN)
        lane->run_length *= 2;
    if (found.end > start) {
        numres_signal signal = give_run(lane, &found, start, offset);
        if (signal != NUMRES_SIGNAL_GO_ON || lane->has_left) {
            *bytes = start + (lane->event_end - offset);
            return signal;
        }
    }
    *bytes = found.end;
    if (found.why == NUMRES_RUN_OPEN_TOKEN)
        return open_token(lane, bytes, offset + (uint64_t)(found.end - start));
    if (found.why == NUMRES_RUN_BAD_TOKEN)
        return numres_delivery_fail(lane->schema, lane->gate.bad_code, lane->gate.bad_offset);
    return NUMRES_SIGNAL_GO_ON;
}

static numres_signal read_token(numres_general_lane *lane, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    switch (numres_gate_continue(&lane->gate, bytes, end, offset)) {
    case NUMRES_GATE_BAD:
        return numres_delivery_fail(lane->schema, lane->gate.bad_code, lane->gate.bad_offset);
    case NUMRES_GATE_WHOLE:
        return hand_over(lane, offset + (uint64_t)(*bytes - start));
    case NUMRES_GATE_MORE:
        break;
    }
    return NUMRES_SIGNAL_GO_ON;
}

numres_signal numres_general_lane_read(numres_general_lane *lane, const unsigned char **bytes,
                                       const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    while (*bytes < end && signal == NUMRES_SIGNAL_GO_ON && !lane->schema->root_closed &&
           !lane->has_left) {
        uint64_t here = offset + (uint64_t)(*bytes - start);
        bool in_token = lane->gate.token != NUMRES_GATE_NO_TOKEN;
        signal = in_token ? read_token(lane, bytes, end, here) : read_run(lane, bytes, end, here);
    }
    return signal;
}

numres_signal numres_general_lane_finish(numres_general_lane *lane, uint64_t offset) {
    if (numres_gate_may_end(&lane->gate)) {
        numres_signal signal = hand_over(lane, offset);
        if (signal != NUMRES_SIGNAL_GO_ON || lane->schema->root_closed)
            return signal;
    }
    return numres_delivery_fail(lane->schema, NUMRES_TRUNCATED, offset);
}
