/* Gathers what a server that does not use the API's errors says at the root into one API
   error. Called by schema.c and envelope.c. */
#include "refusal.h"

#include "../base/text.h"

/* The words, and the member of the API error that each one fills. */
static const struct word {
    const char *name;
    size_t length;
    unsigned int member;
} words[] = {
#define WORD(name, member)                                                                         \
    { name, sizeof(name) - 1, NUMRES_API_ERROR_##member }
    WORD("code", CODE),       WORD("title", TITLE),
    WORD("detail", DETAIL),   WORD("description", DESCRIPTION),
    WORD("message", MESSAGE), WORD("type", TYPE),
    WORD("error", TITLE),     WORD("error_description", DESCRIPTION),
#undef WORD
};

/* Any one of these makes the root a refusal. */
#define SAYING_MEMBERS                                                                             \
    (UINT32_C(1) << NUMRES_API_ERROR_CODE | UINT32_C(1) << NUMRES_API_ERROR_TITLE |                \
     UINT32_C(1) << NUMRES_API_ERROR_DETAIL | UINT32_C(1) << NUMRES_API_ERROR_DESCRIPTION |        \
     UINT32_C(1) << NUMRES_API_ERROR_MESSAGE)

void numres_refusal_forget(numres_schema *schema) {
    schema->document.refusal = (numres_refusal){.is_told = false};
}

/* Returns the inner record, as an API error. */
static numres_record *take_record(numres_schema *schema) {
    if (!schema->document.refusal.has_record) {
        numres_record_start(&schema->inner, NUMRES_RECORD_API_ERROR, 0);
        schema->inner.value.api_error.of_root = true;
        schema->document.refusal.has_record = true;
    }
    return &schema->inner;
}

static void keep(numres_schema *schema, unsigned int member, const numres_token *token) {
    if (token->scalar != NUMRES_SCALAR_NULL && token->length > 0)
        numres_record_offer(take_record(schema), &schema->settings.limits, member, token);
}

/* Whether the value of `error` or `errors` means that there is an error: it is not null,
   false, 0 or an empty text. */
static bool says_so(const numres_token *token) {
    switch (token->scalar) {
    case NUMRES_SCALAR_STRING:
        return token->length > 0;
    case NUMRES_SCALAR_NUMERAL:
        return !numres_text_is(token->text, "0", 1);
    case NUMRES_SCALAR_BOOLEAN:
        return numres_text_is(token->text, "true", 4);
    case NUMRES_SCALAR_NULL:
        break;
    }
    return false;
}

static bool is_error(numres_text name) {
    return numres_text_is(name, "error", 5);
}

/* A numeral in `error` is a code, not a title. */
static void keep_word(numres_schema *schema, numres_text name, const numres_token *token) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        unsigned int member = words[i].member;
        if (!numres_text_is(name, words[i].name, words[i].length))
            continue;
        if (token->scalar == NUMRES_SCALAR_NUMERAL && is_error(name))
            member = NUMRES_API_ERROR_CODE;
        keep(schema, member, token);
    }
}

static bool is_reservation_type(const numres_token *token) {
    numres_text type = numres_record_type(NUMRES_RECORD_RESERVATION);
    return numres_text_is(token->text, type.bytes, type.length);
}

void numres_refusal_scalar(numres_schema *schema, const numres_level *level,
                           const numres_token *token) {
    numres_text name = {level->name, level->name_length};
    bool is_known = !level->is_array && level->member != NULL; /* errors */
    if (schema->document.counts.envelopes != 0)
        return;
    schema->document.looks_bare |=
        level->kind == NUMRES_OBJECT_ENVELOPE && is_reservation_type(token);
    if (level->kind == NUMRES_OBJECT_ENVELOPE && (is_known || is_error(name))) {
        if (!says_so(token))
            return;
        schema->document.refusal.is_told = true;
    }
    if (level->is_array || is_known)
        keep(schema, NUMRES_API_ERROR_MESSAGE, token);
    else
        keep_word(schema, name, token);
}

void numres_refusal_open(numres_schema *schema, const numres_level *level) {
    const numres_level *opened = level + 1;
    numres_text name = {level->name, level->name_length};
    if (level->kind != NUMRES_OBJECT_ENVELOPE)
        return;
    bool is_refusal = level->member == NULL ? is_error(name)
                                            : level->member->child == NUMRES_OBJECT_API_ERROR &&
                                                  opened->close_problem == NUMRES_WRONG_TYPE;
    if (is_refusal)
        schema->document.refusal.depth = schema->depth;
}

void numres_refusal_close(numres_schema *schema, uint64_t complete) {
    if (schema->document.refusal.depth != schema->depth)
        return;
    schema->document.refusal.is_told |= complete > 0;
    schema->document.refusal.depth = 0;
}

numres_record *numres_refusal_record(numres_schema *schema) {
    const numres_refusal *refusal = &schema->document.refusal;
    bool has_words = refusal->has_record && (schema->inner.present & SAYING_MEMBERS) != 0;
    /* Beside null data, a word such as a message may say that all went well. */
    bool is_refusal = refusal->is_told || (has_words && !schema->document.has_null_data);
    return is_refusal && !schema->document.looks_bare ? take_record(schema) : NULL;
}
