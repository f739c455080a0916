/*
 * Arrow: rows as columns. Makes an ArrowArrayStream (Arrow's C stream interface) that
 * reads documents from a source of bytes and gives batches of rows to DuckDB and other
 * engines.
 *
 *     struct ArrowArrayStream stream;
 *     numres_arrow_source source = {read_file, close_file, file};
 *     numres_code code = numres_arrow_stream_create(&stream, &source, NULL);
 *     if (code == NUMRES_OK) {
 *         give_to_the_engine(&stream);
 *         if (stream.release != NULL) // the engine has neither moved nor released it
 *             stream.release(&stream);
 *     }
 *
 * Release it only when the engine no longer uses it: DuckDB's duckdb_arrow_scan() points to
 * it as long as its view exists.
 *
 * A row is a phone number with the members of its reservation. A reservation without
 * phone numbers is one row whose number columns are null. The columns:
 *
 *   - those of CSV (NUMRES_FORMAT_CSV), with the names and in the order of its header:
 *     texts as utf8; statuses as utf8 with a dictionary and int32 indices; timestamps as
 *     timestamp[us, UTC]; booleans as bool; integers as uint64
 *   - reservation_index and number_index, as uint64: a reservation's place in the data
 *     array of its document, and a number's in its reservation
 *   - with the option timestamp_texts, one utf8 column for each timestamp, named after it
 *     with "_text" added: the text as it came
 *
 * A value is null if the member is absent, null, an array or an object, or if there is no
 * number. A rejected text is given as it came, as in CSV, up to NUMRES_RAW_TEXT_LENGTH bytes
 * of it; a rejected timestamp, boolean or integer is null. A timestamp's digits after the
 * microsecond are dropped, and a leap second becomes the second that follows it, so that
 * every RFC 3339 timestamp has a value.
 *
 * Each batch has its own dictionaries: first the documented statuses, in the order of
 * numres/statuses.h, then the others that came. One of the others may appear several times.
 */
#ifndef NUMRES_ARROW_H
#define NUMRES_ARROW_H

#include "parser.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The structs of the Arrow C data interface and the Arrow C stream interface, as their
 * specifications give them, inside the guards that these prescribe, since other headers
 * define them too. They say who releases what, and when:
 * https://arrow.apache.org/docs/format/CDataInterface.html
 * https://arrow.apache.org/docs/format/CStreamInterface.html
 *
 * ABI: frozen for ever, by Apache Arrow.
 */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1 /* the dictionary's order means something */
#define ARROW_FLAG_NULLABLE 2           /* values may be null */
#define ARROW_FLAG_MAP_KEYS_SORTED 4    /* of a map: its keys are sorted */

/* The type of an array. */
struct ArrowSchema {
    const char *format;             /* the type, in letters: "u" is utf8 */
    const char *name;               /* NUL-terminated; may be NULL */
    const char *metadata;           /* pairs of keys and values; may be NULL */
    int64_t flags;                  /* ARROW_FLAG_... bits */
    int64_t n_children;             /* columns of a table */
    struct ArrowSchema **children;  /* their types */
    struct ArrowSchema *dictionary; /* the type of the dictionary's values, or NULL */

    void (*release)(struct ArrowSchema *); /* NULL: it was released or moved */
    void *private_data;                    /* the producer's own */
};

/* An array: its values in buffers. */
struct ArrowArray {
    int64_t length;                /* in values */
    int64_t null_count;            /* -1: not counted */
    int64_t offset;                /* values in the buffers before the first one */
    int64_t n_buffers;             /* how many the type has */
    int64_t n_children;            /* columns of a batch */
    const void **buffers;          /* the first one is the validity bitmap; NULL: nothing is null */
    struct ArrowArray **children;  /* the columns */
    struct ArrowArray *dictionary; /* the dictionary's values, or NULL */

    void (*release)(struct ArrowArray *); /* NULL: it was released or moved */
    void *private_data;                   /* the producer's own */
};

#endif

/* As above. */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/* Arrays of one type, one after the other. */
struct ArrowArrayStream {
    /* Return 0 or an errno code. The schema or array is the caller's to release; at the end
       of the stream, the array's release is NULL. */
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    /* Returns what went wrong in the last call, or NULL; valid until the next call. */
    const char *(*get_last_error)(struct ArrowArrayStream *);

    void (*release)(struct ArrowArrayStream *); /* NULL: it was released or moved */
    void *private_data;                         /* the producer's own */
};

#endif

/*
 * Reads the next bytes into `buffer`, at most `size`, which is at least 1. Returns how many
 * were read; 0 at the end; a negative number if it fails. POSIX's read() is nearly one. It
 * must return: no longjmp, no exception.
 */
typedef int64_t (*numres_read_function)(void *buffer, size_t size, void *context);

/* Where a stream's bytes come from. ABI: frozen for ever. */
typedef struct numres_arrow_source {
    numres_read_function read;      /* called only in get_next */
    void (*release)(void *context); /* called once, when the stream is released; may be NULL */
    void *context;                  /* passed to both */
} numres_arrow_source;

/* The default of batch_rows, and the largest. */
#define NUMRES_DEFAULT_BATCH_ROWS 4096
#define NUMRES_LARGEST_BATCH_ROWS 1048576

/* How a stream reads. Start from numres_arrow_options_default(). ABI: the caller makes it,
   and it may grow at its end; see numres_options. */
typedef struct numres_arrow_options {
    size_t size; /* sizeof(numres_arrow_options) */

    /* The parser's options, copied; NULL means the defaults. To read several pages one
       after the other, set several_documents. Their allocator gives all memory. It takes
       the memory of an array or a schema back on the thread that releases it. */
    const numres_options *parser;
    /* Rows of a batch, 1 to NUMRES_LARGEST_BATCH_ROWS; only the last one has fewer. But a
       batch never has so many rows that a column of texts of max_value_length could exceed
       2^31-1 bytes; the most is 131,071 with the default of 16 KiB. */
    size_t batch_rows;
    /* How many bytes of memory the stream may hold; 0: no limit. This includes the parser
       and the rows that wait for their batch or for the end of their reservation, but not
       the batches that were given away. Above the limit, NUMRES_STREAM_FULL ends the
       stream. What waits is at most a batch and the largest reservation. Besides its rows,
       a batch takes about 12 KB, or 15 KB with timestamp_texts, since each column has
       memory of its own, with values or without: with few rows per batch, long reservations
       take much memory. A reservation's texts are repeated in each of its rows: without a
       limit, a page of 60 KB can make a batch of 130 MB. */
    uint64_t max_bytes;
    /* Add a column of text for each timestamp. */
    bool timestamp_texts;
    /* Called as the parser calls them, in get_next; copied; NULL: none. Of the parser, they
       may only ask for its position; its numres_parser_user() is the stream's own.
       NUMRES_PAUSE means NUMRES_GO_ON. Without an on_api_error, the first API error ends
       the stream with NUMRES_REFUSED: a page of errors is not an empty page. A handler may
       leave get_next by longjmp or by a C++ exception. After that, the stream can only be
       released: a get_next then, as one inside a handler, returns EINVAL (NUMRES_WRONG_USE)
       and ends the stream. */
    const numres_handlers *handlers;
    void *user; /* passed to the handlers */
} numres_arrow_options;

/* Returns the documented defaults, with `size` set. Start from this. */
static inline numres_arrow_options numres_arrow_options_default(void) {
    numres_arrow_options options = {sizeof(numres_arrow_options),
                                    NUMRES_NULL,
                                    NUMRES_DEFAULT_BATCH_ROWS,
                                    0,
                                    false,
                                    NUMRES_NULL,
                                    NUMRES_NULL};
    return options;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_arrow_options_init(numres_arrow_options *options, size_t size);

/*
 * Turns *stream, a struct of the caller's, into a stream of what the source gives.
 * `options` may be NULL (the defaults). `source` is copied; its context belongs to the
 * stream from now on.
 *
 * Returns NUMRES_OK; the caller, or whoever it gives the stream to, must call
 * stream->release. Otherwise sets stream->release to NULL, leaves the source to the caller,
 * and returns NUMRES_WRONG_USE (NULL, no read function, a size is not set),
 * NUMRES_WRONG_OPTION (an option is out of its range or not known), NUMRES_NO_MEMORY or
 * NUMRES_STREAM_FULL (max_bytes is less than an empty stream takes: what numres_parser_size
 * says, and less than 80 KiB more, most of it for a chunk of the input).
 *
 * The stream's calls return 0; ENOMEM for NUMRES_NO_MEMORY and NUMRES_STREAM_FULL; EIO if
 * the read function failed (NUMRES_READ_FAILED); EINVAL for every other error of the input
 * or of a handler. get_last_error then gives the code's name, the offset, the JSON path and
 * what is wrong. An error ends the stream: get_next first returns the rows of the
 * reservations that were complete before it, as a last batch, and after that the error each
 * time.
 *
 * If NUMRES_NO_MEMORY, NUMRES_STREAM_FULL or a handler ended the stream, offset and path
 * are where the parser was, after the record: data[2] if data[1] could not be kept. If
 * reading failed, the offset is the end of what was read, and the path is that of the
 * innermost value in it that the parser has seen begin.
 *
 * Arrays and schemas that were given away do not need the stream. They, and each child and
 * dictionary that was moved out of them, may outlive it and one another, and may be
 * released on any thread. Only one thread may use a stream at a time; any number of streams
 * may run in parallel.
 */
NUMRES_API numres_code numres_arrow_stream_create(struct ArrowArrayStream *stream,
                                                  const numres_arrow_source *source,
                                                  const numres_arrow_options *options);

/* Returns the error that ended the stream, or one with code NUMRES_OK. The stream owns it;
   it is valid until the stream's release. Returns NULL for NULL, for a stream that is not
   of numres, and for a released one. */
NUMRES_API const numres_error *numres_arrow_stream_error(const struct ArrowArrayStream *stream);

#ifdef __cplusplus
}
#endif

#endif
