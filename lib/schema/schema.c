/* The state machine of a document, called by both lanes: what an opening bracket, a name,
   a scalar and a closing bracket mean in their place. */
#include "schema.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "delivery.h"
#include "envelope.h"
#include "meaning.h"
#include "refusal.h"

/* The document's life. */

void numres_schema_reset(numres_schema *schema) {
    schema->depth = 0;
    schema->document.root_closed = true;
    schema->delivery.stopping = false;
    schema->delivery.pausing = false;
    schema->delivery.owes_document_end = false;
    schema->delivery.in_callback = false;
    schema->delivery.position = 0;
    memset(&schema->document.counts, 0, sizeof schema->document.counts);
    numres_delivery_clear_error(schema);
    schema->outer.kind = schema->inner.kind = NUMRES_RECORD_NONE;
}

void numres_schema_start_document(numres_schema *schema, uint64_t offset) {
    uint64_t number = schema->document.counts.length > 0 ? schema->document.counts.number + 1 : 0;
    memset(&schema->document.counts, 0, sizeof schema->document.counts);
    schema->document.counts.number = number;
    schema->document.counts.offset = offset;
    schema->document.root_closed = false;
    schema->document.looks_bare = false;
    schema->document.envelope_members = 0;
    schema->document.has_null_data = false;
    schema->document.has_errors = false;
    numres_refusal_forget(schema);
}

/* Ends the root at the position of this event. */
static void end_root(numres_schema *schema) {
    schema->document.counts.length = schema->delivery.position - schema->document.counts.offset;
    schema->document.root_closed = true;
}

/* Ends the document, whose root has this type and the raw text `raw`. */
static numres_signal end_schema_document(numres_schema *schema, numres_json_type type,
                                         numres_text raw) {
    const numres_document *document = &schema->document.counts;
    numres_fault fault = {NUMRES_NO_ENVELOPE, type, document->offset, raw, NULL};
    end_root(schema);
    if (schema->settings.root == NUMRES_ROOT_ENVELOPE && document->envelopes == 0 &&
        numres_delivery_problem(schema, NULL, &fault) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    if (schema->delivery.stopping)
        return numres_delivery_stop(schema);
    return numres_delivery_document_end(schema);
}

/* Ends an event. */
static inline numres_signal finish_event(numres_schema *schema) {
    return schema->delivery.stopping ? numres_delivery_stop(schema) : NUMRES_SIGNAL_GO_ON;
}

/* Called after all callbacks of an event. If one of its problems asks for a pause, the
   event ends with it, so that at most one event lies between two pauses. */
static inline numres_signal pause_event(numres_schema *schema, numres_signal signal) {
    if (!schema->delivery.pausing)
        return signal;
    schema->delivery.pausing = false;
    return signal == NUMRES_SIGNAL_GO_ON ? NUMRES_SIGNAL_PAUSE : signal;
}

/* Counts a complete value directly inside `level`, and ends the event. */
static numres_signal complete_value(numres_schema *schema, numres_level *level) {
    numres_schema_count_value(schema, level);
    return finish_event(schema);
}

/* Opening a container. */

/* Starts the record of an object, if it has one: an API error's source and meta
   have none of their own. */
static void start_record(numres_schema *schema, const numres_level *level,
                         numres_object_kind kind) {
    numres_record_kind record_kind = numres_members_record(kind);
    uint64_t index = level != NULL && level->is_array ? level->complete : 0;
    if (record_kind == NUMRES_RECORD_PHONE_NUMBER)
        numres_record_start(&schema->inner, record_kind, index);
    else if (record_kind != NUMRES_RECORD_NONE)
        numres_record_start(&schema->outer, record_kind, index);
}

static void push_level(numres_schema *schema, numres_meaning meaning, bool is_array,
                       uint64_t offset) {
    numres_level *opened = &schema->levels[schema->depth++];
    opened->kind = meaning.kind;
    opened->is_array = is_array;
    opened->last_place = 0;
    opened->has_name = false;
    opened->close_problem = meaning.close_problem;
    opened->complete = 0;
    opened->offset = offset;
}

static numres_signal open_value(numres_schema *schema, bool is_array, uint64_t offset,
                                uint64_t end) {
    numres_level *level = numres_schema_innermost(schema);
    if (numres_schema_depth_left(schema) == 0)
        return numres_delivery_fail(schema, NUMRES_TOO_DEEP, offset);
    schema->delivery.position = end;
    numres_meaning meaning = numres_meaning_of(schema, is_array);
    if (schema->depth <= 2 &&
        numres_envelope_open(schema, level, meaning.kind, is_array, offset) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    if (!is_array)
        start_record(schema, level, meaning.kind);
    push_level(schema, meaning, is_array, offset);
    if (schema->depth == 2 && meaning.kind == NUMRES_OBJECT_UNKNOWN)
        numres_refusal_open(schema, level);
    return finish_event(schema);
}

numres_signal numres_schema_open(numres_schema *schema, bool is_array, uint64_t offset,
                                 uint64_t end) {
    return pause_event(schema, open_value(schema, is_array, offset, end));
}

void numres_schema_open_reservation(numres_schema *schema, uint64_t offset) {
    const numres_meaning reservation = {NUMRES_OBJECT_RESERVATION, NUMRES_OK};
    numres_record_start(&schema->outer, NUMRES_RECORD_RESERVATION,
                        numres_schema_level(schema)->complete);
    push_level(schema, reservation, false, offset);
    schema->delivery.position = offset + 1;
}

void numres_schema_open_numbers(numres_schema *schema, uint8_t place, uint64_t offset) {
    const numres_meaning numbers = {NUMRES_OBJECT_PHONE_NUMBER, NUMRES_OK};
    numres_schema_known_name(schema, place);
    numres_record_mark(&schema->outer, NUMRES_RESERVATION_PHONE_NUMBERS, true);
    push_level(schema, numbers, true, offset);
    schema->delivery.position = offset + 1;
}

void numres_schema_open_number(numres_schema *schema, uint64_t members, uint64_t offset,
                               uint64_t end) {
    const numres_meaning number = {NUMRES_OBJECT_PHONE_NUMBER, NUMRES_OK};
    push_level(schema, number, false, offset);
    numres_schema_level(schema)->complete = members;
    schema->delivery.position = end;
}

/* Closing a container. */

static numres_signal raise_missing(numres_schema *schema, const numres_level *level,
                                   uint64_t offset) {
    size_t count;
    const numres_member *members = numres_members_of(level->kind, &count);
    const numres_record *record = numres_schema_record(schema, level);
    for (size_t i = 0; record != NULL && i < count; i++) {
        const numres_member *member = &members[i];
        if (!member->required || numres_has(record->present, member->number))
            continue;
        numres_fault fault = {NUMRES_MISSING_MEMBER, NUMRES_JSON_NONE, offset, numres_text_empty,
                              member};
        if (numres_delivery_problem(schema, level, &fault) == NUMRES_SIGNAL_FAIL)
            return NUMRES_SIGNAL_FAIL;
        if (schema->delivery.stopping)
            break;
    }
    return NUMRES_SIGNAL_GO_ON;
}

/* Raises the problem of a skipped container that closed. */
static numres_signal raise_close_problem(numres_schema *schema, const numres_level *closed) {
    numres_level *level = numres_schema_innermost(schema);
    numres_fault fault = {closed->close_problem, numres_json_type_of_container(closed->is_array),
                          closed->offset, numres_text_empty, NULL};
    bool marked = fault.code == NUMRES_WRONG_TYPE && level != NULL && !level->is_array;
    if (marked)
        numres_meaning_mark_member(schema, level, false);
    return numres_delivery_problem(schema, level, &fault);
}

/* Returns the record that closes with this level, or NULL. */
static numres_record *closing_record(numres_schema *schema, const numres_level *closed) {
    if (closed->is_array || numres_members_record(closed->kind) == NUMRES_RECORD_NONE)
        return NULL;
    return numres_schema_record(schema, closed);
}

/* Closes the root. `record` is the bare reservation that it is, or NULL. */
static numres_signal close_root(numres_schema *schema, numres_record *record, bool is_array) {
    if (schema->delivery.stopping)
        return numres_delivery_stop(schema);
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    if (schema->settings.root == NUMRES_ROOT_ENVELOPE)
        record = numres_envelope_settle(schema);
    if (record != NULL)
        signal = numres_delivery_record(schema, record);
    if (signal == NUMRES_SIGNAL_GO_ON)
        return end_schema_document(schema, numres_json_type_of_container(is_array),
                                   numres_text_empty);
    if (signal == NUMRES_SIGNAL_PAUSE) {
        end_root(schema);
        schema->delivery.owes_document_end = true;
    }
    return signal;
}

static numres_signal close_value(numres_schema *schema, uint64_t end) {
    const numres_level *closed = numres_schema_level(schema);
    schema->delivery.position = end;
    if (numres_schema_requires_members(schema) && !closed->is_array &&
        raise_missing(schema, closed, end - 1) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    numres_refusal_close(schema, closed->complete);
    if (closed->is_array && closed->kind == NUMRES_OBJECT_RESERVATION)
        schema->document.counts.elements = closed->complete;
    schema->depth--;
    if (closed->close_problem != NUMRES_OK &&
        raise_close_problem(schema, closed) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;

    numres_level *level = numres_schema_innermost(schema);
    numres_record *record = closing_record(schema, closed);
    if (level == NULL)
        return close_root(schema, record, closed->is_array);
    numres_signal signal = complete_value(schema, level);
    if (signal == NUMRES_SIGNAL_GO_ON && record != NULL)
        return numres_delivery_record(schema, record);
    return signal;
}

numres_signal numres_schema_close(numres_schema *schema, uint64_t end) {
    return pause_event(schema, close_value(schema, end));
}

numres_signal numres_schema_close_reservation(numres_schema *schema, uint64_t end) {
    if (numres_schema_requires_members(schema) || schema->depth == 1)
        return numres_schema_close(schema, end);
    schema->delivery.position = end;
    schema->depth--;
    numres_schema_count_value(schema, numres_schema_level(schema));
    return numres_delivery_record(schema, &schema->outer);
}

/* Names and scalars. */

static void note_unknown_name(numres_schema *schema, numres_level *level, numres_text name) {
    numres_text cut = numres_text_cut(name, NUMRES_PATH_NAME_LENGTH);
    NUMRES_COUNT(SCHEMA, cut.length);
    memcpy(level->name, cut.bytes, cut.length);
    level->name_length = (uint8_t)cut.length;
    schema->document.looks_bare |=
        level->kind == NUMRES_OBJECT_ENVELOPE && numres_text_is(name, "phone_numbers", 13);
}

void numres_schema_known_name(numres_schema *schema, uint8_t place) {
    numres_level *level = numres_schema_level(schema);
    size_t count;
    level->has_name = true;
    level->member = &numres_members_of(level->kind, &count)[place];
    level->last_place = (uint8_t)(place + 1);
}

void numres_schema_name(numres_schema *schema, const numres_token *name, uint8_t *guess) {
    numres_level *level = numres_schema_level(schema);
    level->has_name = true;
    level->member = numres_members_find(level->kind, name->text, guess);
    if (level->member != NULL)
        level->last_place = (uint8_t)(*guess + 1);
    else
        note_unknown_name(schema, level, name->text);
}

static numres_code store_in_envelope(numres_schema *schema, const numres_level *level,
                                     const numres_token *token) {
    bool is_null = token->scalar == NUMRES_SCALAR_NULL;
    numres_meaning_mark_member(schema, level, true);
    if (level->member->child == NUMRES_OBJECT_RESERVATION)
        schema->document.has_null_data = is_null;
    else if (level->member->child == NUMRES_OBJECT_API_ERROR)
        numres_refusal_scalar(schema, level, token);
    return is_null ? NUMRES_OK : NUMRES_WRONG_TYPE;
}

/* A string in place of an API error is its message. */
static numres_code store_api_error(numres_schema *schema, const numres_level *level,
                                   const numres_token *token) {
    if (token->scalar != NUMRES_SCALAR_STRING)
        return NUMRES_WRONG_TYPE;
    start_record(schema, level, NUMRES_OBJECT_API_ERROR);
    return numres_record_store(&schema->outer, &schema->settings.limits, NUMRES_API_ERROR_MESSAGE,
                               token);
}

/* Takes a scalar of an unknown member. */
static numres_code pass_over(numres_schema *schema, const numres_level *level,
                             const numres_token *token) {
    if (level->kind == NUMRES_OBJECT_ENVELOPE)
        numres_refusal_scalar(schema, level, token);
    return numres_meaning_undocumented(schema);
}

/* Puts a scalar where it belongs. Returns the problem with it, or OK. */
static numres_code place_scalar(numres_schema *schema, numres_level *level,
                                const numres_token *token) {
    if (level == NULL)
        return schema->settings.root == NUMRES_ROOT_RESERVATION ? NUMRES_WRONG_TYPE : NUMRES_OK;
    if (level->kind == NUMRES_OBJECT_UNKNOWN) {
        if (schema->document.refusal.depth == schema->depth)
            numres_refusal_scalar(schema, level, token);
        return NUMRES_OK;
    }
    if (numres_envelope_is_in_errors(level))
        return store_api_error(schema, level, token);
    if (level->is_array)
        return NUMRES_WRONG_TYPE;
    if (level->member == NULL)
        return pass_over(schema, level, token);
    if (level->member->foreign) {
        numres_record_offer(numres_schema_record(schema, level), &schema->settings.limits,
                            level->member->number, token);
        return numres_meaning_undocumented(schema);
    }
    numres_record *record = numres_schema_record(schema, level);
    if (numres_meaning_is_duplicate(schema, level, record))
        return NUMRES_DUPLICATE_MEMBER;
    if (record == NULL)
        return store_in_envelope(schema, level, token);
    return numres_record_store(record, &schema->settings.limits, level->member->number, token);
}

static numres_signal raise_scalar_problem(numres_schema *schema, const numres_level *level,
                                          const numres_token *token, numres_code code) {
    numres_fault fault = {code, numres_json_type_of_scalar(token->scalar), token->offset,
                          token->text, NULL};
    return numres_delivery_problem(schema, level, &fault);
}

static numres_signal take_scalar(numres_schema *schema, const numres_token *token) {
    numres_level *level = numres_schema_innermost(schema);
    bool in_errors = numres_envelope_is_in_errors(level);
    schema->delivery.position = token->end;
    if (in_errors && numres_envelope_element(schema) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    numres_code code = place_scalar(schema, level, token);
    if (code != NUMRES_OK && !schema->delivery.stopping &&
        raise_scalar_problem(schema, level, token, code) == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    if (level == NULL)
        return schema->delivery.stopping
                   ? numres_delivery_stop(schema)
                   : end_schema_document(schema, numres_json_type_of_scalar(token->scalar),
                                         token->text);
    numres_signal signal = complete_value(schema, level);
    bool is_api_error = in_errors && token->scalar == NUMRES_SCALAR_STRING;
    return is_api_error && signal == NUMRES_SIGNAL_GO_ON
               ? numres_delivery_record(schema, &schema->outer)
               : signal;
}

numres_signal numres_schema_scalar(numres_schema *schema, const numres_token *token) {
    return pause_event(schema, take_scalar(schema, token));
}

bool numres_schema_is_between_records(const numres_schema *schema) {
    if (schema->depth == 0)
        return false;
    const numres_level *level = numres_schema_level(schema);
    return level->kind != NUMRES_OBJECT_UNKNOWN &&
           (level->is_array || level->kind != NUMRES_OBJECT_PHONE_NUMBER);
}

void numres_schema_keep(numres_schema *schema, const void *begin, const void *end) {
    if (schema->document.root_closed)
        return;
    numres_record_keep(&schema->outer, begin, end);
    numres_record_keep(&schema->inner, begin, end);
}

void numres_schema_keep_chunk(numres_schema *schema, const void *begin, const void *end) {
    if (schema->outer.kept == schema->outer.present && schema->inner.kept == schema->inner.present)
        return;
    numres_schema_keep(schema, begin, end);
    schema->outer.kept = schema->outer.present;
    schema->inner.kept = schema->inner.present;
}
