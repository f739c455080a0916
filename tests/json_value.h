/*
 * The tests' own JSON reader, for comparing values. It is independent of numres, builds a
 * tree, and expects legal text.
 */
#ifndef NUMRES_TESTS_JSON_VALUE_H
#define NUMRES_TESTS_JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "text_buffer.h"

typedef enum json_kind {
    JSON_STRING,
    JSON_OTHER_SCALAR, /* a number, true, false or null */
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

typedef struct json_value {
    json_kind kind;
    text_buffer text;   /* a string, decoded; another scalar, as written */
    text_buffer *names; /* of an object's members */
    struct json_value *values;
    size_t count;
} json_value;

/* Reads the value at *place with the white space around it and moves *place past it.
   Fails the test if the text is not JSON. */
json_value json_read(const char **place, const char *end);
void json_free(json_value *value);

/* The order of members does not matter. */
bool json_equal(const json_value *left, const json_value *right);

/* The value of a member; NULL if there is none or the value is no object. */
json_value *json_member(const json_value *object, const char *name);

/* Removes from an object the members that are not named. */
void json_keep_members(json_value *object, const char *const *names, size_t count);

#endif
