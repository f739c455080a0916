/* The parser: its one block of memory, the stream's documents and positions,
   and the choice of lane. */
#include "numres/parser.h"

#include <string.h>

#include "../base/arena.h"
#include "../base/count.h"
#include "../base/memory.h"
#include "../schema/delivery.h"
#include "../schema/schema.h"
#include "lanes.h"
#include "options.h"
#include "stepping.h"

typedef enum stage {
    BEFORE_ROOT,    /* white space, then a document's first byte */
    IN_MARK,        /* in what may be a byte-order mark */
    IN_ROOT,        /* a lane reads */
    AFTER_DOCUMENT, /* the only document is complete: white space alone */
} stage;

static const unsigned char byte_order_mark[] = {0xEF, 0xBB, 0xBF};

/* A chunk that is being read: what is left of it, and where in the stream. */
typedef struct chunk {
    const unsigned char *bytes;
    const unsigned char *end;
    uint64_t offset; /* of `bytes` */
} chunk;

struct numres_parser {
    numres_schema schema;
    numres_lanes lanes;
    bool several_documents;
    uint64_t max_document_size;
    numres_allocator allocator; /* release is NULL: the memory is the caller's */
    void *memory;

    stage stage;
    size_t mark_matched; /* bytes of a byte-order mark that came */
    bool root_is_scalar; /* of the document read now or last */
    bool finishing;      /* finish was called */
    uint64_t taken;      /* bytes of the stream, behind the last call */

    /* See stepping.h. */
    chunk chunk;
    const unsigned char *chunk_start;
};

/* Memory. */

static numres_layout layout_for(const numres_options *options) {
    return numres_layout_for(options, sizeof(numres_parser));
}

size_t numres_parser_size(const numres_options *options) {
    numres_options complete;
    return numres_options_take(&complete, options) == NUMRES_OK ? layout_for(&complete).size : 0;
}

static void start_stream(numres_parser *parser) {
    numres_schema_reset(&parser->schema);
    numres_lanes_start_document(&parser->lanes);
    parser->stage = BEFORE_ROOT;
    parser->mark_matched = 0;
    parser->root_is_scalar = false;
    parser->finishing = false;
    parser->taken = 0;
}

static void set_schema(numres_schema *schema, const numres_options *options) {
    schema->root = options->root;
    schema->strict = options->strict;
    schema->require_members = options->require_members;
    schema->report_unknown = options->report_unknown;
    schema->limits.max_value_length = options->max_value_length;
    schema->limits.max_record_text = options->max_record_text;
    schema->limits.check_e164 = options->check_e164;
    schema->max_depth = options->max_depth;
}

static numres_parser *build(void *memory, const numres_options *options,
                            const numres_handlers *handlers, void *user) {
    numres_layout parts = layout_for(options);
    char *block = memory;
    block += numres_arena_aligned((uintptr_t)block) - (uintptr_t)block;
    numres_parser *parser = (numres_parser *)(void *)block;
    memset(parser, 0, sizeof *parser);
    parser->memory = memory;
    parser->several_documents = options->several_documents;
    parser->max_document_size = options->max_document_size;

    numres_schema *schema = &parser->schema;
    set_schema(schema, options);
    schema->parser = parser;
    schema->handlers = *handlers;
    schema->user = user;
    schema->levels = (numres_level *)(void *)(block + parts.levels);
    numres_record_make(&schema->outer, block + parts.outer_text);
    numres_record_make(&schema->inner, block + parts.inner_text);
    numres_lanes_start(&parser->lanes, schema, options, block + parts.arena, block + parts.value,
                       block + parts.carry);
    start_stream(parser);
    return parser;
}

/* What create and create_in have in common: checked copies. */
static numres_code take_arguments(numres_parser **parser, const numres_options *given_options,
                                  const numres_handlers *given_handlers, numres_options *options,
                                  numres_handlers *handlers) {
    if (parser == NULL)
        return NUMRES_WRONG_USE;
    *parser = NULL;
    numres_code code = numres_handlers_take(handlers, given_handlers);
    return code != NUMRES_OK ? code : numres_options_take(options, given_options);
}

numres_code numres_parser_create(numres_parser **parser, const numres_options *options,
                                 const numres_handlers *handlers, void *user) {
    numres_options complete;
    numres_handlers all_handlers;
    numres_code code = take_arguments(parser, options, handlers, &complete, &all_handlers);
    if (code != NUMRES_OK)
        return code;
    numres_allocator allocator = numres_memory_allocator(&complete.allocator);
    void *memory = allocator.allocate(layout_for(&complete).size, allocator.context);
    if (memory == NULL)
        return NUMRES_NO_MEMORY;
    *parser = build(memory, &complete, &all_handlers, user);
    (*parser)->allocator = allocator;
    return NUMRES_OK;
}

numres_code numres_parser_create_in(numres_parser **parser, void *memory, size_t size,
                                    const numres_options *options, const numres_handlers *handlers,
                                    void *user) {
    numres_options complete;
    numres_handlers all_handlers;
    numres_code code = take_arguments(parser, options, handlers, &complete, &all_handlers);
    if (code != NUMRES_OK)
        return code;
    if (memory == NULL || size < layout_for(&complete).size)
        return NUMRES_NO_MEMORY;
    *parser = build(memory, &complete, &all_handlers, user);
    return NUMRES_OK;
}

void numres_parser_destroy(numres_parser *parser) {
    if (parser == NULL || parser->allocator.release == NULL)
        return;
    parser->allocator.release(parser->memory, parser->allocator.context);
}

numres_code numres_parser_reset(numres_parser *parser) {
    if (parser == NULL)
        return NUMRES_WRONG_USE;
    start_stream(parser);
    return NUMRES_OK;
}

numres_code numres_parser_set_user(numres_parser *parser, void *user) {
    if (parser == NULL || parser->schema.in_callback)
        return NUMRES_WRONG_USE;
    parser->schema.user = user;
    return NUMRES_OK;
}

numres_code numres_parser_set_handlers(numres_parser *parser, const numres_handlers *handlers) {
    numres_handlers complete;
    if (parser == NULL || parser->schema.in_callback)
        return NUMRES_WRONG_USE;
    numres_code code = numres_handlers_take(&complete, handlers);
    if (code == NUMRES_OK)
        parser->schema.handlers = complete;
    return code;
}

void *numres_parser_user(const numres_parser *parser) {
    return parser != NULL ? parser->schema.user : NULL;
}

const numres_error *numres_parser_error(const numres_parser *parser) {
    return parser != NULL ? &parser->schema.error : NULL;
}

uint64_t numres_parser_position(const numres_parser *parser) {
    if (parser == NULL)
        return 0;
    return parser->schema.in_callback ? parser->schema.position : parser->taken;
}

/* Reading the stream. */

static void take(chunk *chunk, size_t length) {
    chunk->bytes += length;
    chunk->offset += length;
}

/* Answers false if nothing is left behind the white space. */
static bool skip_stream_space(chunk *chunk) {
    const unsigned char *bytes = chunk->bytes;
    while (bytes < chunk->end && numres_gate_is_space(*bytes))
        bytes++;
    NUMRES_COUNT(PARSER, bytes - chunk->bytes);
    take(chunk, (size_t)(bytes - chunk->bytes));
    return bytes < chunk->end;
}

static void start_document(numres_parser *parser, uint64_t offset) {
    numres_schema_start_document(&parser->schema, offset);
    numres_lanes_start_document(&parser->lanes);
    parser->stage = IN_ROOT;
}

static numres_signal read_before_root(numres_parser *parser, chunk *chunk) {
    bool joined = parser->root_is_scalar && !numres_gate_is_space(*chunk->bytes);
    parser->root_is_scalar = false;
    if (!skip_stream_space(chunk))
        return NUMRES_SIGNAL_GO_ON;
    start_document(parser, chunk->offset);
    /* A scalar at the top ends in white space: 1"a" is no two documents. */
    if (joined)
        return numres_delivery_fail(&parser->schema, NUMRES_SYNTAX, chunk->offset);
    parser->root_is_scalar = *chunk->bytes != '{' && *chunk->bytes != '[';
    if (*chunk->bytes == byte_order_mark[0]) {
        parser->stage = IN_MARK;
        parser->mark_matched = 0;
    }
    return NUMRES_SIGNAL_GO_ON;
}

/* The mark begins with a byte that begins no token: another byte inside it
   leaves a syntax error there. */
static numres_signal read_mark(numres_parser *parser, chunk *chunk) {
    uint64_t start = parser->schema.document.offset;
    if (*chunk->bytes != byte_order_mark[parser->mark_matched])
        return numres_delivery_fail(&parser->schema, NUMRES_SYNTAX, start);
    take(chunk, 1);
    if (++parser->mark_matched < sizeof byte_order_mark)
        return NUMRES_SIGNAL_GO_ON;
    return numres_delivery_fail(&parser->schema, NUMRES_BYTE_ORDER_MARK, start);
}

static void end_document(numres_parser *parser) {
    parser->stage = parser->several_documents ? BEFORE_ROOT : AFTER_DOCUMENT;
}

/* What tells a person more than "syntax" when the first byte is no JSON. */
static void explain_first_byte(numres_parser *parser, unsigned char first_byte) {
    numres_error *error = &parser->schema.error;
    const char *sentence = numres_error_first_byte_sentence(first_byte);
    if (error->code == NUMRES_SYNTAX && error->offset == parser->schema.document.offset &&
        sentence != NULL)
        error->sentence = sentence;
}

/* The document is as large as it may be and `next` follows: a number or
   literal at the top is complete if that is white space. */
static numres_signal end_at_limit(numres_parser *parser, unsigned char next, uint64_t offset) {
    numres_signal signal = numres_lanes_settle(&parser->lanes, offset);
    if (signal != NUMRES_SIGNAL_GO_ON)
        return signal;
    bool complete = parser->schema.depth == 0 && numres_gate_may_end(&parser->lanes.general.gate) &&
                    numres_gate_is_space(next);
    if (!complete)
        return numres_delivery_fail(&parser->schema, NUMRES_TOO_LARGE, offset);
    signal = numres_lanes_finish(&parser->lanes, offset);
    if (signal != NUMRES_SIGNAL_FAIL)
        end_document(parser);
    return signal;
}

static numres_signal read_root(numres_parser *parser, chunk *chunk) {
    numres_schema *schema = &parser->schema;
    const unsigned char *start = chunk->bytes;
    const unsigned char *end = chunk->end;
    uint64_t document_end = schema->document.offset + parser->max_document_size;
    bool cut =
        parser->max_document_size > 0 && document_end - chunk->offset < (uint64_t)(end - start);
    if (cut)
        end = start + (document_end - chunk->offset);
    numres_signal signal = numres_lanes_read(&parser->lanes, &chunk->bytes, end, chunk->offset);
    if (signal == NUMRES_SIGNAL_FAIL) {
        if (chunk->offset == schema->document.offset)
            explain_first_byte(parser, *start);
        return signal;
    }
    chunk->offset += (uint64_t)(chunk->bytes - start);
    if (schema->root_closed)
        end_document(parser);
    else if (cut && signal == NUMRES_SIGNAL_GO_ON)
        return end_at_limit(parser, *end, document_end);
    return signal;
}

static numres_signal read_after_document(numres_parser *parser, chunk *chunk) {
    if (!skip_stream_space(chunk))
        return NUMRES_SIGNAL_GO_ON;
    return numres_delivery_fail(&parser->schema, NUMRES_TRAILING_BYTES, chunk->offset);
}

static numres_signal read_stage(numres_parser *parser, chunk *chunk) {
    switch (parser->stage) {
    case BEFORE_ROOT:
        return read_before_root(parser, chunk);
    case IN_MARK:
        return read_mark(parser, chunk);
    case IN_ROOT:
        return read_root(parser, chunk);
    case AFTER_DOCUMENT:
        break;
    }
    return read_after_document(parser, chunk);
}

/*
 * What a call answers after this signal. A handler that reset the parser ends
 * the event with FAIL but leaves no error: then the stream it was in is gone.
 */
static numres_code code_of(const numres_parser *parser, numres_signal signal) {
    if (signal == NUMRES_SIGNAL_PAUSE)
        return NUMRES_PAUSED;
    if (signal == NUMRES_SIGNAL_GO_ON)
        return NUMRES_OK;
    return parser->schema.error.code != NUMRES_OK ? parser->schema.error.code : NUMRES_WRONG_USE;
}

/* How many bytes from `offset` count as taken: after an error, those before
   it. */
static size_t taken_from(const numres_parser *parser, uint64_t offset, uint64_t read_to) {
    const numres_error *error = &parser->schema.error;
    if (error->code != NUMRES_OK)
        read_to = error->offset > offset ? error->offset : offset;
    return (size_t)(read_to - offset);
}

static numres_signal read_chunk(numres_parser *parser, chunk *chunk, numres_signal signal) {
    while (signal == NUMRES_SIGNAL_GO_ON && chunk->bytes < chunk->end)
        signal = read_stage(parser, chunk);
    return signal;
}

/* The chunk, which began at `start`, goes away. Answers how many bytes count as taken. */
static size_t leave_chunk(numres_parser *parser, const unsigned char *start, const chunk *chunk) {
    numres_schema_keep_chunk(&parser->schema, start, chunk->end);
    size_t taken = taken_from(parser, parser->taken, chunk->offset);
    parser->taken += taken;
    return taken;
}

numres_code numres_parser_feed(numres_parser *parser, const void *bytes, size_t length,
                               size_t *consumed) {
    if (consumed != NULL)
        *consumed = 0;
    if (parser == NULL || (bytes == NULL && length > 0) || parser->schema.in_callback ||
        parser->finishing)
        return NUMRES_WRONG_USE;
    numres_schema *schema = &parser->schema;
    if (schema->error.code != NUMRES_OK)
        return schema->error.code;

    const unsigned char *start = length > 0 ? bytes : (const unsigned char *)"";
    chunk chunk = {start, start + length, parser->taken};
    numres_code code = code_of(parser, read_chunk(parser, &chunk, numres_delivery_owed(schema)));
    if (code == NUMRES_WRONG_USE)
        return code;
    size_t taken = leave_chunk(parser, start, &chunk);
    if (consumed != NULL)
        *consumed = taken;
    return code;
}

static numres_signal finish_stage(numres_parser *parser) {
    numres_schema *schema = &parser->schema;
    switch (parser->stage) {
    case BEFORE_ROOT:
        if (schema->document.length == 0)
            return numres_delivery_fail(schema, NUMRES_EMPTY_INPUT, 0);
        break;
    case IN_MARK:
        return numres_delivery_fail(schema, NUMRES_SYNTAX, schema->document.offset);
    case IN_ROOT: {
        numres_signal signal = numres_lanes_finish(&parser->lanes, parser->taken);
        if (signal != NUMRES_SIGNAL_FAIL && parser->schema.root_closed)
            end_document(parser);
        return signal;
    }
    case AFTER_DOCUMENT:
        break;
    }
    return NUMRES_SIGNAL_GO_ON;
}

numres_code numres_parser_finish(numres_parser *parser) {
    if (parser == NULL || parser->schema.in_callback)
        return NUMRES_WRONG_USE;
    if (parser->schema.error.code != NUMRES_OK)
        return parser->schema.error.code;
    parser->finishing = true;
    numres_signal signal = numres_delivery_owed(&parser->schema);
    if (signal == NUMRES_SIGNAL_GO_ON)
        signal = finish_stage(parser);
    return code_of(parser, signal);
}

/* Reading in steps. */

void numres_parser_pause_at_problems(numres_parser *parser) {
    parser->schema.pauses_at_problems = true;
}

void numres_parser_set_chunk(numres_parser *parser, const void *bytes, size_t length) {
    parser->chunk_start = parser->chunk.bytes = bytes;
    parser->chunk.end = parser->chunk_start + length;
    parser->chunk.offset = parser->taken;
}

uint64_t numres_parser_paused_at(const numres_parser *parser) {
    return parser->schema.position;
}

numres_record *numres_parser_record(numres_parser *parser, numres_record_kind kind) {
    return kind == NUMRES_RECORD_PHONE_NUMBER ? &parser->schema.inner : &parser->schema.outer;
}

/* Leaves what the lanes were interrupted in, and goes on. */
static numres_signal end_interruption(numres_parser *parser) {
    chunk *chunk = &parser->chunk;
    numres_signal signal = numres_lanes_leave(&parser->lanes, &chunk->bytes, &chunk->offset);
    if (signal != NUMRES_SIGNAL_FAIL && parser->schema.root_closed)
        end_document(parser);
    return signal;
}

/* Reads on in the chunk, to its end or a pause. */
static numres_code step_on(numres_parser *parser, numres_signal signal) {
    signal = read_chunk(parser, &parser->chunk, signal);
    if (signal == NUMRES_SIGNAL_PAUSE)
        return NUMRES_PAUSED;
    leave_chunk(parser, parser->chunk_start, &parser->chunk);
    return code_of(parser, signal);
}

numres_code numres_parser_step(numres_parser *parser) {
    /* A limit would end what the lanes read before the chunk ends. */
    if (!parser->lanes.is_interrupted || parser->max_document_size > 0)
        return step_on(parser, numres_delivery_owed(&parser->schema));
    if (numres_lanes_resume(&parser->lanes))
        return NUMRES_PAUSED;
    return step_on(parser, end_interruption(parser));
}
