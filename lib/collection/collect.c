/* Handlers that collect what a parser delivers, and what they share with the calls that add
   records. collection.c calls it. */
#include <string.h>

#include "../parser/stepping.h"
#include "../schema/own_texts.h"
#include "collection.h"
#include "numres/writer.h"

/* Makes room for one more item in the list. */
static bool reserve_item(numres_store *store, numres_kept_list *list) {
    void *items =
        numres_store_grow(store, list->items, &list->room, list->count, sizeof *list->items);
    if (items != NULL)
        list->items = items;
    return items != NULL;
}

static numres_answer go_on(bool is_kept) {
    return is_kept ? NUMRES_GO_ON : NUMRES_STOP;
}

bool numres_collection_keep_phone_number(numres_collection *collection,
                                         const numres_record *record) {
    numres_store *store = &collection->store;
    numres_phone_number *numbers =
        numres_store_grow(store, collection->open_numbers, &collection->open_room,
                          collection->open_count, sizeof *numbers);
    if (numbers == NULL)
        return false;
    collection->open_numbers = numbers;
    bool is_kept = numres_keep_phone_number(store, &collection->last_number, record,
                                            &numbers[collection->open_count]);
    collection->open_count += is_kept;
    return is_kept;
}

static numres_answer collect_phone_number(numres_parser *parser, const numres_phone_number *number,
                                          void *user) {
    (void)parser;
    return go_on(numres_collection_keep_phone_number(user, numres_record_of(number)));
}

/* Makes room for one more reservation and its numbers in the list and in both indexes, so
   that nothing can fail once the reservation is in the list. */
static bool reserve_all(numres_collection *collection) {
    numres_store *store = &collection->store;
    size_t numbers = collection->number_count + collection->open_count;
    size_t sizes = collection->ids.size + collection->numbers.size;
    bool is_made =
        reserve_item(store, &collection->reservations) &&
        numres_text_index_reserve(&collection->ids, store, collection->reservations.count + 1) &&
        numres_text_index_reserve(&collection->numbers, store, numbers);
    if (collection->ids.size + collection->numbers.size != sizes)
        numres_collection_empty_index(collection);
    return is_made;
}

/* Moves the open numbers into the reservation. */
static bool take_numbers(numres_collection *collection, numres_kept_reservation *kept) {
    size_t count = collection->open_count;
    kept->number_count = count;
    kept->numbers = NULL;
    if (count == 0)
        return true;
    kept->numbers = numres_store_take(&collection->store, count * sizeof *kept->numbers);
    if (kept->numbers == NULL)
        return false;
    memcpy(kept->numbers, collection->open_numbers, count * sizeof *kept->numbers);
    for (size_t i = 0; i < count; i++)
        kept->numbers[i].reservation = &kept->reservation;
    return true;
}

bool numres_collection_keep_reservation(numres_collection *collection,
                                        const numres_record *record) {
    numres_store *store = &collection->store;
    numres_kept_reservation *kept =
        reserve_all(collection) ? numres_store_take(store, sizeof *kept) : NULL;
    if (kept == NULL ||
        !numres_keep_reservation(store, &collection->last_reservation, record,
                                 &kept->reservation) ||
        !take_numbers(collection, kept))
        return false;
    kept->place = collection->reservations.count;
    collection->reservations.items[collection->reservations.count++] = kept;
    collection->number_count += collection->open_count;
    collection->open_count = 0;
    return true;
}

static numres_answer collect_reservation(numres_parser *parser,
                                         const numres_reservation *reservation, void *user) {
    (void)parser;
    return go_on(numres_collection_keep_reservation(user, numres_record_of(reservation)));
}

/* The texts of meta, which are short, have a buffer of their own. */
static numres_answer collect_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    numres_collection *collection = user;
    const numres_record *record = numres_parser_record(meta);
    numres_record *kept = &collection->meta;
    char *next = collection->meta_text;
    (void)parser;
    *kept = *record;
    numres_record_make(kept, NULL);
    numres_record_own_texts(record, record->kind, &kept->value, kept->raw, numres_own_in_place,
                            &next);
    collection->has_meta = true;
    return NUMRES_GO_ON;
}

static numres_answer collect_api_error(numres_parser *parser, const numres_api_error *api_error,
                                       void *user) {
    numres_collection *collection = user;
    numres_store *store = &collection->store;
    numres_kept_list *list = &collection->api_errors;
    size_t size = numres_api_error_copy(api_error, NULL, 0);
    (void)parser;
    void *copy = reserve_item(store, list) ? numres_store_take(store, size) : NULL;
    if (copy == NULL)
        return NUMRES_STOP;
    numres_api_error_copy(api_error, copy, size);
    list->items[list->count++] = copy;
    return NUMRES_GO_ON;
}

static numres_answer collect_document(numres_parser *parser, const numres_document *document,
                                      void *user) {
    numres_collection *collection = user;
    (void)parser;
    collection->document = *document;
    collection->has_document = true;
    return NUMRES_GO_ON;
}

/* Copies the path with its NUL. */
static bool keep_path(numres_store *store, numres_text *path) {
    char *copy = numres_store_take_text(store, path->length + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, path->bytes, path->length + 1);
    path->bytes = copy;
    return true;
}

static numres_answer collect_problem(numres_parser *parser, const numres_problem *problem,
                                     void *user) {
    numres_collection *collection = user;
    numres_store *store = &collection->store;
    numres_kept_list *list = &collection->problems;
    (void)parser;
    numres_kept_problem *kept =
        reserve_item(store, list) ? numres_store_take(store, sizeof *kept) : NULL;
    if (kept == NULL)
        return NUMRES_STOP;
    kept->problem = *problem;
    kept->page = collection->page;
    if (!keep_path(store, &kept->problem.path) || !numres_keep_text(store, &kept->problem.raw))
        return NUMRES_STOP;
    list->items[list->count++] = kept;
    return NUMRES_GO_ON;
}

numres_handlers numres_collection_handlers(void) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = collect_reservation;
    handlers.on_phone_number = collect_phone_number;
    handlers.on_meta = collect_meta;
    handlers.on_api_error = collect_api_error;
    handlers.on_document_end = collect_document;
    handlers.on_problem = collect_problem;
    return handlers;
}
