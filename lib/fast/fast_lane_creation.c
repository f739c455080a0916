/* Creates the fast lane: chooses the SIMD level and sets what all objects of a kind share.
   Called by parser/lanes.c once for each parser. */
#include "fast_lane.h"

#include <string.h>

#include "avx2.h"

_Static_assert(NUMRES_RESERVATION_MEMBER_COUNT <= 16 && NUMRES_PHONE_NUMBER_MEMBER_COUNT <= 16,
               "a piece has 16 bits for the members");

static void choose_level(numres_fast_lane *lane, numres_simd simd) {
    lane->read_pieces = numres_fast_pieces_baseline;
    lane->read_members = numres_fast_members_baseline;
#ifdef NUMRES_HAS_AVX2
    if (simd == NUMRES_SIMD_AVX2 ||
        /* GCOVR_EXCL_BR_START: one machine always takes the same branch */
        (simd == NUMRES_SIMD_BEST && numres_simd_name(NUMRES_SIMD_AVX2) != NULL)) {
        /* GCOVR_EXCL_BR_STOP */
        lane->read_pieces = numres_fast_pieces_avx2;
        lane->read_members = numres_fast_members_avx2;
    }
#else
    (void)simd;
#endif
}

void numres_fast_lane_start_object(numres_fast_lane *lane, numres_fast_object *object,
                                   numres_object_kind kind, numres_record *record,
                                   const numres_fast_words *names) {
    size_t count;
    numres_record_kind own = numres_members_record(kind);
    if (own == NUMRES_RECORD_NONE && record != NULL) /* it fills the enclosing record */
        own = record->kind;
    memset(object, 0, sizeof *object);
    object->limits = &lane->schema->settings.limits;
    object->kind = kind;
    object->record = record;
    object->names = names;
    object->statuses = &lane->statuses;
    object->members = numres_members_of(kind, &count);
    object->fields = numres_record_fields(own);
    object->type = numres_record_type(own);
    object->date = &lane->date;
    object->skips_unknown = true;
    for (unsigned int number = 0; number < numres_record_member_count(own); number++)
        if (object->fields[number].type == NUMRES_VALUE_RECORD_TYPE) {
            object->type_bit = UINT32_C(1) << number;
            object->type_offset = object->fields[number].text_offset;
        }
}

void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory) {
    memset(lane, 0, sizeof *lane);
    /* No date is known yet. Valid JSON never contains 0xFF, so this matches none. */
    memset(lane->date.text, 0xFF, sizeof lane->date.text);
    lane->schema = schema;
    choose_level(lane, simd);
    lane->segments = memory;
    numres_fast_words_of_names(&lane->number_names, NUMRES_OBJECT_PHONE_NUMBER);
    numres_fast_words_of_names(&lane->reservation_names, NUMRES_OBJECT_RESERVATION);
    numres_fast_words_of_names(&lane->envelope_names, NUMRES_OBJECT_ENVELOPE);
    numres_fast_words_of_statuses(&lane->statuses);
    numres_fast_lane_start_object(lane, &lane->number, NUMRES_OBJECT_PHONE_NUMBER, &schema->inner,
                                  &lane->number_names);
    numres_fast_lane_start_object(lane, &lane->reservation, NUMRES_OBJECT_RESERVATION,
                                  &schema->outer, &lane->reservation_names);
    numres_fast_lane_start_object(lane, &lane->envelope, NUMRES_OBJECT_ENVELOPE, NULL,
                                  &lane->envelope_names);
    numres_fast_lane_leave(lane);
}
