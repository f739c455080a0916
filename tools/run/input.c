/* Reads files and standard input, finds line and column of an offset, and guesses what input that
   is not JSON may be. session.c, report.c and show/findings_text.c call it; so do api/response.c
   and api/verdict.c, since a response has a head and lines too. */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static bool fail(struct input *input, const char *failure) {
    input->failure = failure;
    return false;
}

static bool is_directory(int descriptor) {
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode);
}

bool input_open(struct input *input, const char *file) {
    input->is_standard = strcmp(file, "-") == 0;
    input->name = input->is_standard ? "<stdin>" : file;
    input->failure = NULL;
    input->head_length = 0;
    input->has_ended = false;
    input->piece = input->recent;
    input->length = 0;
    input->end = 0;
    input->units = 0;
    input->asked_offset = 0;
    input->asked_units = 0;
    input->used = 0;
    input->descriptor =
        input->is_standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->descriptor < 0)
        return fail(input, strerror(errno));
    if (is_directory(input->descriptor)) {
        input_close(input);
        return fail(input, "Is a directory; name the files in it");
    }
    return true;
}

void input_keep_head(struct input *input, const char *bytes, size_t length) {
    size_t room = sizeof input->head - input->head_length;
    size_t part = length < room ? length : room;
    memcpy(input->head + input->head_length, bytes, part);
    input->head_length += part;
}

void input_start_head(struct input *input, uint64_t offset) {
    size_t rest = (size_t)(input->end - offset);
    input->head_length = 0;
    if (rest > input->length)
        rest = input->length;
    input_keep_head(input, input->piece + input->length - rest, rest);
}

/* Returns how many UTF-16 code units the last line of this UTF-8 text has; `units` more of its
   first line come before the text. A character of four bytes is a surrogate pair (RFC 3629
   section 3, RFC 2781 section 2.1). */
static uint64_t count_units(const char *bytes, size_t length, uint64_t units) {
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte == '\n')
            units = 0;
        else if ((byte & 0xC0) != 0x80)
            units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

/* Makes room for a whole piece. */
static void move_recent(struct input *input) {
    if (sizeof input->recent - input->used >= INPUT_PIECE_SIZE)
        return;
    size_t dropped = input->used - INPUT_KEPT_SIZE;
    if (input->counts_units)
        input->units = count_units(input->recent, dropped, input->units);
    memmove(input->recent, input->recent + dropped, INPUT_KEPT_SIZE);
    input->used = INPUT_KEPT_SIZE;
}

bool input_read(struct input *input) {
    ssize_t count = 0;
    move_recent(input);
    char *piece = input->recent + input->used;
    do {
        /* A terminal would wait for more after its end. */
        count = input->has_ended ? 0 : read(input->descriptor, piece, INPUT_PIECE_SIZE);
    } while (count < 0 && errno == EINTR);
    input->has_ended = count == 0;
    input->piece = piece;
    input->length = count < 0 ? 0 : (size_t)count;
    input->used += input->length;
    input->end += input->length;
    input_keep_head(input, piece, input->length);
    return count < 0 ? fail(input, strerror(errno)) : true;
}

void input_join(struct input *input) {
    input->piece = input->recent;
    input->length = input->used;
}

numres_text input_recent(const struct input *input, uint64_t *offset) {
    numres_text recent = {input->recent, input->used};
    *offset = input->end - input->used;
    return recent;
}

bool input_utf16_column(struct input *input, uint64_t offset, uint64_t *column) {
    uint64_t first = 0;
    numres_text recent = input_recent(input, &first);
    uint64_t from = first;
    uint64_t units = input->units;
    if (offset < first || offset > input->end)
        return false;
    if (input->asked_offset >= first && input->asked_offset <= offset) {
        from = input->asked_offset;
        units = input->asked_units;
    }
    units = count_units(recent.bytes + (from - first), (size_t)(offset - from), units);
    input->asked_offset = offset;
    input->asked_units = units;
    *column = units + 1;
    return true;
}

void input_close(struct input *input) {
    if (!input->is_standard)
        close(input->descriptor);
}

/* Returns whether it is a regular file. */
static bool look_at(const char *file, struct stat *about) {
    bool is_standard = strcmp(file, "-") == 0;
    int result = is_standard ? fstat(STDIN_FILENO, about) : stat(file, about);
    return result == 0 && S_ISREG(about->st_mode);
}

bool input_is_output(const char *file) {
    struct stat about;
    struct stat output;
    return look_at(file, &about) && fstat(STDOUT_FILENO, &output) == 0 &&
           about.st_dev == output.st_dev && about.st_ino == output.st_ino;
}

bool input_size(const char *file, uint64_t *size) {
    bool is_standard = strcmp(file, "-") == 0;
    struct stat about;
    off_t read_before = 0;
    if (!look_at(file, &about))
        return false;
    if (is_standard)
        read_before = lseek(STDIN_FILENO, 0, SEEK_CUR);
    *size = about.st_size > read_before ? (uint64_t)(about.st_size - read_before) : 0;
    return true;
}

void lines_begin(struct lines *lines) {
    lines->known = numres_lines_default();
    lines->known.starts = lines->starts;
    lines->known.capacity = LINES_REMEMBERED;
    lines->rest = "";
    lines->rest_length = 0;
}

void lines_offer(struct lines *lines, const char *chunk, size_t length) {
    lines->rest = chunk;
    lines->rest_length = length;
}

static void take_bytes(struct lines *lines, size_t length) {
    numres_lines_feed(&lines->known, lines->rest, length);
    lines->rest += length;
    lines->rest_length -= length;
}

void lines_take(struct lines *lines) {
    take_bytes(lines, lines->rest_length);
}

static void take_until(struct lines *lines, uint64_t offset) {
    if (offset > lines->known.offset) {
        uint64_t wanted = offset - lines->known.offset;
        take_bytes(lines, wanted < lines->rest_length ? (size_t)wanted : lines->rest_length);
    }
}

bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column) {
    take_until(lines, position > offset ? position : offset);
    return numres_lines_locate(&lines->known, offset, line, column);
}

/* ---- hints ---- */

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
