/* The readers that bench/hostile.c compares, each on a stream. */
#ifndef NUMRES_BENCH_HOSTILE_READERS_H
#define NUMRES_BENCH_HOSTILE_READERS_H

#include <stddef.h>

/* Fills the buffer with the next bytes of the stream. Returns how many; 0 at the end. */
typedef size_t (*next_bytes)(void *source, char *buffer, size_t size);

typedef struct stream {
    next_bytes next;
    void *source;
    size_t chunk;        /* bytes per call */
    const char *options; /* for numres, in the words of tests/reading.h */
} stream;

typedef enum verdict {
    ACCEPTS,
    ACCEPTS_A_PART, /* accepts a document but does not read what follows */
    REFUSES
} verdict;

typedef verdict (*read_function)(const stream *stream);

verdict read_by_numres(const stream *stream);
verdict read_by_yajl(const stream *stream);
verdict read_by_jansson(const stream *stream);
verdict read_by_json_c(const stream *stream);

#endif
