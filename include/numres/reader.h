/*
 * The reader: hands out one event after the other in a loop, instead of calling
 * callbacks. The records, their order, their positions and the errors are those of the
 * parser (numres/parser.h).
 *
 *     while ((event = numres_reader_next(reader)) > NUMRES_EVENT_ERROR) {
 *         if (event == NUMRES_EVENT_PHONE_NUMBER) {
 *             const numres_phone_number *number = numres_reader_phone_number(reader);
 *             ...
 *         } else if (event == NUMRES_EVENT_NEED_BYTES) {
 *             length = fread(chunk, 1, sizeof chunk, file);
 *             if (length > 0)
 *                 numres_reader_feed(reader, chunk, length);
 *             else
 *                 numres_reader_finish(reader);
 *         }
 *     }
 *
 * Other languages can bind to it: it has no callbacks and no inline functions. With
 * numres/access.h, they need the layout of only one struct, numres_text; and that of
 * numres_options for limits other than the defaults. examples/reader.py is in Python.
 */
#ifndef NUMRES_READER_H
#define NUMRES_READER_H

#include "parser.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads documents and hands out events. */
typedef struct numres_reader numres_reader;

/* What came next. The numbers are part of the ABI. */
typedef enum numres_event NUMRES_ENUM_TYPE {
    NUMRES_EVENT_END = 0,          /* the stream ended, and was valid */
    NUMRES_EVENT_ERROR = 1,        /* reading ended: numres_reader_error() */
    NUMRES_EVENT_NEED_BYTES = 2,   /* feed the next bytes, or finish */
    NUMRES_EVENT_RESERVATION = 3,  /* numres_reader_reservation(); its numbers came before */
    NUMRES_EVENT_PHONE_NUMBER = 4, /* numres_reader_phone_number() */
    NUMRES_EVENT_META = 5,         /* numres_reader_meta() */
    NUMRES_EVENT_API_ERROR = 6,    /* numres_reader_api_error() */
    NUMRES_EVENT_DOCUMENT_END = 7, /* numres_reader_document() */
    NUMRES_EVENT_PROBLEM = 8       /* numres_reader_problem() */
} NUMRES_ENUM_SIZE numres_event;

/* Returns the size in bytes of a reader with these options: what numres_reader_create
   allocates and numres_reader_create_in needs. NULL means the defaults. Returns 0 if an
   option is wrong. Any thread may call it. */
NUMRES_API size_t numres_reader_size(const numres_options *options);

/*
 * Creates a reader with one allocation; the reader never makes another. `options` are the
 * parser's; they are copied and may be NULL (the defaults). `to_problems` is what
 * on_problem would return each time: NUMRES_GO_ON, or NUMRES_LEAVE_OUT to get only records
 * without problems.
 *
 * Returns NUMRES_OK and sets *reader, which the caller destroys. Otherwise sets *reader to
 * NULL and returns NUMRES_WRONG_USE (`reader` is NULL, or a size is not set),
 * NUMRES_WRONG_OPTION (an option is out of its range or not known, or `to_problems` is
 * another value) or NUMRES_NO_MEMORY.
 *
 * Only one thread may use a reader at a time; any number of readers may run in parallel.
 */
NUMRES_API numres_code numres_reader_create(numres_reader **reader, const numres_options *options,
                                            numres_answer to_problems);

/* The same in `memory` of `size` bytes, at any alignment, which the caller owns and keeps
   in place until the reader is destroyed. Nothing is ever allocated. Returns
   NUMRES_NO_MEMORY if `memory` is NULL or `size` is less than numres_reader_size(options). */
NUMRES_API numres_code numres_reader_create_in(numres_reader **reader, void *memory, size_t size,
                                               const numres_options *options,
                                               numres_answer to_problems);

/* Frees the reader, if it allocated its memory. NULL is legal. */
NUMRES_API void numres_reader_destroy(numres_reader *reader);

/* Makes the reader as new: positions start at 0 again, and the bytes that it was given are
   no longer needed. Legal everywhere. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL. */
NUMRES_API numres_code numres_reader_reset(numres_reader *reader);

/*
 * Gives the reader the next `length` bytes of the stream, in chunks of any size. It is
 * legal at the start and after NUMRES_EVENT_NEED_BYTES. The bytes are not copied: they must
 * stay in place and unchanged until the next NUMRES_EVENT_NEED_BYTES, END or ERROR. `bytes`
 * may be NULL when `length` is 0.
 *
 * Returns NUMRES_OK; after an error, its code; or NUMRES_WRONG_USE, which changes nothing,
 * for NULL, while earlier bytes are not all read, and after finish.
 */
NUMRES_API numres_code numres_reader_feed(numres_reader *reader, const void *bytes, size_t length);

/* Says that the stream has ended. It is legal when numres_reader_feed is, and returns the
   same. The events that follow tell whether the stream was valid. */
NUMRES_API numres_code numres_reader_finish(numres_reader *reader);

/*
 * Reads on to the next event and returns it. What the previous event gave is no longer
 * valid. NUMRES_EVENT_END and NUMRES_EVENT_ERROR are returned again until reset, and
 * NUMRES_EVENT_NEED_BYTES until bytes are fed or the stream is finished. Returns
 * NUMRES_EVENT_ERROR for NULL.
 */
NUMRES_API numres_event numres_reader_next(numres_reader *reader);

/*
 * Return what the event of the last numres_reader_next() gave. The reader owns it; it is
 * valid until the next numres_reader_next(), reset or destroy. Return NULL if the event was
 * another one, and for NULL. A phone number's `reservation` has what was known of it at
 * that point.
 */
NUMRES_API const numres_reservation *numres_reader_reservation(const numres_reader *reader);
NUMRES_API const numres_phone_number *numres_reader_phone_number(const numres_reader *reader);
NUMRES_API const numres_meta *numres_reader_meta(const numres_reader *reader);
NUMRES_API const numres_api_error *numres_reader_api_error(const numres_reader *reader);
NUMRES_API const numres_document *numres_reader_document(const numres_reader *reader);
NUMRES_API const numres_problem *numres_reader_problem(const numres_reader *reader);
NUMRES_API const numres_error *numres_reader_error(const numres_reader *reader);

/* Returns that event's position in bytes from the stream's start: that of the byte just
   after what the event reports; for END, ERROR and NEED_BYTES, how many bytes were taken in
   all. Returns 0 for NULL. */
NUMRES_API uint64_t numres_reader_position(const numres_reader *reader);

#ifdef __cplusplus
}
#endif

#endif
