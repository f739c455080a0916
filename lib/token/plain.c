/* Spans of whole characters in strings, for the gate and for fast/single_values.c. */
#include "plain.h"

#include "../base/text.h"

const unsigned char *numres_plain_skip_characters(const unsigned char *bytes,
                                                  const unsigned char *end) {
    for (;;) {
        size_t taken;
        bytes = numres_plain_skip(bytes, end);
        if (bytes == end || *bytes < 0x80)
            return bytes;
        do {
            if (numres_text_utf8(bytes, (size_t)(end - bytes), &taken) != NUMRES_JUDGED_WHOLE)
                return bytes;
            bytes += taken;
        } while (bytes < end && *bytes >= 0x80);
    }
}
