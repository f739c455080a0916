/* Composes messages: the library's sentences in the tool's words, clauses, shortened quotes, and
   commands to run next. report.c, show/findings_json.c, and api/ and list/ call it. */
#include "report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"
#include "times.h"

/* UTF-8, RFC 3629 section 3. */
#define LONGEST_CHARACTER 4

static void add(struct message *message, const char *bytes, size_t length) {
    size_t room = sizeof message->bytes - message->length;
    size_t part = length < room ? length : room;
    memcpy(message->bytes + message->length, bytes, part);
    message->length += part;
}

void message_add(struct message *message, const char *string) {
    add(message, string, strlen(string));
}

void message_format(struct message *message, const char *format, ...) {
    size_t room = sizeof message->bytes - message->length;
    va_list values;
    va_start(values, format);
    int length = vsnprintf(message->bytes + message->length, room, format, values);
    va_end(values);
    if (length > 0 && room > 0)
        message->length += (size_t)length < room ? (size_t)length : room - 1;
}

void message_add_grouped(struct message *message, uint64_t number) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int at = 0; at < length; at++)
        message_format(message, (length - at) % 3 == 1 && at + 1 < length ? "%c," : "%c",
                       digits[at]);
}

/* The length in bytes of the first `characters` characters, of at most
   LONGEST_CHARACTER bytes on average: a letter with endless accents is cut off whole. */
static size_t cut(numres_text text, size_t characters) {
    size_t length = 0;
    size_t most = characters * LONGEST_CHARACTER;
    while (length < text.length && characters > 0) {
        size_t next = character_next(text.bytes + length, text.length - length).length;
        if (next > most - length)
            break;
        length += next;
        characters--;
    }
    return length;
}

/* Adds `before`, the text and `after`, unless the text is empty. */
static void add_part(struct message *message, const char *before, numres_text text,
                     size_t characters, const char *after) {
    size_t length = cut(text, characters);
    if (text.length == 0)
        return;
    message_add(message, before);
    add(message, text.bytes, length);
    message_add(message, length < text.length ? "..." : "");
    message_add(message, after);
}

void message_begin(struct message *message) {
    message->length = 0;
}

void message_clause(struct message *message, const char *clause) {
    message_format(message, " (%s)", clause);
}

void message_quote(struct message *message, const char *before, numres_text text) {
    message_add(message, before);
    add(message, text.bytes, text.length);
}

void message_sentence(struct message *message, const char *sentence, const char *clause) {
    size_t length = strlen(sentence);
    message_begin(message);
    if (clause == NULL || sentence[length - 1] != ')') {
        message_add(message, sentence);
        if (clause != NULL)
            message_clause(message, clause);
    } else { /* it joins the clause that the sentence has */
        add(message, sentence, length - 1);
        message_format(message, "; %s)", clause);
    }
}

static void add_found(struct message *message, const numres_problem *problem) {
    switch (problem->found) {
    case NUMRES_JSON_STRING:
        if (problem->raw.length == 0)
            message_add(message, "an empty string");
        add_part(message, "the string \"", problem->raw, MESSAGE_FOUND_LENGTH, "\"");
        break;
    case NUMRES_JSON_NUMBER:
        add_part(message, "the number ", problem->raw, MESSAGE_FOUND_LENGTH, "");
        break;
    case NUMRES_JSON_BOOLEAN:
    case NUMRES_JSON_NULL:
        add(message, problem->raw.bytes, problem->raw.length);
        break;
    case NUMRES_JSON_ARRAY:
        message_add(message, "an array");
        break;
    case NUMRES_JSON_OBJECT:
        message_add(message, "an object");
        break;
    case NUMRES_JSON_NONE:
        message_add(message, "nothing");
        break;
    }
}

void message_found(struct message *message, const numres_problem *problem) {
    message_begin(message);
    add_found(message, problem);
}

void message_wrong_type(struct message *message, const numres_problem *problem) {
    message_begin(message);
    message_format(message, "expected %s, found ", problem->expected);
    add_found(message, problem);
}

void message_request_id(struct message *message, const char *id) {
    if (id != NULL)
        message_format(message, " (x-request-id: %s)", id);
}

bool message_api_error_has_words(const numres_api_error *api_error) {
    return api_error->title.length > 0 || api_error->detail.length > 0 ||
           api_error->description.length > 0 || api_error->message.length > 0;
}

bool message_api_error_speaks(const numres_api_error *api_error) {
    return api_error->code.length > 0 || message_api_error_has_words(api_error);
}

/* The text that replaces a missing detail is printed only once. */
static void add_unless_detail(struct message *message, const numres_api_error *api_error,
                              numres_text text) {
    if (text.bytes != api_error->detail.bytes)
        add_part(message, ": ", text, MESSAGE_DETAIL_LENGTH, "");
}

void message_api_error(struct message *message, const numres_api_error *api_error) {
    message_begin(message);
    message_add(message, "API error");
    add_part(message, " ", api_error->code, MESSAGE_CODE_LENGTH, "");
    add_part(message, ": ", api_error->title, MESSAGE_TITLE_LENGTH, "");
    add_part(message, ": ", api_error->detail, MESSAGE_DETAIL_LENGTH, "");
    add_unless_detail(message, api_error, api_error->description);
    add_unless_detail(message, api_error, api_error->message);
    add_part(message, " (type ", api_error->type, MESSAGE_TITLE_LENGTH, ")");
    add_part(message, " (pointer ", api_error->source_pointer, MESSAGE_TITLE_LENGTH, ")");
    add_part(message, " (parameter ", api_error->source_parameter, MESSAGE_TITLE_LENGTH, ")");
    add_part(message, " (see ", api_error->meta_url, MESSAGE_TITLE_LENGTH, ")");
}

void message_clean(struct message *message, const char *string) {
    static const char replacement[] = "\xef\xbf\xbd";
    size_t left = strlen(string);
    message_begin(message);
    /* Text that does not fit is cut at the start of a character. */
    while (left > 0 && sizeof message->bytes - message->length >= LONGEST_CHARACTER) {
        uint32_t code_point = 0;
        size_t length = character_read(string, left, &code_point);
        if (length == 0)
            message_add(message, replacement);
        else
            add(message, string, length);
        string += length == 0 ? 1 : length;
        left -= length == 0 ? 1 : length;
    }
}

_Static_assert(NUMRES_DEFAULT_MAX_DEPTH == 32 && NUMRES_LARGEST_MAX_DEPTH == 127,
               "the sentence of NUMRES_TOO_DEEP says so");

const char *sentence_of_tool(numres_code code, const char *sentence) {
    bool is_usual = strcmp(sentence, numres_code_sentence(code)) == 0;
    switch (code) {
    case NUMRES_NO_ENVELOPE: /* its other sentence is about a bare reservation */
        return is_usual ? sentence
                        : "the root is not an envelope but looks like a bare reservation";
    case NUMRES_BYTE_ORDER_MARK: /* only who reads a file can remove it: a hint says how */
        return "a byte-order mark before the JSON text";
    case NUMRES_TOO_DEEP:
        return "arrays and objects nest deeper than --max-depth allows (default 32, at "
               "most 127)";
    case NUMRES_TRAILING_BYTES:
        return "bytes after the end of the document";
    case NUMRES_VALUE_TOO_LONG:
        return "the value is longer than numres can keep for one value or record; numres "
               "--version prints the limits";
    default:
        return sentence;
    }
}

/* ---- words for a shell ---- */

/* Adds a word that has control characters, quoted as in bash and POSIX.1-2024. */
static void add_escaped(struct message *message, const char *word) {
    message_add(message, "$'");
    for (; *word != '\0'; word++) {
        unsigned char byte = (unsigned char)*word;
        if (byte < ' ' || byte == 0x7f)
            message_format(message, "\\%03o", byte);
        else
            message_format(message, byte == '\'' || byte == '\\' ? "\\%c" : "%c", byte);
    }
    message_add(message, "'");
}

static bool has_control(const char *word) {
    while (*word != '\0' && (unsigned char)*word >= ' ' && *word != 0x7f)
        word++;
    return *word != '\0';
}

void message_add_word(struct message *message, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./:=+,@%";
    message_add(message, " ");
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        message_add(message, word);
        return;
    }
    if (has_control(word)) {
        add_escaped(message, word);
        return;
    }
    message_add(message, "'");
    for (; *word != '\0'; word++)
        message_format(message, *word == '\'' ? "'\\'%c" : "%c", *word);
    message_add(message, "'");
}

/* ---- words of the command line, in a command that the user may run next ---- */

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

void message_add_command_words(struct message *message, const struct session *session,
                               enum option_command command, const char *const *options,
                               bool are_wanted) {
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
