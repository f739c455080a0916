/*
 * A request from the input's bytes. Its path and body are decoded by independent readers
 * (percent-decoding, and a reader of just this JSON) and compared with the request; what
 * is refused must be invalid by independent checks. No buffer, whatever its size, is
 * overrun or holds a partial result.
 */
#include "check.h"
#include "own.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- the request from the bytes ---- */

enum { MOST_NUMBERS = 8 };

typedef struct wish {
    numres_request request;
    numres_query query;
    numres_text numbers[MOST_NUMBERS];
} wish;

static void make_wish(wish *wish, const uint8_t *data, size_t size) {
    fuzz_bytes input = {data, size};
    unsigned int given = fuzz_next_byte(&input);
    wish->request = numres_request_default();
    wish->query = numres_query_default();
    wish->request.operation = (numres_operation)(given % 5u);
    if ((given & 16u) != 0)
        wish->request.id = fuzz_next_text(&input);
    if ((given & 32u) != 0) {
        wish->request.phone_numbers = wish->numbers;
        wish->request.phone_number_count = fuzz_next_byte(&input) % (MOST_NUMBERS + 1u);
        for (size_t at = 0; at < wish->request.phone_number_count; at++)
            wish->numbers[at] = fuzz_next_text(&input);
    }
    if ((given & 64u) != 0)
        wish->request.customer_reference = fuzz_next_text(&input);
    if ((given & 128u) != 0) {
        wish->query.page_size = fuzz_next_number(&input);
        wish->query.customer_reference = fuzz_next_text(&input);
        wish->request.query = &wish->query;
    }
}

/* ---- what must be written ---- */

static bool is_text(numres_text text) {
    return (text.length == 0 || memchr(text.bytes, '\0', text.length) == NULL) &&
           fuzz_is_utf8(text.bytes, text.length);
}

static bool has_text(numres_text text) {
    return text.bytes != NULL;
}

static bool is_one_of(numres_text text, const char *one, const char *other) {
    return (strlen(one) == text.length && memcmp(text.bytes, one, text.length) == 0) ||
           (strlen(other) == text.length && memcmp(text.bytes, other, text.length) == 0);
}

/* ITU-T E.164 section 6. */
static bool is_e164(numres_text text) {
    size_t digits = 0;
    while (digits + 1 < text.length && text.bytes[digits + 1] >= '0' &&
           text.bytes[digits + 1] <= '9')
        digits++;
    return digits >= 2 && digits <= 15 && digits + 1 == text.length && text.bytes[0] == '+' &&
           text.bytes[1] != '0';
}

static const char *wrong_id(const wish *wish, bool is_sent) {
    numres_text id = wish->request.id;
    if (!is_sent)
        return has_text(id) ? "WRONG_OPTION" : NULL;
    if (!has_text(id) || !is_text(id))
        return "BAD_TEXT";
    return id.length == 0 || is_one_of(id, ".", "..") ? "WRONG_OPTION" : NULL;
}

static const char *wrong_numbers(const wish *wish, bool is_sent) {
    const numres_request *request = &wish->request;
    if (!is_sent)
        return request->phone_numbers != NULL ? "WRONG_OPTION" : NULL;
    if (request->phone_number_count == 0)
        return "WRONG_OPTION";
    for (size_t at = 0; at < request->phone_number_count; at++)
        if (!is_e164(request->phone_numbers[at]))
            return "BAD_PHONE_NUMBER";
    return NULL;
}

static const char *wrong_reference(const wish *wish, bool is_sent) {
    numres_text reference = wish->request.customer_reference;
    if (!has_text(reference))
        return NULL;
    if (!is_sent)
        return "WRONG_OPTION";
    return is_text(reference) ? NULL : "BAD_TEXT";
}

/* Returns the name of the expected code without its prefix and sets the parameter it is
   about; NULL if the request is valid. */
static const char *find_fault(const wish *wish, const char **parameter) {
    unsigned int operation = (unsigned int)wish->request.operation;
    bool is_create = operation == 2;
    const char *fault = NULL;
    if (operation > 3)
        return *parameter = "operation", "WRONG_OPTION";
    if (wish->request.query != NULL && operation != 0)
        return *parameter = "query", "WRONG_OPTION";
    if (wish->request.query != NULL) {
        uint64_t page_size = wish->query.page_size;
        if (!is_text(wish->query.customer_reference))
            return *parameter = "filter[customer_reference]", "BAD_TEXT";
        if (page_size != NUMRES_NOT_SENT && (page_size < 1 || page_size > 250))
            return *parameter = "page[size]", "WRONG_OPTION";
    }
    if ((fault = wrong_id(wish, operation == 1 || operation == 3)) != NULL)
        return *parameter = "id", fault;
    if ((fault = wrong_numbers(wish, is_create)) != NULL)
        return *parameter = "phone_numbers", fault;
    if ((fault = wrong_reference(wish, is_create)) != NULL)
        return *parameter = "customer_reference", fault;
    return *parameter = NULL, NULL;
}

static numres_code code_of(const char *fault) {
    return fault == NULL                            ? NUMRES_OK
           : strcmp(fault, "BAD_TEXT") == 0         ? NUMRES_BAD_TEXT
           : strcmp(fault, "BAD_PHONE_NUMBER") == 0 ? NUMRES_BAD_PHONE_NUMBER
                                                    : NUMRES_WRONG_OPTION;
}

/* ---- the path ---- */

static const char *take_plain(const char *line, const char *wanted) {
    size_t length = strlen(wanted);
    FUZZ_EXPECT(strncmp(line, wanted, length) == 0, "what stands is what must stand");
    return line + length;
}

static void check_path(const char *path, const wish *wish) {
    const numres_request *request = &wish->request;
    path = take_plain(path, "/number_reservations");
    if (request->operation == NUMRES_OPERATION_LIST) {
        char query[1024];
        FUZZ_EXPECT(numres_query_write(&wish->query, query, sizeof query, NULL) == NUMRES_OK,
                    "a list has the query's path");
        path = take_plain(path, query + strlen("/number_reservations"));
    } else if (request->operation != NUMRES_OPERATION_CREATE) {
        path = fuzz_take_encoded(take_plain(path, "/"), request->id);
        if (request->operation == NUMRES_OPERATION_EXTEND)
            path = take_plain(path, "/actions/extend");
    }
    FUZZ_EXPECT(*path == '\0', "nothing follows the path");
}

/* ---- the body ---- */

/* Decodes one escape of RFC 8259 section 7. The library never writes those above U+007F. */
static const char *take_escape(const char *text, unsigned char *byte) {
    static const char letters[] = "\"\\bfnrt";
    static const char meant[] = "\"\\\b\f\n\r\t";
    const char *found = *text != '\0' ? strchr(letters, *text) : NULL;
    if (found != NULL) {
        *byte = (unsigned char)meant[found - letters];
        return text + 1;
    }
    FUZZ_EXPECT(strncmp(text, "u00", 3) == 0 && text[3] != '\0', "an escape is a known one");
    char digits[3] = {text[3], text[4], '\0'};
    char *end = NULL;
    *byte = (unsigned char)strtoul(digits, &end, 16);
    FUZZ_EXPECT(end == digits + 2 && *byte < 0x20, "only control characters are numbers");
    return text + 5;
}

static const char *take_string(const char *text, numres_text wanted) {
    text = take_plain(text, "\"");
    for (size_t at = 0; at < wanted.length; at++) {
        unsigned char byte = (unsigned char)*text++;
        FUZZ_EXPECT(byte >= 0x20 && byte != '"', "a string goes on");
        if (byte == '\\')
            text = take_escape(text, &byte);
        FUZZ_EXPECT(byte == (unsigned char)wanted.bytes[at], "the string is what was given");
    }
    return take_plain(text, "\"");
}

static void check_body(const char *body, const wish *wish) {
    const numres_request *request = &wish->request;
    if (request->operation != NUMRES_OPERATION_CREATE) {
        FUZZ_EXPECT(*body == '\0', "only create has a body");
        return;
    }
    body = take_plain(body, "{\"phone_numbers\":[");
    for (size_t at = 0; at < request->phone_number_count; at++) {
        body = take_plain(body, at == 0 ? "{\"phone_number\":" : ",{\"phone_number\":");
        body = take_plain(take_string(body, request->phone_numbers[at]), "}");
    }
    body = take_plain(body, "]");
    if (has_text(request->customer_reference)) {
        body = take_plain(body, ",\"customer_reference\":");
        body = take_string(body, request->customer_reference);
    }
    body = take_plain(body, "}");
    FUZZ_EXPECT(*body == '\0', "nothing follows the body");
}

/* ---- both ---- */

typedef void check_function(const char *text, const wish *wish);
typedef numres_code write_function(const numres_request *request, char *buffer, size_t size,
                                   size_t *needed);

static void check_size(const wish *wish, write_function *write, size_t size, const char *whole) {
    size_t length = strlen(whole);
    size_t needed = length + 1;
    char *buffer = malloc(size + (size == 0));
    FUZZ_EXPECT(buffer != NULL, "memory");
    numres_code code = write(&wish->request, buffer, size, &needed);
    FUZZ_EXPECT(needed == length, "the length needed is always told");
    FUZZ_EXPECT(code == (size > length ? NUMRES_OK : NUMRES_NO_MEMORY), "a small buffer is told");
    if (size > 0)
        FUZZ_EXPECT(strcmp(buffer, size > length ? whole : "") == 0, "all or nothing is written");
    free(buffer);
}

static void check_written(const wish *wish, write_function *write, check_function *check) {
    size_t length = 0;
    FUZZ_EXPECT(write(&wish->request, NULL, 0, &length) == NUMRES_NO_MEMORY, "the length");
    char *text = malloc(length + 1);
    FUZZ_EXPECT(text != NULL, "memory");
    FUZZ_EXPECT(write(&wish->request, text, length + 1, NULL) == NUMRES_OK, "it fits");
    FUZZ_EXPECT(strlen(text) == length, "the length is right");
    check(text, wish);
    for (size_t small = 0; small <= length + 2; small += 1 + small / 4)
        check_size(wish, write, small, text);
    check_size(wish, write, length, text);
    free(text);
}

static void check_refused(const wish *wish, write_function *write, numres_code code) {
    char buffer[8] = "before";
    size_t needed = 1;
    FUZZ_EXPECT(write(&wish->request, buffer, sizeof buffer, &needed) == code, "one code for all");
    FUZZ_EXPECT(needed == 0 && buffer[0] == '\0', "a wrong request writes nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    wish wish;
    const char *expected;
    const char *parameter;
    make_wish(&wish, data, size);
    numres_code wanted = code_of(find_fault(&wish, &expected));
    FUZZ_EXPECT(numres_request_check(&wish.request, &parameter) == wanted, "the first wrong code");
    FUZZ_EXPECT((parameter == NULL) == (expected == NULL), "a parameter is named if one is wrong");
    if (expected != NULL) {
        FUZZ_EXPECT(strcmp(parameter, expected) == 0, "the first wrong parameter");
        check_refused(&wish, numres_request_write_path, wanted);
        check_refused(&wish, numres_request_write_body, wanted);
        return 0;
    }
    check_written(&wish, numres_request_write_path, check_path);
    check_written(&wish, numres_request_write_body, check_body);
    return 0;
}
