/* numres --version: the versions of numres, yajl and libcurl, the SIMD level, and the default
   limits. main.c calls it. */
#include <yajl/yajl_version.h>

#include "../run/options.h"
#include "../run/session.h"
#include "repeats.h"

static void print_limit(struct print *print, const char *name, uint64_t limit, const char *unit) {
    print_string(print, name);
    print_integer(print, limit);
    print_string(print, unit);
}

int version_command(struct session *session) {
    struct print *print = &session->output;
    uint64_t yajl = (uint64_t)yajl_version();
    print_string(print, "numres ");
    print_string(print, numres_version());
    print_limit(print, "\nyajl ", yajl / 10000, "");
    print_limit(print, ".", yajl / 100 % 100, "");
    print_limit(print, ".", yajl % 100, "\n");
    print_string(print, "libcurl ");
    print_string(print, api_curl_version());
    print_string(print, "\nSIMD level: ");
    print_string(print, numres_simd_name(NUMRES_SIMD_BEST));
    print_limit(print, "\nlongest value kept: ", NUMRES_DEFAULT_MAX_VALUE_LENGTH, " bytes\n");
    print_limit(print, "text kept of a record: ", NUMRES_DEFAULT_MAX_RECORD_TEXT, " bytes\n");
    print_limit(print, "deepest nesting: ", NUMRES_DEFAULT_MAX_DEPTH, "\n");
    print_limit(print, "numbers of a reservation: ", DEFAULT_RESERVATION_BYTES, " bytes\n");
    print_limit(print, "page: ", DEFAULT_PAGE_BYTES, " bytes\n");
    print_limit(print, "reservations of a page: ", REPEATS_MOST_IDS, "\n");
    return EXIT_FINE;
}
