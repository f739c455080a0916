/* Creates the lanes, and says how much memory they need. Called by creation.c. */
#include "lanes.h"

size_t numres_lanes_carry_size(const numres_options *options) {
    enum { LEAST = 384, MOST = 4096 };
    size_t size = options->max_record_text / 10;
    return size < LEAST ? LEAST : size > MOST ? MOST : size;
}

/* The general lane's memory: yajl's, and a buffer for a value that no chunk holds whole. */
static size_t general_size(const numres_options *options) {
    return NUMRES_GRAMMAR_ARENA_SIZE + numres_general_lane_value_size(options->max_value_length);
}

size_t numres_lanes_memory_size(const numres_options *options) {
    size_t size = general_size(options);
    return size > sizeof(numres_segments) ? size : sizeof(numres_segments);
}

void numres_lanes_start(numres_lanes *lanes, numres_schema *schema, const numres_options *options,
                        char *memory, char *carry) {
    lanes->schema = schema;
    numres_general_lane_start(&lanes->general, schema, memory, memory + NUMRES_GRAMMAR_ARENA_SIZE,
                              numres_general_lane_value_size(options->max_value_length));
    lanes->several_documents = options->several_documents;
    /* The fast lane skips unknown members without reporting them. */
    lanes->is_automatic = options->lane == NUMRES_LANE_AUTOMATIC && !options->report_unknown;
    if (lanes->is_automatic)
        numres_fast_lane_start(&lanes->fast, schema, options->simd, memory);
    lanes->carry = (unsigned char *)carry + NUMRES_LANES_HEADROOM;
    lanes->carry[-NUMRES_LANES_HEADROOM] = 0;
    lanes->carry_size = numres_lanes_carry_size(options);
}
