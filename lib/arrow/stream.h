/* The Arrow stream, for the files that implement it. */
#ifndef NUMRES_LIB_ARROW_STREAM_H
#define NUMRES_LIB_ARROW_STREAM_H

#include "batch.h"

#define NUMRES_ARROW_CHUNK_SIZE ((size_t)65536)
/* For what the API said in an error; get_last_error includes it. */
#define NUMRES_ARROW_DETAIL_SIZE 512
#define NUMRES_ARROW_MESSAGE_SIZE (NUMRES_PATH_SIZE + NUMRES_ARROW_DETAIL_SIZE + 512)

typedef struct numres_arrow_stream {
    numres_budget budget;
    numres_arrow_source source;
    numres_handlers handlers; /* the caller's */
    void *user;
    numres_arrow_table table;
    numres_arrow_usage usage;

    numres_parser *parser;
    void *parser_memory;

    bool has_chunk;  /* the parser has not read all of the chunk */
    bool at_end;     /* the source has no more */
    bool is_done;    /* the parser has read everything, or there is an error */
    bool is_reading; /* inside get_next, or a handler never returned to it */
    numres_error error;
    const char *last_message; /* of the last call; NULL: it succeeded */

    /*
     * Batches that are not given away yet. The parser adds numbers to the last one. It
     * reads on only while all batches after the first hold nothing but rows of the open
     * reservation: then only the first one can have complete rows.
     */
    numres_arrow_batch *first, *last;
    uint64_t open_index; /* of the reservation whose rows are not complete */
    /* A reservation that ended before all of its rows were complete. The parser keeps it in
       place until it reads on. NULL: none. */
    const numres_record *ended;

    /* The API error that ended the stream: its path, and what it says. */
    char refusal_path[NUMRES_PATH_SIZE];
    char refusal[NUMRES_ARROW_DETAIL_SIZE];
    char message[NUMRES_ARROW_MESSAGE_SIZE];
    char chunk[NUMRES_ARROW_CHUNK_SIZE];
} numres_arrow_stream;

/* rows.c: returns the handlers that make rows; their user pointer is the stream. They stop
   the parser if that fails: see budget.failure. */
numres_handlers numres_arrow_handlers(void);

/* Completes the rows of the ended reservation in the first batch. Returns false on failure:
   see budget.failure. */
bool numres_arrow_complete_rows(numres_arrow_stream *stream);

/* Forgets the rows that are not complete, because their reservation will not come. */
void numres_arrow_drop_rows(numres_arrow_stream *stream);

/* Removes the first batch from the stream and returns it, to be given away or destroyed. */
numres_arrow_batch *numres_arrow_take_first(numres_arrow_stream *stream);

/* message.c: writes what get_last_error says of an error into the stream, and returns it. */
const char *numres_arrow_message(numres_arrow_stream *stream, const numres_error *error);

/* Keeps what the API said in an error, and the error's path. */
void numres_arrow_keep_refusal(numres_arrow_stream *stream, const numres_api_error *api_error);

#endif
