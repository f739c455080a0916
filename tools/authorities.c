#include "authorities.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void take_file(struct authorities *authorities, const char *source) {
    const char *file = variable(source);
    if (file != NULL) {
        authorities->file = file;
        authorities->source = source;
    }
}

struct authorities authorities_choose(const char *ca_file) {
    struct authorities authorities = {ca_file, "--ca-file", NULL, ca_file != NULL};
    if (ca_file != NULL)
        return authorities;
    take_file(&authorities, "CURL_CA_BUNDLE");
    if (authorities.file == NULL) {
        take_file(&authorities, "SSL_CERT_FILE");
        authorities.directory = variable("SSL_CERT_DIR");
    }
    return authorities;
}

/* A line that begins a certificate (RFC 7468 section 5, and OpenSSL's own kind). */
static bool begins_certificate(const char *line) {
    return strncmp(line, "-----BEGIN", strlen("-----BEGIN")) == 0 &&
           strstr(line, "CERTIFICATE-----") != NULL;
}

const char *authorities_fault(const struct authorities *authorities) {
    char line[256];
    bool has_one = false;
    if (authorities->file == NULL)
        return NULL;
    FILE *file = fopen(authorities->file, "re");
    if (file == NULL)
        return strerror(errno);
    while (!has_one && fgets(line, sizeof line, file) != NULL)
        has_one = begins_certificate(line);
    const char *fault = ferror(file) != 0 ? strerror(errno)
                        : has_one         ? NULL
                                          : "it holds no certificate";
    fclose(file);
    return fault;
}
