/* Statuses: an open set, of which the documentation names three. */
#include "status.h"

#include "count.h"

const char numres_status_names[NUMRES_STATUS_FAILURE + 1][NUMRES_STATUS_LENGTH + 1] = {
    "unknown", "pending", "success", "failure"};

const uint8_t numres_status_by_letter[4] = {['p' & 3] = NUMRES_STATUS_PENDING,
                                            ['s' & 3] = NUMRES_STATUS_SUCCESS,
                                            ['f' & 3] = NUMRES_STATUS_FAILURE};

numres_status numres_status_parse(const char *text, size_t length) {
    char word[NUMRES_STATUS_LENGTH + 1] = "";
    if (text == NULL || length != NUMRES_STATUS_LENGTH)
        return NUMRES_STATUS_UNKNOWN;
    NUMRES_COUNT(TEXT, length);
    memcpy(word, text, length);
    return numres_status_of(word, length);
}

const char *numres_status_name(numres_status status) {
    bool known = status >= NUMRES_STATUS_PENDING && status <= NUMRES_STATUS_FAILURE;
    return numres_status_names[known ? status : NUMRES_STATUS_UNKNOWN];
}
