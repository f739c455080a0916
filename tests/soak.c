/*
 * soak [READINGS]: two threads read documents of the corpus, in random chunks and with
 * random pauses, each with 16 open parsers at a time. Every reading must give the same
 * checksum as its document read whole, the sum of all must equal that of a run with one
 * thread, and the process must not be larger at the end than after a tenth of the
 * readings. Exits with 1 otherwise.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus_documents.h"

enum { THREADS = 2, OPEN_PARSERS = 16, DEFAULT_READINGS = 100000 };

/* The touched part of the open parsers' memory, and what malloc keeps, vary from moment
   to moment. A leak of a byte a reading would exceed this. */
enum { RESIDENT_TOLERANCE = 1024 * 1024 };

/* ---- the checksum of the callbacks ---- */

typedef struct witness {
    trace trace;
    uint64_t sum;
    uint64_t pause_seed; /* 0: never pause */
} witness;

/* FNV-1a. */
static void add_bytes(witness *seen, const void *bytes, size_t length) {
    const unsigned char *byte = bytes;
    for (size_t at = 0; at < length; at++) {
        seen->sum = (seen->sum ^ byte[at]) * UINT64_C(1099511628211);
    }
}

static void add_number(witness *seen, uint64_t number) {
    add_bytes(seen, &number, sizeof number);
}

/* Keeps no text between callbacks: its size would look like growth. */
static void add_lines(witness *seen, text_buffer *lines) {
    add_bytes(seen, lines->bytes, lines->length);
    text_buffer_free(lines);
}

static numres_answer bear_witness(numres_parser *parser, trace *trace, const void *what) {
    witness *seen = (witness *)trace;
    (void)parser;
    (void)what;
    add_lines(seen, &trace->lines);
    add_lines(seen, &trace->sentences);
    if (trace->callbacks == trace->stop_at) {
        return NUMRES_STOP;
    }
    if (trace->newest == NUMRES_EVENT_PROBLEM) {
        return trace->leave_out ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
    }
    bool pause = seen->pause_seed != 0 && random_next(&seen->pause_seed) % 4 == 0;
    return pause ? NUMRES_PAUSE : NUMRES_GO_ON;
}

/* ---- one reading ---- */

typedef struct reading {
    numres_parser *parser; /* NULL: not open */
    const corpus_document *document;
    uint64_t expected;
    uint64_t seed;
    size_t at;
    size_t longest_chunk;
    witness seen;
} reading;

static void open_reading(reading *now, const corpus_document *document, uint64_t seed) {
    memset(now, 0, sizeof *now);
    now->document = document;
    now->seed = seed;
    now->longest_chunk = (size_t)1 << (random_next(&now->seed) % 13);
    now->seen.pause_seed = random_next(&now->seed) % 2 == 0 ? 0 : random_next(&now->seed);
    now->seen.trace.leave_out = document->options.leave_out;
    now->seen.trace.stop_at = document->options.stop_at;
    now->seen.trace.decide = bear_witness;
    numres_handlers handlers = trace_handlers();
    if (numres_parser_create(&now->parser, &document->options.parser, &handlers, &now->seen) !=
        NUMRES_OK) {
        fprintf(stderr, "soak: no parser\n");
        abort();
    }
}

/* Feeds the next chunk, or finishes. Returns whether the reading goes on. */
static bool step(reading *now) {
    const file_bytes *bytes = &now->document->bytes;
    size_t rest = bytes->length - now->at;
    if (rest == 0) {
        return numres_parser_finish(now->parser) == NUMRES_PAUSED;
    }
    size_t chunk = 1 + random_next(&now->seed) % now->longest_chunk;
    size_t consumed = 0;
    numres_code code = numres_parser_feed(now->parser, bytes->bytes + now->at,
                                          chunk < rest ? chunk : rest, &consumed);
    now->at += consumed;
    return code == NUMRES_OK || code == NUMRES_PAUSED;
}

static uint64_t close_reading(reading *now) {
    const numres_error *error = numres_parser_error(now->parser);
    add_number(&now->seen, (uint64_t)error->code);
    add_number(&now->seen, error->offset);
    add_bytes(&now->seen, error->path, strlen(error->path));
    numres_parser_destroy(now->parser);
    now->parser = NULL;
    return now->seen.sum;
}

/* ---- a run ---- */

typedef struct run {
    const corpus_documents *corpus;
    const uint64_t *expected; /* of each document */
    uint64_t readings;
    _Atomic uint64_t next; /* the next reading to start */
    _Atomic uint64_t sum;  /* of all checksums, each combined with its number */
    _Atomic uint64_t wrong;
    _Atomic uint64_t resident_early; /* when a tenth of the readings have started */
    _Atomic uint64_t resident_late;  /* when the last one has */
    pthread_barrier_t all_are_open;  /* of each thread's first parsers */
} run;

static uint64_t resident(void) {
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*u %llu", &pages) != 1) {
        pages = 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool begin_next(run *run, reading *slot) {
    uint64_t number = atomic_fetch_add(&run->next, 1);
    if (number >= run->readings) {
        return false;
    }
    if (number == run->readings / 10) {
        atomic_store(&run->resident_early, resident());
    }
    if (number + 1 == run->readings) {
        atomic_store(&run->resident_late, resident());
    }
    uint64_t seed = number;
    size_t index = random_next(&seed) % run->corpus->count;
    open_reading(slot, &run->corpus->documents[index], seed);
    slot->expected = run->expected[index];
    return true;
}

static void end_reading(run *run, reading *slot) {
    uint64_t mixed = slot->seed;
    uint64_t sum = close_reading(slot);
    if (sum != slot->expected) {
        fprintf(stderr, "soak: %s gives another checksum\n", slot->document->name);
        atomic_fetch_add(&run->wrong, 1);
    }
    atomic_fetch_add(&run->sum, sum ^ random_next(&mixed));
}

/* The body of a thread: feeds each parser a chunk in turn. */
static void *read_many(void *context) {
    run *run = context;
    reading slots[OPEN_PARSERS] = {0};
    bool going_on = true;
    bool have_waited = false; /* a late thread must not look like growth */
    while (going_on) {
        going_on = false;
        for (size_t at = 0; at < OPEN_PARSERS; at++) {
            reading *slot = &slots[at];
            if (slot->parser == NULL && !begin_next(run, slot)) {
                continue;
            }
            going_on = true;
            if (!step(slot)) {
                end_reading(run, slot);
            }
        }
        if (!have_waited) {
            pthread_barrier_wait(&run->all_are_open);
            have_waited = true;
        }
    }
    return NULL;
}

static uint64_t run_with(run *run, size_t threads) {
    pthread_t others[THREADS];
    atomic_store(&run->next, 0);
    atomic_store(&run->sum, 0);
    if (pthread_barrier_init(&run->all_are_open, NULL, (unsigned int)threads) != 0) {
        fprintf(stderr, "soak: no barrier\n");
        abort();
    }
    for (size_t at = 1; at < threads; at++) {
        if (pthread_create(&others[at], NULL, read_many, run) != 0) {
            fprintf(stderr, "soak: no thread\n");
            abort();
        }
    }
    read_many(run);
    for (size_t at = 1; at < threads; at++) {
        pthread_join(others[at], NULL);
    }
    pthread_barrier_destroy(&run->all_are_open);
    return atomic_load(&run->sum);
}

/* The checksum of each document read whole. */
static uint64_t *read_whole(const corpus_documents *corpus) {
    uint64_t *expected = calloc(corpus->count, sizeof *expected);
    for (size_t at = 0; expected != NULL && at < corpus->count; at++) {
        reading whole;
        open_reading(&whole, &corpus->documents[at], 0);
        whole.seen.pause_seed = 0;
        whole.longest_chunk = SIZE_MAX;
        while (step(&whole)) {
        }
        expected[at] = close_reading(&whole);
    }
    return expected;
}

/* Prints the measurements. Returns whether all are as required. */
static bool report(run *run, uint64_t sum, uint64_t single_sum) {
    uint64_t resident_early = atomic_load(&run->resident_early);
    uint64_t resident_late = atomic_load(&run->resident_late);
    /* 0: could not be read. */
    bool same_size = resident_early > 0 && resident_late <= resident_early + RESIDENT_TOLERANCE;
    printf("%" PRIu64 " readings of %zu documents on %d threads, %d parsers open in each\n",
           run->readings, run->corpus->count, THREADS, OPEN_PARSERS);
    printf("checksum %016" PRIx64 ", with one thread %016" PRIx64 ", wrong readings %" PRIu64 "\n",
           sum, single_sum, atomic_load(&run->wrong));
    printf("resident at 10 %%: %" PRIu64 " KiB, at 100 %%: %" PRIu64 " KiB\n",
           resident_early / 1024, resident_late / 1024);
#ifdef __SANITIZE_THREAD__
    same_size = true; /* its shadow memory grows */
#endif
    return sum == single_sum && atomic_load(&run->wrong) == 0 && same_size;
}

int main(int count, char **words) {
    corpus_documents corpus = corpus_load();
    uint64_t *expected = read_whole(&corpus);
    run run = {.corpus = &corpus, .expected = expected};
    run.readings = count > 1 ? strtoull(words[1], NULL, 10) : DEFAULT_READINGS;
    uint64_t single_sum = run_with(&run, 1);
    uint64_t sum = run_with(&run, THREADS);
    bool right = report(&run, sum, single_sum);
    free(expected);
    corpus_free(&corpus);
    return right ? 0 : 1;
}
