/* The list request's path and query string, from typed filters. The caller, request.c and
   list_pager.c call it; the filters are those of the API's reference. */
#include "numres/query.h"

#include <string.h>

#include "../base/text.h"
#include "query.h"
#include "sink.h"

static const numres_sized_member query_members[] = {
    NUMRES_SIZED_MEMBER(numres_query, size),
    NUMRES_SIZED_MEMBER(numres_query, status),
    NUMRES_SIZED_MEMBER(numres_query, created_after),
    NUMRES_SIZED_MEMBER(numres_query, created_before),
    NUMRES_SIZED_MEMBER(numres_query, phone_number),
    NUMRES_SIZED_MEMBER(numres_query, customer_reference),
    NUMRES_SIZED_MEMBER(numres_query, page_size),
    NUMRES_SIZED_MEMBER(numres_query, page_number),
};

const numres_sized numres_query_form = NUMRES_SIZED(numres_query, query_members);

void numres_query_init(numres_query *query, size_t size) {
    numres_query defaults = numres_query_default();
    numres_sized_init(&numres_query_form, &defaults, query, size);
}

/* Parameters in the order in which they are sent. */
enum {
    SENT_STATUS,
    SENT_CREATED_AFTER,
    SENT_CREATED_BEFORE,
    SENT_PHONE_NUMBER,
    SENT_CUSTOMER_REFERENCE,
    SENT_PAGE_SIZE,
    SENT_PAGE_NUMBER,
    SENT_COUNT
};

typedef struct parameter {
    const char *name;
    numres_text value; /* `bytes` is NULL if it is not sent */
    numres_code code;  /* what is wrong with the value */
    char written[NUMRES_TIMESTAMP_SIZE];
} parameter;

static const char *const names[SENT_COUNT] = {
    [SENT_STATUS] = "filter[status]",
    [SENT_CREATED_AFTER] = "filter[created_at][gt]",
    [SENT_CREATED_BEFORE] = "filter[created_at][lt]",
    [SENT_PHONE_NUMBER] = "filter[phone_numbers.phone_number]",
    [SENT_CUSTOMER_REFERENCE] = "filter[customer_reference]",
    [SENT_PAGE_SIZE] = "page[size]",
    [SENT_PAGE_NUMBER] = "page[number]",
};

/* Four encoded texts, of three times this length each, and all names fit a size_t. */
#define LONGEST_TEXT (SIZE_MAX / 16)

numres_code numres_query_check_text(numres_text text) {
    bool readable = text.bytes != NULL && text.length <= LONGEST_TEXT;
    if (!readable || memchr(text.bytes, '\0', text.length) != NULL || !numres_text_is_utf8(text))
        return NUMRES_BAD_TEXT;
    return NUMRES_OK;
}

/* What each member of the query sends. */

static void take_text_filter(parameter *parameter, numres_text text) {
    if (!numres_query_has_text(text))
        return;
    parameter->value = text;
    parameter->code = numres_query_check_text(text);
}

static void take_status_filter(parameter *parameter, uint32_t status) {
    if (status == NUMRES_ANY_STATUS)
        return;
    const char *name = numres_status_name((numres_status)status);
    parameter->value = numres_text_from(name);
    if (numres_status_parse(name, parameter->value.length) == NUMRES_STATUS_UNKNOWN)
        parameter->code = NUMRES_UNKNOWN_STATUS;
}

static void take_timestamp(parameter *parameter, const numres_timestamp *timestamp) {
    parameter->value.bytes = parameter->written;
    parameter->value.length =
        numres_timestamp_format(timestamp, parameter->written, sizeof parameter->written);
    if (parameter->value.length == 0)
        parameter->code = NUMRES_BAD_TIMESTAMP;
}

static void take_instant(parameter *parameter, const numres_query_instant *instant) {
    numres_timestamp ignored;
    if (instant->timestamp != NULL && numres_query_has_text(instant->text)) {
        parameter->code = NUMRES_WRONG_OPTION;
        return;
    }
    if (instant->timestamp != NULL) {
        take_timestamp(parameter, instant->timestamp);
        return;
    }
    take_text_filter(parameter, instant->text);
    if (parameter->value.bytes != NULL && parameter->code == NUMRES_OK &&
        !numres_timestamp_parse(instant->text.bytes, instant->text.length, &ignored))
        parameter->code = NUMRES_BAD_TIMESTAMP;
}

static void take_phone_number(parameter *parameter, numres_text phone_number) {
    take_text_filter(parameter, phone_number);
    if (parameter->value.bytes != NULL && phone_number.length == 0)
        parameter->code = NUMRES_BAD_PHONE_NUMBER;
}

static void take_page_integer(parameter *parameter, uint64_t value, uint64_t largest) {
    if (value == NUMRES_NOT_SENT)
        return;
    if (value == 0 || value > largest)
        parameter->code = NUMRES_WRONG_OPTION;
    parameter->value.bytes = parameter->written;
    parameter->value.length = numres_text_put_integer(value, parameter->written);
}

/* Fills the parameters. Their values point into the parameters themselves or to the texts
   of the query. */
static numres_code take_query(parameter *parameters, const numres_query *given,
                              const char **wrong) {
    numres_query query = numres_query_default();
    *wrong = NULL;
    numres_code code = numres_sized_take(&numres_query_form, &query, given);
    if (given == NULL || code != NUMRES_OK)
        return given == NULL ? NUMRES_WRONG_USE : code;
    memset(parameters, 0, SENT_COUNT * sizeof *parameters);
    take_status_filter(&parameters[SENT_STATUS], query.status);
    take_instant(&parameters[SENT_CREATED_AFTER], &query.created_after);
    take_instant(&parameters[SENT_CREATED_BEFORE], &query.created_before);
    take_phone_number(&parameters[SENT_PHONE_NUMBER], query.phone_number);
    take_text_filter(&parameters[SENT_CUSTOMER_REFERENCE], query.customer_reference);
    take_page_integer(&parameters[SENT_PAGE_SIZE], query.page_size, NUMRES_LARGEST_PAGE_SIZE);
    take_page_integer(&parameters[SENT_PAGE_NUMBER], query.page_number, INT64_MAX);
    for (size_t i = 0; i < SENT_COUNT; i++) {
        parameters[i].name = names[i];
        if (parameters[i].code != NUMRES_OK) {
            *wrong = names[i];
            return parameters[i].code;
        }
    }
    return NUMRES_OK;
}

numres_code numres_query_check(const numres_query *query, const char **parameter_name) {
    parameter parameters[SENT_COUNT];
    const char *wrong;
    numres_code code = take_query(parameters, query, &wrong);
    if (parameter_name != NULL)
        *parameter_name = wrong;
    return code;
}

static void put_parameters(numres_sink *output, const parameter *parameters) {
    const char *separator = "?";
    for (size_t i = 0; i < SENT_COUNT; i++) {
        if (parameters[i].value.bytes == NULL)
            continue;
        numres_sink_string(output, separator);
        numres_sink_encoded(output, numres_text_from(parameters[i].name));
        numres_sink_string(output, "=");
        numres_sink_encoded(output, parameters[i].value);
        separator = "&";
    }
}

numres_code numres_query_write(const numres_query *query, char *buffer, size_t size,
                               size_t *needed) {
    parameter parameters[SENT_COUNT];
    const char *wrong;
    numres_sink output;
    numres_code use = numres_sink_start(&output, buffer, size);
    numres_code code = take_query(parameters, query, &wrong);
    if (use == NUMRES_OK && code == NUMRES_OK) {
        numres_sink_string(&output, NUMRES_REQUEST_PATH);
        put_parameters(&output, parameters);
    }
    return numres_sink_end(&output, use != NUMRES_OK ? use : code, needed);
}
