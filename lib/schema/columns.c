/* The columns of a row, from the table of members: write/writer_rows.c and
   arrow/arrow_schema.c ask, so that CSV and Arrow have the same. */
#include "columns.h"

bool numres_is_column(numres_object_kind kind, const numres_member *member) {
    unsigned int record_type = NUMRES_PHONE_NUMBER_RECORD_TYPE;
    if (kind == NUMRES_OBJECT_RESERVATION)
        record_type = NUMRES_RESERVATION_RECORD_TYPE;
    return member->form == NUMRES_FORM_NONE && member->number != record_type;
}

bool numres_column_has_prefix(numres_object_kind kind, const numres_member *member) {
    numres_text name = {member->name, member->name_length};
    uint8_t guess = 0;
    return kind == NUMRES_OBJECT_RESERVATION &&
           numres_members_find(NUMRES_OBJECT_PHONE_NUMBER, name, &guess) != NULL;
}
