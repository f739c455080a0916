/*
 * The writer: writes records as JSON, NDJSON, CSV or TSV through a function of the caller.
 * It does no I/O of its own and allocates nothing: it lives in memory that the caller
 * gives.
 */
#ifndef NUMRES_WRITER_H
#define NUMRES_WRITER_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Writes records. It lives in the caller's memory. */
typedef struct numres_writer numres_writer;

/* What the writer writes. Numbers are part of the ABI. */
typedef enum numres_format NUMRES_ENUM_TYPE {
    /* One document with all reservations, {"data":[...]}. */
    NUMRES_FORMAT_JSON = 0,
    /* The same, indented by two spaces. */
    NUMRES_FORMAT_JSON_PRETTY = 1,
    /* One reservation per line, with its phone_numbers inside. */
    NUMRES_FORMAT_NDJSON = 2,
    /* RFC 4180 with a header row and one row per phone number. A reservation without
       numbers is one row with the number's fields empty. Rows end in CR LF. */
    NUMRES_FORMAT_CSV = 3,
    /* The same with tabs between the fields and rows that end in LF. No field is quoted:
       TAB, LF, CR and backslash are written as \t \n \r \\, as jq's @tsv does. */
    NUMRES_FORMAT_TSV = 4
} NUMRES_ENUM_SIZE numres_format;

/*
 * Takes `length` bytes of output, at least 1, which it may read during the call only.
 * Returns how many it took. Any other number than `length` is a failure, also the -1 of
 * POSIX's write(): the writer remembers it and writes no more. It must not call the writer,
 * and must return: no longjmp, no exception.
 */
typedef size_t (*numres_write_function)(const void *bytes, size_t length, void *context);

/* What the writer writes. ABI: the caller makes it, and it may grow at its end; see
   numres_options. */
typedef struct numres_writer_options {
    size_t size; /* sizeof(numres_writer_options) */
    numres_format format;
    /* CSV and TSV: leave formulas as they are. Otherwise a ' is written before a field that
       spreadsheets take for a formula: one that starts with = + - @ or their full-width
       forms (U+FF1D U+FF0B U+FF0D U+FF20), TAB, LF or CR, but not with + or - followed by
       digits only. In TSV, such a character after quotes counts too. A CSV field in which
       one of these follows ; or | is quoted: spreadsheets can split there. */
    bool keep_formulas;
    /* CSV: the separator of fields, ',' or ';'; 0 means ','. */
    char separator;
    /* CSV and TSV: write valid timestamps as YYYY-MM-DD hh:mm:ss, in UTC and without a
       fraction, which spreadsheets take for times. One whose year in UTC does not have four
       digits is written as it came. */
    bool plain_times;
} numres_writer_options;

/* Returns the defaults, JSON and formulas defused, with `size` set. Start from this. */
static inline numres_writer_options numres_writer_options_default(void) {
    numres_writer_options options = {sizeof(numres_writer_options), NUMRES_FORMAT_JSON, false, 0,
                                     false};
    return options;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_writer_options_init(numres_writer_options *writer_options, size_t size);

/* Returns the size of a writer in bytes. Any thread may call it. */
NUMRES_API size_t numres_writer_size(void);

/*
 * Makes a writer in `memory` of `size` bytes, at any alignment, which the caller owns and
 * keeps in place as long as it writes. There is nothing to destroy. `options` is copied;
 * NULL means the defaults. `context` is passed to `write`.
 *
 * Returns NUMRES_OK and sets *writer. Otherwise sets *writer to NULL and returns
 * NUMRES_WRONG_USE (`writer` or `write` is NULL, or the options' size is not set),
 * NUMRES_WRONG_OPTION (unknown format or separator, or an option that this version does not
 * know) or NUMRES_NO_MEMORY (`memory` is NULL, or `size` is too small).
 *
 * Only one thread may use a writer at a time.
 */
NUMRES_API numres_code numres_writer_create_in(numres_writer **writer, void *memory, size_t size,
                                               const numres_writer_options *options,
                                               numres_write_function write, void *context);

/*
 * Make the calls below in the order of the output: for each reservation begin, its phone
 * numbers, end; and at last, once, finish. Members are written in the documentation's
 * order: an absent one not at all (in CSV and TSV, as an empty field), a null one as null,
 * text and timestamps as they came, a rejected value as a string of its raw text (a
 * container as null). CSV and TSV show control characters, and those that change the
 * direction of text, as \u and four digits. A parser keeps NUMRES_RAW_TEXT_LENGTH bytes of raw
 * text; a longer one is cut between characters. phone_numbers is written if the reservation has it
 * or a number is written.
 *
 * The records must be ones that a parser handed out (inside their callback), a reader
 * (until its next event) or a collection, or copies made by numres_..._copy. They stay the
 * caller's. A phone number is read during its call only. A reservation must stay in place
 * and unchanged from begin until end_reservation, or a finish that ends it, returns. A
 * parser's reservation is valid inside its callback only: make all these calls there, with
 * copies of its phone numbers. A copy of a reservation lives as long as its memory.
 *
 * Each returns NUMRES_OK; NUMRES_WRITE_FAILED if the write function did not take what it was
 * given, in this or an earlier call; or NUMRES_WRONG_USE, which changes nothing, for NULL,
 * a call out of order, a record of another kind or one that is no longer valid, and a copy
 * by assignment (unless of a collection's reservation or number). Never pass a parser's
 * record after its callback: once the next record of that kind has begun, it
 * cannot be told from the old one.
 */
NUMRES_API numres_code numres_writer_begin_reservation(numres_writer *writer,
                                                       const numres_reservation *reservation);
NUMRES_API numres_code numres_writer_phone_number(numres_writer *writer,
                                                  const numres_phone_number *phone_number);
NUMRES_API numres_code numres_writer_end_reservation(numres_writer *writer);

/* Ends the output: closes the document of the JSON formats, or writes the header row if
   there was no reservation. A reservation that is still open is ended first, so that the
   output is complete after an error too. */
NUMRES_API numres_code numres_writer_finish(numres_writer *writer);

/*
 * Copies of records, which outlive their callback. (To keep many records, use a collection:
 * numres/collection.h.) A copy is one block: the record, then all its text, including what
 * numres_..._raw() returns; null, true and false belong to the library. Its address is
 * `memory`, which must be aligned for any type. A copy may be copied again, but not moved
 * by memcpy, since it points into itself: a moved copy is refused, as a copy by assignment
 * is. A copied phone number's `reservation` is NULL.
 *
 * Return how many bytes the copy takes. If that is more than `size`, nothing is written
 * (`memory` may be NULL when `size` is 0). Return 0 for NULL, for a record that is no
 * longer valid (as above, this is not noticed once the next one of its kind has begun), and
 * for a copy by assignment, unless of a collection's reservation or number. The copy is
 * (const numres_reservation *)memory, and so on.
 */
NUMRES_API size_t numres_reservation_copy(const numres_reservation *reservation, void *memory,
                                          size_t size);
NUMRES_API size_t numres_phone_number_copy(const numres_phone_number *phone_number, void *memory,
                                           size_t size);
NUMRES_API size_t numres_api_error_copy(const numres_api_error *api_error, void *memory,
                                        size_t size);

#ifdef __cplusplus
}
#endif

#endif
