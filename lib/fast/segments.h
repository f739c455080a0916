/*
 * Segments: learned shapes of objects. Pages repeat themselves, so an object that was
 * read member by member is remembered as a row of pieces. A piece consists of bytes
 * that stay the same (names, punctuation, white space), with values of fixed form among
 * them, and ends in one value of any length, in a bracket or in the object's brace. The
 * next piece begins where that value ends; nothing else is searched for.
 */
#ifndef NUMRES_LIB_FAST_SEGMENTS_H
#define NUMRES_LIB_FAST_SEGMENTS_H

#include "object.h"

enum {
    NUMRES_PIECE_VECTORS = 6, /* a piece has at most this many vectors of 32 bytes */
    NUMRES_SEGMENTS_PIECES = 36,
    NUMRES_SEGMENTS_TIMESTAMPS = 28,
    NUMRES_SEGMENTS_BYTES = 2176,
    /* Pieces are used only where the limits leave this much room, so that short texts need
       no check against them. */
    NUMRES_SEGMENTS_ROOM = 1024,
    /* An integer of at most this many digits is in range. */
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
    /* The order matters here: the two below end a segment too. */
    NUMRES_PIECE_BRACKET, /* that opens a known member's array or object */
    NUMRES_PIECE_BRACE    /* the object's end */
} numres_piece_end;

/* A timestamp of the usual length among a piece's bytes. */
typedef struct numres_piece_timestamp {
    uint8_t offset_in_piece; /* of its text */
    uint16_t field_offset;   /* in the record */
} numres_piece_timestamp;

/* Where a piece may stand. */
typedef struct numres_piece_start {
    uint16_t before;    /* the members that the record has there */
    uint8_t kind;       /* of the object: a numres_object_kind */
    bool begins_object; /* then the piece's first byte is not compared */
} numres_piece_start;

/*
 * A piece, its masks (a 1 for each byte that is compared) and what it ends in:
 *
 *     ,{"created_at":"2026-01-03T09:31:28.244158Z","errors":        a text follows
 *     0111111111111111000000000000000000000000000111111111111       NUMRES_PIECE_TEXT
 *                     ^ timestamp: offset 16
 */
typedef struct numres_piece {
    numres_piece_start start;
    uint32_t masks[NUMRES_PIECE_VECTORS]; /* the bytes that are compared */
    uint16_t bytes;                       /* where its bytes begin in the store */
    uint8_t length;                       /* how many they are */
    uint16_t reach;                       /* how many bytes from its start must be readable */
    uint8_t vectors;
    uint8_t timestamp, timestamps; /* the index of the first, and how many there are */
    uint8_t ends_in;               /* a numres_piece_end */
    uint8_t place;                 /* with a bracket: the member's place in the table */
    /* Running sums over the segment, before this piece and after it: of members, and of the
       lengths of texts of fixed form, which record->counted must include. The sum over a row
       of pieces is the last one's `after` minus the first one's `before`. */
    uint8_t members_before, members_after;
    uint16_t counted_before, counted_after;
    uint16_t after;     /* the members that the record has at its end */
    numres_field field; /* of the value that it ends in */
} numres_piece;

static inline bool numres_piece_ends_segment(const numres_piece *piece) {
    return piece->ends_in >= NUMRES_PIECE_BRACKET;
}

/* How much of the store is used. */
typedef struct numres_segments_used {
    uint16_t bytes;
    uint8_t pieces, timestamps;
} numres_segments_used;

/*
 * The store: learned segments, each of which ends in a bracket or brace. That of a phone
 * number with three members:
 *
 *     bytes       ,{"id":     ,"phone_number":     ,"status":     }
 *     begin at    0           7                    23             33
 *     end in      TEXT        TEXT                 STATUS         BRACE
 */
typedef struct numres_segments {
    numres_piece pieces[NUMRES_SEGMENTS_PIECES];
    numres_piece_timestamp timestamps[NUMRES_SEGMENTS_TIMESTAMPS];
    unsigned char bytes[NUMRES_SEGMENTS_BYTES];
    numres_segments_used used;
} numres_segments;

void numres_segments_forget(numres_segments *segments);

/* Returns the first piece, from `from` on, that may stand at `start`, or NULL. */
const numres_piece *numres_segments_find(const numres_segments *segments, const numres_piece *from,
                                         numres_piece_start start);

/*
 * Learns the bytes [start, end), which were read member by member. They begin with the
 * object's brace, with the comma or bracket before a phone number, or after the last of
 * the members `present`, and end with a brace or bracket. Returns the first piece. If
 * the bytes are too many for a segment or a value has an unusual form, returns NULL and
 * learns nothing. A full store is emptied first.
 */
const numres_piece *numres_segments_learn(numres_segments *segments,
                                          const numres_fast_object *object, uint32_t present,
                                          const unsigned char *start, const unsigned char *end);

/*
 * Continues an object by the pieces from *piece on; in place of one that does not match, by
 * another that may stand there. Sets *piece to the one with which reading began. Returns
 * CLOSED after the object's brace, CONTAINER after the bracket that opens a known member's
 * value (object->place and object->bracket are set), NEAR_END if too few bytes are readable, MORE
 * if a value is unfinished, or OTHER if no piece fits. The object then holds all that was read.
 */
typedef numres_fast_result numres_fast_pieces(numres_fast_object *object,
                                              const numres_segments *segments,
                                              const numres_piece **piece);

numres_fast_pieces numres_fast_pieces_baseline;
numres_fast_pieces numres_fast_pieces_avx2; /* where the build has it */

#endif
