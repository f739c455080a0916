/*
 * The input format of the targets that read documents: a document, optionally preceded by
 * settings. A file that does not begin with the byte 0xFF is a plain document, so every
 * file of the corpus is a seed, and these targets share their seeds.
 *
 *   0xFF, INPUT_SETTINGS bytes, the document
 */
#ifndef NUMRES_FUZZ_INPUT_H
#define NUMRES_FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <numres.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INPUT_MARKER = 0xFF };

/* The bytes of the settings, by place. Everywhere, 0 means the default. */
enum {
    INPUT_FLAGS,         /* INPUT_FLAG_... */
    INPUT_DEPTH,         /* max_depth */
    INPUT_VALUE,         /* max_value_length */
    INPUT_TEXT,          /* max_record_text, in steps of 4 */
    INPUT_DOCUMENT_SIZE, /* max_document_size, in steps of 8 */
    INPUT_STOP,          /* the callback that returns stop, counted from 1 */
    INPUT_PAUSES,        /* bit N: every eighth callback, from the Nth on, pauses */
    INPUT_LEAVE_OUT,     /* bit N: the same, leaves out, if it is a problem */
    INPUT_MISSING,       /* bit N: the Nth handler is NULL */
    INPUT_ALIGNMENT,     /* of the caller's memory */
    INPUT_CHUNKS,        /* chunk sizes, used in turn; from 200 on in steps of 64;
                            all 0: single bytes */
    INPUT_CHUNKS_END = INPUT_CHUNKS + 6,
    INPUT_SETTINGS = INPUT_CHUNKS_END
};

enum {
    INPUT_FLAG_BARE = 1,
    INPUT_FLAG_SEVERAL = 2,
    INPUT_FLAG_STRICT = 4,
    INPUT_FLAG_REQUIRE = 8,
    INPUT_FLAG_E164 = 16,
    INPUT_FLAG_CALLERS_MEMORY = 32,
    INPUT_FLAG_USED_PARSER = 64, /* reads part of the document, then is reset */
    INPUT_FLAG_UNKNOWN = 128
};

typedef struct fuzz_input {
    const uint8_t *settings; /* INPUT_SETTINGS bytes */
    const char *document;    /* inside the input */
    size_t length;
} fuzz_input;

fuzz_input fuzz_input_of(const uint8_t *data, size_t size);

/* The options that the settings ask for. */
numres_options fuzz_input_options(const fuzz_input *input);

/* The size of the chunk with this index. */
size_t fuzz_input_chunk(const fuzz_input *input, size_t chunk);

#ifdef __cplusplus
}
#endif

#endif
