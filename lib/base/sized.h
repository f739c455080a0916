/*
 * Structs that the caller makes. They begin with their size, which says what the
 * caller was compiled with, so that they can grow at their end: a program and a
 * library of different age read and write only the members that both know.
 */
#ifndef NUMRES_LIB_SIZED_H
#define NUMRES_LIB_SIZED_H

#include <stddef.h>

#include "numres/types.h"

/* A member: from its first byte to the one after its last. */
typedef struct numres_sized_member {
    size_t begin;
    size_t end;
} numres_sized_member;

/* Such a struct as this version has it: its members in their order, the size first. */
typedef struct numres_sized {
    size_t size;
    size_t count;
    const numres_sized_member *members;
} numres_sized;

#define NUMRES_SIZED_MEMBER(type, member)                                                          \
    { offsetof(type, member), offsetof(type, member) + sizeof(((type *)NULL)->member) }
/* The same for a pointer member. clang-tidy takes sizeof of such an expression for a
   mistake. */
#define NUMRES_SIZED_POINTER(type, member)                                                         \
    { offsetof(type, member), offsetof(type, member) + sizeof(void *) }
#define NUMRES_SIZED(type, members)                                                                \
    { sizeof(type), sizeof(members) / sizeof *(members), members }

/* No struct of any version is larger: a size beyond it was never set. */
#define NUMRES_SIZED_LARGEST 65536

/*
 * Reads the caller's struct into `mine`, which holds the defaults and keeps them
 * where the caller's struct ends before. NULL: they stay.
 *
 * Returns NUMRES_WRONG_USE where the size is not set or ends inside a member, and
 * NUMRES_WRONG_OPTION where bytes after the last member that is known are not zero:
 * they are an option of a later version, which must not be passed over in silence.
 */
numres_code numres_sized_take(const numres_sized *form, void *mine, const void *given);

/* Writes the members of `mine` that the caller's struct, which was taken before, has
   room for; its size stays. */
void numres_sized_give(const numres_sized *form, void *theirs, const void *mine);

/* Writes the default into the caller's struct of `size` bytes, and zeros after it. */
void numres_sized_init(const numres_sized *form, const void *defaults, void *theirs, size_t size);

/* Whether the caller's struct, which was taken before, has all of this member. */
bool numres_sized_has(const void *theirs, numres_sized_member member);

#endif
