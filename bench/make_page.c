/*
 * Writes a list page (see page.h) to standard output:
 * make_page RESERVATIONS [STYLE [SEED]].
 */
#include <stdio.h>
#include <stdlib.h>

#include "page.h"

static bool read_count(const char *text, uint64_t *count) {
    char *end = NULL;

    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    *count = strtoull(text, &end, 10);
    return *end == '\0';
}

static int usage(void) {
    fputs("usage: make_page RESERVATIONS [STYLE [SEED]], STYLE one of:", stderr);
    for (int style = 0; style < PAGE_STYLE_COUNT; style++) {
        fprintf(stderr, " %s", page_style_name((page_style)style));
    }
    fputc('\n', stderr);
    return 2;
}

int main(int argc, char **argv) {
    page made = {NULL, 0, PAGE_REAL};
    page_style style = PAGE_COMPACT;
    uint64_t reservations = 0;
    uint64_t seed = 0;

    if (argc < 2 || argc > 4 || !read_count(argv[1], &reservations) ||
        (argc >= 3 && !page_style_named(argv[2], &style)) ||
        (argc == 4 && !read_count(argv[3], &seed))) {
        return usage();
    }
    if (!page_make(&made, reservations, style, seed)) {
        fputs("make_page: not enough memory\n", stderr);
        return 3;
    }
    fwrite(made.bytes, 1, made.length, stdout);
    page_destroy(&made);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("make_page: standard output");
        return 3;
    }
    return 0;
}
