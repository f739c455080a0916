/* Requests about single reservations: what get, create, extend and wait share. */
#ifndef NUMRES_TOOLS_SINGLE_H
#define NUMRES_TOOLS_SINGLE_H

#include "exchange.h"

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

/* Whether, after this end, the request for the next id makes sense: this one was refused
   for its own sake. */
bool single_goes_on(const struct exchange *exchange, enum exchange_end end);

/* Says, where a POST ended so, that it may have been carried out, or that it was if its
   reservation `is_shown`; and the command that shows it, which ends in `option`, unless
   that is NULL, and `word`. */
void single_report_doubt(struct exchange *exchange, enum exchange_end end, bool is_shown,
                         const char *command, const char *option, const char *word);

/* Ends the output, and finds the exit code of a run that was interrupted. */
void single_finish(struct exchange *exchange);

#endif
