#include "hostile_inputs.h"

#include <string.h>

#define PART(text)                                                                                 \
    { text, sizeof(text) - 1 }
#define NOTHING PART("")

#define MILLION 1000000
#define MEBIBYTE 1048576

/* A small document, taken as it is. */
#define SMALL(name, text, options, code, offset, path, problems, records)                          \
    { name, NOTHING, NOTHING, 0, PART(text), options, code, offset, path, problems, records }
#define BAD_UTF8(name, bytes)                                                                      \
    SMALL("UTF-8: " name, "{\"data\":[{\"id\":\"" bytes "\"}]}", "", NUMRES_ENCODING, 16,          \
          "data[0].id", 0, 0)
#define BAD_ESCAPE(name, text)                                                                     \
    SMALL("escape: " name, "{\"data\":[{\"id\":\"" text "\"}]}", "", NUMRES_ENCODING, 16,          \
          "data[0].id", 0, 0)
#define TIMESTAMP(name, text, problems)                                                            \
    SMALL(name, "{\"data\":[{\"created_at\":\"" text "\"}]}", "", NUMRES_OK, 0, "", problems, 1)

const hostile_input hostile_inputs[] = {
    {"nesting: a million [", NOTHING, PART("["), MILLION, NOTHING, "", NUMRES_TOO_DEEP, 32,
     "[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
     "[0]",
     0, 0},
    {"nesting: a million {\"a\":", NOTHING, PART("{\"a\":"), MILLION, NOTHING, "", NUMRES_TOO_DEEP,
     160, "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a", 0, 0},
    {"nesting: a million [ inside a record, which closes", PART("{\"data\":[{\"x\":"), PART("["),
     MILLION, PART("]}]}"), "", NUMRES_TOO_DEEP, 43,
     "data[0].x[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
     "[0]",
     0, 0},

    {"endless string, not kept, 16 MiB", PART("{\"x\":\""), PART("x"), 16 * MEBIBYTE, NOTHING, "",
     NUMRES_TRUNCATED, HOSTILE_END, "x", 0, 0},
    {"endless string, kept, 16 MiB", PART("{\"data\":[{\"id\":\""), PART("x"), 16 * MEBIBYTE,
     NOTHING, "", NUMRES_TRUNCATED, HOSTILE_END, "data[0].id", 0, 0},
    {"endless escapes, 16 MiB", PART("[\""), PART("\\u0000"), 16 * MEBIBYTE / 6, NOTHING, "",
     NUMRES_TRUNCATED, HOSTILE_END, "[0]", 0, 0},
    {"endless number, 16 MiB", PART("{\"x\":1"), PART("0"), 16 * MEBIBYTE, NOTHING, "",
     NUMRES_TRUNCATED, HOSTILE_END, "(root)", 0, 0},
    {"endless name, 16 MiB", PART("{\""), PART("n"), 16 * MEBIBYTE, NOTHING, "", NUMRES_TRUNCATED,
     HOSTILE_END, "(root)", 0, 0},
    {"endless white space, 16 MiB", NOTHING, PART(" \n\t\r"), 16 * MEBIBYTE / 4, NOTHING, "",
     NUMRES_EMPTY_INPUT, 0, "(root)", 0, 0},
    {"endless white space in a document, 16 MiB", PART("{\"data\":["), PART(" \n\t\r"),
     16 * MEBIBYTE / 4, NOTHING, "", NUMRES_TRUNCATED, HOSTILE_END, "data[0]", 0, 0},
    {"endless array of zeros, 16 MiB", PART("[0"), PART(",0"), 8 * MEBIBYTE, NOTHING, "",
     NUMRES_TRUNCATED, HOSTILE_END, "[8388609]", 0, 0},
    {"number of 16 MiB, whole", PART("{\"data\":[],\"meta\":{\"page_size\":1"), PART("0"),
     16 * MEBIBYTE, PART("}}"), "", NUMRES_OK, 0, "", 1, 1},
    {"string of 16 MiB, whole", PART("{\"data\":[{\"id\":\""), PART("x"), 16 * MEBIBYTE,
     PART("\"}]}"), "", NUMRES_OK, 0, "", 1, 1},

    {"a million members in one object", PART("{\"data\":[{\"id\":\"a\""), PART(",\"m#\":1"),
     MILLION, PART("}]}"), "", NUMRES_OK, 0, "", 0, 1},
    {"a million numbers in one reservation",
     PART("{\"data\":[{\"phone_numbers\":[{\"id\":\"first\"}"), PART(",{\"id\":\"#\"}"), MILLION,
     PART("]}]}"), "", NUMRES_OK, 0, "", 0, MILLION + 2},
    {"a million empty reservations", PART("{\"data\":[{}"), PART(",{}"), MILLION, PART("]}"), "",
     NUMRES_OK, 0, "", 0, MILLION + 1},
    {"a million errors", PART("{\"errors\":[{}"), PART(",{\"code\":\"#\"}"), MILLION, PART("]}"),
     "", NUMRES_OK, 0, "", 0, MILLION + 1},
    {"one member a million times", PART("{\"data\":[{\"id\":\"a\""), PART(",\"id\":\"#\""), MILLION,
     PART("}]}"), "", NUMRES_OK, 0, "", MILLION, 1},
    {"one container a million times", PART("{\"data\":[{\"phone_numbers\":[{}]"),
     PART(",\"phone_numbers\":[{}]"), MILLION, PART("}]}"), "", NUMRES_OK, 0, "", MILLION, 2},
    {"data a million times", PART("{\"data\":[{}]"), PART(",\"data\":[{}]"), MILLION, PART("}"), "",
     NUMRES_OK, 0, "", MILLION, 1},
    {"a million problems", PART("{\"data\":[0"), PART(",0"), MILLION, PART("]}"), "", NUMRES_OK, 0,
     "", MILLION + 1, 0},
    {"a million documents", NOTHING, PART("{\"data\":[{}]}\n"), MILLION, NOTHING, "several",
     NUMRES_OK, 0, "", 0, MILLION},

    SMALL("members: duplicate, the first stays", "{\"data\":[{\"id\":\"a\",\"id\":\"b\"}]}", "",
          NUMRES_OK, 0, "", 1, 1),
    SMALL("members: duplicate through an escape", "{\"data\":[{\"id\":\"a\",\"\\u0069d\":\"b\"}]}",
          "", NUMRES_OK, 0, "", 1, 1),

    SMALL("NUL in a string", "{\"data\":[{\"id\":\"\0\"}]}", "", NUMRES_SYNTAX, 16, "data[0].id", 0,
          0),
    SMALL("NUL between tokens", "{\"data\":\0[]}", "", NUMRES_SYNTAX, 8, "data", 0, 0),
    SMALL("NUL after the document", "{\"data\":[]}\0", "", NUMRES_TRAILING_BYTES, 11, "(root)", 0,
          0),
    SMALL("NUL as an escape, which is legal", "{\"data\":[{\"id\":\"a\\u0000b\"}]}", "", NUMRES_OK,
          0, "", 0, 1),
    SMALL("NUL as an escape in a known name", "{\"data\":[{\"id\\u0000\":\"a\"}]}", "", NUMRES_OK,
          0, "", 0, 1),
    SMALL("control character in a string: line feed", "{\"data\":[{\"id\":\"\n\"}]}", "",
          NUMRES_SYNTAX, 16, "data[0].id", 0, 0),
    SMALL("control character in a string: escape", "{\"data\":[{\"id\":\"\x1b[2J\"}]}", "",
          NUMRES_SYNTAX, 16, "data[0].id", 0, 0),
    SMALL("control character in a string: 1F", "{\"data\":[{\"id\":\"\x1f\"}]}", "", NUMRES_SYNTAX,
          16, "data[0].id", 0, 0),
    SMALL("control character in a name", "{\"data\":[{\"\t\":1}]}", "", NUMRES_SYNTAX, 11,
          "data[0]", 0, 0),
    SMALL("vertical tab as white space", "{\"data\":\v[]}", "", NUMRES_SYNTAX, 8, "data", 0, 0),
    SMALL("DEL and C1 controls, which are legal", "{\"data\":[{\"id\":\"\x7f\xc2\x85\"}]}", "",
          NUMRES_OK, 0, "", 0, 1),

    BAD_UTF8("a continuation byte alone", "\x80"),
    BAD_UTF8("a lead byte before the quote", "\xc3"),
    BAD_UTF8("two of three bytes", "\xe2\x82"),
    BAD_UTF8("three of four bytes", "\xf0\x9f\x98"),
    BAD_UTF8("overlong NUL in two bytes", "\xc0\x80"),
    BAD_UTF8("overlong slash in two bytes", "\xc0\xaf"),
    BAD_UTF8("overlong in three bytes", "\xe0\x9f\xbf"),
    BAD_UTF8("overlong in four bytes", "\xf0\x8f\xbf\xbf"),
    BAD_UTF8("a surrogate", "\xed\xa0\x80"),
    BAD_UTF8("a pair of surrogates (CESU-8)", "\xed\xa0\xbd\xed\xb8\x80"),
    BAD_UTF8("above U+10FFFF", "\xf4\x90\x80\x80"),
    BAD_UTF8("F5", "\xf5\x80\x80\x80"),
    BAD_UTF8("FE", "\xfe"),
    BAD_UTF8("FF", "\xff"),
    SMALL("UTF-8: Latin-1 in a name", "{\"caf\xe9\":1}", "", NUMRES_ENCODING, 5, "(root)", 0, 0),

    BAD_ESCAPE("a high surrogate alone", "\\ud800"),
    BAD_ESCAPE("a low surrogate alone", "\\udc00"),
    BAD_ESCAPE("a high surrogate and a letter", "\\ud800\\u0041"),
    BAD_ESCAPE("two high surrogates", "\\ud83d\\ud83d"),
    BAD_ESCAPE("a pair turned round", "\\ude00\\ud83d"),
    SMALL("escape: a high surrogate and half an escape", "{\"data\":[{\"id\":\"\\ud800\\u00\"}]}",
          "", NUMRES_SYNTAX, 22, "data[0].id", 0, 0),
    SMALL("escape: \\x41", "{\"data\":[{\"id\":\"\\x41\"}]}", "", NUMRES_SYNTAX, 16, "data[0].id",
          0, 0),

    SMALL("exponent: 1e999999999 where a count belongs",
          "{\"data\":[],\"meta\":{\"page_size\":1e999999999}}", "", NUMRES_OK, 0, "", 1, 1),
    SMALL("exponent: 1e999999999 elsewhere", "{\"data\":[],\"x\":1e999999999}", "", NUMRES_OK, 0,
          "", 0, 0),
    SMALL("exponent: -1e-999999999 elsewhere", "{\"data\":[],\"x\":-1e-999999999}", "", NUMRES_OK,
          0, "", 0, 0),
    SMALL("number: 2^63 where a count belongs",
          "{\"data\":[],\"meta\":{\"page_size\":9223372036854775808}}", "", NUMRES_OK, 0, "", 1, 1),
    SMALL("number: 2^64 + 1 where a count belongs",
          "{\"data\":[],\"meta\":{\"page_size\":18446744073709551617}}", "", NUMRES_OK, 0, "", 1,
          1),
    SMALL("number: -1 where a count belongs", "{\"data\":[],\"meta\":{\"page_size\":-1}}", "",
          NUMRES_OK, 0, "", 1, 1),
    SMALL("number: 0123", "{\"data\":[],\"x\":0123}", "", NUMRES_SYNTAX, 15, "x", 0, 0),
    SMALL("number: NaN", "{\"data\":[],\"x\":NaN}", "", NUMRES_SYNTAX, 15, "x", 0, 0),

    SMALL("byte-order mark", "\xef\xbb\xbf{\"data\":[]}", "", NUMRES_BYTE_ORDER_MARK, 0, "(root)",
          0, 0),
    SMALL("UTF-16 with its mark", "\xff\xfe{\0}\0", "", NUMRES_SYNTAX, 0, "(root)", 0, 0),
    SMALL("two documents glued, one expected", "{\"data\":[{}]}{\"data\":[{}]}", "",
          NUMRES_TRAILING_BYTES, 13, "(root)", 0, 1),
    SMALL("two documents glued, several expected", "{\"data\":[{}]}{\"data\":[{}]}", "several",
          NUMRES_OK, 0, "", 0, 2),
    SMALL("two scalars glued, several expected", "truefalse", "several", NUMRES_SYNTAX, 0, "(root)",
          0, 0),
    SMALL("an unended string after the document", "{\"data\":[]}\"abc", "", NUMRES_TRAILING_BYTES,
          11, "(root)", 0, 0),
    SMALL("gzip body",
          "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00",
          "", NUMRES_SYNTAX, 0, "(root)", 0, 0),
    SMALL("HTML body", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "",
          NUMRES_SYNTAX, 0, "(root)", 0, 0),
    SMALL("empty body", "", "", NUMRES_EMPTY_INPUT, 0, "(root)", 0, 0),

    TIMESTAMP("year 0000", "0000-01-01T00:00:00Z", 0),
    TIMESTAMP("year 9999", "9999-12-31T23:59:59.999999999Z", 0),
    TIMESTAMP("year 0000, and before it in UTC", "0000-01-01T00:00:00+23:59", 0),
    TIMESTAMP("year 10000", "10000-01-01T00:00:00Z", 1),
    TIMESTAMP("year -1", "-001-01-01T00:00:00Z", 1),
    TIMESTAMP("leap second", "2016-12-31T23:59:60Z", 0),
    TIMESTAMP("leap second, local", "2016-12-31T15:59:60-08:00", 0),
    TIMESTAMP("leap second in the middle of a month", "2016-12-30T23:59:60Z", 1),
    TIMESTAMP("second 61", "2016-12-31T23:59:61Z", 1),
    TIMESTAMP("February 29th of 1900", "1900-02-29T00:00:00Z", 1),
    TIMESTAMP("offset of 24 hours", "2018-01-01T00:00:00+24:00", 1),
};

const size_t hostile_input_count = sizeof hostile_inputs / sizeof *hostile_inputs;

enum { NUMBER_DIGITS = 7, LONGEST_UNIT = 128 };

/* Writes the unit with its number put in. Returns its length. */
static size_t put_unit(const hostile_part *unit, uint64_t number, char *to) {
    char *start = to;
    for (size_t at = 0; at < unit->length; at++) {
        if (unit->bytes[at] != '#') {
            *to++ = unit->bytes[at];
            continue;
        }
        uint64_t rest = number;
        for (size_t digit = NUMBER_DIGITS; digit > 0; digit--, rest /= 10) {
            to[digit - 1] = (char)('0' + rest % 10);
        }
        to += NUMBER_DIGITS;
    }
    return (size_t)(to - start);
}

uint64_t hostile_length(const hostile_input *input) {
    char unit[LONGEST_UNIT];
    return input->before.length + input->times * put_unit(&input->unit, 0, unit) +
           input->after.length;
}

/* The whole part that `place` is in. A part with a number is written into `numbered`. */
static hostile_part part_at(const hostile_input *input, const hostile_place *place,
                            char *numbered) {
    if (place->part != 1) {
        return place->part == 0 ? input->before : input->after;
    }
    hostile_part unit = {numbered, put_unit(&input->unit, place->number, numbered)};
    return unit;
}

static void next_part(const hostile_input *input, hostile_place *place) {
    place->at = 0;
    if (place->part != 1) {
        place->part++;
    } else {
        place->number++;
    }
    if (place->part == 1 && place->number == input->times) {
        place->part++;
    }
}

size_t hostile_read(const hostile_input *input, hostile_place *place, char *buffer, size_t size) {
    char numbered[LONGEST_UNIT];
    size_t filled = 0;
    while (filled < size && place->part < 3) {
        hostile_part part = part_at(input, place, numbered);
        size_t now = part.length - place->at;
        now = now < size - filled ? now : size - filled;
        memcpy(buffer + filled, part.bytes + place->at, now);
        filled += now;
        place->at += now;
        if (place->at == part.length) {
            next_part(input, place);
        }
    }
    return filled;
}
