#include "transport_headers.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "wait.h"

static const char *const header_names[HEADER_COUNT] = {
    [HEADER_CONTENT_TYPE] = "content-type",
    [HEADER_CONTENT_ENCODING] = "content-encoding",
    [HEADER_SHOULD_RETRY] = "x-should-retry",
    [HEADER_RETRY_AFTER_MS] = "retry-after-ms",
    [HEADER_RETRY_AFTER] = "retry-after",
    [HEADER_DATE] = "date",
    [HEADER_LOCATION] = "location",
    [HEADER_REQUEST_ID] = "x-request-id",
    [HEADER_REMAINING] = "x-ratelimit-remaining",
    [HEADER_RESET] = "x-ratelimit-reset",
};

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Keeps a header's value without the blanks around it. */
static void keep(char *kept, const char *value, size_t length) {
    while (length > 0 && is_blank(value[0])) {
        value++;
        length--;
    }
    while (length > 0 && is_blank(value[length - 1]))
        length--;
    length = length < TRANSPORT_HEADER_SIZE ? length : TRANSPORT_HEADER_SIZE - 1;
    memcpy(kept, value, length);
    kept[length] = '\0';
}

static void read_header(struct transport *transport, const char *line, size_t length) {
    for (size_t at = 0; at < HEADER_COUNT; at++) {
        size_t name = strlen(header_names[at]);
        if (length > name && line[name] == ':' && !transport->has_header[at] &&
            strncasecmp(line, header_names[at], name) == 0) {
            keep(transport->header[at], line + name + 1, length - name - 1);
            transport->has_header[at] = true;
        }
    }
}

void transport_headers_forget(struct transport *transport) {
    memset(transport->has_header, 0, sizeof transport->has_header);
}

size_t transport_headers_take(char *line, size_t size, size_t count, void *context) {
    static const char status_line[] = "HTTP/";
    struct transport *transport = context;
    size_t length = size * count;
    size_t shown = length;
    transport->last_sign = wait_clock();
    if (length >= strlen(status_line) && memcmp(line, status_line, strlen(status_line)) == 0)
        transport_headers_forget(transport);
    else
        read_header(transport, line, length);
    while (shown > 0 && is_blank(line[shown - 1]))
        shown--;
    if (shown > 0)
        transport->receiver->header(transport->receiver->context, line, shown);
    return length;
}

/* Servers write characters into it that RFC 3986 section 2 has encoded. */
static void encode(const char *location, char *encoded, size_t size) {
    size_t length = 0;
    for (; *location != '\0' && length + 4 < size; location++) {
        unsigned char byte = (unsigned char)*location;
        if (byte <= ' ' || byte > '~')
            length += (size_t)snprintf(encoded + length, size - length, "%%%02X", byte);
        else
            encoded[length++] = *location;
    }
    encoded[length] = '\0';
}

/* The URL that a reference leads to from another (RFC 3986 section 5). */
static bool resolve(const char *from, const char *reference, char *url, size_t size) {
    CURLU *parsed = curl_url();
    char *text = NULL;
    bool is_one =
        parsed != NULL && from != NULL &&
        curl_url_set(parsed, CURLUPART_URL, from, 0) == CURLUE_OK &&
        curl_url_set(parsed, CURLUPART_URL, reference, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_URL, &text, 0) == CURLUE_OK && strlen(text) < size;
    if (is_one)
        snprintf(url, size, "%s", text);
    curl_free(text);
    curl_url_cleanup(parsed);
    return is_one;
}

const char *transport_redirect(struct transport *transport) {
    const char *location = transport_header(transport, HEADER_LOCATION);
    char encoded[TRANSPORT_HEADER_SIZE];
    char *from = NULL;
    if (location == NULL || location[0] == '\0')
        return NULL;
    encode(location, encoded, sizeof encoded);
    curl_easy_getinfo(transport->easy, CURLINFO_EFFECTIVE_URL, &from);
    return resolve(from, encoded, transport->redirect, sizeof transport->redirect)
               ? transport->redirect
               : NULL;
}

const char *transport_header(const struct transport *transport, enum transport_header header) {
    return transport->has_header[header] ? transport->header[header] : NULL;
}
