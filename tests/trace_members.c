#include "trace_members.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Each member has its own line, below its record's. */
#define MEMBER_LINE "\n  "

/* One member, as the masks and numres_..._raw() describe it. */
typedef struct member {
    const char *before; /* written before the name: a line feed and spaces */
    const char *name;
    bool present;
    bool null;
    bool invalid;
    numres_text raw;
} member;

void trace_text(text_buffer *lines, numres_text text) {
    if (!text.bytes) {
        text_buffer_format(lines, "!NULL");
        return;
    }
    text_buffer_quote(lines, text.bytes, text.length);
}

static bool same_text(numres_text left, numres_text right) {
    if (!left.bytes || !right.bytes) {
        return left.bytes == right.bytes;
    }
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0);
}

static void write_raw(text_buffer *lines, const char *word, numres_text raw) {
    text_buffer_format(lines, "%s(", word);
    trace_text(lines, raw);
    text_buffer_format(lines, ")");
}

/*
 * Starts a member. Returns whether its value follows: not if it is absent, null or
 * invalid. Then the field must be neutral.
 */
static bool begin_member(text_buffer *lines, const member *member, bool neutral) {
    bool broken = !member->present && (member->null || member->invalid);
    if (!member->present && neutral && !broken) {
        return false;
    }
    text_buffer_format(lines, "%s%s=", member->before, member->name);
    if (!member->present) {
        text_buffer_format(lines, "!absent");
    }
    if (member->null) {
        text_buffer_format(lines, "null");
    }
    if (member->invalid) {
        write_raw(lines, "invalid", member->raw);
    }
    bool value = member->present && !member->null && !member->invalid;
    if (!value && !neutral) {
        text_buffer_format(lines, " !not-neutral");
    }
    return value;
}

/* Writes the raw text if it differs from what the field shows. */
static void write_other_raw(text_buffer *lines, const member *member, numres_text shown) {
    if (!same_text(member->raw, shown)) {
        write_raw(lines, " raw", member->raw);
    }
}

static void write_text(text_buffer *lines, const member *member, const numres_text *value) {
    if (begin_member(lines, member, value->bytes && value->length == 0)) {
        trace_text(lines, *value);
        write_other_raw(lines, member, *value);
    }
}

/* An invalid status or timestamp may keep its text next to the neutral value. */
static void write_kept_text(text_buffer *lines, const member *member, numres_text text) {
    if (!text.bytes || text.length > 0) {
        text_buffer_format(lines, member->present && !member->null ? " text=" : " !text=");
        trace_text(lines, text);
    }
}

static void write_status(text_buffer *lines, const member *member,
                         const numres_status_member *value) {
    if (begin_member(lines, member, value->value == NUMRES_STATUS_UNKNOWN)) {
        const char *name = numres_status_name(value->value);
        text_buffer_format(lines, "%s", name);
        write_other_raw(lines, member, value->text);
        if (same_text(value->text, (numres_text){name, strlen(name)})) {
            return;
        }
    }
    write_kept_text(lines, member, value->text);
}

static bool is_zero(const numres_timestamp *value) {
    return value->seconds == 0 && value->nanoseconds == 0 && value->offset_minutes == 0 &&
           value->fraction_digits == 0 && !value->unknown_offset && !value->leap_second;
}

static void write_timestamp(text_buffer *lines, const member *member,
                            const numres_timestamp_member *value) {
    const numres_timestamp *instant = &value->value;
    if (!begin_member(lines, member, is_zero(instant))) {
        write_kept_text(lines, member, value->text);
        return;
    }
    text_buffer_add(lines, value->text.bytes, value->text.length);
    text_buffer_format(lines, "(%" PRId64 ".%09" PRIu32 " digits=%u offset=%+d", instant->seconds,
                       instant->nanoseconds, (unsigned int)instant->fraction_digits,
                       (int)instant->offset_minutes);
    text_buffer_format(lines, "%s%s)", instant->unknown_offset ? " unknown-offset" : "",
                       instant->leap_second ? " leap-second" : "");
    write_other_raw(lines, member, value->text);
}

static void write_integer(text_buffer *lines, const member *member, const uint64_t *value) {
    if (begin_member(lines, member, *value == 0)) {
        char digits[24];
        int length = snprintf(digits, sizeof(digits), "%" PRIu64, *value);
        text_buffer_format(lines, "%s", digits);
        write_other_raw(lines, member, (numres_text){digits, (size_t)length});
    }
}

static void write_boolean(text_buffer *lines, const member *member, const bool *value) {
    if (begin_member(lines, member, !*value)) {
        const char *literal = *value ? "true" : "false";
        text_buffer_format(lines, "%s", literal);
        write_other_raw(lines, member, (numres_text){literal, strlen(literal)});
    }
}

static void write_container(text_buffer *lines, const member *member, const char *form) {
    if (begin_member(lines, member, true)) {
        text_buffer_format(lines, "%s", form);
        write_other_raw(lines, member, (numres_text){"", 0});
    }
}

/* Reports bits that belong to no member. */
static void check_masks(text_buffer *lines, uint32_t masks, unsigned int count) {
    if (masks >> count) {
        text_buffer_format(lines, " !masks(%" PRIx32 ")", masks);
    }
}

/* Maps the schema's value types to the functions that write them. */
#define WRITE_TEXT write_text
#define WRITE_RECORD_TYPE write_text
#define WRITE_E164 write_text
#define WRITE_CODE write_text
#define WRITE_STATUS write_status
#define WRITE_TIMESTAMP write_timestamp
#define WRITE_INTEGER write_integer
#define WRITE_BOOLEAN write_boolean

#define FORM_LIST "[]"
#define FORM_NESTED "{}"
#define FORM_EITHER "[]or{}"

/* Each use of the table defines RAW_OF first, the record's raw call; `before` starts each
   member. */
#define MEMBER(number, name)                                                                       \
    (&(member){before, name, numres_has(record->present, number),                                  \
               numres_has(record->null, number), numres_has(record->invalid, number),              \
               RAW_OF(record, number)})
#define VALUE_OF(prefix, number, field, name, TYPE)                                                \
    WRITE_##TYPE(lines, MEMBER(number, prefix name), &record->field);
#define VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                       \
    VALUE_OF("", NUMRES_##OBJECT##_##NAME, field, name, TYPE)
#define SOURCE_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                \
    VALUE_OF("source.", NUMRES_##OBJECT##_##NAME, field, name, TYPE)
#define META_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                  \
    VALUE_OF("meta.", NUMRES_##OBJECT##_##NAME, field, name, TYPE)
#define CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                                   \
    write_container(lines, MEMBER(NUMRES_##OBJECT##_##NAME, name), FORM_##FORM);

#define RAW_OF numres_reservation_raw
static void write_reservation(text_buffer *lines, const char *before,
                              const numres_reservation *record) {
    NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER)
    text_buffer_format(lines, "%sphone_number_count=%" PRIu64, before, record->phone_number_count);
    check_masks(lines, record->present | record->null | record->invalid,
                NUMRES_RESERVATION_MEMBER_COUNT);
}
#undef RAW_OF

void trace_reservation_members(text_buffer *lines, const numres_reservation *record) {
    write_reservation(lines, MEMBER_LINE, record);
}

void trace_owner_members(text_buffer *lines, const numres_reservation *record) {
    write_reservation(lines, MEMBER_LINE "of ", record);
}

#define RAW_OF numres_phone_number_raw
void trace_phone_number_members(text_buffer *lines, const numres_phone_number *record) {
    const char *before = MEMBER_LINE;
    NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)
    check_masks(lines, record->present | record->null | record->invalid,
                NUMRES_PHONE_NUMBER_MEMBER_COUNT);
}
#undef RAW_OF

#define RAW_OF numres_meta_raw
void trace_meta_members(text_buffer *lines, const numres_meta *record) {
    const char *before = MEMBER_LINE;
    NUMRES_META_MEMBERS(VALUE, CONTAINER)
    check_masks(lines, record->present | record->null | record->invalid, NUMRES_META_MEMBER_COUNT);
}
#undef RAW_OF

static bool is_right(const numres_api_error *error, numres_api_error_member member) {
    return numres_has(error->present & ~(error->null | error->invalid), member);
}

/* Which other member the field `detail` repeats, in the absence of a detail: the
   description, otherwise the message. NULL if it repeats none. */
static const char *detail_is(const numres_api_error *error) {
    bool has_description = is_right(error, NUMRES_API_ERROR_DESCRIPTION);
    numres_text other = has_description ? error->description : error->message;
    if (is_right(error, NUMRES_API_ERROR_DETAIL) || other.length == 0 ||
        !same_text(error->detail, other)) {
        return NULL;
    }
    return has_description ? "description" : "message";
}

#define RAW_OF(copy, number) numres_api_error_raw(original, number)
static void write_api_error(text_buffer *lines, const numres_api_error *original,
                            const numres_api_error *record) {
    const char *before = MEMBER_LINE;
    NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)
    NUMRES_API_ERROR_SOURCE_MEMBERS(SOURCE_VALUE, CONTAINER)
    NUMRES_API_ERROR_META_MEMBERS(META_VALUE, CONTAINER)
    NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER)
    check_masks(lines, record->present | record->null | record->invalid,
                NUMRES_API_ERROR_MEMBER_COUNT);
}
#undef RAW_OF

void trace_api_error_members(text_buffer *lines, const numres_api_error *api_error) {
    const char *other = detail_is(api_error);
    if (!other) {
        write_api_error(lines, api_error, api_error);
        return;
    }
    numres_api_error copy = *api_error;
    copy.detail = (numres_text){"", 0};
    write_api_error(lines, api_error, &copy);
    text_buffer_format(lines, MEMBER_LINE "detail-is-%s", other);
}
