/* The public calls for a single member of a record: its raw text, and whether it has a
   value. */
#include "../base/text.h"
#include "record.h"

static numres_text raw_of(const void *public_record, numres_record_kind kind, unsigned int member) {
    numres_record room;
    const numres_record *record = numres_record_view(public_record, kind, &room);
    if (record == NULL || member >= numres_record_member_count(kind) ||
        !numres_has(record->present, member))
        return numres_text_empty;
    return numres_record_raw(record, member);
}

numres_text numres_reservation_raw(const numres_reservation *reservation, unsigned int member) {
    return raw_of(reservation, NUMRES_RECORD_RESERVATION, member);
}

numres_text numres_phone_number_raw(const numres_phone_number *phone_number, unsigned int member) {
    return raw_of(phone_number, NUMRES_RECORD_PHONE_NUMBER, member);
}

numres_text numres_meta_raw(const numres_meta *meta, unsigned int member) {
    return raw_of(meta, NUMRES_RECORD_META, member);
}

numres_text numres_api_error_raw(const numres_api_error *api_error, unsigned int member) {
    return raw_of(api_error, NUMRES_RECORD_API_ERROR, member);
}

/* Whether the value can be used, by the public record's own masks. */
#define HAS(record, member)                                                                        \
    ((record) != NULL &&                                                                           \
     numres_mask_has((record)->present & ~(record)->null & ~(record)->invalid, member))

bool numres_mask_has(uint32_t mask, unsigned int member) {
    return member < 32 && numres_has(mask, member);
}

bool numres_reservation_has(const numres_reservation *reservation, unsigned int member) {
    return HAS(reservation, member);
}

bool numres_phone_number_has(const numres_phone_number *phone_number, unsigned int member) {
    return HAS(phone_number, member);
}

bool numres_meta_has(const numres_meta *meta, unsigned int member) {
    return HAS(meta, member);
}

bool numres_api_error_has(const numres_api_error *api_error, unsigned int member) {
    return HAS(api_error, member);
}
