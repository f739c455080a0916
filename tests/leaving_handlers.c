/*
 * Handlers that never return, in both lanes and from each callback: by longjmp in C, and
 * by an exception in C++, as which this file is compiled too. Afterwards the parser is
 * reset and reads a whole document. Exits with 0 if everything is as numres/handlers.h
 * says. It needs no test framework, so that it runs on any machine.
 */
#include <numres.h>
#include <stdio.h>
#include <string.h>

#ifdef __cplusplus
#define LEAVE() throw 7
#define RUN_UNTIL_LEFT(call, left)                                                                 \
    try {                                                                                          \
        call;                                                                                      \
    } catch (int) {                                                                                \
        left = true;                                                                               \
    }
#else
#include <setjmp.h>
static jmp_buf way_out;
#define LEAVE() longjmp(way_out, 1)
#define RUN_UNTIL_LEFT(call, left)                                                                 \
    if (setjmp(way_out) == 0)                                                                      \
        call;                                                                                      \
    else                                                                                           \
        left = true;
#endif

enum { CALLBACKS = 6 };

typedef struct run {
    int leaves_in;       /* the callback that leaves; CALLBACKS: none */
    int came[CALLBACKS]; /* calls of each callback */
} run;

static numres_answer come(void *user, int callback) {
    run *now = (run *)user;
    now->came[callback]++;
    if (now->leaves_in == callback)
        LEAVE();
    return NUMRES_GO_ON;
}

#define HANDLER(number, name, type)                                                                \
    static numres_answer name(numres_parser *parser, const type *given, void *user) {              \
        (void)parser, (void)given;                                                                 \
        return come(user, number);                                                                 \
    }
HANDLER(0, on_reservation, numres_reservation)
HANDLER(1, on_phone_number, numres_phone_number)
HANDLER(2, on_meta, numres_meta)
HANDLER(3, on_api_error, numres_api_error)
HANDLER(4, on_document_end, numres_document)
HANDLER(5, on_problem, numres_problem)

static const char document[] =
    "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"id\":\"1\",\"status\":\"odd\"},{\"id\":\"2\"}]}"
    ","
    "{\"id\":\"b\"}],\"meta\":{\"total_pages\":1},\"errors\":[{\"code\":\"1\"}]}";

/* Two reservations, two numbers, a meta, an API error, an end and two problems. */
static const int complete[CALLBACKS] = {2, 2, 1, 1, 1, 2};

static void feed_all(numres_parser *parser, size_t chunk) {
    size_t length = strlen(document);
    for (size_t at = 0; at < length; at += chunk)
        numres_parser_feed(parser, document + at, at + chunk < length ? chunk : length - at, NULL);
    numres_parser_finish(parser);
}

static numres_parser *create(numres_lane lane, run *user) {
    numres_parser *parser = NULL;
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    options.lane = lane;
    handlers.on_reservation = on_reservation;
    handlers.on_phone_number = on_phone_number;
    handlers.on_meta = on_meta;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    handlers.on_problem = on_problem;
    numres_parser_create(&parser, &options, &handlers, user);
    return parser;
}

/* Returns whether the handler left, the parser then accepted nothing but a reset, and was
   as good as new after it. */
static bool leave_and_come_back(numres_lane lane, int callback, size_t chunk) {
    static volatile bool left; /* longjmp may lose values in registers */
    static run now;
    numres_parser *parser = create(lane, &now);
    memset(&now, 0, sizeof now);
    now.leaves_in = callback;
    left = false;
    RUN_UNTIL_LEFT(feed_all(parser, chunk), left)
    bool refuses = numres_parser_feed(parser, "", 0, NULL) == NUMRES_WRONG_USE;
    memset(&now, 0, sizeof now);
    now.leaves_in = CALLBACKS;
    numres_parser_reset(parser);
    feed_all(parser, chunk);
    bool whole = memcmp(now.came, complete, sizeof complete) == 0 &&
                 numres_parser_error(parser)->code == NUMRES_OK;
    numres_parser_destroy(parser);
    return left && refuses && whole;
}

int main(void) {
    static const size_t chunks[] = {1, 7, sizeof document};
    int wrong = 0;
    for (int lane = 0; lane < 2; lane++)
        for (int callback = 0; callback < CALLBACKS; callback++)
            for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++)
                if (!leave_and_come_back((numres_lane)lane, callback, chunks[at])) {
                    fprintf(stderr, "lane %d, callback %d, chunks of %zu: not as promised\n", lane,
                            callback, chunks[at]);
                    wrong++;
                }
    return wrong > 0;
}
