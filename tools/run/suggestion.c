/* Guesses which name a mistyped word was meant to be: by the letters that differ, or because other
   tools have that word for it. options.c and defaults.c call it. */

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "options.h"

/* Only this many letters of a word are compared. */
#define LONGEST_COMPARED 40

/* A word in lower case, without the dashes in front, and with dashes for underscores. */
struct letters {
    char text[LONGEST_COMPARED + 1];
    size_t length;
};

/* Other tools' words for the same thing. Words that are found by their spelling are not listed. */
static const struct {
    const char *word, *name;
} synonyms[] = {
    {"json", "ndjson"}, /* where there is no json */
    {"jsonlines", "ndjson"},
    {"json-lines", "ndjson"},
    {"ldjson", "ndjson"},
    {"tabs", "tsv"},
    {"workbook", "xlsx"},
    {"excel", "xlsx"},
    {"spreadsheet", "csv"},
    {"pretty", "table"},
    {"human", "table"},
    {"ls", "list"},
    {"cat", "show"},
    {"view", "show"},
    {"print", "show"},
    {"validate", "check"},
    {"verify", "check"},
    {"lint", "check"},
    {"usage", "help"},
    {"reserve", "create"},
    {"new", "create"},
    {"retrieve", "get"},
    {"renew", "extend"},
    {"poll", "wait"},
    {",", "comma"},
    {";", "semicolon"},
    {"output", "format"},
    {"since", "created-after"},
    {"until", "created-before"},
    {"per-page", "page-size"},
    {"token", "api-key-file"},
};

static size_t least(size_t first, size_t second) {
    return first < second ? first : second;
}

static char plain_letter(char letter) {
    if (letter == '_')
        return '-';
    return (char)tolower((unsigned char)letter);
}

static struct letters letters_of(const char *word, size_t length) {
    struct letters letters = {.length = 0};
    size_t dashes = 0;
    while (dashes < length && word[dashes] == '-')
        dashes++;
    letters.length = least(length - dashes, LONGEST_COMPARED);
    for (size_t at = 0; at < letters.length; at++)
        letters.text[at] = plain_letter(word[dashes + at]);
    return letters;
}

/* Whether the last two letters of these prefixes are swapped. */
static bool are_swapped(const struct letters *word, size_t length, const struct letters *other,
                        size_t other_length) {
    return length > 1 && other_length > 1 &&
           word->text[length - 1] == other->text[other_length - 2] &&
           word->text[length - 2] == other->text[other_length - 1];
}

/* How many letters must be inserted, deleted, changed or swapped with their
   neighbour to make one word of the other (optimal string alignment). */
static size_t distance(const struct letters *word, const struct letters *other) {
    size_t rows[3][LONGEST_COMPARED + 1] = {{0}};
    for (size_t column = 0; column <= other->length; column++)
        rows[0][column] = column;
    for (size_t at = 1; at <= word->length; at++) {
        size_t *row = rows[at % 3];
        const size_t *above = rows[(at + 2) % 3];
        const size_t *two_above = rows[(at + 1) % 3];
        row[0] = at;
        for (size_t column = 1; column <= other->length; column++) {
            bool is_same = word->text[at - 1] == other->text[column - 1];
            row[column] = least(above[column - 1] + (is_same ? 0 : 1),
                                least(above[column], row[column - 1]) + 1);
            if (are_swapped(word, at, other, column))
                row[column] = least(row[column], two_above[column - 2] + 1);
        }
    }
    return rows[word->length % 3][other->length];
}

/* About a third of the letters, and at most three: a name further away would be close by chance
   alone. */
static size_t largest_distance(const struct letters *word) {
    return least((word->length + 1) / 3, 3);
}

static const char *same_letters(const struct letters *word, const char *const *names,
                                size_t count) {
    for (size_t at = 0; at < count; at++) {
        struct letters name = letters_of(names[at], strlen(names[at]));
        if (strcmp(name.text, word->text) == 0)
            return names[at];
    }
    return NULL;
}

static const char *same_meaning(const struct letters *word, const char *const *names,
                                size_t count) {
    for (size_t at = 0; at < sizeof synonyms / sizeof synonyms[0]; at++)
        for (size_t name = 0; name < count; name++)
            if (strcmp(word->text, synonyms[at].word) == 0 &&
                strcmp(names[name] + strspn(names[name], "-"), synonyms[at].name) == 0)
                return names[name];
    return NULL;
}

static void add(struct suggestion *suggestion, const char *name) {
    if (name != NULL && suggestion->count < SUGGESTION_MOST)
        suggestion->names[suggestion->count++] = name;
}

/* The distance to the nearest part of a name of several, such as the second of phone-number. */
static size_t distance_to_part(const struct letters *word, const char *name) {
    struct letters whole = letters_of(name, strlen(name));
    size_t smallest = LONGEST_COMPARED;
    for (const char *part = whole.text; strchr(whole.text, '-') != NULL;) {
        size_t length = strcspn(part, "-");
        struct letters letters = letters_of(part, length);
        smallest = least(smallest, distance(word, &letters));
        if (part[length] == '\0')
            break;
        part += length + 1;
    }
    return smallest;
}

static size_t distance_to_whole(const struct letters *word, const char *name) {
    struct letters whole = letters_of(name, strlen(name));
    return distance(word, &whole);
}

/* The distance to the nearest of the names. */
static size_t smallest_of(size_t (*measure)(const struct letters *word, const char *name),
                          const struct letters *word, const char *const *names, size_t count) {
    size_t smallest = LONGEST_COMPARED;
    for (size_t at = 0; at < count; at++)
        smallest = least(smallest, measure(word, names[at]));
    return smallest;
}

/* Adds the name that is nearest, or all with a part that is nearer. */
static void add_nearest(struct suggestion *suggestion, const struct letters *word,
                        const char *const *names, size_t count) {
    size_t of_whole = smallest_of(distance_to_whole, word, names, count);
    size_t of_part = smallest_of(distance_to_part, word, names, count);
    size_t most = word->length / 4; /* a wrong letter in four is near enough to a part */
    bool is_part = most > 0 && of_part <= most && of_part < of_whole;
    if (!is_part && of_whole > largest_distance(word))
        return;
    for (size_t at = 0; at < count && (is_part || suggestion->count == 0); at++)
        if (is_part ? distance_to_part(word, names[at]) == of_part
                    : distance_to_whole(word, names[at]) == of_whole)
            add(suggestion, names[at]);
}

/* Whether the name begins with the word, or ends with it as a part, like page-size with size. */
static bool is_at_an_end(const char *name, const struct letters *word) {
    size_t length = strlen(name);
    if (strncmp(name, word->text, word->length) == 0)
        return true;
    const char *end = length > word->length ? name + length - word->length : name;
    return end > name && end[-1] == '-' && strcmp(end, word->text) == 0;
}

/* Adds the names that contain the word, or have it at an end. Two letters are too few to
   identify a name. */
static void add_longer(struct suggestion *suggestion, const struct letters *word, bool at_an_end,
                       const char *const *names, size_t count) {
    for (size_t at = 0; word->length > 2 && at < count; at++) {
        struct letters name = letters_of(names[at], strlen(names[at]));
        if (at_an_end ? is_at_an_end(name.text, word) : strstr(name.text, word->text) != NULL)
            add(suggestion, names[at]);
    }
}

/* Adds the names that the word ends with, as a part. */
static void add_shorter(struct suggestion *suggestion, const struct letters *word,
                        const char *const *names, size_t count) {
    for (size_t at = 0; at < count; at++) {
        struct letters name = letters_of(names[at], strlen(names[at]));
        const char *end = word->text + word->length - least(word->length, name.length);
        if (end > word->text && end[-1] == '-' && strcmp(end, name.text) == 0)
            add(suggestion, names[at]);
    }
}

struct suggestion suggestion_find(const char *word, size_t length, const char *const *names,
                                  size_t count) {
    struct letters letters = letters_of(word, length);
    struct suggestion found = {.count = 0};
    add(&found, same_letters(&letters, names, count));
    if (found.count == 0)
        add(&found, same_meaning(&letters, names, count));
    if (found.count == 0)
        add_longer(&found, &letters, true, names, count);
    if (found.count == 0)
        add_shorter(&found, &letters, names, count);
    if (found.count == 0)
        add_nearest(&found, &letters, names, count);
    if (found.count == 0)
        add_longer(&found, &letters, false, names, count);
    return found;
}

/* ---- options ---- */

/* For "-f": the options that start with this letter. */
static bool find_by_letter(struct suggestion *meant, const char *argument, size_t length,
                           const struct known_names *options) {
    for (size_t at = 0; length == 2 && at < options->count; at++)
        if (argument[1] == options->names[at][2])
            add(meant, options->names[at]);
    return meant->count > 0;
}

#define FORMAT_OPTION "--format"
#define MOST_FORMATS 16
#define TEXT_SIZE 32

/* For "--csv", or "--CSV" unless is_exact: the format that is meant. `text` holds
   "--format csv". */
static bool find_format(struct suggestion *meant, enum option_command command, const char *argument,
                        size_t length, bool is_exact, char text[TEXT_SIZE]) {
    const struct option *format = options_find(command, FORMAT_OPTION, strlen(FORMAT_OPTION));
    const char *names[MOST_FORMATS] = {NULL};
    size_t dashes = strspn(argument, "-");
    size_t count = 0;
    while (format != NULL && count < MOST_FORMATS &&
           (names[count] = options_choice(command, format->argument, count)) != NULL)
        count++;
    struct suggestion near = suggestion_find(argument, length, names, is_exact ? 0 : count);
    for (size_t at = 0; is_exact && at < count; at++)
        if (strlen(names[at]) == length - dashes &&
            strncmp(names[at], argument + dashes, length - dashes) == 0)
            near = (struct suggestion){{names[at]}, 1};
    if (near.count != 1)
        return false;
    snprintf(text, TEXT_SIZE, FORMAT_OPTION " %s", near.names[0]);
    *meant = (struct suggestion){{text}, 1};
    return true;
}

/* `text` may hold the only name. */
static struct suggestion find_option(enum option_command command, const char *argument,
                                     size_t length, const struct known_names *options,
                                     char text[TEXT_SIZE]) {
    struct suggestion meant = {.count = 0};
    if (!find_by_letter(&meant, argument, length, options) &&
        !find_format(&meant, command, argument, length, true, text))
        meant = suggestion_find(argument, length, options->names, options->count);
    if (meant.count == 0)
        find_format(&meant, command, argument, length, false, text);
    return meant;
}

/* ---- printing ---- */

/* "'--page-size' or '--page-number'" */
static void print_meant(struct print *print, const struct suggestion *meant, const char *quote) {
    for (size_t at = 0; at < meant->count; at++) {
        print_string(print, at == 0 ? "" : at + 1 == meant->count ? " or " : ", ");
        print_string(print, quote);
        print_string(print, meant->names[at]);
        print_string(print, quote);
    }
}

void suggestion_print(struct print *print, const struct known_names *known, const char *word,
                      size_t length, const struct suggestion *meant, const char *quote) {
    print_string(print, "unknown ");
    print_string(print, known->what);
    print_string(print, " '");
    print_safe(print, word, length);
    print_string(print, meant->count > 0   ? "'; did you mean "
                        : known->count > 0 ? "'; known ones are: "
                                           : "'");
    print_meant(print, meant, quote);
    print_string(print, meant->count > 0 ? "?" : "");
    for (size_t at = 0; meant->count == 0 && at < known->count; at++) {
        print_string(print, at == 0 ? "" : ", ");
        print_string(print, known->names[at]);
    }
}

bool suggestion_print_option(struct print *print, enum option_command command,
                             const struct option_word *word) {
    const char *names[OPTIONS_MOST_NAMES];
    struct known_names options = {.what = "option", .names = names};
    const char letter[] = {'-', word->letter, '\0'};
    const char *argument = word->text;
    size_t length = word->length;
    char text[TEXT_SIZE];
    for (const struct option *option = options_first(command);
         option != NULL && options.count < OPTIONS_MOST_NAMES; option = options_next(option))
        if (options_is_named(option))
            names[options.count++] = option->name;
    struct suggestion meant = find_option(command, argument, length, &options, text);
    if (meant.count == 0 && isgraph((unsigned char)word->letter)) {
        argument = letter;
        length = strlen(letter);
        meant = find_option(command, argument, length, &options, text);
    }
    options.count = 0; /* the help lists them */
    suggestion_print(print, &options, argument, length, &meant, "'");
    return meant.count > 0;
}
