#include "character.h"

#include "../lib/controls.h"
#include "../lib/text.h"
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
    if (sequence[0] >= 0x80 && numres_text_utf8(sequence, length, &taken) != NUMRES_UTF8_WHOLE)
        return 0;
    *code_point = numres_text_code_point(sequence, taken);
    return taken;
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
