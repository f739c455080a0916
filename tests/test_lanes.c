/*
 * Both lanes read the same: for every document, valid or broken, and any chunks, the
 * trace with the fast lane is exactly that of the general lane.
 */
#include <criterion/criterion.h>

#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "both_lanes.h"
#include "records.h"
#include "support.h"

static const char *const option_words[] = {
    "-",           "several",      "e164 require-members",
    "strict",      "leave-out",    "max-value=40 max-text=130",
    "max-depth=5", "max-size=700", "max-text=4096 max-value=2048",
};
#define OPTIONS (sizeof(option_words) / sizeof(option_words[0]))

/* The documents that the tests below cut and change, written with ' for ". */
static const char *const bases[] = {
    "{'data':[{'id':'11111111-2222-4333-8444-555555555555','record_type':'number_reservation',"
    "'phone_numbers':[{'id':'a','record_type':'reserved_phone_number',"
    "'phone_number':'+18005550100','status':'pending',"
    "'created_at':'2018-01-01T00:00:00.000000Z','updated_at':'2018-01-01T00:00:00.000000Z',"
    "'expired_at':'2018-01-01T00:30:00.123456Z','errors':''},"
    "{'id':'b','record_type':'reserved_phone_number','phone_number':'+18005550101',"
    "'status':'success','created_at':'2018-01-01T23:59:59.000001Z',"
    "'updated_at':'2018-02-28T00:00:00.000000Z','expired_at':'2020-02-29T00:30:00.000000Z',"
    "'errors':'none'}],'status':'failure','customer_reference':'MY REF 001',"
    "'created_at':'2018-01-01T00:00:00.000000Z','updated_at':'2018-01-01T00:00:00.000000Z'},"
    "{'id':'c','phone_numbers':[],'customer_reference':null}],"
    "'meta':{'total_pages':1,'total_results':2,'page_number':1,'page_size':250}}",

    "{ 'data' : [ {\n 'phone_numbers' : [ {\n  'status' : 'success',\n  'id' : 'a\\u00e9\\n' } , {"
    " 'user_id' : { 'x' : [ 1 , -2.5e3 , null , { } , [ ] ] , 'y' : 'z' } , 'id' : 'b' } ,\n"
    " {\n  'status' : 'success',\n  'id' : '\xc3\xa9\xe2\x82\xac' , 'expired' : false } ] ,\n"
    " 'created_at' : '2018-01-01T00:00:00+01:00' , 'x' : 12 , 'id' : '\\ud83d\\ude00' } , { } ] "
    "}\n",

    "{'meta':{'page_size':20,'x':'y'},'data':{'id':'a','phone_numbers':[{'phone_number':'+1'},"
    "{'phone_number':null,'status':'success'},{},{'status':'odd'},"
    "{'phone_number':'+12'}],'errors':'e','status':'pending','id':'twice'}} "
    "{'errors':[{'code':'10015','title':'t','detail':'d','source':{'pointer':'/p'},"
    "'meta':{'url':'u'}},{'code':10011,'description':'x'}]}",

    "{'data':[{'phone_numbers':[{'created_at':'2016-12-31T23:59:60.000000Z'},"
    "{'created_at':'2016-12-31T23:59:60.000000Z','errors':'a long text that is kept as it is'},"
    "{'created_at':'2016-12-31T24:00:00.000000Z'},{'created_at':'2016-12-31T23:59:59.99999Z'},"
    "{'created_at':'2016-12-31t23:59:59.999999Z'},{'created_at':'2016-12-31T23:59:59.999999z'},"
    "[],7,'x',null,{'id':{}},{'id':[]},{'id':7},{'id':'x','id':'y'},{'a':{'b':[[[[[[1]]]]]]}}]}]}",
};
#define BASES (sizeof(bases) / sizeof(bases[0]))

/* Whole, in small chunks, with pauses. */
static void check_chunks(both_lanes *both) {
    static const size_t chunks[] = {1, 2, 3, 7, 40, 64, 150, 333};
    both_lanes_read_chunks(both, 0, false);
    both_lanes_read_chunks(both, 0, true);
    for (size_t at = 0; at < sizeof(chunks) / sizeof(chunks[0]); at++) {
        both_lanes_read_chunks(both, chunks[at], at % 2 == 1);
    }
}

Test(lanes, each_base_cut_everywhere_with_each_option, .timeout = 600) {
    uint64_t seed = 3;
    size_t stride = test_stride(1);
    for (size_t base = 0; base < BASES; base++) {
        char *document = json(bases[base]);
        size_t length = strlen(document);
        for (size_t option = 0; option < OPTIONS; option++) {
            both_lanes *both = both_lanes_open(document, length, option_words[option]);
            check_chunks(both);
            for (size_t split = random_next(&seed) % stride; split <= length; split += stride) {
                both_lanes_read_two(both, split, split % 2 == 1);
            }
            both_lanes_close(both);
        }
        free(document);
    }
}

Test(lanes, each_base_truncated_everywhere, .timeout = 600) {
    for (size_t base = 0; base < BASES; base++) {
        char *document = json(bases[base]);
        size_t length = strlen(document);
        for (size_t cut = 0; cut < length; cut += test_stride(1)) {
            both_lanes *both = both_lanes_open(document, cut, "several");
            check_chunks(both);
            both_lanes_close(both);
        }
        free(document);
    }
}

/* Each of these bytes replaces, and is inserted before, every byte of the bases. */
Test(lanes, each_byte_changed, .timeout = 600) {
    static const char bytes[] = "\"\\,:{}[]0 \n\x01\x7f\xc3Zz-n";
    uint64_t seed = 11;
    for (size_t base = 0; base < BASES; base++) {
        char *document = json(bases[base]);
        size_t length = strlen(document);
        for (size_t place = 0; place < length; place++) {
            for (size_t byte = 0; byte < sizeof(bytes); byte++) {
                if (random_next(&seed) % test_stride(8) != 0) {
                    continue;
                }
                char kept = document[place];
                document[place] = bytes[byte];
                both_lanes *both = both_lanes_open(document, length, "several");
                both_lanes_read_chunks(both, 0, false);
                both_lanes_read_two(both, random_next(&seed) % length, false);
                both_lanes_close(both);
                document[place] = kept;
            }
        }
        free(document);
    }
}

/* The fast lane reads the usual form of a timestamp on its own. After a valid timestamp,
   every byte of an equal one is replaced by every other byte. */
Test(lanes, each_byte_of_a_timestamp, .timeout = 600) {
    static const char usual[] = "2024-02-29T23:59:59.999999Z";
    char document[256];
    size_t length = (size_t)snprintf(
        document, sizeof(document),
        "{\"data\":{\"phone_numbers\":[{\"created_at\":\"%s\",\"updated_at\":\"%s\"}],"
        "\"id\":\"%0100d\"}}",
        usual, usual, 1);
    char *second = strstr(strstr(document, usual) + 1, usual);
    for (size_t place = 0; place < strlen(usual); place++) {
        for (size_t byte = place % test_stride(1); byte < 256; byte += test_stride(1)) {
            second[place] = (char)byte;
            both_lanes *both = both_lanes_open(document, length, "-");
            both_lanes_read_chunks(both, 0, false);
            both_lanes_close(both);
        }
        second[place] = usual[place];
    }
}

/* Returns what the feed of the document's last byte returns, in chunks of this size before it. */
static numres_code code_of_last_byte(const char *document, size_t chunk) {
    numres_parser *parser;
    size_t length = strlen(document) - 1;
    numres_handlers handlers = numres_handlers_default();
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, NULL), NUMRES_OK);
    for (size_t at = 0; at < length; at += chunk) {
        size_t fed = length - at < chunk ? length - at : chunk;
        cr_assert_eq(numres_parser_feed(parser, document + at, fed, NULL), NUMRES_OK, "%s",
                     document);
    }
    numres_code code = numres_parser_feed(parser, document + length, 1, NULL);
    numres_parser_destroy(parser);
    return code;
}

/* Only phone numbers and reservations wait for their end. */
Test(lanes, other_faults_are_reported_with_their_chunk) {
    static const char *const documents[] = {
        "{\"data\":[],!",
        "{\"data\":[],\"meta\":{\"page_number\":1,!",
        "{\"data\":[],\"meta\":{\"page_number\":1,\"page_size\":2!",
        "{\"errors\":[{\"code\":\"1\",!",
    };
    for (size_t at = 0; at < sizeof documents / sizeof *documents; at++)
        for (size_t chunk = 1; chunk <= strlen(documents[at]); chunk++)
            cr_expect_eq(code_of_last_byte(documents[at], chunk), NUMRES_SYNTAX,
                         "%s in chunks of %zu", documents[at], chunk);
}

Test(lanes, options_choose_lane_and_level) {
    numres_options options = numres_options_default();
    cr_assert_not_null(numres_simd_name(NUMRES_SIMD_BEST));
    cr_assert_not_null(numres_simd_name(NUMRES_SIMD_BASELINE));
    cr_assert_null(numres_simd_name((numres_simd)9));
    cr_assert_gt(numres_parser_size(&options), 0);
    options.simd = NUMRES_SIMD_AVX2;
    cr_assert_eq(numres_parser_size(&options) > 0, numres_simd_name(NUMRES_SIMD_AVX2) != NULL);
    options.simd = (numres_simd)9;
    cr_assert_eq(numres_parser_size(&options), 0);
    options.simd = NUMRES_SIMD_BEST;
    options.lane = (numres_lane)7;
    cr_assert_eq(numres_parser_size(&options), 0);
}

/* What a mutation may insert. */
static const char *const pieces[] = {
    ",",
    "{}",
    "[]",
    "null",
    "\"\"",
    "\"id\":\"x\",",
    "{\"id\":",
    "\\u0041",
    "\\ud800",
    "\xc3\xa9",
    "\xed\xa0",
    "7",
    "-0.5e+7",
    "true",
    "\"status\":",
    "  ",
    "\n\t",
    "\"phone_numbers\":[",
    "}",
    "]",
    "},{",
    "\"x\":1,",
    "\"x\":{\"y\":[]},",
    "\\\"",
    "2018-01-01T00:00:00.000000Z",
    "pending",
    "\"errors\":\"\\t\",",
};
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* One change to the document, which has room for it. */
static size_t mutate(char *document, size_t length, uint64_t *seed) {
    size_t place = random_next(seed) % (length + 1);
    size_t rest = length - place;
    switch (random_next(seed) % 5) {
    case 0: { /* insert a piece */
        const char *piece = pieces[random_next(seed) % PIECES];
        size_t size = strlen(piece);
        memmove(document + place + size, document + place, rest);
        memcpy(document + place, piece, size);
        return length + size;
    }
    case 1: { /* remove some bytes */
        size_t size = 1 + random_next(seed) % 12;
        size = size < rest ? size : rest;
        memmove(document + place, document + place + size, rest - size);
        return length - size;
    }
    case 2: { /* duplicate some bytes */
        size_t size = 1 + random_next(seed) % 90;
        size = size < rest ? size : rest;
        memmove(document + place + size, document + place, rest);
        return length + size;
    }
    case 3: /* replace a byte */
        if (rest > 0) {
            document[place] = (char)random_next(seed);
        }
        return length;
    default: /* copy a byte from elsewhere */
        if (rest > 0) {
            document[place] = document[random_next(seed) % length];
        }
        return length;
    }
}

Test(lanes, mutations, .timeout = 3600) {
    const char *wanted = getenv("NUMRES_TEST_MUTATIONS");
    unsigned long rounds = wanted        ? strtoul(wanted, NULL, 10)
                           : test_full() ? 200000
                                         : 4000 / test_stride(1);
    const char *start = getenv("NUMRES_TEST_SEED");
    uint64_t seed = start ? strtoul(start, NULL, 10) : 7;
    for (unsigned long round = 0; round < rounds; round++) {
        char *base = json(bases[random_next(&seed) % BASES]);
        size_t length = strlen(base);
        char *document = malloc(length + 4 * 128);
        memcpy(document, base, length);
        for (size_t changes = random_next(&seed) % 4; changes > 0; changes--) {
            length = mutate(document, length, &seed);
        }
        const char *words = option_words[random_next(&seed) % OPTIONS];
        both_lanes *both = both_lanes_open(document, length, words);
        both_lanes_read_chunks(both, 0, random_next(&seed) % 2);
        both_lanes_read_chunks(both, 1 + random_next(&seed) % (random_next(&seed) % 4 ? 400 : 20),
                               random_next(&seed) % 2);
        for (size_t split = 0; split < 3; split++) {
            size_t at = length ? random_next(&seed) % length : 0;
            both_lanes_read_two(both, at, random_next(&seed) % 2);
        }
        both_lanes_close(both);
        free(document);
        free(base);
    }
}
