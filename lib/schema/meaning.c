/* What an array or object means in its place: the objects that the tables know, and which
   containers are skipped, with which problem. Called by schema.c. */
#include "meaning.h"

void numres_meaning_mark_member(numres_schema *schema, const numres_level *level, bool valid) {
    if (level->kind == NUMRES_OBJECT_ENVELOPE)
        schema->document.envelope_members |= UINT32_C(1) << level->member->number;
    else
        numres_record_mark(numres_schema_record(schema, level), level->member->number, valid);
}

static numres_meaning meaning_of_root(const numres_schema *schema, bool is_array) {
    numres_meaning meaning = {NUMRES_OBJECT_UNKNOWN, NUMRES_OK};
    if (!is_array)
        meaning.kind = schema->settings.root == NUMRES_ROOT_ENVELOPE ? NUMRES_OBJECT_ENVELOPE
                                                                     : NUMRES_OBJECT_RESERVATION;
    else if (schema->settings.root == NUMRES_ROOT_RESERVATION)
        meaning.close_problem = NUMRES_WRONG_TYPE;
    return meaning;
}

static numres_meaning meaning_of_element(const numres_level *level, bool is_array) {
    numres_meaning meaning = {is_array ? NUMRES_OBJECT_UNKNOWN : level->kind,
                              is_array ? NUMRES_WRONG_TYPE : NUMRES_OK};
    return meaning;
}

static numres_meaning meaning_of_member(numres_schema *schema, const numres_level *level,
                                        bool is_array) {
    numres_meaning meaning = {NUMRES_OBJECT_UNKNOWN, NUMRES_OK};
    const numres_member *member = level->member;
    if (member == NULL || member->foreign) {
        meaning.close_problem = numres_meaning_undocumented(schema);
        return meaning;
    }
    bool right = member->form == NUMRES_FORM_EITHER ||
                 member->form == (is_array ? NUMRES_FORM_LIST : NUMRES_FORM_NESTED);
    if (numres_meaning_is_duplicate(schema, level, numres_schema_record(schema, level))) {
        meaning.close_problem = NUMRES_DUPLICATE_MEMBER;
    } else if (right) {
        meaning.kind = member->child;
        numres_meaning_mark_member(schema, level, true);
    } else {
        meaning.close_problem = NUMRES_WRONG_TYPE;
    }
    return meaning;
}

numres_meaning numres_meaning_of(numres_schema *schema, bool is_array) {
    const numres_level *level = numres_schema_innermost(schema);
    numres_meaning unknown = {NUMRES_OBJECT_UNKNOWN, NUMRES_OK};
    if (level == NULL)
        return meaning_of_root(schema, is_array);
    if (level->kind == NUMRES_OBJECT_UNKNOWN)
        return unknown;
    return level->is_array ? meaning_of_element(level, is_array)
                           : meaning_of_member(schema, level, is_array);
}
