/*
 * The tests' API server, run as a separate process on loopback with a free port.
 * It is deterministic. Its source is in tests/server/.
 *
 *     api_server [OPTION...]     prints its port as one line on standard output;
 *                                ends when its standard input ends
 *
 *     --reservations N   the list holds N reservations (55: three pages of 20)
 *     --key KEY          the valid API key (API_SERVER_KEY)
 *     --log FILE         appends a line for each request before responding to it
 *     --tls FILE         https, with the key and certificate in this PEM file
 *     --tls-versions P   only the versions in GnuTLS's priority string P
 *     --fault RULE       see below; may be repeated
 *
 * It serves the API's four operations. The list, GET /v2/number_reservations, takes
 * page[number] from 1, page[size] from 1 to 250 (20), filter[status],
 * filter[created_at][gt] and [lt], filter[phone_numbers.phone_number] and
 * filter[customer_reference], and ignores unknown parameters. What it holds:
 * tests/server/data_set.h. Each line of the log:
 *
 *     CONNECTION METHOD PATH QUERY KEY HOST ACCEPT ENCODING IDEMPOTENCY TYPE LENGTH BODY
 *
 *     2 GET /v2/number_reservations page%5Bnumber%5D=2 right 127.0.0.1:41234
 *         application/json gzip - - - -
 *
 * CONNECTION counts from 1. PATH and QUERY are as sent. KEY is right, wrong or none.
 * The others are the headers Accept, Accept-Encoding, Idempotency-Key, Content-Type
 * and Content-Length, and the body, all without blanks; - if absent.
 *
 * A create makes a reservation of up to five numbers, with the numbers and the reference
 * asked for. Such reservations have the numbers -1, -2 and so on and come first in the
 * list. A new one is pending in the response and success from the next look on. An extend
 * moves expired_at by half an hour. A POST is carried out if its response is a success or
 * if it gets none.
 *
 * A RULE is a list of parts separated by semicolons: the conditions, and what the server
 * then does. All rules whose conditions hold apply together, in their order. A RANGE is
 * N, N- or N-M. The conditions:
 *
 *     operation=NAME       list, get, create or extend
 *     page=RANGE           page[number] of the request, 1 if it has none
 *     attempt=RANGE        the request's ordinal among those for this page, from 1; for a
 *                          get, create or extend, among those of its operation
 *     request=RANGE        the request's ordinal among all, from 1
 *
 * The response's head:
 *
 *     status=CODE          from 400 on with an errors envelope as the body
 *     header=NAME: VALUE
 *     long-header=N        a header X-Long of N bytes
 *     long-headers=N       N such headers
 *     retry-after=TEXT     the same as header=Retry-After: TEXT
 *     retry-after-date=N   as an HTTP date N seconds from now
 *     redirect=same        302 to /moved/v2/number_reservations, which serves the list
 *                          too, as does that path with a space for its last underscore;
 *                          other: the same on the host localhost; loop: to the URL asked
 *                          for; anything else: to this text as it is
 *     type=TEXT            the Content-Type
 *     encoding=gzip        if the client accepts it
 *     chunked              no Content-Length, chunked transfer encoding
 *     length=[+-]N         a Content-Length that is wrong by N bytes; missing bytes are
 *                          never sent, excess bytes are
 *
 * Its body:
 *
 *     body=KIND            empty, html, mock ({"error":{...}}), errors, or the
 *                          path of a file
 *     padding=N            N blanks before the body's last byte
 *     cut=N                N bytes of it, then the connection is closed
 *     stall=N              N bytes of it, then nothing until "go"
 *     drip=N               in pieces of N bytes
 *     pace=N               with N microseconds between them
 *
 * The list and its meta:
 *
 *     data-page=N          the reservations of page N, whatever was asked for
 *     data=empty           no reservations
 *     meta=none            no meta
 *     page-number=N        the member has this value; none: it is absent
 *     page-size=N
 *     total-pages=N
 *     total-results=N
 *     twice=N              place N of the page repeats the one before it
 *     grow=N               from this response on, N new reservations come first
 *     shrink=N             from this response on, the first N are gone
 *
 * A POST:
 *
 *     carry=yes            it is carried out, whatever its response says; no: it is not
 *     settle=N             what it creates is pending for the first N looks, counting the
 *                          response (1),
 *     outcome=STATUS       and then has this status (success)
 *
 * The connection:
 *
 *     drop                 closed without a response
 *     hold                 nothing is sent until "go"
 *     close=told           closed after the response, announced with Connection: close
 *     close=silent         closed after the response
 */
#ifndef NUMRES_TESTS_API_SERVER_H
#define NUMRES_TESTS_API_SERVER_H

#include <stddef.h>
#include <sys/types.h>

#define API_SERVER_KEY "KEY-of-the-tests"

typedef struct api_server {
    pid_t process;
    int control; /* its standard input */
    int answers; /* its standard output */
    unsigned int port;
    char base_url[64]; /* http://127.0.0.1:PORT/v2 */
    char log_name[64]; /* the log's file, removed again by api_server_stop */
} api_server;

/* Starts the server with these rules (ended by NULL; NULL for none) and a list of this
   many reservations. It is ready when this returns, and ends with the calling process at
   the latest. */
api_server api_server_start(size_t reservations, const char *const *rules);

/* The same for https, without rules, at https://127.0.0.1:PORT/v2. See --tls and
   --tls-versions; "NORMAL" means GnuTLS's own choice. */
api_server api_server_start_tls(size_t reservations, const char *pem, const char *versions);

void api_server_stop(api_server *server);

/*
 * Sends a command, which is done when this returns:
 *
 *     fault RULE     adds a rule
 *     clear          removes all rules; attempts and requests count from the start
 *     list N         the list holds N reservations again, from its first one on
 *     go             continues the responses that "stall" and "hold" stopped
 *     stalled N      waits until N responses are stopped there
 *     requests N     waits until the log has N requests
 */
void api_server_say(api_server *server, const char *command);

/* Returns the log so far. The caller frees it. */
char *api_server_log(const api_server *server);

/* The number of lines of the log, and a field of a line, both counted from 0. Writes ""
   to the caller's `text` if there is no such line or field. */
size_t api_server_requests(const api_server *server);
void api_server_field(const api_server *server, size_t line, size_t field, char *text, size_t size);

#endif
