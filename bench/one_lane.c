/*
 * one_lane FILE [ROUNDS [CHUNK [LANE]]]
 *
 * Reads a page repeatedly with numres and does the job of the comparison (peer.h), for
 * use under a profiler:
 *
 *     valgrind --tool=callgrind build-bench/bench/one_lane page.json 1 65536 avx2
 *
 * LANE is "fast", "general", a SIMD level for the fast lane as numres_simd_name() returns
 * it, or "reader" or "collection": the fast lane under the pull reader or a collection
 * instead of callbacks. Prints what was read, with a checksum that is the same for all
 * lanes and chunks. Defaults: 1 round, 65536 bytes, fast.
 */
#include <stdio.h>
#include <stdlib.h>

#include "peer_numres.h"

typedef struct job {
    uint64_t rounds;
    size_t chunk;
    numres_options options;
    const peer *model; /* NULL: callbacks, with these options */
} job;

static bool read_count(const char *text, uint64_t *count) {
    char *end = NULL;

    *count = strtoull(text, &end, 10);
    return text[0] >= '1' && text[0] <= '9' && *end == '\0';
}

static bool read_lane(const char *text, job *asked) {
    if (strcmp(text, "general") == 0) {
        asked->options.lane = NUMRES_LANE_GENERAL;
        return true;
    }
    if (strcmp(text, "reader") == 0 || strcmp(text, "collection") == 0) {
        asked->model = text[0] == 'r' ? &peer_numres_reader : &peer_numres_collection;
        return true;
    }
    for (int level = NUMRES_SIMD_BASELINE; level < 8; level++) {
        const char *name = numres_simd_name((numres_simd)level);
        if (name != NULL && strcmp(text, name) == 0) {
            asked->options.simd = (numres_simd)level;
            return true;
        }
    }
    return strcmp(text, "fast") == 0;
}

static bool read_arguments(int argc, char **argv, job *asked) {
    uint64_t chunk = 65536;

    asked->rounds = 1;
    asked->options = numres_options_default();
    asked->model = NULL;
    if (argc < 2 || argc > 5 || (argc > 2 && !read_count(argv[2], &asked->rounds)) ||
        (argc > 3 && !read_count(argv[3], &chunk)) || (argc > 4 && !read_lane(argv[4], asked))) {
        return false;
    }
    asked->chunk = (size_t)chunk;
    return true;
}

/* Loads the whole file. page_destroy frees it. */
static bool load(const char *name, page *loaded) {
    FILE *file = fopen(name, "rb");
    long length = -1;
    bool right = false;

    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        length = ftell(file);
    }
    if (length > 0 && fseek(file, 0, SEEK_SET) == 0) {
        loaded->length = (size_t)length;
        loaded->bytes = calloc(1, loaded->length + PAGE_PADDING);
        right = loaded->bytes != NULL &&
                fread(loaded->bytes, 1, loaded->length, file) == loaded->length;
    }
    if (file != NULL) {
        fclose(file);
    }
    return right;
}

static bool run(const job *asked, const page *read, tally *sums) {
    const peer *who = asked->model != NULL ? asked->model : &peer_numres;
    void *state =
        asked->model != NULL ? who->create(read->length) : peer_numres_create(&asked->options);
    bool right = state != NULL;

    for (uint64_t round = 0; right && round < asked->rounds; round++) {
        memset(sums, 0, sizeof(*sums));
        right = who->read(state, read, asked->chunk, sums);
    }
    if (state != NULL) {
        who->destroy(state);
    }
    return right;
}

int main(int argc, char **argv) {
    page read = {NULL, 0, PAGE_REAL};
    tally sums;
    job asked;
    bool right = false;

    if (!read_arguments(argc, argv, &asked)) {
        fputs("usage: one_lane FILE [ROUNDS [CHUNK [LANE]]]\n", stderr);
        return 2;
    }
    if (!load(argv[1], &read)) {
        fprintf(stderr, "one_lane: %s cannot be read\n", argv[1]);
        page_destroy(&read);
        return 3;
    }
    right = run(&asked, &read, &sums);
    page_destroy(&read);
    if (!right) {
        fputs("one_lane: the page is refused\n", stderr);
        return 3;
    }
    printf("%llu reservations, %llu numbers, %llu wrong, checksum %016llx\n",
           (unsigned long long)sums.reservations, (unsigned long long)sums.phone_numbers,
           (unsigned long long)sums.wrong,
           (unsigned long long)tally_hash((const char *)&sums, sizeof(sums)));
    return 0;
}
