/* Statuses: an open set, of which the documentation names three. */
#include <numres/types.h>

#include <string.h>

#include "count.h"

numres_status numres_status_parse(const char *text, size_t length) {
    if (text == NULL) {
        return NUMRES_STATUS_UNKNOWN;
    }
    for (int value = NUMRES_STATUS_PENDING; value <= NUMRES_STATUS_FAILURE; value++) {
        const char *name = numres_status_name((numres_status)value);
        if (length != strlen(name))
            continue;
        NUMRES_COUNT(TEXT, length);
        if (memcmp(text, name, length) == 0) {
            return (numres_status)value;
        }
    }
    return NUMRES_STATUS_UNKNOWN;
}

const char *numres_status_name(numres_status status) {
    switch (status) {
    case NUMRES_STATUS_PENDING:
        return "pending";
    case NUMRES_STATUS_SUCCESS:
        return "success";
    case NUMRES_STATUS_FAILURE:
        return "failure";
    case NUMRES_STATUS_UNKNOWN:
        break;
    }
    return "unknown";
}
