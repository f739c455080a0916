/* What get_last_error says, in one line: code, offset, path and sentence. stream.c asks for it;
   rows.c has an API's refusal kept for it. */
#include "../base/error.h"

#include <string.h>

#include "../base/controls.h"
#include "../base/text.h"
#include "stream.h"

/* A line that is cut if it does not fit. */
typedef struct line {
    char *bytes;
    size_t size; /* with the NUL */
    size_t length;
} line;

/* Adds a character, if all of it fits. */
static bool add_character(line *line, const char *character, size_t length) {
    char shown[NUMRES_TEXT_ESCAPE];
    size_t shown_length = numres_show_character(character, length, shown);
    if (shown_length > line->size - 1 - line->length)
        return false;
    memcpy(line->bytes + line->length, shown, shown_length);
    line->length += shown_length;
    return true;
}

static void add_text(line *line, numres_text text) {
    size_t length;
    for (size_t at = 0; at < text.length; at += length) {
        length = numres_text_character(text.bytes + at, text.length - at);
        if (!add_character(line, text.bytes + at, length))
            break;
    }
    line->bytes[line->length] = '\0';
}

static void add_words(line *line, const char *words) {
    add_text(line, numres_text_from(words));
}

static void write_refusal_path(numres_arrow_stream *stream, const numres_api_error *api_error) {
    numres_path path;
    numres_path_start(&path, stream->refusal_path);
    if (!api_error->of_root) {
        numres_path_add_name(&path, "errors", strlen("errors"));
        numres_path_add_index(&path, api_error->index);
    }
    numres_path_finish(&path);
}

void numres_arrow_keep_refusal(numres_arrow_stream *stream, const numres_api_error *api_error) {
    const numres_text parts[] = {api_error->code, api_error->title, api_error->detail};
    line detail = {stream->refusal, sizeof stream->refusal, 0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].length > 0)
            add_words(&detail, ": ");
        add_text(&detail, parts[i]);
    }
    write_refusal_path(stream, api_error);
}

const char *numres_arrow_message(numres_arrow_stream *stream, const numres_error *error) {
    line line = {stream->message, sizeof stream->message, 0};
    char digits[20];
    numres_text offset = {digits, numres_text_put_integer(error->offset, digits)};
    add_words(&line, numres_code_name(error->code));
    add_words(&line, " at byte ");
    add_text(&line, offset);
    if (error->path[0] != '\0') {
        add_words(&line, ", ");
        add_words(&line, error->path);
    }
    add_words(&line, ": ");
    add_words(&line, error->sentence);
    if (error->code == NUMRES_REFUSED)
        add_words(&line, stream->refusal);
    return stream->message;
}
