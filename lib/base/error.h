/* Codes and their sentences; JSON paths. */
#ifndef NUMRES_LIB_ERROR_H
#define NUMRES_LIB_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres/types.h"

/* Names in a path are cut to this many bytes, at a character boundary. */
#define NUMRES_PATH_NAME_LENGTH 64

/* A path being written into a buffer of NUMRES_PATH_SIZE bytes. */
typedef struct numres_path {
    char *bytes;
    size_t length;
    bool cut; /* a step did not fit, and nothing more is added */
} numres_path;

void numres_path_start(numres_path *path, char *buffer);

/* Adds a member's name: a plain one as it is, any other as ["..."]. */
void numres_path_add_name(numres_path *path, const char *name, size_t length);

void numres_path_add_index(numres_path *path, uint64_t index);

/* Ends the path with a NUL; an empty one becomes "(root)". Returns its
   length. */
size_t numres_path_finish(numres_path *path);

/*
 * Returns the sentence of a syntax error at a document's first byte, if that byte shows
 * what arrived instead of JSON, such as markup; NULL if it does not. The sentence is a
 * constant.
 */
const char *numres_error_first_byte_sentence(unsigned char first_byte);

/* Where a misplaced token is. */
typedef enum numres_error_place {
    NUMRES_PLACE_OF_ROOT,
    NUMRES_PLACE_AT_START, /* after an opening bracket */
    NUMRES_PLACE_AFTER_NAME,
    NUMRES_PLACE_AFTER_COLON,
    NUMRES_PLACE_AFTER_VALUE,
    NUMRES_PLACE_AFTER_COMMA
} numres_error_place;

/*
 * Returns the sentence of a syntax error at a token that is valid JSON, begins with
 * `first_byte` and is misplaced. `in_object`: the innermost open container is an object.
 * The sentence names the token and the likely mistake. It is a constant.
 */
const char *numres_error_misplaced_sentence(unsigned char first_byte, numres_error_place place,
                                            bool in_object);

/* The sentence of NUMRES_NO_ENVELOPE for a root with a reservation's members. */
extern const char numres_error_bare_reservation_sentence[];

#endif
