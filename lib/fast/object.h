/*
 * Reads the members of one object into its record, one after the other and in any
 * order. Only valid and whole values are stored. Anything else leaves the record as it
 * was after the last member that was read, where object->at points.
 */
#ifndef NUMRES_LIB_FAST_OBJECT_H
#define NUMRES_LIB_FAST_OBJECT_H

#include "../base/text.h"
#include "../schema/schema.h"
#include "single_values.h"
#include "words.h"

/* How far a text's end is searched for without checking for the window's end. */
#define NUMRES_FAST_LOOK 64

/* The length of YYYY-MM-DDThh:mm:ss.ffffffZ. */
#define NUMRES_USUAL_TIMESTAMP 27

/* Fast reading needs this many readable bytes from where it begins. */
#define NUMRES_FAST_SPAN 264

/*
 * The last date that was read, with the T after it and some of the time, and the date's
 * midnight in seconds since 1970:
 *
 *     2026-01-03T09:31       1767398400
 */
typedef struct numres_fast_date {
    unsigned char text[16];
    int64_t seconds;
} numres_fast_date;

/*
 * The part of the stream that is being read:
 *
 *     readable_start   start            at              stop      end    readable_end
 *           |            |              |               |          |          |
 *     ......{"data":[...,{"id":"a1",...},{"id":"a2",...},{"id":"a3"}
 *                                       next to be read
 */
typedef struct numres_fast_window {
    const unsigned char *start;
    const unsigned char *readable_start; /* the first readable byte */
    const unsigned char *at;             /* the next byte to read */
    const unsigned char *stop;           /* reading ends once `at` gets here */
    const unsigned char *end;            /* the end of the bytes that have come */
    const unsigned char *readable_end;   /* after the last readable byte */
    bool reads_to_end;                   /* near readable_end too, member by member */
    uint64_t offset;                     /* of `start` in the stream */
    numres_signal signal;                /* with NUMRES_FAST_SIGNAL */
} numres_fast_window;

static inline uint64_t numres_fast_offset_of(const numres_fast_window *window,
                                             const unsigned char *at) {
    return window->offset + (uint64_t)(at - window->start);
}

/* The event that ended before `at` returned `signal`. */
static inline numres_fast_result
numres_fast_event_done(numres_fast_window *window, const unsigned char *at, numres_signal signal) {
    window->at = at;
    window->signal = signal;
    return signal == NUMRES_SIGNAL_GO_ON ? NUMRES_FAST_WHOLE : NUMRES_FAST_SIGNAL;
}

typedef struct numres_fast_object {
    const numres_record_limits *limits;
    numres_record *record;          /* NULL: the envelope has none */
    const numres_fast_words *names; /* the kind's names; NULL: the table is searched */
    const numres_fast_words *statuses;
    numres_fast_date *date;
    const numres_fast_window *window;
    const unsigned char *start; /* where its segment begins; NULL: not readable any more */
    const unsigned char *at;    /* after the last member that was read */
    uint64_t members_read;      /* in this call */
    uint32_t long_string_bytes; /* since the last surprise */
    numres_object_kind kind;
    const numres_member *members; /* the kind's table */
    const numres_field *fields;   /* the record's fields, by member number */
    numres_text type;             /* the text that its record_type must have */
    uint32_t type_bit;            /* the bit of record_type in the masks */
    uint16_t type_offset;         /* the offset of its text in the record */
    unsigned int depth_left;      /* how many more containers may open */
    bool is_first;                /* no member came before */
    bool skips_unknown;           /* unknown members may be skipped */
    bool is_unfinished;           /* more bytes may complete the value that pieces could not read */
    /* With NUMRES_FAST_CONTAINER: the member's place in the table, and the bracket. */
    uint8_t place;
    const unsigned char *bracket;
} numres_fast_object;

/*
 * Reads the member at object->at, or the closing brace. Returns WHOLE after a member
 * and CLOSED after the brace. CONTAINER: the value of a known member is an array or
 * object; object->place and object->bracket are set, and object->at stays before the
 * member. MORE, SURPRISE: nothing was read.
 */
numres_fast_result numres_fast_member(numres_fast_object *object);

/* Reads members of a usual form, as long as enough bytes are readable. Returns how many. */
typedef size_t numres_fast_usual_members(numres_fast_object *object);

numres_fast_usual_members numres_fast_members_baseline;
numres_fast_usual_members numres_fast_members_avx2; /* where the build has it */

/* Returns the place of the member with this name, by searching the table. */
uint8_t numres_fast_search(numres_object_kind kind, numres_text name);

/* The field of the member at `place` of the table. */
static inline const numres_field *numres_fast_field(const numres_fast_object *object,
                                                    uint8_t place) {
    return &object->fields[object->members[place].number];
}

/* Returns the place of the member with this name, of which eight bytes must be readable. */
static inline uint8_t numres_fast_place(const numres_fast_object *object, numres_text name) {
    uint64_t key = numres_text_first_word(name.bytes, name.length) + name.length;
    uint8_t place = numres_fast_words_find(object->names, key);
    if (place != NUMRES_FAST_UNKNOWN) {
        const numres_member *member = &object->members[place];
        if (numres_text_is(name, member->name, member->name_length))
            return place;
    }
    return object->names->is_ambiguous ? numres_fast_search(object->kind, name)
                                       : NUMRES_FAST_UNKNOWN;
}

/* Reads the name at *at, where numres_fast_next found a member, and its colon. Moves *at to
   the value, and sets *place to the member's place in the table. */
numres_fast_result numres_fast_name(const numres_fast_object *object, const unsigned char **at,
                                    const unsigned char *end, uint8_t *place);

/* Counts the bytes of a value that was read, if it is a long string: both lanes read most of
   it so fast that it does not matter which one does. */
static inline void numres_fast_count_long_string(numres_fast_object *object,
                                                 const unsigned char *value,
                                                 const unsigned char *end) {
    enum { LONG = 64 };
    if (end - value > LONG && *value == '"')
        object->long_string_bytes += (uint32_t)(end - value - LONG);
}

/* Stores the string at *at, escaped or not, if it is valid for the field. */
numres_fast_result numres_fast_text(numres_fast_object *object, const numres_field *field,
                                    const unsigned char **at);

/* The same for null, a boolean or an integer. */
numres_fast_result numres_fast_literal(numres_fast_object *object, const numres_field *field,
                                       const unsigned char **at);

#endif
