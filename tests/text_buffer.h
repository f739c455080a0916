/* A growing text buffer, for the trace and others. */
#ifndef NUMRES_TESTS_TEXT_BUFFER_H
#define NUMRES_TESTS_TEXT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct text_buffer {
    char *bytes; /* NUL-terminated once something was written */
    size_t length;
    size_t capacity;
} text_buffer;

/* Forgets the text and keeps the memory. */
void text_buffer_clear(text_buffer *buffer);
void text_buffer_free(text_buffer *buffer);

void text_buffer_add(text_buffer *buffer, const char *bytes, size_t length);
void text_buffer_format(text_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds bytes in double quotes, with control characters, quotes and backslashes escaped. */
void text_buffer_quote(text_buffer *buffer, const char *bytes, size_t length);

bool text_buffer_equal(const text_buffer *left, const text_buffer *right);

#endif
