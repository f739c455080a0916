/* Creates, resets and destroys a parser in its one block of memory. Also what the caller
   may set and ask. */
#include <string.h>

#include "../base/memory.h"
#include "../schema/delivery.h"
#include "numres/parser.h"
#include "options.h"
#include "parser_state.h"

size_t numres_parser_size(const numres_options *options) {
    numres_options complete;
    return numres_options_take(&complete, options) == NUMRES_OK ? numres_layout_for(&complete).size
                                                                : 0;
}

static void start_stream(numres_parser *parser) {
    numres_schema_reset(&parser->schema);
    numres_lanes_start_stream(&parser->lanes);
    parser->stage = NUMRES_STAGE_BEFORE_ROOT;
    parser->mark_matched = 0;
    parser->root_is_scalar = false;
    parser->finishing = false;
    parser->taken = 0;
}

static void set_schema(numres_schema *schema, const numres_options *options) {
    schema->settings.root = options->root;
    schema->settings.strict = options->strict;
    schema->settings.require_members = options->require_members;
    schema->settings.report_unknown = options->report_unknown;
    schema->settings.limits.max_value_length = options->max_value_length;
    schema->settings.limits.max_record_text = options->max_record_text;
    schema->settings.limits.check_e164 = options->check_e164;
    schema->settings.max_depth = options->max_depth;
}

static numres_parser *build(void *memory, const numres_options *options,
                            const numres_handlers *handlers, void *user) {
    numres_layout parts = numres_layout_for(options);
    char *block = numres_memory_first(memory);
    numres_parser *parser = (numres_parser *)(void *)block;
    memset(parser, 0, sizeof *parser);
    parser->memory = memory;
    parser->several_documents = options->several_documents;
    parser->max_document_size = options->max_document_size;

    numres_schema *schema = &parser->schema;
    set_schema(schema, options);
    numres_delivery_start(schema, parser, handlers, user);
    schema->levels = (numres_level *)(void *)(block + parts.levels);
    numres_record_make(&schema->outer, block + parts.outer_text);
    numres_record_make(&schema->inner, block + parts.inner_text);
    numres_lanes_start(&parser->lanes, schema, options, block + parts.lanes, block + parts.carry);
    start_stream(parser);
    return parser;
}

/* Checks and completes the arguments that create and create_in have in common. */
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
    void *memory = allocator.allocate(numres_layout_for(&complete).size, allocator.context);
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
    if (memory == NULL || size < numres_layout_for(&complete).size)
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
    if (parser == NULL || numres_parser_is_in_callback(parser))
        return NUMRES_WRONG_USE;
    numres_delivery_set_user(&parser->schema, user);
    return NUMRES_OK;
}

numres_code numres_parser_set_handlers(numres_parser *parser, const numres_handlers *handlers) {
    numres_handlers complete;
    if (parser == NULL || numres_parser_is_in_callback(parser))
        return NUMRES_WRONG_USE;
    numres_code code = numres_handlers_take(&complete, handlers);
    if (code == NUMRES_OK)
        numres_delivery_set_handlers(&parser->schema, &complete);
    return code;
}

void *numres_parser_user(const numres_parser *parser) {
    return parser != NULL ? numres_delivery_user(&parser->schema) : NULL;
}

const numres_error *numres_parser_error(const numres_parser *parser) {
    return parser != NULL ? numres_delivery_error(&parser->schema) : NULL;
}

uint64_t numres_parser_position(const numres_parser *parser) {
    if (parser == NULL)
        return 0;
    return numres_parser_is_in_callback(parser) ? numres_schema_position(&parser->schema)
                                                : parser->taken;
}
