/*
 * hostile: what numres, yajl alone, jansson and json-c make of the inputs of
 * tests/hostile_inputs.c, as a Markdown table (docs/robustness.md holds it).
 * Each reading is a process of its own with 1 GiB of address space and 20
 * seconds. Times from 0.1 s and memory from 4 MiB on are named.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../tests/hostile_inputs.h"
#include "hostile_readers.h"

enum { MEBIBYTE = 1024 * 1024, MOST_MEBIBYTES = 1024, MOST_SECONDS = 20, CHUNK = 65536 };

static const read_function readers[] = {read_by_numres, read_by_yajl, read_by_jansson,
                                        read_by_json_c};
enum { READERS = sizeof readers / sizeof *readers };

/* What is measured beside the listed inputs. */
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

/* Reads in this process, which ends with the verdict as its code. */
static _Noreturn void read_and_exit(const hostile_input *input, read_function read, size_t chunk,
                                    unsigned int seconds) {
    source from = {input, {0, 0, 0}};
    stream stream = {next_of_input, &from, chunk, input->options};
    struct rlimit memory = {(rlim_t)MOST_MEBIBYTES * MEBIBYTE, (rlim_t)MOST_MEBIBYTES * MEBIBYTE};
    setrlimit(RLIMIT_AS, &memory);
    alarm(seconds);
    _exit((int)read(&stream));
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void print_verdict(int status) {
    static const char *const words[] = {"accepts", "accepts, leaves the rest", "refuses"};
    if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        printf("%s", number == SIGALRM ? "not done after 20 s" : "**crashes**");
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
    print_verdict(status);
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

/* What numres says beside its verdict; tests/test_hostile_inputs.c holds it. */
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

static long idle_memory(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

int main(void) {
    long idle = idle_memory();
    printf("| input | numres | yajl alone | jansson | json-c |\n|---|---|---|---|---|\n");
    for (size_t at = 0; at < hostile_input_count; at++) {
        print_row(&hostile_inputs[at], CHUNK, MOST_SECONDS, idle);
    }
    for (size_t at = 0; at < sizeof further_inputs / sizeof *further_inputs; at++) {
        size_t chunk = further_inputs[at].times == 131072 ? 1 : CHUNK;
        print_row(&further_inputs[at], chunk, chunk == 1 ? MOST_SECONDS : 20 * MOST_SECONDS, idle);
    }
    return 0;
}
