/* The collection: its creation, the pages it reads, and access to what it holds. These are the
   public calls of numres/collection.h. */
#include "collection.h"

#include <string.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../parser/options.h"

/* Life. */

static numres_text id_of(const void *record) {
    return ((const numres_kept_reservation *)record)->reservation.id;
}

static numres_text number_of_kept(const void *record) {
    return ((const numres_phone_number *)record)->phone_number;
}

static void forget_page(numres_collection *collection) {
    collection->open_count = 0;
    collection->store.budget.failure = NUMRES_OK;
    collection->error = numres_error_default();
    collection->error.sentence = numres_code_sentence(NUMRES_OK);
    collection->is_reading = false;
}

static void begin_page(numres_collection *collection) {
    numres_parser_reset(collection->parser); /* which may be NULL */
    forget_page(collection);
    collection->has_meta = collection->has_document = false;
    collection->is_reading = true;
}

/* Builds the collection in its own memory, which `store` allocated. */
static void build_collection(numres_collection *collection, const numres_store *store) {
    memset(collection, 0, sizeof *collection);
    collection->store = *store;
    numres_store_rewind(&collection->store);
    collection->ids.text_of = id_of;
    collection->numbers.text_of = number_of_kept;
    forget_page(collection);
}

static numres_code add_parser(numres_collection *collection, const numres_options *options) {
    const numres_handlers handlers = numres_collection_handlers();
    collection->parser_size = numres_parser_size(options);
    collection->parser_memory = numres_store_allocate(&collection->store, collection->parser_size);
    if (collection->parser_memory == NULL)
        return collection->store.budget.failure;
    return numres_parser_create_in(&collection->parser, collection->parser_memory,
                                   collection->parser_size, options, &handlers, collection);
}

/* Creates a collection without a parser. Returns NULL on failure: see *code. */
static numres_collection *create_collection(const numres_allocator *allocator, uint64_t max_bytes,
                                            numres_code *code) {
    numres_store store = {.budget = {.allocator = numres_memory_allocator(allocator),
                                     .limit = max_bytes,
                                     .full = NUMRES_COLLECTION_FULL}};
    numres_collection *created = numres_store_allocate(&store, sizeof *created);
    if (created != NULL)
        build_collection(created, &store);
    *code = store.budget.failure;
    return created;
}

numres_code numres_collection_create(numres_collection **collection, const numres_options *options,
                                     uint64_t max_bytes) {
    numres_options complete;
    if (collection == NULL)
        return NUMRES_WRONG_USE;
    *collection = NULL;
    numres_code code = numres_options_take(&complete, options);
    if (code != NUMRES_OK)
        return code;
    numres_collection *created = create_collection(&complete.allocator, max_bytes, &code);
    if (created == NULL)
        return code;
    code = add_parser(created, &complete);
    if (code == NUMRES_OK)
        *collection = created;
    else
        numres_collection_destroy(created);
    return code;
}

numres_code numres_collection_create_for_records(numres_collection **collection,
                                                 const numres_allocator *allocator,
                                                 uint64_t max_bytes) {
    static const numres_allocator none = {NULL, NULL, NULL};
    numres_code code;
    if (collection == NULL)
        return NUMRES_WRONG_USE;
    *collection = NULL;
    if (allocator == NULL)
        allocator = &none;
    if ((allocator->allocate == NULL) != (allocator->release == NULL))
        return NUMRES_WRONG_OPTION;
    *collection = create_collection(allocator, max_bytes, &code);
    return code;
}

static void free_list(numres_store *store, numres_kept_list *list) {
    numres_store_release(store, list->items, list->room * sizeof *list->items);
}

void numres_collection_destroy(numres_collection *collection) {
    if (collection == NULL)
        return;
    numres_store *store = &collection->store;
    free_list(store, &collection->reservations);
    free_list(store, &collection->api_errors);
    free_list(store, &collection->problems);
    numres_store_release(store, collection->open_numbers,
                         collection->open_room * sizeof *collection->open_numbers);
    numres_text_index_free(&collection->ids, store);
    numres_text_index_free(&collection->numbers, store);
    numres_store_free(store);
    numres_store_release(store, collection->parser_memory, collection->parser_size);
    numres_store rest = *store; /* the store is part of what is released now */
    numres_store_release(&rest, collection, sizeof *collection);
}

numres_code numres_collection_reset(numres_collection *collection) {
    if (collection == NULL)
        return NUMRES_WRONG_USE;
    collection->reservations.count = 0;
    collection->api_errors.count = 0;
    collection->problems.count = 0;
    collection->number_count = 0;
    collection->has_meta = collection->has_document = false;
    numres_collection_empty_index(collection);
    memset(&collection->last_reservation, 0, sizeof collection->last_reservation);
    memset(&collection->last_number, 0, sizeof collection->last_number);
    numres_store_rewind(&collection->store);
    numres_parser_reset(collection->parser);
    forget_page(collection);
    collection->page = 0;
    return NUMRES_OK;
}

/* Reading. */

/* Keeps the parser's error and returns its code. If the handlers stopped the parser, the
   error says why a record could not be kept. */
static numres_code note_error(numres_collection *collection, numres_code code) {
    if (code == NUMRES_OK)
        return NUMRES_OK;
    collection->error = *numres_parser_error(collection->parser);
    if (code == NUMRES_STOPPED) {
        collection->error.code = collection->store.budget.failure;
        collection->error.sentence = numres_code_sentence(collection->store.budget.failure);
    }
    return collection->error.code;
}

/* Whether the collection is NULL, or has no parser. */
static bool cannot_read(const numres_collection *collection) {
    return collection == NULL || collection->parser == NULL;
}

numres_code numres_collection_feed(numres_collection *collection, const void *bytes,
                                   size_t length) {
    if (cannot_read(collection) || (bytes == NULL && length > 0))
        return NUMRES_WRONG_USE;
    if (!collection->is_reading) {
        if (length == 0)
            return NUMRES_OK;
        begin_page(collection);
    }
    return note_error(collection, numres_parser_feed(collection->parser, bytes, length, NULL));
}

numres_code numres_collection_finish(numres_collection *collection) {
    if (cannot_read(collection))
        return NUMRES_WRONG_USE;
    if (!collection->is_reading)
        begin_page(collection);
    numres_code code = note_error(collection, numres_parser_finish(collection->parser));
    collection->is_reading = false;
    collection->open_count = 0;
    collection->page++;
    return code;
}

numres_code numres_collection_read(numres_collection *collection, const void *bytes,
                                   size_t length) {
    if (cannot_read(collection) || (bytes == NULL && length > 0))
        return NUMRES_WRONG_USE;
    numres_collection_feed(collection, bytes, length);
    return numres_collection_finish(collection); /* returns feed's error again */
}

/* Records from elsewhere. */

typedef bool keep_function(numres_collection *collection, const numres_record *record);

static numres_code add_record(numres_collection *collection, const void *public_record,
                              numres_record_kind kind, keep_function *keep) {
    numres_record room;
    const numres_record *record = numres_record_view(public_record, kind, &room);
    if (collection == NULL || collection->is_reading || record == NULL)
        return NUMRES_WRONG_USE;
    return keep(collection, record) ? NUMRES_OK : collection->store.budget.failure;
}

numres_code numres_collection_add_phone_number(numres_collection *collection,
                                               const numres_phone_number *phone_number) {
    return add_record(collection, phone_number, NUMRES_RECORD_PHONE_NUMBER,
                      numres_collection_keep_phone_number);
}

numres_code numres_collection_add_reservation(numres_collection *collection,
                                              const numres_reservation *reservation) {
    return add_record(collection, reservation, NUMRES_RECORD_RESERVATION,
                      numres_collection_keep_reservation);
}

numres_code numres_collection_drop_phone_numbers(numres_collection *collection) {
    if (collection == NULL || collection->is_reading)
        return NUMRES_WRONG_USE;
    collection->open_count = 0;
    return NUMRES_OK;
}

const numres_error *numres_collection_error(const numres_collection *collection) {
    return collection != NULL ? &collection->error : NULL;
}

uint64_t numres_collection_bytes(const numres_collection *collection) {
    return collection != NULL ? collection->store.budget.held : 0;
}

/* What is held. */

static const void *item_of(const numres_kept_list *list, size_t place) {
    return place < list->count ? list->items[place] : NULL;
}

static const numres_kept_reservation *kept_at(const numres_collection *collection, size_t place) {
    return collection != NULL ? item_of(&collection->reservations, place) : NULL;
}

size_t numres_collection_reservations(const numres_collection *collection) {
    return collection != NULL ? collection->reservations.count : 0;
}

const numres_reservation *numres_collection_reservation(const numres_collection *collection,
                                                        size_t place) {
    const numres_kept_reservation *kept = kept_at(collection, place);
    return kept != NULL ? &kept->reservation : NULL;
}

size_t numres_collection_phone_numbers(const numres_collection *collection, size_t reservation) {
    const numres_kept_reservation *kept = kept_at(collection, reservation);
    return kept != NULL ? kept->number_count : 0;
}

const numres_phone_number *numres_collection_phone_number(const numres_collection *collection,
                                                          size_t reservation, size_t place) {
    const numres_kept_reservation *kept = kept_at(collection, reservation);
    return kept != NULL && place < kept->number_count ? &kept->numbers[place] : NULL;
}

size_t numres_collection_open_phone_numbers(const numres_collection *collection) {
    return collection != NULL ? collection->open_count : 0;
}

const numres_phone_number *numres_collection_open_phone_number(const numres_collection *collection,
                                                               size_t place) {
    return collection != NULL && place < collection->open_count ? &collection->open_numbers[place]
                                                                : NULL;
}

size_t numres_collection_api_errors(const numres_collection *collection) {
    return collection != NULL ? collection->api_errors.count : 0;
}

const numres_api_error *numres_collection_api_error(const numres_collection *collection,
                                                    size_t place) {
    return collection != NULL ? item_of(&collection->api_errors, place) : NULL;
}

size_t numres_collection_problems(const numres_collection *collection) {
    return collection != NULL ? collection->problems.count : 0;
}

static const numres_kept_problem *problem_at(const numres_collection *collection, size_t place) {
    return collection != NULL ? item_of(&collection->problems, place) : NULL;
}

const numres_problem *numres_collection_problem(const numres_collection *collection, size_t place) {
    const numres_kept_problem *kept = problem_at(collection, place);
    return kept != NULL ? &kept->problem : NULL;
}

uint64_t numres_collection_problem_page(const numres_collection *collection, size_t place) {
    const numres_kept_problem *kept = problem_at(collection, place);
    return kept != NULL ? kept->page : 0;
}

const numres_meta *numres_collection_meta(const numres_collection *collection) {
    return collection != NULL && collection->has_meta ? &collection->meta.value.meta : NULL;
}

const numres_document *numres_collection_document(const numres_collection *collection) {
    return collection != NULL && collection->has_document ? &collection->document : NULL;
}

/* Finding. */

static void index_reservation(numres_collection *collection, const numres_kept_reservation *kept) {
    if (numres_reservation_has(&kept->reservation, NUMRES_RESERVATION_ID))
        numres_text_index_add(&collection->ids, collection->secret, kept);
    for (size_t i = 0; i < kept->number_count; i++)
        if (numres_phone_number_has(&kept->numbers[i], NUMRES_PHONE_NUMBER_PHONE_NUMBER))
            numres_text_index_add(&collection->numbers, collection->secret, &kept->numbers[i]);
}

static const void *find_in(numres_collection *collection, const numres_text_index *index,
                           const char *bytes, size_t length) {
    numres_text text = {length > 0 ? bytes : numres_text_empty.bytes, length};
    for (; collection->indexed < collection->reservations.count; collection->indexed++)
        index_reservation(collection, kept_at(collection, collection->indexed));
    return numres_text_index_find(index, collection->secret, text);
}

static void set_if(size_t *place, size_t value) {
    if (place != NULL)
        *place = value;
}

bool numres_collection_find(numres_collection *collection, const char *id, size_t length,
                            size_t *reservation) {
    if (collection == NULL || (id == NULL && length > 0))
        return false;
    const numres_kept_reservation *kept = find_in(collection, &collection->ids, id, length);
    if (kept != NULL)
        set_if(reservation, kept->place);
    return kept != NULL;
}

bool numres_collection_find_phone_number(numres_collection *collection, const char *phone_number,
                                         size_t length, size_t *reservation, size_t *place) {
    if (collection == NULL || (phone_number == NULL && length > 0))
        return false;
    const numres_phone_number *number =
        find_in(collection, &collection->numbers, phone_number, length);
    if (number == NULL)
        return false;
    const numres_kept_reservation *kept =
        (const numres_kept_reservation *)(const void *)number->reservation;
    set_if(reservation, kept->place);
    set_if(place, (size_t)(number - kept->numbers));
    return true;
}

numres_code numres_collection_set_secret(numres_collection *collection, const void *secret) {
    if (collection == NULL || secret == NULL)
        return NUMRES_WRONG_USE;
    memcpy(collection->secret, secret, sizeof collection->secret);
    numres_collection_empty_index(collection);
    return NUMRES_OK;
}
