/* Whose certificates are trusted, and the URL of the API. settings.c, command.c and
   exchange.c call it. */
#include "transport.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "../run/options.h"
#include "../run/text.h"

static void take_named_file(struct authorities *authorities, const char *source) {
    const char *file = variable_value(source);
    if (file != NULL) {
        authorities->file = file;
        authorities->source = source;
    }
}

struct authorities authorities_choose(const char *ca_file) {
    struct authorities authorities = {
        .file = ca_file, .source = "--ca-file", .is_alone = ca_file != NULL};
    if (ca_file != NULL)
        return authorities;
    take_named_file(&authorities, "CURL_CA_BUNDLE");
    if (authorities.file == NULL)
        authorities.directory = variable_value("SSL_CERT_DIR");
    if (authorities.file == NULL && authorities.directory == NULL)
        take_named_file(&authorities, "SSL_CERT_FILE");
    return authorities;
}

/* A line that begins a certificate (RFC 7468 section 5, and OpenSSL's own kind). */
static bool begins_certificate(const char *line) {
    return strncmp(line, "-----BEGIN", strlen("-----BEGIN")) == 0 &&
           strstr(line, "CERTIFICATE-----") != NULL;
}

/* Returns a fault that shows before the file is read, or NULL. Sets *is_read to false for
   what can be read only once, such as a pipe: libcurl reads that. */
static const char *fault_of_kind(FILE *file, bool *is_read) {
    struct stat about;
    if (fstat(fileno(file), &about) != 0)
        return strerror(errno);
    *is_read = S_ISREG(about.st_mode);
    return S_ISDIR(about.st_mode) ? strerror(EISDIR) : NULL;
}

static const char *fault_of_text(FILE *file) {
    char line[256];
    bool has_one = false;
    while (!has_one && fgets(line, sizeof line, file) != NULL)
        has_one = begins_certificate(line);
    return ferror(file) != 0 ? strerror(errno) : has_one ? NULL : "it contains no certificate";
}

const char *authorities_fault(const struct authorities *authorities) {
    bool is_read = false;
    if (authorities->file == NULL)
        return NULL;
    FILE *file = fopen(authorities->file, "re");
    if (file == NULL)
        return strerror(errno);
    const char *fault = fault_of_kind(file, &is_read);
    if (is_read)
        fault = fault_of_text(file);
    fclose(file);
    return fault;
}

/* Returns a part of a URL, which the caller frees; NULL: it has none. */
static char *part_of(CURLU *parsed, CURLUPart part) {
    char *text = NULL;
    return curl_url_get(parsed, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK ? text : NULL;
}

static bool has_part(CURLU *parsed, CURLUPart part) {
    char *text = part_of(parsed, part);
    bool has = text != NULL;
    curl_free(text);
    return has;
}

/* RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
static bool is_loopback(const char *host) {
    struct in_addr address;
    if (inet_pton(AF_INET, host, &address) == 1)
        return ntohl(address.s_addr) >> 24 == 127;
    return strcmp(host, "[::1]") == 0 || strcasecmp(host, "localhost") == 0;
}

static bool goes_to_loopback(CURLU *parsed) {
    char *host = part_of(parsed, CURLUPART_HOST);
    bool is_one = host != NULL && is_loopback(host);
    curl_free(host);
    return is_one;
}

static bool is_scheme(CURLU *parsed, const char *scheme) {
    char *found = part_of(parsed, CURLUPART_SCHEME);
    bool is_it = found != NULL && strcasecmp(found, scheme) == 0;
    curl_free(found);
    return is_it;
}

static const char *fault_of(CURLU *parsed, const char *url) {
    const char *scheme_end = strstr(url, "://");
    if (scheme_end != NULL && strchr("/?#", scheme_end[3]) != NULL)
        return "names no host, such as api.telnyx.com";
    if (scheme_end == NULL || curl_url_set(parsed, CURLUPART_URL, url, 0) != CURLUE_OK)
        return "is not a URL such as " BASE_URL_DEFAULT;
    if (has_part(parsed, CURLUPART_USER) || has_part(parsed, CURLUPART_PASSWORD))
        return "contains a user or password; the API uses only a key";
    if (strpbrk(url, "?#") != NULL)
        return "has a query or fragment; it must end with the path";
    if (is_scheme(parsed, "https"))
        return NULL;
    if (!is_scheme(parsed, "http"))
        return "is not an https URL";
    return goes_to_loopback(parsed) ? NULL
                                    : "is http, which would send the key unencrypted; use https";
}

const char *base_url_fault(const char *url) {
    CURLU *parsed = curl_url();
    const char *fault = parsed == NULL ? "cannot be checked: out of memory" : fault_of(parsed, url);
    curl_url_cleanup(parsed);
    return fault;
}

size_t base_url_length(const char *url) {
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/')
        length--;
    return length;
}

static bool same_part(CURLU *one, CURLU *other, CURLUPart part) {
    char *first = part_of(one, part);
    char *second = part_of(other, part);
    bool same = first != NULL && second != NULL && strcasecmp(first, second) == 0;
    curl_free(first);
    curl_free(second);
    return same;
}

bool base_url_same_origin(const char *url, const char *other) {
    CURLU *first = curl_url();
    CURLU *second = curl_url();
    bool same = first != NULL && second != NULL &&
                curl_url_set(first, CURLUPART_URL, url, 0) == CURLUE_OK &&
                curl_url_set(second, CURLUPART_URL, other, 0) == CURLUE_OK &&
                same_part(first, second, CURLUPART_SCHEME) &&
                same_part(first, second, CURLUPART_HOST) &&
                same_part(first, second, CURLUPART_PORT);
    curl_url_cleanup(first);
    curl_url_cleanup(second);
    return same;
}
