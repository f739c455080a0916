/* Writes text into the caller's buffer, as it is or percent-encoded (RFC 3986 section 2.1).
   query.c and request.c call it. */
#include "sink.h"

#include <string.h>

#include "../base/text.h"

numres_code numres_sink_start(numres_sink *sink, char *buffer, size_t size) {
    bool is_missing = buffer == NULL && size > 0;
    sink->buffer = buffer;
    sink->size = is_missing ? 0 : size;
    sink->length = 0;
    return is_missing ? NUMRES_WRONG_USE : NUMRES_OK;
}

void numres_sink_put(numres_sink *sink, const char *bytes, size_t length) {
    size_t room = sink->length < sink->size ? sink->size - sink->length : 0;
    if (room > 0)
        memcpy(sink->buffer + sink->length, bytes, length < room ? length : room);
    sink->length += length;
}

void numres_sink_string(numres_sink *sink, const char *string) {
    numres_sink_put(sink, string, strlen(string));
}

static bool is_unreserved(unsigned char byte) {
    return numres_text_is_word(byte) || byte == '-' || byte == '.' || byte == '~';
}

void numres_sink_encoded(numres_sink *sink, numres_text text) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        const char escape[3] = {'%', digits[byte >> 4], digits[byte & 15]};
        if (is_unreserved(byte))
            numres_sink_put(sink, &text.bytes[i], 1);
        else
            numres_sink_put(sink, escape, sizeof escape);
    }
}

numres_code numres_sink_end(numres_sink *sink, numres_code code, size_t *needed) {
    size_t length = code == NUMRES_OK ? sink->length : 0;
    if (code == NUMRES_OK && sink->length >= sink->size)
        code = NUMRES_NO_MEMORY;
    if (sink->size > 0)
        sink->buffer[code == NUMRES_OK ? length : 0] = '\0';
    if (needed != NULL)
        *needed = length;
    return code;
}
