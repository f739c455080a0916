/*
 * What follows a surprise: the general lane goes on inside the object, often without yajl. Its
 * events and its error must be those of reading the document from the start.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "both_lanes.h"

/* The text up to a member with a surprise, in each kind of object. */
static const char *const starts[] = {
    "{'data':[{'phone_numbers':[{'id':7",
    "{'data':[{'phone_numbers':[{},{'id':'a','errors':'e','status':'odd'",
    "{'data':[{'id':7",
    "{'data':[{'id':'a','phone_numbers':[{}],'status':'odd'",
    "{'data':[],'meta':{'page_size':1,'page_number':'x'",
    "{'errors':[{'code':'1','title':7",
    "{'errors':[{'source':{'pointer':7",
};

/* What may follow it, right or wrong. */
static const char *const ends[] = {
    "}",
    " } ",
    "}}",
    "]",
    "]}",
    ",}",
    ",]",
    ":1}",
    " 1}",
    "'b':1}",
    "{",
    "[",
    ",,",
    ",1}",
    ",'b'}",
    ",'b':}",
    ",'b':,",
    ",'b':1]",
    ",'b' 1}",
    ",'b'::1}",
    ",{}}",
    ",'b':[}",
    ",'b':[1]]",
    ",'b':{]",
    ",'b':{,",
    ",'b':[,",
    ",'b':[:",
    ",'b':['c':",
    ",'b':[],'c':1}",
    ",'b':{},'c':1}",
    ",'b':[1]'c'",
    ",'b':{}'c'",
    ",'b':[{}],'c':[{}]}",
    ",'phone_numbers':[}",
    ",'phone_numbers':[]]",
    ",'phone_numbers':[{'id':7}],'x':1}",
    ",'phone_numbers':{]",
    ",'phone_numbers' []",
    ",'b\\u0063':'\\n'}",
    ",'b':'\\n','c'}",
    ",'b\\u0063' 1}",
    ",'\\n':'\\n'1}",
    ",'b':tru}",
    ",'b':'\x01'}",
    "},{'id':'b'",
    "}{",
    "},,",
    "},]",
    "},'b'",
    "}:",
    "}]}",
    "}]]",
    "}],",
    "}]}]}",
    "}]}]}}",
    "}]}],'meta':{'page_size':1}}",
};

Test(handed_over, faults_are_told_where_they_are) {
    char text[256];
    for (size_t start = 0; start < sizeof starts / sizeof *starts; start++) {
        for (size_t end = 0; end < sizeof ends / sizeof *ends; end++) {
            snprintf(text, sizeof text, "%s%s", starts[start], ends[end]);
            expect_both_lanes_everywhere(text, "");
        }
    }
}

/* Around the most members of an object that is held. */
Test(handed_over, objects_with_many_members) {
    static const char *const rest[] = {"}]}]}", ",'b':1}]}]}", ",'b':[1]}]}]}", ",'b':[1],}", "]"};
    for (int members = 12; members <= 18; members++) {
        for (size_t at = 0; at < sizeof rest / sizeof *rest; at++) {
            char text[512] = "{'data':[{'phone_numbers':[{";
            char *to = text + strlen(text);
            for (int i = 1; i < members; i++)
                to += sprintf(to, "'x%d':1,", i);
            sprintf(to, "'status':'odd'%s", rest[at]);
            expect_both_lanes_everywhere(text, "");
        }
    }
}

/* Members that only the number before had are absent from the one that is handed over. */
Test(handed_over, absent_members_are_neutral) {
    expect_both_lanes_everywhere("{'data':[{'phone_numbers':["
                                 "{'errors':'e','phone_number':'+1','expired':true,'created_at':"
                                 "'2018-01-01T00:00:00.000000Z','status':'pending'},"
                                 "{'id':'a','status':'odd'},{'id':'b','created_at':7},{}]}]}",
                                 "");
}

/* The words of a refusal lie in the same memory as a phone number. */
Test(handed_over, numbers_after_a_refusal) {
    static const char *const members[] = {"'id':'i'", "'record_type':'reserved_phone_number'",
                                          "'phone_number':'+1'", "'status':'pending'"};
    static const char *const words[] = {"code", "title", "detail", "description"};
    for (size_t at = 0; at < sizeof members / sizeof *members; at++) {
        for (size_t word = 0; word < sizeof words / sizeof *words; word++) {
            char text[512];
            snprintf(text, sizeof text,
                     "{'data':[{'phone_numbers':[{}]}]}{'user_id':'a','%s':'w'}"
                     "{'data':[{'phone_numbers':[{%s}]}]}",
                     words[word], members[at]);
            expect_both_lanes_everywhere(text, "several");
        }
    }
}

/* The problem of a member that is missing is raised as the number closes. */
Test(handed_over, required_members) {
    expect_both_lanes_everywhere("{'data':[{'phone_numbers':[{'id':'a' },{'status':'odd'},{ },"
                                 "{'phone_number':'+1','status':7}]}]}",
                                 "require-members");
}
