/* Reads files and standard input, and finds line and column of an offset. session.c
   calls it for files, api/ for the head and the lines of a response. */
#include "input.h"

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
    input->is_standard = strcmp(file, "-") == 0;
    input->name = input->is_standard ? "<stdin>" : file;
    input->failure = NULL;
    input->head_length = 0;
    input->length = 0;
    input->end = 0;
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
    input_keep_head(input, input->buffer + input->length - rest, rest);
}

bool input_read(struct input *input) {
    ssize_t count = 0;
    do {
        count = read(input->descriptor, input->buffer, sizeof input->buffer);
    } while (count < 0 && errno == EINTR);
    input->length = count < 0 ? 0 : (size_t)count;
    input->end += input->length;
    input_keep_head(input, input->buffer, input->length);
    return count < 0 ? fail(input, strerror(errno)) : true;
}

void input_close(struct input *input) {
    if (!input->is_standard)
        close(input->descriptor);
}

bool input_size(const char *file, uint64_t *size) {
    bool is_standard = strcmp(file, "-") == 0;
    struct stat about;
    int result = is_standard ? fstat(STDIN_FILENO, &about) : stat(file, &about);
    off_t read_before = 0;
    if (result != 0 || !S_ISREG(about.st_mode))
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
