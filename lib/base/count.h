/*
 * Counts the bytes of input that each part of the library reads, compares or copies. Only the
 * library of the suites tests/test_counted_*.c counts: it is built with NUMRES_COUNT_BYTES,
 * and tests/counting.c defines numres_counts. In every other build the macro does nothing.
 */
#ifndef NUMRES_LIB_COUNT_H
#define NUMRES_LIB_COUNT_H

#ifdef NUMRES_COUNT_BYTES

#include <stdint.h>

typedef enum numres_count_part {
    NUMRES_COUNT_PARSER,
    NUMRES_COUNT_GATE,
    NUMRES_COUNT_UNESCAPE,
    NUMRES_COUNT_LANE, /* the general lane's own reading, beside gate and yajl */
    NUMRES_COUNT_YAJL, /* bytes given to yajl */
    NUMRES_COUNT_SCHEMA,
    NUMRES_COUNT_RECORD,
    NUMRES_COUNT_TEXT,
    NUMRES_COUNT_TIMESTAMP,
    NUMRES_COUNT_CARRY,
    NUMRES_COUNT_BRACES,       /* searched for the end of an element */
    NUMRES_COUNT_FAST_PIECES,  /* compared with pieces of segments, and read by them */
    NUMRES_COUNT_FAST_MEMBERS, /* members read one by one, whoever reads their values */
    NUMRES_COUNT_SINGLE_VALUE, /* tokens read without an expectation */
    NUMRES_COUNT_LEARNED,      /* read again to learn a segment */
    NUMRES_COUNT_ARROW,        /* of bitmaps, cleared as rows are dropped */
    NUMRES_COUNT_PARTS
} numres_count_part;

extern uint64_t numres_counts[NUMRES_COUNT_PARTS];

#define NUMRES_COUNT(PART, bytes) ((void)(numres_counts[NUMRES_COUNT_##PART] += (uint64_t)(bytes)))

#else

#define NUMRES_COUNT(PART, bytes) ((void)0)

#endif

#endif
