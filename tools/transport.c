#include "transport.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "interrupt.h"
#include "numres.h"
#include "transport_failure.h"
#include "transport_headers.h"
#include "wait.h"

/* How long to sit still between two ticks, in milliseconds. */
#define BETWEEN_TICKS 200

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

/* Where a file is named on the command line, the system's directory of authorities is
   not looked into either. */
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
    /* A proxy is told the name of the host alone, and not the key. */
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
}

static bool set_options(struct transport *transport) {
    CURL *easy = transport->easy;
    set_security(easy);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "numres/" NUMRES_VERSION_TEXT);
    /* All encodings that this libcurl can undo. */
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)transport->settings.connect_limit);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* An end does not wait for a name server that does not answer. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transport->failure);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, transport_headers_take);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transport);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transport);
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
        return TRANSPORT_ANSWERED;
    if (transport->is_stopped)
        return TRANSPORT_STOPPED;
    return transport_failure_explain(transport, code) ? TRANSPORT_IMPOSSIBLE : TRANSPORT_BROKEN;
}

static enum transport_outcome read_outcome(struct transport *transport) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read(transport->multi, &left);
    return outcome_of(transport, message == NULL ? CURLE_FAILED_INIT : message->data.result);
}

/* Waits until something happens, or for a while. */
static bool sit_still(const struct transport *transport, int64_t most) {
    const struct transport_receiver *receiver = transport->receiver;
    struct curl_waitfd others[] = {{interrupt_descriptor(), CURL_WAIT_POLLIN, 0},
                                   {receiver->watched, 0, 0}};
    curl_multi_poll(transport->multi, others, receiver->watched < 0 ? 1 : 2,
                    (int)(most < BETWEEN_TICKS ? most : BETWEEN_TICKS), NULL);
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
            transport_failure_of_silence(transport);
            return TRANSPORT_BROKEN;
        }
        if (!sit_still(transport, left < whole ? left : whole))
            return TRANSPORT_INTERRUPTED;
    }
}

enum transport_outcome transport_get(struct transport *transport, const char *url,
                                     const struct transport_receiver *receiver) {
    CURL *easy = transport->easy;
    transport->receiver = receiver;
    transport->is_stopped = false;
    transport->failure[0] = '\0';
    transport->last_sign = wait_clock();
    transport_headers_forget(transport);
    /* libcurl counts the connections that were found closed over the life of a handle,
       and gives up after some; it keeps those that are open elsewhere. */
    curl_easy_reset(easy);
    /* Plain http goes to this machine alone, which no proxy has to do with. */
    curl_easy_setopt(easy, CURLOPT_NOPROXY,
                     strncasecmp(url, "http:", strlen("http:")) == 0 ? "*" : NULL);
    if (!set_options(transport) || curl_easy_setopt(easy, CURLOPT_URL, url) != CURLE_OK ||
        curl_multi_add_handle(transport->multi, easy) != CURLM_OK)
        return outcome_of(transport, CURLE_OUT_OF_MEMORY);
    enum transport_outcome outcome = perform(transport);
    curl_multi_remove_handle(transport->multi, easy);
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
