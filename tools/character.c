#include "character.h"

#include "../lib/base/controls.h"
#include "../lib/base/text.h"
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

size_t character_read(const char *bytes, size_t length, uint32_t *code_point) {
    const unsigned char *sequence = (const unsigned char *)bytes;
    size_t taken = 1;
    if (sequence[0] >= 0x80 && numres_text_utf8(sequence, length, &taken) != NUMRES_JUDGED_WHOLE)
        return 0;
    *code_point = numres_text_code_point(sequence, taken);
    return taken;
}

/* What splits lines for editors and programs, but is no control of C1: LINE
   SEPARATOR and PARAGRAPH SEPARATOR (UAX 14 section 5.1, class BK). */
static bool is_separator(uint32_t code_point) {
    return code_point == 0x2028 || code_point == 0x2029;
}

static bool is_escaped(uint32_t code_point) {
    return numres_is_control(code_point) || is_separator(code_point);
}

/* Adds the rest of its grapheme cluster to a character. */
static void read_cluster(struct character *character, const char *bytes, size_t length,
                         uint32_t first) {
    struct width width;
    width_begin(&width, first);
    while (character->length < length) {
        uint32_t code_point = 0;
        size_t sequence =
            character_read(bytes + character->length, length - character->length, &code_point);
        if (sequence == 0 || is_escaped(code_point) || !width_add(&width, code_point))
            break;
        character->length += sequence;
    }
    character->width = width.columns;
}

static bool is_ascii(char byte) {
    return (unsigned char)byte < 0x80;
}

static bool is_shown(char byte) {
    return byte >= 0x20 && byte < 0x7F;
}

struct character character_next(const char *bytes, size_t length) {
    struct character character = {1, 1, "", false};
    /* Nothing of ASCII joins what stands before it. */
    if (is_shown(bytes[0]) && (length == 1 || is_ascii(bytes[1])))
        return character;
    uint32_t code_point = 0;
    size_t sequence = character_read(bytes, length, &code_point);
    if (sequence == 0) {
        show_escaped(&character, 'x', (unsigned char)bytes[0], 2);
        return character;
    }
    character.length = sequence;
    if (is_escaped(code_point))
        show_escaped(&character, 'u', code_point, 4);
    else
        read_cluster(&character, bytes, length, code_point);
    return character;
}
