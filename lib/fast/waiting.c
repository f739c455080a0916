/* Decides what waits for its end. Called by the fast lane's readers, and by parser/lanes.c for
   what is carried. */
#include "waiting.h"

#include <string.h>

#include "../base/count.h"

const unsigned char *numres_fast_lane_possible_end(const numres_fast_lane *lane,
                                                   const unsigned char *bytes,
                                                   const unsigned char *end) {
    const numres_schema *schema = lane->schema;
    const numres_level *level = numres_schema_level(schema);
    size_t length = (size_t)(end - bytes);
    if (level->kind != NUMRES_OBJECT_PHONE_NUMBER &&
        (level->kind != NUMRES_OBJECT_RESERVATION || level->is_array))
        return bytes;
    const unsigned char *brace = memchr(bytes, '}', length);
    NUMRES_COUNT(BRACES, brace != NULL ? (size_t)(brace - bytes) + 1 : length);
    if (brace != NULL)
        return brace + 1;
    const unsigned char *bracket = level->is_array ? NULL : memchr(bytes, '[', length);
    return bracket != NULL ? bracket + 1 : NULL;
}

bool numres_fast_lane_is_known(const numres_fast_lane *lane) {
    const numres_schema *schema = lane->schema;
    const numres_level *level = numres_schema_level(schema);
    if (lane->habits[NUMRES_SEGMENT_NUMBER].usual == NULL)
        return false;
    return level->kind == NUMRES_OBJECT_PHONE_NUMBER ||
           (level->kind == NUMRES_OBJECT_RESERVATION && !level->is_array &&
            lane->habits[numres_fast_reservation_segment(schema)].usual != NULL);
}
