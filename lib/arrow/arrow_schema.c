/* The columns of a stream, from the tables of members, and their ArrowSchema (Arrow's C data
   interface). stream.c calls it. */
#include "../schema/columns.h"

#include <string.h>

#include "batch.h"

/* The columns. */

static numres_arrow_type type_of(numres_value_type type) {
    switch (type) {
    case NUMRES_VALUE_STATUS:
        return NUMRES_ARROW_STATUS;
    case NUMRES_VALUE_TIMESTAMP:
        return NUMRES_ARROW_TIMESTAMP;
    case NUMRES_VALUE_BOOLEAN:
        return NUMRES_ARROW_BOOLEAN;
    /* GCOVR_EXCL_START: no member of either record is an integer yet */
    case NUMRES_VALUE_INTEGER:
        return NUMRES_ARROW_INTEGER;
    /* GCOVR_EXCL_STOP */
    default:
        return NUMRES_ARROW_TEXT;
    }
}

/* Adds the columns of a kind of object; with `texts`, only the text columns of its
   timestamps. */
static void add_members(numres_arrow_table *table, numres_object_kind object, bool texts) {
    size_t count;
    const numres_member *members = numres_members_of(object, &count);
    numres_record_kind kind = numres_members_record(object);
    for (size_t i = 0; i < count; i++) {
        const numres_field *field = &numres_record_fields(kind)[members[i].number];
        if (!numres_is_column(object, &members[i]) ||
            (texts && field->type != NUMRES_VALUE_TIMESTAMP))
            continue;
        numres_arrow_type type = texts ? NUMRES_ARROW_TEXT : type_of(field->type);
        table->forms[table->count++] = (numres_arrow_form){
            .type = type,
            .kind = kind,
            .number = members[i].number,
            .offset = type == NUMRES_ARROW_TEXT ? field->text_offset : field->offset,
            .prefix = numres_column_has_prefix(object, &members[i]) ? NUMRES_COLUMN_PREFIX : "",
            .name = members[i].name,
            .suffix = texts ? "_text" : ""};
    }
}

static void add_index(numres_arrow_table *table, numres_record_kind kind, size_t offset,
                      const char *name) {
    table->forms[table->count++] = (numres_arrow_form){.type = NUMRES_ARROW_INDEX,
                                                       .kind = kind,
                                                       .offset = (uint16_t)offset,
                                                       .prefix = "",
                                                       .name = name,
                                                       .suffix = ""};
}

void numres_arrow_table_fill(numres_arrow_table *table, bool timestamp_texts) {
    table->count = 0;
    add_members(table, NUMRES_OBJECT_RESERVATION, false);
    add_members(table, NUMRES_OBJECT_PHONE_NUMBER, false);
    add_index(table, NUMRES_RECORD_RESERVATION, offsetof(numres_reservation, index),
              "reservation_index");
    add_index(table, NUMRES_RECORD_PHONE_NUMBER, offsetof(numres_phone_number, index),
              "number_index");
    if (timestamp_texts) {
        add_members(table, NUMRES_OBJECT_RESERVATION, true);
        add_members(table, NUMRES_OBJECT_PHONE_NUMBER, true);
    }
}

/* The schema, which owns its memory as arrays do: see array.c. */

#define LONGEST_NAME 288 /* a member name of 255 bytes with its prefix and suffix */

typedef struct schema_memory {
    numres_allocator allocator;
    struct ArrowSchema dictionary; /* of a column */
    char name[LONGEST_NAME];
} schema_memory;

typedef struct table_memory {
    numres_allocator allocator;
    struct ArrowSchema schemas[NUMRES_ARROW_COLUMNS];
    struct ArrowSchema *children[NUMRES_ARROW_COLUMNS];
} table_memory;

static void release_schema(struct ArrowSchema *schema) {
    if (schema == NULL || schema->release == NULL)
        return;
    schema_memory *memory = schema->private_data;
    if (memory != NULL) { /* a dictionary has none */
        if (memory->dictionary.release != NULL)
            memory->dictionary.release(&memory->dictionary);
        memory->allocator.release(memory, memory->allocator.context);
    }
    schema->release = NULL;
}

static void release_table(struct ArrowSchema *schema) {
    if (schema == NULL || schema->release == NULL)
        return;
    table_memory *memory = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (memory->schemas[i].release != NULL)
            memory->schemas[i].release(&memory->schemas[i]);
    memory->allocator.release(memory, memory->allocator.context);
    schema->release = NULL;
}

static const char *format_of(numres_arrow_type type) {
    switch (type) {
    case NUMRES_ARROW_TEXT:
        return "u";
    case NUMRES_ARROW_STATUS:
        return "i";
    case NUMRES_ARROW_TIMESTAMP:
        return "tsu:UTC";
    case NUMRES_ARROW_BOOLEAN:
        return "b";
    case NUMRES_ARROW_INTEGER:
    case NUMRES_ARROW_INDEX:
        break;
    }
    return "L";
}

/* Every row has a reservation. */
static bool is_nullable(const numres_arrow_form *form) {
    return form->type != NUMRES_ARROW_INDEX || form->kind != NUMRES_RECORD_RESERVATION;
}

static void write_name(const numres_arrow_form *form, char *name) {
    const char *parts[] = {form->prefix, form->name, form->suffix};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = strlen(parts[i]);
        memcpy(name, parts[i], length);
        name += length;
    }
    *name = '\0';
}

static bool make_column(const numres_allocator *allocator, const numres_arrow_form *form,
                        struct ArrowSchema *schema) {
    schema_memory *memory = allocator->allocate(sizeof *memory, allocator->context);
    if (memory == NULL)
        return false;
    memory->allocator = *allocator;
    write_name(form, memory->name);
    memory->dictionary = (struct ArrowSchema){.format = "u", .name = "", .release = release_schema};
    *schema = (struct ArrowSchema){.format = format_of(form->type),
                                   .name = memory->name,
                                   .flags = is_nullable(form) ? ARROW_FLAG_NULLABLE : 0,
                                   .release = release_schema,
                                   .private_data = memory};
    if (form->type == NUMRES_ARROW_STATUS)
        schema->dictionary = &memory->dictionary;
    return true;
}

numres_code numres_arrow_schema_make(const numres_allocator *allocator,
                                     const numres_arrow_table *table, struct ArrowSchema *schema) {
    table_memory *memory = allocator->allocate(sizeof *memory, allocator->context);
    if (memory == NULL)
        return NUMRES_NO_MEMORY;
    memory->allocator = *allocator;
    struct ArrowSchema made = {.format = "+s",
                               .name = "",
                               .children = memory->children,
                               .release = release_table,
                               .private_data = memory};
    for (size_t i = 0; i < table->count; i++, made.n_children++) {
        memory->children[i] = &memory->schemas[i];
        if (!make_column(allocator, &table->forms[i], &memory->schemas[i])) {
            release_table(&made);
            return NUMRES_NO_MEMORY;
        }
    }
    *schema = made;
    return NUMRES_OK;
}
