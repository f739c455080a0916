/* json-c: a tokener, kept between pages, builds a tree, whose values are looked up by name. */
#include <json-c/json.h>

#include "peer.h"
#include "tree.h"

static void take_record(struct json_object *record, const named_member *members, tally *sums) {
    for (const named_member *one = members; one->name != NULL; one++) {
        struct json_object *value = NULL;
        if (!json_object_object_get_ex(record, one->name, &value)) {
            continue;
        }
        if (json_object_is_type(value, json_type_string)) {
            tally_value(sums, one->member, json_object_get_string(value),
                        (size_t)json_object_get_string_len(value));
        } else if (json_object_is_type(value, json_type_boolean)) {
            tally_boolean(sums, one->member, json_object_get_boolean(value));
        } else if (value == NULL) {
            sums->nulls++;
        }
    }
}

static void take_reservation(struct json_object *reservation, tally *sums) {
    struct json_object *numbers = json_object_object_get(reservation, "phone_numbers");
    size_t count = json_object_array_length(numbers);

    take_record(reservation, reservation_members, sums);
    for (size_t index = 0; index < count; index++) {
        take_record(json_object_array_get_idx(numbers, index), phone_number_members, sums);
        sums->phone_numbers++;
    }
    sums->reservations++;
}

static bool read_page(void *tokener, const page *read, size_t chunk, tally *sums) {
    struct json_object *root = NULL;
    struct json_object *data = NULL;
    struct json_object *meta = NULL;
    size_t count = 0;

    (void)chunk;
    json_tokener_reset(tokener);
    /* Pages are smaller than the 2 GiB that an int can count. */
    root = json_tokener_parse_ex(tokener, read->bytes, (int)read->length);
    if (json_tokener_get_error(tokener) != json_tokener_success) {
        return false;
    }
    data = json_object_object_get(root, "data");
    count = json_object_array_length(data);
    for (size_t index = 0; index < count; index++) {
        take_reservation(json_object_array_get_idx(data, index), sums);
    }
    meta = json_object_object_get(root, "meta");
    for (const named_member *one = meta_members; one->name != NULL; one++) {
        tally_meta(sums, one->member,
                   (uint64_t)json_object_get_int64(json_object_object_get(meta, one->name)));
    }
    json_object_put(root);
    return true;
}

static void *create(size_t largest) {
    (void)largest;
    return json_tokener_new();
}

static void destroy(void *tokener) {
    json_tokener_free(tokener);
}

const peer peer_json_c = {"json-c", json_c_version, create, destroy, read_page, false, true};
