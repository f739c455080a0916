/* The gate: objects in runs that become known, are known, or are cut by a run's end. */
#include "stand_ins.h"

#include <criterion/criterion.h>
#include <string.h>

enum { INSIDE = 2, DEEPEST = 20 };

/* Finds a run in a text, inside an array or object. */
static void find_run(numres_gate_run *run, size_t known_length, const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    const unsigned char *end = bytes + strlen(text);
    numres_gate_find_run(run, known_length, bytes,
                         &(numres_run_limits){end, end, UINT64_MAX, INSIDE, DEEPEST});
}

/* The length of the last object without containers in this text, or 0. */
static size_t length_of(const char *text) {
    numres_gate_run run = {.text_length = 0};
    find_run(&run, 0, text);
    return run.object_length;
}

/* Checks the stand-ins of a run and the object found in it, if the object of `known` is known. */
static void expect_object(const char *known, const char *text, const char *stand_ins,
                          const char *object) {
    size_t known_length = length_of(known);
    numres_gate_run run = {.text_length = 0};
    cr_assert_eq(known_length > 0, known[0] != '\0');
    find_run(&run, known_length, text);
    expect_tokens(&run, (const unsigned char *)text);
    if (!has_stand_ins(&run, stand_ins))
        cr_assert_fail("[%s]: [%.*s]", text, (int)run.text_length, run.text);
    cr_assert_eq(run.object_length, strlen(object), "[%s]", text);
}

#define FIVE_MEMBERS "\"\":0,\"\":0,\"\":0,\"\":0,\"\":0"
#define FIVE_STAND_INS "'':'','':'','':'','':'','':''"
#define MOST_MEMBERS FIVE_MEMBERS "," FIVE_MEMBERS "," FIVE_MEMBERS
#define MOST_STAND_INS FIVE_STAND_INS "," FIVE_STAND_INS "," FIVE_STAND_INS
_Static_assert(NUMRES_RUN_OBJECT_MEMBERS == 15, "MOST_MEMBERS has as many");

Test(gate_run_objects, objects_without_containers_are_found) {
    expect_object("", "{\"a\":1}", "{'':''}", "{'':''}");
    expect_object("", "{\"a\":1},{\"b\":\"c\" , \"d\" :null}", "{'':''},{'':'','':''}",
                  "{'':'','':''}");
    expect_object("", "{\"a\":[]}", "{'':[]}", "");
    expect_object("", "{\"a\":{},", "{'':{},", "{}");
    expect_object("", "\"b\":1}", "'':''}", "");
    expect_object("", "[1,2]", "[0 ,0 ]", "");
    expect_object("", "[1}", "[0 }", "");
    expect_object("", "{" MOST_MEMBERS "}", "{" MOST_STAND_INS "}", "{" MOST_STAND_INS "}");
    expect_object("", "{" MOST_MEMBERS ",}", "{" MOST_STAND_INS ",}", "");
}

/* The stand-in of a known object is one that cannot be a name. */
Test(gate_run_objects, known_objects_have_one_stand_in) {
    expect_object("{\"a\":1}", "{\"b\":\"c\"}", "0 ", "");
    expect_object("{\"a\":1}", "[{\"b\":\"c\"},{\"b\" : false }]", "[0 ,0 ]", "");
    expect_object("{\"a\":1}", "{\"a\":{\"a\":1}}", "{'':0 }", "");
    expect_object("{\"a\":1}", "{{\"a\":1}:", "{0 :", "");
    expect_object("{\"a\":1}", "{\"a\":1,\"b\":2}", "{'':'','':''}", "{'':'','':''}");
    expect_object("{\"a\":1}", "{\"a\" 1}", "{''0 }", "{''0 }");
    expect_object("{\"a\":1}", "{\"a\":1]", "{'':'']", "");
    expect_object("{\"a\":1}", "[\"a\":1}", "['':''}", "");
    expect_object("{" MOST_MEMBERS "}", "{" MOST_MEMBERS "}", "0 ", "");
}

/* Writes the text with " for '. */
static const char *quoted(char *to, const char *text) {
    size_t length = strlen(text);
    for (size_t at = 0; at <= length; at++)
        to[at] = (char)(text[at] == '\'' ? '"' : text[at]);
    return to;
}

/* Checks the stand-ins of a run, and those at its end that are held back, if the object
   `known` is known and the run continues one with the stand-ins `before`. */
static numres_gate_run expect_held(const char *known, const char *before, const char *text,
                                   const char *stand_ins, const char *held) {
    char room[64];
    size_t known_length = length_of(quoted(room, known));
    numres_gate_run run;
    numres_gate_begin_run(&run, strlen(before), true, '\0');
    cr_assert(has_stand_ins(&run, before));
    find_run(&run, known_length, quoted(room, text));
    if (!has_stand_ins(&run, stand_ins))
        cr_assert_fail("[%s]: [%.*s]", text, (int)run.text_length, run.text);
    cr_assert_eq(run.is_held, held[0] != '\0', "[%s]", text);
    if (run.is_held)
        cr_assert(are_stand_ins(run.text + run.text_length, run.open_length, held), "[%s]", text);
    return run;
}

Test(gate_run_objects, the_start_of_a_known_object_is_held_back) {
    expect_held("{'a':1}", "", "{", "", "{");
    expect_held("{'a':1,'b':2}", "", "1,{'b':'c'", "0 ,", "{'':''");
    expect_held("{'a':1,'b':2}", "", "1,{'b':'c' , 'd':", "0 ,", "{'':'','':");
    expect_held("{'a':1}", "", "{'b':'c','d'", "{'':'',''", "");
    expect_held("{'a':1}", "", "{'b' 'c'", "{''''", "");
    expect_held("{'a':1}", "", "{'b':[", "{'':[", "");
    expect_held("{'a':1}", "", "{'b':1}", "0 ", "");
    expect_held("", "", "{'b':'c'", "{'':''", "");
    /* What counts is the object that will be known after this run. */
    expect_held("{'a':1}", "", "{'a':1,'b':2},{'c':3,'d':", "{'':'','':''},", "{'':'','':");
    expect_held("{'a':1,'b':2}", "", "{'a':1},{'c':3,'d':", "{'':''},{'':'','':", "");
}

Test(gate_run_objects, an_object_that_was_held_back_is_continued) {
    expect_held("{'a':1}", "{'':", "'b'", "", "{'':''");
    expect_held("{'a':1}", "{'':", "'b'}", "0 ", "");
    expect_held("{'a':1}", "{'':", "'b'},{'c'", "0 ,", "{''");
    expect_held("{'a':1}", "{'':", " ", "", "{'':");
    expect_held("{'a':1}", "{'':", "'b',", "{'':'',", "");
    expect_held("{'a':1}", "{'':", "{}", "{'':{}", "");
    expect_held("{'a':1}", "{'':", "]", "{'':]", "");
}

/* Whether a value may stand where the object begins must be asked once. */
Test(gate_run_objects, the_brace_of_an_object_that_is_held_back_is_pointed_out) {
    cr_expect_eq(expect_held("{'a':1,'b':2}", "", "1,{'b':'c'", "0 ,", "{'':''").held_token, 1);
    cr_expect_eq(expect_held("{'a':1}", "", "{", "", "{").held_token, 0);
    cr_expect_eq(expect_held("{'a':1}", "{'':", "'b'},{'c'", "0 ,", "{''").held_token, 2);
    cr_expect_eq(expect_held("{'a':1}", "{'':", "'b'", "", "{'':''").held_token, 1, "not here");
    cr_expect_eq(expect_held("", "", "{'b':'c'", "{'':''", "").held_token, 3, "nothing is held");
}

/* Checks what the next run begins with, if yajl has read `before` and a run of this text comes
   when an object of one member is known. `object` is what then becomes known. */
static void expect_kept(const char *before, const char *text, const char *kept,
                        const char *object) {
    char room[160];
    size_t known_length = length_of("{\"a\":1}");
    numres_gate_run run;
    numres_gate_begin_run(&run, strlen(before), false, '\0');
    cr_assert(has_stand_ins(&run, before));
    find_run(&run, known_length, quoted(room, text));
    cr_expect_eq(run.read_length, strlen(before), "[%s]", text);
    cr_expect_eq(run.object_length, strlen(object), "[%s]: %zu", text, run.object_length);
    size_t start = run.is_held ? run.text_length : run.text_length - run.open_length;
    cr_expect(are_stand_ins(run.text + start, run.open_length, kept), "[%s]: %zu", text,
              run.open_length);
}

Test(gate_run_objects, an_object_that_yajl_has_read_in_part_is_continued) {
    expect_kept("{'':'','':", "1 ", "{'':'','':''", "");
    expect_kept("{'':'','':", "1}", "", "{'':'','':''}");
    expect_kept("{'':'','':", "1},{'c':", "{'':", "{'':'','':''}");
    expect_kept("{'':'','':", "1},{'c':'d'},{", "{", "{'':'','':''}");
    expect_kept("{'':'','':", "[", "", "");
    expect_kept("{'':'','':", "{'a'", "{''", "");
    expect_kept("", "{'a':1,'b'", "{'':'',''", "");
    expect_kept("", "['a'", "", "");
    expect_kept("", "]", "", "");
}

/* At most as many stand-ins are kept as a known object may have. */
Test(gate_run_objects, a_long_object_is_not_kept) {
    expect_kept("", "{" MOST_MEMBERS " ", "{" MOST_STAND_INS, "");
    expect_kept("{" MOST_STAND_INS, ",", "{" MOST_STAND_INS ",", "");
    expect_kept("{" MOST_STAND_INS, ",'a'", "", "");
}

/* The stand-ins with which a run begins, if the token that begins with `owed` came between it
   and the last run, which left `open`. */
static void expect_beginning(const char *open, char owed, const char *stand_ins) {
    for (int is_held = 0; is_held < 2; is_held++) {
        numres_gate_run run;
        numres_gate_begin_run(&run, strlen(open), is_held != 0, (unsigned char)owed);
        cr_expect_eq(run.open_length, strlen(open));
        cr_expect_eq(run.read_length, is_held ? 0 : strlen(open));
        cr_expect(has_stand_ins(&run, stand_ins), "%s %c: %.*s", open, owed, (int)run.text_length,
                  run.text);
    }
}

Test(gate_run_objects, a_run_begins_with_the_open_object) {
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
