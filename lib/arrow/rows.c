/* Handlers that turn the parser's records into rows of batches. They call the caller's
   handlers first. */
#include "stream.h"

/* Batches. */

numres_arrow_batch *numres_arrow_take_first(numres_arrow_stream *stream) {
    numres_arrow_batch *batch = stream->first;
    stream->first = batch->next;
    if (stream->first == NULL)
        stream->last = NULL;
    batch->next = NULL;
    return batch;
}

static bool is_full(const numres_arrow_stream *stream, const numres_arrow_batch *batch) {
    return batch->rows == stream->table.batch_rows;
}

/* Returns the batch for the next row, or NULL on failure: see budget.failure. */
static numres_arrow_batch *open_batch(numres_arrow_stream *stream) {
    if (stream->last != NULL && !is_full(stream, stream->last))
        return stream->last;
    numres_arrow_batch *batch =
        numres_arrow_batch_create(&stream->budget, &stream->table, &stream->usage, stream->last);
    if (batch == NULL)
        return NULL;
    if (stream->last != NULL)
        stream->last->next = batch;
    else
        stream->first = batch;
    stream->last = batch;
    return batch;
}

static bool has_open_rows(const numres_arrow_stream *stream) {
    return stream->last != NULL && stream->last->complete < stream->last->rows;
}

static bool add_row(numres_arrow_stream *stream, const numres_record *number) {
    numres_arrow_batch *batch = open_batch(stream);
    return batch != NULL && numres_arrow_batch_add(&stream->budget, batch, &stream->table, number);
}

void numres_arrow_drop_rows(numres_arrow_stream *stream) {
    if (stream->first == NULL)
        return;
    numres_arrow_batch *rest = stream->first->next;
    while (rest != NULL) {
        numres_arrow_batch *next = rest->next;
        numres_arrow_batch_destroy(&stream->budget, rest);
        rest = next;
    }
    stream->first->next = NULL;
    stream->last = stream->first;
    numres_arrow_batch_cut(stream->first, &stream->table);
}

/* Drops the open rows if they are not of this reservation. A reservation that is left out
   after some of its numbers is never delivered: another one follows, or the document's
   end. */
static void drop_rows_of_others(numres_arrow_stream *stream, uint64_t index) {
    if (index != stream->open_index && has_open_rows(stream))
        numres_arrow_drop_rows(stream);
    stream->open_index = index;
}

bool numres_arrow_complete_rows(numres_arrow_stream *stream) {
    if (!numres_arrow_batch_complete(&stream->budget, stream->first, &stream->table, stream->ended))
        return false;
    if (stream->first == stream->last)
        stream->ended = NULL;
    return true;
}

/* Handlers. */

static numres_answer go_on_after(numres_answer answer) {
    return answer == NUMRES_PAUSE ? NUMRES_GO_ON : answer;
}

/* Calls the caller's handler and yields its answer, or GO_ON if there is no handler. A pause
   becomes GO_ON. */
#define TELL_CALLER(stream, parser, handler, record)                                               \
    ((stream)->handlers.handler != NULL                                                            \
         ? go_on_after((stream)->handlers.handler(parser, record, (stream)->user))                 \
         : NUMRES_GO_ON)

static numres_answer add_number_row(numres_parser *parser, const numres_phone_number *number,
                                    void *user) {
    numres_arrow_stream *stream = user;
    numres_answer answer = TELL_CALLER(stream, parser, on_phone_number, number);
    if (answer != NUMRES_GO_ON)
        return answer;
    drop_rows_of_others(stream, number->reservation->index);
    return add_row(stream, numres_record_of(number)) ? NUMRES_GO_ON : NUMRES_STOP;
}

static numres_answer add_reservation_rows(numres_parser *parser,
                                          const numres_reservation *reservation, void *user) {
    numres_arrow_stream *stream = user;
    numres_answer answer = TELL_CALLER(stream, parser, on_reservation, reservation);
    if (answer != NUMRES_GO_ON)
        return answer;
    drop_rows_of_others(stream, reservation->index);
    if (!has_open_rows(stream) && !add_row(stream, NULL))
        return NUMRES_STOP;
    stream->ended = numres_record_of(reservation);
    if (!numres_arrow_complete_rows(stream))
        return NUMRES_STOP;
    return is_full(stream, stream->first) ? NUMRES_PAUSE : NUMRES_GO_ON;
}

static numres_answer pass_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    numres_arrow_stream *stream = user;
    return TELL_CALLER(stream, parser, on_meta, meta);
}

static numres_answer pass_api_error(numres_parser *parser, const numres_api_error *api_error,
                                    void *user) {
    numres_arrow_stream *stream = user;
    if (stream->handlers.on_api_error != NULL)
        return go_on_after(stream->handlers.on_api_error(parser, api_error, stream->user));
    numres_arrow_keep_refusal(stream, api_error);
    stream->budget.failure = NUMRES_REFUSED;
    return NUMRES_STOP;
}

static numres_answer pass_document_end(numres_parser *parser, const numres_document *document,
                                       void *user) {
    numres_arrow_stream *stream = user;
    if (has_open_rows(stream))
        numres_arrow_drop_rows(stream);
    return TELL_CALLER(stream, parser, on_document_end, document);
}

static numres_answer pass_problem(numres_parser *parser, const numres_problem *problem,
                                  void *user) {
    numres_arrow_stream *stream = user;
    return TELL_CALLER(stream, parser, on_problem, problem);
}

numres_handlers numres_arrow_handlers(void) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = add_number_row;
    handlers.on_reservation = add_reservation_rows;
    handlers.on_meta = pass_meta;
    handlers.on_api_error = pass_api_error;
    handlers.on_document_end = pass_document_end;
    handlers.on_problem = pass_problem;
    return handlers;
}
