/* numres and yajl alone, for hostile.c: each reads a stream of hostile input to its end and says
   whether it accepts it. */
#include "hostile_readers.h"

#include <numres.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "../tests/reading.h"

/* ---- numres ---- */

verdict read_by_numres(const stream *stream) {
    reading_options options;
    numres_parser *parser;
    numres_code code = NUMRES_OK;
    char *buffer = malloc(stream->chunk);
    size_t length;
    if (!reading_options_parse(&options, stream->options) ||
        numres_parser_create(&parser, &options.parser, NULL, NULL) != NUMRES_OK) {
        abort();
    }
    while (code == NUMRES_OK &&
           (length = stream->next(stream->source, buffer, stream->chunk)) > 0) {
        code = numres_parser_feed(parser, buffer, length, NULL);
    }
    code = numres_parser_finish(parser);
    numres_parser_destroy(parser);
    free(buffer);
    return code == NUMRES_OK ? ACCEPTS : REFUSES;
}

/* ---- yajl, with a callback for every token ---- */

static int take_nothing(void *context) {
    (void)context;
    return 1;
}

static int take_boolean(void *context, int value) {
    (void)context;
    (void)value;
    return 1;
}

static int take_integer(void *context, long long value) {
    (void)context;
    (void)value;
    return 1;
}

static int take_double(void *context, double value) {
    (void)context;
    (void)value;
    return 1;
}

static int take_text(void *context, const unsigned char *text, size_t length) {
    (void)context;
    (void)text;
    (void)length;
    return 1;
}

static const yajl_callbacks callbacks = {take_nothing, take_boolean, take_integer, take_double,
                                         NULL,         take_text,    take_nothing, take_text,
                                         take_nothing, take_nothing, take_nothing};

verdict read_by_yajl(const stream *stream) {
    yajl_handle handle = yajl_alloc(&callbacks, NULL, NULL);
    yajl_status status = yajl_status_ok;
    unsigned char *buffer = malloc(stream->chunk);
    size_t length;
    yajl_config(handle, yajl_allow_multiple_values, strcmp(stream->options, "several") == 0);
    while (status == yajl_status_ok &&
           (length = stream->next(stream->source, (char *)buffer, stream->chunk)) > 0) {
        status = yajl_parse(handle, buffer, length);
    }
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(handle);
    }
    yajl_free(handle);
    free(buffer);
    return status == yajl_status_ok ? ACCEPTS : REFUSES;
}
