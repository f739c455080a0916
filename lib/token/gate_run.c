/* Cuts the longest run of simple tokens and writes their stand-ins. general_lane.c calls it
   for each run; gate.c reads the tokens that are not simple. */
#include "gate_run.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "plain.h"

_Static_assert(NUMRES_RUN_LENGTH + NUMRES_GATE_SIMPLE_LENGTH <= UINT16_MAX,
               "a token's place has 16 bits");

/* Returns the end of the string at `bytes`, or NULL if it is not simple: open, escaped,
   long or bad. numres_gate_continue then tells which. */
static const unsigned char *any_string(const unsigned char *bytes, const unsigned char *end) {
    if (end - bytes > NUMRES_GATE_SIMPLE_LENGTH)
        end = bytes + NUMRES_GATE_SIMPLE_LENGTH;
    const unsigned char *inside = bytes + 1;
    bytes = numres_plain_skip_characters(inside, end);
    NUMRES_COUNT(GATE, bytes - inside + 1);
    return bytes < end && *bytes == '"' ? bytes + 1 : NULL;
}

/* The same, faster: most strings are plain and shorter than one step. */
static inline const unsigned char *simple_string(const unsigned char *bytes,
                                                 const unsigned char *end) {
    const unsigned char *inside = bytes + 1;
    if (end - inside >= NUMRES_PLAIN_STEP) {
        uint32_t not_plain = numres_plain_not32(inside);
        const unsigned char *plain_end = inside + (not_plain != 0 ? __builtin_ctz(not_plain) : 0);
        if (*plain_end == '"') {
            NUMRES_COUNT(GATE, plain_end - inside + 1);
            return plain_end + 1;
        }
    }
    return any_string(bytes, end);
}

/* The stand-ins of every flat object are the first bytes of this, and a brace. */
#define FIVE_MEMBERS "\"\":\"\",\"\":\"\",\"\":\"\",\"\":\"\",\"\":\"\","
static const char open_object[] = "{" FIVE_MEMBERS FIVE_MEMBERS FIVE_MEMBERS;
_Static_assert(sizeof open_object - 1 == NUMRES_RUN_OBJECT_LENGTH, "as long as one may be");

/* Whether an object that has these stand-ins up to here is flat so far. */
static inline bool begins_flat(const char *text, size_t length) {
    return length <= NUMRES_RUN_OBJECT_LENGTH && numres_text_same(text, open_object, length);
}

/* Whether a brace may close such an object after this many bytes: before any member, or after
   one. */
static inline bool may_close(size_t length) {
    return length == 1 || length % NUMRES_RUN_MEMBER_LENGTH == 0;
}

bool numres_gate_opens_value(const char *text, size_t length) {
    return length >= 2 && text[length - 2] == ':' &&
           (text[length - 1] == '[' || text[length - 1] == '{') && begins_flat(text, length - 1);
}

/* A run being found. */
typedef struct run_writer {
    numres_gate_run *run;
    const unsigned char *bytes;    /* where it begins */
    const unsigned char *end;      /* of what may be read */
    const unsigned char *soft_end; /* no token begins here or later */
    numres_run_token *token;       /* where the next one goes */
    char *text;
    char *object;                  /* where the innermost object began, or NULL: it is an array, has
                                      containers, or began in an earlier run that did not hold it */
    const numres_run_token *brace; /* the token that opened it, or NULL: in an earlier run */
    uint64_t objects_left;         /* how many the run may still close, */
    unsigned int deepest_counted;  /* deeper ones left out */
    bool stops_in_arrays;
    unsigned int depth;
    unsigned int max_depth;
} run_writer;

static inline void put_token(run_writer *writer, const unsigned char *start,
                             const unsigned char *end) {
    writer->token->start = (uint16_t)(start - writer->bytes);
    writer->token->length = (uint16_t)(end - start);
    writer->token++;
}

static inline void put_string(run_writer *writer) {
    memcpy(writer->text, NUMRES_STAND_IN_STRING, sizeof NUMRES_STAND_IN_STRING - 1);
    writer->text += sizeof NUMRES_STAND_IN_STRING - 1;
}

static inline void put_other(run_writer *writer) {
    memcpy(writer->text, NUMRES_STAND_IN_OTHER, sizeof NUMRES_STAND_IN_OTHER - 1);
    writer->text += sizeof NUMRES_STAND_IN_OTHER - 1;
}

/* Puts the value of a member as if it were a string, so that all flat objects look alike. If
   nothing is held, a colon may have come before the run. Its value then has the other stand-in,
   which yajl accepts as well. */
static inline void put_numeral_or_literal(run_writer *writer) {
    if (writer->text > writer->run->text && writer->text[-1] == ':')
        put_string(writer);
    else
        put_other(writer);
}

/* Puts the end of an object without containers. If it is flat, all of it is here: each run that
   ended inside it has held it, and yajl has read nothing of it. */
static inline void close_object(run_writer *writer) {
    size_t length = (size_t)(writer->text - writer->object);
    if (may_close(length) && begins_flat(writer->object, length)) {
        writer->text = writer->object;
        put_other(writer);
    } else {
        *writer->text++ = '}';
    }
}

static inline void put_opening(run_writer *writer, char byte) {
    writer->object = byte == '{' ? writer->text : NULL;
    writer->brace = writer->token - 1;
    *writer->text++ = byte;
    writer->depth++;
}

static inline void put_closing(run_writer *writer, char byte) {
    if (byte == '}' && writer->depth <= writer->deepest_counted)
        writer->objects_left--;
    if (writer->object != NULL && byte == '}')
        close_object(writer);
    else
        *writer->text++ = byte;
    writer->object = NULL;
    if (writer->depth > 0) /* yajl refuses one too many */
        writer->depth--;
}

/* Whether the run is to end after this opening bracket. */
static inline bool may_stop_in(const run_writer *writer, unsigned char bracket) {
    return writer->stops_in_arrays && bracket == '[' && writer->object != NULL &&
           writer->depth + 1 < writer->deepest_counted;
}

/* Each of the next three takes the token at `at` and returns the byte after it, or NULL if
   the run ends here. */

static inline const unsigned char *take_string(run_writer *writer, const unsigned char *at) {
    const unsigned char *token_end = simple_string(at, writer->end);
    if (token_end == NULL) {
        writer->run->why = NUMRES_RUN_OPEN_TOKEN;
        return NULL;
    }
    put_token(writer, at, token_end);
    put_string(writer);
    return token_end;
}

static inline const unsigned char *take_numeral_or_literal(run_writer *writer,
                                                           const unsigned char *at) {
    const unsigned char *token_end = numres_gate_simple_scalar(at, writer->end);
    if (token_end == NULL) {
        writer->run->why = NUMRES_RUN_OPEN_TOKEN;
        return NULL;
    }
    put_token(writer, at, token_end);
    put_numeral_or_literal(writer);
    return token_end;
}

/* What is neither a string nor white space. */
static inline const unsigned char *take_other(run_writer *writer, numres_gate_class class,
                                              const unsigned char *at) {
    switch (class) {
    case NUMRES_GATE_SEPARATOR:
        *writer->text++ = (char)*at;
        return at + 1;
    case NUMRES_GATE_OPENING:
        if (writer->depth == writer->max_depth) {
            writer->run->why = NUMRES_RUN_TOO_DEEP;
            return NULL;
        }
        put_token(writer, at, at + 1);
        if (may_stop_in(writer, *at))
            writer->soft_end = at + 1;
        put_opening(writer, (char)*at);
        return at + 1;
    case NUMRES_GATE_CLOSING:
        put_token(writer, at, at + 1);
        put_closing(writer, (char)*at);
        return at + 1;
    case NUMRES_GATE_DIGIT:
    case NUMRES_GATE_LETTER:
        return take_numeral_or_literal(writer, at);
    default:
        writer->run->why = NUMRES_RUN_BAD_BYTE;
        return NULL;
    }
}

/* Whether there is room for one more token and a separator after it. */
static inline bool has_stand_in_room(const run_writer *writer) {
    const char *text_end = writer->run->text + NUMRES_RUN_TEXT;
    return writer->token < writer->run->tokens + NUMRES_RUN_TOKENS && text_end - writer->text >= 3;
}

/* Takes tokens from `at` on, until the run ends, and returns where. */
static inline const unsigned char *take_tokens(run_writer *writer, const unsigned char *at) {
    while (at < writer->soft_end && has_stand_in_room(writer)) {
        numres_gate_class class = numres_gate_class_of(*at);
        NUMRES_COUNT(GATE, 1);
        if (class == NUMRES_GATE_SPACE) {
            at++;
            continue;
        }
        const unsigned char *token_end =
            class == NUMRES_GATE_QUOTE ? take_string(writer, at) : take_other(writer, class, at);
        if (token_end == NULL)
            break;
        at = token_end;
        if (writer->depth == 0) {
            writer->run->why = NUMRES_RUN_ROOT;
            break;
        }
        if (writer->objects_left == 0) {
            writer->run->why = NUMRES_RUN_OBJECTS;
            break;
        }
        if (at < writer->soft_end && numres_gate_class_of(*at) == NUMRES_GATE_SEPARATOR) {
            *writer->text++ = (char)*at++; /* at once, as usually one follows */
            NUMRES_COUNT(GATE, 1);
        }
    }
    return at;
}

/* How many bytes are held at the run's end: all of an open object, if it is flat so far. */
static size_t held_length(const run_writer *writer) {
    if (writer->object == NULL)
        return 0;
    size_t length = (size_t)(writer->text - writer->object);
    return begins_flat(writer->object, length) ? length : 0;
}

static void finish_run(const run_writer *writer) {
    numres_gate_run *run = writer->run;
    run->held_length = held_length(writer);
    run->text_length = (size_t)(writer->text - run->text) - run->held_length;
    run->count = (size_t)(writer->token - run->tokens);
    run->held_token = run->held_length > 0 && writer->brace != NULL
                          ? (size_t)(writer->brace - run->tokens)
                          : run->count;
}

void numres_gate_begin_run(numres_gate_run *run, size_t held_length, unsigned char owed) {
    run_writer writer = {.run = run, .text = run->text + held_length};
    run->held_length = held_length;
    memcpy(run->text, open_object, held_length);
    if (owed == '"')
        put_string(&writer);
    else if (owed != 0)
        put_numeral_or_literal(&writer);
    run->text_length = (size_t)(writer.text - run->text);
}

void numres_gate_find_run(numres_gate_run *run, const unsigned char *bytes,
                          const numres_run_limits *limits) {
    run_writer writer = {.run = run,
                         .bytes = bytes,
                         .end = limits->end,
                         .soft_end = limits->soft_end,
                         .token = run->tokens,
                         .text = run->text + run->text_length,
                         .object = run->held_length > 0 ? run->text : NULL,
                         .brace = NULL,
                         .objects_left = limits->objects,
                         .deepest_counted = limits->deepest_counted,
                         .stops_in_arrays = limits->stops_in_arrays,
                         .depth = limits->depth,
                         .max_depth = limits->max_depth};
    run->why = NUMRES_RUN_BYTES;
    run->end = take_tokens(&writer, bytes);
    finish_run(&writer);
}
