/* Filters on records: reads them, gives the API those that it supports, and applies the others.
   selection.c reads them, showing.c applies them, api/settings.c sends them. The library's query
   has the rules for those that it knows. */
#include "selection.h"

#include <stdio.h>
#include <string.h>

#include "../run/report.h"
#include "../run/text.h"
#include "../run/times.h"
#include "table.h"

/* A longer word is not a status. */
#define WORD_SIZE 64

static void refuse_status(const struct teller *teller, const char *option, const char *word) {
    const char *names[NUMRES_STATUS_COUNT];
    size_t count = 0;
    while (count < NUMRES_STATUS_COUNT &&
           (names[count] = options_choice(teller->command, "STATUS", count)) != NULL)
        count++;
    options_refuse(teller->command, option + strlen("--"), word, names, count, teller->messages);
}

/* Reads statuses that are separated by commas. */
static bool read_statuses(uint32_t *statuses, const char *option, const char *text,
                          const struct teller *teller) {
    while (text != NULL) {
        size_t length = strcspn(text, ",");
        numres_status status = numres_status_parse(text, length);
        if (status == NUMRES_STATUS_UNKNOWN) {
            char word[WORD_SIZE];
            snprintf(word, sizeof word, "%.*s", (int)(length < WORD_SIZE ? length : WORD_SIZE),
                     text);
            refuse_status(teller, option, word);
            return false;
        }
        *statuses |= UINT32_C(1) << (unsigned int)status;
        text = text[length] == ',' ? text + length + 1 : NULL;
    }
    return true;
}

/* Sets the filters that the library has as well. */
static void fill_query(const struct filter *filter, numres_query *query) {
    query->created_after.text = filter->after.text;
    query->created_before.text = filter->before.text;
    query->phone_number = filter->phone_number;
    query->customer_reference = filter->reference;
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
                               ? "is not a time such as 2026-01-31T00:00:00Z, 2026-01-31 or 24h"
                           : code == NUMRES_BAD_PHONE_NUMBER ? "is not a phone number"
                                                             : "is not UTF-8 text";
    for (size_t at = 0; at < sizeof filters / sizeof filters[0]; at++)
        if (parameter != NULL && strcmp(filters[at].parameter, parameter) == 0)
            return teller_refuse(teller, filters[at].option, filters[at].value, sentence);
    return false;
}

/* A warning only: the API itself lists redacted numbers such as +16183xxxxxx. */
static void warn_about_number(const struct filter *filter, const char *number,
                              const struct teller *teller) {
    static const char form[] =
        "' for '--phone-number' is not an E.164 number, such as +13125550123\n";
    static const char start[] =
        "' for '--phone-number' does not begin with +, as E.164 numbers do\n";
    if (number == NULL || (filter->is_prefix ? strchr("+*", number[0]) != NULL
                                             : numres_is_e164(numres_text_from(number))))
        return;
    options_print_command(teller->messages, teller->command);
    print_string(teller->messages, ": warning: the value '");
    print_safe(teller->messages, number, strlen(number));
    print_string(teller->messages, filter->is_prefix ? start : form);
}

/* Below 0: the first is earlier. */
static int compare_times(const numres_timestamp *one, const numres_timestamp *other) {
    if (one->seconds != other->seconds)
        return one->seconds < other->seconds ? -1 : 1;
    return (one->nanoseconds > other->nanoseconds) - (one->nanoseconds < other->nanoseconds);
}

static void warn_about_times(const struct filter *filter, const struct teller *teller) {
    if (!filter->after.is_set || !filter->before.is_set ||
        compare_times(&filter->after.value, &filter->before.value) < 0)
        return;
    options_print_command(teller->messages, teller->command);
    print_string(teller->messages, ": warning: --created-after is not before --created-before, so "
                                   "nothing matches\n");
}

static void read_time(struct filter_time *bound, const char *text) {
    bound->is_set = text != NULL;
    bound->text = times_read_filter(text, (time_t)clock_now(), bound->written);
}

static bool read_texts(struct filter *filter, const struct settings *texts,
                       const struct teller *teller) {
    const char *parameter = NULL;
    numres_query query = numres_query_default();
    read_time(&filter->after, texts->created_after);
    read_time(&filter->before, texts->created_before);
    filter->reference = numres_text_from(texts->reference);
    filter->phone_number = numres_text_from(texts->phone_number);
    size_t length = filter->phone_number.length;
    filter->is_prefix = length > 0 && texts->phone_number[length - 1] == '*';
    filter->phone_number.length -= filter->is_prefix ? 1 : 0;
    fill_query(filter, &query);
    numres_code code = numres_query_check(&query, &parameter);
    if (code != NUMRES_OK)
        return refuse_filter(texts, parameter, code, teller);
    warn_about_number(filter, texts->phone_number, teller);
    /* The library has just accepted both texts. */
    numres_timestamp_parse(filter->after.text.bytes, filter->after.text.length,
                           &filter->after.value);
    numres_timestamp_parse(filter->before.text.bytes, filter->before.text.length,
                           &filter->before.value);
    warn_about_times(filter, teller);
    return true;
}

static bool read_expiry(struct filter *filter, const struct settings *texts,
                        const struct teller *teller) {
    filter->now = clock_now();
    filter->is_expired = texts->expired;
    filter->expires = texts->expires_within.text != NULL;
    filter->last = filter->now + texts->expires_within.value / 1000;
    if (filter->expires && filter->is_expired)
        return teller_refuse_use(teller,
                                 "--expires-within cannot be combined with --expired: it never "
                                 "matches expired numbers");
    return true;
}

bool filter_read(struct filter *filter, enum option_command command, const struct settings *texts,
                 struct print *messages) {
    const struct teller teller = {command, messages};
    memset(filter, 0, sizeof *filter);
    return read_statuses(&filter->statuses, "--status", texts->status, &teller) &&
           read_statuses(&filter->number_statuses, "--number-status", texts->number_status,
                         &teller) &&
           read_texts(filter, texts, &teller) && read_expiry(filter, texts, &teller);
}

bool filter_is_given(const struct settings *texts) {
    return texts->status != NULL || texts->created_after != NULL || texts->created_before != NULL ||
           texts->phone_number != NULL || texts->reference != NULL ||
           texts->number_status != NULL || texts->expires_within.text != NULL || texts->expired;
}

/* ---- what the API filters by ---- */

/* The only status of the set; NUMRES_ANY_STATUS: there are several, or none. */
static uint32_t single_status(uint32_t statuses) {
    for (uint32_t status = 0; status < NUMRES_STATUS_COUNT; status++)
        if (statuses == UINT32_C(1) << status)
            return status;
    return NUMRES_ANY_STATUS;
}

void filter_send(struct filter *filter, numres_query *query) {
    query->status = single_status(filter->statuses);
    if (query->status != NUMRES_ANY_STATUS)
        filter->statuses = 0;
    fill_query(filter, query);
    filter->after.is_set = filter->before.is_set = false;
    filter->reference = numres_text_from(NULL);
    if (filter->is_prefix)
        query->phone_number = numres_text_from(NULL);
}

void filter_report(const struct filter *filter, const numres_query *query,
                   struct session *session) {
    const struct {
        const char *option;
        bool is_sent, is_here;
    } uses[] = {
        {"--status", query->status != NUMRES_ANY_STATUS, filter->statuses != 0},
        {"--created-after", query->created_after.text.bytes != NULL, filter->after.is_set},
        {"--created-before", query->created_before.text.bytes != NULL, filter->before.is_set},
        {"--phone-number", query->phone_number.bytes != NULL, filter->phone_number.bytes != NULL},
        {"--reference", query->customer_reference.bytes != NULL, filter->reference.bytes != NULL},
        {"--number-status", false, filter->number_statuses != 0},
        {"--expires-within", false, filter->expires},
        {"--expired", false, filter->is_expired},
    };
    for (int sent = 1; sent >= 0; sent--) {
        const char *before = sent == 1 ? "filters sent to the API: " : "filters applied here: ";
        struct message message;
        message_begin(&message);
        for (size_t at = 0; at < sizeof uses / sizeof uses[0]; at++) {
            if (!(sent == 1 ? uses[at].is_sent : uses[at].is_here))
                continue;
            message_add(&message, before);
            message_add(&message, uses[at].option);
            before = ", ";
        }
        if (message.length > 0)
            report_message(session, &message);
    }
}

size_t filter_write_local(const struct filter *filter, const struct settings *texts, char *text,
                          size_t size) {
    const struct {
        bool is_here;
        const char *name, *value;
    } parts[] = {
        {filter->statuses != 0, "status", texts->status},
        {filter->is_prefix, "phone-number", texts->phone_number},
        {filter->number_statuses != 0, "number-status", texts->number_status},
        {filter->expires, "expires-within", texts->expires_within.text},
        {filter->is_expired, "expired", "yes"},
    };
    size_t length = 0;
    if (size > 0)
        text[0] = '\0';
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++)
        if (parts[at].is_here)
            length += (size_t)snprintf(length < size ? text + length : NULL,
                                       length < size ? size - length : 0, "%s%s=%s",
                                       length == 0 ? "#" : "&", parts[at].name, parts[at].value);
    return length;
}

/* ---- applying them ---- */

bool filter_is_about_numbers(const struct filter *filter) {
    return filter->number_statuses != 0 || filter->expires || filter->is_expired ||
           filter->phone_number.bytes != NULL;
}

static bool has_status(uint32_t statuses, numres_status status) {
    return statuses == 0 || (statuses >> (unsigned int)status & 1) != 0;
}

/* In a redacted number, such as +16183xxxxxx, an x may be any digit. */
static bool may_be(char digit, char wanted) {
    return digit == wanted || ((digit == 'x' || digit == 'X') && digits_is_one(wanted));
}

bool filter_may_be_number(numres_text number, numres_text wanted) {
    if (number.length != wanted.length)
        return false;
    for (size_t at = 0; at < wanted.length; at++)
        if (!may_be(number.bytes[at], wanted.bytes[at]))
            return false;
    return true;
}

static bool has_phone_number(const struct filter *filter, numres_text number) {
    numres_text wanted = filter->phone_number;
    if (wanted.bytes == NULL)
        return true;
    if (filter->is_prefix && number.length > wanted.length)
        number.length = wanted.length;
    return filter_may_be_number(number, wanted);
}

/* Whether the number is held, and its time will be over soon. */
static bool expires(const struct filter *filter, const numres_phone_number *number) {
    int64_t at = number->expired_at.value.seconds;
    bool is_held = summary_counts_as(number->status.value) != NUMRES_STATUS_FAILURE;
    return is_held && numres_phone_number_has(number, NUMRES_PHONE_NUMBER_EXPIRED_AT) &&
           at > filter->now && at <= filter->last;
}

static bool is_expired(const struct filter *filter, const numres_phone_number *number) {
    return (numres_phone_number_has(number, NUMRES_PHONE_NUMBER_EXPIRED) && number->expired) ||
           (numres_phone_number_has(number, NUMRES_PHONE_NUMBER_EXPIRED_AT) &&
            number->expired_at.value.seconds <= filter->now);
}

bool filter_takes_number(const struct filter *filter, const numres_phone_number *number) {
    return has_status(filter->number_statuses, number->status.value) &&
           has_phone_number(filter, number->phone_number) &&
           (!filter->expires || expires(filter, number)) &&
           (!filter->is_expired || is_expired(filter, number));
}

static bool is_in_time(const struct filter *filter, const numres_reservation *reservation) {
    const numres_timestamp *created = &reservation->created_at.value;
    if (!filter->after.is_set && !filter->before.is_set)
        return true;
    return numres_reservation_has(reservation, NUMRES_RESERVATION_CREATED_AT) &&
           (!filter->after.is_set || compare_times(created, &filter->after.value) > 0) &&
           (!filter->before.is_set || compare_times(created, &filter->before.value) < 0);
}

static bool has_reference(const struct filter *filter, numres_text reference) {
    return filter->reference.bytes == NULL ||
           (reference.length == filter->reference.length &&
            memcmp(reference.bytes, filter->reference.bytes, reference.length) == 0);
}

bool filter_takes_reservation(const struct filter *filter, const numres_reservation *reservation) {
    return has_status(filter->statuses, reservation->status.value) &&
           is_in_time(filter, reservation) &&
           has_reference(filter, reservation->customer_reference);
}
