/* What is needed to reach the API: the key, the URL, the trusted certificates.
   settings.c, command.c and transport.c call it. */
#include "access.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* A compiler may drop a memset of memory that is not read again. */
void api_key_wipe(char *bytes, size_t length) {
    volatile char *at = bytes;
    while (length > 0) {
        *at++ = '\0';
        length--;
    }
}

/* A core dump would contain the key, or copies of it in a library's memory. On Linux,
   prctl also stops dumps through a pipe and keeps the user's other processes from
   reading this one's memory. */
static void forbid_cores(void) {
    struct rlimit limit;
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &limit);
    }
}

static bool refuse(const struct api_key *key, struct print *messages, const char *source,
                   const char *what, const char *advice) {
    options_print_command(messages, key->command);
    print_string(messages, ": ");
    print_safe(messages, source, strlen(source));
    print_string(messages, what);
    print_string(messages, advice);
    print_string(messages, "\n");
    return false;
}

/* Also called if the key comes from a file: the variable is wiped in any case. */
static bool take_variable(struct api_key *key, bool is_wanted) {
    char *value = getenv(API_KEY_VARIABLE);
    size_t length = value == NULL ? 0 : strlen(value);
    if (is_wanted) {
        key->length = length;
        memcpy(key->text, value == NULL ? "" : value,
               length < API_KEY_LONGEST ? length : API_KEY_LONGEST);
    }
    /* An environment may hold a variable twice. */
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (strncmp(*variable, API_KEY_VARIABLE "=", sizeof API_KEY_VARIABLE) == 0)
            api_key_wipe(*variable + sizeof API_KEY_VARIABLE,
                         strlen(*variable + sizeof API_KEY_VARIABLE));
    unsetenv(API_KEY_VARIABLE);
    return length > 0;
}

static bool is_closed_to_others(int descriptor) {
    struct stat about;
    return fstat(descriptor, &about) == 0 &&
           (about.st_mode & (mode_t)(S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) == 0;
}

/* Reads at most one byte more than the longest key, which is enough to refuse it. */
static bool read_file(struct api_key *key, int descriptor) {
    ssize_t count = 0;
    key->length = 0;
    do {
        count = read(descriptor, key->text + key->length, sizeof key->text - key->length);
        if (count > 0)
            key->length += (size_t)count;
    } while ((count > 0 && key->length < sizeof key->text) || (count < 0 && errno == EINTR));
    return count >= 0;
}

/* An editor ends a file with a line feed. */
static void cut_end(struct api_key *key) {
    while (key->length > 0 && key->length <= API_KEY_LONGEST &&
           memchr(" \t\r\n", key->text[key->length - 1], 4) != NULL)
        key->length--;
}

static bool take_input(struct api_key *key, struct print *messages) {
    if (!read_file(key, STDIN_FILENO))
        return refuse(key, messages, key->source, " cannot be read: ", strerror(errno));
    cut_end(key);
    return true;
}

static bool take_file(struct api_key *key, const char *file, struct print *messages) {
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool is_read = false;
    if (descriptor < 0)
        return refuse(key, messages, "the file of --api-key-file",
                      " cannot be opened: ", strerror(errno));
    if (!is_closed_to_others(descriptor))
        refuse(key, messages, file,
               " is open to others, and the key in it: ", "make it yours alone with chmod 600");
    else if (read_file(key, descriptor))
        is_read = true;
    else
        refuse(key, messages, file, " cannot be read: ", strerror(errno));
    close(descriptor);
    cut_end(key);
    return is_read;
}

/* The key is sent in a header line as it is (RFC 6750 section 2.1 allows fewer
   characters). */
static bool is_key(const struct api_key *key) {
    for (size_t at = 0; at < key->length; at++)
        if (key->text[at] <= ' ' || key->text[at] > '~')
            return false;
    return key->length > 0;
}

static bool check(struct api_key *key, struct print *messages) {
    if (key->length == 0)
        return refuse(key, messages, key->source, " holds no key", "");
    if (key->length > API_KEY_LONGEST)
        return refuse(key, messages, key->source, " holds more than an API key",
                      ": it must be the key alone");
    key->text[key->length] = '\0';
    return is_key(key) || refuse(key, messages, key->source,
                                 " holds blanks or other characters that no API key has",
                                 ": it must be the key alone");
}

void api_key_begin(struct api_key *key, enum option_command command) {
    const char *value = getenv(API_KEY_VARIABLE);
    memset(key, 0, sizeof *key);
    key->command = command;
    forbid_cores();
    if (value != NULL)
        memcpy(key->variable, value, strnlen(value, API_KEY_LONGEST));
}

bool api_key_take(struct api_key *key, const char *file, struct print *messages) {
    bool is_input = file != NULL && strcmp(file, "-") == 0;
    key->source = file == NULL ? API_KEY_VARIABLE : is_input ? "standard input" : file;
    bool has_variable = take_variable(key, file == NULL);
    if (file == NULL && !has_variable)
        refuse(key, messages, API_KEY_VARIABLE, " is not set: ",
               "set it to your API key, or name a file that holds it with --api-key-file");
    else if ((file == NULL ||
              (is_input ? take_input(key, messages) : take_file(key, file, messages))) &&
             check(key, messages))
        return true;
    return false;
}

void api_key_forget(struct api_key *key) {
    api_key_wipe(key->text, sizeof key->text);
    api_key_wipe(key->variable, sizeof key->variable);
    key->length = 0;
}

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void take_named_file(struct authorities *authorities, const char *source) {
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
    take_named_file(&authorities, "CURL_CA_BUNDLE");
    if (authorities.file == NULL)
        authorities.directory = variable("SSL_CERT_DIR");
    if (authorities.file == NULL && authorities.directory == NULL)
        take_named_file(&authorities, "SSL_CERT_FILE");
    return authorities;
}

/* A line that begins a certificate (RFC 7468 section 5, and OpenSSL's own kind). */
static bool begins_certificate(const char *line) {
    return strncmp(line, "-----BEGIN", strlen("-----BEGIN")) == 0 &&
           strstr(line, "CERTIFICATE-----") != NULL;
}

/* The faults that show before the file is read; `is_read` is false for what can be read
   once, such as a pipe: that is for libcurl. */
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
    return ferror(file) != 0 ? strerror(errno) : has_one ? NULL : "it holds no certificate";
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

/* A part of a URL, which the caller frees; NULL: it has none. */
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
        return "is no URL such as " BASE_URL_DEFAULT;
    if (has_part(parsed, CURLUPART_USER) || has_part(parsed, CURLUPART_PASSWORD))
        return "holds a user or password; the API takes a key alone";
    if (strpbrk(url, "?#") != NULL)
        return "holds a query or fragment; the path must be its end";
    if (is_scheme(parsed, "https"))
        return NULL;
    if (!is_scheme(parsed, "http"))
        return "is no https URL";
    return goes_to_loopback(parsed) ? NULL
                                    : "is http: the key would go over the network for all to "
                                      "read; use https";
}

const char *base_url_fault(const char *url) {
    CURLU *parsed = curl_url();
    const char *fault = parsed == NULL ? "cannot be read: no memory" : fault_of(parsed, url);
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
