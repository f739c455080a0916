/* json-c, which builds a tree. (Its names clash with jansson's, so it has its own file.) */
#include <json-c/json.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_readers.h"

static bool is_blank(const char *bytes, size_t length) {
    while (length > 0 && memchr(" \t\n\r", *bytes, 4) != NULL) {
        bytes++;
        length--;
    }
    return length == 0;
}

verdict read_by_json_c(const stream *stream) {
    struct json_tokener *tokener = json_tokener_new();
    struct json_object *root = NULL;
    enum json_tokener_error error = json_tokener_continue;
    char *buffer = malloc(stream->chunk);
    size_t length = 0, taken = 0;
    while (error == json_tokener_continue &&
           (length = stream->next(stream->source, buffer, stream->chunk)) > 0) {
        root = json_tokener_parse_ex(tokener, buffer, (int)length);
        error = json_tokener_get_error(tokener);
        taken = json_tokener_get_parse_end(tokener);
    }
    if (error == json_tokener_continue) { /* a NUL ends a numeral */
        root = json_tokener_parse_ex(tokener, "", 1);
        error = json_tokener_get_error(tokener);
        taken = length = 0;
    }
    bool whole = taken >= length || is_blank(buffer + taken, length - taken);
    if (root == NULL) { /* no input is null, so memory ran out */
        error = json_tokener_error_parse_unexpected;
    }
    json_object_put(root);
    json_tokener_free(tokener);
    free(buffer);
    if (error != json_tokener_success) {
        return REFUSES;
    }
    return whole ? ACCEPTS : ACCEPTS_A_PART;
}
