/* Which members are columns of a row, and the names of the columns. Used by everything that
   writes records as rows. */
#ifndef NUMRES_LIB_COLUMNS_H
#define NUMRES_LIB_COLUMNS_H

#include "members.h"

/* Whether the member is a column: all are but containers and record_type, which is the
   same in every row. */
bool numres_is_column(numres_object_kind kind, const numres_member *member);

/* A column has its member's name. A reservation's column has this prefix if a phone number
   has a member of the same name. */
#define NUMRES_COLUMN_PREFIX "reservation_"

bool numres_column_has_prefix(numres_object_kind kind, const numres_member *member);

#endif
