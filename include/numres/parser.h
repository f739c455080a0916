/* The parser: options, its life, feeding it. */
#ifndef NUMRES_PARSER_H
#define NUMRES_PARSER_H

#include "handlers.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a document's root is. */
typedef enum numres_root NUMRES_ENUM_TYPE {
    NUMRES_ROOT_ENVELOPE = 0,   /* {"data":...} or {"errors":[...]} */
    NUMRES_ROOT_RESERVATION = 1 /* a reservation by itself */
} numres_root;

/*
 * Which lane reads. The results are the same: the fast lane reads what looks
 * as expected and leaves the rest to the general lane.
 */
typedef enum numres_lane NUMRES_ENUM_TYPE {
    NUMRES_LANE_AUTOMATIC = 0, /* the fast lane where it can, else the general one */
    NUMRES_LANE_GENERAL = 1    /* the general lane alone */
} numres_lane;

/* The machine instructions that the fast lane uses. */
typedef enum numres_simd NUMRES_ENUM_TYPE {
    NUMRES_SIMD_BEST = 0,     /* the best that the machine has */
    NUMRES_SIMD_BASELINE = 1, /* 16 bytes at a time: SSE2, NEON, or plain C in their place */
    NUMRES_SIMD_AVX2 = 2      /* 32 bytes at a time */
} numres_simd;

/*
 * The name of what this level is on this machine and in this build: "avx2",
 * "sse2", "neon" or "portable". NUMRES_SIMD_BEST returns that of the level it
 * chooses. NULL: the machine or the build lacks this level, or there is no
 * such level. Any thread may call it.
 */
NUMRES_API const char *numres_simd_name(numres_simd simd);

/*
 * Memory functions. Set both or neither: neither means malloc and free. They must return
 * (no longjmp, no exception) and must not call the object that uses them. They, and what
 * `context` points to, must last until that object is destroyed; with an Arrow stream,
 * until its last array and schema is released, which may happen on any thread.
 *
 * ABI: frozen for ever.
 */
typedef struct numres_allocator {
    void *(*allocate)(size_t size, void *context); /* aligned for any type; NULL: none left */
    void (*release)(void *memory, void *context);  /* what allocate returned */
    void *context;                                 /* passed to both */
} numres_allocator;

/* Defaults of the limits; see numres_options. */
#define NUMRES_DEFAULT_MAX_VALUE_LENGTH 16384
#define NUMRES_DEFAULT_MAX_RECORD_TEXT 32768
#define NUMRES_DEFAULT_MAX_DEPTH 32

/* Limits of the limits; outside them creation returns NUMRES_WRONG_OPTION. */
#define NUMRES_LARGEST_MAX_DEPTH 127
#define NUMRES_LARGEST_MAX_VALUE_LENGTH ((size_t)1 << 30)
#define NUMRES_LARGEST_MAX_RECORD_TEXT ((size_t)1 << 30)

/*
 * What a parser reads and how much of it. Start from numres_options_default().
 *
 * ABI: the caller makes it, and later versions may have more members at its end;
 * `size` says how many the caller knows. The struct of an older program is accepted,
 * and members that it lacks have their defaults; the library never writes beyond
 * `size`. The struct of a newer program is accepted if all bytes after the members of
 * this version are 0. Otherwise the call returns NUMRES_WRONG_OPTION, since what a
 * newer program asks for is never silently ignored. A size that is not set, or ends
 * inside a member, is NUMRES_WRONG_USE. The same holds for every struct that begins
 * with its size.
 */
typedef struct numres_options {
    size_t size; /* sizeof(numres_options); numres_options_default sets it */

    numres_root root; /* what each document is */
    /* Read documents one after the other, with or without white space between them;
       after a scalar at the top there must be white space.
       Otherwise bytes after the first are the error NUMRES_TRAILING_BYTES. */
    bool several_documents;
    /* The first problem is an error with the problem's code. */
    bool strict;
    /* A documented member that is absent is the problem
       NUMRES_MISSING_MEMBER, raised as its object closes. */
    bool require_members;
    /* phone_number must be an international number: see numres_is_e164(). */
    bool check_e164;

    /* Longest kept value in bytes after decoding, at least 1. */
    size_t max_value_length;
    /* All kept text of one open record in bytes, at least 1: the accepted
       values together. A rejected one takes no room. Two records, a reservation
       and a number of it, can be open. */
    size_t max_record_text;
    /* Open arrays and objects, 1 to 127; the root is 1. */
    unsigned int max_depth;
    /* Bytes of one document from its root's first byte; 0: no limit. */
    uint64_t max_document_size;

    /* Where the parser's memory comes from: by default malloc. */
    numres_allocator allocator;

    /* For tests and measurements; the callbacks do not depend on them. A SIMD
       level that the machine or the build lacks is NUMRES_WRONG_OPTION. */
    numres_lane lane;
    numres_simd simd;

    /* Every member that numres/members.h does not name is the problem
       NUMRES_UNKNOWN_MEMBER, in each object that it describes and at the root; the
       inside of an unknown value is not reported. This shows a change of the API at
       once. Only the general lane reads then. */
    bool report_unknown;
} numres_options;

/* The documented defaults, with the size set: start from this. */
static inline numres_options numres_options_default(void) {
    numres_options options = {sizeof(numres_options),
                              NUMRES_ROOT_ENVELOPE,
                              false,
                              false,
                              false,
                              false,
                              NUMRES_DEFAULT_MAX_VALUE_LENGTH,
                              NUMRES_DEFAULT_MAX_RECORD_TEXT,
                              NUMRES_DEFAULT_MAX_DEPTH,
                              0,
                              {NULL, NULL, NULL},
                              NUMRES_LANE_AUTOMATIC,
                              NUMRES_SIMD_BEST,
                              false};
    return options;
}

/* The same for other languages, as numres_error_init. */
NUMRES_API void numres_options_init(numres_options *options, size_t size);

/*
 * The bytes a parser with these options takes, which is what it allocates and
 * what numres_parser_create_in needs. NULL means the defaults. 0: the options
 * are wrong. Any thread may call it.
 */
NUMRES_API size_t numres_parser_size(const numres_options *options);

/*
 * Creates a parser with one allocation; there is no other until it is
 * destroyed. `options` and `handlers` are copied, and either may be NULL (the
 * defaults; no handlers). `user` is passed to every handler.
 *
 * Returns NUMRES_OK and sets *parser, which the caller destroys; otherwise
 * NUMRES_WRONG_USE (parser is NULL, a struct's size is not set),
 * NUMRES_WRONG_OPTION (an option out of its range, or one that this version does
 * not know) or NUMRES_NO_MEMORY, and *parser is NULL.
 *
 * A parser is used by one thread at a time; any number run in parallel.
 */
NUMRES_API numres_code numres_parser_create(numres_parser **parser, const numres_options *options,
                                            const numres_handlers *handlers, void *user);

/*
 * The same in `memory` of `size` bytes, at any alignment, which the caller
 * owns and keeps until the parser is destroyed. Nothing is ever allocated.
 * NUMRES_NO_MEMORY: `memory` is NULL, or `size` is less than numres_parser_size(options).
 */
NUMRES_API numres_code numres_parser_create_in(numres_parser **parser, void *memory, size_t size,
                                               const numres_options *options,
                                               const numres_handlers *handlers, void *user);

/*
 * Reads the next `length` bytes of the stream. Chunk boundaries never change the
 * callbacks. `bytes` is not kept and may be NULL when `length` is 0. *consumed (if
 * not NULL) is set to how many bytes of this call were taken.
 *
 * Returns NUMRES_OK: all were taken. NUMRES_PAUSED: a handler paused;
 * *consumed bytes were taken, feed the rest again when you are ready. It is a
 * pause even if *consumed is `length`: check the return value, not the count, and
 * go on with the next bytes, with 0 bytes (which deliver a callback still owed) or
 * with finish. An error's code: see numres_parser_error(); of the bytes of this
 * call only those before the error's offset count as taken, and every further call
 * returns the same code until reset. NUMRES_WRONG_USE: a handler called
 * numres_parser_reset; or, which changes nothing, NULL parser, NULL `bytes` with a length,
 * inside a callback, after a finish that no failed feed came before.
 */
NUMRES_API numres_code numres_parser_feed(numres_parser *parser, const void *bytes, size_t length,
                                          size_t *consumed);

/*
 * Says that the stream has ended. Returns NUMRES_OK if it held only whole, valid
 * documents; NUMRES_PAUSED: a handler paused, call finish again; else
 * the error's code, such as NUMRES_TRUNCATED or NUMRES_EMPTY_INPUT. Calling
 * it again returns the same. NUMRES_WRONG_USE: NULL, inside a callback.
 */
NUMRES_API numres_code numres_parser_finish(numres_parser *parser);

/*
 * Makes the parser as new, with its options and handlers; positions start at
 * 0 again. Cheap. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL.
 *
 * It is legal everywhere. Inside a callback it abandons the running feed or
 * finish, which returns NUMRES_WRONG_USE as soon as the handler returns and
 * calls no other handler; until it has returned, no other call may be made on
 * the parser. After a handler that never returned (longjmp, an
 * exception) it is what makes the parser usable again.
 */
NUMRES_API numres_code numres_parser_reset(numres_parser *parser);

/*
 * The user pointer and the handlers of the callbacks that follow, in place of those
 * given at creation: a server that pools parsers sets them for each connection, usually
 * together with a reset. `handlers` is copied; NULL means none. Reading continues where
 * it was.
 *
 * Return NUMRES_OK, or NUMRES_WRONG_USE, which changes nothing: NULL parser, inside a
 * callback, handlers whose size is not set. NUMRES_WRONG_OPTION: handlers of a newer
 * version, with one set that this version does not know.
 */
NUMRES_API numres_code numres_parser_set_user(numres_parser *parser, void *user);
NUMRES_API numres_code numres_parser_set_handlers(numres_parser *parser,
                                                  const numres_handlers *handlers);

/* The user pointer, as it was set last. Legal everywhere. NULL for NULL. */
NUMRES_API void *numres_parser_user(const numres_parser *parser);

/*
 * Frees the parser, if it allocated its memory. NULL is legal. It must not be
 * called inside a callback of this parser, whose feed is still running; after a
 * handler that never returned it is legal.
 */
NUMRES_API void numres_parser_destroy(numres_parser *parser);

/*
 * The error that ended reading, or one with code NUMRES_OK. Owned by the
 * parser, valid until reset or destroy. NULL for NULL. numres/lines.h finds the
 * line and column of its offset.
 */
NUMRES_API const numres_error *numres_parser_error(const numres_parser *parser);

/*
 * Inside a handler: the byte just after what it reports, from the stream's
 * start. Outside: how many bytes were taken in all. 0 for NULL.
 */
NUMRES_API uint64_t numres_parser_position(const numres_parser *parser);

/*
 * Reads a whole buffer: create, feed, finish, destroy. A handler's PAUSE is
 * read as GO_ON. A handler must return: one that leaves by longjmp or by an exception leaks
 * the parser. Returns what finish or create would; what went wrong is copied
 * to *error, if that is not NULL. Its size must be set: start from
 * numres_error_default(). If it is not, the call returns NUMRES_WRONG_USE and nothing is
 * read or written. Any thread may call it.
 */
NUMRES_API numres_code numres_parse(const void *bytes, size_t length, const numres_options *options,
                                    const numres_handlers *handlers, void *user,
                                    numres_error *error);

#ifdef __cplusplus
}
#endif

#endif
