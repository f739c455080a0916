/* Where memory comes from: the caller's functions or, without them, malloc and free. */
#ifndef NUMRES_LIB_MEMORY_H
#define NUMRES_LIB_MEMORY_H

#include "numres/parser.h"

/* The functions that the caller named, or the default ones if it named none. */
numres_allocator numres_memory_allocator(const numres_allocator *given);

#endif
