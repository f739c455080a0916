#include "transport.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "interrupt.h"
#include "numres.h"
#include "seconds.h"
#include "wait.h"

/* How long to sit still between two ticks, in milliseconds. */
#define BETWEEN_TICKS 200

static const char *const header_names[HEADER_COUNT] = {
    [HEADER_CONTENT_TYPE] = "content-type",
    [HEADER_SHOULD_RETRY] = "x-should-retry",
    [HEADER_RETRY_AFTER_MS] = "retry-after-ms",
    [HEADER_RETRY_AFTER] = "retry-after",
    [HEADER_DATE] = "date",
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

static void forget_headers(struct transport *transport) {
    memset(transport->has_header, 0, sizeof transport->has_header);
}

/* Called by libcurl for each line of the answer's head, the status line first,
   also of the answers 1xx that may come before. */
static size_t take_header(char *line, size_t size, size_t count, void *context) {
    static const char status_line[] = "HTTP/";
    struct transport *transport = context;
    size_t length = size * count;
    transport->last_sign = wait_clock();
    if (length >= strlen(status_line) && memcmp(line, status_line, strlen(status_line)) == 0)
        forget_headers(transport);
    else
        read_header(transport, line, length);
    return length;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct transport *transport = context;
    const struct transport_receiver *receiver = transport->receiver;
    size_t length = size * count;
    transport->is_stopped = !receiver->receive(receiver->context, bytes, length);
    /* The time that the receiver took is not the API's. */
    transport->last_sign = wait_clock();
    return transport->is_stopped ? 0 : length;
}

static bool add_header(struct transport *transport, const char *header) {
    struct curl_slist *longer = curl_slist_append(transport->headers, header);
    if (longer != NULL)
        transport->headers = longer;
    return longer != NULL;
}

static bool add_headers(struct transport *transport, const struct api_key *key) {
    char line[sizeof "Authorization: Bearer " + API_KEY_LONGEST];
    snprintf(line, sizeof line, "Authorization: Bearer %s", key->text);
    bool added = add_header(transport, line) && add_header(transport, "Accept: application/json");
    api_key_wipe(line, sizeof line);
    return added;
}

static void set_security(CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
    /* A proxy is told the name of the host alone, and not the key. */
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
}

/* Also the system's directory of authorities is not looked into. Answers false
   if there is not enough memory. */
static bool trust_alone(CURL *easy, const char *ca_file) {
    return curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
}

static void set_options(struct transport *transport) {
    CURL *easy = transport->easy;
    set_security(easy);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transport->headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "numres/" NUMRES_VERSION_TEXT);
    /* All encodings that this libcurl can undo. */
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)TRANSPORT_CONNECT_LIMIT);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* An end does not wait for a name server that does not answer. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transport->failure);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transport);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transport);
}

bool transport_begin(struct transport *transport, const struct api_key *key, const char *ca_file,
                     int64_t limit) {
    memset(transport, 0, sizeof *transport);
    transport->limit = limit;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return false;
    transport->multi = curl_multi_init();
    transport->easy = curl_easy_init();
    if (transport->multi != NULL && transport->easy != NULL && add_headers(transport, key) &&
        (ca_file == NULL || trust_alone(transport->easy, ca_file))) {
        set_options(transport);
        return true;
    }
    transport_end(transport);
    return false;
}

void transport_end(struct transport *transport) {
    curl_easy_cleanup(transport->easy);
    curl_multi_cleanup(transport->multi);
    for (struct curl_slist *header = transport->headers; header != NULL; header = header->next)
        api_key_wipe(header->data, strlen(header->data));
    curl_slist_free_all(transport->headers);
    curl_global_cleanup();
}

static enum transport_outcome time_out(struct transport *transport) {
    char limit[32];
    seconds_format(transport->limit, limit, sizeof limit);
    snprintf(transport->failure, sizeof transport->failure, "nothing came for %s", limit);
    return TRANSPORT_BROKEN;
}

/* Another try would end in the same way. */
static bool will_not_pass(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
           code == CURLE_URL_MALFORMAT || code == CURLE_OUT_OF_MEMORY || code == CURLE_FAILED_INIT;
}

/* libcurl's words may repeat a proxy of the environment, in quotes, with its
   user and password. */
static void hide_user(char *text, size_t size) {
    char *quote = strchr(text, '\'');
    if (strchr(text, '@') == NULL)
        return;
    if (quote == NULL)
        text[0] = '\0';
    else
        snprintf(quote, size - (size_t)(quote - text), "'...'");
}

static enum transport_outcome outcome_of(struct transport *transport, CURLcode code) {
    if (code == CURLE_OK)
        return TRANSPORT_ANSWERED;
    if (transport->is_stopped)
        return TRANSPORT_STOPPED;
    hide_user(transport->failure, sizeof transport->failure);
    if (transport->failure[0] == '\0')
        snprintf(transport->failure, sizeof transport->failure, "%s", curl_easy_strerror(code));
    return will_not_pass(code) ? TRANSPORT_IMPOSSIBLE : TRANSPORT_BROKEN;
}

static enum transport_outcome read_outcome(struct transport *transport) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read(transport->multi, &left);
    return outcome_of(transport, message == NULL ? CURLE_FAILED_INIT : message->data.result);
}

static enum transport_outcome perform(struct transport *transport) {
    int running = 1;
    for (;;) {
        struct curl_waitfd interrupt = {interrupt_descriptor(), CURL_WAIT_POLLIN, 0};
        CURLMcode code = curl_multi_perform(transport->multi, &running);
        if (interrupt_came())
            return TRANSPORT_INTERRUPTED;
        if (code != CURLM_OK || running == 0)
            return read_outcome(transport);
        int64_t left = transport->last_sign + transport->limit - wait_clock();
        if (left <= 0)
            return time_out(transport);
        curl_multi_poll(transport->multi, &interrupt, 1,
                        (int)(left < BETWEEN_TICKS ? left : BETWEEN_TICKS), NULL);
        transport->receiver->tick(transport->receiver->context);
    }
}

enum transport_outcome transport_get(struct transport *transport, const char *url,
                                     const struct transport_receiver *receiver) {
    transport->receiver = receiver;
    transport->is_stopped = false;
    transport->failure[0] = '\0';
    transport->last_sign = wait_clock();
    forget_headers(transport);
    /* Plain http goes to this machine alone, which no proxy has to do with. */
    curl_easy_setopt(transport->easy, CURLOPT_NOPROXY,
                     strncasecmp(url, "http:", strlen("http:")) == 0 ? "*" : NULL);
    if (curl_easy_setopt(transport->easy, CURLOPT_URL, url) != CURLE_OK ||
        curl_multi_add_handle(transport->multi, transport->easy) != CURLM_OK)
        return outcome_of(transport, CURLE_OUT_OF_MEMORY);
    enum transport_outcome outcome = perform(transport);
    curl_multi_remove_handle(transport->multi, transport->easy);
    return outcome;
}

void transport_close_connections(struct transport *transport) {
    curl_multi_cleanup(transport->multi);
    transport->multi = curl_multi_init();
}

long transport_status(const struct transport *transport) {
    long status = 0;
    curl_easy_getinfo(transport->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

const char *transport_version(const struct transport *transport) {
    long version = 0;
    curl_easy_getinfo(transport->easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1:
        return "HTTP/1.1";
    case CURL_HTTP_VERSION_2_0:
        return "HTTP/2";
    default:
        return "HTTP";
    }
}

const char *transport_header(const struct transport *transport, enum transport_header header) {
    return transport->has_header[header] ? transport->header[header] : NULL;
}

const char *transport_redirect(const struct transport *transport) {
    char *url = NULL;
    curl_easy_getinfo(transport->easy, CURLINFO_REDIRECT_URL, &url);
    return url;
}
