/* The gate: flat objects, whole in a run or cut by its end. */
#include "records.h"
#include "stand_ins.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { INSIDE = 2, DEEPEST = 20 };

/* Finds a run in a text, inside an array or object. */
static void find_run(numres_gate_run *run, const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    const unsigned char *end = bytes + strlen(text);
    numres_gate_find_run(
        run, bytes, &(numres_run_limits){end, end, UINT64_MAX, DEEPEST, false, INSIDE, DEEPEST});
}

/* Checks the stand-ins of a run of this text, and those at its end that are held, if the last
   run held those of `before`. All texts have ' for ". */
static numres_gate_run expect_after(const char *before, const char *text, const char *stand_ins,
                                    const char *held) {
    char *bytes = json(text);
    numres_gate_run run;
    numres_gate_begin_run(&run, strlen(before), '\0');
    cr_assert(has_stand_ins(&run, before));
    find_run(&run, bytes);
    expect_tokens(&run, (const unsigned char *)bytes);
    if (!has_stand_ins(&run, stand_ins))
        cr_assert_fail("[%s]: [%.*s]", text, (int)run.text_length, run.text);
    cr_assert(are_stand_ins(run.text + run.text_length, run.held_length, held), "[%s]: %zu", text,
              run.held_length);
    free(bytes);
    return run;
}

/* The same if nothing was held. */
static numres_gate_run expect(const char *text, const char *stand_ins, const char *held) {
    return expect_after("", text, stand_ins, held);
}

#define FIVE_MEMBERS "'':0,'':0,'':0,'':0,'':0"
#define FIVE_STAND_INS "'':'','':'','':'','':'','':''"
#define MOST_MEMBERS FIVE_MEMBERS "," FIVE_MEMBERS "," FIVE_MEMBERS
#define MOST_STAND_INS FIVE_STAND_INS "," FIVE_STAND_INS "," FIVE_STAND_INS
_Static_assert(NUMRES_RUN_OBJECT_MEMBERS == 15, "MOST_MEMBERS has as many");

/* The stand-in is one that cannot be a name. */
Test(gate_run_objects, flat_objects_have_one_stand_in) {
    expect("{}", "0 ", "");
    expect("{ 'b':'c'}", "0 ", "");
    expect("[{'b':1},{'b' : false , 'c':null}]", "[0 ,0 ]", "");
    expect("{'a':{'a':1}}", "{'':0 }", "");
    expect("{{'a':1}:", "{0 :", "");
    expect("{" MOST_MEMBERS "}", "0 ", "");
}

Test(gate_run_objects, other_objects_keep_their_stand_ins) {
    expect("{'a':[]}", "{'':[]}", "");
    expect("{'a':[1],'b':{}}", "{'':[0 ],'':0 }", "");
    expect("'b':1}", "'':''}", "");
    expect("[1}", "[0 }", "");
    expect("['a':1}", "['':''}", "");
    expect("{'a':1]", "{'':'']", "");
    expect("{" MOST_MEMBERS ",'a':1}", "{" MOST_STAND_INS ",'':''}", "");
}

/* A brace may close an object after a member or none, not inside one. */
Test(gate_run_objects, objects_with_a_fault_keep_their_stand_ins) {
    expect("{'a'}", "{''}", "");
    expect("{'a':}", "{'':}", "");
    expect("{'a':1,}", "{'':'',}", "");
    expect("{'a':1,'b'}", "{'':'',''}", "");
    expect("{'a':1,'b':}", "{'':'','':}", "");
    expect("{'a' 1}", "{''0 }", "");
    expect("{,}", "{,}", "");
    expect("{1:2}", "{0 :''}", "");
    expect("{'a':1 'b':2}", "{'':'''':''}", "");
    expect("{" MOST_MEMBERS ",}", "{" MOST_STAND_INS ",}", "");
}

Test(gate_run_objects, the_start_of_a_flat_object_is_held) {
    expect("{", "", "{");
    expect("1,{'b':'c'", "0 ,", "{'':''");
    expect("1,{'b':'c' , 'd':", "0 ,", "{'':'','':");
    expect("{'a':[{'b':'c'", "{'':[", "{'':''");
    expect("{'b' 'c'", "{''''", "");
    expect("{'b':[", "{'':[", "");
    expect("{'b':1}", "0 ", "");
    expect("['a'", "[''", "");
    expect("]", "]", "");
}

Test(gate_run_objects, an_object_that_was_held_is_continued) {
    expect_after("{'':", "'b'", "", "{'':''");
    expect_after("{'':", "'b'}", "0 ", "");
    expect_after("{'':", "'b'},{'c'", "0 ,", "{''");
    expect_after("{'':", "'b','c':1}", "0 ", "");
    expect_after("{'':", " ", "", "{'':");
    expect_after("{'':", "'b',", "", "{'':'',");
    expect_after("{'':", "{}", "{'':0 ", "");
    expect_after("{'':", "{'a'", "{'':", "{''");
    expect_after("{'':", "[", "{'':[", "");
    expect_after("{'':", "]", "{'':]", "");
    expect_after("{'':", "}", "{'':}", "");
}

/* No more is held than a flat object may have. */
Test(gate_run_objects, a_long_object_is_not_held) {
    expect("{" MOST_MEMBERS " ", "", "{" MOST_STAND_INS);
    expect_after("{" MOST_STAND_INS, ",", "", "{" MOST_STAND_INS ",");
    expect_after("{" MOST_STAND_INS ",", "'a'", "{" MOST_STAND_INS ",''", "");
    expect_after("{" MOST_STAND_INS, "}", "0 ", "");
}

/* Whether a value may stand where the object begins must be asked once. */
Test(gate_run_objects, the_brace_of_an_object_that_is_held_is_pointed_out) {
    cr_expect_eq(expect("1,{'b':'c'", "0 ,", "{'':''").held_token, 1);
    cr_expect_eq(expect("{", "", "{").held_token, 0);
    cr_expect_eq(expect_after("{'':", "'b'},{'c'", "0 ,", "{''").held_token, 2);
    cr_expect_eq(expect_after("{'':", "'b'", "", "{'':''").held_token, 1, "not here");
    cr_expect_eq(expect("{'b' 'c'", "{''''", "").held_token, 3, "nothing is held");
}

/* Checks the stand-ins with which a run begins, if the last one held `held` and the token that
   begins with `owed` came between them. */
static void expect_beginning(const char *held, char owed, const char *stand_ins) {
    numres_gate_run run;
    memset(&run, ':', sizeof run); /* no value follows a name that is not in the text */
    numres_gate_begin_run(&run, strlen(held), (unsigned char)owed);
    cr_expect_eq(run.held_length, strlen(held));
    cr_expect(has_stand_ins(&run, stand_ins), "%s %c: %.*s", held, owed, (int)run.text_length,
              run.text);
}

Test(gate_run_objects, a_run_begins_with_what_the_last_one_held) {
    expect_beginning("", '\0', "");
    expect_beginning("", '"', "''");
    expect_beginning("", '7', "0 ");
    expect_beginning("", 'n', "0 ");
    expect_beginning("{", '"', "{''");
    expect_beginning("{'':", '"', "{'':''");
    expect_beginning("{'':'','':", '-', "{'':'','':''");
    expect_beginning("{'':'','':", 't', "{'':'','':''");
    expect_beginning("{'':''", '\0', "{'':''");
}

/* Where a run that stops in arrays ends. */
static ptrdiff_t stop_of(const char *text, const char *held, unsigned int depth,
                         unsigned int deepest) {
    char *bytes = json(text);
    const unsigned char *start = (const unsigned char *)bytes;
    const unsigned char *end = start + strlen(bytes);
    numres_gate_run run;
    numres_gate_begin_run(&run, strlen(held), '\0');
    numres_gate_find_run(&run, start,
                         &(numres_run_limits){end, end, UINT64_MAX, deepest, true, depth, DEEPEST});
    expect_tokens(&run, start);
    cr_expect_eq(run.why, NUMRES_RUN_BYTES);
    ptrdiff_t length = run.end - start;
    free(bytes);
    return length;
}

/* It ends after the bracket of an array in an object that is flat up to there. */
Test(gate_run_objects, runs_stop_in_arrays) {
    cr_expect_eq(stop_of("{'a':[1,2]}", "", 0, 5), 6);
    cr_expect_eq(stop_of("{'a':1,'b':[1,2]}", "", 0, 5), 12);
    cr_expect_eq(stop_of(",'a':[ ]", "{'':''", 1, 5), 6);
    cr_expect_eq(stop_of("[[1],{'a':[],'b':1}]", "", 0, 5), 11);
    cr_expect_eq(stop_of("'a':[[1],2],'b':[3],'c':{}", "", 1, 5), 26, "not held: maybe not flat");
}

Test(gate_run_objects, runs_do_not_stop_in_deep_arrays_or_objects) {
    cr_expect_eq(stop_of(",'a':{'b':{'c':1}}", "{'':''", 1, 5), 18);
    cr_expect_eq(stop_of(",'a':[[1],2]", "{'':''", 3, 5), 6);
    cr_expect_eq(stop_of(",'a':[[1],2]", "{'':''", 4, 5), 12);
    cr_expect_eq(stop_of("{'a':[{'b':[1]}]", "", 0, 2), 16, "the first is at depth 2");
}
