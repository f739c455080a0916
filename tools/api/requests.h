/* What the commands ask for: a page of a list, every reservation of a list, a single
   reservation (requests.c); and looking again and again until nothing is pending
   (await.c). */
#ifndef NUMRES_TOOLS_REQUESTS_H
#define NUMRES_TOOLS_REQUESTS_H

#include "exchange.h"

/* ---- a list ---- */

/* The URL of the list's page that the query names; the caller frees it. NULL: no
   memory. */
char *page_url(const struct exchange *exchange, const numres_query *query);

/* Sends the request for this page, whose number is `page`, and has the taker take its
   reservations. */
enum exchange_end page_send(struct exchange *exchange, const numres_query *query, uint64_t page,
                            const struct exchange_taker *taker);

/* Reads all pages of the query; the taker takes each reservation once. */
enum exchange_end walk_list(struct exchange *exchange, const numres_query *query,
                            const struct exchange_taker *taker);

/* Says why the list that was read last may be incomplete, if it may. */
void walk_report_doubt(struct exchange *exchange);

/* Adds to a command that is to be run next what the command line has of these options,
   which take a value and are ended by NULL; or all but these. */
void command_add_words(const struct session *session, struct message *message,
                       const char *const *options, bool are_wanted);

/* ---- a single reservation: what get, create, extend and wait share ---- */

/* Sends a request that is right, and has the taker take the reservation of its response.
   `name` is what messages call it. A POST gets an Idempotency-Key of its own, the same
   for all its tries. */
enum exchange_end single_send(struct exchange *exchange, const char *name,
                              const numres_request *request, const struct exchange_taker *taker);

/* The same for an operation with an id, which names it. */
enum exchange_end single_send_about(struct exchange *exchange, numres_operation operation,
                                    const char *id, const struct exchange_taker *taker);

/* A copy of an id that came from the API, for requests; the caller frees it. NULL if it is
   none that can be sent, or if there is no memory. */
char *single_copy_id(numres_text id);

/* A taker that shows the reservation, once even if a request is sent again. */
struct single_showing {
    struct exchange *exchange;
    bool is_shown;
};
struct exchange_taker single_taker(struct single_showing *showing);

/* Whether, after this end, the request for the next id makes sense. */
bool single_goes_on(const struct exchange *exchange, enum exchange_end end);

/* The operation for each of the ids, one after the other, whose reservations are shown;
   says which were not tried where one ends the run, and ends the output. */
void single_each(struct exchange *exchange, numres_operation operation, char *const *ids,
                 size_t count);

/* The command that shows what a POST has done: "numres get" or another, which ends in
   `option`, unless that is NULL, and `word`. */
struct single_look {
    const char *command, *option, *word;
};

/* Says, where a POST ended so, that it may have been carried out, or that it was if its
   reservation `is_shown`; and the command that shows it. */
void single_report_doubt(struct exchange *exchange, enum exchange_end end, bool is_shown,
                         const struct single_look *look);

/* Says, if the output has failed, that the POST was carried out all the same. */
void single_report_unseen(struct exchange *exchange, const char *name, const char *key,
                          const struct single_look *look);

/* Ends the output, and finds the exit code of a run that was interrupted. */
void single_finish(struct exchange *exchange);

/* ---- await.c: what numres wait and create --wait share ---- */

/* What one look has found. */
struct await_counts {
    uint64_t pending;
    uint64_t failed; /* wholly or in part */
};

/* Why a reservation cannot be awaited by its status, or NULL. Without a reservation there is
   none. */
const char *await_status_fault(const numres_reservation *reservation);

/* Counts a reservation; returns whether it is pending. */
bool await_count(struct await_counts *counts, const numres_reservation *reservation);

/* What is awaited. */
struct await_look {
    /* Looks once, and counts; returns EXCHANGE_READ if another look makes sense. */
    enum exchange_end (*look)(void *context, struct await_counts *counts);
    void *context;
};

/*
 * Looks until nothing is pending or something has failed, with pauses that grow, for the
 * settings' wait_limit at most, which `option` has set. Raises the exit code to
 * EXIT_INCOMPLETE if something has failed, to EXIT_LIMIT if the time is over.
 */
void await_all(struct exchange *exchange, const struct await_look *look, const char *option);

#endif
