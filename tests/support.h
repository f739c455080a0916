/*
 * Shared by many test programs: memory that ends at a guard page, files, a pseudorandom
 * sequence, and whether the exhaustive loops are complete.
 */
#ifndef NUMRES_TESTS_SUPPORT_H
#define NUMRES_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Readable memory followed by an inaccessible page: reading one byte too many crashes. */
typedef struct guard {
    char *end; /* the first inaccessible byte */
    size_t capacity;
    void *mapping;
    size_t mapping_size;
} guard;

/* Aborts if there is no memory. */
guard guard_create(size_t capacity);
void guard_destroy(guard *guard);

/* Copies the bytes so that they end at the guard page. The copy is valid until the next
   call. `length` may be 0; then not even the first byte may be read. */
const char *guard_place(guard *guard, const char *bytes, size_t length);

typedef struct file_bytes {
    char *bytes; /* followed by a NUL, which the length does not count */
    size_t length;
} file_bytes;

/* Reads a whole file; bytes is NULL on failure. Free them with free(). */
file_bytes read_file(const char *path);

#define PATH_SIZE 4096

/* The path of a file in corpus/DIRECTORY of $NUMRES_SOURCE_DIR, or of the current
   directory if that is not set. */
void corpus_path(char *path, size_t size, const char *directory, const char *name);

/* NUMRES_TEST_FULL=1: the exhaustive loops visit every position. */
bool test_full(void);

/* Whether this build reads gigabytes in seconds: optimised and without sanitizers. False
   with NUMRES_TEST_FULL=0, which is for many quick runs. */
bool test_optimized(void);

/* An exhaustive loop checks one of this many places: `usual`; three times that if not
   test_optimized(), since optimised builds check the others; 1 with NUMRES_TEST_FULL=1. */
size_t test_stride(size_t usual);

/* Sets a locale with a comma as decimal point. Returns false if none is installed. */
bool set_comma_locale(void);

/* The next number of a sequence that every run repeats. */
uint64_t random_next(uint64_t *state);

#endif
