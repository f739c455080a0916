#include "print.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/text.h"
#include "character.h"

/* The status that shells give a process which SIGPIPE ended: 128 + 13. */
#define EXIT_AS_SIGPIPE 141

void print_begin(struct print *print, int descriptor) {
    print->descriptor = descriptor;
    print->reader_may_leave = false;
    print->failure = 0;
    print->in_line = false;
    print->write = NULL;
    print->writer = NULL;
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

static ssize_t write_part(struct print *print, const char *bytes, size_t length) {
    return print->write != NULL ? print->write(print, bytes, length)
                                : write(print->descriptor, bytes, length);
}

void print_flush(struct print *print) {
    size_t written = 0;
    while (written < print->used && print->failure == 0) {
        ssize_t count = write_part(print, print->buffer + written, print->used - written);
        if (count >= 0)
            written += (size_t)count;
        else if (errno == EPIPE && !print->reader_may_leave)
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
    print->descriptor = -1;
}

void print_bytes(struct print *print, const char *bytes, size_t length) {
    if (length > 0)
        print->in_line = bytes[length - 1] != '\n';
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
    print_bytes(print, digits, numres_text_put_integer(number, digits));
}

void print_spaces(struct print *print, size_t count) {
    while (count > 0) {
        print_bytes(print, " ", 1);
        count--;
    }
}

static void print_character(struct print *print, const struct character *character,
                            const char *bytes) {
    if (character->is_escape)
        print_bytes(print, character->escape, character->width);
    else
        print_bytes(print, bytes, character->length);
}

void print_safe(struct print *print, const char *bytes, size_t length) {
    while (length > 0) {
        struct character character = character_next(bytes, length);
        print_character(print, &character, bytes);
        bytes += character.length;
        length -= character.length;
    }
}

static bool fits(const char *bytes, size_t length, size_t width) {
    size_t used = 0;
    while (length > 0 && used <= width) {
        struct character character = character_next(bytes, length);
        used += character.width;
        bytes += character.length;
        length -= character.length;
    }
    return used <= width;
}

size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width) {
    bool whole = fits(bytes, length, width);
    size_t room = whole ? width : width - 3;
    size_t used = 0;
    while (length > 0) {
        struct character character = character_next(bytes, length);
        if (used + character.width > room)
            break;
        print_character(print, &character, bytes);
        used += character.width;
        bytes += character.length;
        length -= character.length;
    }
    if (!whole) {
        print_string(print, "...");
        used += 3;
    }
    return used;
}
