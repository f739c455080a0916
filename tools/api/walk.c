/* Page after page of a list, each reservation once. extend.c and await.c call it; what
   numres list does beyond that is in pages.c. */
#include "walk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "repeats.h"
#include "wait.h"

struct walk {
    struct exchange *exchange;
    const struct exchange_taker *taker;
    struct repeats repeats;
    numres_pager pager;
};

static numres_answer take(void *context, const numres_parser *parser,
                          const numres_reservation *reservation) {
    struct walk *walk = context;
    const struct response *response = &walk->exchange->response;
    if (response->has_meta && numres_pager_is_mismatch(&walk->pager, &response->meta))
        return response_stop_for(walk->exchange, STOP_MISMATCH);
    switch (repeats_judge(&walk->repeats, reservation)) {
    case REPEAT_NONE:
        numres_pager_take(&walk->pager, reservation->index);
        return walk->taker->reservation(walk->taker->context, parser, reservation);
    case REPEAT_PAGE:
    case REPEAT_ATTEMPT:
        numres_pager_drop(&walk->pager, reservation->index);
        return NUMRES_GO_ON;
    case REPEAT_TOO_MANY:
        return response_stop_for(walk->exchange, STOP_TOO_MANY);
    case REPEAT_NO_MEMORY:
        break;
    }
    return response_stop_for(walk->exchange, STOP_NO_MEMORY);
}

static void take_again(void *context) {
    struct walk *walk = context;
    repeats_next_attempt(&walk->repeats);
}

static enum exchange_end send_page(struct exchange *exchange, const numres_query *query,
                                   uint64_t page) {
    numres_request request = numres_request_default();
    request.query = query;
    char *url = exchange_url(exchange, &request);
    if (url == NULL) {
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
        return EXCHANGE_FAILED;
    }
    snprintf(exchange->name, sizeof exchange->name, "page %" PRIu64, page);
    exchange->request = (struct transport_request){url, NULL, NULL, false};
    exchange->wants_list = true;
    enum exchange_end end = exchange_send(exchange);
    exchange->request.url = NULL;
    free(url);
    return end;
}

/* A list that cannot be read to its end says so. */
static enum exchange_end end_of_list(struct exchange *exchange, const numres_pager *pager) {
    numres_pager_reason reason = numres_pager_why(pager);
    if (reason != NUMRES_PAGER_PAGE_MISMATCH && reason != NUMRES_PAGER_REPEATED_PAGE &&
        reason != NUMRES_PAGER_LAST_NUMBER && reason != NUMRES_PAGER_EMPTY_TOO_EARLY)
        return EXCHANGE_READ;
    notice_failure(exchange, numres_pager_sentence(reason), "");
    return EXCHANGE_FAILED;
}

static enum exchange_end walk_pages(struct walk *walk, const numres_query *given) {
    struct exchange *exchange = walk->exchange;
    numres_query query = *given;
    while (numres_pager_ask(&walk->pager, &query) == NUMRES_PAGER_NEXT) {
        enum exchange_end end = send_page(exchange, &query, walk->pager.page);
        if (end != EXCHANGE_READ)
            return end;
        const struct response *response = &exchange->response;
        numres_pager_page_read(&walk->pager, response->has_meta ? &response->meta : NULL,
                               response->places);
        repeats_next_page(&walk->repeats);
    }
    return end_of_list(exchange, &walk->pager);
}

enum exchange_end walk_list(struct exchange *exchange, const numres_query *query,
                            const struct exchange_taker *taker) {
    struct walk walk = {.exchange = exchange, .taker = taker, .pager = numres_pager_default()};
    const struct exchange_taker own = {take, take_again, &walk};
    repeats_begin(&walk.repeats, (uint64_t)wait_clock());
    exchange->taker = &own;
    enum exchange_end end = walk_pages(&walk, query);
    exchange->taker = NULL;
    repeats_end(&walk.repeats);
    return end;
}
