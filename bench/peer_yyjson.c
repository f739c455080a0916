/* yyjson: builds a tree, whose values are looked up by name. Compared only if installed. */
#include <stdio.h>
#include <yyjson.h>

#include "peer.h"
#include "tree.h"

static void take_record(yyjson_val *record, const named_member *members, tally *sums) {
    for (const named_member *one = members; one->name != NULL; one++) {
        yyjson_val *value = yyjson_obj_get(record, one->name);
        if (yyjson_is_str(value)) {
            tally_value(sums, one->member, yyjson_get_str(value), yyjson_get_len(value));
        } else if (yyjson_is_bool(value)) {
            tally_boolean(sums, one->member, yyjson_get_bool(value));
        } else if (yyjson_is_null(value)) {
            sums->nulls++;
        }
    }
}

static void take_reservation(yyjson_val *reservation, tally *sums) {
    size_t place = 0;
    size_t count = 0;
    yyjson_val *number = NULL;

    take_record(reservation, reservation_members, sums);
    yyjson_arr_foreach(yyjson_obj_get(reservation, "phone_numbers"), place, count, number) {
        take_record(number, phone_number_members, sums);
        sums->phone_numbers++;
    }
    sums->reservations++;
}

static bool read_page(void *state, const page *read, size_t chunk, tally *sums) {
    yyjson_doc *document = yyjson_read(read->bytes, read->length, YYJSON_READ_NOFLAG);
    yyjson_val *root = yyjson_doc_get_root(document);
    yyjson_val *meta = yyjson_obj_get(root, "meta");
    size_t place = 0;
    size_t count = 0;
    yyjson_val *reservation = NULL;

    (void)state;
    (void)chunk;
    if (document == NULL) {
        return false;
    }
    yyjson_arr_foreach(yyjson_obj_get(root, "data"), place, count, reservation) {
        take_reservation(reservation, sums);
    }
    for (const named_member *one = meta_members; one->name != NULL; one++) {
        yyjson_val *value = yyjson_obj_get(meta, one->name);
        if (yyjson_is_uint(value)) {
            tally_meta(sums, one->member, yyjson_get_uint(value));
        }
    }
    yyjson_doc_free(document);
    return true;
}

/* Nothing is kept from page to page. */
static void *create(size_t largest) {
    static char nothing;

    (void)largest;
    return &nothing;
}

static void destroy(void *state) {
    (void)state;
}

static const char *version(void) {
    static char text[24];
    unsigned int number = yyjson_version();

    snprintf(text, sizeof(text), "%u.%u.%u", number >> 16 & 0xFF, number >> 8 & 0xFF,
             number & 0xFF);
    return text;
}

const peer peer_yyjson = {"yyjson", version, create, destroy, read_page, false, true};
