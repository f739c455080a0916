#include "print.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The status that shells give a process which SIGPIPE ended: 128 + 13. */
#define EXIT_AS_SIGPIPE 141

/* One character of a text from outside, as it will be shown. */
struct unit {
    size_t length;  /* its bytes in the text */
    size_t width;   /* how many characters show it */
    char escape[8]; /* what shows it, if it is not shown as it is */
    bool is_escape;
};

void print_begin(struct print *print, int descriptor) {
    print->descriptor = descriptor;
    print->failure = 0;
    print->used = 0;
}

/* A reader that went away (| head) wants no more and no message. The signal
   has its default action unless the caller's shell had it ignored; either way
   the caller sees the same end. */
static _Noreturn void end_as_closed_pipe(void) {
    sigset_t pipe_signal;
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigprocmask(SIG_UNBLOCK, &pipe_signal, NULL);
    raise(SIGPIPE);
    _exit(EXIT_AS_SIGPIPE);
}

void print_flush(struct print *print) {
    size_t written = 0;
    while (written < print->used && print->failure == 0) {
        ssize_t count = write(print->descriptor, print->buffer + written, print->used - written);
        if (count >= 0)
            written += (size_t)count;
        else if (errno == EPIPE)
            end_as_closed_pipe();
        else if (errno != EINTR)
            print->failure = errno;
    }
    print->used = 0;
}

void print_end(struct print *print) {
    print_flush(print);
    if (close(print->descriptor) != 0 && print->failure == 0)
        print->failure = errno;
}

void print_bytes(struct print *print, const char *bytes, size_t length) {
    while (length > 0 && print->failure == 0) {
        size_t room = sizeof print->buffer - print->used;
        size_t part = length < room ? length : room;
        memcpy(print->buffer + print->used, bytes, part);
        print->used += part;
        bytes += part;
        length -= part;
        if (print->used == sizeof print->buffer)
            print_flush(print);
    }
}

void print_string(struct print *print, const char *string) {
    print_bytes(print, string, strlen(string));
}

void print_number(struct print *print, uint64_t number) {
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    print_bytes(print, digits + first, sizeof digits - first);
}

void print_spaces(struct print *print, size_t count) {
    while (count > 0) {
        print_bytes(print, " ", 1);
        count--;
    }
}

static void escape_unit(struct unit *unit, char letter, uint32_t value, size_t digits) {
    static const char hexadecimal[] = "0123456789abcdef";
    unit->is_escape = true;
    unit->width = digits + 2;
    unit->escape[0] = '\\';
    unit->escape[1] = letter;
    for (size_t place = 0; place < digits; place++)
        unit->escape[1 + digits - place] = hexadecimal[(value >> (4 * place)) & 0xf];
}

static bool steers_the_terminal(uint32_t character) {
    return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0x61c ||
           character == 0x200e || character == 0x200f ||
           (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* How many bytes a sequence with this first byte has (RFC 3629 section 3), 0: none. */
static size_t sequence_length(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* The smallest value that a sequence of this length may hold. */
static uint32_t least_character(size_t sequence) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return least[sequence];
}

/* Reads one UTF-8 sequence. Answers its length, 0 if it is none. */
static size_t read_character(const char *bytes, size_t length, uint32_t *character) {
    unsigned char first = (unsigned char)bytes[0];
    size_t sequence = sequence_length(first);
    if (sequence == 0 || sequence > length)
        return 0;
    uint32_t value = sequence == 1 ? first : first & (0x7fu >> sequence);
    for (size_t place = 1; place < sequence; place++) {
        unsigned char next = (unsigned char)bytes[place];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3fu);
    }
    if (value < least_character(sequence) || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *character = value;
    return sequence;
}

static struct unit next_unit(const char *bytes, size_t length) {
    struct unit unit = {1, 1, "", false};
    uint32_t character = 0;
    size_t sequence = read_character(bytes, length, &character);
    if (sequence == 0) {
        escape_unit(&unit, 'x', (unsigned char)bytes[0], 2);
        return unit;
    }
    unit.length = sequence;
    if (steers_the_terminal(character))
        escape_unit(&unit, 'u', character, 4);
    return unit;
}

static void print_unit(struct print *print, const struct unit *unit, const char *bytes) {
    if (unit->is_escape)
        print_bytes(print, unit->escape, unit->width);
    else
        print_bytes(print, bytes, unit->length);
}

void print_safe(struct print *print, const char *bytes, size_t length) {
    while (length > 0) {
        struct unit unit = next_unit(bytes, length);
        print_unit(print, &unit, bytes);
        bytes += unit.length;
        length -= unit.length;
    }
}

static bool fits(const char *bytes, size_t length, size_t width) {
    size_t used = 0;
    while (length > 0 && used <= width) {
        struct unit unit = next_unit(bytes, length);
        used += unit.width;
        bytes += unit.length;
        length -= unit.length;
    }
    return used <= width;
}

size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width) {
    bool whole = fits(bytes, length, width);
    size_t room = whole ? width : width - 3;
    size_t used = 0;
    while (length > 0) {
        struct unit unit = next_unit(bytes, length);
        if (used + unit.width > room)
            break;
        print_unit(print, &unit, bytes);
        used += unit.width;
        bytes += unit.length;
        length -= unit.length;
    }
    if (!whole) {
        print_string(print, "...");
        used += 3;
    }
    return used;
}
