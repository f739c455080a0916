/*
 * The table of members: the known names of each kind of object. It is made from
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

/* What a container member may be, the FORM of numres/members.h. */
typedef enum numres_container_form {
    NUMRES_FORM_NONE,
    NUMRES_FORM_LIST,   /* an array of CHILD */
    NUMRES_FORM_NESTED, /* one CHILD */
    NUMRES_FORM_EITHER
} numres_container_form;

/* One line of the table. */
typedef struct numres_member {
    const char *name;
    uint8_t name_length;
    uint8_t number;             /* bit in the record's masks */
    numres_container_form form; /* of a container; a scalar has none */
    numres_object_kind child;
    bool required;
    bool foreign;         /* not documented: an invalid value is ignored */
    const char *expected; /* for a person: which values are right, such as "an array" */
} numres_member;

/* Returns the members of a kind of object, in the table's order. */
const numres_member *numres_members_of(numres_object_kind kind, size_t *count);

/*
 * Returns the member of this name, or NULL. Tries the one at place *guess first,
 * and sets *guess to the place where the member was found.
 */
const numres_member *numres_members_find(numres_object_kind kind, numres_text name, uint8_t *guess);

/* Returns the kind of record that an object of this kind begins. NONE: it fills the
   record around it, or none. */
numres_record_kind numres_members_record(numres_object_kind kind);

#endif
