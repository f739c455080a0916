/* Output through a buffer: counts what is written, hides the API key, waits for room
   in a pipe. Everything that the tool prints goes through it. */
#include "print.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "times.h"

/* The exit status that shells report for a process ended by SIGPIPE: 128 + 13. */
#define EXIT_AS_SIGPIPE 141

/* A write of up to this many bytes to a pipe is atomic (POSIX, write): once poll
   reports room, it does not block. */
#define ROOM 4096

/* This many of its first characters are enough to recognize a secret. A shorter text is no API
   key: hiding it would hide unrelated words and letters. */
#define SECRET_PART 8

void print_begin(struct print *print, int descriptor) {
    memset(print, 0, offsetof(struct print, buffer));
    print->descriptor = descriptor;
    print->wake = -1;
}

void print_hide(struct print *print, const char *secret, const char *other) {
    print->secrets[0] = secret;
    print->secrets[1] = other;
}

bool print_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t count = write(descriptor, bytes, length);
        if (count < 0 && errno != EINTR)
            return false;
        bytes += count < 0 ? 0 : count;
        length -= count < 0 ? 0 : (size_t)count;
    }
    return true;
}

/* A reader that left (| head) wants no message. Restores the default action of the
   signal, which the caller may have ignored, so that the process always ends in the
   same way. */
void print_end_as_closed_pipe(void) {
    sigset_t pipe_signal;
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigprocmask(SIG_UNBLOCK, &pipe_signal, NULL);
    raise(SIGPIPE);
    _exit(EXIT_AS_SIGPIPE);
}

/* How long to wait for room, in poll's terms, and no longer than `most`. */
static int patience(const struct print *print, int most) {
    int64_t left = print->clock == NULL ? INT64_MAX : print->deadline - print->clock();
    if (left >= INT_MAX)
        return most;
    left = left < 0 ? 0 : left;
    return most >= 0 && most < left ? most : (int)left;
}

static bool is_late(const struct print *print) {
    return print->clock != NULL && print->clock() >= print->deadline;
}

bool print_wait_for_room(const struct print *print, int milliseconds) {
    struct pollfd both[] = {{print->descriptor, POLLOUT, 0}, {print->wake, POLLIN, 0}};
    int ready = 0;
    do {
        ready = poll(both, 2, patience(print, milliseconds));
        if (ready == 0 && is_late(print)) {
            errno = ETIMEDOUT;
            return false;
        }
    } while (ready <= 0 && milliseconds < 0 && (ready == 0 || errno == EINTR));
    if (ready > 0 && both[0].revents == 0) {
        errno = ECANCELED;
        return false;
    }
    return true;
}

ssize_t print_when_room(struct print *print, const char *bytes, size_t length) {
    ssize_t count = -1;
    do {
        if (!print_wait_for_room(print, -1))
            return -1;
        count = write(print->descriptor, bytes, length);
    } while (count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK));
    return count;
}

/* How many buffered bytes from `from` on to write at once: up to a mark, if that fits
   into an atomic write. */
static size_t next_part(const struct print *print, size_t from) {
    size_t rest = print->used - from;
    size_t part = 0;
    if (print->wake < 0 || rest <= ROOM)
        return rest;
    for (uint64_t mark = print->marks_out; mark < print->marks_made; mark++) {
        uint64_t length = print->marks[mark % PRINT_MOST_MARKS] - print->written;
        if (length > ROOM)
            break;
        part = (size_t)length;
    }
    return part > 0 ? part : ROOM;
}

static void count_out(struct print *print, size_t count) {
    print->written += count;
    while (print->marks_out < print->marks_made &&
           print->marks[print->marks_out % PRINT_MOST_MARKS] <= print->written) {
        print->last_mark_out = print->marks[print->marks_out % PRINT_MOST_MARKS];
        print->marks_out++;
    }
}

static ssize_t write_part(struct print *print, const char *bytes, size_t length) {
    int64_t began = clock_nanoseconds();
    ssize_t count = print->write != NULL ? print->write(print, bytes, length)
                                         : print_when_room(print, bytes, length);
    int failure = errno;
    print->waited += clock_nanoseconds() - began;
    errno = failure;
    return count;
}

/* How many bytes here match the secret, from its first on. */
static size_t secret_at(const char *secret, const char *bytes, size_t length) {
    size_t count = 0;
    while (count < length && secret[count] != '\0' && bytes[count] == secret[count])
        count++;
    return count;
}

static void hide_secret(struct print *print, const char *secret) {
    size_t whole = secret == NULL ? 0 : strlen(secret);
    for (size_t at = 0; whole >= SECRET_PART && at < print->used; at++) {
        size_t count = secret_at(secret, print->buffer + at, print->used - at);
        if (count >= SECRET_PART)
            memset(print->buffer + at, 'X', count);
    }
}

void print_flush(struct print *print) {
    size_t done = 0;
    hide_secret(print, print->secrets[0]);
    hide_secret(print, print->secrets[1]);
    while (done < print->used && print->failure == 0) {
        ssize_t count = write_part(print, print->buffer + done, next_part(print, done));
        if (count >= 0) {
            done += (size_t)count;
            count_out(print, (size_t)count);
        } else if (errno == EPIPE && !print->reader_may_leave) {
            print_end_as_closed_pipe();
        } else {
            print->failure = errno;
        }
    }
    print->used = 0;
}

void print_mark(struct print *print) {
    if (print->marks_made - print->marks_out == PRINT_MOST_MARKS)
        print_flush(print);
    if (print->failure != 0)
        return;
    print->marks[print->marks_made++ % PRINT_MOST_MARKS] = print->written + print->used;
    count_out(print, 0);
}

bool print_reader_left(struct print *print) {
    struct pollfd reader = {print->descriptor, 0, 0};
    if (print->failure == 0 && poll(&reader, 1, 0) > 0 &&
        (reader.revents & (POLLERR | POLLHUP)) != 0)
        print->failure = EPIPE;
    return print->failure == EPIPE;
}

void print_end(struct print *print) {
    print_flush(print);
    if (print->descriptor >= 0 && close(print->descriptor) != 0 && print->failure == 0) {
        print->failure = errno;
        print->is_doubtful = true;
    }
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

void print_integer(struct print *print, uint64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    print_string(print, digits);
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
    print_safe_cut(print, bytes, length, PRINT_ANY_WIDTH);
}

bool print_fault(struct print *print, const char *before, const char *word, const char *after,
                 const char *reason) {
    print_string(print, before);
    print_safe(print, word, strlen(word));
    print_string(print, after);
    print_string(print, reason);
    print_string(print, "\n");
    return false;
}

static bool is_terminal(struct print *print) {
    if (!print->is_judged)
        print->is_terminal = isatty(print->descriptor) == 1;
    print->is_judged = true;
    return print->is_terminal;
}

void print_json_text(struct print *print, const char *bytes, size_t length) {
    if (!is_terminal(print)) {
        print_bytes(print, bytes, length);
        return;
    }
    for (size_t at = 0; at < length; at++) {
        uint32_t code_point = 0;
        print->part[print->part_length++] = bytes[at];
        size_t taken = character_read(print->part, print->part_length, &code_point);
        if (taken == 0 && print->part_length < sizeof print->part)
            continue;
        /* Strings hold no C0 controls (RFC 8259 section 7); this is the white space between
           values. */
        if (taken == 1 && code_point < 0x20)
            print_bytes(print, print->part, 1);
        else
            print_safe(print, print->part, print->part_length);
        print->part_length = 0;
    }
}

size_t print_width(const char *bytes, size_t length, size_t most) {
    size_t used = 0;
    while (length > 0 && used <= most) {
        struct character character = character_next(bytes, length);
        used += character.width;
        bytes += character.length;
        length -= character.length;
    }
    return used;
}

size_t print_safe_start(struct print *print, const char *bytes, size_t length, size_t width,
                        size_t *used) {
    size_t at = 0;
    *used = 0;
    while (at < length) {
        struct character character = character_next(bytes + at, length - at);
        if (*used + character.width > width)
            break;
        print_character(print, &character, bytes + at);
        *used += character.width;
        at += character.length;
    }
    return at;
}

size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width) {
    bool whole = width == PRINT_ANY_WIDTH || print_width(bytes, length, width) <= width;
    size_t used = 0;
    print_safe_start(print, bytes, length, whole ? width : width - 3, &used);
    if (!whole) {
        print_string(print, "...");
        used += 3;
    }
    return used;
}
