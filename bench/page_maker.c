/* Writes JSON tokens into memory, in the white space and escapes of a page's style. page.c,
   page_real.c, page_records.c and page_values.c call it. */
#include "page_maker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FORMATTED 160

/* SplitMix64: small, and the same on every machine. */
uint64_t maker_random(maker *made) {
    uint64_t value = made->random_state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

uint64_t maker_random_below(maker *made, uint64_t limit) {
    return maker_random(made) % limit;
}

/* Makes room for `more` bytes and the padding. */
static bool make_room(maker *made, size_t more) {
    size_t capacity = made->capacity == 0 ? 4096 : made->capacity;
    char *bytes = NULL;

    while (capacity < made->length + more + PAGE_PADDING) {
        capacity *= 2;
    }
    if (capacity != made->capacity) {
        bytes = realloc(made->bytes, capacity);
        if (bytes == NULL) {
            made->failed = true;
            return false;
        }
        made->bytes = bytes;
        made->capacity = capacity;
    }
    return true;
}

static void put(maker *made, const char *text, size_t length) {
    if (!made->failed && make_room(made, length)) {
        memcpy(made->bytes + made->length, text, length);
        made->length += length;
    }
}

void maker_text(maker *made, const char *text) {
    put(made, text, strlen(text));
}

static void put_byte(maker *made, char byte) {
    put(made, &byte, 1);
}

__attribute__((format(printf, 2, 3))) void maker_formatted(maker *made, const char *format, ...) {
    char text[MOST_FORMATTED];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    maker_text(made, text);
}

static void break_line(maker *made) {
    if (made->style != PAGE_PRETTY) {
        return;
    }
    put_byte(made, '\n');
    for (unsigned int level = 0; level < made->depth; level++) {
        maker_text(made, "  ");
    }
}

void maker_next_item(maker *made) {
    if (!made->first) {
        put_byte(made, ',');
    }
    made->first = false;
    break_line(made);
}

void maker_open(maker *made, char bracket) {
    put_byte(made, bracket);
    made->depth++;
    made->first = true;
}

void maker_close(maker *made, char bracket) {
    made->depth--;
    if (!made->first) {
        break_line(made);
    }
    made->first = false;
    put_byte(made, bracket);
}

/* Writes the string with one of its bytes, which are all ASCII, as a \u escape. */
static void put_escaped(maker *made, const char *text) {
    size_t length = strlen(text);
    size_t place = (size_t)maker_random_below(made, length);

    put_byte(made, '"');
    put(made, text, place);
    maker_formatted(made, "\\u%04x", (unsigned int)text[place]);
    put(made, text + place + 1, length - place - 1);
    put_byte(made, '"');
}

/* Writes the string with a simple escape after its first word. */
static void put_with_simple_escape(maker *made, const char *text) {
    static const char *const escapes[] = {"\\\"", "\\/", "\\\\", "\\n", "\\t"};
    size_t place = strcspn(text, " ");

    put_byte(made, '"');
    put(made, text, place);
    maker_text(made, escapes[maker_random_below(made, 5)]);
    maker_text(made, text + place);
    put_byte(made, '"');
}

bool maker_is_worst(const maker *made) {
    return made->style == PAGE_WORST || made->style == PAGE_WORST_NAMES;
}

void maker_string(maker *made, const char *text, bool free_text) {
    if (text[0] != '\0' && maker_is_worst(made)) {
        put_escaped(made, text);
    } else if (text[0] != '\0' && made->style == PAGE_ESCAPED &&
               maker_random_below(made, 10) == 0) {
        if (free_text) {
            put_with_simple_escape(made, text);
        } else {
            put_escaped(made, text);
        }
    } else {
        maker_formatted(made, "\"%s\"", text);
    }
}

/* Writes a member's name with the comma, white space and colon around it. */
static void put_name(maker *made, const char *name, bool escaped) {
    maker_next_item(made);
    if (escaped) {
        put_escaped(made, name);
    } else {
        maker_formatted(made, "\"%s\"", name);
    }
    maker_text(made, made->style == PAGE_PRETTY ? ": " : ":");
}

void maker_name(maker *made, const char *name) {
    put_name(made, name, made->style == PAGE_WORST_NAMES && made->depth > 2);
}

void maker_escaped_name(maker *made, const char *name) {
    put_name(made, name, true);
}
