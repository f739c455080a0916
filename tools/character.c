#include "character.h"

#include "../lib/controls.h"
#include "width.h"

static void show_escaped(struct character *character, char letter, uint32_t value, size_t digits) {
    static const char hexadecimal[] = "0123456789abcdef";
    character->is_escape = true;
    character->width = digits + 2;
    character->escape[0] = '\\';
    character->escape[1] = letter;
    for (size_t place = 0; place < digits; place++)
        character->escape[1 + digits - place] = hexadecimal[(value >> (4 * place)) & 0xf];
}

/* How many bytes a sequence with this first byte has (RFC 3629 section 3), 0: none. */
static size_t sequence_length(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* The smallest value that a sequence of this length may hold. */
static uint32_t least_code_point(size_t sequence) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return least[sequence];
}

size_t character_read(const char *bytes, size_t length, uint32_t *code_point) {
    unsigned char first = (unsigned char)bytes[0];
    size_t sequence = sequence_length(first);
    if (sequence == 0 || sequence > length)
        return 0;
    uint32_t value = sequence == 1 ? first : first & (0x7fu >> sequence);
    for (size_t place = 1; place < sequence; place++) {
        unsigned char next = (unsigned char)bytes[place];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3fu);
    }
    if (value < least_code_point(sequence) || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *code_point = value;
    return sequence;
}

struct character character_next(const char *bytes, size_t length) {
    struct character character = {1, 1, "", false};
    uint32_t code_point = 0;
    size_t sequence = character_read(bytes, length, &code_point);
    if (sequence == 0) {
        show_escaped(&character, 'x', (unsigned char)bytes[0], 2);
        return character;
    }
    character.length = sequence;
    if (numres_is_control(code_point))
        show_escaped(&character, 'u', code_point, 4);
    else
        character.width = width_of(code_point);
    return character;
}
