/* The columns of CSV by their names. Only the library's writer knows which there are, their
   names and how a field is written: the names come from its header, and the chosen fields from
   its rows. selection.c, order.c and the formats call it. */
#include "selection.h"

#include <stdlib.h>
#include <string.h>

/* What the two tables of numres/members.h say of each member; not the column's name and place. */
static const struct column members[] = {
#define NO_COLUMN(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)
#define OF_RESERVATION(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                              \
    {NULL, name, false, NUMBER, COLUMN_##TYPE, 0},
#define OF_NUMBER(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                   \
    {NULL, name, true, NUMBER, COLUMN_##TYPE, 0},
    NUMRES_RESERVATION_MEMBERS(OF_RESERVATION, NO_COLUMN)
        NUMRES_PHONE_NUMBER_MEMBERS(OF_NUMBER, NO_COLUMN)};

#define MEMBER_COUNT (sizeof members / sizeof members[0])
_Static_assert(MEMBER_COUNT <= COLUMNS_MOST, "each member may be a column");

/* Prefix of the header of a reservation's member if phone numbers have a member of that name
   too. */
static const char prefix[] = "reservation_";

static bool add_named(struct columns *columns, const char *header, const char *name,
                      bool is_of_number) {
    for (size_t at = 0; at < MEMBER_COUNT; at++) {
        struct column column = members[at];
        if (column.is_of_number != is_of_number || strcmp(column.member_name, name) != 0)
            continue;
        column.name = header;
        column.place = columns->count;
        columns->all[columns->count++] = column;
        return true;
    }
    return false;
}

static void add_column(struct columns *columns, const char *header) {
    bool has_prefix = strncmp(header, prefix, sizeof prefix - 1) == 0;
    if (!(has_prefix && add_named(columns, header, header + sizeof prefix - 1, false)) &&
        !add_named(columns, header, header, true))
        add_named(columns, header, header, false);
}

struct header {
    char *text;
    size_t length, size;
};

static size_t take_header(const void *bytes, size_t length, void *context) {
    struct header *header = context;
    if (length > header->size - 1 - header->length)
        return 0;
    memcpy(header->text + header->length, bytes, length);
    header->length += length;
    header->text[header->length] = '\0';
    return length;
}

/* Without reservations, the writer writes only the header. */
static bool write_header(struct columns *columns) {
    struct header header = {columns->names, 0, sizeof columns->names};
    numres_writer_options options = numres_writer_options_default();
    numres_writer *writer = NULL;
    void *memory = malloc(numres_writer_size());
    options.format = NUMRES_FORMAT_TSV;
    bool is_written = memory != NULL &&
                      numres_writer_create_in(&writer, memory, numres_writer_size(), &options,
                                              take_header, &header) == NUMRES_OK &&
                      numres_writer_finish(writer) == NUMRES_OK;
    free(memory);
    return is_written;
}

bool columns_begin(struct columns *columns) {
    memset(columns, 0, sizeof *columns);
    if (!write_header(columns))
        return false;
    char *rest = columns->names;
    for (char *name; (name = strtok_r(rest, "\t\n", &rest)) != NULL;)
        add_column(columns, name);
    return true;
}

const struct column *columns_find(const struct columns *columns, enum option_command command,
                                  const char *name, struct print *messages) {
    const char *names[COLUMNS_MOST];
    for (size_t at = 0; at < columns->count; at++) {
        names[at] = columns->all[at].name;
        if (strcmp(names[at], name) == 0)
            return &columns->all[at];
    }
    options_refuse(command, "column", name, names, columns->count, messages);
    return NULL;
}

bool columns_choose(struct columns *columns, enum option_command command, const char *names,
                    struct print *messages) {
    char *copy = strdup(names);
    bool is_right = copy != NULL;
    if (copy == NULL)
        print_string(messages, "numres: out of memory\n");
    for (char *name = copy; is_right && name != NULL;) {
        char *comma = strchr(name, ',');
        if (comma != NULL)
            *comma = '\0';
        const struct column *found = columns_find(columns, command, name, messages);
        is_right = found != NULL;
        if (is_right && columns->chosen_count == COLUMNS_MOST)
            is_right = options_refuse_value(command, "--columns", names, "names too many columns",
                                            messages);
        else if (is_right)
            columns->chosen[columns->chosen_count++] = found;
        name = comma != NULL ? comma + 1 : NULL;
    }
    free(copy);
    return is_right;
}

bool columns_are_of_numbers(const struct columns *columns) {
    for (size_t at = 0; at < columns->chosen_count; at++)
        if (columns->chosen[at]->is_of_number)
            return true;
    return false;
}

numres_text column_text(const struct column *column, const numres_reservation *reservation,
                        const numres_phone_number *number) {
    unsigned int member = column->member;
    numres_member_state state = column->is_of_number
                                    ? numres_phone_number_state(number, member)
                                    : numres_reservation_state(reservation, member);
    if (state == NUMRES_MEMBER_ABSENT || state == NUMRES_MEMBER_NULL)
        return (numres_text){"", 0};
    return column->is_of_number ? numres_phone_number_raw(number, member)
                                : numres_reservation_raw(reservation, member);
}

bool column_instant(const struct column *column, const numres_reservation *reservation,
                    const numres_phone_number *number, int64_t *seconds, uint32_t *nanoseconds) {
    return column->is_of_number
               ? numres_phone_number_instant(number, column->member, seconds, nanoseconds)
               : numres_reservation_instant(reservation, column->member, seconds, nanoseconds);
}

/* ---- rows ---- */

void rows_begin(struct rows *rows, const struct columns *columns, char separator,
                struct print *print) {
    *rows = (struct rows){.columns = columns, .print = print, .separator = separator};
}

/* Prints the fields as the writer wrote them, quotes and all, and its line end. */
static void print_row(struct rows *rows) {
    const struct columns *columns = rows->columns;
    size_t end = rows->length - strlen(rows->separator == '\t' ? "\n" : "\r\n");
    rows->starts[rows->fields + 1] = end + 1;
    for (size_t at = 0; at < columns->chosen_count; at++) {
        size_t place = columns->chosen[at]->place;
        size_t start = rows->starts[place];
        if (at > 0)
            print_bytes(rows->print, &rows->separator, 1);
        print_bytes(rows->print, rows->row + start, rows->starts[place + 1] - 1 - start);
    }
    print_bytes(rows->print, rows->row + end, rows->length - end);
    rows->length = rows->fields = 0;
}

static bool make_room(struct rows *rows, size_t length) {
    size_t size = rows->size == 0 ? 1024 : rows->size;
    while (size - rows->length < length)
        size *= 2;
    if (size == rows->size)
        return true;
    char *row = realloc(rows->row, size);
    rows->has_failed = row == NULL;
    if (row == NULL)
        return false;
    rows->row = row;
    rows->size = size;
    return true;
}

size_t rows_take(const void *bytes, size_t length, void *context) {
    struct rows *rows = context;
    const char *from = bytes;
    if (rows->has_failed || !make_room(rows, length))
        return 0;
    for (size_t at = 0; at < length; at++) {
        char byte = from[at];
        rows->row[rows->length++] = byte;
        /* A quote inside quotes is doubled, so that in_quotes changes twice there. TSV has no
           quotes. */
        if (byte == '"' && rows->separator != '\t')
            rows->in_quotes = !rows->in_quotes;
        else if (byte == rows->separator && !rows->in_quotes)
            rows->starts[++rows->fields] = rows->length;
        else if (byte == '\n' && !rows->in_quotes)
            print_row(rows);
    }
    return rows->print->failure == 0 ? length : 0;
}

void rows_end(struct rows *rows) {
    free(rows->row);
}
