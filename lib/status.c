/* Statuses: an open set, of which numres/statuses.h lists what is documented. */
#include "status.h"

#include "count.h"

#define WORD(NAME, NUMBER, word, COUNTS_AS, SOURCE) [NUMBER] = {word, sizeof(word) - 1},

const numres_status_word numres_status_words[NUMRES_STATUS_COUNT] = {NUMRES_STATUSES(WORD)};

numres_status numres_status_parse(const char *text, size_t length) {
    char word[NUMRES_STATUS_LENGTH] = "";
    if (text == NULL || length > sizeof word)
        return NUMRES_STATUS_UNKNOWN;
    NUMRES_COUNT(TEXT, length);
    memcpy(word, text, length);
    return numres_status_of(word, length);
}

const char *numres_status_name(numres_status status) {
    bool known = status > NUMRES_STATUS_UNKNOWN && (unsigned int)status < NUMRES_STATUS_COUNT;
    return known ? numres_status_words[status].bytes : "unknown";
}
