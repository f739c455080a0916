/* The command line of numres list: converts and checks the values of its options.
   list.c calls it. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "../show/collect.h"
#include "access.h"
#include "list.h"
#include "retry.h"
#include "times.h"
#include "transport.h"
#include "wait.h"

static bool refuse(struct print *messages, const char *option, const char *value,
                   const char *fault) {
    return options_refuse_value(COMMAND_list, option, value, fault, messages);
}

/* Refuses something that does not concern a single option. */
static bool refuse_all(struct print *messages, const char *fault) {
    options_print_command(messages, COMMAND_list);
    print_string(messages, ": ");
    print_string(messages, fault);
    print_string(messages, "\n");
    return false;
}

/* Reads a number if the option was given. */
static bool read_number(const char *option, const char *value, uint64_t least, uint64_t most,
                        uint64_t *number, struct print *messages) {
    return value == NULL ||
           options_number(COMMAND_list, option, value, least, most, number, messages);
}

static bool read_numbers(struct list_settings *settings, const struct settings *texts,
                         struct print *messages) {
    numres_query *query = &settings->query;
    return read_number("--page-size", texts->page_size, 1, NUMRES_LARGEST_PAGE_SIZE,
                       &query->page_size, messages) &&
           read_number("--page-number", texts->page_number, 1, INT64_MAX, &query->page_number,
                       messages) &&
           read_number("--max-pages", texts->max_pages, 1, INT64_MAX, &settings->max_pages,
                       messages) &&
           read_number("--max-items", texts->max_items, 1, INT64_MAX, &settings->max_items,
                       messages) &&
           read_number("--max-retries", texts->max_retries, 0, INT64_MAX, &settings->max_retries,
                       messages);
}

static bool read_bytes(const char *option, const char *value, size_t *bytes,
                       struct print *messages) {
    return value == NULL || options_bytes(COMMAND_list, option, value, bytes, messages);
}

/* Reads a span of time if the option was given. */
static bool read_span(const char *option, const char *value, int64_t *milliseconds,
                      struct print *messages) {
    if (value == NULL || (times_read_span(value, 1000, milliseconds) && *milliseconds > 0))
        return true;
    return refuse(messages, option, value, "is no time in seconds, such as 60 or 0.5");
}

static bool read_spans(struct list_settings *settings, const struct settings *texts,
                       struct print *messages) {
    return read_span("--timeout", texts->timeout, &settings->timeout, messages) &&
           read_span("--connect-timeout", texts->connect_timeout, &settings->connect_timeout,
                     messages) &&
           read_span("--max-time", texts->max_time, &settings->max_time, messages);
}

static bool read_status(struct list_settings *settings, const char *word, struct print *messages) {
    const char *choice = NULL;
    if (word == NULL)
        return true;
    settings->query.status = numres_status_parse(word, strlen(word));
    return options_choose(COMMAND_list, "--status", word, &choice, messages);
}

/* Reports the filter that the library has refused. */
static bool refuse_filter(const struct settings *texts, const char *parameter, numres_code code,
                          struct print *messages) {
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
            return refuse(messages, filters[at].option, filters[at].value, sentence);
    return refuse_all(messages, numres_code_sentence(code));
}

/* A warning only: the API itself lists redacted numbers such as +16183xxxxxx. */
static void warn_about_number(const char *number, struct print *messages) {
    if (number == NULL || numres_is_e164(numres_query_text(number)))
        return;
    print_string(messages, "numres list: warning: '");
    print_safe(messages, number, strlen(number));
    print_string(messages, "' of '--phone-number' is not E.164, such as +13125550123\n");
}

static bool read_filters(struct list_settings *settings, const struct settings *texts,
                         struct print *messages) {
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
        return refuse_filter(texts, parameter, code, messages);
    warn_about_number(texts->phone_number, messages);
    return true;
}

/* Refuses options with which a run cannot be continued. */
static bool fits_resume(const struct settings *texts, struct print *messages) {
    static const char moves[] = "moves on with the clock, so that --resume would not find the list "
                                "again; give a time or date";
    if (texts->resume == NULL)
        return true;
    if (texts->page_number != NULL)
        return refuse_all(messages, "--page-number and --resume, whose file says where to begin, "
                                    "cannot be given together; see 'numres list --help'");
    if (times_is_back(texts->created_after))
        return refuse(messages, "--created-after", texts->created_after, moves);
    if (times_is_back(texts->created_before))
        return refuse(messages, "--created-before", texts->created_before, moves);
    return true;
}

/* A URL with a user may hold a password or a key, which must not be logged. */
static const char *without_user(const char *url) {
    return strchr(url, '@') == NULL ? url : "...";
}

static bool read_base_url(struct list_settings *settings, struct print *messages) {
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
    return fault == NULL || refuse(messages, source, without_user(settings->base_url), fault);
}

static bool read_format(struct list_settings *settings, struct print *messages) {
    settings->format = show_format_choose(COMMAND_list, settings->common.format, messages);
    return settings->format != NULL;
}

static bool refuse_files(const struct list_settings *settings, struct print *messages) {
    return settings->common.file_count == 0 ||
           refuse_all(messages, "it reads no files but asks the API; 'numres show' reads files; "
                                "see 'numres list --help'");
}

bool list_settings_read(struct list_settings *settings, char **arguments, size_t count,
                        struct print *messages) {
    struct settings *texts = &settings->common;
    memset(settings, 0, sizeof *settings);
    settings->query = numres_query_default();
    settings->max_retries = RETRY_DEFAULT_MOST;
    settings->timeout = TRANSPORT_DEFAULT_LIMIT;
    settings->max_reservation_bytes = COLLECT_DEFAULT_LIMIT;
    settings->max_page_bytes = LIST_DEFAULT_PAGE_BYTES;
    settings->connect_timeout = TRANSPORT_CONNECT_LIMIT;
    settings->words = arguments;
    settings->word_count = count;
    if (!options_read(COMMAND_list, arguments, count, texts, messages))
        return false;
    settings->authorities = authorities_choose(texts->ca_file);
    if (texts->help)
        return true;
    return refuse_files(settings, messages) && read_format(settings, messages) &&
           read_status(settings, texts->status, messages) &&
           read_numbers(settings, texts, messages) && read_filters(settings, texts, messages) &&
           read_spans(settings, texts, messages) && fits_resume(texts, messages) &&
           read_bytes("--max-page-bytes", texts->max_page_bytes, &settings->max_page_bytes,
                      messages) &&
           read_bytes("--max-reservation-bytes", texts->max_reservation_bytes,
                      &settings->max_reservation_bytes, messages) &&
           options_depth(COMMAND_list, texts, messages) && read_base_url(settings, messages);
}
