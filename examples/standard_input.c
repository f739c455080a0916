/* Reads an answer from standard input as its bytes arrive. */
#include <numres.h>
#include <stdio.h>

static numres_answer print(numres_parser *parser, const numres_phone_number *number, void *user) {
    (void)parser, (void)user;
    printf("%.*s is %s\n", (int)number->phone_number.length, number->phone_number.bytes,
           numres_status_name(number->status.value));
    return NUMRES_GO_ON;
}

int main(void) {
    char chunk[4096];
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = print;
    if (numres_parser_create(&parser, NULL, &handlers, NULL) != NUMRES_OK)
        return 1;
    for (size_t length; (length = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
        numres_parser_feed(parser, chunk, length, NULL);
    int failed = numres_parser_finish(parser) != NUMRES_OK;
    if (failed)
        fprintf(stderr, "%s\n", numres_parser_error(parser)->sentence);
    numres_parser_destroy(parser);
    return failed;
}
