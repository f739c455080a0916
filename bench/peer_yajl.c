/*
 * yajl as one would naturally use it: a new handle for each page (a handle cannot be
 * reused), callbacks, and a switch over the names.
 */
#include <stdlib.h>
#include <yajl/yajl_parse.h>
#include <yajl/yajl_version.h>

#include "events.h"
#include "peer.h"

static int take_null(void *context) {
    events_null(context);
    return 1;
}

static int take_boolean(void *context, int value) {
    events_boolean(context, value != 0);
    return 1;
}

static int take_integer(void *context, long long value) {
    events_integer(context, (uint64_t)value);
    return 1;
}

static int take_double(void *context, double value) {
    (void)context;
    (void)value;
    return 1;
}

static int take_string(void *context, const unsigned char *text, size_t length) {
    events_string(context, (const char *)text, length);
    return 1;
}

static int take_name(void *context, const unsigned char *name, size_t length) {
    events_name(context, (const char *)name, length);
    return 1;
}

static int open_object(void *context) {
    events_open_object(context);
    return 1;
}

static int open_array(void *context) {
    events_open_array(context);
    return 1;
}

static int close_container(void *context) {
    events_close(context);
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = take_null,
    .yajl_boolean = take_boolean,
    .yajl_integer = take_integer,
    .yajl_double = take_double,
    .yajl_string = take_string,
    .yajl_start_map = open_object,
    .yajl_map_key = take_name,
    .yajl_end_map = close_container,
    .yajl_start_array = open_array,
    .yajl_end_array = close_container,
};

static void *create(size_t largest) {
    (void)largest;
    return calloc(1, sizeof(events));
}

static bool read_page(void *state, const page *read, size_t chunk, tally *sums) {
    yajl_handle handle = yajl_alloc(&callbacks, NULL, state);
    yajl_status status = yajl_status_ok;
    size_t place = 0;

    if (handle == NULL) {
        return false;
    }
    events_start(state, sums);
    while (status == yajl_status_ok && place < read->length) {
        size_t rest = read->length - place;
        size_t length = rest < chunk ? rest : chunk;
        status = yajl_parse(handle, (const unsigned char *)read->bytes + place, length);
        place += length;
    }
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(handle);
    }
    yajl_free(handle);
    return status == yajl_status_ok;
}

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, micro) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(micro)

static const char *version(void) {
    return VERSION_OF(YAJL_MAJOR, YAJL_MINOR, YAJL_MICRO);
}

const peer peer_yajl = {"yajl", version, create, free, read_page, true, true};
