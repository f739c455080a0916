/* Prints the phone numbers of a page from standard input, as its bytes arrive. */
#include <inttypes.h>
#include <numres.h>
#include <stdio.h>

static numres_answer print(numres_parser *parser, const numres_phone_number *number, void *user) {
    (void)parser, (void)user;
    printf("%.*s is %s\n", (int)number->phone_number.length, number->phone_number.bytes,
           numres_status_name(number->status.value));
    return NUMRES_GO_ON;
}

/* The API answered with an error of its own, and no reservation. */
static numres_answer refuse(numres_parser *parser, const numres_api_error *error, void *user) {
    (void)parser, (void)user;
    fprintf(stderr, "refused: %.*s %.*s\n", (int)error->title.length, error->title.bytes,
            (int)error->detail.length, error->detail.bytes);
    return NUMRES_STOP;
}

/* Stops reading at the first error, which numres_parser_finish returns again. */
static numres_code read_page(numres_parser *parser) {
    char chunk[4096];
    for (size_t length; (length = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
        if (numres_parser_feed(parser, chunk, length, NULL) != NUMRES_OK)
            break;
    return numres_parser_finish(parser);
}

int main(void) {
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = print;
    handlers.on_api_error = refuse;
    numres_code code = numres_parser_create(&parser, NULL, &handlers, NULL);
    if (code != NUMRES_OK) {
        fprintf(stderr, "%s: %s\n", numres_code_name(code), numres_code_sentence(code));
        return 1;
    }
    code = read_page(parser);
    if (code != NUMRES_OK) {
        const numres_error *error = numres_parser_error(parser);
        fprintf(stderr, "%s at byte %" PRIu64 ": %s\n", numres_code_name(code), error->offset,
                error->sentence);
    }
    numres_parser_destroy(parser);
    return code != NUMRES_OK;
}
