#include "records.h"

#include "reading.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* ---- copies ---- */

static numres_text copy_text(event *now, size_t block, numres_text text) {
    cr_assert_not_null(text.bytes, "the library handed out a text without bytes");
    char *copy = malloc(text.length + 1);
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    now->blocks[block] = copy;
    return (numres_text){copy, text.length};
}

numres_reservation *copy_of_reservation(const numres_reservation *reservation) {
    size_t size = numres_reservation_copy(reservation, NULL, 0);
    void *memory = malloc(size);
    cr_assert_eq(numres_reservation_copy(reservation, memory, size), size);
    return memory;
}

numres_phone_number *copy_of_phone_number(const numres_phone_number *phone_number) {
    size_t size = numres_phone_number_copy(phone_number, NULL, 0);
    void *memory = malloc(size);
    cr_assert_eq(numres_phone_number_copy(phone_number, memory, size), size);
    return memory;
}

numres_api_error *copy_of_api_error(const numres_api_error *api_error) {
    size_t size = numres_api_error_copy(api_error, NULL, 0);
    void *memory = malloc(size);
    cr_assert_eq(numres_api_error_copy(api_error, memory, size), size);
    return memory;
}

/* ---- events ---- */

static event *new_event(records *kept) {
    if (kept->count == kept->room) {
        kept->room = kept->room == 0 ? 16 : kept->room * 2;
        kept->events = realloc(kept->events, kept->room * sizeof(event));
        cr_assert_not_null(kept->events);
    }
    event *now = &kept->events[kept->count++];
    memset(now, 0, sizeof *now);
    now->kind = kept->trace.newest;
    now->position = kept->trace.last_position;
    cr_assert(kept->count < 2 || now->position >= now[-1].position, "the position went back");
    return now;
}

static void publish_log(records *kept) {
    kept->log = kept->trace.lines.length == 0 ? "" : kept->trace.lines.bytes;
}

#define KEEP_RAW(now, record, copy, MEMBERS)                                                       \
    for (unsigned int member = 0; member < (MEMBERS); member++)                                    \
    (now)->raw[member] = numres_##record##_raw(copy, member)

/* The event's copy is assigned from the block that holds its texts. */
static void fill(event *now, const void *what) {
    switch (now->kind) {
    case NUMRES_EVENT_RESERVATION:
        now->blocks[0] = copy_of_reservation(what);
        now->reservation = *(numres_reservation *)now->blocks[0];
        KEEP_RAW(now, reservation, now->blocks[0], NUMRES_RESERVATION_MEMBER_COUNT);
        break;
    case NUMRES_EVENT_PHONE_NUMBER:
        now->blocks[0] = copy_of_phone_number(what);
        now->blocks[1] = copy_of_reservation(((const numres_phone_number *)what)->reservation);
        now->phone_number = *(numres_phone_number *)now->blocks[0];
        now->reservation = *(numres_reservation *)now->blocks[1];
        KEEP_RAW(now, phone_number, now->blocks[0], NUMRES_PHONE_NUMBER_MEMBER_COUNT);
        break;
    case NUMRES_EVENT_META:
        now->meta = *(const numres_meta *)what;
        for (unsigned int member = 0; member < NUMRES_META_MEMBER_COUNT; member++) {
            now->raw[member] = copy_text(now, member, numres_meta_raw(what, member));
        }
        break;
    case NUMRES_EVENT_API_ERROR:
        now->blocks[0] = copy_of_api_error(what);
        now->api_error = *(numres_api_error *)now->blocks[0];
        KEEP_RAW(now, api_error, now->blocks[0], NUMRES_API_ERROR_MEMBER_COUNT);
        break;
    case NUMRES_EVENT_DOCUMENT_END:
        now->document = *(const numres_document *)what;
        break;
    default:
        now->problem = *(const numres_problem *)what;
        cr_assert_eq(now->problem.path.bytes[now->problem.path.length], '\0');
        cr_assert_leq(now->problem.raw.length, NUMRES_RAW_TEXT_LENGTH);
        cr_assert_not_null(now->problem.sentence);
        now->problem.path = copy_text(now, 0, now->problem.path);
        now->problem.raw = copy_text(now, 1, now->problem.raw);
    }
}

static numres_answer keep(numres_parser *parser, trace *trace, const void *what) {
    records *kept = (records *)trace;
    event *now = new_event(kept);
    fill(now, what);
    publish_log(kept);
    return kept->decide == NULL ? NUMRES_GO_ON : kept->decide(parser, now, kept->context);
}

/* ---- runs ---- */

void records_open(records *kept, decision decide, void *context) {
    memset(kept, 0, sizeof *kept);
    kept->trace.decide = keep;
    kept->decide = decide;
    kept->context = context;
    publish_log(kept);
}

numres_parser *records_parser(records *kept, const numres_options *options) {
    numres_parser *parser = NULL;
    numres_handlers handlers = trace_handlers();
    cr_assert_eq(numres_parser_create(&parser, options, &handlers, kept), NUMRES_OK);
    cr_assert_not_null(parser);
    return parser;
}

numres_answer grant(numres_parser *parser, const event *now, void *wanted) {
    const wish *wish = wanted;
    (void)parser;
    return now->kind == wish->kind ? wish->answer : NUMRES_GO_ON;
}

void records_forget(records *kept) {
    for (size_t at = 0; at < kept->count; at++) {
        for (size_t block = 0; block < EVENT_BLOCKS; block++) {
            free(kept->events[at].blocks[block]);
        }
    }
    kept->count = 0;
    trace_clear(&kept->trace);
    publish_log(kept);
}

void records_close(records *kept) {
    records_forget(kept);
    free(kept->events);
    trace_free(&kept->trace);
    memset(kept, 0, sizeof *kept);
}

char *json(const char *text) {
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    for (size_t at = 0; at <= length; at++) {
        copy[at] = text[at] == '\'' ? '"' : text[at];
    }
    return copy;
}

numres_code parse_document(const char *text, const numres_options *options, trace *trace,
                           numres_error *error) {
    char *bytes = json(text);
    numres_handlers handlers = trace_handlers();
    numres_code code = numres_parse(bytes, strlen(bytes), options, &handlers, trace, error);
    free(bytes);
    return code;
}

numres_collection *collection_of(const char *text) {
    numres_collection *collection = NULL;
    char *bytes = json(text);
    cr_assert_eq(numres_collection_create(&collection, NULL, 0), NUMRES_OK);
    cr_assert_eq(numres_collection_read(collection, bytes, strlen(bytes)), NUMRES_OK);
    free(bytes);
    return collection;
}

/* After a pause, the bytes are consumed up to the position of the handler's call. */
static void check_pause(const records *kept, const numres_parser *parser) {
    cr_assert_gt(kept->count, 0);
    cr_assert_eq(numres_parser_position(parser), kept->events[kept->count - 1].position,
                 "paused elsewhere than at the callback's position");
}

/* Feeds one chunk from a copy that is freed afterwards. Returns false at an error. */
static bool feed_chunk(records *kept, numres_parser *parser, const char *bytes, size_t length) {
    size_t done = 0;
    for (;;) {
        size_t left = length - done;
        char *copy = malloc(left == 0 ? 1 : left);
        size_t consumed = SIZE_MAX;
        uint64_t before = numres_parser_position(parser);
        memcpy(copy, bytes + done, left);
        kept->code = numres_parser_feed(parser, left == 0 ? NULL : copy, left, &consumed);
        memset(copy, 0, left);
        free(copy);
        cr_assert_leq(consumed, left);
        done += consumed;
        if (kept->code == NUMRES_PAUSED) {
            cr_assert_eq(numres_parser_position(parser), before + consumed);
            check_pause(kept, parser);
            kept->pauses++;
            continue;
        }
        if (kept->code == NUMRES_OK) {
            cr_assert_eq(done, length, "OK, but not all was taken");
            cr_assert_eq(numres_parser_position(parser), before + consumed);
            return true;
        }
        return false;
    }
}

static void finish_run(records *kept, numres_parser *parser) {
    do {
        kept->code = numres_parser_finish(parser);
        if (kept->code == NUMRES_PAUSED) {
            check_pause(kept, parser);
            kept->pauses++;
        }
    } while (kept->code == NUMRES_PAUSED);
}

static void close_log(records *kept, const numres_parser *parser) {
    kept->error = *numres_parser_error(parser);
    kept->position = numres_parser_position(parser);
    cr_assert_eq(kept->error.code, kept->code, "the error is not the answer");
    trace_result(&kept->trace, &kept->error, kept->position);
    publish_log(kept);
}

void records_read(records *kept, const char *bytes, size_t length, const numres_options *options,
                  size_t chunk) {
    numres_options in_lane = options != NULL ? *options : numres_options_default();
    reading_options_take_lane(&in_lane);
    numres_parser *parser = records_parser(kept, &in_lane);
    size_t step = chunk == 0 ? length : chunk;
    bool fine = true;
    for (size_t done = 0; fine && done < length;) {
        size_t now = length - done < step ? length - done : step;
        fine = feed_chunk(kept, parser, bytes + done, now);
        done += now;
    }
    if (fine) {
        finish_run(kept, parser);
    }
    close_log(kept, parser);
    numres_parser_destroy(parser);
}

/* Asks the test's own decision, and turns each "go on" into a pause where that is allowed. */
static numres_answer pause_instead(numres_parser *parser, const event *now, void *context) {
    const records *asked = context;
    numres_answer answer =
        asked->decide == NULL ? NUMRES_GO_ON : asked->decide(parser, now, asked->context);
    return answer == NUMRES_GO_ON && now->kind != NUMRES_EVENT_PROBLEM ? NUMRES_PAUSE : answer;
}

static void demand_same(const records *whole, const records *other, const char *how, size_t chunk) {
    cr_assert(text_buffer_equal(&whole->trace.lines, &other->trace.lines) &&
                  text_buffer_equal(&whole->trace.sentences, &other->trace.sentences),
              "%s, chunks of %zu: another trace\n--- whole\n%s--- now\n%s", how, chunk, whole->log,
              other->log);
}

records read_bytes(const char *bytes, size_t length, const numres_options *options, decision decide,
                   void *context) {
    static const size_t chunks[] = {1, 2, 3, 7, 0};
    records whole;
    records_open(&whole, decide, context);
    records_read(&whole, bytes, length, options, 0);
    for (size_t at = 0; at < sizeof chunks / sizeof chunks[0]; at++) {
        records other;
        records_open(&other, decide, context);
        records_read(&other, bytes, length, options, chunks[at]);
        demand_same(&whole, &other, "straight", chunks[at]);
        records_close(&other);
        records_open(&other, pause_instead, &whole);
        records_read(&other, bytes, length, options, chunks[at]);
        demand_same(&whole, &other, "with pauses", chunks[at]);
        records_close(&other);
    }
    return whole;
}

records read_document(const char *text, const numres_options *options, decision decide,
                      void *context) {
    char *bytes = json(text);
    records whole = read_bytes(bytes, strlen(bytes), options, decide, context);
    free(bytes);
    return whole;
}

/* ---- looking at what was kept ---- */

const event *event_of(const records *kept, numres_event kind, size_t index) {
    for (size_t at = 0; at < kept->count; at++) {
        if (kept->events[at].kind == kind && index-- == 0) {
            return &kept->events[at];
        }
    }
    cr_assert_fail("there is no such event:\n%s", kept->log);
    return NULL;
}

size_t count_of(const records *kept, numres_event kind) {
    size_t count = 0;
    for (size_t at = 0; at < kept->count; at++) {
        count += kept->events[at].kind == kind ? 1 : 0;
    }
    return count;
}

uint64_t offset_of(const char *text, const char *part) {
    const char *found = strstr(text, part);
    cr_assert_not_null(found, "the test's own text lacks %s", part);
    return (uint64_t)(found - text);
}

uint64_t end_of(const char *text, const char *part) {
    return offset_of(text, part) + strlen(part);
}

bool text_is(numres_text text, const char *expected) {
    return text.length == strlen(expected) && memcmp(text.bytes, expected, text.length) == 0;
}

void expect_problem(const records *kept, size_t index, numres_code code, uint64_t offset,
                    const char *path, const char *raw) {
    const numres_problem *problem = &event_of(kept, NUMRES_EVENT_PROBLEM, index)->problem;
    cr_assert_eq(problem->code, code, "problem %zu is %s, not %s:\n%s", index,
                 numres_code_name(problem->code), numres_code_name(code), kept->log);
    cr_assert_eq(problem->offset, offset, "problem %zu is at %llu, not %llu:\n%s", index,
                 (unsigned long long)problem->offset, (unsigned long long)offset, kept->log);
    cr_assert(text_is(problem->path, path), "problem %zu is not in %s:\n%s", index, path,
              kept->log);
    cr_assert(text_is(problem->raw, raw), "problem %zu has another raw text than %s:\n%s", index,
              raw, kept->log);
    cr_assert_str_eq(problem->sentence, numres_code_sentence(code));
}

void expect_problem_count(const records *kept, size_t count) {
    cr_assert_eq(count_of(kept, NUMRES_EVENT_PROBLEM), count, "not %zu problems:\n%s", count,
                 kept->log);
}

void expect_error(const records *kept, numres_code code, uint64_t offset, const char *path) {
    cr_assert_eq(kept->code, code, "%s, not %s:\n%s", numres_code_name(kept->code),
                 numres_code_name(code), kept->log);
    cr_assert_eq(kept->error.offset, offset, "not at %llu:\n%s", (unsigned long long)offset,
                 kept->log);
    cr_assert_str_eq(kept->error.path, path, "%s", kept->log);
    cr_assert_not_null(kept->error.sentence);
}

void expect_fine(const records *kept) {
    cr_assert_eq(kept->code, NUMRES_OK, "%s:\n%s", numres_code_name(kept->code), kept->log);
}
