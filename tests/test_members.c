/* The table of members: its contents, and the search in it. */
#include "schema/members.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

static const numres_object_kind known_kinds[] = {
    NUMRES_OBJECT_ENVELOPE,       NUMRES_OBJECT_RESERVATION, NUMRES_OBJECT_PHONE_NUMBER,
    NUMRES_OBJECT_META,           NUMRES_OBJECT_API_ERROR,   NUMRES_OBJECT_API_ERROR_SOURCE,
    NUMRES_OBJECT_API_ERROR_META,
};

enum { KNOWN_KINDS = sizeof known_kinds / sizeof *known_kinds };

static numres_text text_of(const char *bytes) {
    numres_text text = {bytes, strlen(bytes)};
    return text;
}

static const numres_member *find(numres_object_kind kind, const char *name) {
    uint8_t guess = 0;
    return numres_members_find(kind, text_of(name), &guess);
}

/* ---- searching ---- */

Test(members, every_name_is_found_with_any_guess) {
    for (size_t at = 0; at < KNOWN_KINDS; at++) {
        size_t count;
        const numres_member *members = numres_members_of(known_kinds[at], &count);
        cr_assert_gt(count, 0);
        for (size_t place = 0; place < count; place++) {
            for (unsigned int first = 0; first < 256; first++) {
                uint8_t guess = (uint8_t)first;
                const numres_member *found =
                    numres_members_find(known_kinds[at], text_of(members[place].name), &guess);
                if (found != &members[place] || guess != place) {
                    cr_assert_fail("%s guessed at %u", members[place].name, first);
                }
            }
        }
    }
}

static void expect_unknown(numres_object_kind kind, numres_text name) {
    size_t count;
    numres_members_of(kind, &count);
    for (unsigned int first = 0; first <= count; first++) {
        uint8_t guess = (uint8_t)first;
        cr_assert_null(numres_members_find(kind, name, &guess), "%.*s", (int)name.length,
                       name.bytes);
        cr_assert_eq(guess, first, "a guess that helped nobody changed");
    }
}

Test(members, mutations_of_a_name_are_not_found) {
    for (size_t at = 0; at < KNOWN_KINDS; at++) {
        size_t count;
        const numres_member *members = numres_members_of(known_kinds[at], &count);
        for (size_t place = 0; place < count; place++) {
            char name[64] = {0};
            size_t length = members[place].name_length;
            memcpy(name, members[place].name, length);
            expect_unknown(known_kinds[at], (numres_text){name, length - 1});
            expect_unknown(known_kinds[at], (numres_text){name, length + 1});
            expect_unknown(known_kinds[at], (numres_text){name + 1, length - 1});
            for (size_t byte = 0; byte < length; byte++) {
                name[byte] ^= 0x20;
                expect_unknown(known_kinds[at], (numres_text){name, length});
                name[byte] ^= 0x20;
            }
        }
    }
}

Test(members, unknown_names_are_not_found) {
    static const char *const names[] = {"",        "x",        "expire", "user", "error",
                                        "data[0]", "pointer ", "Id",     "ID",   "reservation"};
    for (size_t at = 0; at < KNOWN_KINDS; at++) {
        for (size_t name = 0; name < sizeof names / sizeof *names; name++) {
            expect_unknown(known_kinds[at], text_of(names[name]));
        }
    }
}

Test(members, an_unknown_object_knows_no_name) {
    size_t count = 7;
    numres_members_of(NUMRES_OBJECT_UNKNOWN, &count);
    cr_assert_eq(count, 0);
    expect_unknown(NUMRES_OBJECT_UNKNOWN, text_of("id"));
    expect_unknown(NUMRES_OBJECT_UNKNOWN, text_of("data"));
    expect_unknown(NUMRES_OBJECT_UNKNOWN, numres_text_empty);
}

Test(members, names_of_one_kind_are_unknown_to_the_others) {
    expect_unknown(NUMRES_OBJECT_ENVELOPE, text_of("id"));
    expect_unknown(NUMRES_OBJECT_ENVELOPE, text_of("phone_numbers"));
    expect_unknown(NUMRES_OBJECT_RESERVATION, text_of("expired_at"));
    expect_unknown(NUMRES_OBJECT_RESERVATION, text_of("data"));
    expect_unknown(NUMRES_OBJECT_PHONE_NUMBER, text_of("customer_reference"));
    expect_unknown(NUMRES_OBJECT_PHONE_NUMBER, text_of("phone_numbers"));
    expect_unknown(NUMRES_OBJECT_META, text_of("url"));
    expect_unknown(NUMRES_OBJECT_API_ERROR, text_of("pointer"));
    expect_unknown(NUMRES_OBJECT_API_ERROR, text_of("url"));
    expect_unknown(NUMRES_OBJECT_API_ERROR_SOURCE, text_of("source"));
    expect_unknown(NUMRES_OBJECT_API_ERROR_META, text_of("page_size"));
}

/* ---- what the table holds ---- */

typedef struct documented {
    const char *name;
    unsigned int number;
    numres_container_form form;
    numres_object_kind child;
} documented;

#define SCALAR(name, number)                                                                       \
    { name, number, NUMRES_FORM_NONE, NUMRES_OBJECT_UNKNOWN }

static void expect_members(numres_object_kind kind, const documented *expected, size_t count) {
    size_t listed;
    numres_members_of(kind, &listed);
    cr_assert_geq(listed, count); /* others may be added */
    for (size_t at = 0; at < count; at++) {
        const numres_member *member = find(kind, expected[at].name);
        cr_assert_not_null(member, "%s", expected[at].name);
        cr_assert_eq(member->number, expected[at].number, "%s", expected[at].name);
        cr_assert_eq(member->form, expected[at].form, "%s", expected[at].name);
        cr_assert_eq(member->child, expected[at].child, "%s", expected[at].name);
    }
}

#define EXPECT_MEMBERS(kind, list) expect_members(kind, list, sizeof(list) / sizeof *(list))

Test(members, of_a_reservation) {
    static const documented list[] = {
        SCALAR("id", NUMRES_RESERVATION_ID),
        SCALAR("record_type", NUMRES_RESERVATION_RECORD_TYPE),
        {"phone_numbers", NUMRES_RESERVATION_PHONE_NUMBERS, NUMRES_FORM_LIST,
         NUMRES_OBJECT_PHONE_NUMBER},
        SCALAR("status", NUMRES_RESERVATION_STATUS),
        SCALAR("customer_reference", NUMRES_RESERVATION_CUSTOMER_REFERENCE),
        SCALAR("created_at", NUMRES_RESERVATION_CREATED_AT),
        SCALAR("updated_at", NUMRES_RESERVATION_UPDATED_AT),
        SCALAR("errors", NUMRES_RESERVATION_ERRORS),
        SCALAR("user_id", NUMRES_RESERVATION_USER_ID),
    };
    EXPECT_MEMBERS(NUMRES_OBJECT_RESERVATION, list);
}

Test(members, of_a_phone_number) {
    static const documented list[] = {
        SCALAR("id", NUMRES_PHONE_NUMBER_ID),
        SCALAR("record_type", NUMRES_PHONE_NUMBER_RECORD_TYPE),
        SCALAR("phone_number", NUMRES_PHONE_NUMBER_PHONE_NUMBER),
        SCALAR("status", NUMRES_PHONE_NUMBER_STATUS),
        SCALAR("created_at", NUMRES_PHONE_NUMBER_CREATED_AT),
        SCALAR("updated_at", NUMRES_PHONE_NUMBER_UPDATED_AT),
        SCALAR("expired_at", NUMRES_PHONE_NUMBER_EXPIRED_AT),
        SCALAR("errors", NUMRES_PHONE_NUMBER_ERRORS),
        SCALAR("expired", NUMRES_PHONE_NUMBER_EXPIRED),
    };
    EXPECT_MEMBERS(NUMRES_OBJECT_PHONE_NUMBER, list);
}

Test(members, of_the_meta) {
    static const documented list[] = {
        SCALAR("total_pages", NUMRES_META_TOTAL_PAGES),
        SCALAR("page_number", NUMRES_META_PAGE_NUMBER),
        SCALAR("total_results", NUMRES_META_TOTAL_RESULTS),
        SCALAR("page_size", NUMRES_META_PAGE_SIZE),
    };
    EXPECT_MEMBERS(NUMRES_OBJECT_META, list);
}

Test(members, of_an_api_error) {
    static const documented list[] = {
        SCALAR("code", NUMRES_API_ERROR_CODE),
        SCALAR("title", NUMRES_API_ERROR_TITLE),
        SCALAR("detail", NUMRES_API_ERROR_DETAIL),
        SCALAR("description", NUMRES_API_ERROR_DESCRIPTION),
        {"source", NUMRES_API_ERROR_SOURCE, NUMRES_FORM_NESTED, NUMRES_OBJECT_API_ERROR_SOURCE},
        {"meta", NUMRES_API_ERROR_META, NUMRES_FORM_NESTED, NUMRES_OBJECT_API_ERROR_META},
        SCALAR("message", NUMRES_API_ERROR_MESSAGE),
        SCALAR("type", NUMRES_API_ERROR_TYPE),
    };
    EXPECT_MEMBERS(NUMRES_OBJECT_API_ERROR, list);
}

Test(members, of_the_objects_inside_an_api_error) {
    static const documented source[] = {
        SCALAR("pointer", NUMRES_API_ERROR_SOURCE_POINTER),
        SCALAR("parameter", NUMRES_API_ERROR_SOURCE_PARAMETER),
    };
    static const documented meta[] = {SCALAR("url", NUMRES_API_ERROR_META_URL)};
    EXPECT_MEMBERS(NUMRES_OBJECT_API_ERROR_SOURCE, source);
    EXPECT_MEMBERS(NUMRES_OBJECT_API_ERROR_META, meta);
}

Test(members, of_the_envelope) {
    const numres_member *data = find(NUMRES_OBJECT_ENVELOPE, "data");
    const numres_member *errors = find(NUMRES_OBJECT_ENVELOPE, "errors");
    const numres_member *meta = find(NUMRES_OBJECT_ENVELOPE, "meta");
    size_t count;
    numres_members_of(NUMRES_OBJECT_ENVELOPE, &count);
    cr_assert_eq(count, 3);
    cr_assert_eq(data->form, NUMRES_FORM_EITHER);
    cr_assert_eq(data->child, NUMRES_OBJECT_RESERVATION);
    cr_assert_eq(errors->form, NUMRES_FORM_LIST);
    cr_assert_eq(errors->child, NUMRES_OBJECT_API_ERROR);
    cr_assert_eq(meta->form, NUMRES_FORM_NESTED);
    cr_assert_eq(meta->child, NUMRES_OBJECT_META);
}

static uint32_t add_numbers(uint32_t seen, numres_object_kind kind) {
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    for (size_t at = 0; at < count; at++) {
        cr_assert_lt(members[at].number, NUMRES_RECORD_MEMBERS, "%s", members[at].name);
        cr_assert_not(numres_has(seen, members[at].number), "%s", members[at].name);
        seen |= UINT32_C(1) << members[at].number;
    }
    return seen;
}

/* The lowest `count` bits. */
#define FIRST(count) ((UINT32_C(1) << (count)) - 1)

/* The member numbers of each record fill the bits of its mask without a gap. */
Test(members, numbers_are_unique_in_a_record) {
    cr_assert_eq(add_numbers(0, NUMRES_OBJECT_RESERVATION), FIRST(NUMRES_RESERVATION_MEMBER_COUNT));
    cr_assert_eq(add_numbers(0, NUMRES_OBJECT_PHONE_NUMBER),
                 FIRST(NUMRES_PHONE_NUMBER_MEMBER_COUNT));
    cr_assert_eq(add_numbers(0, NUMRES_OBJECT_META), FIRST(NUMRES_META_MEMBER_COUNT));
    cr_assert_eq(add_numbers(0, NUMRES_OBJECT_ENVELOPE), 0x07);
    uint32_t seen = add_numbers(0, NUMRES_OBJECT_API_ERROR);
    seen = add_numbers(seen, NUMRES_OBJECT_API_ERROR_SOURCE);
    seen = add_numbers(seen, NUMRES_OBJECT_API_ERROR_META);
    cr_assert_eq(seen, FIRST(NUMRES_API_ERROR_MEMBER_COUNT));
}

Test(members, names_are_unique_and_as_long_as_they_say) {
    for (size_t at = 0; at < KNOWN_KINDS; at++) {
        size_t count;
        const numres_member *members = numres_members_of(known_kinds[at], &count);
        for (size_t place = 0; place < count; place++) {
            cr_assert_eq(strlen(members[place].name), members[place].name_length);
            for (size_t other = 0; other < place; other++) {
                cr_assert_str_neq(members[place].name, members[other].name);
            }
        }
    }
}

/* The option require_members demands what the documentation always shows. */
Test(members, those_that_may_be_absent) {
    static const struct {
        numres_object_kind kind;
        const char *name;
        bool required;
    } cases[] = {{NUMRES_OBJECT_RESERVATION, "id", true},
                 {NUMRES_OBJECT_RESERVATION, "phone_numbers", true},
                 {NUMRES_OBJECT_RESERVATION, "errors", false},
                 {NUMRES_OBJECT_PHONE_NUMBER, "id", false},
                 {NUMRES_OBJECT_PHONE_NUMBER, "errors", false},
                 {NUMRES_OBJECT_PHONE_NUMBER, "phone_number", true},
                 {NUMRES_OBJECT_META, "total_pages", false},
                 {NUMRES_OBJECT_API_ERROR, "code", true},
                 {NUMRES_OBJECT_API_ERROR, "description", false},
                 {NUMRES_OBJECT_ENVELOPE, "data", false}};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        cr_assert_eq(find(cases[at].kind, cases[at].name)->required, cases[at].required, "%s",
                     cases[at].name);
    }
}

Test(members, the_record_that_an_object_begins) {
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_RESERVATION), NUMRES_RECORD_RESERVATION);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_PHONE_NUMBER), NUMRES_RECORD_PHONE_NUMBER);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_META), NUMRES_RECORD_META);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_API_ERROR), NUMRES_RECORD_API_ERROR);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_API_ERROR_SOURCE), NUMRES_RECORD_NONE);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_API_ERROR_META), NUMRES_RECORD_NONE);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_ENVELOPE), NUMRES_RECORD_NONE);
    cr_assert_eq(numres_members_record(NUMRES_OBJECT_UNKNOWN), NUMRES_RECORD_NONE);
}
