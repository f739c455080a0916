/* jansson: json_loadb builds a tree, whose values are looked up by name. */
#include <jansson.h>

#include "peer.h"
#include "tree.h"

static void take_record(json_t *record, const named_member *members, tally *sums) {
    for (const named_member *one = members; one->name != NULL; one++) {
        json_t *value = json_object_get(record, one->name);
        if (json_is_string(value)) {
            tally_value(sums, one->member, json_string_value(value), json_string_length(value));
        } else if (json_is_boolean(value)) {
            tally_boolean(sums, one->member, json_is_true(value));
        } else if (json_is_null(value)) {
            sums->nulls++;
        }
    }
}

static void take_reservation(json_t *reservation, tally *sums) {
    json_t *number = NULL;
    size_t index = 0;

    take_record(reservation, reservation_members, sums);
    json_array_foreach(json_object_get(reservation, "phone_numbers"), index, number) {
        take_record(number, phone_number_members, sums);
        sums->phone_numbers++;
    }
    sums->reservations++;
}

static bool read_page(void *state, const page *read, size_t chunk, tally *sums) {
    json_t *root = json_loadb(read->bytes, read->length, 0, NULL);
    json_t *meta = json_object_get(root, "meta");
    json_t *reservation = NULL;
    size_t index = 0;

    (void)state;
    (void)chunk;
    if (root == NULL) {
        return false;
    }
    json_array_foreach(json_object_get(root, "data"), index, reservation) {
        take_reservation(reservation, sums);
    }
    for (const named_member *one = meta_members; one->name != NULL; one++) {
        tally_meta(sums, one->member,
                   (uint64_t)json_integer_value(json_object_get(meta, one->name)));
    }
    json_decref(root);
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

const peer peer_jansson = {"jansson", jansson_version_str, create, destroy, read_page, false, true};
