#include "rows.h"

#include <stdbool.h>
#include <string.h>

/* A column; its name is NULL if the member has none. */
typedef struct column {
    const char *name;
    bool is_of_reservation;
} column;

#define NAME_OF_TEXT(name) name
#define NAME_OF_E164(name) name
#define NAME_OF_STATUS(name) name
#define NAME_OF_TIMESTAMP(name) name
#define NAME_OF_BOOLEAN(name) name
#define NAME_OF_INTEGER(name) name
#define NAME_OF_RECORD_TYPE(name) NULL

#define IS_OF_RESERVATION true
#define IS_OF_PHONE_NUMBER false

#define COLUMN(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                      \
    [ROW_##OBJECT##_##NAME] = {NAME_OF_##TYPE(name), IS_OF_##OBJECT},
#define NO_COLUMN(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                                   \
    [ROW_##OBJECT##_##NAME] = {NULL, IS_OF_##OBJECT},

static const column columns[ROW_PLACES] = {NUMRES_RESERVATION_MEMBERS(COLUMN, NO_COLUMN)
                                               NUMRES_PHONE_NUMBER_MEMBERS(COLUMN, NO_COLUMN)};

/* If both kinds of object have such a member, the reservation's column name says so. */
static bool is_in_both(const char *name) {
    for (size_t at = 0; at < ROW_PLACES; at++)
        if (!columns[at].is_of_reservation && columns[at].name != NULL &&
            strcmp(columns[at].name, name) == 0)
            return true;
    return false;
}

static void end_row(text_buffer *text, char separator) {
    text_buffer_format(text, "%s", separator == '\t' ? "\n" : "\r\n");
}

void rows_add_header(text_buffer *text, char separator) {
    const char *before = "";
    const char between[] = {separator, '\0'};
    for (size_t at = 0; at < ROW_PLACES; at++) {
        const char *name = columns[at].name;
        if (name == NULL)
            continue;
        bool is_named = columns[at].is_of_reservation && is_in_both(name);
        text_buffer_format(text, "%s%s%s", before, is_named ? "reservation_" : "", name);
        before = between;
    }
    end_row(text, separator);
}

void rows_add(text_buffer *text, char separator, const row *row) {
    const char *before = "";
    const char between[] = {separator, '\0'};
    for (size_t at = 0; at < ROW_PLACES; at++) {
        if (columns[at].name == NULL)
            continue;
        text_buffer_format(text, "%s%s", before, row->values[at] != NULL ? row->values[at] : "");
        before = between;
    }
    end_row(text, separator);
}

const char *rows_text(char separator, const row *rows, size_t count) {
    static text_buffer text;
    text_buffer_clear(&text);
    rows_add_header(&text, separator);
    for (size_t at = 0; at < count; at++)
        rows_add(&text, separator, &rows[at]);
    return text.bytes;
}
