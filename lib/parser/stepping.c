/* Reads in steps, with a pause after each callback: see stepping.h. reader/reader.c and
   arrow/stream.c call it. */
#include "stepping.h"

#include "../schema/delivery.h"
#include "parser_state.h"

void numres_parser_pause_at_problems(numres_parser *parser) {
    parser->schema.settings.pauses_at_problems = true;
}

void numres_parser_set_chunk(numres_parser *parser, const void *bytes, size_t length) {
    parser->chunk_start = parser->chunk.bytes = bytes;
    parser->chunk.end = parser->chunk_start + length;
    parser->chunk.offset = parser->taken;
}

uint64_t numres_parser_paused_at(const numres_parser *parser) {
    return numres_schema_position(&parser->schema);
}

const numres_error *numres_parser_fail(numres_parser *parser, numres_code code, uint64_t offset) {
    numres_delivery_fail(&parser->schema, code, offset);
    return numres_parser_error(parser);
}

/* Goes on in the chunk, to its end or a pause. */
static numres_code step_on(numres_parser *parser, numres_signal signal) {
    signal = numres_parser_read_chunk(parser, &parser->chunk, signal);
    if (signal == NUMRES_SIGNAL_PAUSE)
        return NUMRES_PAUSED;
    numres_parser_leave_chunk(parser, parser->chunk_start, &parser->chunk);
    return numres_parser_code_of(parser, signal);
}

static __attribute__((noinline)) numres_code begin_step(numres_parser *parser) {
    return step_on(parser, numres_delivery_owed(&parser->schema));
}

/* Leaves the window in which the lanes were interrupted, and goes on. */
static __attribute__((noinline)) numres_code end_interruption(numres_parser *parser,
                                                              numres_fast_result result) {
    numres_chunk *chunk = &parser->chunk;
    numres_signal signal =
        numres_lanes_leave(&parser->lanes, result, &chunk->bytes, &chunk->offset);
    if (!numres_schema_is_root_open(&parser->schema))
        numres_parser_end_document(parser);
    return step_on(parser, signal);
}

/* Runs for each event. Rare paths are not inlined, so that this one need not save
   registers for them. */
numres_code numres_parser_step(numres_parser *parser) {
    if (!parser->lanes.is_interrupted)
        return begin_step(parser);
    numres_fast_result result = numres_lanes_resume(&parser->lanes);
    if (numres_lanes_is_paused(&parser->lanes))
        return NUMRES_PAUSED;
    return end_interruption(parser, result);
}
