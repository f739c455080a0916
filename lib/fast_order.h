/*
 * What the fast lane expects next: the members in the order in which they came,
 * with the very bytes from the comma to each value; and, where another one
 * comes, the member of a name. Both follow from the schema's table.
 */
#ifndef NUMRES_LIB_FAST_ORDER_H
#define NUMRES_LIB_FAST_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "members.h"
#include "record.h"
#include "text.h"

/* The longest lead that is learned; a longer one is read byte by byte. */
#define NUMRES_FAST_LEAD 36

/* Members of one kind that are learned: as many as records with an order have. */
#define NUMRES_FAST_STEPS 9

_Static_assert(NUMRES_RESERVATION_MEMBER_COUNT <= NUMRES_FAST_STEPS &&
                   NUMRES_PHONE_NUMBER_MEMBER_COUNT <= NUMRES_FAST_STEPS,
               "raise NUMRES_FAST_STEPS");

/* Place of a member that is not in the table. */
#define NUMRES_FAST_UNKNOWN 0xFF

/* One member as it is expected. */
typedef struct numres_fast_step {
    /* What stands before the value: the comma, white space, the name, the colon.
       The comma is not compared, since the first member has none. */
    unsigned char lead[NUMRES_FAST_LEAD];
    uint32_t lead_mask;  /* a bit for each of its first 32 bytes but the comma */
    uint8_t lead_length; /* 0: nothing was learned, or it is too long */
    uint8_t text_length; /* of the last value, if it was a short plain string */
    uint8_t place;       /* in the kind's table; NUMRES_FAST_UNKNOWN: nothing was learned */
    numres_field field;
} numres_fast_step;

/* The order of the members of one kind of object. */
typedef struct numres_fast_order {
    numres_fast_step steps[NUMRES_FAST_STEPS + 1]; /* nothing is learned of the last */
    uint8_t step_of[NUMRES_RECORD_MEMBERS];        /* by place: where it was learned */
    uint8_t name_offset;                           /* where in the last lead the name begins */
    numres_fast_step *next;                        /* the one that is expected */
    bool is_any;                                   /* most members were not the expected ones */
} numres_fast_order;

/* A perfect hash of the names of one kind of object. */
typedef struct numres_fast_names {
    uint64_t multiplier; /* 0: there is none, the table is searched */
    uint8_t places[16];
} numres_fast_names;

void numres_fast_names_make(numres_fast_names *names, numres_object_kind kind);

/* The place of the member with this name; [bytes, end) can be read. */
uint8_t numres_fast_names_find(const numres_fast_names *names, numres_object_kind kind,
                               numres_text name, const unsigned char *end);

/* The slot of a name with these first eight bytes, 0 behind its end. */
static inline unsigned int numres_fast_names_slot(uint64_t multiplier, uint64_t word,
                                                  size_t length) {
    return (unsigned int)(((word + length) * multiplier) >> 60);
}

/* Nothing is expected yet. */
void numres_fast_order_start(numres_fast_order *order);

/* The member at `place`, with this lead behind the comma, came in place of the
   expected one: it is what is expected from now on. Answers its step. */
numres_fast_step *numres_fast_order_learn(numres_fast_order *order, const unsigned char *lead,
                                          size_t lead_length, uint8_t place,
                                          const numres_field *field);

#endif
