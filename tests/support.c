#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, beside the C11 names */
#endif

#include "support.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void stop_with(const char *what) {
    perror(what);
    abort();
}

guard guard_create(size_t capacity) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t readable = (capacity + page) / page * page;
    guard created = {NULL, readable, NULL, readable + page};
    created.mapping = mmap(NULL, created.mapping_size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (created.mapping == MAP_FAILED) {
        stop_with("mmap");
    }
    created.end = (char *)created.mapping + readable;
    if (mprotect(created.end, page, PROT_NONE) != 0) {
        stop_with("mprotect");
    }
    return created;
}

void guard_destroy(guard *guard) {
    munmap(guard->mapping, guard->mapping_size);
    guard->mapping = NULL;
}

const char *guard_place(guard *guard, const char *bytes, size_t length) {
    if (length > guard->capacity) {
        fprintf(stderr, "guard_place: %zu bytes do not fit\n", length);
        abort();
    }
    char *place = guard->end - length;
    if (length > 0) {
        memcpy(place, bytes, length);
    }
    return place;
}

static file_bytes read_open_file(FILE *file) {
    file_bytes read = {malloc(4096), 0};
    size_t capacity = 4096;
    while (read.bytes) {
        size_t got = fread(read.bytes + read.length, 1, capacity - read.length - 1, file);
        read.length += got;
        read.bytes[read.length] = '\0';
        if (got == 0) {
            return read;
        }
        if (capacity - read.length < 2) {
            capacity *= 2;
            read.bytes = realloc(read.bytes, capacity);
        }
    }
    return read;
}

file_bytes read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        return (file_bytes){NULL, 0};
    }
    file_bytes read = read_open_file(file);
    fclose(file);
    return read;
}

void corpus_path(char *path, size_t size, const char *directory, const char *name) {
    const char *source = getenv("NUMRES_SOURCE_DIR");
    snprintf(path, size, "%s/corpus/%s/%s", source ? source : ".", directory, name);
}

static bool asked_for(const char *full) {
    const char *asked = getenv("NUMRES_TEST_FULL");
    return asked && strcmp(asked, full) == 0;
}

bool test_full(void) {
    return asked_for("1");
}

bool set_comma_locale(void) {
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE",      "fr_FR.UTF-8",
                                        "fr_FR.utf8",  "fr_FR",      "de_AT.utf8", "nl_NL.utf8"};
    for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
        if (setlocale(LC_NUMERIC, names[at]) != NULL) {
            return localeconv()->decimal_point[0] == ',';
        }
    }
    return false;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED true
#elif defined(__has_feature)
#define IS_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define IS_SANITIZED false
#endif

bool test_optimized(void) {
#ifdef __OPTIMIZE__
    return !IS_SANITIZED && !asked_for("0");
#else
    return false;
#endif
}

size_t test_stride(size_t usual) {
    if (test_full()) {
        return 1;
    }
    return test_optimized() ? usual : 3 * usual;
}

/* Splitmix64, by Sebastiano Vigna. Any seed is good, including 0. */
uint64_t random_next(uint64_t *state) {
    *state += 0x9e3779b97f4a7c15u;
    uint64_t mixed = *state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}
