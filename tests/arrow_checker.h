/*
 * The rules of the Arrow C data interface and of the columnar format, for the types that
 * numres uses. Written from the specification, without the library's code. Every byte of
 * every buffer is read, padding included.
 */
#ifndef NUMRES_TESTS_ARROW_CHECKER_H
#define NUMRES_TESTS_ARROW_CHECKER_H

#include <numres.h>

/* Each returns NULL, or the broken rule. The array must be of that schema. */
const char *arrow_check_schema(const struct ArrowSchema *schema);
const char *arrow_check_array(const struct ArrowSchema *schema, const struct ArrowArray *array);

/* Whether the value of row `row` is not null. */
bool arrow_is_valid(const struct ArrowArray *array, int64_t row);

/* The text of row `row` in a utf8 array. */
numres_text arrow_text(const struct ArrowArray *array, int64_t row);

#endif
