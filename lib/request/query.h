/* The list request's query as a sized struct, for the pager, which writes into it. */
#ifndef NUMRES_LIB_QUERY_H
#define NUMRES_LIB_QUERY_H

#include "../base/sized.h"

extern const numres_sized numres_query_form;

#endif
