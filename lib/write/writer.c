/* Creation of the writer, the order of its calls, and its output: the public calls of
   numres/writer.h. writer_json.c and writer_rows.c have the formats. */
#include "writer.h"

#include <string.h>

#include "../base/memory.h"
#include "../base/sized.h"

/* Output. */

static void give_away(numres_writer *writer, const char *bytes, size_t length) {
    if (length > 0 && !writer->failed)
        writer->failed = writer->write(bytes, length, writer->context) != length;
}

static void flush(numres_writer *writer) {
    give_away(writer, writer->buffer, writer->used);
    writer->used = 0;
}

void numres_writer_put(numres_writer *writer, const char *bytes, size_t length) {
    if (length > sizeof writer->buffer - writer->used)
        flush(writer);
    if (length > sizeof writer->buffer) {
        give_away(writer, bytes, length);
        return;
    }
    memcpy(writer->buffer + writer->used, bytes, length);
    writer->used += length;
}

/* Every call ends with this: passes the call's output to the write function. */
static numres_code finish_call(numres_writer *writer) {
    flush(writer);
    return writer->failed ? NUMRES_WRITE_FAILED : NUMRES_OK;
}

/* Creation. */

static const numres_sized_member writer_option_members[] = {
    NUMRES_SIZED_MEMBER(numres_writer_options, size),
    NUMRES_SIZED_MEMBER(numres_writer_options, format),
    NUMRES_SIZED_MEMBER(numres_writer_options, keep_formulas),
    NUMRES_SIZED_MEMBER(numres_writer_options, separator),
    NUMRES_SIZED_MEMBER(numres_writer_options, plain_times),
};

static const numres_sized writer_options_form =
    NUMRES_SIZED(numres_writer_options, writer_option_members);

void numres_writer_options_init(numres_writer_options *writer_options, size_t size) {
    numres_writer_options defaults = numres_writer_options_default();
    numres_sized_init(&writer_options_form, &defaults, writer_options, size);
}

static numres_code take_options(numres_writer_options *options,
                                const numres_writer_options *given) {
    *options = numres_writer_options_default();
    numres_code code = numres_sized_take(&writer_options_form, options, given);
    if (options->separator == '\0')
        options->separator = ',';
    bool known = (unsigned int)options->format <= (unsigned int)NUMRES_FORMAT_TSV &&
                 (options->separator == ',' || options->separator == ';');
    return code == NUMRES_OK && !known ? NUMRES_WRONG_OPTION : code;
}

static bool is_json(numres_format format) {
    return format == NUMRES_FORMAT_JSON || format == NUMRES_FORMAT_JSON_PRETTY ||
           format == NUMRES_FORMAT_NDJSON;
}

size_t numres_writer_size(void) {
    return sizeof(numres_writer) + NUMRES_MEMORY_ALIGNMENT - 1; /* for any alignment */
}

numres_code numres_writer_create_in(numres_writer **writer, void *memory, size_t size,
                                    const numres_writer_options *options,
                                    numres_write_function write, void *context) {
    numres_writer_options complete;
    if (writer == NULL)
        return NUMRES_WRONG_USE;
    *writer = NULL;
    if (write == NULL)
        return NUMRES_WRONG_USE;
    numres_code code = take_options(&complete, options);
    if (code != NUMRES_OK)
        return code;
    if (memory == NULL || size < numres_writer_size())
        return NUMRES_NO_MEMORY;

    numres_writer *created = (numres_writer *)(void *)numres_memory_first(memory);
    memset(created, 0, sizeof *created);
    created->format = complete.format;
    created->keep_formulas = complete.keep_formulas;
    created->separator = complete.separator;
    if (complete.format == NUMRES_FORMAT_TSV)
        created->separator = '\t';
    created->plain_times = complete.plain_times;
    created->form = is_json(complete.format) ? &numres_writer_json : &numres_writer_rows;
    created->write = write;
    created->context = context;
    /* GCOVR_EXCL_BR_START: the generator's memory is large enough */
    if (is_json(complete.format) && !numres_writer_json_start(created))
        return NUMRES_NO_MEMORY; /* GCOVR_EXCL_LINE */
    /* GCOVR_EXCL_BR_STOP */
    *writer = created;
    return NUMRES_OK;
}

/* The order of the calls. */

numres_code numres_writer_begin_reservation(numres_writer *writer,
                                            const numres_reservation *reservation) {
    if (writer == NULL || writer->finished || writer->reservation != NULL)
        return NUMRES_WRONG_USE;
    writer->reservation =
        numres_record_view(reservation, NUMRES_RECORD_RESERVATION, &writer->reservation_room);
    if (writer->reservation == NULL)
        return NUMRES_WRONG_USE;
    writer->has_numbers = false;
    writer->form->begin_reservation(writer);
    return finish_call(writer);
}

numres_code numres_writer_phone_number(numres_writer *writer,
                                       const numres_phone_number *phone_number) {
    numres_record room;
    const numres_record *record =
        numres_record_view(phone_number, NUMRES_RECORD_PHONE_NUMBER, &room);
    if (writer == NULL || record == NULL || writer->reservation == NULL)
        return NUMRES_WRONG_USE;
    writer->form->phone_number(writer, record);
    writer->has_numbers = true;
    return finish_call(writer);
}

numres_code numres_writer_end_reservation(numres_writer *writer) {
    if (writer == NULL || writer->reservation == NULL)
        return NUMRES_WRONG_USE;
    writer->form->end_reservation(writer);
    writer->reservation = NULL;
    return finish_call(writer);
}

numres_code numres_writer_finish(numres_writer *writer) {
    if (writer == NULL || writer->finished)
        return NUMRES_WRONG_USE;
    if (writer->reservation != NULL)
        writer->form->end_reservation(writer);
    writer->reservation = NULL;
    writer->form->finish(writer);
    writer->finished = true;
    return finish_call(writer);
}
