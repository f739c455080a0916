/* Guessing which name a mistyped word was meant to be. */
#ifndef NUMRES_TOOLS_SUGGESTION_H
#define NUMRES_TOOLS_SUGGESTION_H

#include <stddef.h>

/*
 * The name that the first `length` bytes of `word` most likely stand for: one
 * that means the same (jsonl for ndjson), one that starts with the word, one
 * that differs by a few letters, or one that contains it. Upper and lower case
 * are the same. NULL: none is close enough to be worth a suggestion.
 */
const char *suggestion_find(const char *word, size_t length, const char *const *names,
                            size_t count);

#endif
