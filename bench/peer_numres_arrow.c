/* numres: the page as Arrow batches, which are released as they come. A batch lacks
   record types and the meta, so the sums come from callbacks in the same run; the time is
   that of the callbacks and of the columns. */
#include <string.h>

#include "peer_numres.h"

/* The stream's position in the page. */
typedef struct page_source {
    const page *read;
    size_t place;
    size_t chunk;
} page_source;

static int64_t read_bytes(void *buffer, size_t size, void *context) {
    page_source *source = context;
    size_t rest = source->read->length - source->place;
    size_t length = rest < source->chunk ? rest : source->chunk;
    length = length < size ? length : size;

    memcpy(buffer, source->read->bytes + source->place, length);
    source->place += length;
    return (int64_t)length;
}

static numres_answer sum_phone_number(numres_parser *parser, const numres_phone_number *number,
                                      void *sums) {
    (void)parser;
    peer_numres_sum_phone_number(sums, number);
    return NUMRES_GO_ON;
}

static numres_answer sum_reservation(numres_parser *parser, const numres_reservation *reservation,
                                     void *sums) {
    (void)parser;
    peer_numres_sum_reservation(sums, reservation);
    return NUMRES_GO_ON;
}

static numres_answer sum_meta(numres_parser *parser, const numres_meta *meta, void *sums) {
    (void)parser;
    peer_numres_sum_meta(sums, meta);
    return NUMRES_GO_ON;
}

/* A stream reads one page: nothing is kept. */
static void *create_nothing(size_t largest) {
    static char nothing;
    (void)largest;
    return &nothing;
}

static void destroy_nothing(void *nothing) {
    (void)nothing;
}

static bool read_batches(void *nothing, const page *read, size_t chunk, tally *sums) {
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    page_source context = {read, 0, chunk};
    numres_arrow_source source = {read_bytes, NULL, &context};
    numres_arrow_options options = numres_arrow_options_default();
    numres_handlers handlers = numres_handlers_default();
    uint64_t rows = 0;
    const uint64_t numbers_before = sums->phone_numbers;

    (void)nothing;
    handlers.on_phone_number = sum_phone_number;
    handlers.on_reservation = sum_reservation;
    handlers.on_meta = sum_meta;
    options.handlers = &handlers;
    options.user = sums;
    if (numres_arrow_stream_create(&stream, &source, &options) != NUMRES_OK) {
        return false;
    }
    int status;
    while ((status = stream.get_next(&stream, &batch)) == 0 && batch.release != NULL) {
        rows += (uint64_t)batch.length;
        batch.release(&batch);
    }
    stream.release(&stream);
    return status == 0 && rows >= sums->phone_numbers - numbers_before;
}

static const char *version(void) {
    return numres_version();
}

const peer peer_numres_arrow = {
    "numres-arrow", version, create_nothing, destroy_nothing, read_batches, true, true};
