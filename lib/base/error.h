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

/* What is wrong with a token by itself. */
typedef enum numres_malformation {
    NUMRES_MALFORMED_WORD,           /* not true, false or null */
    NUMRES_MALFORMED_LEADING_ZERO,   /* 01: RFC 8259 section 6 */
    NUMRES_MALFORMED_MISSING_DIGIT,  /* 1. or -: the same section */
    NUMRES_MALFORMED_NUMERAL,        /* 1x */
    NUMRES_MALFORMED_NEXT,           /* 1; or null; */
    NUMRES_MALFORMED_CONTROL,        /* not escaped in a string: RFC 8259 section 7 */
    NUMRES_MALFORMED_ESCAPE,         /* \q: the same section */
    NUMRES_MALFORMED_UNICODE_ESCAPE, /* \u12 */
    NUMRES_MALFORMED_UTF8,           /* RFC 3629 section 4 */
    NUMRES_MALFORMED_SURROGATE       /* half of a pair: RFC 8259 section 8.2 */
} numres_malformation;

/* The code of the error that a malformed token causes, and its sentence, which is a
   constant. */
numres_code numres_error_malformed_code(numres_malformation malformation);
const char *numres_error_malformed_sentence(numres_malformation malformation);

/* Where a token or byte is that cannot stand there. */
typedef enum numres_error_place {
    NUMRES_PLACE_OF_ROOT,
    NUMRES_PLACE_AT_START,   /* after an opening bracket */
    NUMRES_PLACE_AFTER_NAME, /* or after its colon */
    NUMRES_PLACE_AFTER_VALUE,
    NUMRES_PLACE_AFTER_COMMA
} numres_error_place;

/*
 * The next two return the sentence of a syntax error, which names the likely mistake and is a
 * constant. `in_object`: the innermost open container is an object.
 */

/* At a byte that begins no token; at a document's first byte, the sentence says what may have
   arrived instead of JSON. */
const char *numres_error_stray_sentence(unsigned char byte, numres_error_place place,
                                        bool in_object);

/* At a token that is valid JSON, begins with `first_byte` and is misplaced; the sentence names
   the token too. */
const char *numres_error_misplaced_sentence(unsigned char first_byte, numres_error_place place,
                                            bool in_object);

/* The sentence of NUMRES_NO_ENVELOPE for a root with a reservation's members. */
extern const char numres_error_bare_reservation_sentence[];

#endif
