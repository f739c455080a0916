/*
 * Phone numbers with the shape of earlier ones are read by the fast lane at once.
 * Whatever is changed in one of them, the trace is that of the general lane.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "both_lanes.h"
#include "records.h"
#include "shape_pages.h"
#include "support.h"

static const char *const option_words[] = {"-",      "e164",      "require-members",
                                           "strict", "leave-out", "max-value=40 max-text=172"};
#define OPTIONS (sizeof(option_words) / sizeof(option_words[0]))

static void expect_same(const shape_page *page, const char *words, size_t split) {
    expect_both_lanes_whole_and_cut(page->bytes, page->length, words, split % page->length);
}

/* Each byte of a number replaced, duplicated and removed. */
Test(shapes, each_byte_of_a_number_changed, .timeout = 600) {
    static const char bytes[] = "\"\\,:{}[]0 \n\x01\x7f\xc3Za-n";
    uint64_t seed = 5;
    static shape_page whole;
    static shape_page changed;
    for (size_t style = 0; style < SHAPE_STYLES; style++) {
        shape_page_make(&whole, style, "2024-02-29T23:59:59.999999Z", "");
        expect_same(&whole, "-", 0);
        for (size_t place = whole.begins; place < whole.ends; place++) {
            const char *words = option_words[random_next(&seed) % OPTIONS];
            for (size_t byte = 0; byte < sizeof(bytes); byte++) {
                if (random_next(&seed) % test_stride(4) != 0)
                    continue;
                changed = whole;
                changed.bytes[place] = bytes[byte];
                expect_same(&changed, words, random_next(&seed));
            }
            changed = whole;
            memmove(changed.bytes + place, changed.bytes + place + 1, --changed.length - place);
            expect_same(&changed, words, random_next(&seed));
            memmove(changed.bytes + place + 2, whole.bytes + place, whole.length - place);
            changed.bytes[place] = changed.bytes[place + 1] = whole.bytes[place];
            changed.length = whole.length + 2;
            expect_same(&changed, words, random_next(&seed));
        }
    }
}

/* The last text with every length, within the limits and beyond. */
Test(shapes, last_text_of_any_length, .timeout = 600) {
    static const char text[] = "0123456789012345678901234567890123456789012345678901234567890123"
                               "45678901234567890123456789012345678901234567890123456789";
    static shape_page page;
    for (size_t style = 0; style < SHAPE_STYLES; style++) {
        for (size_t length = style % test_stride(1); length < sizeof(text);
             length += test_stride(1)) {
            char errors[sizeof(text)];
            snprintf(errors, sizeof(errors), "%.*s", (int)length, text);
            shape_page_make(&page, style, "2024-02-29T23:59:59.999999Z", errors);
            for (size_t option = 0; option < OPTIONS; option++)
                expect_same(&page, option_words[option], length * 31);
        }
    }
}

/* Everything that is read ahead for the longest text is before the chunk's end. */
Test(shapes, long_last_text_that_ends_with_its_chunk, .timeout = 600) {
    static const char text[] = "012345678901234567890123456789012345678901234567890123456789012";
    static shape_page page;
    for (size_t style = 0; style < SHAPE_STYLES; style++) {
        shape_page_make(&page, style, "2024-02-29T23:59:59.999999Z", text);
        for (size_t split = page.begins; split < page.ends + 200; split += test_stride(1))
            expect_both_lanes_cut(page.bytes, page.length, "-", split);
    }
}

/* A number with members that the shape lacks leaves nothing behind. */
Test(shapes, members_that_a_shape_lacks) {
    static const char *const members[] = {"\"id\":\"a\"", "\"status\":\"pending\"",
                                          "\"created_at\":\"2024-02-29T00:00:00.000001Z\"",
                                          "\"phone_number\":\"+1\"", "\"errors\":\"e\""};
    enum { MEMBERS = sizeof(members) / sizeof(members[0]), RUN = 16 };
    static char document[SHAPE_MOST_BYTES + BOTH_LANES_ROOM];
    for (unsigned int lacking = 0; lacking < 1U << MEMBERS; lacking++) {
        size_t length = (size_t)sprintf(document, "{\"data\":[{\"phone_numbers\":[");
        for (int i = 0; i < 3 * RUN; i++) {
            const char *before = i > 0 ? ",{" : "{";
            for (unsigned int member = 0; member < MEMBERS; member++) {
                if (i / RUN == 1 && i % RUN != RUN - 2 && (lacking >> member & 1) != 0)
                    continue;
                length += (size_t)sprintf(document + length, "%s%s", before, members[member]);
                before = ",";
            }
            /* An empty number has no brace yet. */
            length += (size_t)sprintf(document + length, "%s}",
                                      before[0] == ',' && before[1] == 0 ? "" : before);
        }
        length += (size_t)sprintf(document + length, "]}]}");
        memset(document + length, ' ', BOTH_LANES_ROOM);
        expect_both_lanes(document, length + BOTH_LANES_ROOM, "-", 100 + 17 * lacking);
    }
}

Test(shapes, reservations_that_lie_too_deep) {
    for (unsigned int depth = 1; depth <= 4; depth++) {
        char words[64];
        snprintf(words, sizeof words, "max-depth=%u", depth);
        expect_both_lanes_everywhere("{'data':[{'id':'a','phone_numbers':[{}]}]}", words);
    }
}

/* The rest of a chunk after the last number delivered does not fit the carry, and pieces
   cannot read it to its last byte. */
Test(shapes, numbers_longer_than_the_carry) {
    static char document[8192];
    size_t length = (size_t)sprintf(document, "{'data':[{'phone_numbers':[{'id':'a'}");
    for (int i = 0; i < 8; i++) {
        length += (size_t)sprintf(document + length, ",{'id':'a','x':'%600s','errors':''}", "");
    }
    sprintf(document + length, "]}]}");
    expect_both_lanes_everywhere(document, "max-text=2000");
}

/* In a list, numbers are one level deeper than in a single reservation. */
Test(shapes, numbers_that_lie_too_deep) {
    static char document[SHAPE_MOST_BYTES];
    size_t length = 0;
    for (int list = 0; list < 2; list++) {
        length += (size_t)sprintf(
            document + length, "{\"data\":%s{\"phone_numbers\":[{\"id\":\"a\"}", list ? "[" : "");
        for (int i = 1; i < SHAPE_NUMBERS; i++)
            length += (size_t)sprintf(document + length, ",{\"id\":\"a\"}");
        length += (size_t)sprintf(document + length, "]}%s}%300s", list ? "]" : "", "");
    }
    for (unsigned int depth = 3; depth <= 6; depth++) {
        char words[64];
        snprintf(words, sizeof words, "several max-depth=%u", depth);
        expect_both_lanes(document, length, words, 100);
    }
}

/* The depth of unknown members' values is counted from their number's. */
Test(shapes, unknown_values_that_lie_too_deep_in_numbers) {
    for (unsigned int depth = 5; depth <= 9; depth++) {
        char words[64];
        snprintf(words, sizeof words, "max-depth=%u", depth);
        expect_both_lanes_everywhere("{'data':[{'phone_numbers':[{'id':'a','x':[]},{'id':'b','x':"
                                     "[]},{'id':'c','x':[{'y':[]}]},{'id':'d'}]}]}",
                                     words);
    }
}

/* Valid and invalid dates, after a number with another date. */
Test(shapes, each_date_of_some_years, .timeout = 600) {
    static const unsigned int years[] = {0,    1,    99,   100,  400,  1899, 1900,
                                         1970, 2000, 2023, 2024, 2100, 9999};
    static shape_page page;
    for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
        for (unsigned int month = 0; month <= 16; month++) {
            for (unsigned int day = 0; day <= 40; day++) {
                char date[32];
                if (!test_full() && day > 1 && day < 28)
                    continue;
                snprintf(date, sizeof(date), "%04u-%02u-%02uT12:34:56.789012Z", years[i], month,
                         day);
                shape_page_make(&page, 0, date, "");
                expect_same(&page, "-", page.begins + 100);
            }
        }
    }
}

/* `count` numbers with these commas between them, and a second reservation whose first
   number follows `first`. */
static size_t make_commas(char *document, size_t count, const char *comma, const char *first) {
    static const char number[] = "{\"id\":\"a\",\"errors\":\"x\",\"status\":\"pending\"}";
    size_t length = (size_t)sprintf(document, "{\"data\":[{\"phone_numbers\":[%s", number);
    for (size_t i = 1; i < count; i++)
        length += (size_t)sprintf(document + length, "%s%s", comma, number);
    length += (size_t)sprintf(document + length, "]},{\"phone_numbers\":[%s%s%s%s]}]}", first,
                              number, first[0] == ',' ? first : ",", number);
    memset(document + length, ' ', BOTH_LANES_ROOM);
    return length + BOTH_LANES_ROOM;
}

/* The first byte of a shape matches only a comma. */
Test(shapes, white_space_and_commas_before_numbers) {
    static const char *const commas[] = {",", " ,", "\n,\n", " , "};
    static const char *const firsts[] = {"", ",", " ", " ,", ",,", ",\n", ", "};
    static char document[SHAPE_MOST_BYTES];
    /* Enough for a shape to be learned from the last of them, at any position. */
    for (size_t count = 1; count < 2 * SHAPE_NUMBERS; count++) {
        for (size_t comma = 0; comma < sizeof(commas) / sizeof(commas[0]); comma++) {
            for (size_t first = 0; first < sizeof(firsts) / sizeof(firsts[0]); first++) {
                size_t length = make_commas(document, count, commas[comma], firsts[first]);
                expect_both_lanes(document, length, "-", 31 * count);
            }
        }
    }
}

/* A number that a chunk cuts in two may be carried unread. But once a brace has come that
   could end it, everything must have been delivered. */
Test(shapes, what_breaks_a_number_is_told_with_the_next_brace, .timeout = 600) {
    static const char bytes[] = "\"\\\x01\xc3x}";
    static shape_page page;
    for (size_t style = 0; style < SHAPE_STYLES; style++) {
        shape_page_make(&page, style, "2024-02-29T23:59:59.999999Z", "");
        for (size_t place = page.begins; place < page.ends; place += test_stride(1)) {
            char kept = page.bytes[place];
            for (size_t byte = 0; byte < sizeof(bytes) - 1; byte++) {
                page.bytes[place] = bytes[byte];
                for (size_t split = place + 1; split <= place + 3; split += 2) {
                    const char *brace = memchr(page.bytes + split, '}', page.length - split);
                    expect_both_lanes_by(page.bytes, split, (size_t)(brace + 1 - page.bytes),
                                         "e164");
                }
            }
            page.bytes[place] = kept;
        }
    }
}

/* So must a reservation's head, once the bracket of its numbers has come. */
Test(shapes, what_breaks_a_head_is_told_with_its_bracket) {
    static const char usual[] =
        "{'id':'a','status':'pending','phone_numbers':[{'id':'n','errors':''}],'errors':''},";
    char text[1024] = "{'data':[";
    for (int at = 0; at < 6; at++)
        strcat(text, usual);
    size_t begins = strlen(text);
    strcat(text, "{'id':'a','status':'odd','phone_numbers':[");
    char *document = json(text);
    for (size_t split = begins + 1; split < strlen(text); split++)
        expect_both_lanes_by(document, split, strlen(text), "-");
    free(document);
}
