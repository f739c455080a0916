#include "number_pages.h"

#include <criterion/criterion.h>
#include <string.h>

#include "both_lanes.h"

static const char number[] =
    "{'created_at':'2026-01-03T09:31:28.244158Z','errors':'','expired':false,"
    "'expired_at':'2026-01-03T10:01:28.100493Z','id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0002',"
    "'phone_number':'+13125550123','record_type':'reserved_phone_number','status':'success',"
    "'updated_at':'2026-01-03T09:31:46.919571Z'}";

static const char head[] =
    "{'created_at':'2026-01-03T09:31:28.120100Z','customer_reference':'Branch office','errors':'',"
    "'id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0001','phone_numbers':[";
static const char tail[] =
    "],'record_type':'number_reservation','status':'partial_success',"
    "'updated_at':'2026-01-03T09:32:18.339068Z','user_id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0004'}";

#define LONG_31 "0123456789012345678901234567890"
#define LONG_63 LONG_31 "3" LONG_31
#define CREATED "'2026-01-03T09:31:28.244158Z'"
#define UPDATED "'2026-01-03T09:31:46.919571Z'"

/* Variants that fit any object with `errors` and `id`. */
#define COMMON_VARIANTS                                                                            \
    {NULL, NULL}, {"'errors':''", "'errors':null"}, {"'errors':''", "'errors':'none'"},            \
        {"'errors':''", "'errors':'\\n'"}, {"'errors':''", "'errors':'\\ud83d\\ude00\\u0061'"},    \
        {"'errors':''", "'errors':'\xc3\xa9'"}, {"'errors':''", "'errors':'a\xe2\x82'"},           \
        {"'errors':''", "'errors':'a\x01'"}, {"'errors':''", "'errors':'a\x7f'"},                  \
        {"'errors':''", "'errors':'" LONG_31 "'"}, {"'errors':''", "'errors':'" LONG_31 "1'"},     \
        {"'errors':''", "'errors':'" LONG_63 "'"}, {"'errors':''", "'errors':'" LONG_63 "4'"},     \
        {"'errors':''", "'errors':'" LONG_63 LONG_63 LONG_63 "'"},                                 \
        {"'errors':''", "'errors':'" LONG_63 LONG_63 "\\t" LONG_63 "'"},                           \
        {"'errors':''", "'errors':7"}, {"'errors':''", "'errors':nullx"},                          \
        {"'errors':''", "'errors':nul"}, {"'errors':''", "'errors':{}"},                           \
        {"'errors':''", "'errors':''',"}, {"'errors':'',", ""}, {"'errors':'',", "'errors':''"},   \
        {"'errors':'',", "'errors':'',,"}, {"'errors':'',", "'errors':'','errors':'',"},           \
        {"'errors'", "'error'"}, {"'errors'", "'errorss'"}, {"'errors'", "'err\\u006frs'"},        \
        {"'errors':", "'errors' :"}, {"'errors':", "'errors': "}, {"'errors':", "'errors'"},       \
        {"'errors':'',", "'errors':'' ,"}, {"'errors':'',", "'errors':'',\n "},                    \
        {"'errors':'',", "'errors':'','x':1,"}, {"'errors':'',", "'x':{'y':[1]},'errors':'',"},    \
        {"'errors':'',", "'errors':'','x':truex,"}, {"'id':'3f0c", "'id':'"},                      \
        {"'id':'3f0c", "'id':'3f0c3f0c"}, {"'id':'3f0c8c1e-6a54", "'id':null,'x':'"},              \
        {"'id':'3f0c", "'id':'3f\\u0030c"}, {"'id':'3f0c", "'id':'3f\"0c"}, {"{'", "{ '"},         \
        {"{'", "{{'"}, {"{'", "{,'"}, {"{'", "{'x':1,'"}, {"{'", "{'x':'','y':null,'"}, {          \
        "{'", "['"                                                                                 \
    }

#define STATUS_VARIANTS                                                                            \
    {"'status':'", "'status':'pending','x':'"}, {"'status':'", "'status':'failure','x':'"},        \
        {"'status':'", "'status':'success','x':'"},                                                \
        {"'status':'", "'status':'partial_success','x':'"},                                        \
        {"'status':'", "'status':'succes','x':'"}, {"'status':'", "'status':'successs','x':'"},    \
        {"'status':'", "'status':'','x':'"}, {"'status':'", "'status':'odd','x':'"},               \
        {"'status':'", "'status':null,'x':'"}, {"'status':'", "'status':'\\u0070ending','x':'"},   \
        {"'status':'", "'status':truex,'x':'"}, {"'status':'", "'status':[],'x':'"},               \
        {"'status':'", "'status':-success','x':'"}, {"'status':'", "'x':'"},                       \
        {"'status':'", "'status':'pending','status':'"}, {"'record_type':'", "'x':'"},             \
        {"'record_type':'", "'record_type':null,'x':'"},                                           \
        {"'record_type':'", "'record_type':'odd','x':'"},                                          \
        {"'record_type':'", "'record_type':'number_reservation','x':'"},                           \
        {"'record_type':'", "'record_type':'reserved_phone_number','x':'"},                        \
        {"'record_type':'", "'record_type':'reserved\\u005fphone_number','x':'"},                  \
        {"'record_type':'", "'record_type':'number\\u005freservation','x':'"}, {                   \
        "'record_type':'", "'record_type':'a"                                                      \
    }

#define TIMESTAMP_VARIANTS(WHEN)                                                                   \
    {WHEN, "'2016-12-31T23:59:60.000000Z'"}, {WHEN, "'2016-12-31T23:59:61.000000Z'"},              \
        {WHEN, "'2018-01-01T00:00:00.0-00:00'"}, {WHEN, "'2018-01-01T00:00:00.000000000Z'"},       \
        {WHEN, "'2018-01-01T00:00:00Z'"}, {WHEN, "'2018-01-01T00:00:00.000000z'"},                 \
        {WHEN, "'2018-01-01t00:00:00.000000Z'"}, {WHEN, "'2018-01-01T00:00:00.0000000Z'"},         \
        {WHEN, "'2018-01-01T00:00:00.00+01:30'"}, {WHEN, "'2018-02-29T00:00:00.000000Z'"},         \
        {WHEN, "'2018-13-01T00:00:00.000000Z'"}, {WHEN, "'2018-12-01T24:00:00.000000Z'"},          \
        {WHEN, "'2018-01-01 00:00:00.000000Z'"}, {WHEN, "'2026-01-03T09:31:28.24415\xc3\xa9'"},    \
        {WHEN, "'2026-01-03T09:31:28.24\\u0031Z'"}, {WHEN, "'\\u0032018-01-01T00:00:00.0Z'"},      \
        {WHEN, "''"}, {WHEN, "null"}, {WHEN, "nullx"}, {WHEN, "0"}, {                              \
        WHEN, "'1999-12-31T23:59:59.999999Z'"                                                      \
    }

const number_variant number_variants[] = {
    COMMON_VARIANTS,
    STATUS_VARIANTS,
    TIMESTAMP_VARIANTS(CREATED),
    TIMESTAMP_VARIANTS(UPDATED),
    {"'created_at':" CREATED ",", ""},
    {",'updated_at':" UPDATED, ""},
    {"'updated_at':" UPDATED, "'updated_at':" UPDATED " "},
    {UPDATED, UPDATED ",'x':1"},
    {UPDATED, UPDATED ",'x':true"},
    {UPDATED, UPDATED ","},
    {UPDATED, UPDATED "}"},
    {UPDATED "}", UPDATED},
    {UPDATED "}", UPDATED "]"},
    {UPDATED "}", "'unfinished"},
    {"'expired':false", "'expired':true"},
    {"'expired':false", "'expired':null"},
    {"'expired':false", "'expired':truex"},
    {"'expired':false", "'expired':falsex"},
    {"'expired':false", "'expired':fals"},
    {"'expired':false", "'expired':nullx"},
    {"'expired':false", "'expired':'true'"},
    {"'expired':false", "'expired':1"},
    {"'expired':false", "'expired':true "},
    {"'expired':false", "'expired':[]"},
    {"'expired':false,", ""},
    {"'expired':false", "'isExpired':true"},
    {"'phone_number':'+1312", "'phone_number':'+44131200"},
    {"'phone_number':'+1312", "'phone_number':'+"},
    {"'phone_number':'+1312", "'phone_number':'1312"},
    {"'phone_number':'+1312", "'phone_number':'+1312\\u0030"},
    {"'phone_number':'+13125550123'", "'phone_number':null"},
    {"'phone_number':'+13125550123',", ""},
    {"'errors':'','expired':false", "'expired':false,'errors':''"},
};
const size_t number_variant_count = sizeof(number_variants) / sizeof(number_variants[0]);

#define HEAD_CREATED "'2026-01-03T09:31:28.120100Z'"
#define TAIL_UPDATED "'2026-01-03T09:32:18.339068Z'"

const number_variant reservation_variants[] = {
    COMMON_VARIANTS,
    STATUS_VARIANTS,
    TIMESTAMP_VARIANTS(HEAD_CREATED),
    TIMESTAMP_VARIANTS(TAIL_UPDATED),
    {"'Branch office'", "null"},
    {"'Branch office'", "'\xe2\x82\xac'"},
    {"'Branch office'", "'" LONG_63 LONG_63 "'"},
    {"'Branch office'", "''"},
    {"'customer_reference':'Branch office',", ""},
    {",'phone_numbers':[", ",'phone_numbers': ["},
    {",'phone_numbers':[", ",'x':[],'phone_numbers':["},
    {",'phone_numbers':[", ",'phone_numbers':[],'phone_numbers':["},
    {",'phone_numbers':[", ",'phone_numbers':null,'x':["},
    {"'user_id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0004'", "'user_id':null"},
    {",'user_id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0004'", ""},
    {"0004'}", "0004' }"},
    {"0004'}", "0004','x':2}"},
    {"0004'}", "0004','phone_numbers':[]}"},
    {"0004'}", "0004'"},
    {"0004'}", "0004'}}"},
    {"],'record", "] , 'record"},
    {"],'record", "]'record"},
    {"],'record", "]],'record"},
};
const size_t reservation_variant_count =
    sizeof(reservation_variants) / sizeof(reservation_variants[0]);

static void expect_room(const number_page *page, size_t length) {
    cr_assert_leq(page->length + length, sizeof(page->bytes));
}

void number_page_put(number_page *page, const char *text) {
    expect_room(page, strlen(text));
    for (; *text; text++)
        page->bytes[page->length++] = (char)(*text == '\'' ? '"' : *text);
}

static void put_variant(number_page *page, const char *text, const number_variant *variant) {
    char changed[2048];
    const char *found = variant->text != NULL ? strstr(text, variant->text) : NULL;
    if (found == NULL) {
        number_page_put(page, text);
        return;
    }
    size_t before = (size_t)(found - text);
    cr_assert_lt(strlen(text) + strlen(variant->other), sizeof(changed));
    memcpy(changed, text, before);
    strcpy(changed + before, variant->other);
    strcat(changed, found + strlen(variant->text));
    number_page_put(page, changed);
}

void number_page_start(number_page *page) {
    page->length = 0;
    number_page_put(page, "{'data':[");
}

void number_page_open(number_page *page, size_t variant) {
    if (page->bytes[page->length - 1] == '}')
        number_page_put(page, ",");
    put_variant(page, head, &reservation_variants[variant]);
}

void number_page_add(number_page *page, size_t variant) {
    if (page->bytes[page->length - 1] != '[')
        number_page_put(page, ",");
    put_variant(page, number, &number_variants[variant]);
}

void number_page_close(number_page *page, size_t variant) {
    put_variant(page, tail, &reservation_variants[variant]);
}

void number_page_end(number_page *page) {
    number_page_put(page, "]}");
    cr_assert_leq(page->length + BOTH_LANES_ROOM, sizeof(page->bytes));
    memset(page->bytes + page->length, ' ', BOTH_LANES_ROOM);
    page->length += BOTH_LANES_ROOM;
}
