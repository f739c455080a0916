/*
 * Segments: the text of an object as one like it came before. Pages repeat
 * themselves, so an object that was read member by member is remembered as a
 * row of pieces. A piece is bytes that stay the same (names, punctuation, white
 * space), with values of a fixed form among them, and ends in one value of any
 * length, in a bracket or in the object's brace. Where the next piece begins
 * follows from that value's end; nothing else is searched for.
 */
#ifndef NUMRES_LIB_FAST_SEGMENTS_H
#define NUMRES_LIB_FAST_SEGMENTS_H

#include "object.h"

enum {
    NUMRES_PIECE_VECTORS = 6, /* of 32 bytes: what stays the same in one piece */
    NUMRES_SEGMENTS_PIECES = 36,
    NUMRES_SEGMENTS_TIMESTAMPS = 28,
    NUMRES_SEGMENTS_BYTES = 2176,
    /* Pieces are used only where the limits leave this much room, so that short texts need
       no check against them. */
    NUMRES_SEGMENTS_ROOM = 1024,
    /* An integer with no more digits is in range. */
    NUMRES_PIECE_DIGITS = 18
};

typedef enum numres_piece_end {
    NUMRES_PIECE_NOTHING, /* the next piece follows at once */
    NUMRES_PIECE_TEXT,    /* a text that need not be judged, or null */
    NUMRES_PIECE_JUDGED,  /* a text that numres_record_accept judges */
    NUMRES_PIECE_STATUS,
    NUMRES_PIECE_BOOLEAN,
    NUMRES_PIECE_INTEGER,
    NUMRES_PIECE_UNKNOWN, /* the value of an unknown member, which is skipped */
    NUMRES_PIECE_BRACKET, /* of a known member's array */
    NUMRES_PIECE_BRACE    /* the object's end */
} numres_piece_end;

/* A timestamp of the usual length among a piece's bytes. */
typedef struct numres_piece_timestamp {
    uint8_t place;   /* of its text in the piece */
    uint16_t offset; /* of its field in the record */
} numres_piece_timestamp;

/* Where a piece may stand. */
typedef struct numres_piece_start {
    uint16_t before;    /* which members the record has there */
    uint8_t kind;       /* of the object: a numres_object_kind */
    bool begins_object; /* then the piece's first byte is not compared */
} numres_piece_start;

/*
 * A piece, its masks (a 1 for each byte that is compared) and what it ends in:
 *
 *     ,{"created_at":"2026-01-03T09:31:28.244158Z","errors":        a text follows
 *     0111111111111111000000000000000000000000000111111111111       NUMRES_PIECE_TEXT
 *                     ^ timestamp: place 16
 */
typedef struct numres_piece {
    numres_piece_start start;
    uint32_t masks[NUMRES_PIECE_VECTORS]; /* the bytes that are compared */
    uint16_t bytes;                       /* where its bytes begin */
    uint8_t length;                       /* of them */
    uint16_t reach;                       /* how many bytes from its start must be readable */
    uint8_t vectors;
    uint8_t timestamp, timestamps; /* the first, and how many */
    uint8_t ends_in;               /* a numres_piece_end */
    uint8_t other;                 /* the next in the ring of those that may stand here */
    uint8_t same;                  /* the one of these that is like it, perhaps itself */
    uint8_t place;                 /* with a bracket: the member's, in the table */
    /* Of its segment, before it and after it: members that are complete, text of
       values of fixed form; and which members the record has then. */
    uint8_t members_before, members_after;
    uint16_t counted_before, counted_after;
    uint16_t after;
    numres_field field; /* of the value that it ends in */
} numres_piece;

/* All that is remembered: segments, each of which ends in a bracket or brace. */
typedef struct numres_segments {
    numres_piece pieces[NUMRES_SEGMENTS_PIECES];
    numres_piece_timestamp timestamps[NUMRES_SEGMENTS_TIMESTAMPS];
    unsigned char bytes[NUMRES_SEGMENTS_BYTES];
    uint16_t byte_count;
    uint8_t piece_count, timestamp_count;
} numres_segments;

void numres_segments_forget(numres_segments *segments);

/* A piece that may begin where the object is read on, by the members that came; NULL:
   there is none. */
const numres_piece *numres_segments_find(const numres_segments *segments,
                                         const numres_fast_object *object);

/*
 * Learns the bytes [start, end), which were read member by member: from the object's
 * brace, from the comma or bracket before a phone number, or from after the last of the
 * members `present`, to the brace or bracket before `end`. Returns the first piece; NULL,
 * and nothing is learned, if they cannot be a segment: too long, or a value has an
 * unusual form.
 */
const numres_piece *numres_segments_learn(numres_segments *segments,
                                          const numres_fast_object *object, uint32_t present,
                                          const unsigned char *start, const unsigned char *end);

/*
 * Reads an object on by the pieces from *piece on, and by what else is known to stand in
 * the place of one that does not fit; *piece is set to the one by which reading began.
 * CLOSED, CONTAINER: as of numres_fast_member. NEAR_END: too few bytes are readable.
 * OTHER: no piece stands there. The object is told all that was read.
 */
typedef numres_fast_result numres_fast_pieces(numres_fast_object *object,
                                              const numres_segments *segments,
                                              const numres_piece **piece);

numres_fast_pieces numres_fast_pieces_baseline;
numres_fast_pieces numres_fast_pieces_avx2; /* where the build has it */

#endif
