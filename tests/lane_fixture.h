/*
 * A general lane and its schema, without a parser. yajl's arena and the levels are
 * separate allocations, so that a sanitizer detects an overrun.
 */
#ifndef NUMRES_TESTS_LANE_FIXTURE_H
#define NUMRES_TESTS_LANE_FIXTURE_H

#include "general/general_lane.h"

typedef struct lane_fixture {
    numres_schema schema;
    numres_general_lane lane;
    char *arena;
    char *value;
    char *texts;
    uint64_t offset;
    size_t highest; /* peak use of the arena */
} lane_fixture;

void lane_fixture_open(lane_fixture *now);
void lane_fixture_close(lane_fixture *now);

/* The document begins at offset 0. */
void lane_fixture_start_document(lane_fixture *now);

/* Feeds the document's next bytes from a copy that is freed afterwards. */
numres_signal lane_fixture_feed(lane_fixture *now, const char *text, size_t length);

#endif
