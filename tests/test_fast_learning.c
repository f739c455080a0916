/*
 * What the fast lane learns, and what it gives up: which members it expects, and
 * which numbers it takes for laid out as those before. That what is told does not
 * depend on it is what test_fast_order.c and test_layouts.c show.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "fast_lane.h"

static const numres_record_limits limits = {2048, 4096, false};

/* ---- orders ---- */

/* An object that is read by itself, with room behind it to look at. */
typedef struct lesson {
    char bytes[1024];
    char text[8192];
    numres_record record;
    numres_fast_order order;
    numres_fast_names names;
    numres_fast_date date;
} lesson;

static void start(lesson *lesson) {
    memset(lesson, 0, sizeof *lesson);
    numres_fast_order_start(&lesson->order);
    numres_fast_names_make(&lesson->names, NUMRES_OBJECT_PHONE_NUMBER);
}

/* Reads the members of a phone number, written with ' for ". */
static numres_fast_answer teach(lesson *lesson, const char *members) {
    numres_fast_window window = {.offset = 0};
    numres_fast_object object = {.limits = &limits, .kind = NUMRES_OBJECT_PHONE_NUMBER};
    size_t length = strlen(members);
    cr_assert_lt(length + 2 * NUMRES_FAST_SPAN, sizeof(lesson->bytes));
    memset(lesson->bytes, ' ', sizeof lesson->bytes);
    for (size_t at = 0; at < length; at++)
        lesson->bytes[at] = (char)(members[at] == '\'' ? '"' : members[at]);
    window.start = window.readable_start = window.at = (const unsigned char *)lesson->bytes;
    window.stop = window.end = window.readable_end = window.start + sizeof lesson->bytes;
    numres_record_start(&lesson->record, NUMRES_RECORD_PHONE_NUMBER, 0);
    lesson->record.text = lesson->text;
    object.record = &lesson->record;
    object.order = &lesson->order;
    object.order->next = object.order->steps;
    object.names = &lesson->names;
    object.date = &lesson->date;
    object.window = &window;
    object.at = window.at + 1;
    object.whole = object.is_first = true;
    object.depth = 4;
    return numres_fast_members_baseline(&object);
}

static const char usual[] = "{'id':'a','status':'pending','errors':'','phone_number':'+1'}";
static const char turned[] = "{'phone_number':'+1','errors':'','status':'pending','id':'a'}";

/* The member that step `index` expects. */
static const char *expected(const lesson *lesson, size_t index) {
    size_t count;
    const numres_member *members = numres_members_of(NUMRES_OBJECT_PHONE_NUMBER, &count);
    uint8_t place = lesson->order.steps[index].place;
    return place == NUMRES_FAST_UNKNOWN ? "" : members[place].name;
}

Test(fast_learning, any_order_is_noticed_and_given_up) {
    static lesson lesson;
    start(&lesson);
    cr_expect_eq(teach(&lesson, usual), NUMRES_FAST_CLOSED);
    cr_expect_eq(teach(&lesson, usual), NUMRES_FAST_CLOSED);
    cr_expect_not(lesson.order.is_any);
    cr_expect_eq(teach(&lesson, turned), NUMRES_FAST_CLOSED);
    cr_expect(lesson.order.is_any, "three of four members were others");
    cr_expect_eq(teach(&lesson, "{'id':'a'}"), NUMRES_FAST_CLOSED);
    cr_expect(lesson.order.is_any, "a single member tells nothing");
    cr_expect_eq(teach(&lesson, usual), NUMRES_FAST_CLOSED);
    cr_expect_not(lesson.order.is_any);
}

Test(fast_learning, members_are_expected_as_they_came) {
    static lesson lesson;
    static const char *const names[] = {"id", "status", "errors", "phone_number"};
    start(&lesson);
    cr_expect_eq(teach(&lesson, usual), NUMRES_FAST_CLOSED);
    for (size_t at = 0; at < 4; at++)
        cr_expect_str_eq(expected(&lesson, at), names[at]);
    cr_expect_str_eq(expected(&lesson, 4), "");
}

/* Unknown members take no step from those that are known, however many come. */
Test(fast_learning, no_order_of_unknown_members) {
    static lesson lesson;
    start(&lesson);
    cr_expect_eq(teach(&lesson, "{'a':1,'b':'x','id':'a','c':[],'d':'','e':null,'status':'pending',"
                                "'f':{},'g':'','h':'','errors':'','i':'','phone_number':'+1'}"),
                 NUMRES_FAST_CLOSED);
    cr_expect_str_eq(expected(&lesson, 0), "id");
    cr_expect_str_eq(expected(&lesson, 1), "status");
    cr_expect_str_eq(expected(&lesson, 2), "errors");
    cr_expect_str_eq(expected(&lesson, 3), "phone_number");
}

/* A member whose lead is too long has no step. */
Test(fast_learning, no_place_of_long_leads) {
    static lesson lesson;
    char members[256];
    start(&lesson);
    snprintf(members, sizeof members, "{%*s'id':'a','status':'pending'}", NUMRES_FAST_LEAD, "");
    cr_expect_eq(teach(&lesson, members), NUMRES_FAST_CLOSED);
    cr_expect_str_eq(expected(&lesson, 0), "");
    cr_expect_eq(lesson.order.steps[0].lead_length, 0);
}

/* ---- layouts ---- */

/* A number of two texts. */
typedef struct number {
    char bytes[NUMRES_FAST_LAYOUT_LENGTH + 64];
    size_t length;
    numres_record record;
    uint64_t members;
} number;

static void accept(number *number, unsigned int member, size_t length) {
    numres_text text = {number->bytes + number->length, length};
    memset(number->bytes + number->length, 'a', length);
    number->length += length;
    cr_assert_eq(numres_record_accept(&number->record, &limits, member, text), NUMRES_OK);
    number->members++;
}

static void put(number *number, const char *bytes) {
    memcpy(number->bytes + number->length, bytes, strlen(bytes));
    number->length += strlen(bytes);
}

static void make_number(number *number, size_t length) {
    memset(number, 0, sizeof *number);
    numres_record_start(&number->record, NUMRES_RECORD_PHONE_NUMBER, 1);
    put(number, ",{\"id\":\"");
    accept(number, NUMRES_PHONE_NUMBER_ID, length);
    put(number, "\",\"errors\":\"");
    accept(number, NUMRES_PHONE_NUMBER_ERRORS, 1);
    put(number, "\"}");
}

static void learn(numres_fast_layout *layout, const number *number, bool is_first) {
    const unsigned char *bytes = (const unsigned char *)number->bytes;
    numres_fast_layout_learn(layout, &number->record, number->members, bytes + is_first, is_first,
                             bytes + number->length);
}

static bool is_learned(const number *number) {
    static numres_fast_layout layout;
    numres_fast_layout_start(&layout);
    learn(&layout, number, false);
    return layout.trust > 0;
}

Test(fast_learning, layouts_of_regular_numbers_alone) {
    static number number;
    make_number(&number, 36);
    cr_expect(is_learned(&number));
    number.record.null = UINT32_C(1) << NUMRES_PHONE_NUMBER_STATUS;
    cr_expect_not(is_learned(&number), "with a null");
    make_number(&number, 36);
    number.record.text_used = 1;
    cr_expect_not(is_learned(&number), "with an escape");
    make_number(&number, 36);
    number.members++;
    cr_expect_not(is_learned(&number), "with an unknown member");
    make_number(&number, 36);
    number.bytes[0] = ' ';
    cr_expect_not(is_learned(&number), "behind white space");
    make_number(&number, 0);
    make_number(&number, NUMRES_FAST_LAYOUT_LENGTH - number.length);
    cr_expect_eq(number.length, NUMRES_FAST_LAYOUT_LENGTH);
    cr_expect(is_learned(&number), "as long as can be");
    size_t length = number.record.value.phone_number.id.length;
    make_number(&number, length + 1);
    cr_expect_not(is_learned(&number), "longer");
}

/* A layout that is met no more is given up for another; where none is met again,
   ever fewer are learned. */
Test(fast_learning, layouts_that_are_not_met_are_given_up) {
    static numres_fast_layout layout;
    static number short_one;
    static number long_one;
    make_number(&short_one, 4);
    make_number(&long_one, 36);
    numres_fast_layout_start(&layout);
    unsigned int learned = 0;
    for (int round = 0; round < 200; round++) {
        uint8_t trust = layout.trust;
        learn(&layout, round % 2 == 0 ? &long_one : &short_one, false);
        learned += layout.trust > trust ? 1 : 0;
    }
    cr_expect_gt(learned, 1);
    cr_expect_lt(learned, 8);
    for (int round = 0; round < NUMRES_FAST_LAYOUT_TRUST; round++)
        numres_fast_layout_trust(&layout);
    cr_expect_eq(layout.trust, NUMRES_FAST_LAYOUT_TRUST);
    cr_expect_eq(layout.in_vain, 0);
}

/* The general lane writes where the layout lies. */
Test(fast_learning, no_layout_is_left_to_the_general_lane) {
    static numres_fast_lane lane;
    lane.has_layout = true;
    numres_fast_lane_leave(&lane);
    cr_expect_not(lane.has_layout);
}
