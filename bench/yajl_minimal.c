/*
 * The least that a program can do with yajl: empty callbacks and a file read through a 64
 * KiB buffer. numres's cost is reported as a multiple of this one.
 */
#include <stdio.h>
#include <yajl/yajl_parse.h>

#define BUFFER_SIZE 65536

static int take_nothing(void *context) {
    (void)context;
    return 1;
}

static int take_boolean(void *context, int value) {
    (void)context;
    (void)value;
    return 1;
}

static int take_number(void *context, const char *text, size_t length) {
    (void)context;
    (void)text;
    (void)length;
    return 1;
}

static int take_string(void *context, const unsigned char *text, size_t length) {
    (void)context;
    (void)text;
    (void)length;
    return 1;
}

static const yajl_callbacks empty_callbacks = {
    .yajl_null = take_nothing,
    .yajl_boolean = take_boolean,
    .yajl_number = take_number,
    .yajl_string = take_string,
    .yajl_start_map = take_nothing,
    .yajl_map_key = take_string,
    .yajl_end_map = take_nothing,
    .yajl_start_array = take_nothing,
    .yajl_end_array = take_nothing,
};

static yajl_status parse_file(yajl_handle handle, FILE *file) {
    static unsigned char buffer[BUFFER_SIZE];
    yajl_status status = yajl_status_ok;
    size_t length = 0;

    while (status == yajl_status_ok && (length = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        status = yajl_parse(handle, buffer, length);
    }
    return status == yajl_status_ok ? yajl_complete_parse(handle) : status;
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    yajl_handle handle = NULL;
    yajl_status status = yajl_status_error;

    if (file == NULL) {
        fputs("usage: yajl_minimal FILE (that can be read)\n", stderr);
        return 2;
    }
    /* stdio's own buffer would mean one more copy of every byte. */
    setvbuf(file, NULL, _IONBF, 0);
    handle = yajl_alloc(&empty_callbacks, NULL, NULL);
    if (handle != NULL) {
        status = parse_file(handle, file);
        yajl_free(handle);
    }
    fclose(file);
    if (status != yajl_status_ok) {
        fputs("yajl_minimal: not legal JSON\n", stderr);
        return 3;
    }
    return 0;
}
