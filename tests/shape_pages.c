#include "shape_pages.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The styles of a number; each % takes a value. */
static const char *const styles[SHAPE_STYLES] = {
    "{\"id\":\"%s\",\"record_type\":\"reserved_phone_number\",\"phone_number\":\"+1800555%04u\","
    "\"status\":\"%s\",\"created_at\":\"%s\",\"updated_at\":\"2024-02-29T00:00:00.000000Z\","
    "\"expired_at\":\"2024-02-29T23:59:59.999999Z\",\"errors\":\"%s\"}",
    "\n    {\n      \"id\": \"%s\",\n      \"record_type\": \"reserved_phone_number\",\n"
    "      \"phone_number\": \"+1800555%04u\",\n      \"status\": \"%s\",\n"
    "      \"created_at\": \"%s\",\n      \"updated_at\": \"2024-02-29T00:00:00.000000Z\",\n"
    "      \"expired_at\": \"2024-02-29T23:59:59.999999Z\",\n      \"errors\": \"%s\"\n    }",
    /* In these, another text is last, or none is. */
    "{\"errors\":\"%s\",\"phone_number\":\"+1800555%04u\",\"status\":\"%s\","
    "\"created_at\":\"%s\",\"id\":\"%s\"}",
    "{\"id\":\"%s\",\"phone_number\":\"+1800555%04u\",\"errors\":\"\",\"status\":\"%s\","
    "\"created_at\":\"%s\"%.0s}",
};

static void add(shape_page *page, const char *text) {
    size_t length = strlen(text);
    cr_assert_lt(page->length + length, sizeof(page->bytes) - 256);
    memcpy(page->bytes + page->length, text, length);
    page->length += length;
}

void shape_page_make(shape_page *page, size_t style, const char *created_at, const char *errors) {
    static const char *const statuses[] = {"pending", "success", "failure"};
    char number[1024];
    page->length = 0;
    add(page, "{\"data\":[{\"id\":\"r\",\"phone_numbers\":[");
    for (unsigned int i = 0; i < SHAPE_NUMBERS; i++) {
        bool changed = i == SHAPE_CHANGED;
        snprintf(number, sizeof(number), styles[style], "8621a03f-e0bb-4b7b-8e1f-7555983aa92f", i,
                 statuses[i % 3], changed ? created_at : "2024-02-29T23:59:59.999999Z",
                 changed ? errors : "");
        if (changed)
            page->begins = page->length;
        if (i > 0)
            add(page, ",");
        add(page, number);
        if (changed)
            page->ends = page->length;
    }
    add(page, "],\"status\":\"pending\"}]}");
    for (int i = 0; i < 12; i++)
        add(page, "                                                            ");
}
