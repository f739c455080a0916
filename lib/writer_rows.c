/* CSV and TSV: RFC 4180, one row a phone number. */
#include <string.h>

#include "controls.h"
#include "members.h"
#include "text.h"
#include "writer.h"

static char separator_of(const numres_writer *writer) {
    return writer->format == NUMRES_FORMAT_TSV ? '\t' : ',';
}

/* Rows of CSV end as RFC 4180 section 2 has it; TSV is read line by line. */
static void end_row(numres_writer *writer) {
    if (writer->format == NUMRES_FORMAT_CSV)
        numres_writer_put(writer, "\r\n", 2);
    else
        numres_writer_put(writer, "\n", 1);
}

/* Fields. */

/* TAB is quoted in CSV too: RFC 4180's TEXTDATA has no control character. */
static bool needs_quotes(char byte, char separator) {
    return byte == separator || byte == '"' || byte == '\r' || byte == '\n' || byte == '\t';
}

static bool has_quotes(numres_text text, char separator) {
    for (size_t i = 0; i < text.length; i++)
        if (needs_quotes(text.bytes[i], separator))
            return true;
    return false;
}

/* A sign and digits, as a phone number or an amount is: no formula. */
static bool is_signed_number(numres_text text) {
    if (text.length < 2 || (text.bytes[0] != '+' && text.bytes[0] != '-'))
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (!numres_text_is_digit(text.bytes[i]))
            return false;
    return true;
}

static bool is_formula(numres_text text) {
    static const char starts[] = {'=', '+', '-', '@', '\t', '\r'};
    return text.length > 0 && memchr(starts, text.bytes[0], sizeof starts) != NULL &&
           !is_signed_number(text);
}

/* Tabs and line ends are text that quotes can hold. */
static bool is_shown(uint32_t code_point) {
    return numres_is_control(code_point) && code_point != '\t' && code_point != '\n' &&
           code_point != '\r';
}

static void put_shown(numres_writer *writer, uint32_t code_point) {
    static const char digits[] = "0123456789abcdef";
    char shown[] = {'\\',
                    'u',
                    digits[code_point >> 12 & 0xF],
                    digits[code_point >> 8 & 0xF],
                    digits[code_point >> 4 & 0xF],
                    digits[code_point & 0xF]};
    numres_writer_put(writer, shown, sizeof shown);
}

static bool is_plain(unsigned char byte) {
    return byte >= 0x20 && byte < 0x7F && byte != '"';
}

static size_t length_of_character(const char *bytes, size_t left) {
    size_t length = 1;
    if ((unsigned char)bytes[0] >= 0x80)
        numres_text_utf8((const unsigned char *)bytes, left, &length);
    return length;
}

/* One character that is not plain. */
static void put_character(numres_writer *writer, const char *bytes, size_t length) {
    uint32_t code_point = numres_text_code_point((const unsigned char *)bytes, length);
    if (is_shown(code_point)) {
        put_shown(writer, code_point);
        return;
    }
    numres_writer_put(writer, bytes, length);
    if (code_point == '"') /* inside quotes it stands twice */
        numres_writer_put(writer, bytes, length);
}

static void put_characters(numres_writer *writer, numres_text text) {
    size_t done = 0;
    while (done < text.length) {
        size_t plain = done;
        while (plain < text.length && is_plain((unsigned char)text.bytes[plain]))
            plain++;
        numres_writer_put(writer, text.bytes + done, plain - done);
        done = plain;
        if (done < text.length) {
            size_t length = length_of_character(text.bytes + done, text.length - done);
            put_character(writer, text.bytes + done, length);
            done += length;
        }
    }
}

static void put_field(numres_writer *writer, numres_text text) {
    bool quoted = has_quotes(text, separator_of(writer));
    if (quoted)
        numres_writer_put(writer, "\"", 1);
    if (!writer->keep_formulas && is_formula(text))
        numres_writer_put(writer, "'", 1);
    put_characters(writer, text);
    if (quoted)
        numres_writer_put(writer, "\"", 1);
}

/* Rows. */

/* Every member is a column but those that say nothing new in a row. */
static bool is_column(numres_object_kind kind, const numres_member *member) {
    unsigned int record_type = kind == NUMRES_OBJECT_RESERVATION ? NUMRES_RESERVATION_RECORD_TYPE
                                                                 : NUMRES_PHONE_NUMBER_RECORD_TYPE;
    return member->shape == NUMRES_SHAPE_NONE && member->number != record_type;
}

/* The member's name; a reservation's says whose it is where a number has one
   of the same name. */
static void put_heading(numres_writer *writer, numres_object_kind kind,
                        const numres_member *member) {
    static const char prefix[] = "reservation_";
    numres_text name = {member->name, member->name_length};
    uint8_t guess = 0;
    if (kind == NUMRES_OBJECT_RESERVATION &&
        numres_members_find(NUMRES_OBJECT_PHONE_NUMBER, name, &guess) != NULL)
        numres_writer_put(writer, prefix, sizeof prefix - 1);
    numres_writer_put(writer, name.bytes, name.length);
}

/* Absent, null and container members are empty fields. */
static void put_value(numres_writer *writer, const numres_record *record,
                      const numres_member *member) {
    numres_text text;
    numres_record_value value = numres_record_value_of(record, member->number, &text);
    if (value == NUMRES_RECORD_VALUE_TEXT || value == NUMRES_RECORD_VALUE_LITERAL)
        put_field(writer, text);
}

/* A row that is being put out. */
typedef struct row {
    bool is_header;
    bool has_fields;
} row;

/* The columns of one record. NULL: of the header, or all empty. */
static void put_columns(numres_writer *writer, row *row, numres_object_kind kind,
                        const numres_record *record) {
    char separator = separator_of(writer);
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_column(kind, &members[i]))
            continue;
        if (row->has_fields)
            numres_writer_put(writer, &separator, 1);
        row->has_fields = true;
        if (row->is_header)
            put_heading(writer, kind, &members[i]);
        else if (record != NULL)
            put_value(writer, record, &members[i]);
    }
}

static void put_row(numres_writer *writer, bool is_header, const numres_record *reservation,
                    const numres_record *phone_number) {
    row row = {is_header, false};
    put_columns(writer, &row, NUMRES_OBJECT_RESERVATION, reservation);
    put_columns(writer, &row, NUMRES_OBJECT_PHONE_NUMBER, phone_number);
    end_row(writer);
}

/* The form. */

static void put_header_once(numres_writer *writer) {
    if (!writer->started)
        put_row(writer, true, NULL, NULL);
    writer->started = true;
}

static void phone_number(numres_writer *writer, const numres_record *phone_number) {
    put_row(writer, false, writer->reservation, phone_number);
}

static void end_reservation(numres_writer *writer) {
    if (!writer->has_numbers)
        put_row(writer, false, writer->reservation, NULL);
}

const numres_writer_form numres_writer_rows = {put_header_once, phone_number, end_reservation,
                                               put_header_once};
