/* The records, their masks, statuses, codes, problems and errors. */
#ifndef NUMRES_TYPES_H
#define NUMRES_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "members.h"
#include "statuses.h"
#include "timestamp.h"
#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * UTF-8 text, unescaped. It may contain NUL bytes and is not NUL-terminated: use the
 * length. A record's texts are valid as long as the record; a parser's record is valid
 * during its callback only. `bytes` is never NULL in a text that the library hands out,
 * except in that of numres_text_from(NULL).
 *
 * ABI: frozen for ever.
 */
typedef struct numres_text {
    const char *bytes; /* the text, not NUL-terminated */
    size_t length;     /* in bytes */
} numres_text;

/* The statuses that the API documents, NUMRES_STATUS_PENDING and so on, made from the table
   in numres/statuses.h. Any other status is UNKNOWN. */
#define NUMRES_STATUS_CONSTANT(NAME, NUMBER, word, COUNTS_AS, SOURCE) NUMRES_STATUS_##NAME = NUMBER,
#define NUMRES_STATUS_ONE_MORE(NAME, NUMBER, word, COUNTS_AS, SOURCE) +1

typedef enum numres_status NUMRES_ENUM_TYPE {
    NUMRES_STATUSES(NUMRES_STATUS_CONSTANT) NUMRES_STATUS_UNKNOWN = 0
} NUMRES_ENUM_SIZE numres_status;

/* How many statuses this header knows, including UNKNOWN: the size of an array that a
   status indexes. */
enum { NUMRES_STATUS_COUNT = 1 NUMRES_STATUSES(NUMRES_STATUS_ONE_MORE) };

#undef NUMRES_STATUS_CONSTANT
#undef NUMRES_STATUS_ONE_MORE

/* A status member: its value, and its text as it came, even if the value is UNKNOWN. ABI:
   frozen for ever. */
typedef struct numres_status_member {
    numres_status value; /* UNKNOWN also if absent, null or invalid */
    numres_text text;    /* as it came */
} numres_status_member;

/* A timestamp member: its instant (all zero if the text is not a timestamp), and its text
   as it came. ABI: frozen for ever. */
typedef struct numres_timestamp_member {
    numres_timestamp value; /* the instant */
    numres_text text;       /* as it came */
} numres_timestamp_member;

/*
 * Member numbers, NUMRES_RESERVATION_ID and so on, made from the table in numres/members.h.
 * In each mask of a record, bit N is for member N:
 *
 *   present  the member was there, whatever its value
 *   null     its value was null
 *   invalid  its value was rejected (a problem was raised for it): the typed
 *            field is neutral (empty, zero, unknown), and numres_..._raw()
 *            returns the raw text, up to NUMRES_RAW_TEXT_LENGTH bytes of it. A
 *            status and a timestamp have it as their `text` too
 *
 * A field whose member is absent or null is neutral too. numres_has() reads a mask;
 * numres_..._has() tells whether a record has a usable value.
 */
#define NUMRES_NUMBER_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                         \
    NUMRES_##OBJECT##_##NAME = NUMBER,
#define NUMRES_NUMBER_CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                     \
    NUMRES_##OBJECT##_##NAME = NUMBER,
#define NUMRES_ONE_MORE_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) +1
#define NUMRES_ONE_MORE_CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) +1

typedef enum numres_reservation_member NUMRES_ENUM_TYPE {
    NUMRES_RESERVATION_MEMBERS(NUMRES_NUMBER_VALUE, NUMRES_NUMBER_CONTAINER)
} NUMRES_ENUM_SIZE numres_reservation_member;

typedef enum numres_phone_number_member NUMRES_ENUM_TYPE {
    NUMRES_PHONE_NUMBER_MEMBERS(NUMRES_NUMBER_VALUE, NUMRES_NUMBER_CONTAINER)
} NUMRES_ENUM_SIZE numres_phone_number_member;

typedef enum numres_meta_member NUMRES_ENUM_TYPE {
    NUMRES_META_MEMBERS(NUMRES_NUMBER_VALUE, NUMRES_NUMBER_CONTAINER)
} NUMRES_ENUM_SIZE numres_meta_member;

typedef enum numres_api_error_member NUMRES_ENUM_TYPE {
    NUMRES_API_ERROR_RECORD(NUMRES_NUMBER_VALUE, NUMRES_NUMBER_CONTAINER)
} NUMRES_ENUM_SIZE numres_api_error_member;

/* How many members of each record this header knows. The counts grow as members are added. */
enum {
    NUMRES_RESERVATION_MEMBER_COUNT =
        0 NUMRES_RESERVATION_RECORD(NUMRES_ONE_MORE_VALUE, NUMRES_ONE_MORE_CONTAINER),
    NUMRES_PHONE_NUMBER_MEMBER_COUNT =
        0 NUMRES_PHONE_NUMBER_RECORD(NUMRES_ONE_MORE_VALUE, NUMRES_ONE_MORE_CONTAINER),
    NUMRES_META_MEMBER_COUNT =
        0 NUMRES_META_RECORD(NUMRES_ONE_MORE_VALUE, NUMRES_ONE_MORE_CONTAINER),
    NUMRES_API_ERROR_MEMBER_COUNT =
        0 NUMRES_API_ERROR_RECORD(NUMRES_ONE_MORE_VALUE, NUMRES_ONE_MORE_CONTAINER)
};

#undef NUMRES_NUMBER_VALUE
#undef NUMRES_NUMBER_CONTAINER
#undef NUMRES_ONE_MORE_VALUE
#undef NUMRES_ONE_MORE_CONTAINER

/* Returns whether a mask (present, null, invalid) has the bit of `member`, which must be
   less than 32. */
static inline bool numres_has(uint32_t mask, unsigned int member) {
    return ((mask >> member) & 1u) != 0;
}

/* The same as a function of the library, for languages that cannot call inline ones.
   Returns false if `member` is 32 or more. Any thread may call it. */
NUMRES_API bool numres_mask_has(uint32_t mask, unsigned int member);

/*
 * Texts and C strings. `string` is the caller's. Any thread may call these.
 *
 * numres_text_from returns the string as a text, without copying it. NULL gives a text of
 * NULL and length 0.
 *
 * numres_text_equals returns whether the text equals the string, byte for byte. A text that
 * contains a NUL equals no string. A text of length 0 equals "", whatever its `bytes`.
 * Returns false if `string` is NULL.
 */
NUMRES_API numres_text numres_text_from(const char *string);
NUMRES_API bool numres_text_equals(numres_text text, const char *string);

/*
 * Returns whether the text is an international number (ITU-T E.164 section 6), as
 * options.check_e164 demands: a plus sign and 2 to 15 digits, the first not 0. It does not
 * check which country codes exist. Returns false for a text of NULL. Any thread may call
 * it.
 */
NUMRES_API bool numres_is_e164(numres_text text);

/*
 * Copies the text to `buffer` of `size` bytes, followed by a NUL.
 *
 * Returns the text's length. If that is `size` or more, only an empty string was written,
 * never a part of the text (`buffer` may be NULL when `size` is 0). If the text contains
 * NULs, strlen(buffer) is less than that length. Any thread may call it.
 */
NUMRES_API size_t numres_text_copy(numres_text text, char *buffer, size_t size);

/*
 * Records. Read their fields and copy what you keep: a parser's record and all its text are
 * gone after the callback. numres_..._copy() (numres/writer.h) makes a whole copy that
 * outlives it.
 *
 * A copy by assignment keeps integers, statuses, times and masks, but not texts. This is
 * all that the pager needs of a meta. Calls that need more than the struct refuse such a
 * copy: numres_..._raw(), numres_..._copy() and the writer. They accept that of a
 * collection's reservation or phone number: see numres/collection.h.
 *
 * ABI: the library alone makes them, and they may grow at their end: never rely on their
 * size.
 */
typedef struct numres_reservation {
    const void *made_at; /* the library's own: where it made this record */
    /* Its place in the data array, from 0, counting those left out before it; 0 for a
       single or bare one. */
    uint64_t index;
    uint32_t present, null, invalid;
    numres_text id;          /* opaque: documented as a UUID, others exist */
    numres_text record_type; /* "number_reservation" */
    numres_status_member status;
    numres_text customer_reference;
    numres_timestamp_member created_at;
    numres_timestamp_member updated_at;
    numres_text errors;
    /* Elements of phone_numbers read so far; in on_reservation, all of them. */
    uint64_t phone_number_count;
    numres_text user_id; /* in real responses, though not documented */
} numres_reservation;

/* ABI: as numres_reservation. */
typedef struct numres_phone_number {
    const void *made_at; /* the library's own */
    /* Its place in phone_numbers, from 0, counting those left out before it. */
    uint64_t index;
    uint32_t present, null, invalid;
    numres_text id;
    numres_text record_type;  /* "reserved_phone_number" */
    numres_text phone_number; /* usually E.164; redacted forms exist */
    numres_status_member status;
    numres_timestamp_member created_at;
    numres_timestamp_member updated_at;
    numres_timestamp_member expired_at;
    numres_text errors; /* "" means none */
    /* The reservation around it, as far as it was read: members may come in any order, and
       its masks say which are there. NULL in a copy made by numres_phone_number_copy(). */
    const numres_reservation *reservation;
    bool expired; /* in real responses, though not documented */
} numres_phone_number;

/* ABI: as numres_reservation. */
typedef struct numres_meta {
    const void *made_at; /* the library's own */
    uint32_t present, null, invalid;
    /* Integers from 0 to 2^63-1, written in at most NUMRES_RAW_TEXT_LENGTH bytes; 2.0,
       20e-1 and 2 are the same. */
    uint64_t total_pages;
    uint64_t page_number;
    uint64_t total_results;
    uint64_t page_size;
} numres_meta;

/*
 * An error that the API returned. The documented shape is an object in the array errors. If
 * an element is a string, it becomes the `message`.
 *
 * Servers and gateways use other shapes too. If a document has neither data nor an element
 * of errors, one API error is made from its root, with of_root set: from the members code,
 * title, detail, description, message and type, from error and error_description (RFC 6749
 * section 5.2), and from the members of an object error or errors. It may have no text at
 * all, if the refusal has an unknown shape.
 *
 * ABI: as numres_reservation.
 */
typedef struct numres_api_error {
    const void *made_at; /* the library's own */
    /* Its place in the errors array, from 0; 0 with of_root. */
    uint64_t index;
    uint32_t present, null, invalid;
    /* Each may be empty: show code, title and detail together. */
    numres_text code; /* a string, or the digits of an integer written as digits alone */
    numres_text title;
    /* The member detail; if that is absent, null or rejected, the older description; if
       that is too, the message. An empty string counts as a value. */
    numres_text detail;
    numres_text description;
    numres_text source_pointer;
    numres_text source_parameter;
    numres_text meta_url;
    numres_text message; /* sent by other servers in place of title and detail */
    numres_text type;    /* a word or URI for the kind of error (RFC 9457 section 3.1.1) */
    bool of_root;        /* made from the root's members, not from an element of errors */
} numres_api_error;

/* The envelopes of a document: bits of numres_document.envelopes. */
#define NUMRES_ENVELOPE_LIST 1u   /* data was an array, or null: an empty list */
#define NUMRES_ENVELOPE_SINGLE 2u /* data was an object */
#define NUMRES_ENVELOPE_ERRORS 4u /* errors was an array; beside data, one with elements */
#define NUMRES_ENVELOPE_BARE 8u   /* the root was a reservation (option) */

/* What on_document_end is told of a document. ABI: as numres_reservation. */
typedef struct numres_document {
    uint64_t number;       /* 0 for the first document of the stream */
    uint64_t offset;       /* of its root's first byte, from the stream's start */
    uint64_t length;       /* of its root, in bytes */
    uint32_t envelopes;    /* NUMRES_ENVELOPE_... bits, 0 if there was none */
    uint64_t reservations; /* delivered, like the next two */
    uint64_t phone_numbers;
    uint64_t api_errors;
    uint64_t problems; /* raised, whatever on_problem returned */
    uint64_t left_out; /* records not delivered because on_problem said so */
    /* All elements of the data array, also those not delivered; pass this to
       numres_pager_page_read(). 0 if data is not an array. */
    uint64_t elements;
} numres_document;

/*
 * Return values, errors and problems, all in one list. Numbers are
 * part of the ABI: new codes are added at the end of their part.
 */
typedef enum numres_code NUMRES_ENUM_TYPE {
    NUMRES_OK = 0,     /* all is well */
    NUMRES_PAUSED = 1, /* a handler asked for a pause: call again */

    /* Failed calls. Unless the function says otherwise, they change nothing and the next
       call may succeed. */
    NUMRES_WRONG_USE = 10,    /* NULL, inside a callback, after finish */
    NUMRES_WRONG_OPTION = 11, /* an option out of range, or unknown to this version */
    NUMRES_NO_MEMORY = 12,    /* the allocator failed, or too little memory given */
    NUMRES_WRITE_FAILED = 13, /* the write function did not take what it was given */
    NUMRES_BAD_TEXT = 14,     /* a text that was given contains a NUL, is not UTF-8, is too
                                 long, or is NULL with a length */

    /* Errors. In a parser they end the stream and stay until reset. For 29 to 32, see
       numres/collection.h and numres/arrow.h. */
    NUMRES_SYNTAX = 20,          /* not valid JSON */
    NUMRES_ENCODING = 21,        /* text that is not UTF-8, or half of a surrogate pair */
    NUMRES_BYTE_ORDER_MARK = 22, /* the input begins with a byte order mark */
    NUMRES_TOO_DEEP = 23,        /* more open arrays and objects than max_depth */
    NUMRES_TOO_LARGE = 24,       /* a document of more than max_document_size bytes */
    NUMRES_EMPTY_INPUT = 25,     /* no document at all */
    NUMRES_TRUNCATED = 26,       /* the input ends inside a document */
    NUMRES_TRAILING_BYTES = 27,  /* more bytes after the only document */
    NUMRES_STOPPED = 28,         /* a handler returned STOP */
    NUMRES_COLLECTION_FULL = 29, /* a collection holds as many bytes as its limit allows */
    NUMRES_STREAM_FULL = 30,     /* an Arrow stream holds as many bytes as its limit allows */
    NUMRES_READ_FAILED = 31,     /* the read function of an Arrow stream's source failed */
    NUMRES_REFUSED = 32,         /* an Arrow stream met an API error */

    /* Problems: valid JSON that breaks the schema. Errors with `strict`. */
    NUMRES_UNKNOWN_STATUS = 40,       /* a status that is not in numres/statuses.h */
    NUMRES_BAD_TIMESTAMP = 41,        /* not an RFC 3339 date-time */
    NUMRES_WRONG_TYPE = 42,           /* another JSON type than the documented one */
    NUMRES_WRONG_RECORD_TYPE = 43,    /* record_type names another record */
    NUMRES_DUPLICATE_MEMBER = 44,     /* a member comes a second time; the first value stays */
    NUMRES_INTEGER_OUT_OF_RANGE = 45, /* not an integer from 0 to 2^63-1 */
    NUMRES_VALUE_TOO_LONG = 46,       /* over max_value_length, or max_record_text is used up */
    NUMRES_BAD_PHONE_NUMBER = 47,     /* not E.164 (with check_e164, and in a request), or
                                         empty in a query */
    NUMRES_MISSING_MEMBER = 48,       /* a required member is absent (with require_members) */
    NUMRES_MIXED_ENVELOPE = 49,       /* data and errors in one document */
    NUMRES_NO_ENVELOPE = 50,          /* neither data nor errors at the root */
    NUMRES_UNKNOWN_MEMBER = 51        /* only with the option report_unknown */
} NUMRES_ENUM_SIZE numres_code;

/* Size of a path's buffer. A path of more than NUMRES_PATH_SIZE - 4 bytes is
   cut at a step and ends in "..."; a member's name in it is cut to 64 bytes. It is safe to print:
   control characters in members' names, and those that change the direction of text, are written as
   \u and four digits. */
#define NUMRES_PATH_SIZE 1024

/* The raw text of a problem is cut to this many bytes, between characters. */
#define NUMRES_RAW_TEXT_LENGTH 256

/* What a JSON value is. The numbers are part of the ABI. */
typedef enum numres_json_type NUMRES_ENUM_TYPE {
    NUMRES_JSON_NONE = 0,    /* there is no value */
    NUMRES_JSON_STRING = 1,  /* text in quotes */
    NUMRES_JSON_NUMBER = 2,  /* any number */
    NUMRES_JSON_BOOLEAN = 3, /* true or false */
    NUMRES_JSON_NULL = 4,    /* null */
    NUMRES_JSON_ARRAY = 5,   /* [...] */
    NUMRES_JSON_OBJECT = 6   /* {...} */
} NUMRES_ENUM_SIZE numres_json_type;

/* A value that breaks the schema. A parser's problem is valid inside on_problem, a reader's
   until its next event, a collection's until reset or destroy. `sentence` and `expected`
   are constant. ABI: as numres_reservation. */
typedef struct numres_problem {
    numres_code code;       /* which rule it breaks */
    uint64_t offset;        /* of the value's first byte, from the stream's start;
                               of a missing member: of the closing brace */
    numres_text path;       /* such as data[3].phone_numbers[0].created_at; ends in
                               a NUL that the length does not count */
    numres_text raw;        /* a string decoded, a number or literal as written, empty for a
                               container; cut to NUMRES_RAW_TEXT_LENGTH */
    const char *sentence;   /* what is wrong, in words for a person; constant */
    const char *expected;   /* with NUMRES_WRONG_TYPE: what belongs here, such as "an array";
                               constant. Otherwise NULL */
    numres_json_type found; /* the value's type; NONE for a missing member */
} numres_problem;

/*
 * An error: where and why reading ended.
 *
 * ABI: the library makes the one that numres_parser_error() returns; the caller makes
 * the one for numres_parse(), from numres_error_default(). It may grow at its end; see
 * numres_options.
 */
typedef struct numres_error {
    size_t size;                 /* sizeof(numres_error) */
    numres_code code;            /* NUMRES_OK: there is none */
    uint64_t offset;             /* from the stream's start, in bytes */
    uint64_t document;           /* number of the document it is in, from 0 */
    const char *sentence;        /* what is wrong and what to do; constant */
    char path[NUMRES_PATH_SIZE]; /* NUL-terminated; "(root)" for the root, "" if the
                                    error is not in the input */
} numres_error;

/* Returns a struct without an error, with `size` set. Start from this. */
static inline numres_error numres_error_default(void) {
    numres_error error = {sizeof(numres_error), NUMRES_OK, 0, 0, "", {0}};
    return error;
}

/*
 * The same for languages that cannot call inline functions: writes the default into
 * `error`, which has `size` bytes and is the caller's, and sets its size. If `size` is more
 * than this version's struct, the rest is set to 0. Does nothing if `error` is NULL or
 * `size` is less than sizeof(size_t). Any thread may call it. Every struct that begins with
 * its size has such a function.
 */
NUMRES_API void numres_error_init(numres_error *error, size_t size);

/* Returns the code's name, such as "syntax" or "unknown-status"; "unknown" for a number
   that is not a code. The text is constant. Any thread may call it. */
NUMRES_API const char *numres_code_name(numres_code code);

/* Returns one sentence that explains the code to a person. The text is constant. Any thread
   may call it. */
NUMRES_API const char *numres_code_sentence(numres_code code);

/* Returns the status's word, such as "pending", or "unknown". The text is constant. Any
   thread may call it. */
NUMRES_API const char *numres_status_name(numres_status status);

/* Returns the status that exactly this text names; NUMRES_STATUS_UNKNOWN for any other text
   and for NULL. Any thread may call it. */
NUMRES_API numres_status numres_status_parse(const char *text, size_t length);

/*
 * Return the text of a member as it came: a string decoded, a number or literal as written;
 * empty for a container or an absent member; of an invalid member, at most
 * NUMRES_RAW_TEXT_LENGTH bytes. The text is valid as long as the record.
 *
 * The record must be one that a callback was given, inside that callback; one of a reader
 * or of a collection that is still valid; or one that numres_..._copy() made. NULL, a
 * number that is not a member, and a copy by assignment (unless of a collection's
 * reservation or phone number) give the empty text. Any thread that may read the record may
 * call these.
 */
NUMRES_API numres_text numres_reservation_raw(const numres_reservation *reservation,
                                              unsigned int member);
NUMRES_API numres_text numres_phone_number_raw(const numres_phone_number *phone_number,
                                               unsigned int member);
NUMRES_API numres_text numres_meta_raw(const numres_meta *meta, unsigned int member);
NUMRES_API numres_text numres_api_error_raw(const numres_api_error *api_error, unsigned int member);

/*
 * Return whether the record has a usable value for this member: it is present, not null and
 * not invalid. Return false for NULL and for a number that is not a member. They read only
 * the record's masks, so a copy by assignment will do. Any thread that may read the record
 * may call these.
 */
NUMRES_API bool numres_reservation_has(const numres_reservation *reservation, unsigned int member);
NUMRES_API bool numres_phone_number_has(const numres_phone_number *phone_number,
                                        unsigned int member);
NUMRES_API bool numres_meta_has(const numres_meta *meta, unsigned int member);
NUMRES_API bool numres_api_error_has(const numres_api_error *api_error, unsigned int member);

#ifdef __cplusplus
}
#endif

#endif
