/*
 * hostile: prints what numres, yajl alone, jansson and json-c make of the inputs of
 * tests/hostile_inputs.c, as a Markdown table (it is in docs/robustness.md). Each reading
 * is a process of its own with 1 GiB of address space and 20 seconds of CPU time, so that
 * a busy machine changes no verdict. Times from 0.1 s and memory from 4 MiB on are shown.
 * It reads the corpus in $NUMRES_SOURCE_DIR or the current directory. With the argument
 * "edits" it prints only the rows of edited documents.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../tests/corpus_documents.h"
#include "../tests/hostile_inputs.h"
#include "hostile_readers.h"

enum { MEBIBYTE = 1024 * 1024, MOST_MEBIBYTES = 1024, MOST_SECONDS = 20, CHUNK = 65536 };

static const read_function readers[] = {read_by_numres, read_by_yajl, read_by_jansson,
                                        read_by_json_c};
enum { READERS = sizeof readers / sizeof *readers };

/* Measured in addition to the listed inputs. */
static const hostile_input further_inputs[] = {
    {"string of 128 KiB, single bytes",
     {"[\"", 2},
     {"x", 1},
     131072,
     {"\"]", 2},
     "",
     0,
     0,
     "",
     0,
     0},
    {"name of 128 KiB, single bytes",
     {"{\"", 2},
     {"n", 1},
     131072,
     {"\":1}", 4},
     "",
     0,
     0,
     "",
     0,
     0},
    {"number of 128 KiB, single bytes", {"[1", 2}, {"0", 1}, 131072, {"]", 1}, "", 0, 0, "", 0, 0},
    {"4.1 GiB of skipped members",
     {"{\"data\":[],\"x\":[0", 17},
     {",\"0123456789012345678901234567890123456789012345678901234567890123456789\"", 73},
     60300000,
     {"]}", 2},
     "",
     0,
     0,
     "",
     0,
     0},
};

typedef struct source {
    const hostile_input *input;
    hostile_place place;
} source;

static size_t next_of_input(void *context, char *buffer, size_t size) {
    source *from = context;
    return hostile_read(from->input, &from->place, buffer, size);
}

/* Reads in this process, which exits with the verdict as its code. */
static _Noreturn void read_and_exit(const hostile_input *input, read_function read, size_t chunk,
                                    unsigned int seconds) {
    source from = {input, {0, 0, 0}};
    stream stream = {next_of_input, &from, chunk, input->options};
    struct rlimit memory = {(rlim_t)MOST_MEBIBYTES * MEBIBYTE, (rlim_t)MOST_MEBIBYTES * MEBIBYTE};
    setrlimit(RLIMIT_AS, &memory);
    struct rlimit time = {seconds, seconds + 1}; /* CPU time: SIGXCPU */
    setrlimit(RLIMIT_CPU, &time);
    _exit((int)read(&stream));
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void print_verdict(int status, unsigned int seconds) {
    static const char *const words[] = {"accepts", "accepts, leaves the rest", "refuses"};
    if (WIFSIGNALED(status)) {
        if (WTERMSIG(status) == SIGXCPU) {
            printf("not done after %u s", seconds);
        } else {
            printf("**crashes**");
        }
    } else if (WEXITSTATUS(status) <= REFUSES) {
        printf("%s", words[WEXITSTATUS(status)]);
    } else {
        printf("exits");
    }
}

static void measure(const hostile_input *input, read_function read, size_t chunk,
                    unsigned int seconds, long idle) {
    struct rusage usage;
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        read_and_exit(input, read, chunk, seconds);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("hostile");
        exit(3);
    }
    double spent = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    long mebibytes = (usage.ru_maxrss - idle) / 1024;
    print_verdict(status, seconds);
    if (spent >= 0.1 && !WIFSIGNALED(status)) {
        printf(", %.1f s", spent);
    }
    bool refused = WIFEXITED(status) && WEXITSTATUS(status) == REFUSES;
    if (refused && mebibytes >= MOST_MEBIBYTES * 3 / 4) {
        printf(", out of memory");
    } else if (mebibytes >= 4) {
        printf(", %ld MiB", mebibytes);
    }
}

/* Prints what numres says besides its verdict, as tests/test_hostile_inputs.c expects it. */
static void print_details(const hostile_input *input) {
    if (input->code != NUMRES_OK) {
        uint64_t offset = input->offset == HOSTILE_END ? hostile_length(input) : input->offset;
        printf(": %s at %llu", numres_code_name(input->code), (unsigned long long)offset);
    }
    if (input->problems > 0) {
        printf(", %llu problem%s", (unsigned long long)input->problems,
               input->problems > 1 ? "s" : "");
    }
}

static void print_row(const hostile_input *input, size_t chunk, unsigned int seconds, long idle) {
    printf("| `%s` |", input->name);
    for (size_t at = 0; at < READERS; at++) {
        printf(" ");
        measure(input, readers[at], chunk, seconds, idle);
        if (readers[at] == read_by_numres) {
            print_details(input);
        }
        printf(" |");
    }
    printf("\n");
}

/* ---- edited documents of the corpus ---- */

enum { LARGEST_EDITED = 4096, FLIPS = 8 };

typedef struct bytes_source {
    const char *bytes;
    size_t length;
} bytes_source;

static size_t next_of_bytes(void *context, char *buffer, size_t size) {
    bytes_source *from = context;
    size_t now = from->length < size ? from->length : size;
    memcpy(buffer, from->bytes, now);
    from->bytes += now;
    from->length -= now;
    return now;
}

static size_t is_accepted(read_function read, const char *bytes, size_t length) {
    bytes_source from = {bytes, length};
    stream stream = {next_of_bytes, &from, CHUNK, ""};
    return read(&stream) == ACCEPTS ? 1 : 0;
}

/* How many of the document's truncations, or of its single-bit changes, are accepted as
   whole documents. */
static size_t accepted_edits(read_function read, char *bytes, size_t length, bool cut) {
    size_t accepted = 0;
    for (size_t place = 0; place < length; place++) {
        for (int bit = 0; !cut && bit < FLIPS; bit++) {
            bytes[place] = (char)(bytes[place] ^ 1 << bit);
            accepted += is_accepted(read, bytes, length);
            bytes[place] = (char)(bytes[place] ^ 1 << bit);
        }
        accepted += cut ? is_accepted(read, bytes, place) : 0;
    }
    return accepted;
}

static _Noreturn void read_edits_and_exit(read_function read, bool cut) {
    corpus_documents corpus = corpus_load();
    size_t accepted = 0, all = 0;
    for (size_t at = 0; at < corpus.count; at++) {
        file_bytes *bytes = &corpus.documents[at].bytes;
        if (bytes->length <= LARGEST_EDITED) {
            accepted += accepted_edits(read, bytes->bytes, bytes->length, cut);
            all += bytes->length * (cut ? 1 : FLIPS);
        }
    }
    printf("no crash, accepts %zu of %zu", accepted, all);
    fflush(stdout);
    _exit(0);
}

static void print_edits(const char *name, bool cut) {
    printf("| `%s` |", name);
    for (size_t at = 0; at < READERS; at++) {
        int status = 0;
        printf(" ");
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            read_edits_and_exit(readers[at], cut);
        }
        if (child < 0 || waitpid(child, &status, 0) != child) {
            perror("hostile");
            exit(3);
        }
        printf(WIFEXITED(status) ? " |" : "**crashes** |");
    }
    printf("\n");
}

static long idle_memory(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void print_inputs(void) {
    long idle = idle_memory();
    printf("| input | numres | yajl alone | jansson | json-c |\n|---|---|---|---|---|\n");
    for (size_t at = 0; at < hostile_input_count; at++) {
        print_row(&hostile_inputs[at], CHUNK, MOST_SECONDS, idle);
    }
    for (size_t at = 0; at < sizeof further_inputs / sizeof *further_inputs; at++) {
        size_t chunk = further_inputs[at].times == 131072 ? 1 : CHUNK;
        print_row(&further_inputs[at], chunk, chunk == 1 ? MOST_SECONDS : 20 * MOST_SECONDS, idle);
    }
}

int main(int count, char **words) {
    (void)words;
    if (count == 1) {
        print_inputs();
    }
    print_edits("documents of the corpus up to 4 KiB, cut at every byte", true);
    print_edits("documents of the corpus up to 4 KiB, every bit turned by itself", false);
    return 0;
}
