#include "json_line.h"

#include <string.h>

static void write_part(void *context, const char *bytes, size_t length) {
    print_bytes(context, bytes, length);
}

/* The two allocations, of the generator and of its buffer, take 1.2 KiB: the
   buffer, in whose place write_part is, never grows. */
void json_line_begin(struct json_line *line, struct print *print) {
    numres_arena_start(&line->arena, line->arena_bytes, sizeof line->arena_bytes);
    yajl_alloc_funcs functions = numres_arena_functions(&line->arena);
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
