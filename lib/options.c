#include "options.h"

#include <string.h>

#include "lanes.h"
#include "schema.h"

numres_code numres_options_take_struct(void *mine, size_t my_size, const void *given) {
    size_t given_size;
    if (given == NULL)
        return NUMRES_OK;
    memcpy(&given_size, given, sizeof given_size);
    if (given_size < sizeof given_size)
        return NUMRES_WRONG_USE;
    memcpy(mine, given, given_size < my_size ? given_size : my_size);
    return NUMRES_OK;
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
    numres_code code = numres_options_take_struct(options, sizeof *options, given);
    if (code == NUMRES_OK && !are_in_range(options))
        code = NUMRES_WRONG_OPTION;
    return code;
}

numres_code numres_handlers_take(numres_handlers *handlers, const numres_handlers *given) {
    *handlers = numres_handlers_default();
    return numres_options_take_struct(handlers, sizeof *handlers, given);
}

size_t numres_layout_aligned(size_t size) {
    return (size + NUMRES_LAYOUT_ALIGNMENT - 1) / NUMRES_LAYOUT_ALIGNMENT * NUMRES_LAYOUT_ALIGNMENT;
}

numres_layout numres_layout_for(const numres_options *options, size_t parser_size) {
    numres_layout parts;
    size_t outer_size = numres_record_text_size(options->max_record_text, NUMRES_RECORD_REJECTED);
    size_t inner_size =
        numres_record_text_size(options->max_record_text, NUMRES_PHONE_NUMBER_MEMBER_COUNT);
    parts.levels = numres_layout_aligned(parser_size);
    parts.arena = numres_layout_aligned(parts.levels + options->max_depth * sizeof(numres_level));
    parts.value = numres_layout_aligned(parts.arena + NUMRES_LANES_ARENA_SIZE);
    parts.outer_text = parts.value + numres_general_lane_value_size(options->max_value_length);
    parts.inner_text = parts.outer_text + outer_size;
    parts.carry = parts.inner_text + inner_size;
    parts.size = parts.carry + NUMRES_LANES_HEADROOM + numres_lanes_carry_size(options) +
                 NUMRES_LANES_PADDING + NUMRES_LAYOUT_ALIGNMENT - 1; /* for any alignment */
    return parts;
}
