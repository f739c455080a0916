/* The collection, for the files that implement it. */
#ifndef NUMRES_LIB_COLLECTION_H
#define NUMRES_LIB_COLLECTION_H

#include "../schema/record.h"
#include "keep.h"
#include "numres/collection.h"
#include "store.h"
#include "text_index.h"

/* A complete reservation, with its numbers. */
typedef struct numres_kept_reservation {
    numres_reservation reservation; /* first, so that a pointer to it is one to this struct */
    size_t place;
    size_t number_count;
    numres_phone_number *numbers;
} numres_kept_reservation;

typedef struct numres_kept_problem {
    numres_problem problem;
    uint64_t page;
} numres_kept_problem;

/* Pointers to kept records or problems, in the order in which they came. */
typedef struct numres_kept_list {
    void **items;
    size_t room;
    size_t count;
} numres_kept_list;

struct numres_collection {
    numres_parser *parser;
    void *parser_memory;
    size_t parser_size;
    numres_store store;

    numres_kept_list reservations;
    numres_kept_list api_errors;
    numres_kept_list problems;
    size_t number_count;
    numres_last_texts last_reservation, last_number;

    /* Numbers of the reservation that is not complete yet. */
    numres_phone_number *open_numbers;
    size_t open_room;
    size_t open_count;

    numres_record meta;
    char meta_text[NUMRES_META_MEMBER_COUNT * NUMRES_RAW_TEXT_LENGTH];
    bool has_meta;
    numres_document document;
    bool has_document;

    uint64_t page;   /* the page that is read, or the next one */
    bool is_reading; /* a page has begun and not ended */
    numres_error error;

    unsigned char secret[NUMRES_SIPHASH_SECRET_SIZE];
    numres_text_index ids;
    numres_text_index numbers;
    size_t indexed; /* how many reservations are in both indexes */
};

/* Keep a phone number of the reservation that comes next, and a reservation, whose numbers
   came before. Return false on failure: see store.budget.failure. */
bool numres_collection_keep_phone_number(numres_collection *collection,
                                         const numres_record *record);
bool numres_collection_keep_reservation(numres_collection *collection, const numres_record *record);

/* Empties both indexes. */
static inline void numres_collection_empty_index(numres_collection *collection) {
    numres_text_index_empty(&collection->ids);
    numres_text_index_empty(&collection->numbers);
    collection->indexed = 0;
}

/* Returns the handlers that keep what they are given; their user pointer is the collection.
   They stop the parser if that fails: see store.budget.failure. */
numres_handlers numres_collection_handlers(void);

#endif
