/*
 * A program, not an interface: reads members of usual form one by one, in any order. Each
 * SIMD level compiles it once, after pieces.h, whose functions it uses. FAST_MEMBERS names
 * the function.
 */

/* Moves over white space, if there is any. Returns NULL if it ends after `last`, where too
   few bytes are readable. */
static inline FAST_INLINE const unsigned char *
skip_space(const unsigned char *at, const unsigned char *end, const unsigned char *last) {
    if (USUALLY(*at > ' '))
        return at;
    numres_fast_space(&at, end);
    return at <= last ? at : NULL;
}

/* Stores a valid text. Returns false if record.c must judge it. */
static inline FAST_INLINE bool take_member_text(numres_fast_object *object,
                                                const numres_field *field, numres_text text) {
    char *fields = (char *)&object->record->value;
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_E164:
        if (object->limits->check_e164)
            return false;
        break;
    case NUMRES_VALUE_TEXT:
        break;
    case NUMRES_VALUE_RECORD_TYPE:
        if (!numres_text_is(text, object->type.bytes, object->type.length))
            return false;
        break;
    case NUMRES_VALUE_TIMESTAMP:
        if (text.length != NUMRES_USUAL_TIMESTAMP ||
            !read_timestamp(object->date, bytes,
                            &((numres_timestamp_member *)(void *)(fields + field->offset))->value))
            return false;
        break;
    case NUMRES_VALUE_STATUS:
        return store_status(object, field, bytes) != NULL;
    default:
        return false;
    }
    *(numres_text *)(void *)(fields + field->text_offset) = text;
    return true;
}

/* Stores the value of the member at `place` of the table. Returns its end, or NULL. */
static inline FAST_INLINE const unsigned char *
take_member(numres_fast_object *object, uint8_t place, const unsigned char *value) {
    numres_record *record = object->record;
    const numres_field *field = numres_fast_field(object, place);
    uint32_t bit = UINT32_C(1) << field->number;
    if ((record->present & bit) != 0)
        return NULL;
    const unsigned char *end;
    if (*value != '"') {
        end = field->type == NUMRES_VALUE_BOOLEAN ? take_boolean(record, field, value) : NULL;
        record->present |= end != NULL ? bit : 0;
        return end;
    }
    end = short_text_end(value + 1);
    if (end == NULL)
        return NULL;
    numres_text text = {(const char *)value + 1, (size_t)(end - value - 1)};
    if (text.length > object->limits->max_value_length ||
        text.length > object->limits->max_record_text - record->counted ||
        !take_member_text(object, field, text))
        return NULL;
    record->counted += text.length;
    record->present |= bit;
    return end + 1;
}

/* Returns the first byte of the next name, after comma, space and quote, or NULL. Unlike
   numres_fast_next, it makes sure that all of a member's usual form is readable. */
static inline FAST_INLINE const unsigned char *
find_member(const numres_fast_object *object, const unsigned char *end, const unsigned char *last) {
    const unsigned char *at = object->at;
    if (!object->is_first) {
        at = skip_space(at, end, last);
        if (at == NULL || *at++ != ',')
            return NULL;
    }
    at = skip_space(at, end, last);
    return at != NULL && *at == '"' ? at + 1 : NULL;
}

/* Reads a member. Returns its end, or NULL if its form is not usual. */
static inline FAST_INLINE const unsigned char *
read_member(numres_fast_object *object, const unsigned char *end, const unsigned char *last) {
    const unsigned char *name = find_member(object, end, last);
    if (name == NULL)
        return NULL;
    uint32_t not_plain = simd_not_plain32(name);
    if (not_plain == 0)
        return NULL;
    size_t length = (size_t)__builtin_ctz(not_plain);
    const unsigned char *value = name + length + 1;
    if (name[length] != '"' || *value++ != ':')
        return NULL;
    value = skip_space(value, end, last);
    if (value == NULL)
        return NULL;
    numres_text text = {(const char *)name, length};
    uint8_t place = numres_fast_place(object, text);
    if (place != NUMRES_FAST_UNKNOWN)
        return take_member(object, place, value);
    const unsigned char *skipped = value;
    if (numres_fast_skip(&value, end, object->depth_left) != NUMRES_FAST_WHOLE)
        return NULL;
    numres_fast_count_long_string(object, skipped, value);
    return value;
}

size_t FAST_MEMBERS(numres_fast_object *object) {
    const unsigned char *const end = object->window->end;
    size_t count = 0;
    if (object->window->readable_end - object->at < NUMRES_FAST_SPAN)
        return 0;
    const unsigned char *const last = object->window->readable_end - NUMRES_FAST_SPAN;
    /* A skipped value may have ended after `last`. */
    for (; object->at <= last; count++) {
        const unsigned char *next = read_member(object, end, last);
        if (next == NULL)
            break;
        NUMRES_COUNT(FAST_MEMBERS, next - object->at);
        object->at = next;
        object->is_first = false;
    }
    object->members_read += count;
    return count;
}
