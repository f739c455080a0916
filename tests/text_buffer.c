#include "text_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(text_buffer *buffer, size_t more) {
    size_t needed = buffer->length + more + 1;
    if (needed <= buffer->capacity) {
        return;
    }
    size_t capacity = buffer->capacity ? buffer->capacity : 4096;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) {
        perror("trace");
        abort();
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
}

void text_buffer_clear(text_buffer *buffer) {
    buffer->length = 0;
    if (buffer->bytes) {
        buffer->bytes[0] = '\0';
    }
}

void text_buffer_free(text_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (text_buffer){NULL, 0, 0};
}

void text_buffer_add(text_buffer *buffer, const char *bytes, size_t length) {
    reserve(buffer, length);
    if (length > 0) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
    }
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void text_buffer_format(text_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    reserve(buffer, 256);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length >= room) {
        reserve(buffer, (size_t)length);
        va_start(arguments, format);
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    buffer->length += length > 0 ? (size_t)length : 0;
}

static void quote_byte(text_buffer *buffer, char byte) {
    switch (byte) {
    case '"':
        text_buffer_add(buffer, "\\\"", 2);
        break;
    case '\\':
        text_buffer_add(buffer, "\\\\", 2);
        break;
    case '\n':
        text_buffer_add(buffer, "\\n", 2);
        break;
    default:
        text_buffer_format(buffer, "\\u%04x", (unsigned int)(unsigned char)byte);
    }
}

void text_buffer_quote(text_buffer *buffer, const char *bytes, size_t length) {
    text_buffer_add(buffer, "\"", 1);
    size_t start = 0;
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte >= 0x20 && byte != 0x7f && byte != '"' && byte != '\\') {
            continue;
        }
        text_buffer_add(buffer, bytes + start, at - start);
        quote_byte(buffer, bytes[at]);
        start = at + 1;
    }
    text_buffer_add(buffer, bytes + start, length - start);
    text_buffer_add(buffer, "\"", 1);
}

bool text_buffer_equal(const text_buffer *left, const text_buffer *right) {
    return left->length == right->length &&
           (left->length == 0 || memcmp(left->bytes, right->bytes, left->length) == 0);
}
