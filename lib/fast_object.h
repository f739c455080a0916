/*
 * The members of one object, read by the fast lane into its record. Nothing
 * but right values is taken; whatever is not, or not complete, leaves the
 * record as it was behind the last member that is told in object->at.
 */
#ifndef NUMRES_LIB_FAST_OBJECT_H
#define NUMRES_LIB_FAST_OBJECT_H

#include "fast_order.h"
#include "fast_token.h"
#include "schema.h"

/* How many bytes of a member may be looked at without a look at their end: the
   lead, an opening quote and 64 bytes of text; it is enough for 32 of a name. */
#define NUMRES_FAST_SPAN (NUMRES_FAST_LEAD + 80)

/* The date that came last, with the T behind it, and its midnight. */
typedef struct numres_fast_date {
    unsigned char text[16];
    int64_t seconds;
} numres_fast_date;

/* A piece of the stream. */
typedef struct numres_fast_window {
    const unsigned char *start;
    const unsigned char *readable_start; /* from here on may be looked at */
    const unsigned char *at;             /* behind what was read */
    const unsigned char *stop;           /* reading ends once `at` is here */
    const unsigned char *end;            /* of the bytes that are there */
    const unsigned char *readable_end;   /* as far may be looked at */
    bool is_tail;         /* all that is there is read; else NEAR_END may be answered */
    uint64_t offset;      /* of `start` in the stream */
    numres_signal signal; /* with NUMRES_FAST_SIGNAL */
} numres_fast_window;

typedef struct numres_fast_object {
    const numres_record_limits *limits;
    numres_record *record;
    numres_fast_order *order;       /* NULL: none is learned for this kind */
    const numres_fast_names *names; /* of this kind */
    numres_fast_date *date;
    const numres_fast_window *window;
    const unsigned char *at; /* behind the last member that was read */
    uint64_t complete;       /* members that were read */
    numres_object_kind kind;
    unsigned int depth; /* containers that may still open */
    bool whole;         /* a container in a known member is a surprise */
    bool is_first;      /* no member came before */
    /* With NUMRES_FAST_CONTAINER: the member's place in the table, the bracket. */
    uint8_t place;
    const unsigned char *bracket;
} numres_fast_object;

/*
 * Reads members from object->at on, as far as they are expected. CLOSED: the
 * closing brace was read. CONTAINER: a known member's value is an array or
 * object. MORE, SURPRISE: object->at is behind the last whole member.
 */
typedef numres_fast_answer numres_fast_members(numres_fast_object *object);

numres_fast_members numres_fast_members_baseline;
numres_fast_members numres_fast_members_avx2; /* where the build has it */

/* Without an expectation, what the function above does not read. Both go on in the object
   as the function above does, and answer WHOLE behind one member. */

/* The member at object->at, or the object's end. */
numres_fast_answer numres_fast_member(numres_fast_object *object);

/* The value of the member at `place` of the table (NUMRES_FAST_UNKNOWN: of no
   known one), any that is right. */
numres_fast_answer numres_fast_value(numres_fast_object *object, uint8_t place,
                                     const unsigned char *value);

/* Behind a value in an object: up to the next member, or CLOSED. */
numres_fast_answer numres_fast_separator(const unsigned char **at, const unsigned char *end);

#endif
