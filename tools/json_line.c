#include "json_line.h"

#include <string.h>

static void *take_from_arena(void *context, size_t size) {
    struct json_line *line = context;
    size_t taken = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    if (taken < size || taken > sizeof line->arena - line->arena_used)
        return NULL;
    line->arena_used += taken;
    return line->arena + line->arena_used - taken;
}

/* Only yajl's own buffer would grow, and it is replaced by write_part. */
static void *grow_in_arena(void *context, void *memory, size_t size) {
    (void)memory;
    return take_from_arena(context, size);
}

static void leave_in_arena(void *context, void *memory) {
    (void)context;
    (void)memory;
}

static void write_part(void *context, const char *bytes, size_t length) {
    print_bytes(context, bytes, length);
}

/* The two allocations, of the generator and of its buffer, take 1.2 KiB. */
void json_line_begin(struct json_line *line, struct print *print) {
    const yajl_alloc_funcs arena = {take_from_arena, grow_in_arena, leave_in_arena, line};
    line->print = print;
    line->arena_used = 0;
    line->generator = yajl_gen_alloc(&arena);
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
