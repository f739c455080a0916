/*
 * A query from the input's bytes. What is written is decoded by an independent reader and
 * compared with the query; what is refused must be invalid by independent checks. No
 * buffer, whatever its size, is overrun or holds a partial result.
 */
#include "check.h"
#include "own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- the query from the bytes ---- */

static numres_timestamp next_timestamp(fuzz_bytes *input) {
    numres_timestamp timestamp = {0};
    timestamp.seconds = (int64_t)(fuzz_next_number(input) - fuzz_next_number(input));
    timestamp.nanoseconds = (uint32_t)fuzz_next_number(input);
    timestamp.offset_minutes = (int16_t)(fuzz_next_byte(input) << 8 | fuzz_next_byte(input));
    timestamp.fraction_digits = fuzz_next_byte(input) & 15u;
    timestamp.unknown_offset = (fuzz_next_byte(input) & 1u) != 0;
    timestamp.leap_second = (fuzz_next_byte(input) & 1u) != 0;
    return timestamp;
}

typedef struct wish {
    numres_query query;
    numres_timestamp after, before;
} wish;

static void next_instant(fuzz_bytes *input, unsigned int form, numres_query_instant *instant,
                         numres_timestamp *timestamp) {
    if ((form & 1u) != 0)
        instant->text = fuzz_next_text(input);
    if ((form & 2u) != 0) {
        *timestamp = next_timestamp(input);
        instant->timestamp = timestamp;
    }
}

static void make_wish(wish *wish, const uint8_t *data, size_t size) {
    fuzz_bytes input = {data, size};
    unsigned int given = fuzz_next_byte(&input);
    wish->query = numres_query_default();
    if ((given & 1u) != 0)
        wish->query.status = fuzz_next_byte(&input) % 10u - 2;
    next_instant(&input, given >> 1, &wish->query.created_after, &wish->after);
    next_instant(&input, given >> 3, &wish->query.created_before, &wish->before);
    if ((given & 32u) != 0)
        wish->query.phone_number = fuzz_next_text(&input);
    if ((given & 64u) != 0)
        wish->query.customer_reference = fuzz_next_text(&input);
    if ((given & 128u) != 0) {
        wish->query.page_size = fuzz_next_number(&input);
        wish->query.page_number = fuzz_next_number(&input);
    }
}

/* ---- what must be written ---- */

static numres_code code_of_text(numres_text text) {
    bool has_nul = text.length > 0 && memchr(text.bytes, '\0', text.length) != NULL;
    return has_nul || !fuzz_is_utf8(text.bytes, text.length) ? NUMRES_BAD_TEXT : NUMRES_OK;
}

/* A parameter's expected name and value, decoded. */
typedef struct expectation {
    const char *name;
    bool sent;
    numres_code code;
    numres_text value;
    char written[NUMRES_TIMESTAMP_SIZE];
} expectation;

enum { EXPECTATIONS = 7 };

static void expect_text(expectation *expectation, numres_text text) {
    expectation->sent = text.bytes != NULL;
    expectation->value = text;
    if (expectation->sent)
        expectation->code = code_of_text(text);
}

static void expect_instant(expectation *expectation, const numres_query_instant *instant) {
    numres_timestamp read;
    expect_text(expectation, instant->text);
    if (instant->timestamp != NULL) {
        if (expectation->sent) {
            expectation->code = NUMRES_WRONG_OPTION;
            return;
        }
        size_t length = numres_timestamp_format(instant->timestamp, expectation->written,
                                                sizeof expectation->written);
        expectation->sent = true;
        expectation->value = (numres_text){expectation->written, length};
    }
    if (expectation->sent && expectation->code == NUMRES_OK &&
        !numres_timestamp_parse(expectation->value.bytes, expectation->value.length, &read))
        expectation->code = NUMRES_BAD_TIMESTAMP;
}

static void expect_number(expectation *expectation, uint64_t number, uint64_t largest) {
    expectation->sent = number != NUMRES_NOT_SENT;
    if (expectation->sent && (number < 1 || number > largest))
        expectation->code = NUMRES_WRONG_OPTION;
    snprintf(expectation->written, sizeof expectation->written, "%llu", (unsigned long long)number);
    expectation->value = numres_text_from(expectation->written);
}

#define AT_NUMBER(NAME, NUMBER, word, COUNTS_AS, SOURCE) [NUMBER] = word,
static const char *const status_words[] = {NUMRES_STATUSES(AT_NUMBER)};
enum { STATUSES = sizeof status_words / sizeof *status_words };

static void expect_query(expectation *all, const numres_query *query) {
    memset(all, 0, EXPECTATIONS * sizeof *all);
    all[0].name = "filter[status]";
    all[0].sent = query->status != NUMRES_ANY_STATUS;
    if (query->status >= 1 && query->status < STATUSES)
        all[0].value = numres_text_from(status_words[query->status]);
    else if (all[0].sent)
        all[0].code = NUMRES_UNKNOWN_STATUS;
    all[1].name = "filter[created_at][gt]";
    expect_instant(&all[1], &query->created_after);
    all[2].name = "filter[created_at][lt]";
    expect_instant(&all[2], &query->created_before);
    all[3].name = "filter[phone_numbers.phone_number]";
    expect_text(&all[3], query->phone_number);
    if (all[3].sent && query->phone_number.length == 0)
        all[3].code = NUMRES_BAD_PHONE_NUMBER;
    all[4].name = "filter[customer_reference]";
    expect_text(&all[4], query->customer_reference);
    all[5].name = "page[size]";
    expect_number(&all[5], query->page_size, 250);
    all[6].name = "page[number]";
    expect_number(&all[6], query->page_number, INT64_MAX);
}

/* ---- decoding ---- */

static void check_line(const char *line, const expectation *all) {
    static const char path[] = "/number_reservations";
    char separator = '?';
    FUZZ_EXPECT(strncmp(line, path, strlen(path)) == 0, "the path comes first");
    line += strlen(path);
    for (size_t at = 0; at < EXPECTATIONS; at++) {
        if (!all[at].sent)
            continue;
        FUZZ_EXPECT(*line++ == separator, "parameters are separated");
        separator = '&';
        line = fuzz_take_encoded(line, numres_text_from(all[at].name));
        FUZZ_EXPECT(*line++ == '=', "names and values are separated");
        line = fuzz_take_encoded(line, all[at].value);
    }
    FUZZ_EXPECT(*line == '\0', "nothing else follows");
}

static void check_size(const numres_query *query, size_t size, size_t length, const char *line) {
    size_t needed = 0;
    char *buffer = malloc(size + (size == 0));
    FUZZ_EXPECT(buffer != NULL, "memory");
    numres_code code = numres_query_write(query, buffer, size, &needed);
    FUZZ_EXPECT(needed == length, "the length needed is always told");
    FUZZ_EXPECT(code == (size > length ? NUMRES_OK : NUMRES_NO_MEMORY), "a small buffer is told");
    if (size > 0)
        FUZZ_EXPECT(strcmp(buffer, size > length ? line : "") == 0, "all or nothing is written");
    free(buffer);
}

static void check_refused(const numres_query *query, numres_code code) {
    char buffer[8] = "before";
    size_t needed = 1;
    FUZZ_EXPECT(numres_query_write(query, buffer, sizeof buffer, &needed) == code,
                "one code for both");
    FUZZ_EXPECT(needed == 0 && buffer[0] == '\0', "a wrong query writes nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    wish wish;
    expectation all[EXPECTATIONS];
    const char *parameter;
    size_t wrong = 0, length = 0;
    make_wish(&wish, data, size);
    expect_query(all, &wish.query);
    while (wrong < EXPECTATIONS && all[wrong].code == NUMRES_OK)
        wrong++;

    numres_code code = numres_query_check(&wish.query, &parameter);
    FUZZ_EXPECT(code == (wrong < EXPECTATIONS ? all[wrong].code : NUMRES_OK),
                "the first wrong code");
    if (code != NUMRES_OK) {
        FUZZ_EXPECT(strcmp(parameter, all[wrong].name) == 0, "the first wrong parameter");
        check_refused(&wish.query, code);
        return 0;
    }
    FUZZ_EXPECT(parameter == NULL, "no parameter is wrong");
    FUZZ_EXPECT(numres_query_write(&wish.query, NULL, 0, &length) == NUMRES_NO_MEMORY,
                "the length");
    char *line = malloc(length + 1);
    FUZZ_EXPECT(line != NULL, "memory");
    FUZZ_EXPECT(numres_query_write(&wish.query, line, length + 1, NULL) == NUMRES_OK, "it fits");
    FUZZ_EXPECT(strlen(line) == length, "the length is right");
    check_line(line, all);
    for (size_t small = 0; small <= length + 2; small += 1 + small / 4)
        check_size(&wish.query, small, length, line);
    check_size(&wish.query, length, length, line);
    free(line);
    return 0;
}
