/*
 * list_trials TRIALS [SEED]: runs numres list against a server with random faults, ends
 * the runs early at random, and continues them with --resume until the list is complete.
 * In some trials the list changes meanwhile. The output of all runs of a trial is
 * compared with the list:
 *
 *   - Every reservation that was there all the time comes, none twice, and they are in
 *     order if the list did not change.
 *   - Every line is whole.
 *   - Exit code 5 says that reservations may be missing, because the list lost some
 *     while it was read; in no other case are any missing.
 *
 * After SIGKILL the reservations of that run may come again. If the reader of the pipe
 * closes it, what it did not read may be lost. The same seed gives the same trials. A
 * trial that fails is reported with everything that it did. NUMRES_BUILD_DIR names the
 * build directory.
 */
#include "list_trials.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/data_set.h"
#include "text_buffer.h"

#define OUTPUT "output"
#define MOST_RUNS 40
#define MOST_RESERVATIONS 40
#define MOST_CHANGE 12

/* The data set's numbers start at -MOST_NEW. */
#define MOST_NEW (MOST_RUNS * MOST_CHANGE)

typedef enum change {
    CHANGE_NONE,
    CHANGE_GROWS,         /* while it is read */
    CHANGE_GROWS_BETWEEN, /* between two runs */
    CHANGE_SHRINKS,
    CHANGE_SHRINKS_BETWEEN,
    CHANGE_COUNT
} change;

typedef struct trial {
    trial_random random;
    trial_server *server;
    uint64_t count, page_size; /* of the list at the start */
    change change;
    uint64_t gone; /* how many of the first reservations */
    bool loses;    /* a reader closed the pipe early */
    bool said;     /* the tool said that the list may be incomplete */
    unsigned char came[MOST_NEW + MOST_RESERVATIONS];
    bool may_repeat[MOST_NEW + MOST_RESERVATIONS];
    long read_up_to; /* offset in the output */
    text_buffer story;
} trial;

static uint64_t below(trial *trial, uint64_t bound) {
    return trial_random_below(&trial->random, bound);
}

static void add_fault(trial *trial, const char *rule) {
    text_buffer_format(&trial->story, "  %s\n", rule);
    trial_server_say(trial->server, "fault %s", rule);
}

/* %u is replaced by a random number from 1 to the bound. */
static const struct fault {
    const char *format;
    uint64_t bound;
} faults[] = {
    {"status=500", 0},
    {"status=503;body=html", 0},
    {"status=429;retry-after=%u", 50},
    {"status=429;header=x-ratelimit-reset: %u", 50},
    {"status=408", 0},
    {"status=422", 0},
    {"status=429;retry-after=3600", 0},
    {"cut=%u", 4000},
    {"chunked;cut=%u", 4000},
    {"encoding=gzip;cut=%u", 4000},
    {"drop", 0},
    {"body=empty", 0},
    {"body=./blank", 0},
    {"body=html", 0},
    {"length=+5", 0},
    {"length=-5", 0},
    {"encoding=gzip;chunked", 0},
    {"drip=%u", 300},
    {"chunked;drip=%u", 900},
    {"close=silent", 0},
    {"close=told", 0},
    {"data-page=1;page-number=1", 0},
    {"redirect=same", 0},
    {"header=x-ratelimit-remaining: 0;header=x-ratelimit-reset: %u", 60},
};

/* Adds up to three random faults. Most in the last third of the table leave the response valid. */
static void add_faults(trial *trial) {
    uint64_t pages = trial->count / trial->page_size + 2;
    for (uint64_t left = below(trial, 4); left > 0; left--) {
        const struct fault *fault = &faults[below(trial, sizeof faults / sizeof *faults)];
        char what[100];
        char rule[160];
        snprintf(what, sizeof what, fault->format,
                 (unsigned int)(fault->bound == 0 ? 0 : 1 + below(trial, fault->bound)));
        snprintf(rule, sizeof rule, "page=%u;attempt=1-%u;%s",
                 (unsigned int)(1 + below(trial, pages)), (unsigned int)(1 + below(trial, 3)),
                 what);
        add_fault(trial, rule);
    }
}

/* Adds a random change of the list: while it is read, of less than a page at once, or
   between two runs. */
static void add_change(trial *trial, uint64_t run) {
    uint64_t pages = trial->count / trial->page_size + 2;
    bool grows = trial->change == CHANGE_GROWS || trial->change == CHANGE_GROWS_BETWEEN;
    bool between = trial->change == CHANGE_GROWS_BETWEEN || trial->change == CHANGE_SHRINKS_BETWEEN;
    uint64_t number = between ? below(trial, MOST_CHANGE) : below(trial, trial->page_size);
    char rule[80];
    if (trial->change == CHANGE_NONE || number == 0 || (between && run == 0))
        return;
    if (!grows) {
        if (trial->gone + number >= trial->count)
            return;
        trial->gone += number;
    }
    if (between)
        snprintf(rule, sizeof rule, "request=1;%s=%u", grows ? "grow" : "shrink",
                 (unsigned int)number);
    else
        snprintf(rule, sizeof rule, "page=%u;attempt=1;%s=%u",
                 (unsigned int)(2 + below(trial, pages)), grows ? "grow" : "shrink",
                 (unsigned int)number);
    add_fault(trial, rule);
}

static uint64_t size_of(const char *name) {
    struct stat about;
    return stat(name, &about) == 0 ? (uint64_t)about.st_size : 0;
}

/* Chooses how this run ends, and its arguments. */
static trial_run plan(trial *trial, bool is_clean, char *arguments, size_t size) {
    static const int signals[] = {2, 15, 1, 3};
    trial_run run = {.base_url = trial->server->base_url, .output = OUTPUT};
    char limit[40] = "";
    if (!is_clean) {
        uint64_t way = below(trial, 10);
        run.end = way < 4 ? END_SIGNAL : way < 6 ? END_SIZE : way == 6 ? END_KILL : END_NONE;
        run.end = way == 7 && below(trial, 4) == 0 ? END_READER : run.end;
        run.signal_number = signals[below(trial, 4)];
        /* Signals are handled from the first byte of output on. */
        run.bytes = 1 + below(trial, trial->count * 700);
        if (run.end == END_SIZE)
            run.bytes = size_of(OUTPUT) + below(trial, 4000);
        if (way == 8)
            snprintf(limit, sizeof limit, " --max-items %u",
                     (unsigned int)(1 + below(trial, trial->count)));
        if (way == 9)
            snprintf(limit, sizeof limit, " --max-pages %u", (unsigned int)(1 + below(trial, 4)));
    }
    snprintf(arguments, size, "list --format ndjson --exit-status --resume state --page-size %u%s",
             (unsigned int)trial->page_size, limit);
    run.arguments = arguments;
    text_buffer_format(&trial->story, "  %s; end %d, signal %d, bytes %llu\n", arguments, run.end,
                       run.signal_number, (unsigned long long)run.bytes);
    return run;
}

static bool fail(trial *trial, const char *what) {
    text_buffer_format(&trial->story, "  FAILED: %s\n", what);
    return false;
}

/* The place of an id in `came`, or -1. */
static int place_of(const char *id) {
    static char ids[MOST_NEW + MOST_RESERVATIONS][DATA_SET_ID_SIZE];
    for (int at = 0; at < MOST_NEW + MOST_RESERVATIONS; at++) {
        if (ids[at][0] == '\0')
            memcpy(ids[at], data_set_reservation(at - MOST_NEW).id, DATA_SET_ID_SIZE);
        if (strncmp(ids[at], id, DATA_SET_ID_SIZE - 1) == 0)
            return at;
    }
    return -1;
}

/* Reads and checks what the last run added to the output. */
static bool read_output(trial *trial, bool was_killed) {
    static const char start[] = "{\"id\":\"";
    static char line[65536];
    FILE *file = fopen(OUTPUT, "r");
    int before = -1;
    bool right = file != NULL && fseek(file, trial->read_up_to, SEEK_SET) == 0;
    while (right && fgets(line, sizeof line, file) != NULL) {
        size_t length = strlen(line);
        bool is_whole = length > 50 && strcmp(line + length - 2, "}\n") == 0;
        int place = strncmp(line, start, strlen(start)) == 0 ? place_of(line + strlen(start)) : -1;
        if (!is_whole || place < 0)
            right =
                (was_killed || trial->loses) && feof(file) ? true : fail(trial, "a line is broken");
        else if (trial->came[place]++ > 0 && !trial->may_repeat[place])
            right = fail(trial, "a reservation came twice");
        else if (trial->change == CHANGE_NONE && place < before)
            right = fail(trial, "the order is wrong");
        if (is_whole && place >= 0) {
            before = place;
            trial->may_repeat[place] = trial->may_repeat[place] || was_killed;
            trial->read_up_to = ftell(file);
        }
    }
    if (file != NULL)
        fclose(file);
    /* A line that was cut off must not stay before the next run's first line. */
    return right && (size_of(OUTPUT) == (uint64_t)trial->read_up_to ||
                     truncate(OUTPUT, trial->read_up_to) == 0);
}

static bool says(const char *words) {
    static char text[8192];
    FILE *file = fopen("messages", "r");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    if (file != NULL)
        fclose(file);
    return strstr(text, words) != NULL;
}

static bool is_complete(trial *trial) {
    bool shrinks = trial->change == CHANGE_SHRINKS;
    for (uint64_t number = trial->gone; number < trial->count; number++)
        if (trial->came[MOST_NEW + number] == 0 && !trial->loses && !(shrinks && trial->said))
            return fail(trial, "a reservation is lost, and nobody says so");
    return true;
}

/* Makes one run. Sets `done` if the list had been found complete before it. */
static bool run_once(trial *trial, uint64_t number, bool is_clean, bool *done) {
    char arguments[200];
    trial_server_say(trial->server, "clear");
    text_buffer_format(&trial->story, " run %u\n", (unsigned int)number);
    if (!is_clean) {
        add_faults(trial);
        add_change(trial, number);
    }
    trial_run run = plan(trial, is_clean, arguments, sizeof arguments);
    int code = trial_run_tool(&run);
    text_buffer_format(&trial->story, "  exit code %d\n", code);
    trial->loses = trial->loses || run.end == END_READER;
    trial->said = trial->said || code == 5;
    if (code == 5 && trial->change != CHANGE_SHRINKS)
        return fail(trial, "the list is called incomplete");
    *done = says("is already complete");
    /* 1 is also a sanitizer's exit code. */
    if (code == 1 || code == 2 || (code > 6 && code != 130 && code != 128 + 9 && code != 128 + 13))
        return fail(trial, "an exit code that is none");
    return read_output(trial, run.end == END_KILL);
}

static bool try_trial(trial *trial) {
    bool done = false;
    uint64_t faulty = 1 + below(trial, 3);
    trial->count = 1 + below(trial, MOST_RESERVATIONS - 1);
    trial->page_size = 1 + below(trial, 12);
    trial->change = below(trial, 2) == 0 ? CHANGE_NONE : (change)below(trial, CHANGE_COUNT);
    unlink("state");
    unlink(OUTPUT);
    trial_server_say(trial->server, "list %u", (unsigned int)trial->count);
    text_buffer_format(&trial->story, " %u reservations, %u a page, change %d\n",
                       (unsigned int)trial->count, (unsigned int)trial->page_size, trial->change);
    for (uint64_t run = 0; !done; run++) {
        if (run == MOST_RUNS)
            return fail(trial, "there is no end");
        if (!run_once(trial, run, run >= faulty, &done))
            return false;
    }
    return is_complete(trial);
}

static bool run_trials(trial_server *server, uint64_t trials, uint64_t seed) {
    uint64_t failed = 0;
    for (uint64_t number = 0; number < trials; number++) {
        trial trial = {.random = {seed + number * 0x2545f4914f6cdd1du}, .server = server};
        text_buffer_format(&trial.story, "trial %llu of seed %llu\n", (unsigned long long)number,
                           (unsigned long long)seed);
        if (!try_trial(&trial)) {
            failed++;
            fputs(trial.story.bytes, stdout);
        }
        text_buffer_free(&trial.story);
    }
    printf("%llu trials of interrupted lists, seed %llu, %llu failed\n", (unsigned long long)trials,
           (unsigned long long)seed, (unsigned long long)failed);
    return failed == 0;
}

int main(int count, char **arguments) {
    /* In memory if possible, because each page is synced. */
    char directory[40];
    snprintf(directory, sizeof directory, "%s/numres-trials-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    const char *build = getenv("NUMRES_BUILD_DIR");
    uint64_t trials = count > 1 ? strtoull(arguments[1], NULL, 10) : 0;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    trial_server server;
    if (trials == 0 || build == NULL) {
        fputs("usage: NUMRES_BUILD_DIR=DIRECTORY list_trials TRIALS [SEED]\n", stderr);
        return 2;
    }
    if (mkdtemp(directory) == NULL || chdir(directory) != 0)
        return 1;
    FILE *blank = fopen("blank", "w");
    if (blank == NULL || fputs(" \r\n\t ", blank) < 0 || fclose(blank) != 0)
        return 1;
    /* Once, for all forked processes. */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!trial_server_start(&server, build))
        return 1;
    bool right = run_trials(&server, trials, seed);
    trial_server_stop(&server);
    curl_global_cleanup();
    static const char *const files[] = {"blank", "state",    "state.lock",
                                        OUTPUT,  "messages", "waits"};
    for (size_t at = 0; at < sizeof files / sizeof *files; at++)
        unlink(files[at]);
    return chdir("/") == 0 && rmdir(directory) == 0 && right ? 0 : 1;
}
