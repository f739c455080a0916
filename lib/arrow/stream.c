/* Creation of the stream, and its calls: those of numres/arrow.h, and those that Arrow's C
   stream interface demands. */
#include "stream.h"

#include <errno.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/sized.h"
#include "../parser/options.h"
#include "../parser/stepping.h"

static const numres_sized_member arrow_option_members[] = {
    NUMRES_SIZED_MEMBER(numres_arrow_options, size),
    NUMRES_SIZED_POINTER(numres_arrow_options, parser),
    NUMRES_SIZED_MEMBER(numres_arrow_options, batch_rows),
    NUMRES_SIZED_MEMBER(numres_arrow_options, max_bytes),
    NUMRES_SIZED_MEMBER(numres_arrow_options, timestamp_texts),
    NUMRES_SIZED_POINTER(numres_arrow_options, handlers),
    NUMRES_SIZED_MEMBER(numres_arrow_options, user),
};

static const numres_sized arrow_options_form =
    NUMRES_SIZED(numres_arrow_options, arrow_option_members);

void numres_arrow_options_init(numres_arrow_options *options, size_t size) {
    numres_arrow_options defaults = numres_arrow_options_default();
    numres_sized_init(&arrow_options_form, &defaults, options, size);
}

/* Errors. */

static int errno_of(numres_code code) {
    switch (code) {
    case NUMRES_OK:
        return 0;
    case NUMRES_NO_MEMORY:
    case NUMRES_STREAM_FULL:
        return ENOMEM;
    case NUMRES_READ_FAILED:
        return EIO;
    default:
        return EINVAL;
    }
}

/* Ends the stream with this error, with the path of the parser's position. */
static void fail_stream(numres_arrow_stream *stream, numres_code code, uint64_t offset) {
    stream->error = *numres_parser_fail(stream->parser, code, offset);
    stream->is_done = true;
}

/* Ends the stream after an error of the parser, or after a handler, ours or the caller's,
   stopped it. */
static void fail_reading(numres_arrow_stream *stream) {
    numres_code failure = stream->budget.failure;
    stream->error = *numres_parser_error(stream->parser);
    stream->is_done = true;
    if (failure != NUMRES_OK) { /* because of it our handler stopped the parser */
        stream->error.code = failure;
        stream->error.sentence = numres_code_sentence(failure);
    }
    if (stream->error.code == NUMRES_REFUSED)
        memcpy(stream->error.path, stream->refusal_path, sizeof stream->error.path);
    if (stream->error.code == NUMRES_OK) /* a handler made a wrong call */
        fail_stream(stream, NUMRES_WRONG_USE, numres_parser_position(stream->parser));
}

/* Reading. */

static void read_chunk(numres_arrow_stream *stream) {
    numres_arrow_source *source = &stream->source;
    int64_t length = source->read(stream->chunk, sizeof stream->chunk, source->context);
    if (length < 0 || (uint64_t)length > sizeof stream->chunk)
        fail_stream(stream, NUMRES_READ_FAILED, numres_parser_position(stream->parser));
    stream->at_end = length == 0;
    stream->has_chunk = length > 0;
    if (length > 0 && !stream->is_done)
        numres_parser_set_chunk(stream->parser, stream->chunk, (size_t)length);
}

/* Lets the parser read until a batch is full or the chunk is read. */
static void read_rows(numres_arrow_stream *stream) {
    if (!stream->has_chunk && !stream->at_end) {
        read_chunk(stream);
        return;
    }
    numres_code code = stream->has_chunk ? numres_parser_step(stream->parser)
                                         : numres_parser_finish(stream->parser);
    if (code == NUMRES_PAUSED)
        return;
    if (code != NUMRES_OK)
        fail_reading(stream);
    stream->is_done |= !stream->has_chunk;
    stream->has_chunk = false;
}

/* Whether the first batch can be given away: it is full of complete rows or, once reading is
   done, has at least one. */
static bool is_ready(const numres_arrow_stream *stream) {
    const numres_arrow_batch *first = stream->first;
    size_t wanted = stream->is_done ? 1 : stream->table.batch_rows;
    return first != NULL && first->complete >= wanted;
}

/* Reads on until a batch is ready or reading is done. */
static void make_ready(numres_arrow_stream *stream) {
    while (!is_ready(stream) && !stream->is_done) {
        if (stream->ended == NULL)
            read_rows(stream);
        else if (!numres_arrow_complete_rows(stream))
            fail_stream(stream, stream->budget.failure, numres_parser_paused_at(stream->parser));
        if (stream->is_done)
            numres_arrow_drop_rows(stream);
    }
}

/* The calls of the interface. */

/* Keeps a call's message for get_last_error, and returns the call's errno value. */
static int say(numres_arrow_stream *stream, const numres_error *error) {
    stream->last_message = NULL;
    if (error->code != NUMRES_OK)
        stream->last_message = numres_arrow_message(stream, error);
    return errno_of(error->code);
}

static int get_schema(struct ArrowArrayStream *given, struct ArrowSchema *schema) {
    numres_arrow_stream *stream = given->private_data;
    numres_error error = numres_error_default(); /* of this call alone */
    error.code = numres_arrow_schema_make(&stream->budget.allocator, &stream->table, schema);
    error.sentence = numres_code_sentence(error.code);
    return say(stream, &error);
}

/* Refuses a call of get_next from inside get_next, by a handler or the read function, or
   after one of them left get_next for good. The parser was interrupted in the middle of its
   work and cannot read on. */
static int refuse_call(numres_arrow_stream *stream) {
    numres_error *error = &stream->error;
    if (error->code == NUMRES_OK) {
        error->code = NUMRES_WRONG_USE;
        error->offset = numres_parser_position(stream->parser);
        error->sentence = numres_code_sentence(NUMRES_WRONG_USE);
    }
    stream->is_done = true;
    return say(stream, error);
}

static int get_next(struct ArrowArrayStream *given, struct ArrowArray *array) {
    numres_arrow_stream *stream = given->private_data;
    if (stream->is_reading) {
        array->release = NULL;
        return refuse_call(stream);
    }
    stream->is_reading = true;
    make_ready(stream);
    stream->is_reading = false;
    if (!is_ready(stream)) {
        array->release = NULL;
        return say(stream, &stream->error);
    }
    numres_arrow_batch_give_away(&stream->budget, numres_arrow_take_first(stream), &stream->table,
                                 &stream->usage, array);
    stream->last_message = NULL;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *given) {
    return ((const numres_arrow_stream *)given->private_data)->last_message;
}

static void release_stream(struct ArrowArrayStream *given) {
    if (given == NULL || given->release == NULL)
        return;
    numres_arrow_stream *stream = given->private_data;
    numres_allocator allocator = stream->budget.allocator;
    while (stream->first != NULL)
        numres_arrow_batch_destroy(&stream->budget, numres_arrow_take_first(stream));
    if (stream->source.release != NULL)
        stream->source.release(stream->source.context);
    allocator.release(stream->parser_memory, allocator.context);
    allocator.release(stream, allocator.context);
    given->release = NULL;
}

/* Life. */

/* The caller's options, checked and complete. */
typedef struct arrow_settings {
    numres_arrow_options options;
    numres_options parser;
    numres_handlers handlers;
} arrow_settings;

static numres_code take_settings(arrow_settings *settings, const numres_arrow_options *given) {
    numres_arrow_options *options = &settings->options;
    *options = numres_arrow_options_default();
    numres_code code = numres_sized_take(&arrow_options_form, options, given);
    if (code == NUMRES_OK)
        code = numres_options_take(&settings->parser, options->parser);
    if (code == NUMRES_OK)
        code = numres_handlers_take(&settings->handlers, options->handlers);
    if (code == NUMRES_OK &&
        (options->batch_rows < 1 || options->batch_rows > NUMRES_LARGEST_BATCH_ROWS))
        code = NUMRES_WRONG_OPTION;
    return code;
}

/* Returns how many rows a batch may have: no text column may outgrow an int32 offset, nor
   may a dictionary with its documented words. */
static size_t rows_of_batch(const arrow_settings *settings) {
    size_t longest = settings->parser.max_value_length;
    if (longest < NUMRES_RAW_TEXT_LENGTH)
        longest = NUMRES_RAW_TEXT_LENGTH;
    size_t most = (INT32_MAX - 4096) / longest;
    return settings->options.batch_rows < most ? settings->options.batch_rows : most;
}

/* Builds the stream in its own memory, and the parser in other memory. */
static numres_code build_stream(numres_arrow_stream *stream, const numres_budget *budget,
                                const arrow_settings *settings) {
    const numres_handlers handlers = numres_arrow_handlers();
    memset(stream, 0, sizeof *stream);
    stream->budget = *budget;
    stream->handlers = settings->handlers;
    stream->user = settings->options.user;
    stream->error = numres_error_default();
    stream->table.batch_rows = rows_of_batch(settings);
    numres_arrow_table_fill(&stream->table, settings->options.timestamp_texts);
    size_t parser_size = numres_parser_size(&settings->parser);
    stream->parser_memory = numres_budget_take(&stream->budget, parser_size);
    if (stream->parser_memory == NULL)
        return stream->budget.failure;
    return numres_parser_create_in(&stream->parser, stream->parser_memory, parser_size,
                                   &settings->parser, &handlers, stream);
}

numres_code numres_arrow_stream_create(struct ArrowArrayStream *stream,
                                       const numres_arrow_source *source,
                                       const numres_arrow_options *options) {
    arrow_settings settings;
    if (stream == NULL)
        return NUMRES_WRONG_USE;
    memset(stream, 0, sizeof *stream);
    if (source == NULL || source->read == NULL)
        return NUMRES_WRONG_USE;
    numres_code code = take_settings(&settings, options);
    if (code != NUMRES_OK)
        return code;
    numres_budget budget = {.allocator = numres_memory_allocator(&settings.parser.allocator),
                            .limit = settings.options.max_bytes,
                            .full = NUMRES_STREAM_FULL};
    numres_arrow_stream *made = numres_budget_take(&budget, sizeof *made);
    if (made == NULL)
        return budget.failure;
    code = build_stream(made, &budget, &settings);
    if (code != NUMRES_OK) {
        numres_budget_give_back(&budget, made, sizeof *made);
        return code;
    }
    made->source = *source;
    *stream = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, made};
    return NUMRES_OK;
}

const numres_error *numres_arrow_stream_error(const struct ArrowArrayStream *stream) {
    if (stream == NULL || stream->release != release_stream)
        return NULL;
    return &((const numres_arrow_stream *)stream->private_data)->error;
}
