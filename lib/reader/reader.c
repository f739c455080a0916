/*
 * The reader: a parser, in the same block of memory, that pauses after each callback.
 * What the callback was given stays where it is until the parser reads on.
 */
#include "numres/reader.h"

#include <string.h>

#include "../base/memory.h"
#include "../parser/options.h"
#include "../parser/stepping.h"

/* The most problems between two pauses. All are those of one value: one for each missing
   member of a record, and a few with the value itself and what is around it. */
#define MOST_PROBLEMS (NUMRES_RECORD_MEMBERS + 5)

typedef struct waiting_problem {
    numres_problem problem;
    char path[NUMRES_PATH_SIZE];
} waiting_problem;

/* What the next call does. */
typedef enum reading_stage {
    ALL_READ, /* nothing: the parser has read all that it was given */
    STEPPING, /* the parser reads on in the chunk */
    FINISHING,
    TELLING_PROBLEMS
} reading_stage;

struct numres_reader {
    numres_parser *parser;
    numres_allocator allocator; /* release is NULL: the memory is the caller's */
    void *memory;
    numres_answer to_problems;

    reading_stage stage;
    numres_event after_all; /* the event once the parser has read all that it was given */

    const void *told;   /* the record, document or problem of the last event */
    numres_event event; /* the last event */

    /* The record of the last event, inside the parser; or `nothing`, so that a step need
       not check for NULL. */
    numres_record *held;
    numres_record_kind held_kind;
    numres_record nothing;

    /* Problems are returned before the record or document's end that the same value
       completes. That event waits, with the stage that the problems interrupted. */
    size_t problem_count, problems_taken;
    numres_event waiting; /* END: none */
    const void *waiting_told;
    reading_stage waiting_stage;
    waiting_problem problems[MOST_PROBLEMS];
};

/* The handlers. */

static void hold_nothing(numres_reader *reader) {
    reader->held = &reader->nothing;
    reader->held_kind = NUMRES_RECORD_NONE;
}

static numres_answer tell_record(void *user, numres_event event, const void *told,
                                 numres_record_kind kind) {
    numres_reader *reader = user;
    reader->event = event;
    reader->told = told;
    reader->held = numres_parser_record(told);
    reader->held_kind = kind;
    return NUMRES_PAUSE;
}

static numres_answer tell_reservation(numres_parser *parser, const numres_reservation *reservation,
                                      void *user) {
    (void)parser;
    return tell_record(user, NUMRES_EVENT_RESERVATION, reservation, NUMRES_RECORD_RESERVATION);
}

static numres_answer tell_phone_number(numres_parser *parser, const numres_phone_number *number,
                                       void *user) {
    (void)parser;
    return tell_record(user, NUMRES_EVENT_PHONE_NUMBER, number, NUMRES_RECORD_PHONE_NUMBER);
}

static numres_answer tell_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    (void)parser;
    return tell_record(user, NUMRES_EVENT_META, meta, NUMRES_RECORD_META);
}

static numres_answer tell_api_error(numres_parser *parser, const numres_api_error *api_error,
                                    void *user) {
    (void)parser;
    return tell_record(user, NUMRES_EVENT_API_ERROR, api_error, NUMRES_RECORD_API_ERROR);
}

static numres_answer tell_document(numres_parser *parser, const numres_document *document,
                                   void *user) {
    numres_reader *reader = user;
    (void)parser;
    reader->event = NUMRES_EVENT_DOCUMENT_END;
    reader->told = document;
    hold_nothing(reader);
    return NUMRES_PAUSE;
}

static numres_answer hold_problem(numres_parser *parser, const numres_problem *problem,
                                  void *user) {
    numres_reader *reader = user;
    (void)parser;
    /* GCOVR_EXCL_START: there are never more, see MOST_PROBLEMS */
    if (reader->problem_count == MOST_PROBLEMS)
        return NUMRES_STOP;
    /* GCOVR_EXCL_STOP */
    waiting_problem *waiting = &reader->problems[reader->problem_count++];
    waiting->problem = *problem;
    memcpy(waiting->path, problem->path.bytes, problem->path.length + 1);
    waiting->problem.path.bytes = waiting->path;
    return reader->to_problems;
}

/* Life. */

/* Returns how many bytes after the reader the parser's memory begins. */
static size_t parser_place(void) {
    return numres_memory_aligned(sizeof(numres_reader));
}

size_t numres_reader_size(const numres_options *options) {
    size_t parser_size = numres_parser_size(options);
    return parser_size > 0 ? parser_place() + parser_size + NUMRES_MEMORY_ALIGNMENT - 1 : 0;
}

static void begin_stream(numres_reader *reader) {
    reader->stage = ALL_READ;
    reader->after_all = reader->event = NUMRES_EVENT_NEED_BYTES;
    hold_nothing(reader);
    reader->problem_count = reader->problems_taken = 0;
    reader->waiting = NUMRES_EVENT_END;
}

static numres_code check_reader_arguments(numres_reader **reader, const numres_options *options,
                                          numres_answer to_problems, numres_options *complete) {
    if (reader == NULL)
        return NUMRES_WRONG_USE;
    *reader = NULL;
    numres_code code = numres_options_take(complete, options);
    if (code == NUMRES_OK && to_problems != NUMRES_GO_ON && to_problems != NUMRES_LEAVE_OUT)
        code = NUMRES_WRONG_OPTION;
    return code;
}

static numres_handlers all_handlers(void) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = tell_reservation;
    handlers.on_phone_number = tell_phone_number;
    handlers.on_meta = tell_meta;
    handlers.on_api_error = tell_api_error;
    handlers.on_document_end = tell_document;
    handlers.on_problem = hold_problem;
    return handlers;
}

/* Builds a reader in memory that is large enough. */
static numres_reader *build_reader(void *memory, const numres_options *options,
                                   numres_answer to_problems) {
    const numres_handlers handlers = all_handlers();
    char *block = numres_memory_first(memory);
    numres_reader *reader = (numres_reader *)(void *)block;
    memset(reader, 0, sizeof *reader);
    reader->memory = memory;
    reader->to_problems = to_problems;
    numres_parser_create_in(&reader->parser, block + parser_place(), numres_parser_size(options),
                            options, &handlers, reader);
    numres_parser_pause_at_problems(reader->parser);
    begin_stream(reader);
    return reader;
}

numres_code numres_reader_create(numres_reader **reader, const numres_options *options,
                                 numres_answer to_problems) {
    numres_options complete;
    numres_code code = check_reader_arguments(reader, options, to_problems, &complete);
    if (code != NUMRES_OK)
        return code;
    numres_allocator allocator = numres_memory_allocator(&complete.allocator);
    void *memory = allocator.allocate(numres_reader_size(&complete), allocator.context);
    if (memory == NULL)
        return NUMRES_NO_MEMORY;
    *reader = build_reader(memory, &complete, to_problems);
    (*reader)->allocator = allocator;
    return NUMRES_OK;
}

numres_code numres_reader_create_in(numres_reader **reader, void *memory, size_t size,
                                    const numres_options *options, numres_answer to_problems) {
    numres_options complete;
    numres_code code = check_reader_arguments(reader, options, to_problems, &complete);
    if (code != NUMRES_OK)
        return code;
    if (memory == NULL || size < numres_reader_size(&complete))
        return NUMRES_NO_MEMORY;
    *reader = build_reader(memory, &complete, to_problems);
    return NUMRES_OK;
}

void numres_reader_destroy(numres_reader *reader) {
    if (reader == NULL || reader->allocator.release == NULL)
        return;
    reader->allocator.release(reader->memory, reader->allocator.context);
}

numres_code numres_reader_reset(numres_reader *reader) {
    if (reader == NULL)
        return NUMRES_WRONG_USE;
    begin_stream(reader);
    return numres_parser_reset(reader->parser);
}

/* Reading. */

/* Returns NUMRES_OK if more of the stream may be given now, or why it may not. */
static numres_code may_give(const numres_reader *reader) {
    if (reader == NULL || reader->stage != ALL_READ)
        return NUMRES_WRONG_USE;
    if (reader->after_all == NUMRES_EVENT_ERROR)
        return numres_parser_error(reader->parser)->code;
    return reader->after_all == NUMRES_EVENT_END ? NUMRES_WRONG_USE : NUMRES_OK;
}

numres_code numres_reader_feed(numres_reader *reader, const void *bytes, size_t length) {
    numres_code code = may_give(reader);
    if (code != NUMRES_OK || length == 0)
        return code;
    if (bytes == NULL)
        return NUMRES_WRONG_USE;
    numres_parser_set_chunk(reader->parser, bytes, length);
    reader->stage = STEPPING;
    return NUMRES_OK;
}

numres_code numres_reader_finish(numres_reader *reader) {
    numres_code code = may_give(reader);
    if (code == NUMRES_OK)
        reader->stage = FINISHING;
    return code;
}

/* Called when the parser has read all that it was given. */
static void end_reading(numres_reader *reader, numres_code code) {
    if (code != NUMRES_OK)
        reader->after_all = NUMRES_EVENT_ERROR;
    else if (reader->stage == FINISHING)
        reader->after_all = NUMRES_EVENT_END;
    reader->stage = ALL_READ;
}

/* Called when the parser returned this code, unless all that came is a record or a
   document's end. That event, if there is one, waits until the problems are returned. */
static __attribute__((noinline)) void begin_problems(numres_reader *reader, numres_code code) {
    if (reader->event == NUMRES_EVENT_END)
        hold_nothing(reader);
    reader->held->kind = reader->held_kind;
    if (code != NUMRES_PAUSED)
        end_reading(reader, code);
    reader->waiting = reader->event;
    reader->waiting_told = reader->told;
    reader->waiting_stage = reader->stage;
    reader->stage = TELLING_PROBLEMS;
}

/* Returns one problem after the other, then the event that waits after them, or END if
   none does. */
static numres_event take_problem(numres_reader *reader) {
    if (reader->problems_taken < reader->problem_count) {
        reader->told = &reader->problems[reader->problems_taken++].problem;
        return reader->event = NUMRES_EVENT_PROBLEM;
    }
    reader->problem_count = reader->problems_taken = 0;
    reader->stage = reader->waiting_stage;
    reader->told = reader->waiting_told;
    return reader->event = reader->waiting;
}

/* Lets the parser read until it pauses or needs more. Returns the record or document's end
   that came; END if there is none, or if problems come before it. */
static inline numres_event read_on(numres_reader *reader,
                                   numres_code (*reads)(numres_parser *parser)) {
    reader->held->kind = NUMRES_RECORD_NONE; /* see stepping.h */
    reader->event = NUMRES_EVENT_END;
    numres_code code = reads(reader->parser);
    if (reader->event != NUMRES_EVENT_END && reader->problem_count == 0) {
        reader->held->kind = reader->held_kind;
        return reader->event; /* the code is PAUSED */
    }
    begin_problems(reader, code);
    return NUMRES_EVENT_END;
}

/* Returns the next event. This is the slow path, for when the parser's next step does not
   give it at once. */
static __attribute__((noinline)) numres_event next_after_all(numres_reader *reader) {
    while (reader->stage != ALL_READ) {
        numres_event event = reader->stage == TELLING_PROBLEMS ? take_problem(reader)
                             : reader->stage == STEPPING       ? read_on(reader, numres_parser_step)
                                                         : read_on(reader, numres_parser_finish);
        if (event != NUMRES_EVENT_END)
            return event;
    }
    return reader->event = reader->after_all;
}

numres_event numres_reader_next(numres_reader *reader) {
    if (reader == NULL)
        return NUMRES_EVENT_ERROR;
    numres_event event = NUMRES_EVENT_END;
    if (reader->stage == STEPPING)
        event = read_on(reader, numres_parser_step);
    return event != NUMRES_EVENT_END ? event : next_after_all(reader);
}

/* What came. */

static const void *told_by(const numres_reader *reader, numres_event event) {
    return reader != NULL && reader->event == event ? reader->told : NULL;
}

const numres_reservation *numres_reader_reservation(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_RESERVATION);
}

const numres_phone_number *numres_reader_phone_number(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_PHONE_NUMBER);
}

const numres_meta *numres_reader_meta(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_META);
}

const numres_api_error *numres_reader_api_error(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_API_ERROR);
}

const numres_document *numres_reader_document(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_DOCUMENT_END);
}

const numres_problem *numres_reader_problem(const numres_reader *reader) {
    return told_by(reader, NUMRES_EVENT_PROBLEM);
}

const numres_error *numres_reader_error(const numres_reader *reader) {
    bool failed = reader != NULL && reader->event == NUMRES_EVENT_ERROR;
    return failed ? numres_parser_error(reader->parser) : NULL;
}

uint64_t numres_reader_position(const numres_reader *reader) {
    if (reader == NULL)
        return 0;
    return reader->event > NUMRES_EVENT_NEED_BYTES ? numres_parser_paused_at(reader->parser)
                                                   : numres_parser_position(reader->parser);
}
