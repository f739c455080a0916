/* Sends requests through libcurl and keeps the head of the response. exchange.c calls it;
   the body goes to its receiver, response.c. */
#include "transport.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../run/times.h"
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

static void forget_headers(struct transport *transport) {
    memset(transport->has_header, 0, sizeof transport->has_header);
}

/* For CURLOPT_HEADERFUNCTION: takes each line of the head, the status line first. The
   heads of 1xx responses may come before. */
static size_t take_header(char *line, size_t size, size_t count, void *context) {
    static const char status_line[] = "HTTP/";
    struct transport *transport = context;
    size_t length = size * count;
    size_t shown = length;
    transport->last_sign = wait_clock();
    if (length >= strlen(status_line) && memcmp(line, status_line, strlen(status_line)) == 0)
        forget_headers(transport);
    else
        read_header(transport, line, length);
    while (shown > 0 && is_blank(line[shown - 1]))
        shown--;
    if (shown > 0)
        transport->receiver->header(transport->receiver->context, line, shown);
    return length;
}

/* Percent-encodes characters that RFC 3986 section 2 forbids but servers send. */
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

/* Resolves a reference against a URL (RFC 3986 section 5). */
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

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct transport *transport = context;
    const struct transport_receiver *receiver = transport->receiver;
    size_t length = size * count;
    transport->is_stopped = !receiver->receive(receiver->context, bytes, length);
    /* The receiver's own time does not count as silence of the API. */
    transport->last_sign = wait_clock();
    return transport->is_stopped ? 0 : length;
}

static bool add_header(struct transport *transport, const char *header) {
    struct curl_slist *longer = curl_slist_append(transport->headers, header);
    if (longer != NULL)
        transport->headers = longer;
    return longer != NULL;
}

/* Adds those of every request. */
static bool add_headers(struct transport *transport, const struct api_key *key) {
    char line[sizeof "Authorization: Bearer " + API_KEY_LONGEST];
    snprintf(line, sizeof line, "Authorization: Bearer %s", key->text);
    bool added = add_header(transport, line) && add_header(transport, "Accept: application/json");
    api_key_wipe(line, sizeof line);
    return added;
}

/* Adds those of a POST. A name without a value removes a header that libcurl would add. */
static bool add_post_headers(struct transport *transport, const struct transport_request *request) {
    char key[128];
    snprintf(key, sizeof key, "Idempotency-Key: %s", request->idempotency_key);
    return add_header(transport, key) && add_header(transport, "Expect:") &&
           add_header(transport, request->body[0] == '\0' ? "Content-Type:"
                                                          : "Content-Type: application/json");
}

static struct curl_slist *last_header(const struct transport *transport) {
    struct curl_slist *last = transport->headers;
    while (last->next != NULL)
        last = last->next;
    return last;
}

static void drop_headers_after(struct curl_slist *last) {
    curl_slist_free_all(last->next);
    last->next = NULL;
}

/* A file named on the command line also replaces the system's directory of
   authorities. */
static bool set_authorities(CURL *easy, const struct authorities *authorities) {
    if (authorities->file != NULL &&
        curl_easy_setopt(easy, CURLOPT_CAINFO, authorities->file) != CURLE_OK)
        return false;
    if (authorities->directory == NULL && !authorities->is_alone)
        return true;
    return curl_easy_setopt(easy, CURLOPT_CAPATH, authorities->directory) == CURLE_OK;
}

static void set_security(CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
    /* A proxy learns only the name of the host, not the key, and its headers are not taken
       for the API's. */
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
}

/* For CURLOPT_PREREQFUNCTION: called when connected, before the request is sent. */
static int note_sending(void *context, char *their_address, char *our_address, int their_port,
                        int our_port) {
    struct transport *transport = context;
    char *const unused[] = {their_address, our_address};
    (void)unused, (void)their_port, (void)our_port;
    transport->was_sent = true;
    return CURL_PREREQFUNC_OK;
}

static bool set_options(struct transport *transport) {
    CURL *easy = transport->easy;
    set_security(easy);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "numres/" NUMRES_VERSION_TEXT);
    /* All encodings that this libcurl can decode. */
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)transport->settings.connect_limit);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Do not wait at the end for a name server that does not answer. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transport->failure);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transport);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transport);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, note_sending);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, transport);
    return set_authorities(easy, &transport->settings.authorities) &&
           curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transport->headers) == CURLE_OK;
}

bool transport_begin(struct transport *transport, const struct api_key *key,
                     const struct transport_settings *settings) {
    memset(transport, 0, sizeof *transport);
    transport->settings = *settings;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return false;
    transport->multi = curl_multi_init();
    transport->easy = curl_easy_init();
    if (transport->multi != NULL && transport->easy != NULL && add_headers(transport, key))
        return true;
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

static enum transport_outcome outcome_of(struct transport *transport, CURLcode code) {
    if (code == CURLE_OK)
        return TRANSPORT_RESPONDED;
    if (transport->is_stopped)
        return TRANSPORT_STOPPED;
    return failure_explain(transport, code) ? TRANSPORT_IMPOSSIBLE : TRANSPORT_BROKEN;
}

static enum transport_outcome read_outcome(struct transport *transport) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read(transport->multi, &left);
    return outcome_of(transport, message == NULL ? CURLE_FAILED_INIT : message->data.result);
}

bool transport_is_packed(const struct transport *transport) {
    curl_off_t bytes = 0;
    curl_easy_getinfo(transport->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    return bytes > 0 && transport_header(transport, HEADER_CONTENT_ENCODING) != NULL;
}

/* Sets `failure`: within the limit no data arrived, or none that could be unpacked. */
static void say_silence(struct transport *transport) {
    char limit[32];
    times_show_span(transport->settings.limit, limit, sizeof limit);
    transport->in_brief = transport_is_packed(transport)
                              ? "no data that could be decompressed arrived"
                              : "no data arrived";
    snprintf(transport->failure, sizeof transport->failure, "%s for %s", transport->in_brief,
             limit);
}

/* Waits until something happens or the next tick is due. Returns what tick returns. */
static bool sit_still(const struct transport *transport, int64_t most) {
    const struct transport_receiver *receiver = transport->receiver;
    struct curl_waitfd others[] = {{interrupt_descriptor(), CURL_WAIT_POLLIN, 0},
                                   {receiver->watched, 0, 0}};
    curl_multi_poll(transport->multi, others, receiver->watched < 0 ? 1 : 2,
                    (int)(most < WAIT_BETWEEN_TICKS ? most : WAIT_BETWEEN_TICKS), NULL);
    return receiver->tick(receiver->context);
}

static enum transport_outcome perform(struct transport *transport) {
    int running = 1;
    for (;;) {
        CURLMcode code = curl_multi_perform(transport->multi, &running);
        if (interrupt_came())
            return TRANSPORT_INTERRUPTED;
        if (code != CURLM_OK || running == 0)
            return read_outcome(transport);
        int64_t now = wait_clock();
        int64_t left = transport->last_sign + transport->settings.limit - now;
        int64_t whole = transport->settings.deadline - now;
        if (whole <= 0)
            return TRANSPORT_OVER;
        if (left <= 0) {
            say_silence(transport);
            return TRANSPORT_BROKEN;
        }
        if (!sit_still(transport, left < whole ? left : whole))
            return TRANSPORT_INTERRUPTED;
    }
}

/* A POST gets a new connection: if a reused one turns out to be closed, libcurl sends the
   request again by itself. */
static bool set_post(struct transport *transport, const struct transport_request *request) {
    CURL *easy = transport->easy;
    return add_post_headers(transport, request) &&
           curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(request->body)) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body) == CURLE_OK;
}

static enum transport_outcome transfer(struct transport *transport,
                                       const struct transport_request *request) {
    CURL *easy = transport->easy;
    /* libcurl counts closed connections over the life of an easy handle and gives up
       after some; the open ones belong to the multi handle and stay. */
    curl_easy_reset(easy);
    /* Plain http goes to this machine only and never through a proxy. */
    curl_easy_setopt(easy, CURLOPT_NOPROXY,
                     strncasecmp(request->url, "http:", strlen("http:")) == 0 ? "*" : NULL);
    if (!set_options(transport) || curl_easy_setopt(easy, CURLOPT_URL, request->url) != CURLE_OK ||
        (request->idempotency_key != NULL && !set_post(transport, request)) ||
        curl_multi_add_handle(transport->multi, easy) != CURLM_OK)
        return outcome_of(transport, CURLE_OUT_OF_MEMORY);
    enum transport_outcome outcome = perform(transport);
    curl_multi_remove_handle(transport->multi, easy);
    return outcome;
}

enum transport_outcome transport_send(struct transport *transport,
                                      const struct transport_request *request,
                                      const struct transport_receiver *receiver) {
    transport->receiver = receiver;
    transport->is_stopped = false;
    transport->in_brief = NULL;
    transport->was_sent = false;
    transport->failure[0] = '\0';
    transport->last_sign = wait_clock();
    forget_headers(transport);
    struct curl_slist *last_of_every_request = last_header(transport);
    enum transport_outcome outcome = transfer(transport, request);
    drop_headers_after(last_of_every_request);
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
