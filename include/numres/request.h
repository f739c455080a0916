/*
 * The requests: makes method, path and JSON body of every operation of the API. It does no
 * I/O: send what it writes over any transport.
 *
 *     numres_request request = numres_request_default();
 *     numres_text numbers[] = {numres_text_from("+13125550123")};
 *     request.operation = NUMRES_OPERATION_CREATE;
 *     request.phone_numbers = numbers;
 *     request.phone_number_count = 1;
 *     numres_request_write_path(&request, path, sizeof path, NULL);
 *     numres_request_write_body(&request, body, sizeof body, NULL);
 *
 * Read the response with the parser: that of a list has many reservations, the others have
 * one.
 *
 * You may repeat a GET as you like. A POST may have been carried out although no response
 * came: a repeated create can make two reservations. Send each POST with a header
 * Idempotency-Key of its own, a random UUID. Repeat it, with the same key, only if the API
 * cannot have taken it: the connection was refused, or it answered 429.
 */
#ifndef NUMRES_REQUEST_H
#define NUMRES_REQUEST_H

#include "query.h"
#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The operations of the API. Numbers are part of the ABI. */
typedef enum numres_operation NUMRES_ENUM_TYPE {
    NUMRES_OPERATION_LIST = 0,     /* GET  /number_reservations */
    NUMRES_OPERATION_RETRIEVE = 1, /* GET  /number_reservations/{id} */
    NUMRES_OPERATION_CREATE = 2,   /* POST /number_reservations, with a body */
    NUMRES_OPERATION_EXTEND = 3    /* POST /number_reservations/{id}/actions/extend */
} NUMRES_ENUM_SIZE numres_operation;

/* The most phone numbers of one create. The API's own limit is not documented. */
#define NUMRES_MOST_REQUEST_NUMBERS 10000
/* The longest id and customer reference, in bytes. */
#define NUMRES_LONGEST_REQUEST_TEXT 16384

/*
 * One request. Nothing is copied: what the pointers point to is the caller's, and is read
 * during the calls below only. Members that the operation does not send must stay as
 * numres_request_default() leaves them. Text is UTF-8 without a NUL.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_request {
    size_t size; /* sizeof(numres_request); numres_request_default sets it */
    numres_operation operation;
    /* List: the filters and the page; NULL asks for the first page of all reservations. */
    const numres_query *query;
    /* Retrieve and extend: the reservation's id. It may contain any character, but must not
       be empty, "." or "..": clients take the last two for a step in the path. */
    numres_text id;
    /* Create: 1 to NUMRES_MOST_REQUEST_NUMBERS numbers, each accepted by numres_is_e164(). */
    const numres_text *phone_numbers;
    size_t phone_number_count;
    /* Create: the reference. NULL with length 0 is not sent; "" is. */
    numres_text customer_reference;
} numres_request;

/* Returns a request for a list of all reservations, with `size` set. Start from this. */
static inline numres_request numres_request_default(void) {
    numres_request request = {sizeof(numres_request), NUMRES_OPERATION_LIST, NUMRES_NULL,
                              {NUMRES_NULL, 0},       NUMRES_NULL,           0,
                              {NUMRES_NULL, 0}};
    return request;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_request_init(numres_request *request, size_t size);

/* Returns "GET" or "POST", or NULL for a number that is not an operation. The text is
   constant. Any thread may call it. */
NUMRES_API const char *numres_request_method(numres_operation operation);

/*
 * Checks the request. Returns NUMRES_OK, or the code of the first wrong member, in the
 * struct's order:
 *
 *   NUMRES_WRONG_OPTION      no such operation; an id that is empty, "." or ".."; no
 *                            phone numbers or too many; something set that the
 *                            operation does not send or this version does not know
 *   NUMRES_BAD_TEXT          text that contains a NUL, is not UTF-8, is longer than
 *                            NUMRES_LONGEST_REQUEST_TEXT, or is NULL where one is
 *                            needed or with a length
 *   NUMRES_BAD_PHONE_NUMBER  a phone number is not E.164
 *
 * For a list, returns what numres_query_check returns for its query. Returns
 * NUMRES_WRONG_USE for NULL, and if the struct's size is not set.
 *
 * *parameter (if not NULL) is set to the name of the wrong member: "operation", "id",
 * "phone_numbers" or "customer_reference"; for a wrong query, to its parameter or
 * "query"; or to NULL if there is none. The text is constant. Any thread may call it.
 */
NUMRES_API numres_code numres_request_check(const numres_request *request, const char **parameter);

/*
 * Writes the path, with its query if it is a list (see numres_query_write), such as
 *
 *   /number_reservations/12ade33a-21c0-473b-b055-b3c836e1c292/actions/extend
 *
 * into `buffer` of `size` bytes, NUL-terminated, byte for byte as the official SDKs send
 * it. In the id, all bytes but the unreserved characters of RFC 3986 section 2.3 are
 * percent-encoded. The base URL before it has the version.
 *
 * Returns NUMRES_OK; NUMRES_NO_MEMORY if `size` is too small; NUMRES_WRONG_USE for a NULL
 * `buffer` with a size; or what numres_request_check returns. *needed and `buffer` are as
 * with numres_query_write. Any thread may call it.
 */
NUMRES_API numres_code numres_request_write_path(const numres_request *request, char *buffer,
                                                 size_t size, size_t *needed);

/*
 * Writes the body in the same way, such as
 *
 *   {"phone_numbers":[{"phone_number":"+13125550123"}],"customer_reference":"MY REF"}
 *
 * Send it with Content-Type: application/json. Only create has a body. For the other
 * operations the text is empty and *needed is 0: send a POST with Content-Length: 0 then.
 * The official SDKs send the same bytes, except for a control character in the reference
 * that has no short escape: its hexadecimal digits are upper-case here. Any thread may call
 * it.
 */
NUMRES_API numres_code numres_request_write_body(const numres_request *request, char *buffer,
                                                 size_t size, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
