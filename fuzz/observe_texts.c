/* Checks that every text of a record is UTF-8. observe_handlers.c calls it for each record. */
#include "check.h"
#include "observe.h"

static void check_text(numres_text text, const char *name) {
    FUZZ_EXPECT(text.bytes, "%s is NULL", name);
    FUZZ_EXPECT(fuzz_is_utf8(text.bytes, text.length), "%s is not UTF-8", name);
}

#define CHECK_TEXT(field, name) check_text(field, name)
#define CHECK_RECORD_TYPE(field, name) check_text(field, name)
#define CHECK_E164(field, name) check_text(field, name)
#define CHECK_CODE(field, name) check_text(field, name)
#define CHECK_STATUS(field, name) check_text((field).text, name)
#define CHECK_TIMESTAMP(field, name) check_text((field).text, name)
#define CHECK_INTEGER(field, name) (void)(field)
#define CHECK_BOOLEAN(field, name) (void)(field)

/* RAW_OF is defined before each use of the table: the record's raw call. */
#define VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                       \
    CHECK_##TYPE(record->field, name);                                                             \
    check_text(RAW_OF(record, NUMRES_##OBJECT##_##NAME), name);
#define CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                                   \
    check_text(RAW_OF(record, NUMRES_##OBJECT##_##NAME), name);

#define RAW_OF numres_reservation_raw
void observe_reservation_texts(const numres_reservation *record) {
    NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER)
}
#undef RAW_OF

#define RAW_OF numres_phone_number_raw
void observe_phone_number_texts(const numres_phone_number *record) {
    NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)
    observe_reservation_texts(record->reservation);
}
#undef RAW_OF

#define RAW_OF numres_meta_raw
void observe_meta_texts(const numres_meta *record) {
    NUMRES_META_MEMBERS(VALUE, CONTAINER)
}
#undef RAW_OF

#define RAW_OF numres_api_error_raw
void observe_api_error_texts(const numres_api_error *record) {
    NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)
    NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)
    NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)
    NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER)
}
#undef RAW_OF
