/*
 * The fast lane: reads whole phone numbers, and members of the objects around them, if
 * they have the expected shape. It raises no problem by itself; only the schema does.
 * At anything unexpected it stops after the last whole element or member. See
 * docs/lanes.md.
 */
#ifndef NUMRES_LIB_FAST_LANE_H
#define NUMRES_LIB_FAST_LANE_H

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

/* How many records the general lane reads after the next surprise. Each surprise makes it four
   times as many; bytes without one, a quarter. Phone numbers and other records are counted
   separately. Bytes are counted modulo 2^32: at worst, patience is not quartered after 4 GiB,
   which costs one change of lanes. */
typedef struct numres_fast_patience {
    uint32_t records;
    uint32_t surprised_at; /* what lane->read was at the last surprise */
} numres_fast_patience;

#define NUMRES_FAST_NOT_KNOWN UINT32_MAX

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

    /* The members that the last phone number had. Its other fields are neutral. NOT_KNOWN: any
       field may be set. */
    uint32_t number_members;

    numres_fast_patience patience, number_patience;
    uint32_t read;       /* bytes that this lane read before the last surprise */
    uint32_t resumed_at; /* where in the stream it began to read again */
} numres_fast_lane;

/*
 * `simd` must be a level that the machine supports. `memory`, as large as
 * numres_segments and aligned for any type, belongs to the lane until
 * numres_fast_lane_leave.
 */
void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory);

/* Sets what all objects of a kind share. `record` is the record that the object fills, and
   `names` the hash of its member names; each may be NULL. */
void numres_fast_lane_start_object(numres_fast_lane *lane, numres_fast_object *object,
                                   numres_object_kind kind, numres_record *record,
                                   const numres_fast_words *names);

/* The general lane takes over and may overwrite the memory: forgets what was learned. */
void numres_fast_lane_leave(numres_fast_lane *lane);

/* Call this after SURPRISE. Returns how many records the general lane is to read, which
   grows with each surprise. */
unsigned int numres_fast_lane_surprise(numres_fast_lane *lane);

/* Call this when the lane reads again. */
static inline void numres_fast_lane_resume(numres_fast_lane *lane) {
    lane->resumed_at = (uint32_t)numres_schema_position(lane->schema);
}

/* A stream begins: forgets its surprises. */
void numres_fast_lane_start_stream(numres_fast_lane *lane);

/* A document's root begins with the next byte. */
void numres_fast_lane_start_document(numres_fast_lane *lane);

/*
 * Whether the element at which, or inside which, the last call stopped may end within
 * [bytes, end), the next bytes to search. Phone numbers and reservations are
 * not read before their closing brace, or the bracket of `phone_numbers`, has come.
 */
bool numres_fast_lane_may_end(const numres_fast_lane *lane, const unsigned char *bytes,
                              const unsigned char *end);

/* Whether a phone number, or a part of a reservation, comes next, and its shape is known. */
bool numres_fast_lane_is_known(const numres_fast_lane *lane);

/*
 * Reads from window->at on, and leaves it between two members or elements. Returns
 * WHOLE at window->stop or when the root closed, SIGNAL if a handler paused or an error
 * is set, or NEAR_END, MORE or SURPRISE as numres_fast_result describes.
 */
numres_fast_result numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window);

#endif
