/*
 * The fast lane: whole phone numbers, and members of the objects around them, of
 * the shape that is expected. It raises nothing that the schema does not raise
 * for it; at anything unexpected it stops after the last whole element or
 * member. See docs/lanes.md.
 */
#ifndef NUMRES_LIB_FAST_LANE_H
#define NUMRES_LIB_FAST_LANE_H

#include "../schema/schema.h"
#include "segments.h"

/* Where in a page segments begin. */
typedef enum numres_segment_place {
    NUMRES_SEGMENT_NUMBER, /* a phone number's brace */
    NUMRES_SEGMENT_HEAD,   /* a reservation's brace */
    NUMRES_SEGMENT_TAIL,   /* after its phone numbers */
    NUMRES_SEGMENT_META,   /* the meta's brace */
    NUMRES_SEGMENT_PLACES
} numres_segment_place;

/* What begins in one place. */
typedef struct numres_fast_habit {
    const numres_piece *usual; /* the piece that begins there as a rule; NULL: none is known */
    const numres_piece *other; /* the one that began there the last time */
    unsigned int unlearned;    /* objects to come that are not learned */
    unsigned int patience;     /* how many these will be the next time */
    unsigned int known;        /* objects in a row that were read by pieces alone */
    unsigned int strangers;    /* objects in a row of which pieces read less than half */
} numres_fast_habit;

/* How many records the general lane keeps after the next surprise: twice as many
   after each, half as many after eight records in a row that hold none. It is told
   of phone numbers and of other records separately. */
typedef struct numres_fast_patience {
    unsigned int records;
    unsigned int calm;
} numres_fast_patience;

typedef struct numres_fast_lane {
    numres_schema *schema;
    numres_fast_pieces *pieces; /* for the machine's SIMD level */
    numres_fast_usual_members *members;
    numres_segments *segments; /* where the general lane has yajl's memory */
    bool has_segments;         /* which the general lane has not written over */
    numres_fast_habit habits[NUMRES_SEGMENT_PLACES];
    numres_fast_words number_names, reservation_names, envelope_names, statuses;
    numres_fast_date date;
    numres_fast_object number, reservation, envelope; /* what all of a kind have in common */

    /* The segment that is being read. */
    uint64_t segment_offset;  /* where it began in the stream; not of a phone number's */
    uint32_t segment_present; /* members that the record had before it */
    bool by_pieces_alone;     /* so far, all of it was read by pieces */
    bool is_cut;              /* a chunk ended inside it, so it cannot be learned */
    unsigned int one_by_one;  /* members of it that were not read by pieces */

    /* Members of the last phone number: all other fields are neutral. */
    uint32_t number_members;

    numres_fast_patience patience, number_patience;
    bool is_surprised; /* in the open record */
} numres_fast_lane;

/*
 * `simd` must be a level that the machine has. `memory`, as large as
 * numres_segments and aligned for any type, is the lane's own until
 * numres_fast_lane_leave.
 */
void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory);

/* What all objects of a kind have in common. `record` is what the object fills, and `names`
   its names' hash; NULL: there is none. Records without a record type need no more. */
void numres_fast_lane_start_object(numres_fast_lane *lane, numres_fast_object *object,
                                   numres_object_kind kind, numres_record *record,
                                   const numres_fast_words *names);

/* The general lane reads on, and may write over the memory. What the lane
   learned in there is forgotten. */
void numres_fast_lane_leave(numres_fast_lane *lane);

/* The result was SURPRISE. Returns how many records the general lane is to keep: more
   where one surprise follows another. */
unsigned int numres_fast_lane_surprise(numres_fast_lane *lane);

/* A document's root begins with the next byte. */
void numres_fast_lane_start_document(numres_fast_lane *lane);

/*
 * Whether the element that window->at of the last call stands in, or before, may end
 * within [bytes, end), which follow what was read and what was not: of a phone
 * number or a reservation nothing is read before its closing brace is there, or
 * the bracket of its phone numbers.
 */
bool numres_fast_lane_may_end(const numres_fast_lane *lane, const unsigned char *bytes,
                              const unsigned char *end);

/* Whether a phone number is read there, and its shape was met before. */
bool numres_fast_lane_is_known(const numres_fast_lane *lane);

/*
 * Reads from window->at on. Returns WHOLE at window->stop or where the root
 * closed; SIGNAL: a handler paused or an error is set; NEAR_END, MORE, SURPRISE:
 * see there. window->at is always between two members or elements.
 */
numres_fast_result numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window);

#endif
