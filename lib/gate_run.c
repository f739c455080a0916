#include "gate_run.h"

#include <string.h>

#include "count.h"
#include "text.h"

_Static_assert(NUMRES_RUN_LENGTH + NUMRES_GATE_SIMPLE_LENGTH <= UINT16_MAX,
               "a token's place has 16 bits");

/* The end of the string at `bytes`, or NULL if it is not simple: open, escaped,
   long or bad. Reading it by numres_gate_continue tells which. */
static const unsigned char *any_string(const unsigned char *bytes, const unsigned char *end) {
    if (end - bytes > NUMRES_GATE_SIMPLE_LENGTH)
        end = bytes + NUMRES_GATE_SIMPLE_LENGTH;
    const unsigned char *inside = bytes + 1;
    bytes = numres_text_skip_characters(inside, end);
    NUMRES_COUNT(GATE, bytes - inside + 1);
    return bytes < end && *bytes == '"' ? bytes + 1 : NULL;
}

/* The same. Most strings are shorter than one step and plain. */
static inline const unsigned char *simple_string(const unsigned char *bytes,
                                                 const unsigned char *end) {
    const unsigned char *inside = bytes + 1;
    if (end - inside >= NUMRES_TEXT_STEP) {
        uint32_t not_plain = numres_text_not_plain32(inside);
        const unsigned char *plain_end = inside + (not_plain != 0 ? __builtin_ctz(not_plain) : 0);
        if (*plain_end == '"') {
            NUMRES_COUNT(GATE, plain_end - inside + 1);
            return plain_end + 1;
        }
    }
    return any_string(bytes, end);
}

/* A run being found. */
typedef struct run_writer {
    numres_gate_run *run;
    const unsigned char *bytes; /* where it begins */
    numres_run_token *token;    /* where the next one goes */
    char *text;
    char *object; /* the stand-ins of an open object without containers, or NULL */
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

/* Puts a member's value as a string, whatever it is, so that objects of as many
   members have the same stand-ins. */
static void put_number_or_literal(run_writer *writer) {
    if (writer->text > writer->run->text && writer->text[-1] == ':')
        put_string(writer);
    else
        put_other(writer);
}

/* An object closed that holds no container. */
static inline void close_object(run_writer *writer, const numres_run_object *known) {
    numres_run_object *object = &writer->run->object;
    size_t length = (size_t)(writer->text - writer->object);
    if (length == known->length && numres_text_same(writer->object, known->text, length)) {
        writer->text = writer->object;
        put_other(writer);
    } else if (length <= sizeof object->text) {
        object->length = (uint8_t)length;
        memcpy(object->text, writer->object, length);
    }
}

static inline void put_bracket(run_writer *writer, const numres_run_object *known, char byte) {
    char *bracket = writer->text++;
    *bracket = byte;
    if (byte == '}' && writer->object != NULL)
        close_object(writer, known);
    writer->object = byte == '{' ? bracket : NULL;
}

/* Takes the token at `at`, whose first byte is of this class, and answers the
   byte behind it; NULL: it is not simple, or none. */
static inline const unsigned char *take_token(run_writer *writer, const numres_run_object *known,
                                              numres_gate_class class, const unsigned char *at,
                                              const unsigned char *end) {
    const unsigned char *token_end = at + 1;
    switch (class) {
    case NUMRES_GATE_QUOTE:
        token_end = simple_string(at, end);
        if (token_end == NULL)
            return NULL;
        put_string(writer);
        break;
    case NUMRES_GATE_DIGIT:
    case NUMRES_GATE_LETTER:
        token_end = numres_gate_simple_scalar(at, end);
        if (token_end == NULL)
            return NULL;
        put_number_or_literal(writer);
        break;
    case NUMRES_GATE_SEPARATOR:
        *writer->text++ = (char)*at;
        return token_end;
    case NUMRES_GATE_OPENING:
    case NUMRES_GATE_CLOSING:
        put_bracket(writer, known, (char)*at);
        break;
    case NUMRES_GATE_SPACE:
    case NUMRES_GATE_OTHER:
        return NULL;
    }
    put_token(writer, at, token_end);
    return token_end;
}

/* For one more token and a separator behind it. */
static inline bool has_room(const run_writer *writer) {
    const char *text_end = writer->run->text + NUMRES_RUN_TEXT;
    return writer->token < writer->run->tokens + NUMRES_RUN_TOKENS && text_end - writer->text >= 3;
}

void numres_gate_find_run(numres_gate_run *run, const numres_run_object *known,
                          const unsigned char *bytes, const unsigned char *soft_end,
                          const unsigned char *end, unsigned int depth, unsigned int max_depth) {
    const unsigned char *at = bytes;
    run_writer writer = {run, bytes, run->tokens, run->text, NULL};
    run->why = NUMRES_RUN_BYTES;
    run->object.length = 0;
    while (at < soft_end && has_room(&writer)) {
        numres_gate_class class = numres_gate_class_of(*at);
        NUMRES_COUNT(GATE, 1);
        if (class == NUMRES_GATE_SPACE) {
            at++;
            continue;
        }
        if (class == NUMRES_GATE_OPENING && depth++ == max_depth) {
            run->why = NUMRES_RUN_TOO_DEEP;
            break;
        }
        const unsigned char *token_end = take_token(&writer, known, class, at, end);
        if (token_end == NULL) {
            run->why = class == NUMRES_GATE_OTHER ? NUMRES_RUN_BAD_BYTE : NUMRES_RUN_OPEN_TOKEN;
            break;
        }
        at = token_end;
        if (class == NUMRES_GATE_CLOSING && depth > 0) /* one too many is yajl's to refuse */
            depth--;
        if (depth == 0) {
            run->why = NUMRES_RUN_ROOT;
            break;
        }
        if (at < soft_end && numres_gate_class_of(*at) == NUMRES_GATE_SEPARATOR) {
            *writer.text++ = (char)*at++; /* at once, as one mostly follows */
            NUMRES_COUNT(GATE, 1);
        }
    }
    run->end = at;
    run->text_length = (size_t)(writer.text - run->text);
    run->count = (size_t)(writer.token - run->tokens);
}
