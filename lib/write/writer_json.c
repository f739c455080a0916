/* JSON and NDJSON, through yajl's generator. writer.c calls it. The order of members is that of
   the tables. */
#include <yajl/yajl_gen.h>

#include "../schema/members.h"
#include "writer.h"

static void print(void *context, const char *bytes, size_t length) {
    numres_writer_put(context, bytes, length);
}

bool numres_writer_json_start(numres_writer *writer) {
    numres_arena_start(&writer->arena, writer->arena_bytes, sizeof writer->arena_bytes);
    yajl_alloc_funcs functions = numres_arena_functions(&writer->arena);
    writer->generator = yajl_gen_alloc(&functions);
    if (writer->generator == NULL) /* GCOVR_EXCL_BR_LINE: its memory is large enough */
        return false;              /* GCOVR_EXCL_LINE */
    bool is_pretty = writer->format == NUMRES_FORMAT_JSON_PRETTY;
    yajl_gen_config(writer->generator, yajl_gen_print_callback, print, writer);
    yajl_gen_config(writer->generator, yajl_gen_beautify, is_pretty ? 1 : 0);
    yajl_gen_config(writer->generator, yajl_gen_indent_string, "  ");
    return true;
}

/* JSON text. The writer has checked the order of its calls, so yajl's functions
   cannot fail, and their results are ignored. */

/*
 * Opens a container only when the first value inside it comes. yajl would break the
 * line inside an empty container; that is written as [] or {} in one go instead.
 */
static void put_opened(numres_writer *writer) {
    if (writer->opened == NUMRES_WRITER_OPENED_ARRAY)
        yajl_gen_array_open(writer->generator);
    else if (writer->opened == NUMRES_WRITER_OPENED_OBJECT)
        yajl_gen_map_open(writer->generator);
    writer->opened = NUMRES_WRITER_OPENED_NONE;
}

static void open_json_container(numres_writer *writer, numres_writer_opened opened) {
    put_opened(writer);
    writer->opened = opened;
}

static void close_array(numres_writer *writer) {
    if (writer->opened == NUMRES_WRITER_OPENED_ARRAY)
        yajl_gen_number(writer->generator, "[]", 2);
    else
        yajl_gen_array_close(writer->generator);
    writer->opened = NUMRES_WRITER_OPENED_NONE;
}

static void close_json_object(numres_writer *writer) {
    if (writer->opened == NUMRES_WRITER_OPENED_OBJECT)
        yajl_gen_number(writer->generator, "{}", 2);
    else
        yajl_gen_map_close(writer->generator);
    writer->opened = NUMRES_WRITER_OPENED_NONE;
}

static void put_json_string(numres_writer *writer, const char *bytes, size_t length) {
    put_opened(writer);
    yajl_gen_string(writer->generator, (const unsigned char *)bytes, length);
}

/* Members. */

static void put_name(numres_writer *writer, const numres_member *member) {
    put_json_string(writer, member->name, member->name_length);
}

static void put_scalar(numres_writer *writer, const numres_record *record,
                       const numres_member *member) {
    numres_text text;
    switch (numres_record_value_of(record, member->number, &text)) {
    case NUMRES_RECORD_VALUE_TEXT:
        put_name(writer, member);
        put_json_string(writer, text.bytes, text.length);
        break;
    case NUMRES_RECORD_VALUE_LITERAL:
        put_name(writer, member);
        yajl_gen_number(writer->generator, text.bytes, text.length);
        break;
    case NUMRES_RECORD_VALUE_NULL:
    case NUMRES_RECORD_VALUE_REJECTED_CONTAINER:
        put_name(writer, member);
        yajl_gen_null(writer->generator);
        break;
    case NUMRES_RECORD_VALUE_ABSENT:
    case NUMRES_RECORD_VALUE_CONTAINER: /* its records come with calls of their own */
        break;
    }
}

/* The members of a reservation before its numbers, or those after them. */
typedef struct member_range {
    const numres_member *first;
    const numres_member *end;
} member_range;

static member_range members_of(numres_object_kind kind) {
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    member_range range = {members, members + count};
    return range;
}

static const numres_member *member_of_numbers(void) {
    const numres_member *member = members_of(NUMRES_OBJECT_RESERVATION).first;
    while (member->child != NUMRES_OBJECT_PHONE_NUMBER)
        member++;
    return member;
}

static void put_members(numres_writer *writer, const numres_record *record, member_range range) {
    for (const numres_member *member = range.first; member < range.end; member++)
        put_scalar(writer, record, member);
}

/* The form. */

static void start_json_document(numres_writer *writer) {
    if (writer->started || writer->format == NUMRES_FORMAT_NDJSON)
        return;
    writer->started = true;
    open_json_container(writer, NUMRES_WRITER_OPENED_OBJECT);
    put_json_string(writer, "data", 4);
    open_json_container(writer, NUMRES_WRITER_OPENED_ARRAY);
}

static void begin_reservation(numres_writer *writer) {
    member_range range = members_of(NUMRES_OBJECT_RESERVATION);
    range.end = member_of_numbers();
    start_json_document(writer);
    open_json_container(writer, NUMRES_WRITER_OPENED_OBJECT);
    put_members(writer, writer->reservation, range);
}

static void open_numbers(numres_writer *writer) {
    put_name(writer, member_of_numbers());
    open_json_container(writer, NUMRES_WRITER_OPENED_ARRAY);
}

static void phone_number(numres_writer *writer, const numres_record *phone_number) {
    if (!writer->has_numbers)
        open_numbers(writer);
    open_json_container(writer, NUMRES_WRITER_OPENED_OBJECT);
    put_members(writer, phone_number, members_of(NUMRES_OBJECT_PHONE_NUMBER));
    close_json_object(writer);
}

static void close_numbers(numres_writer *writer) {
    const numres_member *member = member_of_numbers();
    numres_text text;
    numres_record_value value = numres_record_value_of(writer->reservation, member->number, &text);
    if (!writer->has_numbers && value != NUMRES_RECORD_VALUE_CONTAINER) {
        put_scalar(writer, writer->reservation, member);
        return;
    }
    if (!writer->has_numbers)
        open_numbers(writer);
    close_array(writer);
}

static void end_reservation(numres_writer *writer) {
    member_range range = members_of(NUMRES_OBJECT_RESERVATION);
    range.first = member_of_numbers() + 1;
    close_numbers(writer);
    put_members(writer, writer->reservation, range);
    close_json_object(writer);
    if (writer->format == NUMRES_FORMAT_NDJSON)
        yajl_gen_reset(writer->generator, "\n");
}

static void finish(numres_writer *writer) {
    if (writer->format == NUMRES_FORMAT_NDJSON)
        return;
    start_json_document(writer);
    close_array(writer);
    close_json_object(writer);
    /* yajl itself ends a pretty document with a line feed. */
    if (writer->format == NUMRES_FORMAT_JSON)
        numres_writer_put(writer, "\n", 1);
}

const numres_writer_form numres_writer_json = {begin_reservation, phone_number, end_reservation,
                                               finish};
