/* Reads a stream of documents and counts its bytes. Used by the caller's feed and finish,
   and by stepping.c. */
#include "numres/parser.h"
#include "../base/count.h"
#include "../schema/delivery.h"
#include "parser_state.h"

static const unsigned char byte_order_mark[] = {0xEF, 0xBB, 0xBF};

/* Reading the stream. */

static void take(numres_chunk *chunk, size_t length) {
    chunk->bytes += length;
    chunk->offset += length;
}

/* Returns false if nothing is left after the white space. */
static bool skip_stream_space(numres_chunk *chunk) {
    const unsigned char *bytes = chunk->bytes;
    while (bytes < chunk->end && numres_gate_is_space(*bytes))
        bytes++;
    NUMRES_COUNT(PARSER, bytes - chunk->bytes);
    take(chunk, (size_t)(bytes - chunk->bytes));
    return bytes < chunk->end;
}

static void start_document(numres_parser *parser, uint64_t offset) {
    numres_lanes_start_document(&parser->lanes);
    numres_schema_start_document(&parser->schema, offset);
    parser->stage = NUMRES_STAGE_IN_ROOT;
}

static numres_signal read_before_root(numres_parser *parser, numres_chunk *chunk) {
    bool joined = parser->root_is_scalar && !numres_gate_is_space(*chunk->bytes);
    parser->root_is_scalar = false;
    if (!skip_stream_space(chunk))
        return NUMRES_SIGNAL_GO_ON;
    start_document(parser, chunk->offset);
    /* White space must follow a scalar at the top: 1"a" is not two documents. */
    if (joined && numres_gate_class_of(*chunk->bytes) != NUMRES_GATE_OTHER)
        return numres_delivery_misplaced(&parser->schema, *chunk->bytes, 0, chunk->offset);
    parser->root_is_scalar = *chunk->bytes != '{' && *chunk->bytes != '[';
    if (*chunk->bytes == byte_order_mark[0]) {
        parser->stage = NUMRES_STAGE_IN_MARK;
        parser->mark_matched = 0;
    }
    return NUMRES_SIGNAL_GO_ON;
}

/* The mark's first byte begins no token, so an incomplete mark is a syntax error at that byte. */
static numres_signal read_mark(numres_parser *parser, numres_chunk *chunk) {
    uint64_t start = numres_schema_document(&parser->schema)->offset;
    if (*chunk->bytes != byte_order_mark[parser->mark_matched])
        return numres_delivery_stray(&parser->schema, byte_order_mark[0], start);
    take(chunk, 1);
    if (++parser->mark_matched < sizeof byte_order_mark)
        return NUMRES_SIGNAL_GO_ON;
    return numres_delivery_fail(&parser->schema, NUMRES_BYTE_ORDER_MARK, start);
}

void numres_parser_end_document(numres_parser *parser) {
    parser->stage =
        parser->several_documents ? NUMRES_STAGE_BEFORE_ROOT : NUMRES_STAGE_AFTER_DOCUMENT;
}

/* The document is as large as it may be, and `next` follows. A numeral or literal at the
   top is complete if `next` is white space. */
static numres_signal end_at_limit(numres_parser *parser, unsigned char next, uint64_t offset) {
    numres_signal signal = numres_lanes_settle(&parser->lanes, offset);
    if (signal != NUMRES_SIGNAL_GO_ON) /* bytes that were gathered unread may hold anything */
        return signal;
    bool complete = parser->schema.depth == 0 && numres_lanes_may_end(&parser->lanes) &&
                    numres_gate_is_space(next);
    if (!complete)
        return numres_delivery_fail(&parser->schema, NUMRES_TOO_LARGE, offset);
    signal = numres_lanes_finish(&parser->lanes, offset);
    if (signal != NUMRES_SIGNAL_FAIL)
        numres_parser_end_document(parser);
    return signal;
}

/* Inline, like read_stage: with short chunks the cost of each call shows. */
static inline numres_signal read_root(numres_parser *parser, numres_chunk *chunk) {
    numres_schema *schema = &parser->schema;
    const unsigned char *start = chunk->bytes;
    const unsigned char *end = chunk->end;
    uint64_t document_end = numres_schema_document(schema)->offset + parser->max_document_size;
    bool cut =
        parser->max_document_size > 0 && document_end - chunk->offset < (uint64_t)(end - start);
    if (cut)
        end = start + (document_end - chunk->offset);
    numres_signal signal = numres_lanes_read(&parser->lanes, &chunk->bytes, end, chunk->offset);
    if (signal == NUMRES_SIGNAL_FAIL)
        return signal;
    chunk->offset += (uint64_t)(chunk->bytes - start);
    if (!numres_schema_is_root_open(schema))
        numres_parser_end_document(parser);
    else if (cut && signal == NUMRES_SIGNAL_GO_ON)
        return end_at_limit(parser, *end, document_end);
    return signal;
}

static numres_signal read_after_document(numres_parser *parser, numres_chunk *chunk) {
    if (!skip_stream_space(chunk))
        return NUMRES_SIGNAL_GO_ON;
    return numres_delivery_fail(&parser->schema, NUMRES_TRAILING_BYTES, chunk->offset);
}

static inline numres_signal read_stage(numres_parser *parser, numres_chunk *chunk) {
    switch (parser->stage) {
    case NUMRES_STAGE_BEFORE_ROOT:
        return read_before_root(parser, chunk);
    case NUMRES_STAGE_IN_MARK:
        return read_mark(parser, chunk);
    case NUMRES_STAGE_IN_ROOT:
        return read_root(parser, chunk);
    case NUMRES_STAGE_AFTER_DOCUMENT:
        break;
    }
    return read_after_document(parser, chunk);
}

numres_code numres_parser_code_of(const numres_parser *parser, numres_signal signal) {
    if (signal == NUMRES_SIGNAL_PAUSE)
        return NUMRES_PAUSED;
    if (signal == NUMRES_SIGNAL_GO_ON)
        return NUMRES_OK;
    return numres_parser_error_code(parser) != NUMRES_OK ? numres_parser_error_code(parser)
                                                         : NUMRES_WRONG_USE;
}

/* How many bytes from `offset` count as taken: after an error, those before
   it. */
static size_t taken_from(const numres_parser *parser, uint64_t offset, uint64_t read_to) {
    const numres_error *error = numres_delivery_error(&parser->schema);
    if (error->code != NUMRES_OK)
        read_to = error->offset > offset ? error->offset : offset;
    return (size_t)(read_to - offset);
}

numres_signal numres_parser_read_chunk(numres_parser *parser, numres_chunk *chunk,
                                       numres_signal signal) {
    while (signal == NUMRES_SIGNAL_GO_ON && chunk->bytes < chunk->end)
        signal = read_stage(parser, chunk);
    return signal;
}

size_t numres_parser_leave_chunk(numres_parser *parser, const unsigned char *start,
                                 const numres_chunk *chunk) {
    numres_schema_keep_chunk(&parser->schema, start, chunk->end);
    size_t taken = taken_from(parser, parser->taken, chunk->offset);
    parser->taken += taken;
    return taken;
}

numres_code numres_parser_feed(numres_parser *parser, const void *bytes, size_t length,
                               size_t *consumed) {
    if (consumed != NULL)
        *consumed = 0;
    if (parser == NULL || (bytes == NULL && length > 0) || numres_parser_is_in_callback(parser) ||
        parser->finishing)
        return NUMRES_WRONG_USE;
    numres_schema *schema = &parser->schema;
    if (numres_parser_error_code(parser) != NUMRES_OK)
        return numres_parser_error_code(parser);

    const unsigned char *start = length > 0 ? bytes : (const unsigned char *)"";
    numres_chunk chunk = {start, start + length, parser->taken};
    numres_code code = numres_parser_code_of(
        parser, numres_parser_read_chunk(parser, &chunk, numres_delivery_owed(schema)));
    if (code == NUMRES_WRONG_USE)
        return code;
    size_t taken = numres_parser_leave_chunk(parser, start, &chunk);
    if (consumed != NULL)
        *consumed = taken;
    return code;
}

static numres_signal finish_stage(numres_parser *parser) {
    numres_schema *schema = &parser->schema;
    switch (parser->stage) {
    case NUMRES_STAGE_BEFORE_ROOT:
        if (numres_schema_document(schema)->length == 0)
            return numres_delivery_fail(schema, NUMRES_EMPTY_INPUT, 0);
        break;
    case NUMRES_STAGE_IN_MARK:
        return numres_delivery_stray(schema, byte_order_mark[0],
                                     numres_schema_document(schema)->offset);
    case NUMRES_STAGE_IN_ROOT: {
        numres_signal signal = numres_lanes_finish(&parser->lanes, parser->taken);
        if (signal != NUMRES_SIGNAL_FAIL && !numres_schema_is_root_open(&parser->schema))
            numres_parser_end_document(parser);
        return signal;
    }
    case NUMRES_STAGE_AFTER_DOCUMENT:
        break;
    }
    return NUMRES_SIGNAL_GO_ON;
}

numres_code numres_parser_finish(numres_parser *parser) {
    if (parser == NULL || numres_parser_is_in_callback(parser))
        return NUMRES_WRONG_USE;
    if (numres_parser_error_code(parser) != NUMRES_OK)
        return numres_parser_error_code(parser);
    parser->finishing = true;
    numres_signal signal = numres_delivery_owed(&parser->schema);
    if (signal == NUMRES_SIGNAL_GO_ON)
        signal = finish_stage(parser);
    return numres_parser_code_of(parser, signal);
}
