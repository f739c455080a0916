/*
 * The parser's struct, shared by creation.c (makes it), parser.c (reads a stream) and
 * stepping.c (reads with pauses).
 */
#ifndef NUMRES_LIB_PARSER_STATE_H
#define NUMRES_LIB_PARSER_STATE_H

#include "../schema/delivery.h"
#include "lanes.h"
#include "numres/parser.h"

typedef enum numres_stage {
    NUMRES_STAGE_BEFORE_ROOT,    /* white space, then a document's first byte */
    NUMRES_STAGE_IN_MARK,        /* in what may be a byte-order mark */
    NUMRES_STAGE_IN_ROOT,        /* a lane reads */
    NUMRES_STAGE_AFTER_DOCUMENT, /* the only document is complete; only white space may follow */
} numres_stage;

/* A chunk that is being read: what is left of it, and where in the stream. */
typedef struct numres_chunk {
    const unsigned char *bytes;
    const unsigned char *end;
    uint64_t offset; /* of `bytes` */
} numres_chunk;

struct numres_parser {
    numres_schema schema;
    numres_lanes lanes;
    bool several_documents;
    uint64_t max_document_size;
    numres_allocator allocator; /* release is NULL: the memory is the caller's */
    void *memory;

    numres_stage stage;
    size_t mark_matched; /* how many bytes of a byte-order mark have come */
    bool root_is_scalar; /* whether the document read now or last is a scalar */
    bool finishing;      /* finish was called */
    uint64_t taken;      /* bytes of the stream that were taken up to the last call's end */

    /* What stepping.c reads: the rest of its chunk, and the chunk's first byte. */
    numres_chunk chunk;
    const unsigned char *chunk_start;
};

static inline bool numres_parser_is_in_callback(const numres_parser *parser) {
    return numres_delivery_is_in_callback(&parser->schema);
}

static inline numres_code numres_parser_error_code(const numres_parser *parser) {
    return numres_delivery_error(&parser->schema)->code;
}

/* If `signal` is GO_ON, reads to the chunk's end, a pause or an error. Returns the last signal. */
numres_signal numres_parser_read_chunk(numres_parser *parser, numres_chunk *chunk,
                                       numres_signal signal);

/* Leaves the chunk that began at `start`: open records copy their text out of it. Returns
   how many bytes count as taken. */
size_t numres_parser_leave_chunk(numres_parser *parser, const unsigned char *start,
                                 const numres_chunk *chunk);

/* The document is complete. */
void numres_parser_end_document(numres_parser *parser);

/*
 * What a call returns after this signal. If a handler reset the parser, the signal is
 * FAIL but there is no error, because the stream is gone: NUMRES_WRONG_USE.
 */
numres_code numres_parser_code_of(const numres_parser *parser, numres_signal signal);

#endif
