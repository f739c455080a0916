/* trace FILE [OPTION...] [chunk=N|chunk=whole]...: prints the trace of a document, read
   in chunks of N bytes, once for each N. See reading.h for the options and trace.h for
   the lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

enum { MAX_CHUNKINGS = 8 };

static int print_trace(const reading_options *options, file_bytes file, size_t chunk) {
    reader reader;
    reader_create(&reader, options, file.bytes, file.length);
    reader_read_chunks(&reader, chunk > 0 ? chunk : file.length + 1, false);
    const text_buffer *lines = &reader.trace.lines;
    int status = fwrite(lines->bytes, 1, lines->length, stdout) == lines->length ? 0 : 3;
    reader_destroy(&reader);
    return status;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: trace FILE [OPTION...] [chunk=N]\n");
        return 2;
    }
    text_buffer words = {NULL, 0, 0};
    size_t chunks[MAX_CHUNKINGS] = {0}; /* 0: the whole file at once */
    int chunkings = 0;
    for (int at = 2; at < count; at++) {
        if (strncmp(arguments[at], "chunk=", 6) == 0 && chunkings < MAX_CHUNKINGS) {
            chunks[chunkings++] = strtoul(arguments[at] + 6, NULL, 10);
            continue;
        }
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
    int status = 0;
    for (int at = 0; at == 0 || at < chunkings; at++)
        status |= print_trace(&options, file, chunks[at]);
    free(file.bytes);
    return status;
}
