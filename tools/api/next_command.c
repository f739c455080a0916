/* Repeats words of the command line in a command that a message suggests. requests.c and
   ending.c call it. */
#include <string.h>

#include "../run/times.h"
#include "requests.h"

static bool is_named(const struct option *option, const char *const *names) {
    while (option != NULL && *names != NULL && strcmp(option->name, *names) != 0)
        names++;
    return option != NULL && *names != NULL;
}

/* A time back from now would be another time in the next run, so the time itself is added. */
static bool add_time(struct message *message, const struct option_word *word) {
    char time[TIMES_FILTER_SIZE];
    if (word->option == NULL || strcmp(word->option->argument, "TIME") != 0 ||
        !times_is_back(word->value))
        return false;
    times_read_filter(word->value, (time_t)clock_now(), time);
    message_format(message, " %s%c%s", word->option->name, word->value_is_next ? ' ' : '=', time);
    return true;
}

/* Short options that were written together are taken apart. */
static void add_as_given(struct message *message, const struct option_word *word) {
    const char name[] = {'-', word->letter, '\0'};
    if (add_time(message, word))
        return;
    message_add_word(message, word->letter != '\0' ? name : word->text);
    if (word->value != NULL && (word->letter != '\0' || word->value_is_next))
        message_add_word(message, word->value);
}

void command_add_words(const struct session *session, enum option_command command,
                       struct message *message, const char *const *options, bool are_wanted) {
    struct option_words words = {.command = command};
    struct option_word word;
    if (session->command_line == NULL)
        return;
    words.words = session->command_line + 2; /* after numres and the command */
    while (words.words[words.count] != NULL)
        words.count++;
    while (option_words_next(&words, &word))
        if (is_named(word.option, options) == are_wanted)
            add_as_given(message, &word);
}
