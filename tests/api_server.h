/*
 * The API server of the tests, started and stopped as a process of its own:
 * loopback, a free port, deterministic. It lives in tests/server/.
 *
 *     api_server [OPTION...]     prints its port on standard output, a line; it
 *                                ends when its standard input does
 *
 *     --reservations N   the list holds N reservations (55: three pages of 20)
 *     --key KEY          the right API key (API_SERVER_KEY)
 *     --log FILE         appends a line for each request, before it is answered
 *     --tls FILE         https, with the key and the certificate in this PEM file
 *     --tls-versions P   only the versions that GnuTLS's priority string P names
 *     --fault RULE       see below; may be given many times
 *
 * It serves the four operations of the API. A list, GET /v2/number_reservations:
 * page[number] from 1, page[size] 1 to
 * 250 (20), filter[status], filter[created_at][gt] and [lt],
 * filter[phone_numbers.phone_number], filter[customer_reference]; it ignores a
 * parameter that it does not know. tests/server/data_set.h tells what the list
 * holds. Each line of the log:
 *
 *     CONNECTION METHOD PATH QUERY KEY HOST ACCEPT ENCODING IDEMPOTENCY TYPE LENGTH BODY
 *
 *     2 GET /v2/number_reservations page%5Bnumber%5D=2 right 127.0.0.1:41234
 *         application/json gzip - - - -
 *
 * CONNECTION counts from 1; PATH and QUERY are as sent; KEY is right, wrong or
 * none; the others are the headers Accept, Accept-Encoding, Idempotency-Key,
 * Content-Type and Content-Length, and the body, all without blanks; what is not there
 * is -.
 *
 * A create makes the reservations with the numbers -1, -2 and so on, with the numbers
 * and the reference asked for, up to five numbers; they come first in the list. It is
 * pending in the answer, and success for whoever looks next. An extend moves expired_at
 * by half an hour. A POST is carried out if its answer says so, or if it has none.
 *
 * A RULE is a list of parts between semicolons: when it holds, and what it
 * does. All rules that hold for a request count together, in their order.
 * Of the RANGEs N, N- and N-M:
 *
 *     operation=NAME       list, get, create or extend
 *     page=RANGE           page[number] as asked for, 1 if it was not
 *     attempt=RANGE        which request for this page it is, from 1; which one of all
 *                          of a get, create or extend
 *     request=RANGE        which request of all it is, from 1
 *
 * The answer's head:
 *
 *     status=CODE          with an errors envelope as the body, from 400 on
 *     header=NAME: VALUE
 *     long-header=N        a header X-Long of N bytes
 *     long-headers=N       so many of them
 *     retry-after=TEXT     the same as header=Retry-After: TEXT
 *     retry-after-date=N   as an HTTP date N seconds from now
 *     redirect=same        302 to /moved/v2/number_reservations, which serves the
 *                          list too, as does the same with a space in place of the
 *                          last underline; other: there, on the host localhost; loop: to
 *                          the URL asked for; else this text as it stands
 *     type=TEXT            the Content-Type
 *     encoding=gzip        if the client accepts it
 *     chunked              no Content-Length, chunked transfer encoding
 *     length=[+-]N         a Content-Length that is N bytes off; the bytes that
 *                          lack never come, those beyond it are sent
 *
 * Its body:
 *
 *     body=KIND            empty, html, mock ({"error":{...}}), errors, or the
 *                          path of a file
 *     padding=N            N blanks before the body's last byte
 *     cut=N                N bytes of it, then the connection is closed
 *     stall=N              N bytes of it, then nothing until "go"
 *     drip=N               N bytes at once
 *     pace=N               and N microseconds between them
 *
 * The list and its meta:
 *
 *     data-page=N          the reservations of page N, whatever was asked for
 *     data=empty           no reservations
 *     meta=none            no meta
 *     page-number=N        these members say so; none: they are not there
 *     page-size=N
 *     total-pages=N
 *     total-results=N
 *     twice=N              place N of the page holds the one before it again
 *     grow=N               from this answer on, N new reservations come first
 *     shrink=N             from this answer on, the first N are gone
 *
 * A POST:
 *
 *     carry=yes            it is carried out, whatever its answer says; no: it is not
 *     settle=N             what it creates is pending for the first N looks, the answer
 *                          included (1)
 *     outcome=STATUS       and then has this status (success)
 *
 * The connection:
 *
 *     drop                 closed without an answer
 *     hold                 nothing is answered until "go"
 *     close=told           closed after the answer, Connection: close said so
 *     close=silent         closed after the answer
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

/* Starts it with these rules (ended by NULL; NULL: none) over a list of so
   many reservations. It is ready when this returns, and ends at the latest with
   the calling process. */
api_server api_server_start(size_t reservations, const char *const *rules);

/* The same for https, without rules, at https://127.0.0.1:PORT/v2; see --tls and
   --tls-versions ("NORMAL": those that GnuTLS takes by itself). */
api_server api_server_start_tls(size_t reservations, const char *pem, const char *versions);

void api_server_stop(api_server *server);

/*
 * Gives it a command, which is done when this returns:
 *
 *     fault RULE     another rule
 *     clear          no rules any more, and attempts and requests count anew
 *     list N         the list holds N reservations again, from its first on
 *     go             sends on what "stall" and "hold" keep
 *     stalled N      waits until N answers have stopped there
 *     requests N     waits until N requests are in the log
 */
void api_server_say(api_server *server, const char *command);

/* The log so far. Freed by the caller. */
char *api_server_log(const api_server *server);

/* How many lines it has, and a field (from 0) of a line (from 0), "" if it has
   no such line or field; the text is the caller's. */
size_t api_server_requests(const api_server *server);
void api_server_field(const api_server *server, size_t line, size_t field, char *text, size_t size);

#endif
