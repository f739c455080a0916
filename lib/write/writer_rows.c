/*
 * CSV and TSV, with one row per phone number; writer.c calls it. CSV follows RFC 4180. TSV has
 * no quotes: the characters that its registration (IANA, text/tab-separated-values) forbids in
 * a field are escaped with a backslash, and so is the backslash.
 */
#include <string.h>

#include "../base/controls.h"
#include "../base/text.h"
#include "../schema/columns.h"
#include "numres/timestamp.h"
#include "writer.h"

static bool is_tsv(const numres_writer *writer) {
    return writer->format == NUMRES_FORMAT_TSV;
}

/* CSV rows end in CRLF (RFC 4180 section 2). TSV is read line by line, so its rows end in
   LF. */
static void end_row(numres_writer *writer) {
    if (is_tsv(writer))
        numres_writer_put(writer, "\n", 1);
    else
        numres_writer_put(writer, "\r\n", 2);
}

/* Fields. */

/* Whether the text is a sign and digits, like a phone number or an amount: no formula. */
static bool is_sign_and_digits(numres_text text) {
    if (text.length < 2 || (text.bytes[0] != '+' && text.bytes[0] != '-'))
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (!numres_text_is_digit(text.bytes[i]))
            return false;
    return true;
}

/* Whether some spreadsheet takes a cell that begins like this for a formula. Some drop
   leading line ends, and take the full-width = + - @ for the plain ones. */
static bool starts_formula(numres_text text) {
    static const char starts[] = {'=', '+', '-', '@', '\t', '\r', '\n'};
    static const char wide[][3] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    if (text.length == 0)
        return false;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (text.length >= sizeof wide[i] && memcmp(text.bytes, wide[i], sizeof wide[i]) == 0)
            return true;
    return memchr(starts, text.bytes[0], sizeof starts) != NULL;
}

static numres_text from(numres_text text, size_t start) {
    numres_text rest = {text.bytes + start, text.length - start};
    return rest;
}

/* A spreadsheet removes quotes at the start of a TSV field, so the text after them counts.
   In CSV they are text, and the field is quoted. */
static bool is_formula(const numres_writer *writer, numres_text text) {
    size_t quotes = 0;
    while (is_tsv(writer) && quotes < text.length && text.bytes[quotes] == '"')
        quotes++;
    return starts_formula(from(text, quotes)) && !is_sign_and_digits(text);
}

/* TAB is quoted in CSV too: RFC 4180's TEXTDATA has no control character. */
static bool needs_quotes(const numres_writer *writer, char byte) {
    return byte == writer->separator || byte == ',' || byte == '"' || byte == '\r' ||
           byte == '\n' || byte == '\t';
}

/* A spreadsheet splits unquoted text at another separator if the locale or the user
   chooses one: the text after it would be a cell, and perhaps a formula. */
static bool is_other_separator(char byte) {
    return byte == ';' || byte == '|';
}

static bool is_quoted(const numres_writer *writer, numres_text text) {
    for (size_t i = 0; i < text.length && !is_tsv(writer); i++)
        if (needs_quotes(writer, text.bytes[i]) ||
            (is_other_separator(text.bytes[i]) && !writer->keep_formulas &&
             starts_formula(from(text, i + 1))))
            return true;
    return false;
}

static void put_shown(numres_writer *writer, uint32_t code_point) {
    char shown[NUMRES_TEXT_ESCAPE];
    numres_text_put_escape(code_point, shown);
    numres_writer_put(writer, shown, sizeof shown);
}

static bool is_plain(unsigned char byte) {
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

/* Returns what a byte is written as; NULL: as it is. A quote inside quotes is doubled. */
static const char *replacement_in_csv(char byte) {
    return byte == '"' ? "\"\"" : NULL;
}

/* The escapes of jq's @tsv. */
static const char *replacement_in_tsv(char byte) {
    switch (byte) {
    case '\t':
        return "\\t";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\\':
        return "\\\\";
    default:
        return NULL;
    }
}

/* Whether a control character is shown as \u and digits. Tabs and line ends are not: they
   are quoted or escaped. */
static bool is_shown(uint32_t code_point) {
    return numres_is_control(code_point) && code_point != '\t' && code_point != '\n' &&
           code_point != '\r';
}

/* Writes one character that is not plain. */
static void put_character(numres_writer *writer, const char *bytes, size_t length) {
    uint32_t code_point = numres_text_code_point((const unsigned char *)bytes, length);
    const char *replacement =
        is_tsv(writer) ? replacement_in_tsv(bytes[0]) : replacement_in_csv(bytes[0]);
    if (is_shown(code_point))
        put_shown(writer, code_point);
    else if (replacement != NULL)
        numres_writer_put(writer, replacement, 2);
    else
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
            size_t length = numres_text_character(text.bytes + done, text.length - done);
            put_character(writer, text.bytes + done, length);
            done += length;
        }
    }
}

static void put_field(numres_writer *writer, numres_text text) {
    bool quoted = is_quoted(writer, text);
    if (quoted)
        numres_writer_put(writer, "\"", 1);
    if (!writer->keep_formulas && is_formula(writer, text))
        numres_writer_put(writer, "'", 1);
    put_characters(writer, text);
    if (quoted)
        numres_writer_put(writer, "\"", 1);
}

/* Rows. */

static void put_heading(numres_writer *writer, numres_object_kind kind,
                        const numres_member *member) {
    if (numres_column_has_prefix(kind, member))
        numres_writer_put(writer, NUMRES_COLUMN_PREFIX, sizeof NUMRES_COLUMN_PREFIX - 1);
    numres_writer_put(writer, member->name, member->name_length);
}

static bool is_timestamp(const numres_record *record, const numres_member *member) {
    return numres_record_fields(record->kind)[member->number].type == NUMRES_VALUE_TIMESTAMP;
}

/* Returns the same instant as YYYY-MM-DD hh:mm:ss in UTC, written into `room`; or the text
   itself if it is not a timestamp, or its year in UTC does not have four digits. */
static numres_text plain_time(numres_text text, char *room) {
    numres_timestamp time;
    if (!numres_timestamp_parse(text.bytes, text.length, &time))
        return text;
    numres_timestamp plain = {.seconds = time.seconds};
    size_t length = numres_timestamp_format(&plain, room, NUMRES_TIMESTAMP_SIZE);
    if (length == 0)
        return text;
    room[sizeof "YYYY-MM-DD" - 1] = ' ';
    numres_text written = {room, length - 1}; /* without the Z */
    return written;
}

/* Writes a member's value; absent, null and container members are empty fields. */
static void put_value(numres_writer *writer, const numres_record *record,
                      const numres_member *member) {
    numres_text text;
    numres_record_value value = numres_record_value_of(record, member->number, &text);
    if (value == NUMRES_RECORD_VALUE_TEXT && writer->plain_times && is_timestamp(record, member)) {
        char room[NUMRES_TIMESTAMP_SIZE];
        put_field(writer, plain_time(text, room));
    } else if (value == NUMRES_RECORD_VALUE_TEXT || value == NUMRES_RECORD_VALUE_LITERAL) {
        put_field(writer, text);
    }
}

/* The row that is being written. */
typedef struct row {
    bool is_header;
    bool has_fields;
} row;

/* Writes the columns of one record. NULL: those of the header, or empty ones. */
static void put_columns(numres_writer *writer, row *row, numres_object_kind kind,
                        const numres_record *record) {
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    for (size_t i = 0; i < count; i++) {
        if (!numres_is_column(kind, &members[i]))
            continue;
        if (row->has_fields)
            numres_writer_put(writer, &writer->separator, 1);
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

static void put_number_row(numres_writer *writer, const numres_record *phone_number) {
    put_row(writer, false, writer->reservation, phone_number);
}

static void end_rows(numres_writer *writer) {
    if (!writer->has_numbers)
        put_row(writer, false, writer->reservation, NULL);
}

const numres_writer_form numres_writer_rows = {put_header_once, put_number_row, end_rows,
                                               put_header_once};
