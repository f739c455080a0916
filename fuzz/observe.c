/* Reads a document in one way and checks what the library promises about its calls. The target
   parse.c compares the ways. */
#include "observe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* Memory for a parser, between marks that must not change. For memory from malloc a
   sanitizer sees stray accesses; the marks work without one. */
enum { MARK = 0xA5, MARKS = 32 };

typedef struct block {
    unsigned char *memory;
    size_t before; /* marks before the parser */
    size_t size;
    unsigned int allocations;
} block;

static void *block_allocate(size_t size, void *context) {
    block *block = context;
    block->allocations++;
    block->size = size;
    block->memory = malloc(block->before + size + MARKS);
    FUZZ_EXPECT(block->memory, "no memory");
    memset(block->memory, MARK, block->before + size + MARKS);
    return block->memory + block->before;
}

static void block_release(void *memory, void *context) {
    block *block = context;
    FUZZ_EXPECT(memory == block->memory + block->before, "another block is released");
    for (size_t place = 0; place < block->before; place++) {
        FUZZ_EXPECT(block->memory[place] == MARK, "%zu bytes before the block", place);
    }
    for (size_t place = 0; place < MARKS; place++) {
        FUZZ_EXPECT(block->memory[block->before + block->size + place] == MARK,
                    "%zu bytes behind the block", place);
    }
    free(block->memory);
    block->memory = NULL;
}

/* An observation under way. */
typedef struct session {
    observation *seen;
    const reading_way *way;
    numres_parser *parser;
    uint64_t fed;
} session;

static void create(session *session, block *block) {
    const fuzz_input *input = session->seen->input;
    numres_handlers handlers = observe_handlers(input);
    numres_options options = session->way->options;
    size_t size = numres_parser_size(&options);
    numres_code code;
    if (session->way->in_callers_memory) {
        /* malloc's own alignment plus an offset from the settings. */
        block->before = MARKS + input->settings[INPUT_ALIGNMENT] % 16u;
        code = numres_parser_create_in(&session->parser, block_allocate(size, block), size,
                                       &options, &handlers, session->seen);
    } else {
        block->before = MARKS;
        options.allocator = (numres_allocator){block_allocate, block_release, block};
        code = numres_parser_create(&session->parser, &options, &handlers, session->seen);
    }
    FUZZ_EXPECT(code == NUMRES_OK, "creation returns %s", numres_code_name(code));
    FUZZ_EXPECT(block->size == size, "%zu bytes allocated, not %zu", block->size, size);
}

static void destroy(session *session, block *block) {
    FUZZ_EXPECT(block->allocations == 1, "%u allocations", block->allocations);
    numres_parser_destroy(session->parser);
    if (session->way->in_callers_memory) {
        block_release(block->memory + block->before, block);
    }
    FUZZ_EXPECT(!block->memory, "the block is not released");
}

/* Checks numres_parser_feed's promises about the bytes that it took. */
static void check_feed(session *session, numres_code code, size_t length, size_t consumed) {
    const numres_error *error = numres_parser_error(session->parser);
    uint64_t expected = session->fed + length;
    if (code == NUMRES_PAUSED) {
        FUZZ_EXPECT(session->seen->trace.pause_always, "nobody paused");
        expected = session->seen->trace.last_position;
    } else if (code != NUMRES_OK) {
        FUZZ_EXPECT(error->code == code, "%s returned, %s kept", numres_code_name(code),
                    numres_code_name(error->code));
        expected = error->offset;
    }
    if (expected < session->fed) {
        expected = session->fed; /* the error is in bytes taken before */
    }
    FUZZ_EXPECT(session->fed + consumed == expected, "%zu of %zu taken from %" PRIu64 " on: %s",
                consumed, length, session->fed, numres_code_name(code));
    session->fed += consumed;
    FUZZ_EXPECT(numres_parser_position(session->parser) == session->fed ||
                    (code != NUMRES_OK && code != NUMRES_PAUSED),
                "position %" PRIu64 ", not %" PRIu64, numres_parser_position(session->parser),
                session->fed);
}

/* Feeds one chunk from an exact-size copy that is freed after the call. */
static numres_code feed(session *session, size_t length) {
    numres_code code;
    do {
        size_t consumed = SIZE_MAX;
        uint64_t callbacks = session->seen->trace.callbacks;
        char *copy = malloc(length > 0 ? length : 1);
        FUZZ_EXPECT(copy, "no memory");
        memcpy(copy, session->seen->input->document + session->fed, length);
        code = numres_parser_feed(session->parser, copy, length, &consumed);
        free(copy);
        FUZZ_EXPECT(consumed <= length, "%zu of %zu taken", consumed, length);
        FUZZ_EXPECT(code != NUMRES_PAUSED || session->seen->trace.callbacks > callbacks,
                    "paused without a callback");
        check_feed(session, code, length, consumed);
        length -= consumed;
    } while (code == NUMRES_PAUSED);
    return code;
}

static numres_code feed_all(session *session) {
    const fuzz_input *input = session->seen->input;
    numres_code code = NUMRES_OK;
    for (size_t chunk = 0; code == NUMRES_OK && session->fed < input->length; chunk++) {
        size_t rest = input->length - (size_t)session->fed;
        size_t size = session->way->in_chunks ? fuzz_input_chunk(input, chunk) : rest;
        code = feed(session, size < rest ? size : rest);
    }
    return code;
}

static numres_code finish(session *session) {
    numres_code code;
    do {
        code = numres_parser_finish(session->parser);
    } while (code == NUMRES_PAUSED);
    return code;
}

/* After the end, no call reads anything or calls a handler. */
static void check_end(session *session, numres_code fed, numres_code finished) {
    const numres_error *error = numres_parser_error(session->parser);
    numres_code expected = fed == NUMRES_OK ? NUMRES_WRONG_USE : fed;
    size_t consumed = SIZE_MAX;
    session->seen->ended = true;
    FUZZ_EXPECT(error->code == finished, "finish returns %s, the error %s",
                numres_code_name(finished), numres_code_name(error->code));
    FUZZ_EXPECT(fed == NUMRES_OK || fed == finished, "finish returns %s, feed %s",
                numres_code_name(finished), numres_code_name(fed));
    FUZZ_EXPECT(numres_parser_finish(session->parser) == finished, "finish returns another code");
    FUZZ_EXPECT(numres_parser_feed(session->parser, "{}", 2, &consumed) == expected,
                "feed after %s", numres_code_name(finished));
    FUZZ_EXPECT(consumed == 0, "%zu bytes taken after the end", consumed);
    FUZZ_EXPECT(error->offset <= session->seen->input->length, "an error beyond the end");
    FUZZ_EXPECT(fuzz_is_utf8(error->path, strlen(error->path)), "the path is not UTF-8");
    FUZZ_EXPECT(finished == NUMRES_OK || (error->sentence && error->path[0]), "error of no words");
}

/* The trace marks a broken promise with a word that begins with ! (trace.h). Text in
   quotes and lines with a path, which may hold anything, are skipped. */
static void check_line(const char *line, size_t length) {
    bool quoted = false;
    for (size_t at = 0; at + 1 < length; at++) {
        if (quoted && line[at] == '\\') {
            at++;
        } else if (line[at] == '"') {
            quoted = !quoted;
        } else if (!quoted && line[at] == ' ') {
            FUZZ_EXPECT(line[at + 1] != '!', "%.*s", (int)length, line);
        }
    }
}

static void check_words(const text_buffer *lines) {
    for (const char *line = lines->bytes; line && *line;) {
        size_t length = strcspn(line, "\n");
        const char *path = strstr(line, " path=");
        if (!path || path > line + length) {
            check_line(line, length);
        }
        line += length + (line[length] ? 1 : 0);
    }
}

/* Restarts the observation. */
static void begin_reading(session *session, observation *seen) {
    numres_code code = numres_parser_reset(session->parser);
    FUZZ_EXPECT(code == NUMRES_OK, "reset returns %s", numres_code_name(code));
    const fuzz_input *input = seen->input;
    trace trace = seen->trace;
    trace_clear(&trace);
    *seen = (observation){.trace = trace, .input = input, .pauses = session->way->pauses};
    seen->trace.stop_at = input->settings[INPUT_STOP];
    session->fed = 0;
}

void observe(observation *seen, const fuzz_input *input, const reading_way *way) {
    block block = {0};
    session session = {.seen = seen, .way = way};
    *seen = (observation){.input = input};
    create(&session, &block);
    if (way->used_parser) {
        begin_reading(&session, seen);
        size_t half = input->length / 2;
        for (numres_code code = NUMRES_OK; code == NUMRES_OK && session.fed < half;) {
            code = feed(&session, half - (size_t)session.fed);
        }
    }
    begin_reading(&session, seen);
    numres_code fed = feed_all(&session);
    seen->ended = fed != NUMRES_OK;
    check_end(&session, fed, finish(&session));
    check_words(&seen->trace.lines);
    trace_result(&seen->trace, numres_parser_error(session.parser), session.fed);
    destroy(&session, &block);
}
