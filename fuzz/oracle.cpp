/*
 * Legal or not: numres accepts a document exactly when RapidJSON does, which
 * is independent of it. Where RapidJSON is known to judge otherwise stands in
 * oracle_reader.h.
 */
#include <cstdint>

#include "check.h"
#include "input.h"
#include "oracle_reader.h"

namespace {

bool reached_reservation;

numres_answer on_reservation(numres_parser *, const numres_reservation *, void *) {
    reached_reservation = true;
    return NUMRES_GO_ON;
}

/* Fed in the input's chunks; a reading in one is what the target parse does. */
numres_code read_by_numres(const fuzz_input &input) {
    numres_options options = numres_options_default();
    options.max_depth = NUMRES_LARGEST_MAX_DEPTH;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = on_reservation;
    numres_parser *parser = nullptr;
    numres_code code = numres_parser_create(&parser, &options, &handlers, nullptr);
    FUZZ_EXPECT(code == NUMRES_OK, "creation answers %s", numres_code_name(code));
    std::size_t at = 0;
    for (std::size_t chunk = 0; code == NUMRES_OK && at < input.length; chunk++) {
        std::size_t size = fuzz_input_chunk(&input, chunk);
        std::size_t rest = input.length - at;
        code = numres_parser_feed(parser, input.document + at, size < rest ? size : rest, nullptr);
        at += size < rest ? size : rest;
    }
    code = numres_parser_finish(parser);
    numres_parser_destroy(parser);
    return code;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    reached_reservation = false;
    numres_code code = read_by_numres(input);
    oracle_verdict verdict = oracle_read(input.document, input.length);
    fuzz_count_input(reached_reservation);
    if (code != NUMRES_TOO_DEEP && verdict != oracle_verdict::unknown) {
        FUZZ_EXPECT((code == NUMRES_OK) == (verdict == oracle_verdict::legal),
                    "numres answers %s, the oracle says %s", numres_code_name(code),
                    verdict == oracle_verdict::legal ? "legal" : "not legal");
    }
    return 0;
}
