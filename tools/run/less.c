/* Tells whether the pager shows colours, from its command line and LESS, read by the rules of
   less(1). pager.c asks it. */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Options that take a number, or something like one; options that take text, up to a
   $. */
#define NUMBER_OPTIONS "bhjxyz#"
#define TEXT_OPTIONS "DkoOpPtT\""
#define NUMBER_BYTES "0123456789.,-"
#define LONG_NAME "raw-control-chars"

/* Where a shell splits words, as far as pager commands use it. */
#define WORD_ENDS " \t\n|&;()<>'\""

static const char *after_value(const char *at) {
    at += strspn(at, " ");
    size_t number = strspn(at, NUMBER_BYTES);
    return number > 0 ? at + number : at + strcspn(at, "$");
}

/* less accepts any unambiguous prefix of a name; in upper case it means R. */
static const char *read_name(const char *at, bool *is_raw) {
    bool is_default = at[0] == '+';
    at += is_default ? 1 : 0;
    size_t length = strcspn(at, " \t$=");
    if (length > 1 && length <= strlen(LONG_NAME) && strncasecmp(at, LONG_NAME, length) == 0)
        *is_raw = !is_default;
    return at[length] == '=' ? after_value(at + length + 1) : at + length;
}

/* Reads options in the form of LESS, where the first dash may be missing. */
static void read_options(const char *at, bool *is_raw) {
    bool is_default = false; /* -+ resets an option to its default */
    while (*at != '\0') {
        char letter = *at++;
        if (letter == '-' && *at == '-') {
            at = read_name(at + 1, is_raw);
        } else if (letter == '-') {
            is_default = *at == '+';
            at += is_default ? 1 : 0;
        } else if (letter == 'R' || letter == 'r') {
            *is_raw = !is_default;
        } else if (letter == '+' || strchr(TEXT_OPTIONS, letter) != NULL) {
            at += strcspn(at, "$");
        } else if (strchr(NUMBER_OPTIONS, letter) != NULL) {
            at = after_value(at);
        }
    }
}

static bool is_less(const char *word, size_t length) {
    static const char name[] = "less";
    size_t size = sizeof name - 1;
    return length >= size && strncmp(word + length - size, name, size) == 0 &&
           (length == size || word[length - size - 1] == '/');
}

/* Reads one word of a command line as options. */
static void read_word(const char *word, size_t length, bool *is_raw) {
    char *copy = strndup(word, length);
    if (copy != NULL)
        read_options(copy, is_raw);
    free(copy);
}

/* Whether a pager's command line passes colours on: true if it does not run less, or if the
   option R or r is set on the command line or in LESS. */
bool pager_passes_colour(const char *command) {
    static const char variable[] = "LESS=";
    const char *options = getenv("LESS");
    bool is_run = false;
    bool has_options = false; /* the following words may be options of less */
    bool is_raw = false;
    read_options(options == NULL ? PAGER_LESS_OPTIONS : options, &is_raw);
    while (*(command += strspn(command, WORD_ENDS)) != '\0') {
        size_t length = strcspn(command, WORD_ENDS);
        if (strncmp(command, variable, strlen(variable)) == 0) {
            is_raw = false;
            has_options = true;
            read_word(command + strlen(variable), length - strlen(variable), &is_raw);
        } else if (is_less(command, length)) {
            is_run = true;
            has_options = true;
        } else if (has_options && command[0] == '-') {
            read_word(command, length, &is_raw);
        }
        command += length;
    }
    return !is_run || is_raw;
}
