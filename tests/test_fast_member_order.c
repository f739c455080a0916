/*
 * Members that the fast lane expects in the order of earlier records, or in any order.
 * Whatever comes instead, the trace is that of the general lane.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "both_lanes.h"

#include "support.h"

static const char *const option_words[] = {"-", "e164 require-members", "strict", "leave-out",
                                           "max-value=40 max-text=160"};
#define OPTIONS (sizeof(option_words) / sizeof(option_words[0]))

enum { LONG_LEAD = 128 };

enum { MEMBERS = 8, RECORDS = 5, CHANGED = 3, MOST_BYTES = 8192 };

typedef struct page {
    char bytes[MOST_BYTES];
    size_t length;
} page;

static void add(page *page, const char *text) {
    for (; *text; text++) {
        cr_assert_lt(page->length, sizeof(page->bytes));
        page->bytes[page->length++] = (char)(*text == '\'' ? '"' : *text);
    }
}

static void repeat(page *page, int byte, size_t count) {
    cr_assert_lt(page->length + count, sizeof(page->bytes));
    memset(page->bytes + page->length, byte, count);
    page->length += count;
}

/* ---- the first member, and bytes that no lead contains ---- */

/* The brace of an object may be in the previous chunk. */
Test(fast_member_order, comma_after_a_brace_that_ends_a_chunk) {
    static const char first[] = "{'data':[{'id':'a','status':'pending'},{";
    static const char *const rests[] = {
        ",'id':'b','status':'pending'}]}", "}'id':'b','status':'pending'}]}",
        "\xff'id':'b','status':'pending'}]}", "}]}", "'id':'b','status':'pending'}]}"};
    for (size_t at = 0; at < sizeof(rests) / sizeof(rests[0]); at++) {
        page page = {.length = 0};
        add(&page, first);
        add(&page, rests[at]);
        repeat(&page, ' ', BOTH_LANES_ROOM);
        expect_both_lanes_cut(page.bytes, page.length, "-", strlen(first));
    }
}

/* For unknown leads the lane compares with bytes that no JSON text contains. */
Test(fast_member_order, bytes_that_are_in_no_text) {
    static const char *const names[] = {"'id':'a'", "'phone_numbers':[]", "'x':{}", "'id':null"};
    static const char *const before[] = {"", "'id':'b',", "'id':'b'", "'id':'b',{"};
    for (size_t name = 0; name < sizeof(names) / sizeof(names[0]); name++) {
        for (size_t at = 0; at < sizeof(before) / sizeof(before[0]); at++) {
            for (size_t spaces = 0; spaces < 2 * LONG_LEAD; spaces += LONG_LEAD) {
                for (int number = 0; number < 2; number++) {
                    page page = {.length = 0};
                    add(&page, number ? "{'data':[{'phone_numbers':[{" : "{'data':[{");
                    repeat(&page, ' ', spaces);
                    add(&page, names[name]);
                    add(&page, ",'status':'pending'},{");
                    add(&page, before[at]);
                    repeat(&page, 0xFF, 64);
                    add(&page, "'status':'pending'}]}");
                    repeat(&page, ' ', BOTH_LANES_ROOM);
                    expect_both_lanes(page.bytes, page.length, "-", 333);
                }
            }
        }
    }
}

/* Numbers with this much white space before each name. In one of them a member has other
   white space, or another name, depending on `way`. */
static void make_leads(page *page, size_t spaces, size_t member, int way) {
    static const char *const members[] = {"'id':'a'", "'errors':''", "'status':'pending'", "'x':1"};
    static const char *const others[] = {"'iD':'a'", "'errorS':''", "'statuS':'pending'", "'id':1"};
    page->length = 0;
    add(page, "{'data':{'id':'r','phone_numbers':[");
    for (unsigned int record = 0; record < RECORDS; record++) {
        add(page, record > 0 ? ",{" : "{");
        for (size_t at = 0; at < 4; at++) {
            bool changed = record == CHANGED && at == member;
            add(page, at > 0 ? "," : "");
            repeat(page, ' ', spaces);
            repeat(page, changed && way == 0 ? '\t' : ' ', 1);
            add(page, changed && way == 1 ? others[at] : members[at]);
        }
        add(page, "}");
    }
    add(page, "],'status':'pending'}}");
    repeat(page, ' ', BOTH_LANES_ROOM);
}

/* Leads of lengths around the longest that is learned, with unknown members between. */
Test(fast_member_order, leads_of_any_length) {
    static page page;
    for (size_t spaces = 0; spaces < LONG_LEAD + 4; spaces++) {
        for (size_t change = 0; change < 8; change++) {
            make_leads(&page, spaces, change / 2, change % 2);
            for (size_t chunk = 30; chunk < 700; chunk += 153)
                expect_both_lanes(page.bytes, page.length, "-", chunk);
        }
    }
}

/* ---- members in any order ---- */

/* The members of both kinds of record, their usual values, and others. */
static const char *const names[MEMBERS] = {"id",         "record_type", "status",
                                           "errors",     "created_at",  "updated_at",
                                           "expired_at", "phone_number"};

static const char *name_of(size_t member, bool number) {
    return !number && member == MEMBERS - 2 ? "phone_numbers" : names[member];
}

static const char *right_value(size_t member, bool number) {
    static const char *const values[MEMBERS] = {
        "'8621a03f'",
        "'number_reservation'",
        "'success'",
        "'none'",
        "'2024-02-29T23:59:59.999999Z'",
        "'2024-02-29T00:00:00.000000Z'",
        "'2024-02-29T01:00:00.000000Z'",
        "'+18005550100'",
    };
    if (!number && member == MEMBERS - 2)
        return "[]";
    return number && member == 1 ? "'reserved_phone_number'" : values[member];
}

static const char *const other_values[] = {
    "'odd'",
    "'2024-02-30T00:00:00.000000Z'",
    "'reserved_phone_numbeR'",
    "null",
    "'\\u0070ending'",
    "'\xc3\xa9'",
    "7",
    "[]",
    "{'id':'x'}",
    "'pending'",
    "'a text of more bytes than the lane looks at in one step, which are sixty-four'",
};
#define OTHERS (sizeof(other_values) / sizeof(other_values[0]))

/* How a member of a record is changed. */
typedef struct change {
    size_t member;
    const char *value; /* NULL: the usual one */
    bool doubled;      /* comes twice, first with its usual value */
    bool between;      /* an escaped member comes in the middle */
} change;

static void add_member(page *page, const char *before, const char *name, const char *value) {
    add(page, before);
    add(page, "'");
    add(page, name);
    add(page, "':");
    add(page, value);
}

/* A record with its own order of members. */
static void add_record(page *page, bool number, size_t record, const change *change) {
    size_t count = number ? MEMBERS : MEMBERS - 1;
    const char *before = "{";
    if (change->doubled) {
        add_member(page, before, name_of(change->member, number),
                   right_value(change->member, number));
        before = ",";
    }
    for (size_t i = 0; i < count; i++, before = ",") {
        /* Each step is coprime to the count. */
        size_t member = ((record % 2 == 0 ? 1 : count - 1) * i + 3 * record) % count;
        bool changed = change->value != NULL && member == change->member;
        if (change->between && i == count / 2)
            add_member(page, before, "x", "'\\n'"), before = ",";
        add_member(page, before, name_of(member, number),
                   changed ? change->value : right_value(member, number));
    }
    add(page, "}");
}

static void make_page(page *page, bool numbers, const change *change) {
    static const struct change none = {0, NULL, false, false};
    page->length = 0;
    add(page, numbers ? "{'data':[{'id':'r','phone_numbers':[" : "{'data':[");
    for (size_t record = 0; record < RECORDS; record++) {
        add(page, record > 0 ? "," : "");
        add_record(page, numbers, record, record == CHANGED ? change : &none);
    }
    add(page, numbers ? "]}]}" : "]}");
    repeat(page, ' ', BOTH_LANES_ROOM);
}

/* If a member is found wrong late, nothing that was taken before remains. */
Test(fast_member_order, each_member_of_shuffled_ones_changed, .timeout = 600) {
    uint64_t seed = 3;
    for (int numbers = 0; numbers < 2; numbers++) {
        for (size_t member = 0; member < (numbers ? MEMBERS : MEMBERS - 1); member++) {
            for (size_t other = 0; other <= OTHERS; other++) {
                const char *value = other < OTHERS ? other_values[other] : NULL;
                for (int way = 0; way < 4; way++) {
                    page page;
                    change change = {member, value, way % 2 == 1, way / 2 == 1};
                    make_page(&page, numbers, &change);
                    const char *words = option_words[random_next(&seed) % OPTIONS];
                    size_t chunk = 1 + random_next(&seed) % 700;
                    expect_both_lanes(page.bytes, page.length, words, chunk);
                    const char *brace = memchr(page.bytes + chunk, '}', page.length - chunk);
                    if (brace != NULL)
                        expect_both_lanes_by(page.bytes, chunk, (size_t)(brace + 1 - page.bytes),
                                             words);
                }
            }
        }
    }
}

/* Decoded texts of one number take no room from the next. */
Test(fast_member_order, escaped_texts_of_many_numbers) {
    static page page;
    for (size_t length = 10; length <= 130; length += 60) {
        page.length = 0;
        add(&page, "{'data':[{'id':'\\n\\n\\n','phone_numbers':[");
        for (int number = 0; number < 30; number++) {
            add(&page, number > 0 ? ",{'errors':'\\t" : "{'errors':'\\t");
            repeat(&page, 'a' + number % 26, length - 1);
            add(&page, "'}");
        }
        add(&page, "],'errors':'\\r'}]}");
        repeat(&page, ' ', BOTH_LANES_ROOM);
        expect_both_lanes(page.bytes, page.length, "max-text=130", 700);
    }
}
