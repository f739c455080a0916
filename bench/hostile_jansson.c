/* jansson, which builds a tree. */
#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "hostile_readers.h"

static size_t next_of_jansson(void *buffer, size_t size, void *context) {
    const stream *stream = context;
    return stream->next(stream->source, buffer, size < stream->chunk ? size : stream->chunk);
}

verdict read_by_jansson(const stream *given) {
    bool several = strcmp(given->options, "several") == 0;
    size_t flags = JSON_DECODE_ANY | (several ? JSON_DISABLE_EOF_CHECK : 0);
    stream mine = *given;
    json_t *root = json_load_callback(next_of_jansson, &mine, flags, NULL);
    if (root == NULL) {
        return REFUSES;
    }
    json_decref(root);
    return several ? ACCEPTS_A_PART : ACCEPTS;
}
