/*
 * Arrow: rows as columns. An ArrowArrayStream (Arrow's C stream interface) that reads
 * documents from a source of bytes and gives batches of rows to DuckDB and other engines.
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
 * Release it when the engine does not use it any more: DuckDB's duckdb_arrow_scan() points
 * to it as long as its view is there.
 *
 * A row is a phone number with the members of its reservation; a reservation without
 * phone numbers is one row in which the columns of the number are null. The columns:
 *
 *   - those of CSV (NUMRES_FORMAT_CSV), with the names and in the order of its header:
 *     texts as utf8; statuses as utf8 with a dictionary and int32 indices; timestamps as
 *     timestamp[us, UTC]; booleans as bool; integers as uint64
 *   - reservation_index and number_index, as uint64: a reservation's place in the data
 *     array of its document, and a number's in its reservation
 *   - with the option timestamp_texts, one utf8 column for each timestamp, with its name
 *     and "_text" after it: the text as it came
 *
 * All are null where the member is absent or null, is an array or an object, or where
 * there is no number. A rejected text is there as it came, as in CSV, up to
 * NUMRES_RAW_TEXT_LENGTH bytes of it; a rejected timestamp, boolean or integer is null. A
 * timestamp's digits after the microsecond are dropped, and a leap second is the second
 * that follows it, so that every timestamp of RFC 3339 has a value.
 *
 * Each batch has dictionaries of its own: first the documented statuses, in the order of
 * numres/statuses.h, then the others that came. One of these may be there twice.
 */
#ifndef NUMRES_ARROW_H
#define NUMRES_ARROW_H

#include "parser.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The structs of the Arrow C data interface and the Arrow C stream interface, as their
 * specifications have them, within the guards that these prescribe, since other headers
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
    void *private_data;                    /* of whom it comes from */
};

/* An array: its values in buffers. */
struct ArrowArray {
    int64_t length;                /* in values */
    int64_t null_count;            /* -1: not counted */
    int64_t offset;                /* values in the buffers before the first one */
    int64_t n_buffers;             /* as the type has them */
    int64_t n_children;            /* columns of a batch */
    const void **buffers;          /* the first one is the validity bitmap; NULL: nothing is null */
    struct ArrowArray **children;  /* the columns */
    struct ArrowArray *dictionary; /* its values, or NULL */

    void (*release)(struct ArrowArray *); /* NULL: it was released or moved */
    void *private_data;                   /* of whom it comes from */
};

#endif

/* As above. */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/* Arrays of one type, one after the other. */
struct ArrowArrayStream {
    /* 0, or an errno code. The schema, and an array, are the caller's to release; at the
       end of the stream the array's release is NULL. */
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    /* What went wrong in the last call, or NULL; valid until the next one. */
    const char *(*get_last_error)(struct ArrowArrayStream *);

    void (*release)(struct ArrowArrayStream *); /* NULL: it was released or moved */
    void *private_data;                         /* of whom it comes from */
};

#endif

/*
 * Reads the next bytes to `buffer`, at most `size`, which is at least 1. Returns how many
 * they are; 0 at the end; a negative number if it fails. POSIX's read() is nearly one.
 * It must return: no longjmp, no exception.
 */
typedef int64_t (*numres_read_function)(void *buffer, size_t size, void *context);

/* Where a stream's bytes come from. ABI: frozen for ever. */
typedef struct numres_arrow_source {
    numres_read_function read;      /* called in get_next alone */
    void (*release)(void *context); /* called once as the stream is released; may be NULL */
    void *context;                  /* passed to both */
} numres_arrow_source;

/* The default of batch_rows, and the largest. */
#define NUMRES_DEFAULT_BATCH_ROWS 4096
#define NUMRES_LARGEST_BATCH_ROWS 1048576

/* How a stream reads. Start from numres_arrow_options_default(). ABI: the caller makes it,
   and it may grow at its end; see numres_options. */
typedef struct numres_arrow_options {
    size_t size; /* sizeof(numres_arrow_options) */

    /* The parser's, copied; NULL: the defaults. For pages one after the other in one
       stream, set several_documents. Their allocator gives all memory, and takes that of
       an array or a schema back on the thread that releases it. */
    const numres_options *parser;
    /* Rows of a batch, 1 to NUMRES_LARGEST_BATCH_ROWS; only the last one has fewer. But
       there are never so many that a column of texts of max_value_length could have more
       than 2^31-1 bytes: 131,071 with the default of 16 KiB. */
    size_t batch_rows;
    /* How many bytes of memory the stream may hold, with the parser and the rows that
       wait for their batch or for their reservation's end, but not the batches that were
       given away; 0: no limit. Beyond it, NUMRES_STREAM_FULL ends the stream. What waits
       is at most a batch and the largest reservation. Besides its rows, a batch takes
       about 1 KB and as much again for each column with values: batches of few rows make
       long reservations large. A reservation's texts stand in each of its rows: without a
       limit, a page of 60 KB can make a batch of 130 MB. */
    uint64_t max_bytes;
    /* With a column of text for each timestamp. */
    bool timestamp_texts;
    /* Called as the parser calls them, in get_next; copied; NULL: none. Of the parser, they
       may only ask for its position; numres_parser_user() is the stream's own there. NUMRES_PAUSE
       is NUMRES_GO_ON. Without an on_api_error, the first API error ends the stream with
       NUMRES_REFUSED: a page of errors is not an empty page. A handler may leave get_next by
       longjmp or by a C++ exception: then the stream can only be released. A get_next after that,
       or inside a handler, returns EINVAL (NUMRES_WRONG_USE) and ends the stream. */
    const numres_handlers *handlers;
    void *user; /* passed to them */
} numres_arrow_options;

/* The documented defaults, with the size set: start from this. */
static inline numres_arrow_options numres_arrow_options_default(void) {
    numres_arrow_options options = {
        sizeof(numres_arrow_options), NULL, NUMRES_DEFAULT_BATCH_ROWS, 0, false, NULL, NULL};
    return options;
}

/* The same for other languages, as numres_error_init. */
NUMRES_API void numres_arrow_options_init(numres_arrow_options *options, size_t size);

/*
 * Makes *stream, a struct of the caller's, a stream of what the source gives. `options` may
 * be NULL (the defaults). `source` is copied; its context is the stream's from now on.
 *
 * Returns NUMRES_OK; the caller, or whom it gives the stream to, calls stream->release.
 * Otherwise NUMRES_WRONG_USE (NULL, no read function, a size is not set),
 * NUMRES_WRONG_OPTION (an option out of its range or not known), NUMRES_NO_MEMORY or
 * NUMRES_STREAM_FULL (max_bytes is less than an empty stream takes: what
 * numres_parser_size says, and less than 80 KiB more, most of it for a chunk of the
 * input); then stream->release is NULL, and the source is the caller's as before.
 *
 * The stream's calls return 0; ENOMEM for NUMRES_NO_MEMORY and NUMRES_STREAM_FULL; EIO if
 * the read function failed (NUMRES_READ_FAILED); EINVAL for every other error of the input
 * or of a handler. get_last_error then says the code's name, the offset, the JSON path and
 * what is wrong. An error ends the stream: the rows of reservations that were complete
 * before it come first, as a last batch, and then get_next returns it each time.
 *
 * Where NUMRES_NO_MEMORY, NUMRES_STREAM_FULL or a handler ended it, offset and path are
 * those of where the parser stood, which is after the record: data[2] if data[1] could not
 * be kept. Where reading failed, the offset is the end of what was read, and the path is
 * of the innermost value of it that the parser has seen begin.
 *
 * What is given away does not need the stream: arrays and schemas, and each child and
 * dictionary of them that was moved out, may outlive it and one another, and may be
 * released on any thread. A stream is used by one thread at a time; any number run in
 * parallel.
 */
NUMRES_API numres_code numres_arrow_stream_create(struct ArrowArrayStream *stream,
                                                  const numres_arrow_source *source,
                                                  const numres_arrow_options *options);

/* The error that ended the stream, or one with code NUMRES_OK. Owned by the stream, valid
   until its release. NULL for NULL and for what is not a stream of numres, or is a released
   one. */
NUMRES_API const numres_error *numres_arrow_stream_error(const struct ArrowArrayStream *stream);

#ifdef __cplusplus
}
#endif

#endif
