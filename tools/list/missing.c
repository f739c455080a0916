/* numres list in a build without libcurl: says so. main.c calls it. */
#include "list.h"

int list_command(struct session *session, char **arguments, size_t count) {
    (void)arguments;
    (void)count;
    print_string(
        &session->messages,
        "numres list: this numres was built without libcurl, and cannot ask the API; build "
        "it where libcurl 7.85 or later is installed (Debian: libcurl4-openssl-dev), or "
        "fetch pages with another program and give them to 'numres show'\n");
    return EXIT_WRONG_USE;
}

const char *list_curl_version(void) {
    return "none: there is no numres list";
}
