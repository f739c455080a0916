/* What the fast lane knows while it reads: the shapes it has learned, the open segment, and
   its patience. */
#ifndef NUMRES_LIB_FAST_LANE_STATE_H
#define NUMRES_LIB_FAST_LANE_STATE_H

#include "../schema/schema.h"
#include "segments.h"

/* The kinds of segments, and where each begins. */
typedef enum numres_segment_kind {
    NUMRES_SEGMENT_NUMBER, /* a phone number's brace */
    NUMRES_SEGMENT_HEAD,   /* a reservation's brace */
    NUMRES_SEGMENT_TAIL,   /* after its phone numbers */
    NUMRES_SEGMENT_META,   /* the meta's brace */
    NUMRES_SEGMENT_KINDS
} numres_segment_kind;

/* Which pieces a kind of segment usually begins with, and the back-off of learning it. */
typedef struct numres_fast_habit {
    const numres_piece *usual; /* the first piece; NULL: none is known */
    unsigned int unlearned;    /* how many of the next objects are not learned */
    unsigned int back_off;     /* what `unlearned` becomes when an object is learned */
    unsigned int known;        /* objects in a row that were read by pieces alone */
    unsigned int mismatches;   /* objects in a row of which pieces read less than 3/4 */
} numres_fast_habit;

/* How many records the general lane reads after the next surprise. Each surprise makes this
   four times as many; each MANY_CALM bytes without one (fast_lane.c), or FEW_CALM after a cheap
   change of lanes, leave a quarter. Phone numbers and other records have a patience each. Bytes
   are counted modulo 2^32: at worst, 4 GiB without a surprise count as none, and the general lane
   reads up to 256 records too many. */
typedef struct numres_fast_patience {
    uint32_t records;
    uint32_t surprised_at; /* what lane->read was at the last surprise */
} numres_fast_patience;

#define NUMRES_FAST_ANY_MEMBERS UINT32_MAX

typedef struct numres_fast_lane {
    numres_schema *schema;
    numres_fast_pieces *read_pieces; /* for the machine's SIMD level */
    numres_fast_usual_members *read_members;
    numres_segments *segments; /* in the memory that yajl uses in the general lane */
    bool has_segments;         /* they are valid: nothing has overwritten them */
    numres_fast_habit habits[NUMRES_SEGMENT_KINDS];
    numres_fast_words number_names, reservation_names, envelope_names, statuses;
    numres_fast_date date;
    numres_fast_object number, reservation, envelope; /* what all objects of a kind share */

    /* The segment that is being read. */
    uint64_t segment_offset;  /* where it began in the stream; not set for a phone number */
    uint32_t segment_present; /* members that the record had before it */
    bool by_pieces_alone;     /* so far, all of it was read by pieces */
    bool is_cut;              /* a chunk ended inside it, so it cannot be learned */
    unsigned int one_by_one;  /* members of it that were not read by pieces */

    /* The members of phone numbers whose fields may be set; the other fields are neutral. */
    uint32_t number_members;

    numres_fast_patience patience, number_patience;
    uint32_t read;       /* bytes read up to the last surprise, most of long strings left out */
    uint32_t resumed_at; /* where in the stream it began to read again */
    bool was_in_numbers; /* the last surprise was in a phone number */
} numres_fast_lane;

/* The part of the open reservation that comes next. */
static inline numres_segment_kind numres_fast_reservation_segment(const numres_schema *schema) {
    return numres_schema_has_numbers(schema) ? NUMRES_SEGMENT_TAIL : NUMRES_SEGMENT_HEAD;
}

#endif
