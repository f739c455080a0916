/*
 * One interface over every parser that is compared. Each peer does the same
 * typed job on a page: all members of all reservations and phone numbers read,
 * each in its type, and summed (tally.h). Each does it in the way its own
 * documentation recommends and is a short file, peer_NAME.
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
    /* The library's version; the text is constant. */
    const char *(*version)(void);
    /* What can be kept from page to page, for pages up to `largest` bytes.
       NULL: there is too little memory. */
    void *(*create)(size_t largest);
    void (*destroy)(void *state);
    /* Reads one page, in pieces of `chunk` bytes if the peer `takes_chunks`
       (SIZE_MAX: whole). False: the page is refused. */
    bool (*read)(void *state, const page *read, size_t chunk, tally *sums);
    bool takes_chunks;
    /* Whether names with escapes in them are found. */
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

/* All of them, numres first. */
extern const peer *const peers[PEER_COUNT];

#ifdef __cplusplus
}
#endif

#endif
