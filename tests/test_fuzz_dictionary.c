/*
 * The fuzz dictionary has every name and value of the schema, and no other name.
 */
#include <criterion/criterion.h>

#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) name,
#define CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) name,

/* The members of the envelope are in none of the lists of numres/members.h. */
static const char *const names[] = {
    NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER) NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)
        NUMRES_META_MEMBERS(VALUE, CONTAINER) NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)
            NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)
                NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)
                    NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER) "data",
    "errors", "meta"};

#define NAMES (sizeof(names) / sizeof(names[0]))

static file_bytes dictionary(void) {
    const char *root = getenv("NUMRES_SOURCE_DIR");
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/fuzz/numres.dict", root ? root : ".");
    file_bytes file = read_file(path);
    cr_assert(file.bytes, "%s cannot be read", path);
    return file;
}

/* Checks the line KIND_WORD="\"WORD\"". */
static void expect_word(const file_bytes *file, const char *kind, const char *word) {
    char line[256];
    snprintf(line, sizeof(line), "\n%s_%s=\"\\\"%s\\\"\"\n", kind, word, word);
    cr_expect(strstr(file->bytes, line),
              "run scripts/regenerate: fuzz/numres.dict lacks this line:%s", line);
}

static bool is_name(const char *word, size_t length) {
    for (size_t place = 0; place < NAMES; place++) {
        if (strlen(names[place]) == length && memcmp(names[place], word, length) == 0) {
            return true;
        }
    }
    return false;
}

Test(fuzz_dictionary, has_every_name_of_the_schema) {
    file_bytes file = dictionary();
    for (size_t place = 0; place < NAMES; place++) {
        expect_word(&file, "member", names[place]);
    }
    free(file.bytes);
}

Test(fuzz_dictionary, has_no_name_that_the_schema_lacks) {
    static const char start[] = "\nmember_";
    file_bytes file = dictionary();
    size_t count = 0;
    for (const char *line = file.bytes; (line = strstr(line, start)); count++) {
        line += strlen(start);
        size_t length = strcspn(line, "=");
        cr_expect(is_name(line, length), "fuzz/numres.dict: %.*s is no member", (int)length, line);
    }
    cr_expect_geq(count, 20u);
    free(file.bytes);
}

Test(fuzz_dictionary, has_every_status_and_record_type) {
    file_bytes file = dictionary();
    for (int status = 1; status < NUMRES_STATUS_COUNT; status++) {
        expect_word(&file, "value", numres_status_name((numres_status)status));
    }
    expect_word(&file, "value", "number_reservation");
    expect_word(&file, "value", "reserved_phone_number");
    free(file.bytes);
}
