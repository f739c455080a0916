/*
 * The table of members: which names each kind of object knows. It is made of
 * the lines of numres/members.h.
 */
#ifndef NUMRES_LIB_MEMBERS_H
#define NUMRES_LIB_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record.h"

/* Kinds of object, the CHILD of numres/members.h. */
typedef enum numres_object_kind {
    NUMRES_OBJECT_UNKNOWN, /* skipped, with everything inside */
    NUMRES_OBJECT_ENVELOPE,
    NUMRES_OBJECT_RESERVATION,
    NUMRES_OBJECT_PHONE_NUMBER,
    NUMRES_OBJECT_META,
    NUMRES_OBJECT_API_ERROR,
    NUMRES_OBJECT_API_ERROR_SOURCE,
    NUMRES_OBJECT_API_ERROR_META,
    NUMRES_OBJECT_KINDS
} numres_object_kind;

/* What a container member may be, the SHAPE of numres/members.h. */
typedef enum numres_shape {
    NUMRES_SHAPE_NONE,
    NUMRES_SHAPE_LIST,   /* an array of CHILD */
    NUMRES_SHAPE_NESTED, /* one CHILD */
    NUMRES_SHAPE_EITHER
} numres_shape;

/* One line of the table. */
typedef struct numres_member {
    const char *name;
    uint8_t name_length;
    uint8_t number;     /* bit in the record's masks */
    numres_shape shape; /* of a container; a scalar has none */
    numres_object_kind child;
    bool required;
    bool foreign;         /* not documented: only a right value counts */
    const char *expected; /* which values are right, such as "an array"; for a person */
} numres_member;

/* The members of a kind of object, in the table's order. */
const numres_member *numres_members_of(numres_object_kind kind, size_t *count);

/*
 * The member of this name, or NULL. The one at place *guess is tried first;
 * *guess is set to the place where it was found.
 */
const numres_member *numres_members_find(numres_object_kind kind, numres_text name, uint8_t *guess);

/* The record that an object of this kind begins; NONE: it fills the record
   around it, or none. */
numres_record_kind numres_members_record(numres_object_kind kind);

#endif
