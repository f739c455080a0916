/*
 * The rules of the Arrow C data interface and of the columnar format, for the types that
 * numres gives: written by the specification, of which nothing in the library knows.
 * Every byte of every buffer is read, with its padding.
 */
#ifndef NUMRES_TESTS_ARROW_CHECKER_H
#define NUMRES_TESTS_ARROW_CHECKER_H

#include <numres.h>

/* Each returns NULL, or the rule that is broken. The array is one of that schema. */
const char *arrow_check_schema(const struct ArrowSchema *schema);
const char *arrow_check_array(const struct ArrowSchema *schema, const struct ArrowArray *array);

/* Whether value number `row` is not null. */
bool arrow_is_valid(const struct ArrowArray *array, int64_t row);

/* The text number `row` of a utf8 array. */
numres_text arrow_text(const struct ArrowArray *array, int64_t row);

#endif
