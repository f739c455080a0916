/* Reads the values of options: counts, bytes, times and lists. options.c and config.c call it
   once the command line and the config file are read. */
#include "options.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "numres/parser.h"
#include "numres/query.h"

#include "text.h"
#include "times.h"

/* The multiplier of the unit after a count; 0 if it is not a unit. KB and the like
   are refused: some mean 1000 by them, others 1024. */
static size_t multiple(const char *unit) {
    static const char letters[] = "KMG";
    const char *found = unit[0] == '\0' ? NULL : strchr(letters, toupper((unsigned char)unit[0]));
    if (unit[0] == '\0')
        return 1;
    bool is_unit = found != NULL && (unit[1] == '\0' || strcasecmp(unit + 1, "iB") == 0);
    return is_unit ? (size_t)1 << (10 * (found - letters + 1)) : 0;
}

#define FAULT_SIZE 80

/* The largest number that digits_read reads and a size_t holds. */
#define LARGEST ((uint64_t)(SIZE_MAX < INT64_MAX ? SIZE_MAX : INT64_MAX))

static const char *too_large(uint64_t largest, char words[FAULT_SIZE]) {
    snprintf(words, FAULT_SIZE, "is too large; the largest is %" PRIu64, largest);
    return words;
}

/* This and the next functions return what is wrong, perhaps written into `words`, or NULL. */
static const char *read_bytes(struct option_bytes *bytes, char words[FAULT_SIZE]) {
    size_t digits = strspn(bytes->text, "0123456789");
    uint64_t count = 0;
    size_t times = multiple(bytes->text + digits);
    bool is_read = digits_read(bytes->text, digits, &count);
    if (digits == 0 || times == 0 || (is_read && count == 0))
        return "is not a count of bytes such as 65536, 64K, 8M or 1GiB";
    if (!is_read || count > LARGEST / times)
        return too_large(LARGEST, words);
    bytes->value = (size_t)count * times;
    return NULL;
}

static const char *read_span(const struct option *option, struct option_span *span) {
    if (strcmp(option->argument, "SECONDS") != 0)
        return times_read_duration(span->text, &span->value)
                   ? NULL
                   : "is not a duration such as 90, 30s, 5m, 1h, 2d or 1w";
    return times_read_span(span->text, &span->value) && span->value >= TIMES_SHORTEST_SHOWN
               ? NULL
               : "is not a time in seconds, 0.1 or more";
}

static bool is_list(const struct option *option) {
    return strcmp(option->argument, "STATUS") == 0 || strcmp(option->argument, "COLUMNS") == 0;
}

static const char *fault_of_list(const char *list) {
    size_t length = strlen(list);
    if (length == 0)
        return "is empty";
    return list[0] == ',' || list[length - 1] == ',' || strstr(list, ",,") != NULL
               ? "has an empty item"
               : NULL;
}

static const char *read_count(const struct option *option, struct option_count *setting,
                              char words[FAULT_SIZE]) {
    static const struct {
        size_t setting;
        uint64_t least, most;
    } limits[] = {
#define COUNT(setting, least, most, usual) {offsetof(struct settings, setting), (least), (most)},
#include "options.def"
    };
    size_t digits = strspn(setting->text, "0123456789");
    size_t at = 0;
    while (limits[at].setting != option->setting)
        at++;
    uint64_t least = limits[at].least;
    uint64_t most = limits[at].most;
    bool is_read = digits_read(setting->text, strlen(setting->text), &setting->value);
    if (is_read && setting->value >= least && setting->value <= most)
        return NULL;
    if (most < INT64_MAX)
        snprintf(words, FAULT_SIZE, "is not a number from %" PRIu64 " to %" PRIu64, least, most);
    else if (!is_read && digits > 0 && setting->text[digits] == '\0')
        return too_large(most, words);
    else
        snprintf(words, FAULT_SIZE, "is not a number of %" PRIu64 " or more", least);
    return words;
}

static const char *read_value(const struct option *option, void *setting, char words[FAULT_SIZE]) {
    switch (option->value) {
    case VALUE_COUNT:
        return read_count(option, setting, words);
    case VALUE_BYTES:
        return read_bytes(setting, words);
    case VALUE_SPAN:
        return read_span(option, setting);
    case VALUE_TEXT:
        return is_list(option) ? fault_of_list(*(option_text *)setting) : NULL;
    case VALUE_FLAG:
        break;
    }
    return NULL;
}

bool options_judge(enum option_command command, struct settings *settings, struct print *messages) {
    bool are_right = true;
    for (const struct option *option = options_first(command); option != NULL;
         option = options_next(option)) {
        char words[FAULT_SIZE];
        const option_text *text = options_setting(settings, option);
        if (option->argument[0] == '\0' || *text == NULL ||
            (option->kind == OPTION_MAYBE && (*text)[0] == '\0'))
            continue;
        const char *fault = read_value(option, options_setting(settings, option), words);
        if (fault != NULL)
            are_right = options_refuse_value(command, option->name, *text, fault, messages);
    }
    return are_right;
}
