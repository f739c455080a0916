/* The documented statuses, compared as one word each. */
#ifndef NUMRES_LIB_STATUS_H
#define NUMRES_LIB_STATUS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "numres/types.h"

#define NUMRES_STATUS_LENGTH 7

/* All have the same length, with a NUL each. */
extern const char numres_status_names[NUMRES_STATUS_FAILURE + 1][NUMRES_STATUS_LENGTH + 1];

/* The status whose name begins with a letter of these lowest two bits. */
extern const uint8_t numres_status_by_letter[4];

/* The status of these `length` bytes, of which eight can be read however many
   there are. No branch: statuses come in no order that could be guessed. */
static inline numres_status numres_status_of(const void *bytes, size_t length) {
    static const unsigned char mask[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint64_t word;
    uint64_t kept;
    uint64_t name;
    unsigned int status = numres_status_by_letter[*(const unsigned char *)bytes & 3];
    memcpy(&word, bytes, sizeof word);
    memcpy(&kept, mask, sizeof kept);
    memcpy(&name, numres_status_names[status], sizeof name);
    status *= (unsigned int)((word & kept) == name);
    return length == NUMRES_STATUS_LENGTH ? (numres_status)status : NUMRES_STATUS_UNKNOWN;
}

#endif
