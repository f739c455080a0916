/* A message put together from parts, some of them text from outside. */
#ifndef NUMRES_TOOLS_MESSAGE_H
#define NUMRES_TOOLS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "numres.h"

/* Longer parts are cut to so many characters, and four times as many bytes. */
#define MESSAGE_CODE_LENGTH 64
#define MESSAGE_TITLE_LENGTH 200
#define MESSAGE_DETAIL_LENGTH 1000
#define MESSAGE_FOUND_LENGTH 64

#define MESSAGE_SIZE 8192

struct message {
    size_t length;
    char bytes[MESSAGE_SIZE]; /* UTF-8 if the parts were */
};

/* An empty message, and one more part of it. */
void message_begin(struct message *message);
void message_add(struct message *message, const char *string);

/* Another part: a clause in brackets; all of a text behind `before`. */
void message_clause(struct message *message, const char *clause);
void message_quote(struct message *message, const char *before, numres_text text);

/* A sentence of ours, and in brackets a clause, if it is not NULL. */
void message_sentence(struct message *message, const char *sentence, const char *clause);

/* "expected an array, found the number 5", of a problem that has both; and what was
   found alone. */
void message_wrong_type(struct message *message, const numres_problem *problem);
void message_found(struct message *message, const numres_problem *problem);

/* Whether such an error says anything, so that its answer need not be shown. */
bool message_api_error_speaks(const numres_api_error *api_error);

/* All that an error says that the API answered with. */
void message_api_error(struct message *message, const numres_api_error *api_error);

/* Any text, with U+FFFD in place of each byte that is no UTF-8. */
void message_clean(struct message *message, const char *string);

/* What a stream that is no JSON seems to be instead, and what to do. */

/* Where the first byte that is not JSON white space is; `length` if none. */
size_t hint_first_byte(const char *head, size_t length);

/* Whether the parser gave up at the first byte that is no white space of a stream
   that starts with these bytes: then it is no JSON at all. Only the stream's first
   document can be looked at so. */
bool hint_is_about_start(const numres_error *error, const char *head, size_t length);

/* Whether they are of UTF-16 or UTF-32, by a byte-order mark or a NUL beside the first
   character. */
bool hint_is_wide(const char *head, size_t length);

/* A clause about a document that starts with these bytes, white space left
   out; NULL if they say nothing. */
const char *hint_about(const char *head, size_t length);

/* The library's sentences in the tool's words. */

/* What the tool says in place of a sentence that names an option of the
   library; other sentences as they are. */
const char *sentence_of_tool(numres_code code, const char *sentence);

#endif
