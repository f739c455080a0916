#include "list_options.h"

#include <stdlib.h>
#include <string.h>

#include "base_url.h"
#include "collect.h"
#include "retry.h"
#include "seconds.h"
#include "transport.h"

static const char command_name[] = "numres list";

/* Options whose text must be read further; NULL: not given. */
struct texts {
    const char *status, *created_after, *created_before, *phone_number, *reference;
    const char *page_size, *page_number, *max_pages, *max_items, *max_retries, *timeout;
    const char *max_page_bytes;
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
        {"--api-key-file", NULL, &settings->api_key_file},
        {"--base-url", NULL, &settings->base_url},
        {"--ca-file", NULL, &settings->ca_file},
        {"--status", NULL, &texts->status},
        {"--created-after", NULL, &texts->created_after},
        {"--created-before", NULL, &texts->created_before},
        {"--phone-number", NULL, &texts->phone_number},
        {"--reference", NULL, &texts->reference},
        {"--page-size", NULL, &texts->page_size},
        {"--page-number", NULL, &texts->page_number},
        {"--max-pages", NULL, &texts->max_pages},
        {"--max-items", NULL, &texts->max_items},
        {"--format", NULL, &settings->common.format},
        {"--resume", NULL, &settings->resume},
        {"--timeout", NULL, &texts->timeout},
        {"--max-retries", NULL, &texts->max_retries},
        {"--max-page-bytes", NULL, &texts->max_page_bytes},
        {"--max-depth", NULL, &settings->common.max_depth_text},
        {"--max-reservation-bytes", NULL, &settings->common.max_reservation_bytes},
        {"--keep-formulas", &settings->common.keep_formulas, NULL},
        {"--no-pager", &settings->common.no_pager, NULL},
        {"--wide", &settings->common.wide, NULL},
        {"--quiet", &settings->common.quiet, NULL},
        {"--verbose", &settings->verbose, NULL},
        {"--help", &settings->common.help, NULL},
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

static bool read_timeout(struct list_settings *settings, const struct texts *texts,
                         struct print *messages) {
    if (texts->timeout == NULL ||
        (seconds_read(texts->timeout, 1000, &settings->timeout) && settings->timeout > 0))
        return true;
    return refuse(messages, "--timeout", texts->timeout,
                  "is no time in seconds, such as 60 or 0.5");
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
                               ? "is no RFC 3339 time such as 2026-01-31T00:00:00Z"
                           : code == NUMRES_BAD_PHONE_NUMBER ? "is no phone number"
                                                             : "is not UTF-8 text";
    for (size_t at = 0; at < sizeof filters / sizeof filters[0]; at++)
        if (parameter != NULL && filters[at].value != NULL &&
            strcmp(filters[at].parameter, parameter) == 0)
            return refuse(messages, filters[at].option, filters[at].value, sentence);
    return refuse_all(messages, numres_code_sentence(code));
}

static bool read_filters(struct list_settings *settings, const struct texts *texts,
                         struct print *messages) {
    numres_query *query = &settings->query;
    const char *parameter = NULL;
    query->created_after.text = numres_query_text(texts->created_after);
    query->created_before.text = numres_query_text(texts->created_before);
    query->phone_number = numres_query_text(texts->phone_number);
    query->customer_reference = numres_query_text(texts->reference);
    numres_code code = numres_query_check(query, &parameter);
    return code == NUMRES_OK || refuse_filter(texts, parameter, code, messages);
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

bool list_options_read(struct list_settings *settings, char **arguments, size_t count,
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
    if (!read_arguments(settings, &texts, arguments, count, messages))
        return false;
    if (settings->common.help)
        return true;
    return refuse_files(settings, messages) && read_format(settings, messages) &&
           read_status(settings, &texts, messages) && read_numbers(settings, &texts, messages) &&
           read_filters(settings, &texts, messages) && read_timeout(settings, &texts, messages) &&
           read_bytes("--max-page-bytes", texts.max_page_bytes, &settings->max_page_bytes,
                      messages) &&
           read_bytes("--max-reservation-bytes", settings->common.max_reservation_bytes,
                      &settings->max_reservation_bytes, messages) &&
           options_depth(command_name, &settings->common, messages) &&
           read_base_url(settings, messages);
}
