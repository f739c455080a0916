/* Failed requests: says in words why libcurl failed, and decides whether and when a request
   is sent again, by the rules of the API's official SDKs. transport.c calls the former,
   exchange.c, response.c and notices.c the latter. */
#include "transport.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../run/text.h"
#include "../run/times.h"

/* ---- why, in words ---- */

/* Hides the user and password of a proxy from the environment, which libcurl's message may
   quote. */
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

/* The wording of OpenSSL and GnuTLS. */
static const char *const old_version[] = {"unsupported protocol", "protocol version",
                                          "wrong ssl version",    "no protocols available",
                                          "unsupported version",  NULL};
static const char *const no_tls[] = {"wrong version number", "http request",
                                     "packet length too long", "unexpected TLS packet", NULL};

static const char *tls_sentence(const char *words) {
    if (says_one_of(words, old_version))
        return "the server does not support TLS 1.2 or later, which numres requires";
    if (says_one_of(words, no_tls))
        return "the server does not speak TLS at this port; check the base URL";
    return NULL;
}

/* Whether all headers together are too long. Any failure to receive has the same code. */
static bool is_too_long(const char *words) {
    return strstr(words, "Too large response headers") != NULL;
}

/* A damaged response has the same code. */
static bool is_unknown_encoding(const char *words) {
    return strstr(words, "Unrecognized content encoding") != NULL;
}

/* Write errors come from the decompression: one of the receiver is TRANSPORT_STOPPED. */
static bool is_damage(CURLcode code, const char *words) {
    return (code == CURLE_BAD_CONTENT_ENCODING || code == CURLE_WRITE_ERROR) &&
           !is_unknown_encoding(words);
}

/* A clearer sentence than libcurl's, or NULL. */
static const char *sentence_for(CURLcode code, const char *words) {
    if (is_too_long(words))
        return "the response headers exceed libcurl's limit of 300 KiB";
    if (is_damage(code, words))
        return "the response cannot be decompressed: it is damaged, or has several members or "
               "trailing bytes";
    if (code == CURLE_OUT_OF_MEMORY)
        return "a response header exceeds libcurl's limit of 100 KiB, or numres is out of memory";
    return code == CURLE_SSL_CONNECT_ERROR ? tls_sentence(words) : NULL;
}

static void say_untrusted(struct transport *transport) {
    const struct authorities *authorities = &transport->settings.authorities;
    char words[CURL_ERROR_SIZE];
    snprintf(words, sizeof words, "%.200s", transport->failure);
    if (authorities->file != NULL)
        snprintf(transport->failure, sizeof transport->failure,
                 "the server's certificate could not be verified with the authorities in %.256s "
                 "(from %s): %s",
                 authorities->file, authorities->source, words);
    else
        snprintf(transport->failure, sizeof transport->failure,
                 "the server's certificate could not be verified with this system's authorities; "
                 "name your own with --ca-file: %s",
                 words);
}

static void say_unusable(struct transport *transport) {
    const struct authorities *authorities = &transport->settings.authorities;
    if (authorities->file == NULL)
        return;
    snprintf(transport->failure, sizeof transport->failure,
             "the certificate file %.256s (from %s) cannot be used: a certificate is damaged",
             authorities->file, authorities->source);
}

static void say_unknown_encoding(struct transport *transport) {
    snprintf(transport->failure, sizeof transport->failure,
             "libcurl cannot decode the response; its Content-Encoding is %.100s",
             transport->header[HEADER_CONTENT_ENCODING]);
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
    if (is_damage(code, failure))
        transport->in_brief = "the response cannot be decompressed";
    hide_user(failure, sizeof transport->failure);
    if (failure[0] == '\0')
        snprintf(failure, sizeof transport->failure, "%s", curl_easy_strerror(code));
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        say_untrusted(transport);
    else if (code == CURLE_SSL_CACERT_BADFILE)
        say_unusable(transport);
    else if (is_unknown_encoding(failure))
        say_unknown_encoding(transport);
    else if (sentence != NULL)
        snprintf(failure, sizeof transport->failure, "%s", sentence);
    return is_final;
}

/* ---- whether to try again, and when ---- */

#define FIRST_WAIT 500
#define LONGEST_WAIT 8000

bool retry_makes_sense(const struct retry_facts *facts) {
    if (facts->connection_failed)
        return !facts->is_post || !facts->was_sent;
    if (facts->is_post && facts->status != 429)
        return false;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "true") == 0)
        return true;
    if (facts->should_retry != NULL && strcasecmp(facts->should_retry, "false") == 0)
        return false;
    return facts->status == 408 || facts->status == 409 || facts->status == 429 ||
           facts->status >= 500;
}

/* The time by the server's clock, which may differ from ours. */
static time_t now_of(const struct retry_facts *facts, time_t time_of_day) {
    time_t now = facts->date == NULL ? -1 : curl_getdate(facts->date, NULL);
    return now < 0 ? time_of_day : now;
}

static bool read_date(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    time_t date = curl_getdate(facts->retry_after, NULL);
    if (date < 0)
        return false;
    *wait = ((int64_t)date - (int64_t)now_of(facts, time_of_day)) * 1000;
    return true;
}

/* A wait of more milliseconds is a time of day, since 1970: nobody asks for a wait of 30 years. */
#define LONGEST_SPAN (TIMES_LONGEST_SPAN * 1000)
/* Times in seconds end here, in the year 5138; larger ones are in milliseconds. */
#define LAST_IN_SECONDS (LONGEST_SPAN * 100)

/* Reads a wait, or a time of day until which to wait, in units of this many milliseconds. */
static bool read_wait(const struct retry_facts *facts, const char *text, int64_t unit,
                      time_t time_of_day, int64_t *wait) {
    if (!times_read_number(text, unit, wait))
        return false;
    if (*wait > LONGEST_SPAN) {
        *wait /= *wait > LAST_IN_SECONDS ? 1000 : 1;
        *wait -= (int64_t)now_of(facts, time_of_day) * 1000;
    }
    *wait = *wait < LONGEST_SPAN ? *wait : LONGEST_SPAN;
    return true;
}

static bool read_reset(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    return facts->reset != NULL && read_wait(facts, facts->reset, 1000, time_of_day, wait);
}

/* The wait that the response asks for. */
static bool asked_wait(const struct retry_facts *facts, time_t time_of_day, int64_t *wait) {
    if (facts->connection_failed)
        return false;
    if (facts->retry_after_ms != NULL &&
        read_wait(facts, facts->retry_after_ms, 1, time_of_day, wait))
        return true;
    if (facts->retry_after != NULL &&
        (read_wait(facts, facts->retry_after, 1000, time_of_day, wait) ||
         read_date(facts, time_of_day, wait)))
        return true;
    return facts->status == 429 && read_reset(facts, time_of_day, wait);
}

static int64_t own_wait(uint64_t tries, uint32_t chance) {
    int64_t wait = FIRST_WAIT;
    for (uint64_t doubled = 1; doubled < tries && wait < LONGEST_WAIT; doubled++)
        wait *= 2;
    return wait - wait * (int64_t)(chance % 1024) / 4096;
}

int64_t retry_wait(const struct retry_facts *facts, uint64_t tries, uint32_t chance,
                   time_t time_of_day) {
    int64_t wait = 0;
    if (asked_wait(facts, time_of_day, &wait) && wait >= 0)
        return wait;
    return own_wait(tries, chance);
}

int64_t retry_pause(const struct retry_facts *facts, time_t time_of_day) {
    int64_t wait = 0;
    bool is_asked = facts->remaining != NULL && strcmp(facts->remaining, "0") == 0 &&
                    read_reset(facts, time_of_day, &wait);
    return is_asked && wait > 0 ? wait : 0;
}
