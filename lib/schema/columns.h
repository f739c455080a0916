/* Which members are columns of a row, and what the columns are called: for all who write
   records as rows. */
#ifndef NUMRES_LIB_COLUMNS_H
#define NUMRES_LIB_COLUMNS_H

#include "members.h"

/* Every member is a column but those that say nothing new in a row. */
bool numres_is_column(numres_object_kind kind, const numres_member *member);

/* A column has its member's name; before that of a reservation, if a phone number has a
   member of the same name, stands this prefix. */
#define NUMRES_COLUMN_PREFIX "reservation_"

bool numres_column_has_prefix(numres_object_kind kind, const numres_member *member);

#endif
