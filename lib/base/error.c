/* Codes with their names and sentences; sentences of syntax errors that name the likely
   mistake; JSON paths. Used by schema/delivery.c, and by callers through numres/types.h. */
#include "error.h"

#include <string.h>

#include "controls.h"
#include "text.h"

#define NOT_VALID "not valid JSON: "

#define STATUS_WORD(NAME, NUMERAL, word, COUNTS_AS, SOURCE) " " word

typedef struct code_entry {
    numres_code code;
    const char *name;
    const char *sentence;
} code_entry;

static const code_entry code_entries[] = {
    {NUMRES_OK, "ok", "no error"},
    {NUMRES_PAUSED, "paused", "a handler asked for a pause; call again to go on"},
    {NUMRES_WRONG_USE, "wrong-use",
     "the call is not legal here: a NULL argument, inside a callback, or after finish"},
    {NUMRES_WRONG_OPTION, "wrong-option", "an option is out of range, or unknown to this version"},
    {NUMRES_NO_MEMORY, "no-memory", "the allocator failed, or the memory given is too small"},
    {NUMRES_WRITE_FAILED, "write-failed", "the output could not be written"},
    {NUMRES_BAD_TEXT, "bad-text", "the text contains a NUL, is not valid UTF-8 or is too long"},
    {NUMRES_SYNTAX, "syntax", "the input is not valid JSON"},
    {NUMRES_ENCODING, "encoding", "text that is not valid Unicode; JSON must be UTF-8"},
    {NUMRES_BYTE_ORDER_MARK, "byte-order-mark",
     "a byte-order mark before the JSON text; remove these three bytes"},
    {NUMRES_TOO_DEEP, "too-deep", "arrays and objects nest deeper than the limit max_depth"},
    {NUMRES_TOO_LARGE, "too-large", "the document is larger than the limit max_document_size"},
    {NUMRES_EMPTY_INPUT, "empty-input",
     "there is no JSON document: the input is empty or only white space"},
    {NUMRES_TRUNCATED, "truncated", "the input ends inside the JSON document; part is missing"},
    {NUMRES_TRAILING_BYTES, "trailing-bytes",
     "bytes after the end of the document; to read several, set several_documents"},
    {NUMRES_STOPPED, "stopped", "a handler returned stop"},
    {NUMRES_COLLECTION_FULL, "collection-full", "the collection has reached its memory limit"},
    {NUMRES_STREAM_FULL, "stream-full", "the Arrow stream has reached its memory limit"},
    {NUMRES_READ_FAILED, "read-failed", "the input could not be read"},
    {NUMRES_REFUSED, "refused", "the API returned an error instead of records"},
    {NUMRES_UNKNOWN_STATUS, "unknown-status",
     "an undocumented status (documented:" NUMRES_STATUSES(STATUS_WORD) ")"},
    {NUMRES_BAD_TIMESTAMP, "bad-timestamp",
     "not an RFC 3339 timestamp such as 2018-01-01T00:00:00.000000Z"},
    {NUMRES_WRONG_TYPE, "wrong-type", "the value's JSON type is not the documented one"},
    {NUMRES_WRONG_RECORD_TYPE, "wrong-record-type", "this record_type does not belong here"},
    {NUMRES_DUPLICATE_MEMBER, "duplicate-member",
     "the member occurs twice in one object; the first value is kept"},
    {NUMRES_INTEGER_OUT_OF_RANGE, "integer-out-of-range",
     "not an integer from 0 to 9223372036854775807"},
    {NUMRES_VALUE_TOO_LONG, "value-too-long",
     "the value is longer than max_value_length or than what is left of max_record_text"},
    {NUMRES_BAD_PHONE_NUMBER, "bad-phone-number",
     "not an E.164 number: a plus sign and 2 to 15 digits, the first not 0"},
    {NUMRES_MISSING_MEMBER, "missing-member", "a required member is missing"},
    {NUMRES_MIXED_ENVELOPE, "mixed-envelope", "the document has both data and errors"},
    {NUMRES_NO_ENVELOPE, "no-envelope",
     "the root has neither a member data with reservations nor a member errors with API errors"},
    {NUMRES_UNKNOWN_MEMBER, "unknown-member", "the API does not document a member of this name"},
};

const char numres_error_bare_reservation_sentence[] =
    "the root is not an envelope but looks like a bare reservation; set the option root to "
    "NUMRES_ROOT_RESERVATION to read it";

static const code_entry *code_entry_of(numres_code code) {
    for (size_t i = 0; i < sizeof code_entries / sizeof *code_entries; i++)
        if (code_entries[i].code == code)
            return &code_entries[i];
    return NULL;
}

const char *numres_code_name(numres_code code) {
    const code_entry *entry = code_entry_of(code);
    return entry != NULL ? entry->name : "unknown";
}

const char *numres_code_sentence(numres_code code) {
    const code_entry *entry = code_entry_of(code);
    return entry != NULL ? entry->sentence : "no such code";
}

/* Malformed tokens. */

#define NOT_A_LITERAL                                                                              \
    NOT_VALID "unknown word (names and text need double quotes; literals are true, false and "     \
              "null)"

static const char *const malformed_sentences[] = {
    [NUMRES_MALFORMED_WORD] = NOT_A_LITERAL,
    [NUMRES_MALFORMED_LEADING_ZERO] = NOT_VALID "malformed number (a leading zero)",
    [NUMRES_MALFORMED_MISSING_DIGIT] =
        NOT_VALID "malformed number (a digit must follow a minus sign, a point or an exponent's e)",
    [NUMRES_MALFORMED_NUMERAL] =
        NOT_VALID "malformed number (a character that belongs in no number)",
    [NUMRES_MALFORMED_NEXT] =
        NOT_VALID "number or literal followed by a character that cannot follow it",
    [NUMRES_MALFORMED_CONTROL] =
        NOT_VALID "control character in a string (it must be escaped, or a quote is missing)",
    [NUMRES_MALFORMED_ESCAPE] =
        NOT_VALID "unknown escape (only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u exist)",
    [NUMRES_MALFORMED_UNICODE_ESCAPE] = NOT_VALID "\\u without four hexadecimal digits",
    [NUMRES_MALFORMED_UTF8] = "invalid UTF-8 in a string; JSON must be UTF-8",
    [NUMRES_MALFORMED_SURROGATE] = "an escape that is half of a surrogate pair",
};

numres_code numres_error_malformed_code(numres_malformation malformation) {
    bool is_encoding =
        malformation == NUMRES_MALFORMED_UTF8 || malformation == NUMRES_MALFORMED_SURROGATE;
    return is_encoding ? NUMRES_ENCODING : NUMRES_SYNTAX;
}

const char *numres_error_malformed_sentence(numres_malformation malformation) {
    return malformed_sentences[malformation];
}

/* Bytes that begin no token. */

/* NULL if the byte shows nothing. */
static const char *first_byte_sentence(unsigned char byte) {
    switch (byte) {
    case '<':
        return "not JSON but markup, such as the HTML page of a proxy or gateway; look at the "
               "HTTP status and the content type";
    case 0x1F:
        return "not JSON but compressed bytes, as of gzip; decompress them first";
    case 0xFE:
    case 0xFF:
        return "not UTF-8 but perhaps UTF-16 or UTF-32; JSON must be UTF-8";
    default:
        return byte > ' ' && byte < 0x7F && !numres_text_is_word(byte)
                   ? NULL
                   : "no JSON document begins with this character";
    }
}

static const char *stray_sentence(unsigned char byte) {
    switch (byte) {
    case '\'':
        return NOT_VALID "single quote (text needs double quotes)";
    case '/':
    case '#':
        return NOT_VALID "comment, which JSON does not allow";
    case '+':
    case '.':
        return NOT_VALID "malformed number (it must begin with a digit or a minus sign)";
    case '\\':
        return NOT_VALID "backslash outside strings (the document may be escaped twice)";
    default:
        break;
    }
    if (byte > 0x7F)
        return NOT_VALID "non-ASCII character outside strings, such as a curly quote";
    if (numres_is_control(byte))
        return NOT_VALID "control character outside strings";
    return numres_text_is_word(byte) ? NOT_A_LITERAL
                                     : NOT_VALID
               "unexpected character (no JSON token begins with it)";
}

const char *numres_error_stray_sentence(unsigned char byte, numres_error_place place,
                                        bool in_object) {
    if (byte == '\0')
        return NOT_VALID "NUL byte outside strings (perhaps padding, or UTF-16 or UTF-32; JSON "
                         "must be UTF-8)";
    if (in_object && place != NUMRES_PLACE_AFTER_NAME && numres_text_is_word(byte))
        return NOT_VALID "unknown word (a member's name in double quotes belongs here)";
    const char *sentence = place == NUMRES_PLACE_OF_ROOT ? first_byte_sentence(byte) : NULL;
    return sentence != NULL ? sentence : stray_sentence(byte);
}

/* Tokens in the wrong place. */

typedef enum token_class {
    OBJECT_START,
    ARRAY_START,
    STRING,
    NUMERAL,
    LITERAL, /* the last class that begins a value */
    OBJECT_END,
    ARRAY_END,
    COMMA,
    COLON,
    TOKEN_CLASSES
} token_class;

/* The likely mistake. */
typedef enum hint {
    NO_HINT,
    COMMA_MISSING,
    COLON_MISSING,
    NAME_MISSING,
    VALUE_MISSING,
    COMMA_TOO_MANY,
    END_OF_OBJECT,
    END_OF_ARRAY,
    SPACE_MISSING,
    NAME_IN_ARRAY,
    NOTHING_OPEN,
    HINTS
} hint;

#define SENTENCES(token)                                                                           \
    {                                                                                              \
        NOT_VALID "unexpected " token,                                                             \
            NOT_VALID "unexpected " token " (a comma may be missing before it)",                   \
            NOT_VALID "unexpected " token " (a colon may be missing before it)",                   \
            NOT_VALID "unexpected " token " (a member's name in double quotes belongs here)",      \
            NOT_VALID "unexpected " token " (a value may be missing before it)",                   \
            NOT_VALID "unexpected " token " (the comma before it may be superfluous)",             \
            NOT_VALID "unexpected " token " (the open object must be closed with '}')",            \
            NOT_VALID "unexpected " token " (the open array must be closed with ']')",             \
            NOT_VALID "unexpected " token " (white space must separate it from what is before)",   \
            NOT_VALID "unexpected " token " (names belong in objects, which begin with '{')",      \
            NOT_VALID "unexpected " token " (no array or object is open)"                          \
    }

static const char *const misplaced_sentences[TOKEN_CLASSES][HINTS] = {
    [OBJECT_START] = SENTENCES("'{'"), [ARRAY_START] = SENTENCES("'['"),
    [STRING] = SENTENCES("string"),    [NUMERAL] = SENTENCES("number"),
    [LITERAL] = SENTENCES("literal"),  [OBJECT_END] = SENTENCES("'}'"),
    [ARRAY_END] = SENTENCES("']'"),    [COMMA] = SENTENCES("','"),
    [COLON] = SENTENCES("':'"),
};

static token_class class_of(unsigned char first_byte) {
    switch (first_byte) {
    case '{':
        return OBJECT_START;
    case '[':
        return ARRAY_START;
    case '"':
        return STRING;
    case '}':
        return OBJECT_END;
    case ']':
        return ARRAY_END;
    case ',':
        return COMMA;
    case ':':
        return COLON;
    default:
        return first_byte == 't' || first_byte == 'f' || first_byte == 'n' ? LITERAL : NUMERAL;
    }
}

static hint hint_at_value(numres_error_place place) {
    switch (place) {
    case NUMRES_PLACE_AFTER_VALUE:
        return COMMA_MISSING;
    case NUMRES_PLACE_AFTER_NAME:
        return COLON_MISSING;
    case NUMRES_PLACE_OF_ROOT:
        return SPACE_MISSING;
    default:
        return NAME_MISSING;
    }
}

static hint hint_at_end(numres_error_place place, bool in_object) {
    if (place == NUMRES_PLACE_AFTER_COMMA)
        return COMMA_TOO_MANY;
    if (place == NUMRES_PLACE_AFTER_NAME)
        return VALUE_MISSING;
    if (place == NUMRES_PLACE_OF_ROOT)
        return NOTHING_OPEN;
    return in_object ? END_OF_OBJECT : END_OF_ARRAY;
}

static hint hint_at_separator(numres_error_place place, bool in_object) {
    switch (place) {
    case NUMRES_PLACE_OF_ROOT:
        return NOTHING_OPEN;
    case NUMRES_PLACE_AT_START:
        return in_object ? NAME_MISSING : VALUE_MISSING;
    case NUMRES_PLACE_AFTER_COMMA:
        return COMMA_TOO_MANY;
    case NUMRES_PLACE_AFTER_VALUE:
        /* a colon: the grammar takes a comma here */
        return in_object ? NO_HINT : NAME_IN_ARRAY;
    default:
        return VALUE_MISSING;
    }
}

const char *numres_error_misplaced_sentence(unsigned char first_byte, numres_error_place place,
                                            bool in_object) {
    token_class class = class_of(first_byte);
    hint hint = NO_HINT;
    if (class <= LITERAL)
        hint = hint_at_value(place);
    else if (class == OBJECT_END || class == ARRAY_END)
        hint = hint_at_end(place, in_object);
    else
        hint = hint_at_separator(place, in_object);
    return misplaced_sentences[class][hint];
}

/* The rest of the buffer is reserved for "..." and the NUL. */
#define PATH_ROOM (NUMRES_PATH_SIZE - 4)

void numres_path_start(numres_path *path, char *buffer) {
    path->bytes = buffer;
    path->length = 0;
    path->cut = false;
}

/* Adds a whole step or nothing, so that a cut path ends at a step. */
static void add_step(numres_path *path, const char *step, size_t length) {
    if (path->cut || length > PATH_ROOM - path->length) {
        path->cut = true;
        return;
    }
    memcpy(path->bytes + path->length, step, length);
    path->length += length;
}

static bool is_plain_name(const char *name, size_t length) {
    if (length == 0 || numres_text_is_digit(name[0]))
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)name[i];
        if (!numres_text_is_word(byte) && byte != '-')
            return false;
    }
    return true;
}

/* Writes one character of a quoted name, escaped as in RFC 8259 section 7, and every one
   that a terminal would obey. Returns the length written. */
static size_t put_escaped(const char *character, size_t length, char *step) {
    size_t used = 0;
    if (*character == '"' || *character == '\\')
        step[used++] = '\\';
    return used + numres_show_character(character, length, step + used);
}

void numres_path_add_name(numres_path *path, const char *name, size_t length) {
    char step[6 * NUMRES_PATH_NAME_LENGTH + 4];
    size_t used = 0;
    numres_text whole = {name, length};
    length = numres_text_cut(whole, NUMRES_PATH_NAME_LENGTH).length;
    if (is_plain_name(name, length)) {
        if (path->length > 0)
            step[used++] = '.';
        memcpy(step + used, name, length);
        add_step(path, step, used + length);
        return;
    }
    step[used++] = '[';
    step[used++] = '"';
    for (size_t i = 0, taken; i < length; i += taken) {
        taken = numres_text_character(name + i, length - i);
        used += put_escaped(name + i, taken, step + used);
    }
    step[used++] = '"';
    step[used++] = ']';
    add_step(path, step, used);
}

void numres_path_add_index(numres_path *path, uint64_t index) {
    char step[24];
    size_t start = sizeof step;
    step[--start] = ']';
    do {
        step[--start] = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    step[--start] = '[';
    add_step(path, step + start, sizeof step - start);
}

size_t numres_path_finish(numres_path *path) {
    const char *ending = path->cut ? "..." : path->length == 0 ? "(root)" : "";
    size_t length = strlen(ending);
    memcpy(path->bytes + path->length, ending, length);
    path->length += length;
    path->bytes[path->length] = '\0';
    return path->length;
}
