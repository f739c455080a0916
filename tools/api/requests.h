/* The requests of the commands: a page of a list, every reservation of a list, a single
   reservation (requests.c); looking again and again until nothing is pending (await.c). */
#ifndef NUMRES_TOOLS_REQUESTS_H
#define NUMRES_TOOLS_REQUESTS_H

#include "counts.h"
#include "exchange.h"

/* ---- a list ---- */

/* Returns the URL of the list's page that the query names, which the caller frees; NULL
   if there is no memory. */
char *page_url(const struct exchange *exchange, const numres_query *query);

/* Requests this page, whose number is `page`, and passes its reservations to the taker. */
enum exchange_end page_send(struct exchange *exchange, const numres_query *query, uint64_t page,
                            const struct exchange_taker *taker);

/* Reads all pages of the query, and passes each reservation to the taker once. Notes whether the
   list may be incomplete, for counts_report_doubt. */
enum exchange_end walk_list(struct exchange *exchange, const numres_query *query,
                            const struct exchange_taker *taker);

/* ---- a single reservation: what get, create, extend and wait share ---- */

/* Sends a valid request, and passes the reservation of its response to the taker. Messages
   call the request `name`. A POST gets an Idempotency-Key of its own, the same for all its
   tries. */
enum exchange_end single_send(struct exchange *exchange, const char *name,
                              const numres_request *request, const struct exchange_taker *taker);

/* The same for an operation on one id, which messages name. */
enum exchange_end single_send_about(struct exchange *exchange, numres_operation operation,
                                    const char *id, const struct exchange_taker *taker);

/* Returns a copy of an id from the API, for requests, which the caller frees; NULL if it
   cannot be sent, or if there is no memory. */
char *single_copy_id(numres_text id);

/* Whether, after this end, the request for the next id makes sense. */
bool single_goes_on(const struct exchange *exchange, enum exchange_end end);

/* Performs the operation for each id in turn, shows the reservations, and ends the output.
   If one id ends the run, reports which ids were not tried. */
void single_each(struct exchange *exchange, numres_operation operation, char *const *ids,
                 size_t count);

/* The command that shows what a POST has done: `command`, such as "numres get", then
   `option` unless it is NULL, then `word`. */
struct single_look {
    const char *command, *option, *word;
};

/* Lines for the help of the commands that send a POST. */
#define SINGLE_HELP_POST                                                                           \
    "A request is sent again only if the API cannot have carried it out, always with\n"            \
    "the same Idempotency-Key. If the response or the output fails although the API\n"             \
    "has carried the request out, or may have, a message says so and names the\n"                  \
    "command that shows the result.\n"

/* If a POST that ended like this may have been carried out, says so (or that it was, if its
   reservation `is_shown`), and names the command that shows it. */
void single_report_doubt(struct exchange *exchange, enum exchange_end end, bool is_shown,
                         const struct single_look *look);

/* If the output has failed, reports that the POST was carried out all the same. */
void single_report_unseen(struct exchange *exchange, const char *name, const char *key,
                          const struct single_look *look);

/* Ends the output, and sets the exit code of a run that was interrupted. */
void single_finish(struct exchange *exchange);

/* ---- await.c: what numres wait and create --wait share ---- */

/* What one look has found. */
struct await_counts {
    uint64_t pending;
    uint64_t failed; /* wholly or in part */
};

/* Returns why the status does not tell whether a reservation is pending, or NULL if it
   does. A NULL reservation has no status. */
const char *await_status_fault(const numres_reservation *reservation);

/* Counts a reservation; returns whether it is pending. */
bool await_count(struct await_counts *counts, const numres_reservation *reservation);

/* How await_all looks at what it waits for. */
struct await_look {
    /* Looks once, and counts; returns EXCHANGE_READ if another look makes sense. */
    enum exchange_end (*look)(void *context, struct await_counts *counts);
    void *context;
};

/*
 * Looks again, after pauses that grow, until nothing is pending, something has failed or
 * the settings' `wait`, which `option` has set, is over. Raises the exit code to
 * EXIT_INCOMPLETE if something has failed, to EXIT_LIMIT if the time is over.
 */
void await_all(struct exchange *exchange, const struct await_look *look, const char *option);

#endif
