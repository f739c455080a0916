/* The times of numres list's filters, as people give them. */
#ifndef NUMRES_TOOLS_LIST_TIME_H
#define NUMRES_TOOLS_LIST_TIME_H

#include <stdbool.h>

#include "numres.h"

#define LIST_TIME_SIZE 48

/* What is sent for a text: of a date, midnight UTC; of a time back from now (digits
   with s, m, h, d or w), that time, both in `written`; else the text itself, which
   may be wrong. */
numres_text list_time_read(const char *text, char *written);

/* Whether it is such a time back from now. */
bool list_time_is_back(const char *text);

#endif
