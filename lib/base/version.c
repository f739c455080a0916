/* The version of the library, as it was built. */
#include "numres/version.h"

const char *numres_version(void) {
    return NUMRES_VERSION_TEXT;
}

uint32_t numres_version_number(void) {
    return NUMRES_VERSION_NUMBER;
}
