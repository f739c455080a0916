/*
 * What several test programs need: memory that ends at a guard page, files,
 * a seeded sequence, and whether the exhaustive loops run whole.
 */
#ifndef NUMRES_TESTS_SUPPORT_H
#define NUMRES_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Readable memory whose last byte is followed by a page that may not be
   touched: a read of one byte too many is a crash. */
typedef struct guard {
    char *end; /* the first byte that may not be touched */
    size_t capacity;
    void *mapping;
    size_t mapping_size;
} guard;

/* Aborts where the system gives no memory. */
guard guard_create(size_t capacity);
void guard_destroy(guard *guard);

/* Copies the bytes so that they end at the guard page; the copy is valid until
   the next one. `length` may be 0: the answer then may not be read at all. */
const char *guard_place(guard *guard, const char *bytes, size_t length);

typedef struct file_bytes {
    char *bytes; /* one NUL follows, which the length does not count */
    size_t length;
} file_bytes;

/* Reads a file whole; bytes is NULL if that failed. Free with free(). */
file_bytes read_file(const char *path);

#define PATH_SIZE 4096

/* The path of a file of corpus/DIRECTORY, below $NUMRES_SOURCE_DIR, or below
   the current directory where that is not set. */
void corpus_path(char *path, size_t size, const char *directory, const char *name);

/* NUMRES_TEST_FULL=1: every position of the exhaustive loops. */
bool test_full(void);

/* Whether this build is one in which gigabytes are read in seconds: optimised,
   without sanitizers. False with NUMRES_TEST_FULL=0, for many quick runs. */
bool test_optimized(void);

/* An exhaustive loop checks one place in this many: `usual`, three times that where
   test_optimized() is false, since optimised builds check the others, and all with
   NUMRES_TEST_FULL=1. */
size_t test_stride(size_t usual);

/* Sets a locale whose decimal point is a comma; returns false where none is installed. */
bool set_comma_locale(void);

/* The next number of a sequence that is the same in every run. */
uint64_t random_next(uint64_t *state);

#endif
