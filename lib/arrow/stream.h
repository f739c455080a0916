/* A stream, to the files that make it up. */
#ifndef NUMRES_LIB_ARROW_STREAM_H
#define NUMRES_LIB_ARROW_STREAM_H

#include "batch.h"

#define NUMRES_ARROW_CHUNK_SIZE ((size_t)65536)
/* Of what the API said in an error, for get_last_error. */
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

    bool has_chunk;  /* the parser has not read all of it */
    bool at_end;     /* the source has no more */
    bool is_done;    /* the parser has read all, or there is an error */
    bool is_reading; /* inside get_next, or a handler never returned to it */
    numres_error error;
    const char *last_message; /* of the last call; NULL: it went well */

    /*
     * Batches that are not given away yet. The parser adds numbers to the last one. It
     * reads on only while there is none but the batches of the open reservation: then the
     * first one alone has rows that are complete.
     */
    numres_arrow_batch *first, *last;
    uint64_t open_index; /* of the reservation whose rows are not complete */
    /* A reservation that ended, but not all of its rows are complete; it stays where the
       parser has it until that reads on. NULL: none. */
    const numres_record *ended;

    /* The API error that ended the stream: its path, and what it says. */
    char refusal_path[NUMRES_PATH_SIZE];
    char refusal[NUMRES_ARROW_DETAIL_SIZE];
    char message[NUMRES_ARROW_MESSAGE_SIZE];
    char chunk[NUMRES_ARROW_CHUNK_SIZE];
} numres_arrow_stream;

/* rows.c: handlers that make rows; the stream is their user. They stop where that fails:
   see budget.failure. */
numres_handlers numres_arrow_handlers(void);

/* Completes the rows of the reservation that ended, as far as the first batch goes. False:
   see budget.failure. */
bool numres_arrow_complete_rows(numres_arrow_stream *stream);

/* Forgets the rows that are not complete: their reservation does not come. */
void numres_arrow_drop_rows(numres_arrow_stream *stream);

/* The first batch is given away or to be destroyed: it is no more the stream's. */
numres_arrow_batch *numres_arrow_take_first(numres_arrow_stream *stream);

/* message.c: what get_last_error says of an error: it is written into the stream. */
const char *numres_arrow_message(numres_arrow_stream *stream, const numres_error *error);

/* Keeps what the API said, and where. */
void numres_arrow_keep_refusal(numres_arrow_stream *stream, const numres_api_error *api_error);

#endif
