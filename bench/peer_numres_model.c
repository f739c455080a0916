/* numres: the pull reader in a loop; and the collection, which holds a page before it is
   summed, like the trees of other parsers. */
#include "peer_numres.h"

/* The reader. */

static void *create_reader(size_t largest) {
    numres_reader *reader = NULL;

    (void)largest;
    numres_reader_create(&reader, NULL, NUMRES_GO_ON);
    return reader;
}

static void destroy_reader(void *reader) {
    numres_reader_destroy(reader);
}

static bool pull_page(void *given, const page *read, size_t chunk, tally *sums) {
    numres_reader *reader = given;
    numres_event event;
    size_t place = 0;

    numres_reader_reset(reader);
    while ((event = numres_reader_next(reader)) > NUMRES_EVENT_ERROR) {
        size_t rest = read->length - place;
        if (event == NUMRES_EVENT_PHONE_NUMBER) {
            peer_numres_sum_phone_number(sums, numres_reader_phone_number(reader));
        } else if (event == NUMRES_EVENT_RESERVATION) {
            peer_numres_sum_reservation(sums, numres_reader_reservation(reader));
        } else if (event == NUMRES_EVENT_META) {
            peer_numres_sum_meta(sums, numres_reader_meta(reader));
        } else if (event == NUMRES_EVENT_NEED_BYTES && rest > 0) {
            numres_reader_feed(reader, read->bytes + place, rest < chunk ? rest : chunk);
            place += rest < chunk ? rest : chunk;
        } else if (event == NUMRES_EVENT_NEED_BYTES) {
            numres_reader_finish(reader);
        }
    }
    return event == NUMRES_EVENT_END;
}

/* The collection. */

static void *create_collection(size_t largest) {
    numres_collection *collection = NULL;

    (void)largest;
    numres_collection_create(&collection, NULL, 0);
    return collection;
}

static void destroy_collection(void *collection) {
    numres_collection_destroy(collection);
}

static void sum_collection(const numres_collection *collection, tally *sums) {
    size_t count = numres_collection_reservations(collection);

    for (size_t at = 0; at < count; at++) {
        size_t numbers = numres_collection_phone_numbers(collection, at);
        for (size_t place = 0; place < numbers; place++) {
            peer_numres_sum_phone_number(sums,
                                         numres_collection_phone_number(collection, at, place));
        }
        peer_numres_sum_reservation(sums, numres_collection_reservation(collection, at));
    }
    if (numres_collection_meta(collection) != NULL) {
        peer_numres_sum_meta(sums, numres_collection_meta(collection));
    }
}

static bool collect_page(void *given, const page *read, size_t chunk, tally *sums) {
    numres_collection *collection = given;
    size_t place = 0;
    numres_code code = numres_collection_reset(collection);

    while (code == NUMRES_OK && place < read->length) {
        size_t rest = read->length - place;
        size_t length = rest < chunk ? rest : chunk;
        code = numres_collection_feed(collection, read->bytes + place, length);
        place += length;
    }
    if (numres_collection_finish(collection) != NUMRES_OK) {
        return false;
    }
    sum_collection(collection, sums);
    return true;
}

static const char *version(void) {
    return numres_version();
}

const peer peer_numres_reader = {"numres-reader", version, create_reader, destroy_reader,
                                 pull_page,       true,    true};

const peer peer_numres_collection = {
    "numres-collection", version, create_collection, destroy_collection, collect_page, true, true};
