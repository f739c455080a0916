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

static const char command_name[] = "numres list";

/* Options whose text must be read further; NULL: not given. */
struct texts {
    const char *status, *created_after, *created_before, *phone_number, *reference;
    const char *page_size, *page_number, *max_pages, *max_items, *max_retries, *timeout;
    const char *max_page_bytes, *ca_file, *connect_timeout, *max_time;
};

static bool refuse(struct print *messages, const char *option, const char *value,
                   const char *fault) {
    return options_refuse_value(command_name, option, value, fault, messages);
}

/* What is wrong, but not with one option. */
static bool refuse_all(struct print *messages, const char *fault) {
    print_string(messages, command_name);
    print_string(messages, ": ");
    print_string(messages, fault);
    print_string(messages, "\n");
    return false;
}

static bool read_arguments(struct list_settings *settings, struct texts *texts, char **arguments,
                           size_t count, struct print *messages) {
    const struct option options[] = {
        {"--api-key-file", NULL, &settings->api_key_file, false},
        {"--base-url", NULL, &settings->base_url, false},
        {"--ca-file", NULL, &texts->ca_file, false},
        {"--connect-timeout", NULL, &texts->connect_timeout, false},
        {"--exit-status", &settings->exit_status, NULL, false},
        {"--include", &settings->include, NULL, false},
        {"--max-time", NULL, &texts->max_time, false},
        {"--tls-key-log", NULL, &settings->tls_key_log, false},
        {"--status", NULL, &texts->status, true},
        {"--created-after", NULL, &texts->created_after, true},
        {"--created-before", NULL, &texts->created_before, true},
        {"--phone-number", NULL, &texts->phone_number, true},
        {"--reference", NULL, &texts->reference, true},
        {"--page-size", NULL, &texts->page_size, false},
        {"--page-number", NULL, &texts->page_number, false},
        {"--max-pages", NULL, &texts->max_pages, false},
        {"--max-items", NULL, &texts->max_items, false},
        {"--format", NULL, &settings->common.format, false},
        {"--resume", NULL, &settings->resume, false},
        {"--timeout", NULL, &texts->timeout, false},
        {"--max-retries", NULL, &texts->max_retries, false},
        {"--max-page-bytes", NULL, &texts->max_page_bytes, false},
        {"--max-depth", NULL, &settings->common.max_depth_text, false},
        {"--max-reservation-bytes", NULL, &settings->common.max_reservation_bytes, false},
        {"--keep-formulas", &settings->common.keep_formulas, NULL, false},
        {"--no-pager", &settings->common.no_pager, NULL, false},
        {"--wide", &settings->common.wide, NULL, false},
        {"--quiet", &settings->common.quiet, NULL, false},
        {"--verbose", &settings->verbose, NULL, false},
        {"--help", &settings->common.help, NULL, false},
    };
    return options_read(command_name, options, sizeof options / sizeof options[0], arguments, count,
                        &settings->common, messages);
}

/* A number, if it was given. */
static bool read_number(const char *option, const char *value, uint64_t least, uint64_t most,
                        uint64_t *number, struct print *messages) {
    return value == NULL ||
           options_number(command_name, option, value, least, most, number, messages);
}

static bool read_numbers(struct list_settings *settings, const struct texts *texts,
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
    return value == NULL || options_bytes(command_name, option, value, bytes, messages);
}

/* A span of time, if it was given. */
static bool read_span(const char *option, const char *value, int64_t *milliseconds,
                      struct print *messages) {
    if (value == NULL || (times_read_span(value, 1000, milliseconds) && *milliseconds > 0))
        return true;
    return refuse(messages, option, value, "is no time in seconds, such as 60 or 0.5");
}

static bool read_spans(struct list_settings *settings, const struct texts *texts,
                       struct print *messages) {
    return read_span("--timeout", texts->timeout, &settings->timeout, messages) &&
           read_span("--connect-timeout", texts->connect_timeout, &settings->connect_timeout,
                     messages) &&
           read_span("--max-time", texts->max_time, &settings->max_time, messages);
}

#define STATUS_NAME(NAME, NUMBER, word, COUNTS_AS, SOURCE) word,

static bool read_status(struct list_settings *settings, const struct texts *texts,
                        struct print *messages) {
    static const char *const names[] = {NUMRES_STATUSES(STATUS_NAME)};
    const size_t count = sizeof names / sizeof names[0];
    if (texts->status == NULL)
        return true;
    settings->query.status = numres_status_parse(texts->status, strlen(texts->status));
    return options_choose(command_name, "status", texts->status, names, count, messages) < count;
}

/* A filter that the library has refused. */
static bool refuse_filter(const struct texts *texts, const char *parameter, numres_code code,
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

/* The API has redacted ones too, such as +16183xxxxxx: it may know it all the same. */
static void warn_about_number(const char *number, struct print *messages) {
    if (number == NULL || numres_is_e164(numres_query_text(number)))
        return;
    print_string(messages, "numres list: warning: '");
    print_safe(messages, number, strlen(number));
    print_string(messages, "' of '--phone-number' is not E.164, such as +13125550123\n");
}

static bool read_filters(struct list_settings *settings, const struct texts *texts,
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

/* What cannot be taken up again in the same way. */
static bool fits_resume(const struct list_settings *settings, const struct texts *texts,
                        struct print *messages) {
    static const char moves[] = "moves on with the clock, so that --resume would not find the list "
                                "again; give a time or date";
    if (settings->resume == NULL)
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

/* What may be a password in it, or a key, is for no log. */
static const char *without_user(const char *url) {
    return strchr(url, '@') == NULL ? url : "...";
}

static bool read_base_url(struct list_settings *settings, struct print *messages) {
    const char *variable = getenv(BASE_URL_VARIABLE);
    const char *source = "--base-url";
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
    settings->format = show_format_choose(command_name, settings->common.format, messages);
    return settings->format != NULL;
}

static bool refuse_files(const struct list_settings *settings, struct print *messages) {
    return settings->common.file_count == 0 ||
           refuse_all(messages, "it reads no files but asks the API; 'numres show' reads files; "
                                "see 'numres list --help'");
}

bool list_settings_read(struct list_settings *settings, char **arguments, size_t count,
                        struct print *messages) {
    struct texts texts;
    memset(&texts, 0, sizeof texts);
    memset(settings, 0, sizeof *settings);
    settings->common.format = show_formats[0].name;
    settings->query = numres_query_default();
    settings->max_retries = RETRY_DEFAULT_MOST;
    settings->timeout = TRANSPORT_DEFAULT_LIMIT;
    settings->max_reservation_bytes = COLLECT_DEFAULT_LIMIT;
    settings->max_page_bytes = LIST_DEFAULT_PAGE_BYTES;
    settings->connect_timeout = TRANSPORT_CONNECT_LIMIT;
    settings->words = arguments;
    settings->word_count = count;
    if (!read_arguments(settings, &texts, arguments, count, messages))
        return false;
    settings->authorities = authorities_choose(texts.ca_file);
    if (settings->common.help)
        return true;
    return refuse_files(settings, messages) && read_format(settings, messages) &&
           read_status(settings, &texts, messages) && read_numbers(settings, &texts, messages) &&
           read_filters(settings, &texts, messages) && read_spans(settings, &texts, messages) &&
           fits_resume(settings, &texts, messages) &&
           read_bytes("--max-page-bytes", texts.max_page_bytes, &settings->max_page_bytes,
                      messages) &&
           read_bytes("--max-reservation-bytes", settings->common.max_reservation_bytes,
                      &settings->max_reservation_bytes, messages) &&
           options_depth(command_name, &settings->common, messages) &&
           read_base_url(settings, messages);
}
