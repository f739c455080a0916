/* The version, and the macros that all declarations need. */
#ifndef NUMRES_VERSION_H
#define NUMRES_VERSION_H

#include <stdint.h>

/* The version of these headers. */
#define NUMRES_VERSION_MAJOR 0
#define NUMRES_VERSION_MINOR 1
#define NUMRES_VERSION_PATCH 0
#define NUMRES_VERSION_TEXT "0.1.0"

/* The version as one number that grows with it, for #if: 1.2.3 is 1002003. */
#define NUMRES_VERSION_NUMBER                                                                      \
    (NUMRES_VERSION_MAJOR * 1000000 + NUMRES_VERSION_MINOR * 1000 + NUMRES_VERSION_PATCH)

/* To build these sources into your own library without exporting any of the names, compile
   all of them with -DNUMRES_API= and -fvisibility=hidden. */
#ifndef NUMRES_API
#if defined(__GNUC__)
#define NUMRES_API __attribute__((visibility("default")))
#else
#define NUMRES_API
#endif
#endif

/* A later library may return numbers that these headers do not name. An enumeration in C
   can hold them; in C++, only if its underlying type is given ([dcl.enum]). */
#ifdef __cplusplus
#define NUMRES_ENUM_TYPE : unsigned int
#else
#define NUMRES_ENUM_TYPE
#endif

/* Enumerations have 32 bits in the ABI. With -fshort-enums they would have fewer in C. */
#if defined(__GNUC__) && !defined(__clang__) && !defined(__cplusplus)
#define NUMRES_ENUM_SIZE __attribute__((mode(SI)))
#else
#define NUMRES_ENUM_SIZE
#endif

/* For the headers: the null pointer of either language, which no compiler warns of. */
#ifdef __cplusplus
#define NUMRES_NULL nullptr
#else
#define NUMRES_NULL NULL
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Returns the version of the running library as "MAJOR.MINOR.PATCH". It may differ from
 * NUMRES_VERSION_TEXT, the version of the headers compiled against. The text is constant.
 * Any thread may call it.
 */
NUMRES_API const char *numres_version(void);

/* Returns the same as one number, in the form of NUMRES_VERSION_NUMBER. Any thread may call
   it. */
NUMRES_API uint32_t numres_version_number(void);

#ifdef __cplusplus
}
#endif

#endif
