/*
 * The query: makes the list request's path and query string from typed filters. It does no
 * I/O: send what it writes over any transport.
 */
#ifndef NUMRES_QUERY_H
#define NUMRES_QUERY_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No filter by status. */
#define NUMRES_ANY_STATUS UINT32_MAX
/* A page size or page number that is not sent: the API uses its default. */
#define NUMRES_NOT_SENT UINT64_MAX
/* The largest page that the API's documentation allows; the smallest is 1. */
#define NUMRES_LARGEST_PAGE_SIZE 250

/*
 * An instant to compare with: text, which is checked as RFC 3339 and then sent as given; or
 * a timestamp, which is sent as numres_timestamp_format writes it. Neither (NULL and NULL)
 * means no filter. Both are NUMRES_WRONG_OPTION.
 *
 * ABI: frozen for ever.
 */
typedef struct numres_query_instant {
    numres_text text;                  /* an RFC 3339 date-time */
    const numres_timestamp *timestamp; /* or a value */
} numres_query_instant;

/*
 * What to ask for. Nothing is copied: what the pointers point to is the caller's, and is
 * read during the calls below only.
 *
 * Text that is NULL with length 0 means no filter; numres_text_from() makes a text from a C
 * string. All text is UTF-8 without a NUL.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_query {
    size_t size; /* sizeof(numres_query); numres_query_default sets it */

    /* filter[status]: a numres_status, or NUMRES_ANY_STATUS. It is not an enum, so that
       "any" is a value of its own: NUMRES_STATUS_UNKNOWN, which numres_status_parse returns
       for a misspelt status, is refused. */
    uint32_t status;
    /* filter[created_at][gt] and [lt]: created after, before this instant. */
    numres_query_instant created_after;
    numres_query_instant created_before;
    /* filter[phone_numbers.phone_number]: at least one byte. It is not checked as E.164,
       since the API itself lists redacted numbers; see numres_is_e164. */
    numres_text phone_number;
    /* filter[customer_reference]: may be empty ("" with length 0), which asks
       for reservations whose reference is empty. */
    numres_text customer_reference;
    /* page[size]: 1 to NUMRES_LARGEST_PAGE_SIZE, or NUMRES_NOT_SENT. */
    uint64_t page_size;
    /* page[number]: 1 to 2^63-1, or NUMRES_NOT_SENT, which asks for the first page as the
       official SDKs do. For the following pages, see numres/list_pager.h. */
    uint64_t page_number;
} numres_query;

/* Returns a query for all reservations, the first page and the API's page size, with `size`
   set. Start from this. */
static inline numres_query numres_query_default(void) {
    numres_query query = {sizeof(numres_query),
                          NUMRES_ANY_STATUS,
                          {{NUMRES_NULL, 0}, NUMRES_NULL},
                          {{NUMRES_NULL, 0}, NUMRES_NULL},
                          {NUMRES_NULL, 0},
                          {NUMRES_NULL, 0},
                          NUMRES_NOT_SENT,
                          NUMRES_NOT_SENT};
    return query;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_query_init(numres_query *query, size_t size);

/*
 * Checks the query. Returns NUMRES_OK, or the code of the first wrong member, in the
 * struct's order:
 *
 *   NUMRES_UNKNOWN_STATUS    the status is not a documented one
 *   NUMRES_BAD_TIMESTAMP     the text is not an RFC 3339 date-time, or the
 *                            timestamp is one that no text can have
 *   NUMRES_BAD_PHONE_NUMBER  the phone number is empty
 *   NUMRES_BAD_TEXT          text that contains a NUL, is not UTF-8, is longer
 *                            than SIZE_MAX / 16 bytes, or is NULL with a length
 *   NUMRES_WRONG_OPTION      page size or number out of range, an instant given
 *                            both as text and as timestamp, or something set
 *                            that this version does not know
 *
 * Returns NUMRES_WRONG_USE for NULL, and if the struct's size is not set.
 *
 * *parameter (if not NULL) is set to the name of the wrong member's parameter
 * as the documentation writes it, such as "filter[created_at][gt]" (constant),
 * or to NULL if there is none. Any thread may call it.
 */
NUMRES_API numres_code numres_query_check(const numres_query *query, const char **parameter);

/*
 * Writes the path and query of the list request, such as
 *
 *   /number_reservations?filter%5Bstatus%5D=pending&page%5Bsize%5D=50
 *
 * into `buffer` of `size` bytes, NUL-terminated, byte for byte as the official SDKs send
 * it: the filters in the struct's order, then page[size] and page[number]. All bytes but
 * the unreserved characters of RFC 3986 section 2.3 are percent-encoded, with upper-case
 * digits; a space is %20. Without any parameter there is no question mark. The base URL
 * before it has the version and no trailing slash: https://api.telnyx.com/v2
 *
 * Returns NUMRES_OK; NUMRES_NO_MEMORY if `size` is too small; NUMRES_WRONG_USE for a NULL
 * `buffer` with a size; or what numres_query_check returns. *needed (if not NULL) is set to
 * the length of the whole text without the NUL: a buffer of *needed + 1 bytes is enough. It
 * is 0 if the call or the query is wrong. Unless NUMRES_OK is returned, `buffer` holds the
 * empty string, never a part; it may be NULL when `size` is 0. Any thread may call it.
 */
NUMRES_API numres_code numres_query_write(const numres_query *query, char *buffer, size_t size,
                                          size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
