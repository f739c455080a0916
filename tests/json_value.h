/*
 * A JSON reader of the tests' own, to compare values: it knows nothing of
 * numres, builds a tree, and trusts that the text is legal.
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
    text_buffer text;   /* a string decoded, another scalar as it stands */
    text_buffer *names; /* of an object's members */
    struct json_value *values;
    size_t count;
} json_value;

/* Reads the value at *place, and the white space around it, and moves *place
   after. Fails the test at text that is no JSON. */
json_value json_read(const char **place, const char *end);
void json_free(json_value *value);

/* The order of an object's members says nothing. */
bool json_equal(const json_value *left, const json_value *right);

/* The value of a member; NULL: there is none, or the value is no object. */
json_value *json_member(const json_value *object, const char *name);

/* Takes out of an object the members that are not named. */
void json_keep_members(json_value *object, const char *const *names, size_t count);

#endif
