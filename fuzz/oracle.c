/*
 * numres accepts a document exactly when RapidJSON, an independent parser, does.
 */
#include "oracle_reader.h"

#include <stdint.h>

#include "check.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    (void)parser;
    (void)reservation;
    *(bool *)user = true;
    return NUMRES_GO_ON;
}

/* Fed in the input's chunks; target parse shows that one feed gives the same result. */
static numres_code read_by_numres(const fuzz_input *input, bool *reached_reservation) {
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    numres_parser *parser = NULL;
    options.max_depth = NUMRES_LARGEST_MAX_DEPTH;
    handlers.on_reservation = on_reservation;
    numres_code code = numres_parser_create(&parser, &options, &handlers, reached_reservation);
    FUZZ_EXPECT(code == NUMRES_OK, "creation returns %s", numres_code_name(code));
    size_t at = 0;
    for (size_t chunk = 0; code == NUMRES_OK && at < input->length; chunk++) {
        size_t size = fuzz_input_chunk(input, chunk);
        size = size < input->length - at ? size : input->length - at;
        code = numres_parser_feed(parser, input->document + at, size, NULL);
        at += size;
    }
    code = numres_parser_finish(parser);
    numres_parser_destroy(parser);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    bool reached_reservation = false;
    numres_code code = read_by_numres(&input, &reached_reservation);
    oracle_verdict verdict = oracle_read(input.document, input.length);
    fuzz_count_input(reached_reservation);
    /* RapidJSON has no limit of depth but memory. */
    if (code != NUMRES_TOO_DEEP && verdict != ORACLE_UNKNOWN) {
        FUZZ_EXPECT((code == NUMRES_OK) == (verdict == ORACLE_LEGAL),
                    "numres returns %s, RapidJSON says %s", numres_code_name(code),
                    verdict == ORACLE_LEGAL ? "legal" : "not legal");
    }
    return 0;
}
