#include "fast_token.h"

#include <stdint.h>

#include "count.h"
#include "numres/parser.h"
#include "text.h"

static numres_fast_answer answer_of(numres_gate_answer answer) {
    switch (answer) {
    case NUMRES_GATE_WHOLE:
        return NUMRES_FAST_WHOLE;
    case NUMRES_GATE_MORE:
        return NUMRES_FAST_MORE;
    case NUMRES_GATE_BAD:
        break;
    }
    return NUMRES_FAST_SURPRISE;
}

/* A string with an escape in it: the gate reads it from its start. */
static numres_fast_answer read_escaped(const unsigned char **at, const unsigned char *end,
                                       numres_fast_room room, numres_text *text) {
    numres_gate gate;
    char nowhere;
    bool is_kept = room.bytes != NULL;
    const unsigned char *bytes = *at + 1;
    numres_gate_start(&gate, is_kept ? room.bytes : &nowhere, is_kept ? room.size : 0);
    numres_gate_open(&gate, '"', 0);
    numres_gate_answer answer = numres_gate_continue(&gate, &bytes, end, 1);
    if (answer == NUMRES_GATE_WHOLE && is_kept && gate.length > gate.stored)
        return NUMRES_FAST_SURPRISE;
    if (answer == NUMRES_GATE_WHOLE) {
        *at = bytes;
        text->bytes = is_kept ? gate.value : "";
        text->length = gate.stored;
    }
    return answer_of(answer);
}

numres_fast_answer numres_fast_string(const unsigned char **at, const unsigned char *end,
                                      numres_fast_room room, numres_text *text, bool *decoded) {
    const unsigned char *start = *at + 1;
    const unsigned char *bytes = start;
    const unsigned char *plain_end;
    *decoded = false;
    while ((plain_end = numres_text_skip_plain(bytes, end)) < end) {
        size_t taken;
        NUMRES_COUNT(FAST_TOKEN, plain_end - bytes + 1);
        bytes = plain_end;
        if (*bytes == '"') {
            text->bytes = (const char *)start;
            text->length = (size_t)(bytes - start);
            *at = bytes + 1;
            return NUMRES_FAST_WHOLE;
        }
        if (*bytes == '\\') {
            *decoded = true;
            return read_escaped(at, end, room, text);
        }
        if (*bytes < 0x20)
            return NUMRES_FAST_SURPRISE;
        switch (numres_text_utf8(bytes, (size_t)(end - bytes), &taken)) {
        case NUMRES_UTF8_WHOLE:
            bytes += taken;
            break;
        case NUMRES_UTF8_UNFINISHED:
            return NUMRES_FAST_MORE;
        case NUMRES_UTF8_BAD:
            return NUMRES_FAST_SURPRISE;
        }
    }
    NUMRES_COUNT(FAST_TOKEN, end - bytes);
    return NUMRES_FAST_MORE;
}

/* A longer number is the general lane's: it would read all of it anew. */
#define LONGEST_SCALAR 64

numres_fast_answer numres_fast_scalar(const unsigned char **at, const unsigned char *end,
                                      numres_text *text) {
    const unsigned char *start = *at;
    bool is_cut = end - start > LONGEST_SCALAR;
    const unsigned char *bytes =
        numres_gate_simple_scalar(start, is_cut ? start + LONGEST_SCALAR : end);
    numres_fast_answer answer = NUMRES_FAST_WHOLE;
    if (bytes == NULL && is_cut)
        return NUMRES_FAST_SURPRISE;
    if (bytes == NULL) {
        numres_gate gate;
        char nowhere;
        bytes = start;
        numres_gate_start(&gate, &nowhere, 0);
        numres_gate_open(&gate, *start, 0);
        answer = answer_of(numres_gate_continue(&gate, &bytes, end, 0));
    }
    text->bytes = (const char *)start;
    text->length = (size_t)(bytes - start);
    if (answer == NUMRES_FAST_WHOLE)
        *at = bytes;
    return answer;
}

/* Skipping: which of the open containers are arrays, a bit each, the innermost
   in the lowest. */
typedef struct skipping {
    uint64_t is_array[(NUMRES_LARGEST_MAX_DEPTH + 63) / 64];
    unsigned int open;
    unsigned int depth;
} skipping;

static bool push(skipping *now, bool is_array) {
    if (now->open == now->depth)
        return false;
    uint64_t bit = UINT64_C(1) << now->open % 64;
    uint64_t *word = &now->is_array[now->open / 64];
    *word = is_array ? *word | bit : *word & ~bit;
    now->open++;
    return true;
}

static bool in_array(const skipping *now) {
    unsigned int place = now->open - 1;
    return (now->is_array[place / 64] >> place % 64 & 1) != 0;
}

static numres_fast_answer skip_string(const unsigned char **at, const unsigned char *end) {
    numres_fast_room nowhere = {NULL, 0};
    numres_text text;
    bool decoded;
    return numres_fast_string(at, end, nowhere, &text, &decoded);
}

/* A member's name and its colon, up to the value. */
static numres_fast_answer skip_name(const unsigned char **at, const unsigned char *end) {
    if (**at != '"')
        return NUMRES_FAST_SURPRISE;
    numres_fast_answer answer = skip_string(at, end);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at != ':')
        return NUMRES_FAST_SURPRISE;
    ++*at;
    return numres_fast_space(at, end);
}

/* Behind an opening bracket or a value: up to the next value, or CLOSED. */
static numres_fast_answer skip_to_value(skipping *now, const unsigned char **at,
                                        const unsigned char *end, bool is_first) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at == (in_array(now) ? ']' : '}')) {
        ++*at;
        return NUMRES_FAST_CLOSED;
    }
    if (!is_first) {
        if (**at != ',')
            return NUMRES_FAST_SURPRISE;
        ++*at;
        if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
            return NUMRES_FAST_MORE;
    }
    return in_array(now) ? NUMRES_FAST_WHOLE : skip_name(at, end);
}

/* A scalar, or a bracket that opens. */
static numres_fast_answer skip_value(skipping *now, const unsigned char **at,
                                     const unsigned char *end) {
    numres_text text;
    if (**at == '"')
        return skip_string(at, end);
    if (**at != '[' && **at != '{')
        return numres_fast_scalar(at, end, &text);
    if (!push(now, **at == '['))
        return NUMRES_FAST_SURPRISE;
    ++*at;
    return NUMRES_FAST_CONTAINER;
}

numres_fast_answer numres_fast_skip(const unsigned char **at, const unsigned char *end,
                                    unsigned int depth) {
    skipping now = {{0}, 0, depth};
    const unsigned char *bytes = *at;
    numres_fast_answer answer = skip_value(&now, &bytes, end);
    while (now.open > 0 && answer < NUMRES_FAST_MORE) {
        answer = skip_to_value(&now, &bytes, end, answer == NUMRES_FAST_CONTAINER);
        if (answer == NUMRES_FAST_CLOSED)
            now.open--;
        else if (answer == NUMRES_FAST_WHOLE)
            answer = skip_value(&now, &bytes, end);
    }
    if (answer >= NUMRES_FAST_MORE)
        return answer;
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}
