#include "json_value.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct source {
    const char *now;
    const char *end;
} source;

static void skip_space(source *source) {
    while (source->now < source->end && memchr(" \t\r\n", *source->now, 4) != NULL) {
        source->now++;
    }
}

static bool take(source *source, char byte) {
    if (source->now == source->end || *source->now != byte) {
        return false;
    }
    source->now++;
    return true;
}

static char need_byte(source *source) {
    cr_assert_lt(source->now, source->end, "the JSON text ends too early");
    return *source->now++;
}

static void need(source *source, char byte) {
    cr_assert_eq(need_byte(source), byte, "no JSON text: %c is missing", byte);
}

/* ---- strings ---- */

static uint32_t read_hexadecimal(source *source) {
    uint32_t value = 0;
    for (int digit = 0; digit < 4; digit++) {
        char byte = need_byte(source);
        const char *digits = "0123456789abcdef";
        const char *found = strchr(digits, byte >= 'A' && byte <= 'F' ? byte + 32 : byte);
        cr_assert(found != NULL && byte != '\0');
        value = value * 16 + (uint32_t)(found - digits);
    }
    return value;
}

static void add_character(text_buffer *text, uint32_t character) {
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    char bytes[4];
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t at = length - 1; at > 0; at--) {
        bytes[at] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    bytes[0] = (char)(leads[length == 1 ? 0 : length] | character);
    text_buffer_add(text, bytes, length);
}

static void read_escape(source *source, text_buffer *text) {
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char letter = need_byte(source);
    if (letter == 'u') {
        uint32_t character = read_hexadecimal(source);
        if (character >= 0xD800 && character < 0xDC00) {
            need(source, '\\');
            need(source, 'u');
            character = 0x10000 + ((character - 0xD800) << 10) + read_hexadecimal(source) - 0xDC00;
        }
        add_character(text, character);
        return;
    }
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    cr_assert_not_null(found, "no escape of JSON");
    text_buffer_add(text, &meanings[found - letters], 1);
}

static text_buffer read_string(source *source) {
    text_buffer text = {NULL, 0, 0};
    text_buffer_add(&text, "", 0);
    need(source, '"');
    while (!take(source, '"')) {
        char byte = need_byte(source);
        cr_assert((unsigned char)byte >= 0x20, "a control character stands in a JSON string");
        if (byte == '\\') {
            read_escape(source, &text);
        } else {
            text_buffer_add(&text, &byte, 1);
        }
    }
    return text;
}

/* ---- values ---- */

static json_value read_value(source *source);

static void read_member(source *source, json_value *container) {
    size_t count = ++container->count;
    container->values = realloc(container->values, count * sizeof *container->values);
    if (container->kind == JSON_OBJECT) {
        container->names = realloc(container->names, count * sizeof *container->names);
        skip_space(source);
        container->names[count - 1] = read_string(source);
        skip_space(source);
        need(source, ':');
    }
    container->values[count - 1] = read_value(source);
}

static void read_members(source *source, json_value *container, char close) {
    need_byte(source);
    skip_space(source);
    if (take(source, close)) {
        return;
    }
    do {
        read_member(source, container);
    } while (take(source, ','));
    need(source, close);
}

static void read_other_scalar(source *source, json_value *value) {
    while (source->now < source->end && memchr(",:[]{}\" \t\r\n", *source->now, 11) == NULL) {
        text_buffer_add(&value->text, source->now++, 1);
    }
    cr_assert_gt(value->text.length, 0, "no JSON value");
}

/* Recurses as deep as the documents are nested, which are the tests' own. */
static json_value read_value(source *source) {
    json_value value = {JSON_OTHER_SCALAR, {NULL, 0, 0}, NULL, NULL, 0};
    skip_space(source);
    cr_assert_lt(source->now, source->end, "a JSON value is missing");
    switch (*source->now) {
    case '"':
        value.kind = JSON_STRING;
        value.text = read_string(source);
        break;
    case '{':
        value.kind = JSON_OBJECT;
        read_members(source, &value, '}');
        break;
    case '[':
        value.kind = JSON_ARRAY;
        read_members(source, &value, ']');
        break;
    default:
        read_other_scalar(source, &value);
        break;
    }
    skip_space(source);
    return value;
}

json_value json_read(const char **place, const char *end) {
    source source = {*place, end};
    json_value value = read_value(&source);
    *place = source.now;
    return value;
}

void json_free(json_value *value) {
    for (size_t at = 0; at < value->count; at++) {
        json_free(&value->values[at]);
        if (value->kind == JSON_OBJECT) {
            text_buffer_free(&value->names[at]);
        }
    }
    text_buffer_free(&value->text);
    free(value->values);
    free(value->names);
}

/* ---- comparing ---- */

static json_value *member_named(const json_value *object, const text_buffer *name) {
    for (size_t at = 0; at < object->count; at++) {
        if (text_buffer_equal(&object->names[at], name)) {
            return &object->values[at];
        }
    }
    return NULL;
}

bool json_equal(const json_value *left, const json_value *right) {
    if (left->kind != right->kind || left->count != right->count ||
        !text_buffer_equal(&left->text, &right->text)) {
        return false;
    }
    for (size_t at = 0; at < left->count; at++) {
        const json_value *other =
            left->kind == JSON_ARRAY ? &right->values[at] : member_named(right, &left->names[at]);
        if (other == NULL || !json_equal(&left->values[at], other)) {
            return false;
        }
    }
    return true;
}

static bool is_named(const text_buffer *name, const char *expected) {
    return name->length == strlen(expected) && memcmp(name->bytes, expected, name->length) == 0;
}

json_value *json_member(const json_value *object, const char *name) {
    for (size_t at = 0; object->kind == JSON_OBJECT && at < object->count; at++) {
        if (is_named(&object->names[at], name)) {
            return &object->values[at];
        }
    }
    return NULL;
}

static bool is_among(const text_buffer *name, const char *const *names, size_t count) {
    for (size_t at = 0; at < count; at++) {
        if (is_named(name, names[at])) {
            return true;
        }
    }
    return false;
}

void json_keep_members(json_value *object, const char *const *names, size_t count) {
    size_t kept = 0;
    for (size_t at = 0; object->kind == JSON_OBJECT && at < object->count; at++) {
        if (is_among(&object->names[at], names, count)) {
            object->names[kept] = object->names[at];
            object->values[kept++] = object->values[at];
        } else {
            text_buffer_free(&object->names[at]);
            json_free(&object->values[at]);
        }
    }
    if (object->kind == JSON_OBJECT) {
        object->count = kept;
    }
}
