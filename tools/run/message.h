/* Messages: put together from parts, some of them text from outside; the library's
   sentences in the tool's words; hints about input that is not JSON. report.c and
   api/ use it. */
#ifndef NUMRES_TOOLS_MESSAGE_H
#define NUMRES_TOOLS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "numres.h"

/* Longer parts are cut to this many characters, and four times as many bytes. */
#define MESSAGE_CODE_LENGTH 64
#define MESSAGE_TITLE_LENGTH 200
#define MESSAGE_DETAIL_LENGTH 1000
#define MESSAGE_FOUND_LENGTH 64

#define MESSAGE_SIZE 8192

struct message {
    size_t length;
    char bytes[MESSAGE_SIZE]; /* UTF-8 if the parts were */
};

/* Begins an empty message; adds a part. */
void message_begin(struct message *message);
void message_add(struct message *message, const char *string);

/* Adds a blank and a word, quoted for a shell. */
void message_add_word(struct message *message, const char *word);

/* Adds a clause in brackets; adds `before` and all of a text. */
void message_clause(struct message *message, const char *clause);
void message_quote(struct message *message, const char *before, numres_text text);

/* A sentence, and a clause in brackets if it is not NULL. */
void message_sentence(struct message *message, const char *sentence, const char *clause);

/* "expected an array, found the number 5", for a problem that has both; and only what
   was found. */
void message_wrong_type(struct message *message, const numres_problem *problem);
void message_found(struct message *message, const numres_problem *problem);

/* Whether the error says anything, so that the response need not be shown. */
bool message_api_error_speaks(const numres_api_error *api_error);

/* Everything that an API error says. */
void message_api_error(struct message *message, const numres_api_error *api_error);

/* Any text, with U+FFFD in place of each byte that is not UTF-8. */
void message_clean(struct message *message, const char *string);

/* ---- hints: what a stream that is not JSON seems to be, and what to do ---- */

/* Where the first byte that is not JSON white space is; `length` if none. */
size_t hint_first_byte(const char *head, size_t length);

/* Whether the parser failed at the first byte that is not white space of a stream
   that starts with these bytes: then it is not JSON at all. False for all but the
   stream's first document. */
bool hint_is_about_start(const numres_error *error, const char *head, size_t length);

/* Whether these bytes are UTF-16 or UTF-32, by a byte-order mark or a NUL beside the
   first character. */
bool hint_is_wide(const char *head, size_t length);

/* A clause about a document that starts with these bytes, without leading white
   space; NULL if nothing is known. */
const char *hint_about(const char *head, size_t length);

/* ---- the library's sentences, for people at a command line ---- */

/* Replaces a sentence that names an option of the library; returns others unchanged. */
const char *sentence_of_tool(numres_code code, const char *sentence);

#endif
