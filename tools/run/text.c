/* Text from outside, character by character: decodes UTF-8, escapes what a terminal
   obeys, measures grapheme clusters (utf8proc). print.c shows text through it. */
#include "text.h"

#include <utf8proc.h>

/* UTF-8, RFC 3629 section 3. */
#define LONGEST_CHARACTER 4

#define ZERO_WIDTH_JOINER 0x200D
#define EMOJI_VARIATION_SELECTOR 0xFE0F

/* The skin tones (UTS 51 section 1.4.4). */
#define FIRST_EMOJI_MODIFIER 0x1F3FB
#define LAST_EMOJI_MODIFIER 0x1F3FF

/*
 * How many columns of a terminal a user-perceived character takes: a grapheme
 * cluster of UAX 29, such as a letter with its accents, a flag, or an emoji with
 * its skin tone and all that is joined to it. Clusters and widths are utf8proc's.
 */
struct width {
    size_t columns;
    uint32_t last;       /* its last code point */
    int32_t break_state; /* utf8proc's */
    bool is_pictograph;  /* so far an emoji and what belongs to it */
};

struct range {
    uint32_t first, last;
};

static bool is_in(struct range range, uint32_t code_point) {
    return code_point >= range.first && code_point <= range.last;
}

static const utf8proc_property_t *property_of(uint32_t code_point) {
    return utf8proc_get_property((utf8proc_int32_t)code_point);
}

/* Unassigned in utf8proc's Unicode but wide in later ones: the blocks of emoji, and
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

/* Whether the selector turns it into an emoji: a pictograph, or a key of a keycap. */
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

/* Begins with the first code point of a cluster, which is not a control. */
static void width_begin(struct width *width, uint32_t code_point) {
    width->columns = columns_of(code_point);
    width->last = code_point;
    width->break_state = 0;
    width->is_pictograph = is_pictograph(code_point);
}

/* Whether the code point continues an emoji, which takes two columns in all. */
static bool is_part_of_emoji(const struct width *width, uint32_t code_point) {
    static const struct range modifiers = {FIRST_EMOJI_MODIFIER, LAST_EMOJI_MODIFIER};
    if (code_point == EMOJI_VARIATION_SELECTOR)
        return has_emoji_form(width->last);
    return width->is_pictograph &&
           (is_in(modifiers, code_point) ||
            (width->last == ZERO_WIDTH_JOINER && is_pictograph(code_point)));
}

/* Adds the next code point. Returns false, without a change to the columns, if it
   begins another cluster. */
static bool width_add(struct width *width, uint32_t code_point) {
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
    utf8proc_int32_t read = 0;
    size_t most = length < LONGEST_CHARACTER ? length : LONGEST_CHARACTER;
    utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)most, &read);
    if (taken <= 0)
        return 0;
    *code_point = (uint32_t)read;
    return (size_t)taken;
}

/* Whether a terminal or an editor obeys the character instead of showing it: C0, DEL and C1,
   and Unicode's Bidi_Control, which changes the direction of writing. */
static bool is_control(uint32_t code_point) {
    static const struct range bidi_controls[] = {
        {0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
    bool is_bidi_control = false;
    for (size_t at = 0; at < sizeof bidi_controls / sizeof bidi_controls[0]; at++)
        is_bidi_control = is_bidi_control || is_in(bidi_controls[at], code_point);
    return is_bidi_control || property_of(code_point)->category == UTF8PROC_CATEGORY_CC;
}

/* LINE SEPARATOR and PARAGRAPH SEPARATOR, which split lines for some editors and
   programs (UAX 14 section 5.1, class BK). */
static bool is_separator(uint32_t code_point) {
    return code_point == 0x2028 || code_point == 0x2029;
}

static bool is_escaped(uint32_t code_point) {
    return is_control(code_point) || is_separator(code_point);
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
    struct character character = {.length = 1, .width = 1};
    /* ASCII never joins the cluster before it. */
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
