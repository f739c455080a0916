/* A JSON object on a line of its own, by yajl's generator. findings_json.c and difference.c call
   it. */
#include "json_line.h"

#include <string.h>
#include <yajl/yajl_gen.h>

static void *allocate(void *context, size_t size) {
    struct json_line *line = context;
    char *piece = line->memory + line->used;
    size_t unit = _Alignof(max_align_t);
    line->used += (size + unit - 1) / unit * unit;
    return line->used <= sizeof line->memory ? piece : NULL;
}

static void *reallocate(void *context, void *piece, size_t size) {
    (void)piece;
    return allocate(context, size);
}

static void release(void *context, void *piece) {
    (void)context;
    (void)piece;
}

static void write_part(void *context, const char *bytes, size_t length) {
    print_json_text(context, bytes, length);
}

void json_line_begin(struct json_line *line, struct print *print) {
    yajl_alloc_funcs functions = {allocate, reallocate, release, line};
    line->used = 0;
    line->print = print;
    line->generator = yajl_gen_alloc(&functions);
    yajl_gen_config(line->generator, yajl_gen_print_callback, write_part, print);
    yajl_gen_map_open(line->generator);
}

void json_line_end(struct json_line *line) {
    yajl_gen_map_close(line->generator);
    yajl_gen_free(line->generator);
    print_string(line->print, "\n");
}

static void add_string(struct json_line *line, const char *bytes, size_t length) {
    yajl_gen_string(line->generator, (const unsigned char *)bytes, length);
}

void json_line_text(struct json_line *line, const char *name, const char *bytes, size_t length) {
    add_string(line, name, strlen(name));
    if (bytes == NULL)
        yajl_gen_null(line->generator);
    else
        add_string(line, bytes, length);
}

void json_line_number(struct json_line *line, const char *name, uint64_t number) {
    add_string(line, name, strlen(name));
    yajl_gen_integer(line->generator, (long long)number);
}

void json_line_null(struct json_line *line, const char *name) {
    json_line_text(line, name, NULL, 0);
}
