/* Decides which envelope a document has. Called by schema.c as containers at the root open
   and close. The envelopes are those of the API's documentation. */
#include "envelope.h"

#include "../base/text.h"
#include "delivery.h"
#include "refusal.h"

/* Returns the envelope that the document has if a container opens here, or 0. */
static uint32_t envelope_of(const numres_level *level, numres_object_kind kind, bool is_array) {
    if (level == NULL)
        return kind == NUMRES_OBJECT_RESERVATION ? NUMRES_ENVELOPE_BARE : 0;
    if (level->kind != NUMRES_OBJECT_ENVELOPE)
        return 0;
    if (kind == NUMRES_OBJECT_API_ERROR)
        return NUMRES_ENVELOPE_ERRORS;
    if (kind == NUMRES_OBJECT_RESERVATION)
        return is_array ? NUMRES_ENVELOPE_LIST : NUMRES_ENVELOPE_SINGLE;
    return 0;
}

/* Notes that the document has this envelope, whose bracket is at `offset`. Raises a
   problem if it has one already. */
static numres_signal note_envelope(numres_schema *schema, const numres_level *level,
                                   uint32_t envelope, bool is_array, uint64_t offset) {
    bool mixed = schema->document.counts.envelopes != 0;
    numres_fault fault = {NUMRES_MIXED_ENVELOPE, numres_json_type_of_container(is_array), offset,
                          numres_text_empty, NULL};
    numres_refusal_forget(schema);
    schema->document.counts.envelopes |= envelope;
    return mixed ? numres_delivery_problem(schema, level, &fault) : NUMRES_SIGNAL_GO_ON;
}

numres_signal numres_envelope_element(numres_schema *schema) {
    if ((schema->document.counts.envelopes & NUMRES_ENVELOPE_ERRORS) != 0)
        return NUMRES_SIGNAL_GO_ON;
    return note_envelope(schema, schema->levels, NUMRES_ENVELOPE_ERRORS, true,
                         schema->document.errors_offset);
}

numres_signal numres_envelope_open(numres_schema *schema, const numres_level *level,
                                   numres_object_kind kind, bool is_array, uint64_t offset) {
    uint32_t envelope = envelope_of(level, kind, is_array);
    if (numres_envelope_is_in_errors(level))
        return numres_envelope_element(schema);
    if (envelope == NUMRES_ENVELOPE_ERRORS) {
        schema->document.has_errors = true;
        schema->document.errors_offset = offset;
        return NUMRES_SIGNAL_GO_ON;
    }
    return envelope != 0 ? note_envelope(schema, level, envelope, is_array, offset)
                         : NUMRES_SIGNAL_GO_ON;
}

numres_record *numres_envelope_settle(numres_schema *schema) {
    numres_document *document = &schema->document.counts;
    numres_record *refusal = NULL;
    if (document->envelopes != 0)
        return NULL;
    refusal = numres_refusal_record(schema);
    if (refusal == NULL && schema->document.has_null_data)
        document->envelopes = NUMRES_ENVELOPE_LIST;
    else if (refusal != NULL || schema->document.has_errors)
        document->envelopes = NUMRES_ENVELOPE_ERRORS;
    return refusal;
}
