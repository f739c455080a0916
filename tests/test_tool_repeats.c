/* Which reservations a listing has shown before. */
#include <criterion/criterion.h>

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "../tools/api/repeats.h"

static struct repeats repeats;

static void begin(void) {
    repeats_begin(&repeats, 7);
}

static void end(void) {
    repeats_end(&repeats);
}

TestSuite(tool_repeats, .init = begin, .fini = end);

static enum repeat judge(const char *id, uint64_t place) {
    numres_reservation reservation;
    memset(&reservation, 0, sizeof reservation);
    reservation.id.bytes = id;
    reservation.id.length = id == NULL ? 0 : strlen(id);
    reservation.index = place;
    return repeats_judge(&repeats, &reservation);
}

/* Judges a page of one-letter ids (`.` for none). Returns a letter for each: n if new, a
   if from an earlier attempt, p if from an earlier page. */
static const char *judge_page(const char *ids) {
    static char answers[64];
    size_t count = strlen(ids);
    for (size_t place = 0; place < count; place++) {
        char id[2] = {ids[place], '\0'};
        enum repeat repeat = judge(ids[place] == '.' ? NULL : id, place);
        answers[place] = repeat == REPEAT_NONE ? 'n' : repeat == REPEAT_ATTEMPT ? 'a' : 'p';
    }
    answers[count] = '\0';
    return answers;
}

Test(tool_repeats, an_id_of_any_page_before_is_a_repeat) {
    cr_expect_str_eq(judge_page("abc"), "nnn");
    repeats_next_page(&repeats);
    cr_expect_str_eq(judge_page("cde"), "pnn");
    repeats_next_page(&repeats);
    cr_expect_str_eq(judge_page("abcdef"), "pppppn");
}

/* Repeats that are not shown still count as part of their page. */
Test(tool_repeats, a_page_that_comes_for_ever_is_all_repeats) {
    cr_expect_str_eq(judge_page("abc"), "nnn");
    for (int page = 0; page < 5; page++) {
        repeats_next_page(&repeats);
        cr_expect_str_eq(judge_page("abc"), "ppp");
    }
}

Test(tool_repeats, equal_ids_of_one_response_are_shown_once) {
    cr_expect_str_eq(judge_page("aaba"), "npnp");
    repeats_next_page(&repeats);
    cr_expect_str_eq(judge_page("cac"), "npp");
}

Test(tool_repeats, another_attempt_brings_only_what_is_missing) {
    cr_expect_str_eq(judge_page("ab"), "nn");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("abc"), "aan");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("xabcd"), "naaan");
}

Test(tool_repeats, equal_ids_are_one_in_all_attempts) {
    cr_expect_str_eq(judge_page("a"), "n");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("aa"), "ap");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("aab"), "apn");
}

Test(tool_repeats, a_repeat_of_a_page_before_is_one_in_all_attempts) {
    cr_expect_str_eq(judge_page("ab"), "nn");
    repeats_next_page(&repeats);
    cr_expect_str_eq(judge_page("bc"), "pn");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("bcd"), "pan");
}

/* As a file of --resume holds them: the last `of_page` ids are of the page to resume, the
   last `new_ids` are no evidence. */
static void take_up(const char *ids, uint64_t of_page, uint64_t new_ids) {
    struct repeats earlier;
    struct repeats kept = repeats;
    repeats_begin(&repeats, 7);
    judge_page(ids);
    earlier = repeats;
    repeats = kept;
    for (uint64_t number = 0; number < earlier.count; number++)
        cr_assert(repeats_add(&repeats, repeats_hash_of(&earlier, number)));
    repeats_end(&earlier);
    repeats_resume(&repeats, of_page, repeats.count - new_ids);
}

Test(tool_repeats, ids_of_an_earlier_run_are_known) {
    take_up("abcde", 2, 0);
    cr_expect_str_eq(judge_page("adedf"), "paapn");
    cr_expect_gt(repeats.evidence, 0);
}

Test(tool_repeats, what_is_new_is_no_evidence_of_the_place) {
    take_up("abc", 1, 1);
    cr_expect_str_eq(judge_page("cx"), "an");
    cr_expect_eq(repeats.evidence, 0);
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page("b"), "p");
    cr_expect_eq(repeats.evidence, 1);
}

/* Each new id makes the oldest forgotten, and no other. */
Test(tool_repeats, the_last_hundred_thousand_are_known) {
    char id[24];
    const uint64_t more = 5000;
    for (uint64_t number = 0; number < REPEATS_MOST_IDS + more; number++) {
        snprintf(id, sizeof id, "%llu", (unsigned long long)number);
        cr_assert_eq(judge(id, 0), REPEAT_NONE);
        if (number % 250 == 249)
            repeats_next_page(&repeats);
    }
    cr_expect_eq(repeats_first(&repeats), more);
    for (uint64_t number = more; number < REPEATS_MOST_IDS + more; number++) {
        snprintf(id, sizeof id, "%llu", (unsigned long long)number);
        cr_assert_eq(judge(id, 0), REPEAT_SHOWN, "%s", id);
    }
    for (uint64_t number = 0; number < more; number++) {
        snprintf(id, sizeof id, "%llu", (unsigned long long)number);
        cr_assert_eq(judge(id, 0), REPEAT_NONE, "%s", id);
    }
}

Test(tool_repeats, places_tell_reservations_without_an_id_apart) {
    cr_expect_str_eq(judge_page(".a."), "nnn");
    repeats_next_attempt(&repeats);
    cr_expect_str_eq(judge_page(".a.."), "aaan");
    repeats_next_page(&repeats);
    cr_expect_str_eq(judge_page("..a"), "nnp");
}

/* A page of a list that may have changed. Only ids shown up to `b` count as evidence. */
static void expect_counts(const char *page, uint64_t evidence, uint64_t newcomers) {
    repeats_next_page(&repeats);
    judge_page(page);
    cr_expect_eq(repeats.evidence, evidence, "%s: %llu", page,
                 (unsigned long long)repeats.evidence);
    cr_expect_eq(repeats.newcomers, newcomers, "%s: %llu", page,
                 (unsigned long long)repeats.newcomers);
}

Test(tool_repeats, what_was_shown_while_going_back_is_no_evidence) {
    cr_expect_str_eq(judge_page("abc"), "nnn");
    repeats_resume(&repeats, 0, 2);
    expect_counts("ab", 2, 0);
    expect_counts("abc", 2, 1); /* c was shown while going back earlier */
    expect_counts("axb", 2, 1);
    expect_counts("xc", 0, 2);
}

Test(tool_repeats, ids_are_compared_whole) {
    cr_expect_eq(judge("reservation", 0), REPEAT_NONE);
    cr_expect_eq(judge("reservatio", 1), REPEAT_NONE);
    cr_expect_eq(judge("reservation1", 2), REPEAT_NONE);
    repeats_next_attempt(&repeats);
    cr_expect_eq(judge("reservation", 0), REPEAT_ATTEMPT);
    cr_expect_eq(judge("reservatiox", 1), REPEAT_NONE);
}

Test(tool_repeats, thousands_of_ids) {
    char id[32];
    for (int page = 0; page < 3; page++) {
        for (unsigned int number = 0; number < 5000; number++) {
            snprintf(id, sizeof id, "%u", (number * 7919u) % 5000u);
            cr_assert_eq(judge(id, number), page == 0 ? REPEAT_NONE : REPEAT_SHOWN);
        }
        repeats_next_page(&repeats);
    }
}

/* Not with sanitizers, whose allocator does not report it. */
static size_t memory_in_use(void) {
    struct mallinfo2 about = mallinfo2();
    return about.uordblks + about.hblkhd;
}

Test(tool_repeats, long_ids_take_no_more_memory_than_short_ones) {
    static char id[16384];
    size_t before = memory_in_use();
    memset(id, 'x', sizeof id - 1);
    for (unsigned int number = 0; number < 4000; number++) {
        id[number % (sizeof id - 1)] = 'y';
        cr_assert_eq(judge(id, number), REPEAT_NONE);
    }
    cr_expect_lt(memory_in_use() - before, (size_t)1 << 20);
}

/* A page of any size takes no more memory than this. */
Test(tool_repeats, has_an_end) {
    char id[24];
    for (int pages = 0; pages < 2; pages++) {
        for (int number = 0; number < REPEATS_MOST_IDS; number++) {
            snprintf(id, sizeof id, "%d.%d", pages, number);
            cr_assert_eq(judge(id, (uint64_t)number), REPEAT_NONE);
        }
        cr_expect_eq(judge("more", REPEATS_MOST_IDS), REPEAT_TOO_MANY);
        repeats_next_attempt(&repeats);
        cr_expect_eq(judge(id, 0), REPEAT_ATTEMPT);
        cr_expect_eq(judge("more", 1), REPEAT_TOO_MANY);
        repeats_next_page(&repeats);
    }
}
