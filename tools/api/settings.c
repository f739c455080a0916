/* The command line of the commands that ask the API: converts and checks the values of
   its options. command.c calls it. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "../run/defaults.h"
#include "../show/collect.h"
#include "access.h"
#include "commands.h"
#include "retry.h"
#include "subjects.h"
#include "times.h"
#include "transport.h"
#include "wait.h"

/* Who says what is wrong. */
struct teller {
    enum option_command command;
    struct print *messages;
};

static bool refuse(const struct teller *teller, const char *option, const char *value,
                   const char *fault) {
    return options_refuse_value(teller->command, option, value, fault, teller->messages);
}

/* Refuses something that does not concern a single option. */
static bool refuse_all(const struct teller *teller, const char *fault) {
    options_print_command(teller->messages, teller->command);
    print_string(teller->messages, ": ");
    print_string(teller->messages, fault);
    print_string(teller->messages, "\n");
    return false;
}

/* Reads a number if the option was given. */
static bool read_number(const char *option, const char *value, uint64_t least, uint64_t most,
                        uint64_t *number, const struct teller *teller) {
    return value == NULL ||
           options_number(teller->command, option, value, least, most, number, teller->messages);
}

static bool read_numbers(struct request_settings *settings, const struct settings *texts,
                         const struct teller *teller) {
    numres_query *query = &settings->query;
    return read_number("--page-size", texts->page_size, 1, NUMRES_LARGEST_PAGE_SIZE,
                       &query->page_size, teller) &&
           read_number("--page-number", texts->page_number, 1, INT64_MAX, &query->page_number,
                       teller) &&
           read_number("--max-pages", texts->max_pages, 1, INT64_MAX, &settings->max_pages,
                       teller) &&
           read_number("--max-items", texts->max_items, 1, INT64_MAX, &settings->max_items,
                       teller) &&
           read_number("--max-retries", texts->max_retries, 0, INT64_MAX, &settings->max_retries,
                       teller);
}

static bool read_bytes(const char *option, const char *value, size_t *bytes,
                       const struct teller *teller) {
    return value == NULL || options_bytes(teller->command, option, value, bytes, teller->messages);
}

/* Reads a span of time if the option was given. */
static bool read_span(const char *option, const char *value, int64_t *milliseconds,
                      const struct teller *teller) {
    if (value == NULL || (times_read_span(value, 1000, milliseconds) && *milliseconds > 0))
        return true;
    return refuse(teller, option, value, "is no time in seconds, such as 60 or 0.5");
}

static bool read_duration(const char *option, const char *value, int64_t *milliseconds,
                          const struct teller *teller) {
    if (value == NULL || value[0] == '\0' || times_read_duration(value, milliseconds))
        return true;
    return refuse(teller, option, value, "is no duration such as 90, 30s, 5m or 1h");
}

static bool read_spans(struct request_settings *settings, const struct settings *texts,
                       const struct teller *teller) {
    bool is_wait = teller->command == COMMAND_wait;
    settings->waits = texts->wait != NULL;
    if (is_wait ? !read_duration("--timeout", texts->timeout, &settings->wait_limit, teller)
                : !read_span("--timeout", texts->timeout, &settings->timeout, teller))
        return false;
    return read_duration("--wait", texts->wait, &settings->wait_limit, teller) &&
           read_duration("--expires-within", texts->expires_within, &settings->expires_within,
                         teller) &&
           read_span("--connect-timeout", texts->connect_timeout, &settings->connect_timeout,
                     teller) &&
           read_span("--max-time", texts->max_time, &settings->max_time, teller);
}

static bool read_status(struct request_settings *settings, const char *word,
                        const struct teller *teller) {
    const char *choice = NULL;
    if (word == NULL)
        return true;
    settings->query.status = numres_status_parse(word, strlen(word));
    return options_choose(teller->command, "--status", word, &choice, teller->messages);
}

/* Reports the filter that the library has refused. */
static bool refuse_filter(const struct settings *texts, const char *parameter, numres_code code,
                          const struct teller *teller) {
    const struct {
        const char *parameter, *option, *value;
    } filters[] = {
        {"filter[created_at][gt]", "--created-after", texts->created_after},
        {"filter[created_at][lt]", "--created-before", texts->created_before},
        {"filter[phone_numbers.phone_number]", "--phone-number", texts->phone_number},
        {"filter[customer_reference]", "--reference", texts->reference},
    };
    const char *sentence = code == NUMRES_BAD_TIMESTAMP
                               ? "is no time such as 2026-01-31T00:00:00Z, 2026-01-31 or 24h"
                           : code == NUMRES_BAD_PHONE_NUMBER ? "is no phone number"
                                                             : "is not UTF-8 text";
    for (size_t at = 0; at < sizeof filters / sizeof filters[0]; at++)
        if (parameter != NULL && filters[at].value != NULL &&
            strcmp(filters[at].parameter, parameter) == 0)
            return refuse(teller, filters[at].option, filters[at].value, sentence);
    return refuse_all(teller, numres_code_sentence(code));
}

/* A warning only: the API itself lists redacted numbers such as +16183xxxxxx. */
static void warn_about_number(const char *number, const struct teller *teller) {
    if (number == NULL || numres_is_e164(numres_query_text(number)))
        return;
    options_print_command(teller->messages, teller->command);
    print_string(teller->messages, ": warning: '");
    print_safe(teller->messages, number, strlen(number));
    print_string(teller->messages, "' of '--phone-number' is not E.164, such as +13125550123\n");
}

static bool read_filters(struct request_settings *settings, const struct settings *texts,
                         const struct teller *teller) {
    numres_query *query = &settings->query;
    const char *parameter = NULL;
    time_t now = wait_time_of_day();
    query->created_after.text =
        times_read_filter(texts->created_after, now, settings->created_after);
    query->created_before.text =
        times_read_filter(texts->created_before, now, settings->created_before);
    query->phone_number = numres_query_text(texts->phone_number);
    query->customer_reference = numres_query_text(texts->reference);
    numres_code code = numres_query_check(query, &parameter);
    if (code != NUMRES_OK)
        return refuse_filter(texts, parameter, code, teller);
    warn_about_number(texts->phone_number, teller);
    return true;
}

/* Refuses options with which a run cannot be continued. */
static bool fits_resume(const struct settings *texts, const struct teller *teller) {
    static const char moves[] = "moves on with the clock, so that --resume would not find the list "
                                "again; give a time or date";
    if (texts->resume == NULL)
        return true;
    if (texts->page_number != NULL)
        return refuse_all(teller, "--page-number and --resume, whose file says where to begin, "
                                  "cannot be given together; see 'numres list --help'");
    if (times_is_back(texts->created_after))
        return refuse(teller, "--created-after", texts->created_after, moves);
    if (times_is_back(texts->created_before))
        return refuse(teller, "--created-before", texts->created_before, moves);
    return true;
}

/* A URL with a user may hold a password or a key, which must not be logged. */
static const char *without_user(const char *url) {
    return strchr(url, '@') == NULL ? url : "...";
}

static bool read_base_url(struct request_settings *settings, const struct teller *teller) {
    const char *variable = getenv(BASE_URL_VARIABLE);
    const char *source = "--base-url";
    settings->base_url = settings->common.base_url;
    if (settings->base_url == NULL && variable != NULL && variable[0] != '\0') {
        settings->base_url = variable;
        source = BASE_URL_VARIABLE;
    }
    if (settings->base_url == NULL)
        settings->base_url = BASE_URL_DEFAULT;
    const char *fault = base_url_fault(settings->base_url);
    return fault == NULL || refuse(teller, source, without_user(settings->base_url), fault);
}

static bool read_format(struct request_settings *settings, const struct teller *teller) {
    settings->format =
        show_format_choose(teller->command, settings->common.format, teller->messages);
    return settings->format != NULL &&
           show_format_fits(teller->command, settings->format, &settings->common, teller->messages);
}

/* What is no option: files for numres show, ids and numbers for others. */
static bool check_words(const struct request_settings *settings, const struct teller *teller) {
    if (teller->command != COMMAND_list)
        return subjects_check(settings, teller->messages);
    return settings->common.file_count == 0 ||
           refuse_all(teller, "it reads no files but asks the API; 'numres show' reads files; "
                              "see 'numres list --help'");
}

static void set_defaults(struct request_settings *settings, enum option_command command) {
    memset(settings, 0, sizeof *settings);
    settings->command = command;
    settings->query = numres_query_default();
    settings->max_retries = RETRY_DEFAULT_MOST;
    settings->timeout = TRANSPORT_DEFAULT_LIMIT;
    settings->max_reservation_bytes = COLLECT_DEFAULT_LIMIT;
    settings->max_page_bytes = API_DEFAULT_PAGE_BYTES;
    settings->connect_timeout = TRANSPORT_CONNECT_LIMIT;
    settings->needs_numbers = command == COMMAND_extend;
}

/* What every command has. */
static bool read_access(struct request_settings *settings, struct settings *texts,
                        const struct teller *teller) {
    return read_spans(settings, texts, teller) && fits_resume(texts, teller) &&
           read_bytes("--max-page-bytes", texts->max_page_bytes, &settings->max_page_bytes,
                      teller) &&
           read_bytes("--max-reservation-bytes", texts->max_reservation_bytes,
                      &settings->max_reservation_bytes, teller) &&
           options_depth(teller->command, texts, teller->messages) &&
           read_base_url(settings, teller);
}

bool request_settings_read(struct request_settings *settings, enum option_command command,
                           char **arguments, size_t count, struct print *messages) {
    struct settings *texts = &settings->common;
    const struct teller teller = {command, messages};
    set_defaults(settings, command);
    settings->words = arguments;
    settings->word_count = count;
    if (!options_read(command, arguments, count, texts, messages))
        return false;
    settings->authorities = authorities_choose(texts->ca_file);
    if (texts->help)
        return true;
    if (texts->api_key_file != NULL && texts->key_command != NULL)
        return refuse_all(&teller, "--api-key-file and --key-command cannot be given together");
    return check_words(settings, &teller) && read_format(settings, &teller) &&
           read_status(settings, texts->status, &teller) &&
           read_numbers(settings, texts, &teller) && read_filters(settings, texts, &teller) &&
           read_access(settings, texts, &teller);
}
