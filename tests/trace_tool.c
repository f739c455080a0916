/* trace FILE [OPTION...]: prints the trace of a document. See reading.h for
   the options, trace.h for the lines. */
#include <stdio.h>
#include <stdlib.h>

#include "reading.h"

static int print_trace(const reading_options *options, file_bytes file) {
    reader reader;
    reader_create(&reader, options, file.bytes, file.length);
    reader_read_chunks(&reader, file.length + 1, false);
    const text_buffer *lines = &reader.trace.lines;
    int status = fwrite(lines->bytes, 1, lines->length, stdout) == lines->length ? 0 : 3;
    reader_destroy(&reader);
    return status;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: trace FILE [OPTION...]\n");
        return 2;
    }
    text_buffer words = {NULL, 0, 0};
    for (int at = 2; at < count; at++) {
        text_buffer_format(&words, "%s ", arguments[at]);
    }
    reading_options options;
    bool known = reading_options_parse(&options, words.bytes ? words.bytes : "");
    text_buffer_free(&words);
    if (!known) {
        fprintf(stderr, "trace: an option is not known\n");
        return 2;
    }
    file_bytes file = read_file(arguments[1]);
    if (!file.bytes) {
        perror(arguments[1]);
        return 3;
    }
    int status = print_trace(&options, file);
    free(file.bytes);
    return status;
}
