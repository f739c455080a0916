/* Explains why libcurl failed. transport.c calls it. */

#include <stdio.h>
#include <string.h>

#include "../run/times.h"
#include "transport.h"

/* libcurl's message may quote a proxy from the environment with its user and
   password. */
static void hide_user(char *text, size_t size) {
    char *quote = strchr(text, '\'');
    if (strchr(text, '@') == NULL)
        return;
    if (quote == NULL)
        text[0] = '\0';
    else
        snprintf(quote, size - (size_t)(quote - text), "'...'");
}

static bool says_one_of(const char *text, const char *const *parts) {
    for (; *parts != NULL; parts++)
        if (strstr(text, *parts) != NULL)
            return true;
    return false;
}

/* As OpenSSL and GnuTLS word it. */
static const char *const old_version[] = {"unsupported protocol", "protocol version",
                                          "wrong ssl version",    "no protocols available",
                                          "unsupported version",  NULL};
static const char *const no_tls[] = {"wrong version number", "http request",
                                     "packet length too long", "unexpected TLS packet", NULL};

static const char *tls_sentence(const char *words) {
    if (says_one_of(words, old_version))
        return "the server offers no TLS 1.2 or later, which numres needs";
    if (says_one_of(words, no_tls))
        return "the server does not speak TLS at this port; is the base URL right?";
    return NULL;
}

/* All headers together; the code is that of any failure to receive. */
static bool is_too_long(const char *words) {
    return strstr(words, "Too large response headers") != NULL;
}

/* The code is also that of a damaged answer. */
static bool is_unknown_encoding(const char *words) {
    return strstr(words, "Unrecognized content encoding") != NULL;
}

/* A clearer sentence than libcurl's, or NULL. */
static const char *sentence_for(CURLcode code, const char *words) {
    if (is_unknown_encoding(words))
        return "the answer is compressed in a way that this libcurl does not know";
    if (is_too_long(words))
        return "the headers of the answer are longer than libcurl takes, 300 KiB";
    switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
        return tls_sentence(words);
    case CURLE_OUT_OF_MEMORY:
        return "a header of the answer is longer than libcurl takes, 100 KiB, or there is not "
               "enough memory";
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: /* not from the receiver: that is TRANSPORT_STOPPED */
        return "the compressed answer cannot be unpacked: it is damaged, or it has several "
               "members or bytes behind its end";
    default:
        return NULL;
    }
}

static void say_untrusted(struct transport *transport) {
    const struct authorities *authorities = &transport->settings.authorities;
    char words[CURL_ERROR_SIZE];
    snprintf(words, sizeof words, "%.200s", transport->failure);
    if (authorities->file != NULL)
        snprintf(transport->failure, sizeof transport->failure,
                 "the server's certificate does not prove who it is to the authorities in %.256s "
                 "(%s): %s",
                 authorities->file, authorities->source, words);
    else
        snprintf(transport->failure, sizeof transport->failure,
                 "the server's certificate does not prove who it is to the authorities of this "
                 "system; one of your own is named with --ca-file: %s",
                 words);
}

static void say_unusable(struct transport *transport) {
    const struct authorities *authorities = &transport->settings.authorities;
    if (authorities->file == NULL)
        return;
    snprintf(transport->failure, sizeof transport->failure,
             "the certificate authorities in %.256s (%s) cannot be used: a certificate is damaged",
             authorities->file, authorities->source);
}

/* Whether another try would fail in the same way. */
static bool is_permanent(CURLcode code, const char *words, bool is_explained) {
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
        return true;
    case CURLE_SSL_CONNECT_ERROR:
        return is_explained;
    default:
        return is_too_long(words) || is_unknown_encoding(words);
    }
}

bool failure_explain(struct transport *transport, CURLcode code) {
    char *failure = transport->failure;
    const char *sentence = sentence_for(code, failure);
    bool is_final = is_permanent(code, failure, sentence != NULL);
    hide_user(failure, sizeof transport->failure);
    if (failure[0] == '\0')
        snprintf(failure, sizeof transport->failure, "%s", curl_easy_strerror(code));
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        say_untrusted(transport);
    else if (code == CURLE_SSL_CACERT_BADFILE)
        say_unusable(transport);
    else if (sentence != NULL)
        snprintf(failure, sizeof transport->failure, "%s", sentence);
    return is_final;
}

void failure_of_silence(struct transport *transport) {
    char limit[32];
    curl_off_t bytes = 0;
    times_show_span(transport->settings.limit, limit, sizeof limit);
    curl_easy_getinfo(transport->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    bool is_packed = bytes > 0 && transport_header(transport, HEADER_CONTENT_ENCODING) != NULL;
    snprintf(transport->failure, sizeof transport->failure,
             is_packed ? "nothing came for %s that could be unpacked" : "nothing came for %s",
             limit);
}
