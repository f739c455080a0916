#include "arrow_checker.h"

#include <string.h>

/* The alignment and padding of buffers that the specification recommends. */
enum { ALIGNMENT = 64 };

static bool bit_of(const void *bitmap, int64_t bit) {
    return (((const unsigned char *)bitmap)[bit / 8] >> bit % 8 & 1) != 0;
}

bool arrow_is_valid(const struct ArrowArray *array, int64_t row) {
    return array->buffers[0] == NULL || bit_of(array->buffers[0], array->offset + row);
}

numres_text arrow_text(const struct ArrowArray *array, int64_t row) {
    const int32_t *offsets = array->buffers[1];
    const char *bytes = array->buffers[2];
    int64_t at = array->offset + row;
    return (numres_text){bytes + offsets[at], (size_t)(offsets[at + 1] - offsets[at])};
}

/* ---- the schema ---- */

static const char *const formats[] = {"+s", "u", "i", "L", "b", "tsu:UTC"};

static bool is_known(const char *format) {
    for (size_t at = 0; at < sizeof formats / sizeof *formats; at++) {
        if (strcmp(format, formats[at]) == 0) {
            return true;
        }
    }
    return false;
}

/* Checks one schema without its children. */
static const char *check_one_schema(const struct ArrowSchema *schema) {
    if (schema->release == NULL) {
        return "a schema that is released";
    }
    if (schema->format == NULL || !is_known(schema->format)) {
        return "a format that is not known";
    }
    if (schema->name == NULL || schema->metadata != NULL) {
        return "a name that is NULL, or metadata";
    }
    if ((schema->flags & ~(int64_t)ARROW_FLAG_NULLABLE) != 0) {
        return "other flags";
    }
    return schema->n_children > 0 && schema->children == NULL ? "children that are NULL" : NULL;
}

static const char *check_column_schema(const struct ArrowSchema *schema) {
    const char *broken = check_one_schema(schema);
    if (broken != NULL || schema->n_children != 0) {
        return broken != NULL ? broken : "children of a column";
    }
    if (schema->dictionary == NULL) {
        return strcmp(schema->format, "i") == 0 ? "indices without a dictionary" : NULL;
    }
    if (strcmp(schema->format, "i") != 0 || strcmp(schema->dictionary->format, "u") != 0) {
        return "a dictionary of another type";
    }
    return check_one_schema(schema->dictionary);
}

const char *arrow_check_schema(const struct ArrowSchema *schema) {
    const char *broken = check_one_schema(schema);
    if (broken == NULL && (strcmp(schema->format, "+s") != 0 || schema->dictionary != NULL)) {
        broken = "a table that is no struct";
    }
    for (int64_t at = 0; broken == NULL && at < schema->n_children; at++) {
        broken = check_column_schema(schema->children[at]);
        for (int64_t other = 0; broken == NULL && other < at; other++) {
            if (strcmp(schema->children[at]->name, schema->children[other]->name) == 0) {
                broken = "two columns of one name";
            }
        }
    }
    return broken;
}

/* ---- arrays ---- */

/* A buffer of `used` bytes must be aligned, and padded with zeros. */
static const char *check_buffer(const void *buffer, size_t used) {
    const char *bytes = buffer;
    if (bytes == NULL) {
        return "a buffer that is NULL";
    }
    if ((uintptr_t)bytes % ALIGNMENT != 0) {
        return "a buffer that is not aligned";
    }
    for (; used % ALIGNMENT != 0; used++) {
        if (bytes[used] != 0) {
            return "padding that is not 0";
        }
    }
    return NULL;
}

/* In a bitmap of `bits` bits, those after the last must be 0 too. */
static const char *check_bitmap(const void *bitmap, int64_t bits) {
    const char *broken = check_buffer(bitmap, (size_t)(bits + 7) / 8);
    for (; broken == NULL && bits % 8 != 0; bits++) {
        if (bit_of(bitmap, bits)) {
            broken = "a bit after a bitmap's end";
        }
    }
    return broken;
}

static const char *check_validity(const struct ArrowArray *array) {
    int64_t nulls = 0;
    if (array->buffers[0] == NULL) {
        return array->null_count == 0 ? NULL : "nulls without a bitmap";
    }
    for (int64_t row = 0; row < array->length; row++) {
        nulls += !arrow_is_valid(array, row);
    }
    return nulls == array->null_count ? check_bitmap(array->buffers[0], array->length)
                                      : "another null count than the bitmap's";
}

/* The length of a UTF-8 character by RFC 3629 section 4; 0 if it is invalid. */
static size_t character_length(const unsigned char *bytes, size_t left) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    uint32_t code_point = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
    if (bytes[0] >= 0xF8 || (bytes[0] & 0xC0) == 0x80 || length > left) {
        return 0;
    }
    for (size_t at = 1; at < length; at++) {
        if ((bytes[at] & 0xC0) != 0x80) {
            return 0;
        }
        code_point = code_point << 6 | (bytes[at] & 0x3FU);
    }
    bool is_legal = code_point >= smallest[length] && code_point <= 0x10FFFF &&
                    (code_point < 0xD800 || code_point > 0xDFFF);
    return is_legal ? length : 0;
}

static bool is_utf8(numres_text text) {
    while (text.length > 0) {
        size_t length = character_length((const unsigned char *)text.bytes, text.length);
        if (length == 0) {
            return false;
        }
        text.bytes += length;
        text.length -= length;
    }
    return true;
}

static const char *check_texts(const struct ArrowArray *array) {
    const int32_t *offsets = array->buffers[1];
    const char *broken = check_buffer(offsets, (size_t)(array->length + 1) * sizeof *offsets);
    if (broken == NULL && offsets[0] != 0) {
        broken = "texts that do not begin at 0";
    }
    for (int64_t row = 0; broken == NULL && row < array->length; row++) {
        if (offsets[row + 1] < offsets[row]) {
            broken = "offsets that go back";
        } else if (!is_utf8(arrow_text(array, row))) {
            broken = "a text that is not UTF-8";
        } else if (!arrow_is_valid(array, row) && arrow_text(array, row).length > 0) {
            broken = "a null that has a text";
        }
    }
    return broken != NULL ? broken
                          : check_buffer(array->buffers[2], (size_t)offsets[array->length]);
}

static const char *check_dictionary(const struct ArrowArray *array) {
    const int32_t *indices = array->buffers[1];
    const struct ArrowArray *words = array->dictionary;
    if (words == NULL || words->release == NULL || words->n_buffers != 3 || words->offset != 0 ||
        words->null_count != 0 || words->n_children != 0 || words->dictionary != NULL) {
        return "a dictionary that is none";
    }
    for (int64_t row = 0; row < array->length; row++) {
        if (indices[row] < 0 || indices[row] >= words->length) {
            return "an index that the dictionary lacks";
        }
        if (!arrow_is_valid(array, row) && indices[row] != 0) {
            return "a null that has an index";
        }
    }
    const char *broken = check_buffer(indices, (size_t)array->length * sizeof *indices);
    return broken != NULL ? broken : check_texts(words);
}

/* Nulls must be 0, though the specification leaves that open: earlier contents must not show. */
static const char *check_words(const struct ArrowArray *array) {
    const int64_t *words = array->buffers[1];
    for (int64_t row = 0; row < array->length; row++) {
        if (!arrow_is_valid(array, row) && words[row] != 0) {
            return "a null that has a value";
        }
    }
    return check_buffer(words, (size_t)array->length * sizeof *words);
}

static const char *check_booleans(const struct ArrowArray *array) {
    for (int64_t row = 0; row < array->length; row++) {
        if (!arrow_is_valid(array, row) && bit_of(array->buffers[1], row)) {
            return "a null that is true";
        }
    }
    return check_bitmap(array->buffers[1], array->length);
}

static const char *check_values(const struct ArrowSchema *schema, const struct ArrowArray *array) {
    if (strcmp(schema->format, "u") == 0) {
        return check_texts(array);
    }
    if (strcmp(schema->format, "i") == 0) {
        return check_dictionary(array);
    }
    return strcmp(schema->format, "b") == 0 ? check_booleans(array) : check_words(array);
}

static const char *check_column(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                int64_t rows) {
    int64_t buffers = strcmp(schema->format, "u") == 0 ? 3 : 2;
    if (array->release == NULL || array->length != rows || array->offset != 0) {
        return "a column that is released, or of another length";
    }
    if (array->n_buffers != buffers || array->n_children != 0) {
        return "another number of buffers or children";
    }
    if ((schema->dictionary != NULL) != (array->dictionary != NULL)) {
        return "a dictionary in the schema or the array alone";
    }
    if ((schema->flags & ARROW_FLAG_NULLABLE) == 0 && array->null_count != 0) {
        return "a null in a column that has none";
    }
    const char *broken = check_validity(array);
    return broken != NULL ? broken : check_values(schema, array);
}

const char *arrow_check_array(const struct ArrowSchema *schema, const struct ArrowArray *array) {
    if (array->release == NULL || array->offset != 0 || array->dictionary != NULL) {
        return "no batch";
    }
    if (array->n_buffers != 1 || array->buffers[0] != NULL || array->null_count != 0) {
        return "a row that is null";
    }
    if (array->n_children != schema->n_children) {
        return "other columns than the schema's";
    }
    if (array->length < 1) {
        return "a batch without rows";
    }
    const char *broken = NULL;
    for (int64_t at = 0; broken == NULL && at < array->n_children; at++) {
        broken = check_column(schema->children[at], array->children[at], array->length);
    }
    return broken;
}
