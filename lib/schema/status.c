/* Statuses are an open set; numres/statuses.h lists the documented ones. record.c and query.c
   look texts up here; the fast lane and arrow/column.c use the words. */
#include "status.h"

#include <string.h>

#include "../base/count.h"

#define WORD(NAME, NUMBER, word, COUNTS_AS, SOURCE)                                                \
    [NUMBER] = {word, word "\"", sizeof(word) - 1, (uint32_t)((UINT64_C(1) << sizeof(word)) - 1)},

const numres_status_word numres_status_words[NUMRES_STATUS_COUNT] = {NUMRES_STATUSES(WORD)};

numres_status numres_status_parse(const char *text, size_t length) {
    char word[NUMRES_STATUS_ROOM] = "";
    if (text == NULL || length > NUMRES_STATUS_LENGTH)
        return NUMRES_STATUS_UNKNOWN;
    NUMRES_COUNT(TEXT, length);
    memcpy(word, text, length);
    for (unsigned int status = 1; status < NUMRES_STATUS_COUNT; status++)
        if (numres_status_is(word, length, status))
            return (numres_status)status;
    return NUMRES_STATUS_UNKNOWN;
}

const char *numres_status_name(numres_status status) {
    bool known = status > NUMRES_STATUS_UNKNOWN && (unsigned int)status < NUMRES_STATUS_COUNT;
    return known ? numres_status_words[status].bytes : "unknown";
}
