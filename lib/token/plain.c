/* Spans of whole characters in strings (RFC 8259 section 7, RFC 3629): gate_run.c and the fast
   lane skip them. */
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
