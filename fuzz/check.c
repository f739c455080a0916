/* What all targets share: how they fail, an independent check of UTF-8, and the statistics. */
#include "check.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...) {
    va_list arguments;
    fprintf(stderr, "%s:%d: broken: %s\n", file, line, condition);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
    abort();
}

/* The number of bytes that follow a lead byte; 4 if it is no lead byte. */
static size_t continuation_bytes(unsigned char lead) {
    if (lead < 0x80) {
        return 0;
    }
    if (lead >> 5 == 6) {
        return 1;
    }
    if (lead >> 4 == 14) {
        return 2;
    }
    return lead >> 3 == 30 ? 3 : 4;
}

bool fuzz_is_utf8(const char *bytes, size_t length) {
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *text = (const unsigned char *)bytes;
    for (size_t at = 0; at < length; at++) {
        size_t more = continuation_bytes(text[at]);
        if (more == 4 || more >= length - at) {
            return false;
        }
        uint32_t code_point = more == 0 ? text[at] : text[at] & (0x3Fu >> more);
        for (size_t left = more; left > 0; left--) {
            at++;
            if (text[at] >> 6 != 2) {
                return false;
            }
            code_point = code_point << 6 | (text[at] & 0x3Fu);
        }
        if (code_point < smallest[more] || code_point > 0x10FFFF || code_point >> 11 == 0x1B) {
            return false;
        }
    }
    return true;
}

static uint64_t inputs;
static uint64_t inputs_with_reservation;

static void print_statistics(void) {
    fprintf(stderr, "inputs: %llu, with a reservation delivered: %llu (%.1f %%)\n",
            (unsigned long long)inputs, (unsigned long long)inputs_with_reservation,
            inputs > 0 ? 100.0 * (double)inputs_with_reservation / (double)inputs : 0.0);
}

void fuzz_count_input(bool reached_reservation) {
    if (inputs == 0 && getenv("NUMRES_FUZZ_STATISTICS")) {
        atexit(print_statistics);
    }
    inputs++;
    inputs_with_reservation += reached_reservation;
}
