/* Checks and completes the caller's options and handlers, and lays out the parser's block.
   Called when a parser is created. */
#include "options.h"

#include "../base/memory.h"
#include "../base/sized.h"
#include "../schema/schema.h"
#include "lanes.h"
#include "parser_state.h"

static const numres_sized_member option_members[] = {
    NUMRES_SIZED_MEMBER(numres_options, size),
    NUMRES_SIZED_MEMBER(numres_options, root),
    NUMRES_SIZED_MEMBER(numres_options, several_documents),
    NUMRES_SIZED_MEMBER(numres_options, strict),
    NUMRES_SIZED_MEMBER(numres_options, require_members),
    NUMRES_SIZED_MEMBER(numres_options, check_e164),
    NUMRES_SIZED_MEMBER(numres_options, max_value_length),
    NUMRES_SIZED_MEMBER(numres_options, max_record_text),
    NUMRES_SIZED_MEMBER(numres_options, max_depth),
    NUMRES_SIZED_MEMBER(numres_options, max_document_size),
    NUMRES_SIZED_MEMBER(numres_options, allocator),
    NUMRES_SIZED_MEMBER(numres_options, lane),
    NUMRES_SIZED_MEMBER(numres_options, simd),
    NUMRES_SIZED_MEMBER(numres_options, report_unknown),
};

static const numres_sized_member handler_members[] = {
    NUMRES_SIZED_MEMBER(numres_handlers, size),
    NUMRES_SIZED_MEMBER(numres_handlers, on_reservation),
    NUMRES_SIZED_MEMBER(numres_handlers, on_phone_number),
    NUMRES_SIZED_MEMBER(numres_handlers, on_meta),
    NUMRES_SIZED_MEMBER(numres_handlers, on_api_error),
    NUMRES_SIZED_MEMBER(numres_handlers, on_document_end),
    NUMRES_SIZED_MEMBER(numres_handlers, on_problem),
};

static const numres_sized options_form = NUMRES_SIZED(numres_options, option_members);
static const numres_sized handlers_form = NUMRES_SIZED(numres_handlers, handler_members);

void numres_options_init(numres_options *options, size_t size) {
    numres_options defaults = numres_options_default();
    numres_sized_init(&options_form, &defaults, options, size);
}

void numres_handlers_init(numres_handlers *handlers, size_t size) {
    numres_handlers defaults = numres_handlers_default();
    numres_sized_init(&handlers_form, &defaults, handlers, size);
}

static bool are_in_range(const numres_options *options) {
    bool one_memory_function =
        (options->allocator.allocate == NULL) != (options->allocator.release == NULL);
    return (options->root == NUMRES_ROOT_ENVELOPE || options->root == NUMRES_ROOT_RESERVATION) &&
           options->max_value_length >= 1 &&
           options->max_value_length <= NUMRES_LARGEST_MAX_VALUE_LENGTH &&
           options->max_record_text >= 1 &&
           options->max_record_text <= NUMRES_LARGEST_MAX_RECORD_TEXT && options->max_depth >= 1 &&
           options->max_depth <= NUMRES_LARGEST_MAX_DEPTH && !one_memory_function &&
           (options->lane == NUMRES_LANE_AUTOMATIC || options->lane == NUMRES_LANE_GENERAL) &&
           numres_simd_name(options->simd) != NULL;
}

numres_code numres_options_take(numres_options *options, const numres_options *given) {
    *options = numres_options_default();
    numres_code code = numres_sized_take(&options_form, options, given);
    if (code == NUMRES_OK && !are_in_range(options))
        code = NUMRES_WRONG_OPTION;
    return code;
}

numres_code numres_handlers_take(numres_handlers *handlers, const numres_handlers *given) {
    *handlers = numres_handlers_default();
    return numres_sized_take(&handlers_form, handlers, given);
}

numres_layout numres_layout_for(const numres_options *options) {
    numres_layout parts;
    size_t outer_size = numres_record_text_size(options->max_record_text, NUMRES_RECORD_REJECTED);
    size_t inner_size =
        numres_record_text_size(options->max_record_text, NUMRES_PHONE_NUMBER_MEMBER_COUNT);
    parts.levels = numres_memory_aligned(sizeof(numres_parser));
    parts.lanes = numres_memory_aligned(parts.levels + options->max_depth * sizeof(numres_level));
    parts.outer_text = parts.lanes + numres_lanes_memory_size(options);
    parts.inner_text = parts.outer_text + outer_size;
    parts.carry = parts.inner_text + inner_size;
    parts.size = parts.carry + NUMRES_LANES_HEADROOM + numres_lanes_carry_size(options) +
                 NUMRES_LANES_PADDING + NUMRES_MEMORY_ALIGNMENT - 1; /* for any alignment */
    return parts;
}
