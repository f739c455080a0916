/* The list of all parsers that are compared. */
#include "peer.h"

const peer *const peers[PEER_COUNT] = {
    &peer_numres,         &peer_numres_baseline, &peer_numres_general,
    &peer_simdjson_names, &peer_simdjson_fields, &peer_yajl,
    &peer_rapidjson,      &peer_jansson,         &peer_json_c,
    &peer_cjson,          &peer_numres_reader,   &peer_numres_collection,
    &peer_numres_arrow,
#ifdef BENCH_HAS_YYJSON
    &peer_yyjson,
#endif
};
