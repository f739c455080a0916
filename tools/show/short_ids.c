/* Which ids of the table may be shortened. table.c calls it. */
#include "short_ids.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 1024

void short_ids_end(struct short_ids *ids) {
    free(ids->places);
    memset(ids, 0, sizeof *ids);
}

/* FNV-1a, folded to 32 bits. Two ids of one hash have to share the first block as well to
   be taken for one. */
static uint32_t hash_of(numres_text id) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t at = 0; at < id.length; at++)
        hash = (hash ^ (unsigned char)id.bytes[at]) * UINT64_C(0x100000001b3);
    uint32_t folded = (uint32_t)(hash >> 32 ^ hash);
    return folded != 0 ? folded : 1;
}

/* The value of a hexadecimal digit; 16: it is none. */
static uint32_t digit_of(char byte) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = byte != '\0' ? strchr(digits, byte) : NULL;
    return found != NULL ? (uint32_t)(found - digits) % 16 : 16;
}

static bool read_block(numres_text id, uint32_t *block) {
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    uint32_t read = 0;
    if (id.length != WHOLE_ID_LENGTH)
        return false;
    for (size_t at = 0; at < WHOLE_ID_LENGTH; at++) {
        uint32_t digit = digit_of(id.bytes[at]);
        if (form[at] == '-' ? id.bytes[at] != '-' : digit == 16)
            return false;
        if (at < SHORT_ID_LENGTH)
            read = read << 4 | digit;
    }
    *block = read;
    return true;
}

/* The entry of a block, or the free place for it. Blocks are random already, or count up:
   either way their low bits differ. */
static struct short_id *place_of(const struct short_ids *ids, uint32_t block) {
    size_t at = block & (ids->size - 1);
    while (ids->places[at].whole != 0 && ids->places[at].block != block)
        at = (at + 1) & (ids->size - 1);
    return &ids->places[at];
}

/* Keeps half of the places free. */
static bool make_room(struct short_ids *ids) {
    struct short_ids larger = {NULL, ids->count, ids->size == 0 ? FIRST_SIZE : ids->size * 2};
    if (ids->count < ids->size / 2)
        return true;
    if (ids->count >= SHORT_IDS_MOST)
        return false;
    larger.places = calloc(larger.size, sizeof *larger.places);
    if (larger.places == NULL)
        return false;
    for (size_t at = 0; at < ids->size; at++)
        if (ids->places[at].whole != 0)
            *place_of(&larger, ids->places[at].block) = ids->places[at];
    free(ids->places);
    *ids = larger;
    return true;
}

size_t short_ids_length(struct short_ids *ids, numres_text id) {
    uint32_t block = 0;
    if (!read_block(id, &block))
        return id.length;
    uint32_t whole = hash_of(id);
    struct short_id *place = ids->size > 0 ? place_of(ids, block) : NULL;
    if (place != NULL && place->whole != 0)
        return place->whole == whole ? SHORT_ID_LENGTH : id.length;
    if (!make_room(ids))
        return id.length;
    *place_of(ids, block) = (struct short_id){whole, block};
    ids->count++;
    return SHORT_ID_LENGTH;
}
