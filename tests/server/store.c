#include "store.h"

#include "../text_buffer.h"

#include <numres.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

enum { MOST_CREATED = 512, MOST_EXTENDED = 512 };

/* A created reservation. */
typedef struct created {
    char *reference;      /* NULL: none */
    char *reference_json; /* NULL: absent */
    char phone_numbers[DATA_SET_MOST_PHONE_NUMBERS][DATA_SET_PHONE_NUMBER_SIZE];
    size_t phone_number_count;
    uint64_t settles; /* looks for which it is pending, */
    uint64_t looks;
    const char *outcome; /* and its status after that */
} created;

typedef struct extended {
    int64_t number;
    int64_t times;
} extended;

struct store {
    pthread_mutex_t lock;
    created created[MOST_CREATED];
    size_t created_count;
    extended extended[MOST_EXTENDED];
    size_t extended_count;
};

store *store_create(void) {
    store *store = calloc(1, sizeof *store);
    if (store != NULL && pthread_mutex_init(&store->lock, NULL) != 0) {
        free(store);
        return NULL;
    }
    return store;
}

void store_destroy(store *store) {
    if (store == NULL)
        return;
    for (size_t at = 0; at < store->created_count; at++) {
        free(store->created[at].reference);
        free(store->created[at].reference_json);
    }
    pthread_mutex_destroy(&store->lock);
    free(store);
}

/* Takes the numbers. Returns false if they are invalid. */
static bool take_numbers(created *created, yajl_val numbers) {
    const char *path[] = {"phone_number", NULL};
    if (!YAJL_IS_ARRAY(numbers) || numbers->u.array.len == 0 ||
        numbers->u.array.len > DATA_SET_MOST_PHONE_NUMBERS)
        return false;
    for (size_t at = 0; at < numbers->u.array.len; at++) {
        yajl_val number = yajl_tree_get(numbers->u.array.values[at], path, yajl_t_string);
        if (number == NULL || !numres_is_e164(numres_text_from(YAJL_GET_STRING(number))))
            return false;
        snprintf(created->phone_numbers[at], DATA_SET_PHONE_NUMBER_SIZE, "%.15s",
                 YAJL_GET_STRING(number));
    }
    created->phone_number_count = numbers->u.array.len;
    return true;
}

static void take_reference(created *created, yajl_val reference) {
    text_buffer json = {NULL, 0, 0};
    if (reference == NULL)
        return;
    const char *text = YAJL_GET_STRING(reference);
    text_buffer_quote(&json, text, strlen(text));
    created->reference = strdup(text);
    created->reference_json = strdup(json.bytes);
    text_buffer_free(&json);
}

static bool take_body(created *created, const char *body, size_t length) {
    const char *numbers[] = {"phone_numbers", NULL};
    const char *reference[] = {"customer_reference", NULL};
    text_buffer text = {NULL, 0, 0};
    char error[128];
    text_buffer_add(&text, body, length);
    yajl_val root = yajl_tree_parse(text.bytes, error, sizeof error);
    bool right = root != NULL && take_numbers(created, yajl_tree_get(root, numbers, yajl_t_array));
    if (right)
        take_reference(created, yajl_tree_get(root, reference, yajl_t_string));
    yajl_tree_free(root);
    text_buffer_free(&text);
    return right;
}

bool store_add(store *store, const char *body, size_t length, const behaviour *behaviour,
               int64_t *number) {
    created added = {.outcome = behaviour->outcome == NULL ? "success" : behaviour->outcome,
                     .settles = behaviour->settles_late ? behaviour->settle : 1};
    if (!take_body(&added, body, length))
        return false;
    pthread_mutex_lock(&store->lock);
    bool has_room = store->created_count < MOST_CREATED;
    if (has_room) {
        store->created[store->created_count++] = added;
        *number = -(int64_t)store->created_count;
    }
    pthread_mutex_unlock(&store->lock);
    return has_room;
}

void store_extend(store *store, int64_t number) {
    size_t at = 0;
    pthread_mutex_lock(&store->lock);
    while (at < store->extended_count && store->extended[at].number != number)
        at++;
    if (at < MOST_EXTENDED) {
        store->extended[at].number = number;
        store->extended[at].times++;
        store->extended_count = at < store->extended_count ? store->extended_count : at + 1;
    }
    pthread_mutex_unlock(&store->lock);
}

/* Call it under the lock. */
static void apply_created(store *store, reservation *reservation) {
    created *created = &store->created[-reservation->number - 1];
    reservation->reference = created->reference;
    reservation->reference_json = created->reference_json;
    reservation->phone_number_count = created->phone_number_count;
    memcpy(reservation->phone_numbers, created->phone_numbers, sizeof created->phone_numbers);
    reservation->status = created->looks++ < created->settles ? "pending" : created->outcome;
}

static void apply_extensions(reservation *reservation, int64_t times) {
    numres_timestamp expired_at;
    numres_timestamp_parse(reservation->created_at, strlen(reservation->created_at), &expired_at);
    expired_at.seconds += times * STORE_EXTENSION_SECONDS;
    numres_timestamp_format(&expired_at, reservation->expired_at, DATA_SET_TIME_SIZE);
}

reservation store_reservation(store *store, int64_t number) {
    reservation reservation = data_set_reservation(number);
    pthread_mutex_lock(&store->lock);
    if (number < 0 && (size_t)-number <= store->created_count)
        apply_created(store, &reservation);
    for (size_t at = 0; at < store->extended_count; at++)
        if (store->extended[at].number == number)
            apply_extensions(&reservation, store->extended[at].times);
    pthread_mutex_unlock(&store->lock);
    return reservation;
}
