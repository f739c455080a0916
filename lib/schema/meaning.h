/* What an array or object means in its place, for schema.c. */
#ifndef NUMRES_LIB_MEANING_H
#define NUMRES_LIB_MEANING_H

#include "schema_state.h"

typedef struct numres_meaning {
    numres_object_kind kind;
    numres_code close_problem; /* raised when it closes; NUMRES_OK: none */
} numres_meaning;

/* Returns what a container means that opens next. If it is the value of a known member,
   marks that. */
numres_meaning numres_meaning_of(numres_schema *schema, bool is_array);

/* Whether the current member of `level` came before. `record` is the one that the object
   fills; NULL: the object is the envelope. */
static inline bool numres_meaning_is_duplicate(const numres_schema *schema,
                                               const numres_level *level,
                                               const numres_record *record) {
    uint32_t present = record == NULL ? schema->document.envelope_members : record->present;
    return numres_has(present, level->member->number);
}

/* Marks the current member of `level`: one that holds a container, or any of the envelope. */
void numres_meaning_mark_member(numres_schema *schema, const numres_level *level, bool valid);

/* Returns the problem with a member that is not documented, or OK. */
static inline numres_code numres_meaning_undocumented(const numres_schema *schema) {
    return schema->settings.report_unknown ? NUMRES_UNKNOWN_MEMBER : NUMRES_OK;
}

#endif
