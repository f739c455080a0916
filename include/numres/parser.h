/* The parser: its options; creating, feeding and destroying it. */
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
} NUMRES_ENUM_SIZE numres_root;

/*
 * Which lane reads the input. The results are the same: the fast lane reads input that
 * looks as expected and leaves the rest to the general lane.
 */
typedef enum numres_lane NUMRES_ENUM_TYPE {
    NUMRES_LANE_AUTOMATIC = 0, /* the fast lane where it can, else the general one */
    NUMRES_LANE_GENERAL = 1    /* the general lane alone */
} NUMRES_ENUM_SIZE numres_lane;

/* The SIMD instructions that the fast lane uses. */
typedef enum numres_simd NUMRES_ENUM_TYPE {
    NUMRES_SIMD_BEST = 0,     /* the best that the machine has */
    NUMRES_SIMD_BASELINE = 1, /* 16 bytes at a time: SSE2, NEON, or plain C in their place */
    NUMRES_SIMD_AVX2 = 2      /* 32 bytes at a time */
} NUMRES_ENUM_SIZE numres_simd;

/*
 * Returns the name of what this level uses on this machine and in this build: "avx2",
 * "sse2", "neon" or "portable". NUMRES_SIMD_BEST returns the name of the level that it
 * chooses. Returns NULL if the machine or the build lacks this level, or if there is no
 * such level. The text is constant. Any thread may call it.
 */
NUMRES_API const char *numres_simd_name(numres_simd simd);

/*
 * Memory functions. Set both or neither; with neither, malloc and free are used. They must
 * return (no longjmp, no exception) and must not call the object that uses them. They and
 * what `context` points to must stay valid until that object is destroyed; for an Arrow
 * stream, until its last array and schema are released, which may happen on any thread.
 *
 * ABI: frozen for ever.
 */
typedef struct numres_allocator {
    void *(*allocate)(size_t size, void *context); /* aligned for any type; NULL if there is none */
    void (*release)(void *memory, void *context);  /* frees what allocate returned */
    void *context;                                 /* passed to both */
} numres_allocator;

/* Defaults of the limits; see numres_options. */
#define NUMRES_DEFAULT_MAX_VALUE_LENGTH 16384
#define NUMRES_DEFAULT_MAX_RECORD_TEXT 32768
#define NUMRES_DEFAULT_MAX_DEPTH 32

/* The largest limits. Above them, creation returns NUMRES_WRONG_OPTION. */
#define NUMRES_LARGEST_MAX_DEPTH 127
#define NUMRES_LARGEST_MAX_VALUE_LENGTH ((size_t)1 << 30)
#define NUMRES_LARGEST_MAX_RECORD_TEXT ((size_t)1 << 30)

/*
 * What a parser reads and how much of it. Start from numres_options_default().
 *
 * ABI: the caller makes it, and later versions may have more members at its end; `size`
 * says which members the caller knows. The library accepts the struct of an older program:
 * members that it lacks have their defaults, and nothing is written beyond `size`. It
 * accepts the struct of a newer program if all bytes after the members of this version are
 * zero. Otherwise the call returns NUMRES_WRONG_OPTION, so that no option is silently
 * ignored. It returns NUMRES_WRONG_USE if `size` is not set or ends inside a member. The
 * same holds for every struct that begins with its size.
 */
typedef struct numres_options {
    size_t size; /* sizeof(numres_options); numres_options_default sets it */

    numres_root root; /* what the root of each document is */
    /* Read documents one after the other, with or without white space between them; after a
       scalar root, white space is required. If false, bytes after the first document are
       the error NUMRES_TRAILING_BYTES. */
    bool several_documents;
    /* Treat the first problem as an error with the problem's code. */
    bool strict;
    /* Raise the problem NUMRES_MISSING_MEMBER when an object closes without a member that
       numres/members.h marks REQUIRED. */
    bool require_members;
    /* Require phone_number to be an international number: see numres_is_e164(). */
    bool check_e164;

    /* Longest value that is kept, in bytes after decoding; at least 1. */
    size_t max_value_length;
    /* Most text that is kept of one open record, in bytes, at least 1: the sum of its
       accepted values. Rejected values do not count. Two records can be open: a reservation
       and one of its numbers. */
    size_t max_record_text;
    /* Most open arrays and objects, 1 to 127; the root is 1. */
    unsigned int max_depth;
    /* Most bytes of one document, from its root's first byte; 0: no limit. */
    uint64_t max_document_size;

    /* Where the parser's memory comes from; by default malloc. */
    numres_allocator allocator;

    /* For tests and measurements; they never change the callbacks. Creation returns
       NUMRES_WRONG_OPTION for a SIMD level that the machine or the build lacks. */
    numres_lane lane;
    numres_simd simd;

    /* Raise the problem NUMRES_UNKNOWN_MEMBER for every member that numres/members.h does
       not name, at the root and in each object that it describes, but not inside an unknown
       value. This shows a change of the API at once. Only the general lane reads then. */
    bool report_unknown;
} numres_options;

/* Returns the documented defaults, with `size` set. Start from this. */
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
                              {NUMRES_NULL, NUMRES_NULL, NUMRES_NULL},
                              NUMRES_LANE_AUTOMATIC,
                              NUMRES_SIMD_BEST,
                              false};
    return options;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_options_init(numres_options *options, size_t size);

/*
 * Returns the size in bytes of a parser with these options: what numres_parser_create
 * allocates and numres_parser_create_in needs. NULL means the defaults. Returns 0 if an
 * option is wrong. Any thread may call it.
 */
NUMRES_API size_t numres_parser_size(const numres_options *options);

/*
 * Creates a parser with one allocation; the parser never makes another. `options` and
 * `handlers` are copied. Either may be NULL, which means the defaults and no handlers.
 * `user` is passed to every handler.
 *
 * Returns NUMRES_OK and sets *parser, which the caller destroys. Otherwise sets *parser to
 * NULL and returns NUMRES_WRONG_USE (`parser` is NULL, or a struct's size is not set),
 * NUMRES_WRONG_OPTION (an option is out of its range or unknown to this version) or
 * NUMRES_NO_MEMORY.
 *
 * Only one thread may use a parser at a time; any number of parsers may run in parallel.
 */
NUMRES_API numres_code numres_parser_create(numres_parser **parser, const numres_options *options,
                                            const numres_handlers *handlers, void *user);

/*
 * The same in `memory` of `size` bytes, at any alignment, which the caller owns and keeps
 * in place until the parser is destroyed. Nothing is ever allocated. Returns
 * NUMRES_NO_MEMORY if `memory` is NULL or `size` is less than numres_parser_size(options).
 */
NUMRES_API numres_code numres_parser_create_in(numres_parser **parser, void *memory, size_t size,
                                               const numres_options *options,
                                               const numres_handlers *handlers, void *user);

/*
 * Reads the next `length` bytes of the stream. Chunk boundaries never change the callbacks.
 * `bytes` is not kept and may be NULL when `length` is 0. *consumed (if not NULL) is set to
 * how many bytes of this call were taken.
 *
 * Returns NUMRES_OK if all were taken.
 *
 * Returns NUMRES_PAUSED if a handler paused. *consumed bytes were taken; feed the rest when
 * you are ready. *consumed may equal `length`, so check the return value, not the count.
 * Then continue with the next bytes, with 0 bytes (which deliver a callback still owed) or
 * with finish.
 *
 * Returns the error's code after an error; see numres_parser_error(). Of the bytes of this
 * call, only those before the error's offset count as taken. Every further call returns the
 * same code until reset.
 *
 * Returns NUMRES_WRONG_USE if a handler called numres_parser_reset. It also returns that,
 * and changes nothing, for a NULL parser, for NULL `bytes` with a length, inside a
 * callback, and after finish unless a feed had failed before it.
 */
NUMRES_API numres_code numres_parser_feed(numres_parser *parser, const void *bytes, size_t length,
                                          size_t *consumed);

/*
 * Says that the stream has ended. Returns NUMRES_OK if it held only complete, valid
 * documents; NUMRES_PAUSED if a handler paused (call finish again); otherwise the error's
 * code, such as NUMRES_TRUNCATED or NUMRES_EMPTY_INPUT. Calling it again returns the same.
 * Returns NUMRES_WRONG_USE for NULL, inside a callback, and if a handler called
 * numres_parser_reset.
 */
NUMRES_API numres_code numres_parser_finish(numres_parser *parser);

/*
 * Makes the parser as new, with its options and handlers; positions start at 0 again. It is
 * cheap. Returns NUMRES_OK, or NUMRES_WRONG_USE for NULL.
 *
 * It is legal everywhere. Inside a callback it abandons the running feed or finish, which
 * calls no other handler and returns NUMRES_WRONG_USE as soon as this handler returns.
 * Until then, make no other call on the parser. After a handler that never returned
 * (longjmp, an exception), a reset makes the parser usable again.
 */
NUMRES_API numres_code numres_parser_reset(numres_parser *parser);

/*
 * Replace the user pointer and the handlers given at creation, for all callbacks that
 * follow. A server that pools parsers sets them for each connection, usually together with
 * a reset. `handlers` is copied; NULL means none. Reading continues where it was.
 *
 * Both return NUMRES_OK; or, changing nothing, NUMRES_WRONG_USE (NULL parser, inside a
 * callback, handlers whose size is not set) or NUMRES_WRONG_OPTION (handlers of a newer
 * version with one set that this version does not know).
 */
NUMRES_API numres_code numres_parser_set_user(numres_parser *parser, void *user);
NUMRES_API numres_code numres_parser_set_handlers(numres_parser *parser,
                                                  const numres_handlers *handlers);

/* Returns the user pointer that was set last; NULL for NULL. Legal everywhere. */
NUMRES_API void *numres_parser_user(const numres_parser *parser);

/*
 * Frees the parser, if it allocated its memory. NULL is legal. Do not call it inside a
 * callback of this parser: the feed is still running. After a handler that never returned,
 * it is legal.
 */
NUMRES_API void numres_parser_destroy(numres_parser *parser);

/*
 * Returns the error that ended reading, or one with code NUMRES_OK. The parser owns it; it
 * is valid until reset or destroy. Returns NULL for NULL. numres/lines.h finds the line and
 * column of its offset.
 */
NUMRES_API const numres_error *numres_parser_error(const numres_parser *parser);

/*
 * Returns a position in bytes from the stream's start. Inside a handler, it is that of the
 * byte just after what is reported. Outside, it is how many bytes were taken in all;
 * error->offset may lie before it.
 * Returns 0 for NULL.
 */
NUMRES_API uint64_t numres_parser_position(const numres_parser *parser);

/*
 * Reads a whole buffer: create, feed, finish and destroy in one call. A handler's
 * NUMRES_PAUSE means NUMRES_GO_ON. Handlers must return: one that leaves by longjmp or by
 * an exception leaks the parser.
 *
 * Returns what create or finish would return. *error (if `error` is not NULL) is set to the
 * error, or to one with code NUMRES_OK. Its size must be set: start from
 * numres_error_default(). Otherwise the call returns NUMRES_WRONG_USE, and reads and writes
 * nothing. Any thread may call it.
 */
NUMRES_API numres_code numres_parse(const void *bytes, size_t length, const numres_options *options,
                                    const numres_handlers *handlers, void *user,
                                    numres_error *error);

#ifdef __cplusplus
}
#endif

#endif
