/* The handlers of observe.c: each checks what the library promises about a callback, then lets the
   trace record it. */
#include <inttypes.h>
#include <string.h>

#include "check.h"
#include "observe.h"

/* Runs before the trace's handler: sets its answer and checks the position. */
static void begin(observation *seen, const numres_parser *parser) {
    uint64_t position = numres_parser_position(parser);
    const uint8_t *settings = seen->input->settings;
    unsigned int turn = seen->trace.callbacks % 8;
    FUZZ_EXPECT(!seen->ended, "a callback after an error");
    FUZZ_EXPECT(position >= seen->trace.last_position, "went back to %" PRIu64, position);
    FUZZ_EXPECT(position <= seen->input->length, "beyond the end: %" PRIu64, position);
    seen->trace.pause_always = seen->pauses && (settings[INPUT_PAUSES] >> turn & 1u) != 0;
    seen->trace.leave_out = (settings[INPUT_LEAVE_OUT] >> turn & 1u) != 0;
}

/* A record is delivered right after its closing brace. */
static void begin_record(observation *seen, const numres_parser *parser) {
    begin(seen, parser);
    uint64_t position = numres_parser_position(parser);
    FUZZ_EXPECT(position > seen->document_start && seen->input->document[position - 1] == '}',
                "no object closed before %" PRIu64, position);
}

static bool has_handler(const observation *seen, unsigned int handler) {
    return (seen->input->settings[INPUT_MISSING] >> handler & 1u) == 0;
}

/* Whether it is known to which document a record belongs. Indices restart in each
   document, so without a handler for its end they are checked only in a single document. */
static bool knows_documents(const observation *seen) {
    bool several = (seen->input->settings[INPUT_FLAGS] & INPUT_FLAG_SEVERAL) != 0;
    return !several || has_handler(seen, 4);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    observation *seen = user;
    begin_record(seen, parser);
    observe_reservation_texts(reservation);
    FUZZ_EXPECT(!knows_documents(seen) || seen->reservations == 0 ||
                    reservation->index > seen->last_reservation,
                "reservation %" PRIu64 " comes late", reservation->index);
    seen->last_reservation = reservation->index;
    FUZZ_EXPECT(!knows_documents(seen) || reservation->index != seen->owner ||
                    seen->next_number <= reservation->phone_number_count,
                "%" PRIu64 " numbers counted, fewer than came", reservation->phone_number_count);
    seen->next_number = 0;
    seen->reservations++;
    seen->all_reservations++;
    return trace_handlers().on_reservation(parser, reservation, user);
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    observation *seen = user;
    begin_record(seen, parser);
    FUZZ_EXPECT(phone_number->reservation, "a number without its reservation");
    observe_phone_number_texts(phone_number);
    FUZZ_EXPECT(phone_number->index < phone_number->reservation->phone_number_count,
                "number %" PRIu64 " of %" PRIu64, phone_number->index,
                phone_number->reservation->phone_number_count);
    /* Numbers may have been delivered before their reservation is left out. */
    FUZZ_EXPECT(!knows_documents(seen) || phone_number->reservation->index != seen->owner ||
                    phone_number->index >= seen->next_number,
                "number %" PRIu64 " comes late", phone_number->index);
    seen->owner = phone_number->reservation->index;
    seen->next_number = phone_number->index + 1;
    seen->phone_numbers++;
    return trace_handlers().on_phone_number(parser, phone_number, user);
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    begin_record(user, parser);
    observe_meta_texts(meta);
    return trace_handlers().on_meta(parser, meta, user);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    observation *seen = user;
    begin(seen, parser);
    /* An element of errors that is a string is an API error too. */
    uint64_t position = numres_parser_position(parser);
    char last = position > seen->document_start ? seen->input->document[position - 1] : '\0';
    FUZZ_EXPECT(last == '}' || last == '"', "no API error closed before %" PRIu64, position);
    FUZZ_EXPECT(!api_error->of_root || api_error->index == 0, "a root's API error %" PRIu64,
                api_error->index);
    observe_api_error_texts(api_error);
    seen->api_errors++;
    return trace_handlers().on_api_error(parser, api_error, user);
}

/* Checks a count of the document's end, if a handler could count along. */
static void expect_count(const observation *seen, unsigned int handler, uint64_t told,
                         uint64_t came) {
    FUZZ_EXPECT(!has_handler(seen, handler) || told == came,
                "handler %u: %" PRIu64 " told, %" PRIu64 " came", handler, told, came);
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    observation *seen = user;
    begin(seen, parser);
    uint64_t end = document->offset + document->length;
    FUZZ_EXPECT(document->offset >= seen->document_start && document->length > 0 &&
                    end <= numres_parser_position(parser),
                "document from %" PRIu64 " to %" PRIu64, document->offset, end);
    expect_count(seen, 0, document->reservations, seen->reservations);
    expect_count(seen, 1, document->phone_numbers, seen->phone_numbers);
    expect_count(seen, 3, document->api_errors, seen->api_errors);
    expect_count(seen, 5, document->problems, seen->problems);
    seen->reservations = seen->phone_numbers = seen->api_errors = seen->problems = 0;
    seen->next_number = 0;
    seen->document_start = end;
    return trace_handlers().on_document_end(parser, document, user);
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    observation *seen = user;
    begin(seen, parser);
    FUZZ_EXPECT(problem->code >= NUMRES_UNKNOWN_STATUS, "code %d", (int)problem->code);
    FUZZ_EXPECT(problem->offset >= seen->document_start &&
                    problem->offset < numres_parser_position(parser),
                "a problem at %" PRIu64, problem->offset);
    FUZZ_EXPECT(problem->path.length < NUMRES_PATH_SIZE, "path of %zu", problem->path.length);
    FUZZ_EXPECT(fuzz_is_utf8(problem->path.bytes, problem->path.length), "the path is not UTF-8");
    FUZZ_EXPECT(problem->raw.length <= NUMRES_RAW_TEXT_LENGTH, "raw of %zu", problem->raw.length);
    FUZZ_EXPECT(fuzz_is_utf8(problem->raw.bytes, problem->raw.length), "raw is not UTF-8");
    FUZZ_EXPECT(problem->sentence && problem->sentence[0], "no sentence");
    FUZZ_EXPECT((problem->expected != NULL) == (problem->code == NUMRES_WRONG_TYPE),
                "code %d and what is expected", (int)problem->code);
    FUZZ_EXPECT((problem->found == NUMRES_JSON_NONE) == (problem->code == NUMRES_MISSING_MEMBER),
                "code %d and %d found", (int)problem->code, (int)problem->found);
    seen->problems++;
    return trace_handlers().on_problem(parser, problem, user);
}

numres_handlers observe_handlers(const fuzz_input *input) {
    unsigned int missing = input->settings[INPUT_MISSING];
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = missing & 1u ? NULL : on_reservation;
    handlers.on_phone_number = missing & 2u ? NULL : on_phone_number;
    handlers.on_meta = missing & 4u ? NULL : on_meta;
    handlers.on_api_error = missing & 8u ? NULL : on_api_error;
    handlers.on_document_end = missing & 16u ? NULL : on_document_end;
    handlers.on_problem = missing & 32u ? NULL : on_problem;
    return handlers;
}
