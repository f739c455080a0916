/* Guesses what an input is that is no page, and what the user can do about it: text that is not
   JSON, a root of the wrong kind, a file that does not exist. report.c and input.c call it; so do
   session.c and api/verdict.c. */
#include "state.h"

#include <ctype.h>
#include <string.h>

#include "text.h"

/* The first character after the C1 controls. */
#define FIRST_AFTER_CONTROLS 0xa0

struct signature {
    const char *bytes;
    size_t length;
    const char *hint;
};

#define SIGNATURE(bytes, hint)                                                                     \
    { (bytes), sizeof(bytes) - 1, (hint) }

#define ICONV(from) "convert it with iconv -f " from " -t UTF-8"

/* The longer ones first. With these names, iconv removes the mark. */
static const struct signature wide_marks[] = {
    SIGNATURE("\xff\xfe\0\0", ICONV("UTF-32")),
    SIGNATURE("\0\0\xfe\xff", ICONV("UTF-32")),
    SIGNATURE("\xff\xfe", ICONV("UTF-16")),
    SIGNATURE("\xfe\xff", ICONV("UTF-16")),
};

#define LIKE_ZLIB "it looks like zlib: use pigz -dc <FILE, or fetch it with curl --compressed"

/* What servers compress with. brotli has no signature. */
static const struct signature packed[] = {
    SIGNATURE("\x1f\x8b", "use gunzip -c FILE, or fetch it with curl --compressed"),
    SIGNATURE("\x28\xb5\x2f\xfd", "it looks like zstd: use zstd -dc FILE, or fetch it with "
                                  "curl --compressed"),
    /* RFC 1950 section 2.2: a window of 32 KiB, and the usual levels. */
    SIGNATURE("\x78\x01", LIKE_ZLIB),
    SIGNATURE("\x78\x9c", LIKE_ZLIB),
    SIGNATURE("\x78\xda", LIKE_ZLIB),
};

#define FROM_NUMRES(what)                                                                          \
    "it looks like " what " of numres, which reads JSON alone: make it with --format json"

static const struct signature signatures[] = {
    SIGNATURE("\xef\xbb\xbf"
              "reservation_id",
              FROM_NUMRES("CSV or TSV")),
    SIGNATURE("reservation_id", FROM_NUMRES("CSV or TSV")),
    SIGNATURE("STATUS  ", FROM_NUMRES("a table")),
    SIGNATURE("\xef\xbb\xbf", "remove these three bytes: use tail -c +4 FILE"),
    SIGNATURE("\xfd"
              "7zXZ",
              "it looks like xz: use xz -dc FILE"),
    SIGNATURE("BZh", "it looks like bzip2: use bzip2 -dc FILE"),
    SIGNATURE("PK\x03\x04", "it looks like a zip archive: use unzip -p FILE"),
    SIGNATURE("\x1e", "it looks like a JSON text sequence (RFC 7464): use tr -d '\\036' <FILE"),
    SIGNATURE("HTTP/", "it starts with an HTTP header: fetch it without curl's -i"),
    SIGNATURE("\x1b[", "it has a terminal's colours: save it without them, with jq -M or "
                       "--color=never"),
};

#define HINT_OF(all, head, length) hint_of((all), sizeof(all) / sizeof(all)[0], (head), (length))

static const char *hint_of(const struct signature *all, size_t count, const char *head,
                           size_t length) {
    for (size_t at = 0; at < count; at++)
        if (length >= all[at].length && memcmp(head, all[at].bytes, all[at].length) == 0)
            return all[at].hint;
    return NULL;
}

/* Whether the first four bytes match `pattern`: 0 is a NUL, x a character that JSON may begin
   with. */
static bool has_nuls(const char *head, size_t length, const char *pattern) {
    static const char characters[] = " \t\r\n{}[]\"";
    bool has = length >= 4;
    for (size_t at = 0; has && at < 4; at++)
        has = pattern[at] == 'x' ? head[at] != '\0' && strchr(characters, head[at]) != NULL
                                 : head[at] == '\0';
    return has;
}

/* Without a mark, the NULs of the first two characters tell (RFC 4627 section 3). */
static const char *wide_hint(const char *head, size_t length) {
    static const struct {
        const char *pattern, *hint;
    } encodings[] = {{"000x", ICONV("UTF-32BE")},
                     {"0x0x", ICONV("UTF-16BE")},
                     {"x000", ICONV("UTF-32LE")},
                     {"x0x0", ICONV("UTF-16LE")}};
    for (size_t at = 0; at < sizeof encodings / sizeof encodings[0]; at++)
        if (has_nuls(head, length, encodings[at].pattern))
            return encodings[at].hint;
    return HINT_OF(wide_marks, head, length);
}

size_t hint_first_byte(const char *head, size_t length) {
    size_t at = 0;
    while (at < length && memchr(" \t\r\n", head[at], 4) != NULL)
        at++;
    return at;
}

bool hint_is_about_start(const numres_error *error, const char *head, size_t length) {
    bool is_about_a_byte = error->code == NUMRES_SYNTAX || error->code == NUMRES_ENCODING ||
                           error->code == NUMRES_BYTE_ORDER_MARK;
    /* "{", or a blank, and the NUL after it. */
    bool is_in_character = error->offset == 1 && hint_is_wide(head, length);
    return is_about_a_byte && error->document == 0 &&
           (is_in_character || error->offset <= hint_first_byte(head, length));
}

bool hint_is_wide(const char *head, size_t length) {
    return wide_hint(head, length) != NULL;
}

bool hint_is_packed(const char *head, size_t length) {
    return HINT_OF(packed, head, length) != NULL;
}

#define TEXT_BEFORE "text comes before the JSON: remove it"
#define DOUBLED "its quotes are doubled, as in CSV: use sed 's/^\"//; s/\"$//; s/\"\"/\"/g' FILE"

/* Whether an object begins further on: a brace and the quote of its first name, which a brace in
   other text seldom has. */
static bool has_object_inside(const char *head, size_t length) {
    for (size_t at = 1; at < length; at++) {
        if (head[at] != '{')
            continue;
        size_t next = at + 1 + hint_first_byte(head + at + 1, length - at - 1);
        if (next < length && head[next] == '"')
            return true;
    }
    return false;
}

static bool is_syntax_at(const numres_error *error, size_t offset) {
    return error->code == NUMRES_SYNTAX && error->document == 0 && error->offset == offset;
}

const char *hint_inside(const numres_error *error, const char *head, size_t length) {
    static const char doubled[] = "{\"\"";
    size_t first = hint_first_byte(head, length);
    size_t before = sizeof doubled - 1;
    if (is_syntax_at(error, first + before) && length >= first + before &&
        memcmp(head + first, doubled, before) == 0)
        return DOUBLED;
    /* The time or level of a log may be in brackets. */
    bool is_bracket = is_syntax_at(error, first + 1) && first < length && head[first] == '[';
    return is_bracket && has_object_inside(head, length) ? TEXT_BEFORE : NULL;
}

const char *hint_about_string(numres_text text) {
    if (text.length == 0 || (text.bytes[0] != '{' && text.bytes[0] != '['))
        return NULL;
    return text.length == 1 ? DOUBLED : "its text is JSON: use jq -r . FILE";
}

/* ---- an array at the root ---- */

/* What its first element seems to be. */
enum element { ELEMENT_OTHER, ELEMENT_RESERVATION, ELEMENT_PAGE, ELEMENT_API_ERROR };

/* The names of the first element's members, one after the other. */
struct names {
    const char *at, *end;
    unsigned int depth;
    numres_text name;
    bool is_array; /* the member is one, as far as is known */
};

static void skip_blanks(struct names *names) {
    names->at += hint_first_byte(names->at, (size_t)(names->end - names->at));
}

/* Skips a string and the blanks after it; `name` is its text. */
static void skip_string(struct names *names) {
    names->name.bytes = ++names->at;
    while (names->at < names->end && *names->at != '"')
        names->at += *names->at == '\\' && names->end - names->at > 1 ? 2 : 1;
    names->name.length = (size_t)(names->at - names->name.bytes);
    names->at += names->at < names->end ? 1 : 0;
    skip_blanks(names);
}

/* The element is at depth 2, since it is in the array. */
static bool next_name(struct names *names) {
    while (names->at < names->end) {
        char byte = *names->at;
        if (byte == '"') {
            skip_string(names);
            if (names->depth != 2 || names->at == names->end || *names->at != ':')
                continue;
            names->at++;
            skip_blanks(names);
            names->is_array = names->at < names->end && *names->at == '[';
            return true;
        }
        names->at++;
        if (byte == '{' || byte == '[')
            names->depth++;
        else if ((byte == '}' || byte == ']') && --names->depth < 2)
            return false;
    }
    return false;
}

#define NAMED(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) name,
#define CONTAINING(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) name,
static const char *const of_reservation[] = {NUMRES_RESERVATION_MEMBERS(NAMED, CONTAINING) NULL};
static const char *const of_number[] = {NUMRES_PHONE_NUMBER_MEMBERS(NAMED, CONTAINING) NULL};
static const char *const of_api_error[] = {NUMRES_API_ERROR_MEMBERS(NAMED, CONTAINING) NULL};

static bool is_one_of(numres_text name, const char *const *names) {
    while (*names != NULL && !numres_text_equals(name, *names))
        names++;
    return *names != NULL;
}

bool hint_is_of_reservation(numres_text name) {
    return is_one_of(name, of_reservation);
}

static enum element element_of(numres_text head) {
    struct names names = {.at = head.bytes + 1, .end = head.bytes + head.length, .depth = 1};
    enum element element = ELEMENT_OTHER;
    skip_blanks(&names);
    if (names.at == names.end || *names.at != '{')
        return ELEMENT_OTHER;
    while (next_name(&names)) {
        bool is_list = numres_text_equals(names.name, "errors") && names.is_array;
        if (is_list || numres_text_equals(names.name, "data"))
            return ELEMENT_PAGE;
        if (numres_text_equals(names.name, "meta")) /* of a page or an API error */
            element = ELEMENT_PAGE;
        else if (is_one_of(names.name, of_api_error))
            return ELEMENT_API_ERROR;
        else if (hint_is_of_reservation(names.name))
            element = ELEMENT_RESERVATION;
        else if (is_one_of(names.name, of_number))
            return ELEMENT_OTHER;
    }
    return element;
}

const char *hint_about_array(numres_text head, bool is_bare, bool finds_root) {
    enum element element = head.length == 0 ? ELEMENT_OTHER : element_of(head);
    if (element == ELEMENT_OTHER || (finds_root && element == ELEMENT_API_ERROR))
        return NULL;
    if (finds_root)
        return "compare what jq -c '.[]' FILE prints";
    if (element == ELEMENT_RESERVATION)
        return "pipe jq -c '.[]' FILE to numres with --bare";
    return is_bare ? "pipe jq -c '.[]' FILE to numres without --bare"
                   : "pipe jq -c '.[]' FILE to numres";
}

/* ---- text that is not JSON ---- */

static bool is_letter(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Whether the text begins with a letter, or with a character of UTF-8 that is not ASCII. */
static bool is_plain_text(const char *head, size_t length) {
    uint32_t code_point = 0;
    return is_letter(head[0]) ||
           (character_read(head, length, &code_point) > 1 && code_point >= FIRST_AFTER_CONTROLS);
}

static bool is_binary(unsigned char byte) {
    return byte < 0x20 || byte >= 0x7f;
}

const char *hint_about(const char *head, size_t length) {
    size_t first = hint_first_byte(head, length);
    const char *hint = wide_hint(head, length);
    head += first;
    length -= first;
    if (hint == NULL)
        hint = HINT_OF(packed, head, length);
    if (hint == NULL)
        hint = HINT_OF(signatures, head, length);
    if (hint != NULL || length == 0)
        return hint;
    bool is_text = is_plain_text(head, length);
    if (!is_text && is_binary((unsigned char)head[0]))
        return "it looks like binary data";
    /* Scripts in HTML have objects too. */
    if (head[0] != '<' && has_object_inside(head, length))
        return TEXT_BEFORE;
    return is_text ? "it looks like plain text, not a response of the API" : NULL;
}

/* ---- a file that does not exist ---- */

bool hint_is_uuid(const char *word) {
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t at = 0; at < sizeof form; at++) {
        bool is_right = form[at] == 'x' ? isxdigit((unsigned char)word[at]) : word[at] == form[at];
        if (!is_right)
            return false;
    }
    return true;
}

#define NO_FILE "No such file or directory"

const char *hint_no_file(const char *name) {
    if (hint_is_uuid(name))
        return NO_FILE "; if it is a reservation's id, 'numres get' fetches it";
    return numres_is_e164(numres_text_from(name)) ? NO_FILE
               "; 'numres list --phone-number' finds the reservation of a phone number"
                                                  : NO_FILE;
}
