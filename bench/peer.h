/*
 * One interface for every parser compared. Each peer does the same typed job on a page:
 * it reads all members of all reservations and phone numbers, each in its type, and sums
 * them (tally.h). Each is a short file, peer_NAME, and works in the way that its parser's
 * documentation recommends.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "page.h"
#include "tally.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct peer {
    const char *name;
    /* The library's version, a constant string. */
    const char *(*version)(void);
    /* Creates what can be kept from page to page, for pages of up to `largest` bytes.
       Returns NULL if there is not enough memory. */
    void *(*create)(size_t largest);
    void (*destroy)(void *state);
    /* Reads one page, in pieces of `chunk` bytes if the peer `takes_chunks` (SIZE_MAX:
       whole). Returns false if the page is refused. */
    bool (*read)(void *state, const page *read, size_t chunk, tally *sums);
    bool takes_chunks;
    /* Whether it finds names written with escapes. */
    bool takes_escaped_names;
} peer;

extern const peer peer_numres;
extern const peer peer_numres_baseline;
extern const peer peer_numres_general;
extern const peer peer_numres_reader;
extern const peer peer_numres_collection;
extern const peer peer_numres_arrow;
extern const peer peer_yajl;
extern const peer peer_simdjson_names;
extern const peer peer_simdjson_fields;
extern const peer peer_rapidjson;
extern const peer peer_jansson;
extern const peer peer_json_c;
extern const peer peer_cjson;

#ifdef BENCH_HAS_YYJSON
extern const peer peer_yyjson;
#define PEER_COUNT 14
#else
#define PEER_COUNT 13
#endif

/* All peers, numres first. */
extern const peer *const peers[PEER_COUNT];

#ifdef __cplusplus
}
#endif

#endif
