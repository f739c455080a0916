/* Each member of the schema with each type of JSON value. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum json_type {
    TYPE_STRING,
    TYPE_INTEGER,
    TYPE_FRACTION,
    TYPE_TRUE,
    TYPE_FALSE,
    TYPE_NULL,
    TYPE_OBJECT,
    TYPE_ARRAY,
    TYPE_COUNT
} json_type;

typedef struct sample {
    const char *text;
    const char *raw;
    numres_json_type found;
} sample;

/* The containers hold values that would be problems if they were read. */
static const sample samples[TYPE_COUNT] = {
    {"'plain text'", "plain text", NUMRES_JSON_STRING},
    {"12", "12", NUMRES_JSON_NUMBER},
    {"1.5", "1.5", NUMRES_JSON_NUMBER},
    {"true", "true", NUMRES_JSON_BOOLEAN},
    {"false", "false", NUMRES_JSON_BOOLEAN},
    {"null", "null", NUMRES_JSON_NULL},
    {"{'status':'odd','status':[]}", "", NUMRES_JSON_OBJECT},
    {"[{'id':7,'url':[7]}]", "", NUMRES_JSON_ARRAY},
};

/* Bits of the types that raise no wrong-type. */
#define ACCEPTS(type) (1u << (type))

/* For TEXT and so on in numres/members.h. Which strings are valid is not tested here. */
enum {
    TAKES_TEXT = ACCEPTS(TYPE_STRING),
    TAKES_RECORD_TYPE = ACCEPTS(TYPE_STRING),
    TAKES_STATUS = ACCEPTS(TYPE_STRING),
    TAKES_TIMESTAMP = ACCEPTS(TYPE_STRING),
    TAKES_E164 = ACCEPTS(TYPE_STRING),
    TAKES_INTEGER = ACCEPTS(TYPE_INTEGER) | ACCEPTS(TYPE_FRACTION),
    TAKES_BOOLEAN = ACCEPTS(TYPE_TRUE) | ACCEPTS(TYPE_FALSE),
    TAKES_CODE = ACCEPTS(TYPE_STRING) | ACCEPTS(TYPE_INTEGER),
    TAKES_LIST = ACCEPTS(TYPE_ARRAY),
    TAKES_NESTED = ACCEPTS(TYPE_OBJECT)
};

/* A place in a document for an object of some kind. */
typedef struct place {
    const char *before;
    const char *after;
    const char *path;
    numres_event kind;
} place;

static const place reservation_place = {"{'data':[{", "}]}", "data[0].", NUMRES_EVENT_RESERVATION};
static const place phone_number_place = {"{'data':[{'phone_numbers':[{", "}]}]}",
                                         "data[0].phone_numbers[0].", NUMRES_EVENT_PHONE_NUMBER};
static const place meta_place = {"{'data':[],'meta':{", "}}", "meta.", NUMRES_EVENT_META};
static const place api_error_place = {"{'errors':[{", "}]}", "errors[0].", NUMRES_EVENT_API_ERROR};
static const place source_place = {"{'errors':[{'source':{", "}}]}", "errors[0].source.",
                                   NUMRES_EVENT_API_ERROR};
static const place error_meta_place = {"{'errors':[{'meta':{", "}}]}", "errors[0].meta.",
                                       NUMRES_EVENT_API_ERROR};

static void masks_of(const event *now, uint32_t *present, uint32_t *null, uint32_t *invalid) {
    switch (now->kind) {
    case NUMRES_EVENT_RESERVATION:
        *present = now->reservation.present;
        *null = now->reservation.null;
        *invalid = now->reservation.invalid;
        break;
    case NUMRES_EVENT_PHONE_NUMBER:
        *present = now->phone_number.present;
        *null = now->phone_number.null;
        *invalid = now->phone_number.invalid;
        break;
    case NUMRES_EVENT_META:
        *present = now->meta.present;
        *null = now->meta.null;
        *invalid = now->meta.invalid;
        break;
    default:
        *present = now->api_error.present;
        *null = now->api_error.null;
        *invalid = now->api_error.invalid;
        break;
    }
}

static void check_member(const event *now, unsigned int member, json_type type, bool rejected,
                         const char *log) {
    uint32_t present, null, invalid;
    masks_of(now, &present, &null, &invalid);
    cr_assert(numres_has(present, member), "%s", log);
    cr_assert_eq(numres_has(null, member), type == TYPE_NULL, "%s", log);
    cr_assert_eq(numres_has(invalid, member), rejected, "%s", log);
    cr_assert(text_is(now->raw[member], samples[type].raw), "%s", log);
}

/* The words of the problem for these types. */
static const char *expected_of(unsigned int accepted) {
    switch (accepted) {
    case ACCEPTS(TYPE_STRING):
        return "a string";
    case ACCEPTS(TYPE_INTEGER) | ACCEPTS(TYPE_FRACTION):
        return "an integer";
    case ACCEPTS(TYPE_STRING) | ACCEPTS(TYPE_INTEGER):
        return "a string or an integer";
    case ACCEPTS(TYPE_TRUE) | ACCEPTS(TYPE_FALSE):
        return "true or false";
    case ACCEPTS(TYPE_ARRAY):
        return "an array";
    case ACCEPTS(TYPE_OBJECT):
        return "an object";
    default:
        return "another set of types";
    }
}

/* Reads one member with one value. Its only possible problem is a wrong type. */
static void try_value(const place *where, const char *name, unsigned int member,
                      unsigned int accepted, json_type type) {
    char text[512], path[128];
    snprintf(text, sizeof text, "%s'%s':%s%s", where->before, name, samples[type].text,
             where->after);
    snprintf(path, sizeof path, "%s%s", where->path, name);
    bool right = type == TYPE_NULL || (accepted & ACCEPTS(type)) != 0;
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    if (!right) {
        uint64_t offset = strlen(where->before) + strlen(name) + 3;
        expect_problem_count(&kept, 1);
        expect_problem(&kept, 0, NUMRES_WRONG_TYPE, offset, path, samples[type].raw);
        const numres_problem *problem = &event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem;
        cr_assert_str_eq(problem->expected, expected_of(accepted), "%s", kept.log);
        cr_assert_eq(problem->found, samples[type].found, "%s", kept.log);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->position,
                     offset + strlen(samples[type].text), "%s", kept.log);
    }
    for (size_t at = 0; right && at < count_of(&kept, NUMRES_EVENT_PROBLEM); at++) {
        cr_assert_neq(event_of(&kept, NUMRES_EVENT_PROBLEM, at)->problem.code, NUMRES_WRONG_TYPE,
                      "%s", kept.log);
    }
    bool is_rejected_value = right && count_of(&kept, NUMRES_EVENT_PROBLEM) != 0;
    check_member(event_of(&kept, where->kind, 0), member, type, !right || is_rejected_value,
                 kept.log);
    records_close(&kept);
}

static void try_member(const place *where, const char *name, unsigned int member,
                       unsigned int accepted) {
    for (int type = 0; type < TYPE_COUNT; type++) {
        /* The contents of accepted containers are tested elsewhere. */
        bool is_container = type == TYPE_OBJECT || type == TYPE_ARRAY;
        if (is_container && (accepted & ACCEPTS(type)) != 0) {
            continue;
        }
        try_value(where, name, member, accepted, (json_type)type);
    }
}

#define TRY_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                   \
    try_member(where, name, NUMRES_##OBJECT##_##NAME, TAKES_##TYPE);
#define TRY_CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                               \
    try_member(where, name, NUMRES_##OBJECT##_##NAME, TAKES_##FORM);

Test(member_types, reservation) {
    const place *where = &reservation_place;
    NUMRES_RESERVATION_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

Test(member_types, phone_number) {
    const place *where = &phone_number_place;
    NUMRES_PHONE_NUMBER_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

Test(member_types, meta) {
    const place *where = &meta_place;
    NUMRES_META_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

Test(member_types, api_error) {
    const place *where = &api_error_place;
    NUMRES_API_ERROR_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

Test(member_types, api_error_source) {
    const place *where = &source_place;
    NUMRES_API_ERROR_SOURCE_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

Test(member_types, api_error_meta) {
    const place *where = &error_meta_place;
    NUMRES_API_ERROR_META_MEMBERS(TRY_VALUE, TRY_CONTAINER)
}

/* ---- an API error's code ---- */

static void expect_code(const char *value, const char *expected, const char *raw) {
    char text[256];
    snprintf(text, sizeof text, "{'errors':[{'code':%s}]}", value);
    records kept = read_document(text, NULL, NULL, NULL);
    const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    cr_assert(text_is(now->api_error.code, expected), "%s", kept.log);
    cr_assert(text_is(now->raw[NUMRES_API_ERROR_CODE], raw), "%s", kept.log);
    bool rejected = strcmp(expected, raw) != 0;
    expect_problem_count(&kept, rejected ? 1 : 0);
    cr_assert_eq(numres_has(now->api_error.invalid, NUMRES_API_ERROR_CODE), rejected);
    if (rejected) {
        expect_problem(&kept, 0, NUMRES_WRONG_TYPE, 19, "errors[0].code", raw);
    }
    records_close(&kept);
}

Test(member_types, a_code_keeps_its_digits) {
    expect_code("10005", "10005", "10005");
    expect_code("'10005'", "10005", "10005");
    expect_code("'not_found'", "not_found", "not_found");
    expect_code("0", "0", "0");
    expect_code("123456789012345678901234567890", "123456789012345678901234567890",
                "123456789012345678901234567890");
    expect_code("10005.0", "", "10005.0");
    expect_code("1e4", "", "1e4");
    expect_code("1E+4", "", "1E+4");
    expect_code("true", "", "true");
}

/* ---- detail and the older description ---- */

static void expect_detail(const char *members, const char *detail, const char *description) {
    char text[256];
    snprintf(text, sizeof text, "{'errors':[{%s}]}", members);
    records kept = read_document(text, NULL, NULL, NULL);
    const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    cr_assert(text_is(now->api_error.detail, detail), "%s", kept.log);
    cr_assert(text_is(now->api_error.description, description), "%s", kept.log);
    cr_assert_eq(numres_has(now->api_error.present, NUMRES_API_ERROR_DETAIL),
                 strstr(members, "'detail'") != NULL);
    cr_assert_eq(numres_has(now->api_error.present, NUMRES_API_ERROR_DESCRIPTION),
                 strstr(members, "'description'") != NULL);
    records_close(&kept);
}

Test(member_types, detail_wins_over_description) {
    expect_detail("'detail':'new','description':'old'", "new", "old");
    expect_detail("'description':'old','detail':'new'", "new", "old");
    expect_detail("'detail':'new'", "new", "");
    expect_detail("'title':'t'", "", "");
}

Test(member_types, description_stands_in_for_a_detail_without_text) {
    expect_detail("'description':'old'", "old", "old");
    expect_detail("'detail':null,'description':'old'", "old", "old");
    expect_detail("'description':'old','detail':null", "old", "old");
    expect_detail("'detail':7,'description':'old'", "old", "old");
    expect_detail("'description':'old','detail':{}", "old", "old");
    expect_detail("'detail':null,'description':null", "", "");
    expect_detail("'detail':7,'description':[]", "", "");
}

Test(member_types, a_detail_that_is_rejected_stays_marked_so) {
    records kept = read_document("{'errors':[{'detail':7,'description':'old'}]}", NULL, NULL, NULL);
    const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    cr_assert_eq(now->api_error.invalid, 1u << NUMRES_API_ERROR_DETAIL);
    cr_assert(text_is(now->raw[NUMRES_API_ERROR_DETAIL], "7"));
    records_close(&kept);
    kept = read_document("{'errors':[{'description':'old'}]}", NULL, NULL, NULL);
    now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    cr_assert(text_is(now->raw[NUMRES_API_ERROR_DETAIL], ""));
    records_close(&kept);
}
