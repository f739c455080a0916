#include "collecting.h"

#include <inttypes.h>
#include <string.h>

#include "trace_members.h"

const char collecting_everything[] =
    "{'data':[{'id':'a','record_type':'number_reservation','status':'pending',"
    "'customer_reference':null,'created_at':'2026-01-02T03:04:05Z','updated_at':'never',"
    "'errors':'','user_id':'u','phone_numbers':["
    "{'id':7,'record_type':'x','phone_number':'+1','status':'odd','created_at':{},"
    "'updated_at':null,'expired_at':'','errors':[],'expired':true},"
    "{'phone_number':'+2','status':'success','expired':'no'},{}]},"
    "{'id':'b','phone_numbers':[{'phone_number':'+1'}]},{'id':'c','phone_numbers':{}},{}],"
    "'meta':{'total_pages':3,'page_number':null,'page_size':-1},'errors':[{'code':5},'text']}";

static void add_reservation(text_buffer *lines, const numres_reservation *reservation) {
    text_buffer_format(lines, "reservation[%" PRIu64 "]", reservation->index);
    trace_reservation_members(lines, reservation);
    text_buffer_format(lines, "\n");
}

static void add_phone_number(text_buffer *lines, const numres_phone_number *number) {
    text_buffer_format(lines, "phone_number[%" PRIu64 "]", number->index);
    trace_phone_number_members(lines, number);
    text_buffer_format(lines, "\n");
}

static void add_api_error(text_buffer *lines, const numres_api_error *api_error) {
    text_buffer_format(lines, "api_error[%" PRIu64 "] %d", api_error->index, api_error->of_root);
    trace_api_error_members(lines, api_error);
    text_buffer_format(lines, "\n");
}

static void add_problem(text_buffer *lines, const numres_problem *problem, uint64_t page) {
    text_buffer_format(lines, "page %" PRIu64 " %s at=%" PRIu64 " path=%s raw=", page,
                       numres_code_name(problem->code), problem->offset, problem->path.bytes);
    trace_text(lines, problem->raw);
    text_buffer_format(lines, " %s %s %d\n", problem->sentence,
                       problem->expected ? problem->expected : "", (int)problem->found);
}

static void set_meta(text_buffer *lines, const numres_meta *meta) {
    text_buffer_clear(lines);
    trace_meta_members(lines, meta);
}

static void set_document(text_buffer *lines, const numres_document *document) {
    text_buffer_clear(lines);
    for (int number = NUMRES_DOCUMENT_NUMBER; number <= NUMRES_DOCUMENT_ELEMENTS; number++) {
        text_buffer_format(lines, " %" PRIu64,
                           numres_document_get(document, (numres_document_field)number));
    }
}

static numres_answer collect(numres_parser *parser, trace *trace, const void *what) {
    collected *collected = (struct collected *)trace;
    (void)parser;
    switch (trace->newest) {
    case NUMRES_EVENT_RESERVATION:
        collected->reservation_count++;
        add_reservation(&collected->reservations, what);
        text_buffer_add(&collected->reservations, collected->open_numbers.bytes,
                        collected->open_numbers.length);
        text_buffer_clear(&collected->open_numbers);
        break;
    case NUMRES_EVENT_PHONE_NUMBER:
        add_phone_number(&collected->open_numbers, what);
        break;
    case NUMRES_EVENT_META:
        set_meta(&collected->meta, what);
        break;
    case NUMRES_EVENT_API_ERROR:
        add_api_error(&collected->api_errors, what);
        break;
    case NUMRES_EVENT_DOCUMENT_END:
        set_document(&collected->document, what);
        break;
    default:
        add_problem(&collected->problems, what, collected->page);
    }
    return NUMRES_GO_ON;
}

numres_handlers collected_handlers(collected *collected) {
    collected->trace.counts_only = true;
    collected->trace.decide = collect;
    return trace_handlers();
}

void collected_end_page(collected *collected) {
    text_buffer_clear(&collected->open_numbers);
    collected->page++;
}

void collected_page(collected *collected, const char *bytes, size_t length,
                    const numres_options *options) {
    numres_handlers handlers = collected_handlers(collected);
    numres_parse(bytes, length, options, &handlers, collected, NULL);
    collected_end_page(collected);
}

void collected_free(collected *collected) {
    text_buffer_free(&collected->reservations);
    text_buffer_free(&collected->open_numbers);
    text_buffer_free(&collected->api_errors);
    text_buffer_free(&collected->problems);
    text_buffer_free(&collected->meta);
    text_buffer_free(&collected->document);
}

static void add_kept(text_buffer *lines, const numres_collection *collection, size_t place) {
    const numres_reservation *reservation = numres_collection_reservation(collection, place);
    add_reservation(lines, reservation);
    for (size_t at = 0; at < numres_collection_phone_numbers(collection, place); at++) {
        const numres_phone_number *number = numres_collection_phone_number(collection, place, at);
        add_phone_number(lines, number);
        if (number->reservation != reservation) {
            text_buffer_format(lines, "!owner\n");
        }
    }
}

collected collected_of(const numres_collection *collection) {
    collected held = {.page = 0};
    held.reservation_count = numres_collection_reservations(collection);
    for (size_t at = 0; at < held.reservation_count; at++) {
        add_kept(&held.reservations, collection, at);
    }
    for (size_t at = 0; at < numres_collection_api_errors(collection); at++) {
        add_api_error(&held.api_errors, numres_collection_api_error(collection, at));
    }
    for (size_t at = 0; at < numres_collection_problems(collection); at++) {
        add_problem(&held.problems, numres_collection_problem(collection, at),
                    numres_collection_problem_page(collection, at));
    }
    if (numres_collection_meta(collection) != NULL) {
        set_meta(&held.meta, numres_collection_meta(collection));
    }
    if (numres_collection_document(collection) != NULL) {
        set_document(&held.document, numres_collection_document(collection));
    }
    return held;
}

static bool begins(const text_buffer *whole, const text_buffer *part) {
    return part->length <= whole->length &&
           (part->length == 0 || memcmp(whole->bytes, part->bytes, part->length) == 0);
}

bool collected_begins(const collected *whole, const collected *part) {
    return begins(&whole->reservations, &part->reservations) &&
           begins(&whole->api_errors, &part->api_errors) &&
           begins(&whole->problems, &part->problems);
}

const char *collected_difference(const collected *left, const collected *right) {
    if (left->reservation_count != right->reservation_count) {
        return "number of reservations";
    }
    if (!text_buffer_equal(&left->reservations, &right->reservations)) {
        return "reservations";
    }
    if (!text_buffer_equal(&left->api_errors, &right->api_errors)) {
        return "API errors";
    }
    if (!text_buffer_equal(&left->problems, &right->problems)) {
        return "problems";
    }
    if (!text_buffer_equal(&left->meta, &right->meta)) {
        return "meta";
    }
    return text_buffer_equal(&left->document, &right->document) ? NULL : "document";
}
