/* Writes and reads the lines of a --resume file: the list's URL, the hashes of the ids that were
   shown, and how far the list was read. resume.c calls it; list.h describes the file. */

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run/text.h"
#include "list.h"

static const char first_line[] = "numres list --resume";
static const char seed_name[] = "seed=";

static const char hexadecimal[] = "0123456789abcdef";

/* Hexadecimal digits of half a hash. */
#define HALF_DIGITS 16

static bool read_hex(const char *digits, size_t count, uint64_t *number) {
    *number = 0;
    for (size_t at = 0; at < count; at++) {
        const char *found = memchr(hexadecimal, digits[at], strlen(hexadecimal));
        if (found == NULL)
            return false;
        *number = *number << 4 | (uint64_t)(found - hexadecimal);
    }
    return true;
}

/* Returns the next line without its line feed; NULL at the end, or if the line is incomplete
   because writing was interrupted. */
static char *next_line(FILE *stream, char **line, size_t *size) {
    ssize_t length = getline(line, size, stream);
    if (length <= 0 || (*line)[length - 1] != '\n')
        return NULL;
    (*line)[length - 1] = '\0';
    return *line;
}

static bool take_number(const char **at, const char *name, uint64_t *number) {
    size_t length = strlen(name);
    if (strncmp(*at, name, length) != 0)
        return false;
    const char *digits = *at + length;
    *at = digits + strspn(digits, "0123456789");
    return digits_read(digits, (size_t)(*at - digits), number);
}

/* The numbers that follow the pager: "numres-pager-1 page=3 taken=12 reason=next; page-ids=12
   new-ids=0 ..." */
#define NUMBER(name, member)                                                                       \
    { (name), offsetof(struct list_state, member) }
static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    NUMBER("; page-ids=", page_ids),
    NUMBER(" new-ids=", new_ids),
    NUMBER(" shown=", counts.shown),
    NUMBER(" places=", counts.places),
    NUMBER(" left-out=", counts.left_out),
    NUMBER(" repeats=", counts.repeats),
    NUMBER(" total=", counts.total),
    NUMBER(" total-pages=", counts.total_pages),
    NUMBER(" grown=", counts.grown),
    NUMBER(" expected=", counts.expected),
    NUMBER(" fallen-from=", counts.fallen_from),
    NUMBER(" fallen-to=", counts.fallen_to),
    NUMBER(" surplus=", counts.surplus),
    NUMBER(" surplus-total=", counts.surplus_total),
    NUMBER(" device=", device),
    NUMBER(" inode=", inode),
};

#define NUMBER_COUNT (sizeof numbers / sizeof numbers[0])

static bool read_state(const char *line, struct list_state *state) {
    const char *at = strstr(line, "; ");
    bool is_one = at != NULL && numres_pager_parse(line, (size_t)(at - line), &state->pager);
    for (size_t number = 0; number < NUMBER_COUNT && is_one; number++) {
        uint64_t value = 0;
        is_one = take_number(&at, numbers[number].name, &value);
        memcpy((char *)state + numbers[number].offset, &value, sizeof value);
    }
    return is_one && *at == '\0';
}

static bool write_state(FILE *stream, const struct list_state *state) {
    char pager[NUMRES_PAGER_TEXT_SIZE];
    numres_pager_format(&state->pager, pager, sizeof pager);
    bool written = fputs(pager, stream) >= 0;
    for (size_t number = 0; number < NUMBER_COUNT && written; number++) {
        uint64_t value = 0;
        memcpy(&value, (const char *)state + numbers[number].offset, sizeof value);
        written = fprintf(stream, "%s%" PRIu64, numbers[number].name, value) > 0;
    }
    return written && fputc('\n', stream) == '\n';
}

static bool read_hash(const char *line, struct repeats_hash *hash) {
    return strlen(line) == (size_t)2 * HALF_DIGITS && read_hex(line, HALF_DIGITS, &hash->high) &&
           read_hex(line + HALF_DIGITS, HALF_DIGITS, &hash->low);
}

/* Ids read since the last state. If no state follows, it is unknown whether they were
   shown, and they are dropped. */
struct pending {
    struct repeats_hash *hashes;
    size_t count, size;
};

static bool keep(struct pending *pending, struct repeats_hash hash) {
    if (pending->count == pending->size) {
        size_t size = pending->size == 0 ? 1024 : pending->size * 2;
        struct repeats_hash *more = realloc(pending->hashes, size * sizeof *more);
        if (more == NULL)
            return false;
        pending->hashes = more;
        pending->size = size;
    }
    pending->hashes[pending->count++] = hash;
    return true;
}

static bool take_up(struct pending *pending, struct repeats *repeats) {
    bool taken = true;
    for (size_t at = 0; at < pending->count && taken; at++)
        taken = repeats_add(repeats, pending->hashes[at]);
    pending->count = 0;
    return taken;
}

static enum resume_text read_states(FILE *stream, char **line, size_t *size,
                                    struct list_state *state, struct repeats *repeats) {
    enum resume_text result = RESUME_TEXT_NONE;
    struct pending pending = {NULL, 0, 0};
    struct repeats_hash hash;
    while (next_line(stream, line, size) != NULL) {
        bool is_hash = read_hash(*line, &hash);
        bool is_state = !is_hash && read_state(*line, state);
        if (!is_hash && !is_state) {
            result = RESUME_TEXT_NONE;
            break;
        }
        if (is_hash ? !keep(&pending, hash) : !take_up(&pending, repeats)) {
            result = RESUME_TEXT_FAILED;
            break;
        }
        result = is_state ? RESUME_TEXT_READ : result;
    }
    free(pending.hashes);
    state->ids = repeats->count;
    bool is_right = state->page_ids <= state->ids && state->new_ids <= state->ids;
    return result == RESUME_TEXT_READ && !is_right ? RESUME_TEXT_NONE : result;
}

static enum resume_text read_lines(FILE *stream, char **line, size_t *size, const char *url,
                                   struct list_state *state, struct repeats *repeats) {
    int first = fgetc(stream);
    if (first == EOF)
        return RESUME_TEXT_EMPTY;
    ungetc(first, stream);
    if (next_line(stream, line, size) == NULL || strcmp(*line, first_line) != 0 ||
        next_line(stream, line, size) == NULL)
        return RESUME_TEXT_NONE;
    bool is_other = strcmp(*line, url) != 0;
    if (next_line(stream, line, size) == NULL ||
        strncmp(*line, seed_name, sizeof seed_name - 1) != 0 ||
        strlen(*line) != sizeof seed_name - 1 + HALF_DIGITS ||
        !read_hex(*line + sizeof seed_name - 1, HALF_DIGITS, &repeats->seed))
        return RESUME_TEXT_NONE;
    enum resume_text result = read_states(stream, line, size, state, repeats);
    return is_other && result == RESUME_TEXT_READ ? RESUME_TEXT_OTHER_LIST : result;
}

enum resume_text resume_text_read(FILE *stream, const char *url, struct list_state *state,
                                  struct repeats *repeats) {
    char *line = NULL;
    size_t size = 0;
    enum resume_text result = read_lines(stream, &line, &size, url, state, repeats);
    int kept = errno;
    free(line);
    errno = kept;
    return ferror(stream) != 0 ? RESUME_TEXT_FAILED : result;
}

bool resume_text_begin(FILE *stream, const char *url, const struct repeats *repeats) {
    return fprintf(stream, "%s\n%s\n%s%016" PRIx64 "\n", first_line, url, seed_name,
                   repeats->seed) > 0;
}

bool resume_text_add(FILE *stream, const struct list_state *state, const struct repeats *repeats,
                     uint64_t from) {
    bool written = true;
    for (uint64_t number = from; number < state->ids && written; number++) {
        struct repeats_hash hash = repeats_hash_of(repeats, number);
        written = fprintf(stream, "%016" PRIx64 "%016" PRIx64 "\n", hash.high, hash.low) > 0;
    }
    return written && write_state(stream, state);
}
