/*
 * The requests: method, path and JSON body of every operation of the API. It does no
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
 * Read the response with the parser: a list has many reservations, the others one.
 *
 * Repeat a GET as you like. A POST that was sent may have been carried out although no
 * response came: repeated, one create can make two reservations. Give each POST a
 * header Idempotency-Key of its own, a random UUID, and repeat it with the same key
 * only where the API cannot have taken it: the connection was refused, or it answered
 * 429.
 */
#ifndef NUMRES_REQUEST_H
#define NUMRES_REQUEST_H

#include "query.h"
#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked of the API. Numbers are part of the ABI. */
typedef enum numres_operation NUMRES_ENUM_TYPE {
    NUMRES_OPERATION_LIST = 0,     /* GET  /number_reservations */
    NUMRES_OPERATION_RETRIEVE = 1, /* GET  /number_reservations/{id} */
    NUMRES_OPERATION_CREATE = 2,   /* POST /number_reservations, with a body */
    NUMRES_OPERATION_EXTEND = 3    /* POST /number_reservations/{id}/actions/extend */
} numres_operation;

/* The most phone numbers of one create. The API's own limit is not documented. */
#define NUMRES_MOST_REQUEST_NUMBERS 10000
/* The longest id and customer reference, in bytes. */
#define NUMRES_LONGEST_REQUEST_TEXT 16384

/*
 * One request. Nothing is copied: what the pointers lead to is the caller's, and is
 * read during the calls below only. What the operation does not send must stay as
 * numres_request_default() leaves it. Text is UTF-8 without a NUL.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_request {
    size_t size; /* sizeof(numres_request); numres_request_default sets it */
    numres_operation operation;
    /* List: the filters and the page; NULL asks for the first page of all. */
    const numres_query *query;
    /* Retrieve and extend: the reservation's id. It may hold any character, but be
       neither empty nor "." nor "..", which clients take for a step in the path. */
    numres_text id;
    /* Create: 1 to NUMRES_MOST_REQUEST_NUMBERS numbers, each as numres_is_e164()
       demands. */
    const numres_text *phone_numbers;
    size_t phone_number_count;
    /* Create: NULL with length 0 is not sent; "" is. */
    numres_text customer_reference;
} numres_request;

/* A list of all reservations, with the size set: start from this. */
static inline numres_request numres_request_default(void) {
    numres_request request = {
        sizeof(numres_request), NUMRES_OPERATION_LIST, NULL, {NULL, 0}, NULL, 0, {NULL, 0}};
    return request;
}

/* The same for other languages, as numres_error_init. */
NUMRES_API void numres_request_init(numres_request *request, size_t size);

/* "GET" or "POST" (constant), or NULL for a number that is not an operation. Any thread
   may call it. */
NUMRES_API const char *numres_request_method(numres_operation operation);

/*
 * Checks the request. Returns NUMRES_OK, or for the first member in the struct's
 * order that is wrong:
 *
 *   NUMRES_WRONG_OPTION      no such operation; an id that is empty, "." or ".."; no
 *                            phone numbers or too many; something set that the
 *                            operation does not send or this version does not know
 *   NUMRES_BAD_TEXT          text with a NUL, that is not UTF-8, that is longer than
 *                            NUMRES_LONGEST_REQUEST_TEXT, or NULL where one is needed
 *                            or with a length
 *   NUMRES_BAD_PHONE_NUMBER  a phone number is not E.164
 *
 * and of a list what numres_query_check returns. NUMRES_WRONG_USE: NULL, or the
 * struct's size is not set.
 *
 * *parameter (if not NULL) is set to the name of the wrong member: "operation", "id",
 * "phone_numbers" or "customer_reference", of a list the query's parameter or "query"
 * (constant), or to NULL if there is none. Any thread may call it.
 */
NUMRES_API numres_code numres_request_check(const numres_request *request, const char **parameter);

/*
 * Writes the path, of a list with its query (see numres_query_write), such as
 *
 *   /number_reservations/12ade33a-21c0-473b-b055-b3c836e1c292/actions/extend
 *
 * into `buffer` of `size` bytes, NUL-terminated, byte for byte as the official SDKs
 * send it: of the id all but the unreserved characters of RFC 3986 section 2.3 is
 * percent-encoded. The base URL before it brings the version.
 *
 * Returns NUMRES_OK; NUMRES_NO_MEMORY when `size` is too small; or what
 * numres_request_check returns. *needed and `buffer` are as of numres_query_write.
 * Any thread may call it.
 */
NUMRES_API numres_code numres_request_write_path(const numres_request *request, char *buffer,
                                                 size_t size, size_t *needed);

/*
 * Writes the body, such as
 *
 *   {"phone_numbers":[{"phone_number":"+13125550123"}],"customer_reference":"MY REF"}
 *
 * in the same way. Send it with Content-Type: application/json. Only create has one; of
 * the others the text is empty, and *needed 0: a POST then says Content-Length: 0. The
 * official SDKs send the same bytes, but where the reference holds a control character
 * that has no short escape: its hexadecimal digits are upper-case here. Any thread may
 * call it.
 */
NUMRES_API numres_code numres_request_write_body(const numres_request *request, char *buffer,
                                                 size_t size, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
