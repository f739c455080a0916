/* Calls the handlers and acts on what they return; raises problems; sets the error. Called
   by schema.c, envelope.c and both lanes. */
#include "delivery.h"

#include "../base/text.h"

/* Paths. */

static void add_level(numres_path *path, const numres_level *level) {
    if (level->is_array)
        numres_path_add_index(path, level->complete);
    else if (level->has_name && level->member != NULL)
        numres_path_add_name(path, level->member->name, level->member->name_length);
    else if (level->has_name)
        numres_path_add_name(path, level->name, level->name_length);
}

/* Writes the path of the outermost `depth` levels, and of `missing` inside them, if
   not NULL. Returns its length. */
static size_t write_path(const numres_schema *schema, size_t depth, const numres_member *missing,
                         char *buffer) {
    numres_path path;
    numres_path_start(&path, buffer);
    for (size_t i = 0; i < depth; i++)
        add_level(&path, &schema->levels[i]);
    if (missing != NULL)
        numres_path_add_name(&path, missing->name, missing->name_length);
    return numres_path_finish(&path);
}

static const char *sentence_of(const numres_schema *schema, numres_code code) {
    if (code == NUMRES_NO_ENVELOPE && schema->document.looks_bare)
        return numres_error_bare_reservation_sentence;
    return numres_code_sentence(code);
}

/* The path is already in the error's buffer. */
static numres_signal set_error(numres_schema *schema, numres_code code, uint64_t offset) {
    schema->delivery.error.code = code;
    schema->delivery.error.offset = offset;
    schema->delivery.error.document = schema->document.counts.number;
    schema->delivery.error.sentence = sentence_of(schema, code);
    return NUMRES_SIGNAL_FAIL;
}

void numres_delivery_clear_error(numres_schema *schema) {
    numres_error *error = &schema->delivery.error;
    error->size = sizeof *error;
    error->code = NUMRES_OK;
    error->offset = error->document = 0;
    error->sentence = numres_code_sentence(NUMRES_OK);
    error->path[0] = '\0';
}

numres_signal numres_delivery_fail(numres_schema *schema, numres_code code, uint64_t offset) {
    write_path(schema, schema->depth, NULL, schema->delivery.error.path);
    return set_error(schema, code, offset);
}

/* The same with a sentence that says more than the code's. */
static numres_signal fail_saying(numres_schema *schema, numres_code code, const char *sentence,
                                 uint64_t offset) {
    numres_delivery_fail(schema, code, offset);
    schema->delivery.error.sentence = sentence;
    return NUMRES_SIGNAL_FAIL;
}

numres_signal numres_delivery_malformed(numres_schema *schema, numres_malformation malformation,
                                        uint64_t offset) {
    return fail_saying(schema, numres_error_malformed_code(malformation),
                       numres_error_malformed_sentence(malformation), offset);
}

/* `before` is the byte before the place, of which only a comma matters. */
static numres_error_place place_in(const numres_level *level, unsigned char before) {
    if (level == NULL)
        return NUMRES_PLACE_OF_ROOT;
    if (before == ',')
        return NUMRES_PLACE_AFTER_COMMA;
    if (level->has_name)
        return NUMRES_PLACE_AFTER_NAME;
    return level->complete > 0 ? NUMRES_PLACE_AFTER_VALUE : NUMRES_PLACE_AT_START;
}

static bool is_object(const numres_level *level) {
    return level != NULL && !level->is_array;
}

numres_signal numres_delivery_stray(numres_schema *schema, unsigned char byte, uint64_t offset) {
    const numres_level *level = numres_schema_innermost(schema);
    const char *sentence = numres_error_stray_sentence(byte, place_in(level, 0), is_object(level));
    return fail_saying(schema, NUMRES_SYNTAX, sentence, offset);
}

numres_signal numres_delivery_misplaced(numres_schema *schema, unsigned char first_byte,
                                        unsigned char before, uint64_t offset) {
    const numres_level *level = numres_schema_innermost(schema);
    const char *sentence =
        numres_error_misplaced_sentence(first_byte, place_in(level, before), is_object(level));
    return fail_saying(schema, NUMRES_SYNTAX, sentence, offset);
}

/* Calling the handlers. */

void numres_delivery_start(numres_schema *schema, numres_parser *parser,
                           const numres_handlers *handlers, void *user) {
    schema->delivery.parser = parser;
    numres_delivery_set_handlers(schema, handlers);
    numres_delivery_set_user(schema, user);
}

/* Returns GO_ON if there is no handler. */
static numres_answer call_record_handler(const numres_schema *schema, const numres_record *record) {
    const numres_handlers *handlers = &schema->delivery.handlers;
    switch (record->kind) {
    case NUMRES_RECORD_RESERVATION:
        if (handlers->on_reservation != NULL)
            return handlers->on_reservation(schema->delivery.parser, &record->value.reservation,
                                            schema->delivery.user);
        break;
    case NUMRES_RECORD_META:
        if (handlers->on_meta != NULL)
            return handlers->on_meta(schema->delivery.parser, &record->value.meta,
                                     schema->delivery.user);
        break;
    case NUMRES_RECORD_API_ERROR:
        if (handlers->on_api_error != NULL)
            return handlers->on_api_error(schema->delivery.parser, &record->value.api_error,
                                          schema->delivery.user);
        break;
    /* GCOVR_EXCL_START: phone numbers have numres_delivery_phone_number; NONE is never
       delivered */
    case NUMRES_RECORD_PHONE_NUMBER:
    case NUMRES_RECORD_NONE:
        break;
        /* GCOVR_EXCL_STOP */
    }
    return NUMRES_GO_ON;
}

/*
 * Returns the signal for a handler's answer. An answer that the handler may not
 * give stops. A handler that reset the parser has cleared in_callback: then the
 * document is gone, and nothing may follow.
 */
static numres_signal after_handler(numres_schema *schema, numres_answer answer) {
    if (!schema->delivery.in_callback)
        return NUMRES_SIGNAL_FAIL;
    schema->delivery.in_callback = false;
    if (answer == NUMRES_GO_ON)
        return NUMRES_SIGNAL_GO_ON;
    if (answer == NUMRES_PAUSE)
        return NUMRES_SIGNAL_PAUSE;
    return numres_delivery_fail(schema, NUMRES_STOPPED, schema->delivery.position);
}

static void count_record(numres_document *document, const numres_record *record) {
    if (record->left_out)
        document->left_out++;
    else if (record->kind == NUMRES_RECORD_RESERVATION)
        document->reservations++;
    else if (record->kind == NUMRES_RECORD_API_ERROR)
        document->api_errors++;
}

numres_signal numres_delivery_phone_number(numres_schema *schema) {
    numres_record *record = &schema->inner;
    numres_phone_number *number = &record->value.phone_number;
    const numres_handlers *handlers = &schema->delivery.handlers;
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    record->left_out |= schema->outer.left_out;
    number->reservation = &schema->outer.value.reservation;
    numres_record_publish_reservation(&schema->outer);
    if (record->left_out) {
        schema->document.counts.left_out++;
    } else {
        schema->document.counts.phone_numbers++;
        numres_record_publish_phone_number(record);
    }
    if (!record->left_out && handlers->on_phone_number != NULL) {
        schema->delivery.in_callback = true;
        signal = after_handler(schema, handlers->on_phone_number(schema->delivery.parser, number,
                                                                 schema->delivery.user));
    }
    record->kind = NUMRES_RECORD_NONE; /* it is not open any more */
    return signal;
}

numres_signal numres_delivery_record(numres_schema *schema, numres_record *record) {
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    if (record->kind == NUMRES_RECORD_PHONE_NUMBER)
        return numres_delivery_phone_number(schema);
    count_record(&schema->document.counts, record);
    if (!record->left_out) {
        numres_record_publish(record);
        schema->delivery.in_callback = true;
        signal = after_handler(schema, call_record_handler(schema, record));
    }
    record->kind = NUMRES_RECORD_NONE; /* it is not open any more */
    return signal;
}

numres_signal numres_delivery_document_end(numres_schema *schema) {
    schema->delivery.owes_document_end = false;
    if (schema->delivery.handlers.on_document_end == NULL)
        return NUMRES_SIGNAL_GO_ON;
    schema->delivery.in_callback = true;
    return after_handler(schema, schema->delivery.handlers.on_document_end(schema->delivery.parser,
                                                                           &schema->document.counts,
                                                                           schema->delivery.user));
}

numres_signal numres_delivery_owed(numres_schema *schema) {
    return schema->delivery.owes_document_end ? numres_delivery_document_end(schema)
                                              : NUMRES_SIGNAL_GO_ON;
}

/* Problems. */

numres_json_type numres_json_type_of_scalar(numres_scalar scalar) {
    switch (scalar) {
    case NUMRES_SCALAR_STRING:
        return NUMRES_JSON_STRING;
    case NUMRES_SCALAR_NUMERAL:
        return NUMRES_JSON_NUMBER;
    case NUMRES_SCALAR_BOOLEAN:
        return NUMRES_JSON_BOOLEAN;
    case NUMRES_SCALAR_NULL:
        break;
    }
    return NUMRES_JSON_NULL;
}

static numres_signal ask_handler(numres_schema *schema, const numres_problem *problem,
                                 numres_record *record) {
    schema->delivery.in_callback = true;
    numres_answer answer = schema->delivery.handlers.on_problem(schema->delivery.parser, problem,
                                                                schema->delivery.user);
    if (!schema->delivery.in_callback)
        return NUMRES_SIGNAL_FAIL;
    schema->delivery.in_callback = false;
    schema->delivery.pausing |= schema->settings.pauses_at_problems;
    if (answer == NUMRES_LEAVE_OUT && record != NULL)
        record->left_out = true;
    /* The error is set when the event is done, so that its path is that of
       the callback's position. */
    schema->delivery.stopping = answer != NUMRES_GO_ON && answer != NUMRES_LEAVE_OUT;
    return NUMRES_SIGNAL_GO_ON;
}

/* Says for a person what belongs directly inside `level`. */
static const char *expected_in(const numres_level *level) {
    if (level == NULL)
        return "an object";
    if (level->is_array)
        return level->kind == NUMRES_OBJECT_API_ERROR ? "an object or a string" : "an object";
    return level->member->expected;
}

/* Tells the handler of a problem inside the outermost `depth` levels. */
static numres_signal tell_problem(numres_schema *schema, const numres_level *level, size_t depth,
                                  const numres_fault *fault) {
    char path[NUMRES_PATH_SIZE];
    numres_problem problem = {fault->code,
                              fault->offset,
                              {path, write_path(schema, depth, fault->missing, path)},
                              numres_text_cut(fault->raw, NUMRES_RAW_TEXT_LENGTH),
                              sentence_of(schema, fault->code),
                              fault->code == NUMRES_WRONG_TYPE ? expected_in(level) : NULL,
                              fault->found};
    return ask_handler(schema, &problem,
                       level != NULL ? numres_schema_record(schema, level) : NULL);
}

numres_signal numres_delivery_problem(numres_schema *schema, const numres_level *level,
                                      const numres_fault *fault) {
    size_t depth = level != NULL ? (size_t)(level - schema->levels) + 1 : 0;
    schema->document.counts.problems++;
    if (schema->settings.strict) {
        write_path(schema, depth, fault->missing, schema->delivery.error.path);
        return set_error(schema, fault->code, fault->offset);
    }
    return schema->delivery.handlers.on_problem != NULL ? tell_problem(schema, level, depth, fault)
                                                        : NUMRES_SIGNAL_GO_ON;
}

numres_signal numres_delivery_stop(numres_schema *schema) {
    return numres_delivery_fail(schema, NUMRES_STOPPED, schema->delivery.position);
}
