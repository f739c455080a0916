/*
 * The collection: the records of a page or of a whole listing, owned and in one place,
 * which stay when the bytes are gone. It is fed as a parser is:
 *
 *     numres_collection *collection;
 *     numres_code code = numres_collection_create(&collection, NULL, 0);
 *     if (code == NUMRES_OK)
 *         code = numres_collection_read(collection, page, length);
 *     for (size_t i = 0; i < numres_collection_reservations(collection); i++)
 *         use(numres_collection_reservation(collection, i));
 *     numres_collection_destroy(collection);
 *
 * Records are the structs of numres/types.h, complete, and stay where they are until
 * reset or destroy; so does their text. All calls that take records take them: the
 * writer, numres_..._copy(), numres_..._raw().
 *
 * It can also keep records that you choose, of callbacks or of a reader: see
 * numres_collection_create_for_records.
 *
 * A copy by assignment of a reservation or phone number may be passed to these calls while
 * the original is valid, if you do not change it. After reset or destroy pass neither: the
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
 * Creates an empty collection. `options` are the parser's, are copied, and may be NULL
 * (the defaults); their allocator gives all memory. `max_bytes` is how much of it may be
 * held at any time, the parser's own with it; 0: no limit.
 *
 * A phone number takes 256 bytes on 64-bit machines, 11 to 21 bytes of the index, and its
 * texts that do not repeat. A reservation takes about as much, a problem 100 bytes and more
 * with its path and raw text; all problems are kept. The phone numbers of the reservation
 * that is being read lie in an array of their own beside, which is as large as the largest
 * reservation's and stays.
 *
 * Returns NUMRES_OK and sets *collection, which the caller destroys; otherwise what
 * numres_parser_create returns, or NUMRES_COLLECTION_FULL (max_bytes is less than an empty
 * collection takes: what numres_parser_size says, and less than 4 KiB more), and
 * *collection is NULL.
 *
 * A collection is used by one thread at a time. While nobody changes it, any number may
 * read it; but the first find after new records builds the index, which is a change.
 */
NUMRES_API numres_code numres_collection_create(numres_collection **collection,
                                                const numres_options *options, uint64_t max_bytes);

/*
 * The same for records that come from elsewhere, which are added one by one: it has no
 * parser, takes less than 4 KiB while it is empty, and the calls that read bytes return
 * NUMRES_WRONG_USE. `allocator` is copied; NULL means malloc and free.
 *
 * Returns as above: NUMRES_WRONG_OPTION means one memory function without the other.
 */
NUMRES_API numres_code numres_collection_create_for_records(numres_collection **collection,
                                                            const numres_allocator *allocator,
                                                            uint64_t max_bytes);

/* Frees the collection and all that it holds. NULL is legal. */
NUMRES_API void numres_collection_destroy(numres_collection *collection);

/* Empties the collection and abandons the page being read: all records and texts that it
   returned are gone. Memory and secret are kept for reuse. Unused blocks, though not arrays,
   are freed when max_bytes would otherwise leave no room. Returns NUMRES_OK, or
   NUMRES_WRONG_USE for NULL. */
NUMRES_API numres_code numres_collection_reset(numres_collection *collection);

/*
 * Reads the next `length` bytes of a page, in any cut, and keeps what is complete.
 * `bytes` is not kept and may be NULL when `length` is 0, which begins no page. Pages add up: after
 * numres_collection_finish, whatever it returned, the next bytes begin another page.
 *
 * Returns NUMRES_OK; NUMRES_WRONG_USE (NULL), which changes nothing; or the code of the
 * error that ended the page, as numres_parser_feed does; or NUMRES_NO_MEMORY or
 * NUMRES_COLLECTION_FULL if a record could not be kept, which end the page as well; then
 * the error's path is of where the parser stood, after the record: data[2] for data[1]. What was
 * complete before stays, and can be read. The same code is returned until the page is finished.
 */
NUMRES_API numres_code numres_collection_feed(numres_collection *collection, const void *bytes,
                                              size_t length);

/* Says that the page has ended. Returns as numres_parser_finish and
   numres_collection_feed do. */
NUMRES_API numres_code numres_collection_finish(numres_collection *collection);

/* Reads a whole page: feed and finish in one call. Returns as they do. */
NUMRES_API numres_code numres_collection_read(numres_collection *collection, const void *bytes,
                                              size_t length);

/*
 * Keep a copy of a record that comes from elsewhere: from a callback, a reader, another
 * collection or numres_..._copy(). First come the phone numbers of a reservation, which
 * are open until it is added as well: then they are its own, whichever they belonged to.
 * Its phone_number_count stays that of the array that was read.
 * Between two pages both are legal in a collection that reads, too; what is open when a
 * page begins is dropped.
 *
 * Return NUMRES_OK; NUMRES_WRONG_USE: NULL, a copy by assignment of a record that is not a
 * collection's, a page that is being read; NUMRES_NO_MEMORY or NUMRES_COLLECTION_FULL: it is
 * not kept. In all these cases what was kept before stays, and you may go on.
 */
NUMRES_API numres_code numres_collection_add_phone_number(numres_collection *collection,
                                                          const numres_phone_number *phone_number);
NUMRES_API numres_code numres_collection_add_reservation(numres_collection *collection,
                                                         const numres_reservation *reservation);

/* Drops the open phone numbers, whose reservation will not come: an error cut it off, or
   your on_problem left it out. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL and while a
   page is being read. Their memory is used again after a reset. */
NUMRES_API numres_code numres_collection_drop_phone_numbers(numres_collection *collection);

/* The error that ended the last page, or one with code NUMRES_OK; its offset and document
   count from that page's start. Owned by the collection, valid until the next feed,
   finish, read, reset or destroy. NULL for NULL. */
NUMRES_API const numres_error *numres_collection_error(const numres_collection *collection);

/* The bytes of memory that are held now. 0 for NULL. */
NUMRES_API uint64_t numres_collection_bytes(const numres_collection *collection);

/*
 * Reservations, in the order of the pages, and the phone numbers of each, by their place
 * from 0. A reservation's `index` and a number's are those in their page. NULL, and 0,
 * for NULL and for a place where there is none.
 */
NUMRES_API size_t numres_collection_reservations(const numres_collection *collection);
NUMRES_API const numres_reservation *
numres_collection_reservation(const numres_collection *collection, size_t place);
NUMRES_API size_t numres_collection_phone_numbers(const numres_collection *collection,
                                                  size_t reservation);
NUMRES_API const numres_phone_number *
numres_collection_phone_number(const numres_collection *collection, size_t reservation,
                               size_t place);

/* The open phone numbers, by their place from 0: those that came, or were added, while their
   reservation has not yet. Each `reservation` is NULL, and each number is valid until the
   next feed, finish, add, drop, reset or destroy. NULL, and 0, as above. */
NUMRES_API size_t numres_collection_open_phone_numbers(const numres_collection *collection);
NUMRES_API const numres_phone_number *
numres_collection_open_phone_number(const numres_collection *collection, size_t place);

/*
 * Finds a reservation by its id, or a phone number by its text, byte for byte; of
 * several, any one. A find takes constant time on average, but the first one after new
 * records indexes these too. Sets *reservation and *place (each may be NULL) and returns
 * true. Returns false, and sets nothing, if there is none, for a NULL collection, and for
 * a NULL text with a length.
 *
 * Where ids come from people who would like to make it slow, give a secret that they
 * cannot know, of 16 random bytes, before the first find: the index hashes with it
 * (SipHash-2-4). NUMRES_WRONG_USE for NULL.
 */
NUMRES_API bool numres_collection_find(numres_collection *collection, const char *id, size_t length,
                                       size_t *reservation);
NUMRES_API bool numres_collection_find_phone_number(numres_collection *collection,
                                                    const char *phone_number, size_t length,
                                                    size_t *reservation, size_t *place);
NUMRES_API numres_code numres_collection_set_secret(numres_collection *collection,
                                                    const void *secret);

/* API errors and problems of all pages, by their place from 0; and the page, from 0, that
   a problem is of, from whose start its offset counts. NULL, and 0, as above. */
NUMRES_API size_t numres_collection_api_errors(const numres_collection *collection);
NUMRES_API const numres_api_error *numres_collection_api_error(const numres_collection *collection,
                                                               size_t place);
NUMRES_API size_t numres_collection_problems(const numres_collection *collection);
NUMRES_API const numres_problem *numres_collection_problem(const numres_collection *collection,
                                                           size_t place);
NUMRES_API uint64_t numres_collection_problem_page(const numres_collection *collection,
                                                   size_t place);

/* The meta and the document of the page that is being read or was read last; NULL: it has
   not brought one. They are valid until the next feed, finish, read, reset or destroy. */
NUMRES_API const numres_meta *numres_collection_meta(const numres_collection *collection);
NUMRES_API const numres_document *numres_collection_document(const numres_collection *collection);

#ifdef __cplusplus
}
#endif

#endif
