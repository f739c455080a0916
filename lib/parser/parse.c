/* numres_parse: reads a whole buffer in one call, by public calls alone. */
#include "../base/sized.h"
#include "numres/parser.h"

static const numres_sized_member error_members[] = {
    NUMRES_SIZED_MEMBER(numres_error, size),     NUMRES_SIZED_MEMBER(numres_error, code),
    NUMRES_SIZED_MEMBER(numres_error, offset),   NUMRES_SIZED_MEMBER(numres_error, document),
    NUMRES_SIZED_MEMBER(numres_error, sentence), NUMRES_SIZED_MEMBER(numres_error, path),
};

static const numres_sized error_form = NUMRES_SIZED(numres_error, error_members);

void numres_error_init(numres_error *error, size_t size) {
    numres_error defaults = numres_error_default();
    numres_sized_init(&error_form, &defaults, error, size);
}

/* Gives the error to the caller of numres_parse, unless it passed NULL. */
static void tell_error(numres_error *given, const numres_error *error) {
    if (given != NULL)
        numres_sized_give(&error_form, given, error);
}

static numres_code fail_to_parse(numres_error *given, numres_code code) {
    numres_error error = numres_error_default();
    error.code = code;
    error.sentence = numres_code_sentence(code);
    tell_error(given, &error);
    return code;
}

/* Feeds the parser the whole buffer and finishes it, going on after every pause. */
static numres_code read_buffer(numres_parser *parser, const char *bytes, size_t length) {
    size_t consumed = 0;
    numres_code code;
    while ((code = numres_parser_feed(parser, bytes, length, &consumed)) == NUMRES_PAUSED) {
        bytes += consumed;
        length -= consumed;
    }
    if (code != NUMRES_OK)
        return code;
    do
        code = numres_parser_finish(parser);
    while (code == NUMRES_PAUSED);
    return code;
}

numres_code numres_parse(const void *bytes, size_t length, const numres_options *options,
                         const numres_handlers *handlers, void *user, numres_error *error) {
    numres_parser *parser;
    numres_error ignored;
    numres_code code = numres_sized_take(&error_form, &ignored, error);
    if (code == NUMRES_WRONG_USE)
        return code; /* it is not known how much of the error may be written */
    if (code == NUMRES_OK)
        code = numres_parser_create(&parser, options, handlers, user);
    if (code != NUMRES_OK)
        return fail_to_parse(error, code);
    code = read_buffer(parser, bytes, length);
    if (code == numres_parser_error(parser)->code)
        tell_error(error, numres_parser_error(parser));
    else /* a wrong use, which the parser does not keep */
        fail_to_parse(error, code);
    numres_parser_destroy(parser);
    return code;
}
