/* Ids of reservations, shortened while that is unique: the first block of a UUID stands
   for it if no other reservation of the table has the same one. table.c uses it. */
#ifndef NUMRES_TOOLS_SHORT_IDS_H
#define NUMRES_TOOLS_SHORT_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

/* "12ade33a", and the whole (RFC 9562 section 4). */
#define SHORT_ID_LENGTH 8
#define WHOLE_ID_LENGTH 36

/* Of so many reservations the ids are remembered, in 256 KiB. Those after them are shown
   whole: nobody knows whether they are unique. */
#define SHORT_IDS_MOST 16384

/* The ids of the table so far: a hash table with open addressing. */
struct short_ids {
    struct short_id {
        uint32_t whole; /* a hash of the whole id; 0: the place is free */
        uint32_t block;
    } * places;
    size_t count, size; /* the size is a power of two */
};

void short_ids_end(struct short_ids *ids);

/* How many bytes of the id to show: all of them if it is no UUID, or if its first block
   stands for another reservation of the table. The same id has always the same length. */
size_t short_ids_length(struct short_ids *ids, numres_text id);

#endif
