/* How segments are learned and found: lib/fast/segments.c. test_fast_pieces.c tests how
   objects are read by them. */
#include "fast/habits.h"
#include "segment_lesson.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define NUMBER NUMRES_OBJECT_PHONE_NUMBER
#define RESERVATION NUMRES_OBJECT_RESERVATION
#define META NUMRES_OBJECT_META
#define STAMP "2026-01-03T09:31:28.120100Z"
#define OTHER_STAMP "2027-12-31T23:59:59.999999Z"

/* Writes what each piece from this one on ends in, one letter each. */
static void write_ends(const numres_segments *segments, const numres_piece *piece, char *letters) {
    static const char names[] = "-TJSBIU[}"; /* by numres_piece_end */
    const numres_piece *end = segments->pieces + segments->used.pieces;
    for (; piece < end; piece++) {
        *letters++ = names[piece->ends_in];
    }
    *letters = '\0';
}

static void expect_ends(lesson *now, const numres_piece *first, const char *expected,
                        const char *text) {
    char letters[NUMRES_SEGMENTS_PIECES + 1];
    cr_assert_not_null(first, "%s is not learned", text);
    write_ends(&now->segments, first, letters);
    cr_expect_str_eq(letters, expected, "%s: %s, not %s", text, letters, expected);
}

/* ---- what ends a piece ---- */

typedef struct end_case {
    numres_object_kind kind;
    const char *text;
    const char *ends;
} end_case;

static const end_case end_cases[] = {
    {NUMBER, ",{'id':'a'}", "T}"},
    {NUMBER, ",{'id':null}", "T}"},
    {NUMBER, ",{'id':'a','errors':''}", "TT}"},
    {NUMBER, ",{'phone_number':'+1'}", "T}"},
    {NUMBER, ",{'status':'pending'}", "S}"},
    {NUMBER, ",{'expired':true}", "B}"},
    {NUMBER, ",{'expired':null}", "B}"},
    {NUMBER, ",{'other':1}", "U}"},
    {NUMBER, ",{'other':{'id':[{}]}}", "U}"},
    {NUMBER, ",{'record_type':'reserved_phone_number'}", "}"},
    {NUMBER, ",{'record_type':null}", "J}"},
    {NUMBER, ",{'created_at':'" STAMP "'}", "}"},
    {NUMBER, ",{'created_at':'2026-01-03T09:31:28Z'}", "J}"},
    {NUMBER, ",{'created_at':'2026-01-03T09:31:28.12+01:00'}", "J}"},
    {NUMBER, ",{'created_at':'" STAMP "Z'}", "J}"},
    {NUMBER, ",{'created_at':null}", "J}"},
    {NUMBER, ",{'errors':'" STAMP "'}", "T}"},
    {NUMBER, ",{'errors':'\\n','status':'pend\\u0069ng'}", "TS}"},
    {NUMBER, "[ {'id':'a'}", "T}"},
    {NUMBER,
     ",{'created_at':'" STAMP "','id':'a','record_type':'reserved_phone_number','other':1,"
     "'status':'success'}",
     "TUS}"},
    {RESERVATION, "{'id':'a','phone_numbers':[", "T["},
    {RESERVATION, "{'created_at':'" STAMP "','phone_numbers':[", "["},
    {RESERVATION, "{'record_type':'number_reservation'}", "}"},
    {RESERVATION, ",'status':'success','user_id':'u'}", "ST}"},
    {META, "{'page_number':1}", "I}"},
    {META, "{'total_pages':null,'page_size':1e2,'page_number':'1'}", "III}"},
    {META, "{ 'other':1, 'total_results':12 }", "UI}"},
};

static void expect_end_cases(lesson *now) {
    for (size_t at = 0; at < sizeof(end_cases) / sizeof(end_cases[0]); at++) {
        const end_case *given = &end_cases[at];
        bool is_tail = given->kind == RESERVATION && *given->text != '{';
        uint32_t present = is_tail ? LESSON_RESERVATION_BIT(PHONE_NUMBERS) : 0;
        numres_segments_forget(&now->segments);
        const numres_piece *first = lesson_learn(now, given->kind, given->text, present);
        expect_ends(now, first, given->ends, given->text);
    }
}

Test(fast_segments, pieces_end_in_values_of_any_length_in_a_bracket_or_in_the_brace) {
    lesson_at_each_level(expect_end_cases);
}

static void expect_judged_numbers(lesson *now) {
    now->schema.settings.limits.check_e164 = true;
    expect_ends(now, lesson_learn(now, NUMBER, ",{'phone_number':'+1'}", 0), "J}", "E.164");
}

Test(fast_segments, a_number_that_must_be_e164_is_judged) {
    lesson_at_each_level(expect_judged_numbers);
}

/* ---- what a piece holds ---- */

static bool is_compared(const numres_piece *piece, size_t offset) {
    return (piece->masks[offset / 32] >> offset % 32 & 1) != 0;
}

/* Writes the piece's bytes, with ? for those not compared and ' for ". */
static void write_compared(const numres_segments *segments, const numres_piece *piece,
                           char *written) {
    for (size_t at = 0; at < piece->length; at++) {
        char byte = (char)segments->bytes[piece->bytes + at];
        *written++ = (char)(!is_compared(piece, at) ? '?' : byte == '"' ? '\'' : byte);
    }
    *written = '\0';
}

static void expect_compared(lesson *now, const numres_piece *piece, const char *expected) {
    char written[32 * NUMRES_PIECE_VECTORS + 1];
    cr_assert_not_null(piece);
    write_compared(&now->segments, piece, written);
    cr_expect_str_eq(written, expected, "%s, not %s", written, expected);
    for (size_t at = piece->length; at < sizeof(piece->masks) * 8; at++) {
        cr_assert_not(is_compared(piece, at), "byte %zu, after it", at);
    }
}

#define ANY_STAMP "???????????????????????????"

static void expect_bytes(lesson *now) {
    const numres_piece *piece = lesson_learn(now, NUMBER, ",{'id':'a','errors' :\n''\t}", 0);
    expect_compared(now, piece, "?{'id':");
    expect_compared(now, piece + 1, ",'errors' :\n");
    expect_compared(now, piece + 2, "\t}");
    expect_compared(now, lesson_learn(now, NUMBER, ", {'id':'a'}", 0), "? {'id':");
    expect_compared(now, lesson_learn(now, RESERVATION, "{ 'id':'a'}", 0), "? 'id':");
    expect_compared(now, lesson_learn(now, NUMBER, ",{'created_at':'" STAMP "','id':'a'}", 0),
                    "?{'created_at':'" ANY_STAMP "','id':");
    expect_compared(
        now, lesson_learn(now, NUMBER, ",{'record_type':'reserved_phone_number','id':'a'}", 0),
        "?{'record_type':'reserved_phone_number','id':");
    piece =
        lesson_learn(now, RESERVATION, " ,'user_id':'a'}", LESSON_RESERVATION_BIT(PHONE_NUMBERS));
    expect_compared(now, piece, " ,'user_id':");
    cr_expect_not(piece->start.begins_object);
}

Test(fast_segments, all_is_compared_but_timestamps_and_the_first_byte_of_an_object) {
    lesson_at_each_level(expect_bytes);
}

static void expect_members(lesson *now) {
    const numres_piece *piece = lesson_learn(
        now, NUMBER, ",{'created_at':'" STAMP "','x':1,'id':'a','record_type':null}", 0);
    const uint32_t created = LESSON_NUMBER_BIT(CREATED_AT);
    const uint32_t id = LESSON_NUMBER_BIT(ID);
    cr_assert_not_null(piece);
    cr_expect(piece[0].start.kind == NUMRES_OBJECT_PHONE_NUMBER && piece[0].start.begins_object &&
              !piece[1].start.begins_object);
    cr_expect(piece[0].start.before == 0 && piece[0].after == created);
    cr_expect(piece[1].start.before == created && piece[1].after == (created | id));
    cr_expect(piece[2].start.before == (created | id));
    cr_expect_eq(piece[3].after, created | id | LESSON_NUMBER_BIT(RECORD_TYPE));
    cr_expect(piece[0].members_before == 0 && piece[0].members_after == 2);
    cr_expect(piece[1].members_before == 2 && piece[3].members_after == 4);
    cr_expect(piece[0].counted_before == 0 && piece[0].counted_after == NUMRES_USUAL_TIMESTAMP);
    cr_expect(piece[3].counted_after == NUMRES_USUAL_TIMESTAMP);
    cr_expect_eq(piece[0].timestamps, 1);
    cr_expect_eq(now->segments.timestamps[piece->timestamp].offset_in_piece,
                 strlen(",{'created_at':'"));
}

Test(fast_segments, pieces_know_which_members_come_before_and_after) {
    lesson_at_each_level(expect_members);
}

/* ---- long runs ---- */

#define SPACES "                                                                "

static const char three_stamps[] = ",{'created_at':'" STAMP "','expired_at':'" STAMP "'," SPACES
                                   "'updated_at':'" STAMP "','id':'a'}";

static void expect_split(lesson *now) {
    const numres_piece *piece = lesson_learn(now, NUMBER, three_stamps, 0);
    expect_ends(now, piece, "-T}", "three timestamps");
    expect_compared(now, piece, "?{'created_at':'" ANY_STAMP "','expired_at':'" ANY_STAMP "'");
    expect_compared(now, piece + 1, "," SPACES "'updated_at':'" ANY_STAMP "','id':");
    cr_expect(piece[0].timestamps == 2 && piece[1].timestamps == 1);
    cr_expect_eq(piece[1].start.before,
                 LESSON_NUMBER_BIT(CREATED_AT) | LESSON_NUMBER_BIT(EXPIRED_AT));
    cr_expect(piece[1].members_before == 2);
    cr_expect_eq(piece[1].counted_before, 2 * NUMRES_USUAL_TIMESTAMP);
}

Test(fast_segments, a_long_run_is_split_between_two_members) {
    lesson_at_each_level(expect_split);
}

/* A reservation's id, with this many spaces before its name. */
static const numres_piece *learn_long_run(lesson *now, unsigned int spaces) {
    char text[512];
    snprintf(text, sizeof text, "{'status':'success',%*s'id':'a'}", (int)spaces, "");
    return lesson_learn(now, RESERVATION, text, 0);
}

/* The same after a timestamp, which then gets a piece of its own. */
static const numres_piece *learn_long_rest(lesson *now, unsigned int spaces) {
    char text[512];
    snprintf(text, sizeof text, "{'created_at':'" STAMP "',%*s'id':'a'}", (int)spaces, "");
    return lesson_learn(now, RESERVATION, text, 0);
}

/* A phone number, with this many spaces before its brace. */
static const numres_piece *learn_late_brace(lesson *now, unsigned int spaces) {
    char text[512];
    snprintf(text, sizeof text, ",%*s{'id':'a'}", (int)spaces, "");
    return lesson_learn(now, NUMBER, text, 0);
}

/* A phone number, with this many spaces before its end. */
static const numres_piece *learn_late_end(lesson *now, unsigned int spaces) {
    char text[512];
    snprintf(text, sizeof text, ",{'id':'a'%*s}", (int)spaces, "");
    return lesson_learn(now, NUMBER, text, 0);
}

static void expect_longest_others(lesson *now) {
    const unsigned int most = 32 * NUMRES_PIECE_VECTORS;
    expect_ends(now, learn_long_rest(now, most - (unsigned int)strlen(",'id':'")), "-T}", "a rest");
    cr_expect_null(learn_long_rest(now, most - (unsigned int)strlen(",'id':")), "a rest");
    expect_ends(now, learn_late_brace(now, most - 2), "-T}", "a late brace");
    cr_expect_null(learn_late_brace(now, most - 1), "a late brace");
    expect_ends(now, learn_late_end(now, most - 1), "T}", "a late end");
    cr_expect_null(learn_late_end(now, most), "a late end");
}

static void expect_longest(lesson *now) {
    const unsigned int most = 32 * NUMRES_PIECE_VECTORS - (unsigned int)strlen(",'id':");
    const numres_piece *piece = learn_long_run(now, most - 1); /* the quote is read too */
    expect_ends(now, piece, "ST}", "the longest run");
    unsigned int count = now->segments.used.pieces;
    unsigned int bytes = now->segments.used.bytes;
    cr_expect_null(learn_long_run(now, most + 1), "a run that is longer");
    cr_expect(now->segments.used.pieces == count && now->segments.used.bytes == bytes,
              "nothing is left of it");
}

Test(fast_segments, a_run_that_is_too_long_in_one_member_is_not_learned) {
    lesson_at_each_level(expect_longest);
    lesson_at_each_level(expect_longest_others);
}

/* ---- what is not learned ---- */

static const end_case not_learned[] = {
    {NUMBER, ",{}", NULL},
    {NUMBER, ",{'id':{},'errors':''}", NULL},
    {NUMBER, ",{'id':'a','errors':[]}", NULL},
    {RESERVATION, "{'phone_numbers':{},'id':'a'}", NULL},
    {RESERVATION, "{'id':'a','phone_numbers':[]}", NULL},
    {NUMBER, ",{'other':[[[[[[[[[]]]]]]]]]}", NULL}, /* deeper than LESSON_DEPTH */
    {NUMBER, ",{'other':1.}", NULL},
    {NUMBER, ",['id':'a'}", NULL},
    {NUMBER, ",{'id':'a'}}", NULL},
    {NUMBER, ",{'id':'a'", NULL},
    {NUMBER, ",   ", NULL},
    {NUMBER, ",{'id':'a'   ", NULL},
    {NUMBER, ",{'id':'a'.'errors':''}", NULL},
    {NUMBER, ",{'created_at':'2026-01-03T09:31:28.12\\u00310100Z'}", NULL}, /* not usual */
    {NUMBER, ",{'record_type':'reserved_phone\\u005Fnumber'}", NULL},
};

static void expect_not_learned(lesson *now) {
    cr_assert_not_null(lesson_learn(now, NUMBER, ",{'created_at':'" STAMP "','id':'a'}", 0));
    numres_segments before = now->segments;
    for (size_t at = 0; at < sizeof(not_learned) / sizeof(not_learned[0]); at++) {
        const end_case *given = &not_learned[at];
        cr_expect_null(lesson_learn(now, given->kind, given->text, 0), "%s", given->text);
        cr_expect(now->segments.used.pieces == before.used.pieces &&
                      now->segments.used.timestamps == before.used.timestamps &&
                      now->segments.used.bytes == before.used.bytes,
                  "%s", given->text);
    }
    /* A code is a string or an integer. Only another kind of object has such a member. */
    cr_expect_null(lesson_learn(now, NUMRES_OBJECT_API_ERROR, "{'code':1}", 0));
}

Test(fast_segments, objects_that_are_no_segment_are_not_learned) {
    lesson_at_each_level(expect_not_learned);
}

/* ---- a full store ---- */

typedef struct filling {
    const char *start; /* of the object; white space then makes each one different */
    const char *rest;
    unsigned int many;               /* this many of these objects fill the store */
    unsigned int pieces, timestamps; /* of each object */
    unsigned int spaces;             /* 0: as many as the object's number */
} filling;

/* Which store fills up first: pieces, timestamps or bytes. */
static const filling fillings[] = {
    {",{", "'id':'a'}", NUMRES_SEGMENTS_PIECES / 2, 2, 0, 0},
    {",{", "'created_at':'" STAMP "'}", NUMRES_SEGMENTS_TIMESTAMPS, 1, 1, 0},
    {",{'record_type':'reserved_phone_number'", ",'phone_number':''}",
     (NUMRES_SEGMENTS_BYTES - 32) / 128, 2, 0, 72},
};

static const numres_piece *learn_filling(lesson *now, const filling *filling, unsigned int number) {
    char text[256];
    unsigned int spaces = filling->spaces > 0 ? filling->spaces : number;
    snprintf(text, sizeof text, "%s%*s%s", filling->start, (int)spaces, "", filling->rest);
    return lesson_learn(now, NUMBER, text, 0);
}

static void expect_full(lesson *now) {
    for (size_t at = 0; at < sizeof(fillings) / sizeof(fillings[0]); at++) {
        const filling *filling = &fillings[at];
        numres_segments_forget(&now->segments);
        for (unsigned int number = 0; number < filling->many; number++) {
            const numres_piece *piece = learn_filling(now, filling, number);
            cr_assert_eq(piece, now->segments.pieces + (size_t)filling->pieces * number,
                         "filling %zu, object %u", at, number);
        }
        const numres_piece *first = learn_filling(now, filling, filling->many);
        cr_assert_eq(first, now->segments.pieces, "filling %zu is not full", at);
        cr_expect_eq(now->segments.used.pieces, filling->pieces);
        cr_expect_eq(now->segments.used.timestamps, filling->timestamps);
        cr_expect_eq(first->bytes, 0);
        cr_expect_eq(first->timestamp, 0);
    }
}

/* Fills the store up to one last vector. */
static void fill_but_a_vector(lesson *now) {
    filling filling = fillings[2];
    numres_segments_forget(&now->segments);
    for (unsigned int number = 0; number < filling.many; number++) {
        learn_filling(now, &filling, number);
    }
    filling.spaces -= 32;
    learn_filling(now, &filling, 0);
    cr_assert_eq(now->segments.used.bytes, NUMRES_SEGMENTS_BYTES - 32);
}

/* No habit begins with pieces of a store that was emptied, even if nothing was learned then. */
static void expect_no_habit_of_an_emptied_store(lesson *now) {
    fill_but_a_vector(now);
    lesson_put(now, NUMBER,
               ",{'record_type':'reserved_phone_number','phone_number':'',"
               "'created_at':'2026-01-03T09:31:28\\u002e5Z'}",
               NUMRES_FAST_SPAN);
    now->lane.has_segments = true;
    now->lane.is_cut = false;
    now->lane.one_by_one = 2;
    for (unsigned int kind = 0; kind < NUMRES_SEGMENT_KINDS; kind++) {
        now->lane.habits[kind].usual = now->segments.pieces;
    }
    numres_fast_end_new_segment(&now->lane, now->object, &now->lane.habits[NUMRES_SEGMENT_NUMBER],
                                now->window.end);
    cr_assert_eq(now->segments.used.pieces, 0);
    for (unsigned int kind = 0; kind < NUMRES_SEGMENT_KINDS; kind++) {
        cr_expect_null(now->lane.habits[kind].usual);
    }
}

static void expect_just_full(lesson *now) {
    const char *last = "{'phone_numbers':[";
    fill_but_a_vector(now);
    const numres_piece *expected = now->segments.pieces + now->segments.used.pieces;
    cr_expect_eq(lesson_learn(now, RESERVATION, last, 0), expected);
    cr_expect_eq(lesson_learn(now, NUMBER, ",{'id':'a'}", 0), now->segments.pieces, "no room");
}

/* Fills the store up to one last piece. */
static void fill_but_a_piece(lesson *now) {
    numres_segments_forget(&now->segments);
    for (unsigned int number = 0; number < fillings[0].many - 1; number++) {
        learn_filling(now, &fillings[0], number);
    }
    learn_filling(now, &fillings[1], 0);
    cr_assert_eq(now->segments.used.pieces, NUMRES_SEGMENTS_PIECES - 1);
}

/* A long run must be split when there is no room for its first part, or for the piece of
   its second part. */
static void expect_full_at_a_split(lesson *now) {
    fill_but_a_vector(now);
    cr_expect_eq(lesson_learn(now, NUMBER, three_stamps, 0), now->segments.pieces);
    expect_ends(now, now->segments.pieces, "-T}", "three timestamps");
    fill_but_a_piece(now);
    cr_expect_eq(lesson_learn(now, NUMBER, three_stamps, 0), now->segments.pieces);
    expect_ends(now, now->segments.pieces, "-T}", "three timestamps");
}

Test(fast_segments, a_full_store_begins_anew) {
    lesson_at_each_level(expect_full);
    lesson_at_each_level(expect_full_at_a_split);
    lesson_at_each_level(expect_just_full);
    lesson_at_each_level(expect_no_habit_of_an_emptied_store);
}

/* An object that does not fit even an empty store; the others are forgotten for it too. */
static void expect_too_many(lesson *now) {
    char text[LESSON_MOST / 2] = ",{'a':1";
    for (unsigned int at = 1; at < NUMRES_SEGMENTS_PIECES - 1; at++) {
        strcat(text, ",'a':1");
    }
    size_t length = strlen(text);
    strcpy(text + length, "}");
    const numres_piece *piece = lesson_learn(now, NUMBER, text, 0);
    cr_assert_not_null(piece, "as many as there may be");
    cr_expect_eq(now->segments.used.pieces, NUMRES_SEGMENTS_PIECES);
    strcpy(text + length, ",'a':1}");
    cr_expect_null(lesson_learn(now, NUMBER, text, 0));
    cr_expect_eq(now->segments.used.pieces, 0);
    cr_expect_null(lesson_learn(now, NUMBER, text, 0));
    cr_expect_eq(now->segments.used.pieces, 0);
}

Test(fast_segments, an_object_of_too_many_pieces_is_not_learned) {
    lesson_at_each_level(expect_too_many);
}

/* ---- finding ---- */

/* The piece found after these members; -1 for none. */
static int find_in(const lesson *now, numres_object_kind kind, uint32_t present, bool is_first) {
    numres_piece_start start = {(uint16_t)present, (uint8_t)kind, is_first};
    const numres_piece *piece = numres_segments_find(&now->segments, now->segments.pieces, start);
    return piece != NULL ? (int)(piece - now->segments.pieces) : -1;
}

static void expect_found(lesson *now) {
    const uint32_t id = LESSON_NUMBER_BIT(ID);
    const uint32_t list = LESSON_RESERVATION_BIT(PHONE_NUMBERS);
    cr_expect_eq(find_in(now, NUMBER, 0, true), -1, "nothing is known");
    lesson_learn(now, NUMBER, ",{'id':'a'}", 0);             /* 0, 1 */
    lesson_learn(now, RESERVATION, "{'phone_numbers':[", 0); /* 2 */
    lesson_learn(now, RESERVATION, ",'user_id':'u'}", list); /* 3, 4 */
    lesson_learn(now, NUMBER, ",{ 'other':1,'id':'a'}", 0);  /* 5, 6, 7 */
    cr_assert_eq(now->segments.used.pieces, 8);
    cr_expect_eq(find_in(now, NUMBER, 0, true), 0);
    cr_expect_eq(find_in(now, NUMBER, 0, false), 6, "after a member that is not known");
    cr_expect_eq(find_in(now, NUMBER, id, false), 1);
    cr_expect_eq(find_in(now, NUMBER, id, true), -1);
    cr_expect_eq(find_in(now, NUMBER, id | 2U, false), -1);
    cr_expect_eq(find_in(now, RESERVATION, 0, true), 2);
    cr_expect_eq(find_in(now, RESERVATION, 0, false), -1);
    cr_expect_eq(find_in(now, RESERVATION, list, false), 3);
    numres_segments_forget(&now->segments);
    cr_expect_eq(find_in(now, NUMBER, 0, true), -1);
}

Test(fast_segments, pieces_are_found_by_kind_and_by_the_members_before) {
    lesson_at_each_level(expect_found);
}

static void expect_all_found(lesson *now) {
    const numres_piece *pieces = now->segments.pieces;
    const numres_piece_start start = {0, NUMBER, true};
    lesson_learn(now, NUMBER, ",{'id':'a','errors':''}", 0);          /* 0, 1, 2 */
    lesson_learn(now, NUMBER, ",{'errors':'','id':'a'}", 0);          /* 3, 4, 5 */
    lesson_learn(now, RESERVATION, "{'id':'a','phone_numbers':[", 0); /* 6, 7 */
    lesson_learn(now, NUMBER, ",{'other':1}", 0);                     /* 8, 9 */
    cr_assert_eq(now->segments.used.pieces, 10);
    cr_expect_eq(numres_segments_find(&now->segments, pieces, start), pieces);
    cr_expect_eq(numres_segments_find(&now->segments, pieces + 1, start), pieces + 3);
    cr_expect_eq(numres_segments_find(&now->segments, pieces + 4, start), pieces + 8);
    cr_expect_null(numres_segments_find(&now->segments, pieces + 9, start));
    cr_expect_null(numres_segments_find(&now->segments, pieces + 10, start));
}

Test(fast_segments, all_pieces_that_may_stand_in_a_place_are_found_in_turn) {
    lesson_at_each_level(expect_all_found);
}
