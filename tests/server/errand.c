#include "errand.h"

#include <microhttpd.h>

#include <stdio.h>
#include <string.h>

#define LIST_PATH "/v2/number_reservations"
#define ACTION "/actions/extend"
/* Another path to which the list can be moved. */
#define SPACED_PATH "/v2/number%20reservations"

/* The operation of the path after the list's, "/ID" or "/ID/actions/extend", which is cut
   to the id. */
static operation operation_of(const char *method, char *path) {
    bool is_post = strcmp(method, "POST") == 0;
    if (!is_post && strcmp(method, "GET") != 0)
        return OPERATION_NONE;
    if (*path == '\0')
        return is_post ? OPERATION_CREATE : OPERATION_LIST;
    char *action = strchr(path + 1, '/');
    if (*path != '/' || path[1] == '\0' || (action != NULL) != is_post)
        return OPERATION_NONE;
    if (action != NULL && strcmp(action, ACTION) != 0)
        return OPERATION_NONE;
    if (action != NULL)
        *action = '\0';
    return is_post ? OPERATION_EXTEND : OPERATION_GET;
}

void errand_find(errand *errand, const char *id, const listing *listing) {
    if (id[0] == '\0')
        return;
    for (int64_t at = 0; at < listing->count && !errand->is_there; at++) {
        reservation reservation = data_set_reservation(listing->first + at);
        errand->is_there = strcmp(reservation.id, id) == 0;
        errand->number = reservation.number;
    }
}

/* The part of the path after the list's; NULL if it is another path. */
static char *behind_list(char *uri, bool *moved) {
    uri[strcspn(uri, "?")] = '\0';
    *moved = strncmp(uri, ERRAND_MOVED "/", sizeof ERRAND_MOVED) == 0;
    if (*moved)
        uri += sizeof ERRAND_MOVED - 1;
    if (*moved && strcmp(uri, SPACED_PATH) == 0)
        return uri + sizeof SPACED_PATH - 1;
    return strncmp(uri, LIST_PATH, sizeof LIST_PATH - 1) == 0 ? uri + sizeof LIST_PATH - 1 : NULL;
}

errand errand_of(const char *method, const char *uri, char *id) {
    char copy[2048];
    errand errand = {OPERATION_NONE, false, 0, false};
    snprintf(copy, sizeof copy, "%s", uri);
    char *rest = behind_list(copy, &errand.moved);
    id[0] = '\0';
    if (rest != NULL)
        errand.operation = operation_of(method, rest);
    if (errand.operation == OPERATION_GET || errand.operation == OPERATION_EXTEND) {
        MHD_http_unescape(rest + 1);
        snprintf(id, ERRAND_ID_SIZE, "%s", rest + 1);
    }
    return errand;
}

/* Whether a valid POST is carried out: if its response is a success, and, as the worst
   case, if it gets none. */
static bool is_carried_out(const behaviour *behaviour) {
    if (behaviour->carries_out || behaviour->carries_nothing)
        return behaviour->carries_out;
    return behaviour->status == 0 || behaviour->status < MHD_HTTP_MULTIPLE_CHOICES;
}

unsigned int errand_carry_out(errand *errand, traffic *traffic, const text_buffer *body,
                              const behaviour *behaviour) {
    store *store = traffic_store(traffic);
    if (errand->operation == OPERATION_EXTEND && is_carried_out(behaviour))
        store_extend(store, errand->number);
    if (errand->operation != OPERATION_CREATE || !is_carried_out(behaviour))
        return MHD_HTTP_OK;
    if (!store_add(store, body->bytes, body->length, behaviour, &errand->number))
        return MHD_HTTP_BAD_REQUEST;
    traffic_grow(traffic);
    return MHD_HTTP_OK;
}
