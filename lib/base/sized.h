/*
 * Structs that the caller makes. They begin with their size as the caller was compiled
 * with it, so that they can grow at their end: a program and a library of different
 * versions read and write only the members that both know.
 */
#ifndef NUMRES_LIB_SIZED_H
#define NUMRES_LIB_SIZED_H

#include <stddef.h>

#include "numres/types.h"

/* Where a member begins, and the byte after its end. */
typedef struct numres_sized_member {
    size_t begin;
    size_t end;
} numres_sized_member;

/* Such a struct in this version: its members in order, the size first. */
typedef struct numres_sized {
    size_t size;
    size_t count;
    const numres_sized_member *members;
} numres_sized;

#define NUMRES_SIZED_MEMBER(type, member)                                                          \
    { offsetof(type, member), offsetof(type, member) + sizeof(((type *)NULL)->member) }
/* The same for a pointer member: clang-tidy reports sizeof of a pointer expression as a
   mistake. */
#define NUMRES_SIZED_POINTER(type, member)                                                         \
    { offsetof(type, member), offsetof(type, member) + sizeof(void *) }
#define NUMRES_SIZED(type, members)                                                                \
    { sizeof(type), sizeof(members) / sizeof *(members), members }

/* No struct of any version is larger. A larger size means that the caller did not set it. */
#define NUMRES_SIZED_LARGEST 65536

/*
 * Copies the caller's struct over the defaults in `mine`. Members that an older, shorter
 * struct does not have keep their defaults; if `given` is NULL, all members do.
 *
 * Returns NUMRES_WRONG_USE if the size is not set or ends inside a member, and
 * NUMRES_WRONG_OPTION if bytes after the last known member are not zero: they are an
 * option of a later version, which must not be ignored silently.
 */
numres_code numres_sized_take(const numres_sized *form, void *mine, const void *given);

/* Copies the members of `mine` to the caller's struct as far as it has room for them; its
   size stays. numres_sized_take must have accepted the struct. */
void numres_sized_give(const numres_sized *form, void *theirs, const void *mine);

/* Fills the caller's struct of `size` bytes with its size, the defaults, and zeros after
   them. */
void numres_sized_init(const numres_sized *form, const void *defaults, void *theirs, size_t size);

/* Whether the caller's struct has all of this member. numres_sized_take must have accepted
   the struct. */
bool numres_sized_has(const void *theirs, numres_sized_member member);

#endif
