/* How many columns of a terminal a character takes. */
#ifndef NUMRES_TOOLS_WIDTH_H
#define NUMRES_TOOLS_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* 0, 1 or 2, of a character that is no control. */
size_t width_of(uint32_t character);

#endif
