#include "width.h"

#include <utf8proc.h>

#define ZERO_WIDTH_JOINER 0x200D
#define EMOJI_VARIATION_SELECTOR 0xFE0F

/* The skin tones (UTS 51 section 1.4.4). */
#define FIRST_EMOJI_MODIFIER 0x1F3FB
#define LAST_EMOJI_MODIFIER 0x1F3FF

struct range {
    uint32_t first, last;
};

static bool is_in(struct range range, uint32_t code_point) {
    return code_point >= range.first && code_point <= range.last;
}

static const utf8proc_property_t *property_of(uint32_t code_point) {
    return utf8proc_get_property((utf8proc_int32_t)code_point);
}

/* What a later Unicode than utf8proc's may have assigned: the blocks of emoji, and
   the planes that UAX 11 section 5.1 reserves for wide ideographs. */
static bool will_be_wide(uint32_t code_point) {
    static const struct range emoji = {0x1F300, 0x1FAFF};
    static const struct range ideographs = {0x20000, 0x3FFFD};
    return is_in(emoji, code_point) || is_in(ideographs, code_point);
}

static size_t columns_of(uint32_t code_point) {
    if (property_of(code_point)->category == UTF8PROC_CATEGORY_CN && will_be_wide(code_point))
        return 2;
    return (size_t)utf8proc_charwidth((utf8proc_int32_t)code_point);
}

static bool is_pictograph(uint32_t code_point) {
    return property_of(code_point)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* The selector makes an emoji of it: a pictograph, or a key of a keycap. */
static bool has_emoji_form(uint32_t code_point) {
    static const struct range digits = {'0', '9'};
    return code_point == '#' || code_point == '*' || is_in(digits, code_point) ||
           is_pictograph(code_point);
}

/* Hangul vowels and finals are drawn into the square of the consonant before. */
static bool is_drawn_into_syllable(uint32_t code_point) {
    unsigned int boundclass = property_of(code_point)->boundclass;
    return boundclass == UTF8PROC_BOUNDCLASS_V || boundclass == UTF8PROC_BOUNDCLASS_T;
}

void width_begin(struct width *width, uint32_t code_point) {
    width->columns = columns_of(code_point);
    width->last = code_point;
    width->break_state = 0;
    width->is_pictograph = is_pictograph(code_point);
}

/* One emoji, whatever the parts: two columns. */
static bool is_part_of_emoji(const struct width *width, uint32_t code_point) {
    static const struct range modifiers = {FIRST_EMOJI_MODIFIER, LAST_EMOJI_MODIFIER};
    if (code_point == EMOJI_VARIATION_SELECTOR)
        return has_emoji_form(width->last);
    return width->is_pictograph &&
           (is_in(modifiers, code_point) ||
            (width->last == ZERO_WIDTH_JOINER && is_pictograph(code_point)));
}

bool width_add(struct width *width, uint32_t code_point) {
    if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)width->last,
                                         (utf8proc_int32_t)code_point, &width->break_state))
        return false;
    if (is_part_of_emoji(width, code_point))
        width->columns = width->columns < 2 ? 2 : width->columns;
    else if (!is_drawn_into_syllable(code_point))
        width->columns += columns_of(code_point);
    width->is_pictograph = width->is_pictograph || is_pictograph(code_point);
    width->last = code_point;
    return true;
}
