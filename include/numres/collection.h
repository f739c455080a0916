/*
 * The collection: owns the records of a page or of a whole listing, and keeps them when the
 * bytes are gone. Feed it as you feed a parser:
 *
 *     numres_collection *collection;
 *     numres_code code = numres_collection_create(&collection, NULL, 0);
 *     if (code == NUMRES_OK)
 *         code = numres_collection_read(collection, page, length);
 *     for (size_t i = 0; i < numres_collection_reservations(collection); i++)
 *         use(numres_collection_reservation(collection, i));
 *     numres_collection_destroy(collection);
 *
 * Records are the structs of numres/types.h, complete. They and their text stay where they
 * are until reset or destroy. Every call that takes records accepts them: the writer,
 * numres_..._copy(), numres_..._raw().
 *
 * It can also keep records that you choose, from callbacks or a reader: see
 * numres_collection_create_for_records.
 *
 * You may pass these calls a copy by assignment of a reservation or phone number while the
 * original is valid, if you do not change it. After reset or destroy pass neither: the
 * calls cannot detect it. numres_..._copy() makes a copy that outlives the collection.
 */
#ifndef NUMRES_COLLECTION_H
#define NUMRES_COLLECTION_H

#include "parser.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Holds records. */
typedef struct numres_collection numres_collection;

/*
 * Creates an empty collection. `options` are the parser's; they are copied and may be NULL
 * (the defaults). Their allocator gives all memory. `max_bytes` is how much of it may be
 * held at any time, including the parser's; 0: no limit.
 *
 * A phone number takes 256 bytes on 64-bit machines, plus 11 to 21 bytes of the index and
 * its texts that do not repeat. A reservation takes about as much. A record with a rejected
 * value takes 160 bytes more. A problem takes 100 bytes plus its path and raw text; all
 * problems are kept. The phone numbers of the
 * reservation that is being read are in a separate array, which grows to hold those of the
 * largest reservation and is kept.
 *
 * Returns NUMRES_OK and sets *collection, which the caller destroys. Otherwise sets
 * *collection to NULL and returns what numres_parser_create returns, or
 * NUMRES_COLLECTION_FULL (max_bytes is less than an empty collection takes: what
 * numres_parser_size says, and less than 4 KiB more).
 *
 * Only one thread may use a collection at a time. While no thread changes it, any number
 * may read it; but the first find after new records builds the index, which is a change.
 */
NUMRES_API numres_code numres_collection_create(numres_collection **collection,
                                                const numres_options *options, uint64_t max_bytes);

/*
 * The same for records from elsewhere, which are added one by one: this collection has no
 * parser, and the calls that read bytes return NUMRES_WRONG_USE. While empty, it takes less
 * than 4 KiB. `allocator` is copied; NULL means malloc and free.
 *
 * Returns as above. NUMRES_WRONG_OPTION means that only one of the memory functions is set.
 */
NUMRES_API numres_code numres_collection_create_for_records(numres_collection **collection,
                                                            const numres_allocator *allocator,
                                                            uint64_t max_bytes);

/* Frees the collection and all that it holds. NULL is legal. */
NUMRES_API void numres_collection_destroy(numres_collection *collection);

/* Empties the collection and abandons the page being read: all records and texts that it
   returned are gone. Its memory and secret are kept for reuse. Unused blocks, but not
   arrays, are freed when max_bytes would otherwise leave no room. Returns NUMRES_OK, or
   NUMRES_WRONG_USE for NULL. */
NUMRES_API numres_code numres_collection_reset(numres_collection *collection);

/*
 * Reads the next `length` bytes of a page, in chunks of any size, and keeps what is
 * complete. `bytes` is not kept; it may be NULL when `length` is 0, which begins no page.
 * Pages add up: after numres_collection_finish, whatever it returned, the next bytes begin
 * another page.
 *
 * Returns NUMRES_OK; NUMRES_WRONG_USE (NULL), which changes nothing; the code of the error
 * that ended the page, as numres_parser_feed does; or NUMRES_NO_MEMORY or
 * NUMRES_COLLECTION_FULL if a record could not be kept. These end the page too; their
 * error's path is where the parser was, after the record: data[2] for data[1]. What was
 * complete before an error stays and can be read. The same code is returned until the page
 * is finished.
 */
NUMRES_API numres_code numres_collection_feed(numres_collection *collection, const void *bytes,
                                              size_t length);

/* Says that the page has ended; call it once for each. Returns as numres_parser_finish and
   numres_collection_feed do. If no page has begun, it reads an empty one, which is an error:
   NUMRES_EMPTY_INPUT. */
NUMRES_API numres_code numres_collection_finish(numres_collection *collection);

/* Reads a whole page: feed and finish in one call. Returns as they do. */
NUMRES_API numres_code numres_collection_read(numres_collection *collection, const void *bytes,
                                              size_t length);

/*
 * Keep a copy of a record from elsewhere: from a callback, a reader, another collection or
 * numres_..._copy(). Add the phone numbers of a reservation before it. They are open until
 * it is added; then they belong to it, whichever reservation they came from. Its
 * phone_number_count stays that of the array that was read. Both calls are also legal
 * between two pages in a collection that reads; numbers that are open when a page begins
 * are dropped.
 *
 * Return NUMRES_OK; NUMRES_WRONG_USE for NULL, for a copy by assignment of a record that is
 * not a collection's, and while a page is being read; NUMRES_NO_MEMORY or
 * NUMRES_COLLECTION_FULL if the record is not kept. In all these cases what was kept before
 * stays, and you may go on.
 */
NUMRES_API numres_code numres_collection_add_phone_number(numres_collection *collection,
                                                          const numres_phone_number *phone_number);
NUMRES_API numres_code numres_collection_add_reservation(numres_collection *collection,
                                                         const numres_reservation *reservation);

/* Drops the open phone numbers. Call it if their reservation will not come: an error cut it
   off, or your on_problem left it out. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL and
   while a page is being read. Their memory is reused after a reset. */
NUMRES_API numres_code numres_collection_drop_phone_numbers(numres_collection *collection);

/* Returns the error that ended the last page, or one with code NUMRES_OK. Its offset and
   document number count from that page's start. The collection owns it; it is valid until
   the next feed, finish, read, reset or destroy. Returns NULL for NULL. */
NUMRES_API const numres_error *numres_collection_error(const numres_collection *collection);

/* Returns how many bytes of memory are held now; 0 for NULL. */
NUMRES_API uint64_t numres_collection_bytes(const numres_collection *collection);

/*
 * Reservations, in the order of the pages, and the phone numbers of each. The plural calls
 * return how many there are; the others return one by its place, from 0. The collection
 * owns them; they are valid until reset or destroy. The `index` of a reservation or a
 * number is that in its page. Return 0 or NULL for NULL, and for a place where there is
 * none.
 */
NUMRES_API size_t numres_collection_reservations(const numres_collection *collection);
NUMRES_API const numres_reservation *
numres_collection_reservation(const numres_collection *collection, size_t place);
NUMRES_API size_t numres_collection_phone_numbers(const numres_collection *collection,
                                                  size_t reservation);
NUMRES_API const numres_phone_number *
numres_collection_phone_number(const numres_collection *collection, size_t reservation,
                               size_t place);

/* The same for the open phone numbers: those read or added whose reservation has not come
   yet. Their `reservation` is NULL, and each is valid until the next feed, finish, add,
   drop, reset or destroy. Return 0 or NULL as above. */
NUMRES_API size_t numres_collection_open_phone_numbers(const numres_collection *collection);
NUMRES_API const numres_phone_number *
numres_collection_open_phone_number(const numres_collection *collection, size_t place);

/*
 * Find a reservation by its id, or a phone number by its text, byte for byte; if several
 * match, any one. A find takes constant time on average, but the first one after new
 * records indexes these too. Set *reservation and *place (each may be NULL) and return
 * true. Return false, and set nothing, if there is none, for a NULL collection, and for a
 * NULL text with a length.
 *
 * If ids come from people who would like to make finds slow, set a secret before the first
 * find: 16 random bytes that they cannot know. The index hashes with it (SipHash-2-4).
 * `secret` is copied. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL.
 */
NUMRES_API bool numres_collection_find(numres_collection *collection, const char *id, size_t length,
                                       size_t *reservation);
NUMRES_API bool numres_collection_find_phone_number(numres_collection *collection,
                                                    const char *phone_number, size_t length,
                                                    size_t *reservation, size_t *place);
NUMRES_API numres_code numres_collection_set_secret(numres_collection *collection,
                                                    const void *secret);

/* The API errors and problems of all pages, counted and returned by their place as above.
   numres_collection_problem_page returns the page of a problem, from 0; the problem's
   offset counts from that page's start. Return 0 or NULL as above. */
NUMRES_API size_t numres_collection_api_errors(const numres_collection *collection);
NUMRES_API const numres_api_error *numres_collection_api_error(const numres_collection *collection,
                                                               size_t place);
NUMRES_API size_t numres_collection_problems(const numres_collection *collection);
NUMRES_API const numres_problem *numres_collection_problem(const numres_collection *collection,
                                                           size_t place);
NUMRES_API uint64_t numres_collection_problem_page(const numres_collection *collection,
                                                   size_t place);

/* Return the meta and the document of the page that is being read or was read last; NULL if
   it has not brought one. The collection owns them; they are valid until the next feed,
   finish, read, reset or destroy. */
NUMRES_API const numres_meta *numres_collection_meta(const numres_collection *collection);
NUMRES_API const numres_document *numres_collection_document(const numres_collection *collection);

#ifdef __cplusplus
}
#endif

#endif
