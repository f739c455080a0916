/* Reading the command line: the commands' options and what was chosen. */
#ifndef NUMRES_TOOLS_OPTIONS_H
#define NUMRES_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print.h"

/* What a command was asked to do. */
struct settings {
    bool help;
    bool version;
    bool bare;
    bool require_members;
    bool check_e164;
    bool report_unknown;
    bool keep_formulas;
    bool no_pager;
    bool wide;
    bool quiet;
    const char *format;                /* NULL: the command's own default */
    const char *max_reservation_bytes; /* NULL: the default */
    const char *max_depth_text;        /* NULL: the default; its number is max_depth */
    unsigned int max_depth;            /* 0: the default */
    char **files;
    size_t file_count;
};

/* One option of a command; either `flag` or `value` says where it goes. */
struct option {
    const char *name; /* with its dashes */
    bool *flag;
    const char **value;
    bool is_single; /* it may be given once only */
};

/*
 * Reads `arguments` (the program's and the command's names left out). Options
 * and files may be mixed; `--` ends the options; `-` is a file. The files are
 * moved to the front of `arguments`, where settings->files then points.
 *
 * Answers false after it has said on `messages` what is wrong. `command` is
 * the name to say it with, such as "numres show".
 */
bool options_read(const char *command, const struct option *options, size_t option_count,
                  char **arguments, size_t argument_count, struct settings *settings,
                  struct print *messages);

/*
 * Which of the names the value of an option is. Answers `count` after it has
 * said on `messages` that it is none; `what` is the option's word, such as
 * "format".
 */
size_t options_choose(const char *command, const char *what, const char *value,
                      const char *const *names, size_t count, struct print *messages);

/* Reads a count of bytes of 1 or more, perhaps with K, M, G or KiB, MiB, GiB
   (times 1024) behind it, in small or capital letters. Answers false after it has
   said what is wrong. */
bool options_bytes(const char *command, const char *option, const char *value, size_t *bytes,
                   struct print *messages);

/* Says that the word is none of the names, and which was probably meant, or all
   if none is near. `what` is what they name, such as "command". */
void options_refuse(const char *command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages);

/* Says what is wrong with the value of an option, such as "is no phone number".
   Answers false. */
bool options_refuse_value(const char *command, const char *option, const char *value,
                          const char *fault, struct print *messages);

/* Reads a number from `least` to `most`, digits alone. Answers false after it has
   said what is wrong. */
bool options_number(const char *command, const char *option, const char *value, uint64_t least,
                    uint64_t most, uint64_t *number, struct print *messages);

/* Reads the value of --max-depth, if it was given. Answers false after it has said
   what is wrong. */
bool options_depth(const char *command, struct settings *settings, struct print *messages);

/* Guessing which name a mistyped word was meant to be. */

/*
 * The name that the first `length` bytes of `word` most likely stand for: one
 * that means the same (jsonl for ndjson), one that starts with the word, one
 * that differs by a few letters, or one that contains it. Upper and lower case
 * are the same. NULL: none is close enough to be worth a suggestion.
 */
const char *suggestion_find(const char *word, size_t length, const char *const *names,
                            size_t count);

#endif
