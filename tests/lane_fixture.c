#include "lane_fixture.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 64 };

void lane_fixture_open(lane_fixture *now) {
    size_t value_size = numres_general_lane_value_size(TEXT_LIMIT);
    size_t text_size = numres_record_text_size(TEXT_LIMIT, NUMRES_RECORD_MEMBERS);
    memset(now, 0, sizeof *now);
    now->arena = malloc(NUMRES_GRAMMAR_ARENA_SIZE);
    now->value = malloc(value_size);
    now->texts = malloc(2 * text_size);
    now->schema.delivery.handlers = numres_handlers_default();
    now->schema.settings.limits.max_value_length = TEXT_LIMIT;
    now->schema.settings.limits.max_record_text = TEXT_LIMIT;
    now->schema.settings.max_depth = NUMRES_LARGEST_MAX_DEPTH;
    now->schema.levels = calloc(NUMRES_LARGEST_MAX_DEPTH, sizeof(numres_level));
    now->schema.outer.text = now->texts;
    now->schema.inner.text = now->texts + text_size;
    numres_general_lane_start(&now->lane, &now->schema, now->arena, now->value, value_size);
}

void lane_fixture_close(lane_fixture *now) {
    free(now->arena);
    free(now->value);
    free(now->texts);
    free(now->schema.levels);
}

void lane_fixture_start_document(lane_fixture *now) {
    numres_schema_reset(&now->schema);
    numres_schema_start_document(&now->schema, 0);
    numres_general_lane_start_document(&now->lane);
    now->offset = 0;
}

numres_signal lane_fixture_feed(lane_fixture *now, const char *text, size_t length) {
    const unsigned char *start = (const unsigned char *)text;
    const unsigned char *bytes = start;
    numres_signal signal =
        numres_general_lane_read(&now->lane, &bytes, start + length, now->offset);
    numres_schema_keep(&now->schema, start, start + length);
    now->offset += (uint64_t)(bytes - start);
    if (now->lane.grammar.arena.used > now->highest) {
        now->highest = now->lane.grammar.arena.used;
    }
    return signal;
}
