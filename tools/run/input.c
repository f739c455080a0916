/* Reads files and standard input, and finds line and column of an offset. session.c, report.c and
   show/findings_text.c call it; so does api/response.c, since a response has a head and lines
   too. */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct input *input, const char *failure) {
    input->failure = failure;
    return false;
}

static bool is_directory(int descriptor) {
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode);
}

bool input_open(struct input *input, const char *file) {
    memset(input, 0, offsetof(struct input, counts_units));
    input->is_standard = strcmp(file, "-") == 0;
    input->name = input->is_standard ? "<stdin>" : file;
    input->piece = input->recent;
    input->descriptor =
        input->is_standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->descriptor < 0)
        return fail(input, errno == ENOENT ? hint_no_file(file) : strerror(errno));
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
