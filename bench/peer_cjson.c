/* cJSON: builds a tree, whose values are looked up by name. It does not keep the length
   of a string, so strlen counts it. */
#include <cjson/cJSON.h>

#include "peer.h"
#include "tree.h"

static void take_record(const cJSON *record, const named_member *members, tally *sums) {
    for (const named_member *one = members; one->name != NULL; one++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(record, one->name);
        if (cJSON_IsString(value)) {
            tally_value(sums, one->member, value->valuestring, strlen(value->valuestring));
        } else if (cJSON_IsBool(value)) {
            tally_boolean(sums, one->member, cJSON_IsTrue(value));
        } else if (cJSON_IsNull(value)) {
            sums->nulls++;
        }
    }
}

static void take_reservation(const cJSON *reservation, tally *sums) {
    const cJSON *number = NULL;

    take_record(reservation, reservation_members, sums);
    cJSON_ArrayForEach(number, cJSON_GetObjectItemCaseSensitive(reservation, "phone_numbers")) {
        take_record(number, phone_number_members, sums);
        sums->phone_numbers++;
    }
    sums->reservations++;
}

static bool read_page(void *state, const page *read, size_t chunk, tally *sums) {
    cJSON *root = cJSON_ParseWithLength(read->bytes, read->length);
    const cJSON *meta = cJSON_GetObjectItemCaseSensitive(root, "meta");
    const cJSON *reservation = NULL;

    (void)state;
    (void)chunk;
    if (root == NULL) {
        return false;
    }
    cJSON_ArrayForEach(reservation, cJSON_GetObjectItemCaseSensitive(root, "data")) {
        take_reservation(reservation, sums);
    }
    for (const named_member *one = meta_members; one->name != NULL; one++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(meta, one->name);
        if (cJSON_IsNumber(value)) {
            tally_meta(sums, one->member, (uint64_t)value->valuedouble);
        }
    }
    cJSON_Delete(root);
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

const peer peer_cjson = {"cjson", cJSON_Version, create, destroy, read_page, false, true};
