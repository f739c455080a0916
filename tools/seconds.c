#include "seconds.h"

#include <inttypes.h>
#include <stdio.h>

#include "../lib/base/text.h"

/* The digits behind the point, as parts of a unit, rounded up. */
static int64_t read_fraction(const char **at, int64_t unit) {
    int64_t part = 0;
    int64_t place = unit;
    bool is_more = false;
    for (; numres_text_is_digit(**at); (*at)++) {
        place /= 10;
        part += place * (**at - '0');
        is_more = is_more || (place == 0 && **at != '0');
    }
    return is_more ? part + 1 : part;
}

bool seconds_read(const char *text, int64_t unit, int64_t *milliseconds) {
    const char *at = text;
    int64_t whole = 0;
    int64_t part = 0;
    if (!numres_text_is_digit(*at))
        return false;
    for (; numres_text_is_digit(*at); at++) {
        whole = whole * 10 + (*at - '0');
        whole = whole < SECONDS_LONGEST ? whole : SECONDS_LONGEST;
    }
    if (*at == '.') {
        at++;
        part = read_fraction(&at, unit);
    }
    if (*at != '\0')
        return false;
    *milliseconds = whole * unit + part;
    return true;
}

void seconds_format(int64_t milliseconds, char *text, size_t size) {
    int64_t tenths = (milliseconds + 50) / 100;
    if (tenths < 100)
        snprintf(text, size, "%" PRId64 ".%" PRId64 " s", tenths / 10, tenths % 10);
    else
        snprintf(text, size, "%" PRId64 " s", (milliseconds + 500) / 1000);
}
