/* What happens to a record that was read: a number is kept until its reservation comes; the
   filters leave a reservation out, or it is kept to be sorted, or its format shows it. show.c,
   diff.c and api/ call it. */
#include "format.h"

#include <string.h>

#include "../run/report.h"

/* ---- the numbers of a reservation, kept until the reservation itself is complete ---- */

void collect_begin(struct collect *collect, size_t limit) {
    *collect = (struct collect){.limit = limit};
}

void collect_end(struct collect *collect) {
    numres_collection_destroy(collect->collection); /* which may be NULL */
}

void collect_empty(struct collect *collect) {
    collect->matching = 0;
    collect->used = 0;
    if (collect_count(collect) > 0)
        numres_collection_reset(collect->collection);
}

size_t collect_count(const struct collect *collect) {
    return numres_collection_open_phone_numbers(collect->collection);
}

const numres_phone_number *collect_at(const struct collect *collect, size_t place) {
    return numres_collection_open_phone_number(collect->collection, place);
}

/* The limit counts the bytes that a copy of each number takes, so that it is the same for equal
   numbers. The collection takes less: it shares many texts that repeat. */
numres_code collect_add(struct collect *collect, const numres_phone_number *phone_number) {
    size_t taken = numres_phone_number_copy(phone_number, NULL, 0);
    numres_code code = NUMRES_OK;
    if (taken > collect->limit || collect->used > collect->limit - taken)
        return NUMRES_COLLECTION_FULL;
    if (collect->collection == NULL)
        code = numres_collection_create_for_records(&collect->collection, NULL, 0);
    if (code == NUMRES_OK)
        code = numres_collection_add_phone_number(collect->collection, phone_number);
    collect->used += taken;
    return code;
}

numres_answer collect_answer(struct session *session, numres_code code, uint64_t index,
                             const char *records, size_t limit, const char *option) {
    if (code == NUMRES_OK)
        return session_answer(session);
    return session_stop_for_memory(session, index, records,
                                   code == NUMRES_COLLECTION_FULL ? limit : 0, option);
}

numres_answer collect_take(struct collect *collect, struct session *session,
                           const numres_phone_number *phone_number) {
    return collect_answer(session, collect_add(collect, phone_number), phone_number->index,
                          "the numbers of this reservation", collect->limit,
                          "--max-reservation-bytes");
}

/* ---- a run ---- */

void showing_set_up(struct showing *showing, struct session *session,
                    const struct selection *selection) {
    memset(showing, 0, sizeof *showing);
    showing->session = session;
    showing->selection = selection;
    showing->format = selection->format;
    showing->filter = &selection->filter;
    collect_begin(&showing->numbers, session->settings->max_reservation_bytes.value);
    showing->order = (struct order){.column = selection->sort,
                                    .is_descending = selection->is_descending,
                                    .by_row = showing->format->is_by_row,
                                    .max_memory = session->settings->max_memory.value};
    showing->keeps_numbers =
        showing->format->has_numbers || (selection->sort != NULL && selection->sort->is_of_number);
}

void showing_give_up(struct showing *showing) {
    collect_end(&showing->numbers);
    order_end(&showing->order);
}

bool showing_needs_numbers(const struct showing *showing) {
    return showing->keeps_numbers || filter_is_about_numbers(showing->filter);
}

numres_answer showing_keep_number(struct showing *showing,
                                  const numres_phone_number *phone_number) {
    struct session *session = showing->session;
    session->counts.phone_numbers++;
    showing->unprinted++;
    if (showing->filter != NULL && !filter_takes_number(showing->filter, phone_number))
        return session_answer(session);
    showing->numbers.matching++;
    return showing->keeps_numbers ? collect_take(&showing->numbers, session, phone_number)
                                  : session_answer(session);
}

bool showing_takes(const struct showing *showing, const numres_reservation *reservation) {
    const struct filter *filter = showing->filter;
    return filter == NULL || (filter_takes_reservation(filter, reservation) &&
                              (!filter_is_about_numbers(filter) || showing->numbers.matching > 0));
}

static void show(struct showing *showing, const numres_parser *parser,
                 const numres_reservation *reservation) {
    showing->shown++;
    showing->parser = parser;
    showing->format->functions->reservation(showing, reservation);
}

/* If not everything fits, nothing is shown: the first in order may come last. */
static numres_answer keep(struct showing *showing, const numres_reservation *reservation) {
    numres_code code = order_add(&showing->order, reservation, &showing->numbers);
    showing->is_over = showing->is_over || code != NUMRES_OK;
    return collect_answer(showing->session, code, reservation->index,
                          code == NUMRES_COLLECTION_FULL ? "the records to be sorted"
                                                         : "this reservation",
                          showing->order.max_memory, "--max-memory");
}

numres_answer showing_show(struct showing *showing, const numres_parser *parser,
                           const numres_reservation *reservation) {
    if (showing->order.column != NULL)
        return keep(showing, reservation);
    show(showing, parser, reservation);
    return session_answer(showing->session);
}

static bool is_at_limit(const struct showing *showing) {
    return showing->selection->limit > 0 && showing->shown >= showing->selection->limit;
}

bool showing_is_full(const struct showing *showing) {
    return showing->order.column == NULL && is_at_limit(showing);
}

const char *showing_limit(const struct showing *showing) {
    const struct order *order = &showing->order;
    bool has_more = order->column == NULL || order->next < order->count;
    return is_at_limit(showing) && has_more ? showing->selection->limit_option : NULL;
}

static void show_in_order(struct showing *showing) {
    struct session *session = showing->session;
    bool has_failed = !order_sort(&showing->order);
    /* Problems were reported as records were read, so rows in order get no marks of them. */
    notes_close_rows(session);
    while (!has_failed && !is_at_limit(showing)) {
        const numres_reservation *reservation =
            order_next(&showing->order, &showing->numbers, &has_failed);
        if (reservation == NULL || session_answer(session) != NUMRES_GO_ON)
            break;
        show(showing, NULL, reservation);
    }
    if (has_failed) {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, "out of memory for sorting", "");
    }
}

void showing_end(struct showing *showing) {
    if (showing->order.column != NULL && !showing->is_over)
        show_in_order(showing);
    if (showing->format->functions->end != NULL)
        showing->format->functions->end(showing);
}

void showing_judge(const struct showing *showing) {
    struct session *session = showing->session;
    if (session->settings->exit_status && showing->shown == 0 && session->exit_code == EXIT_FINE)
        session->exit_code = EXIT_NOTHING;
}
