/* What docs/guide.md says about threads, fork and signals. */
#include <criterion/criterion.h>
#include <numres.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace.h"

static const char page[] = "{\"data\":[{\"phone_numbers\":[{\"id\":\"1\"},{\"id\":\"2\"},"
                           "{\"id\":\"3\"}]},{\"phone_numbers\":[{\"id\":\"4\"}]}]}";

typedef struct watcher {
    trace trace;
    bool raises;
    bool stops;
    numres_parser *parser;
    numres_code code;
} watcher;

static volatile sig_atomic_t signals;

static void on_signal(int number) {
    (void)number;
    signals++;
}

static uint64_t numbers(const watcher *watcher) {
    return watcher->trace.came[NUMRES_EVENT_PHONE_NUMBER];
}

static numres_answer raise_or_stop(numres_parser *parser, trace *trace, const void *what) {
    watcher *watcher = (struct watcher *)trace;
    (void)parser, (void)what;
    if (watcher->raises)
        raise(SIGUSR1);
    return watcher->stops && signals > 0 ? NUMRES_STOP : NUMRES_GO_ON;
}

static void create(watcher *watcher) {
    numres_handlers handlers = trace_handlers();
    watcher->trace.counts_only = true;
    watcher->trace.decide = raise_or_stop;
    cr_assert_eq(numres_parser_create(&watcher->parser, NULL, &handlers, watcher), NUMRES_OK);
}

static void feed(watcher *watcher, size_t from, size_t to) {
    watcher->code = numres_parser_feed(watcher->parser, page + from, to - from, NULL);
}

static void finish(watcher *watcher) {
    if (watcher->code == NUMRES_OK)
        watcher->code = numres_parser_finish(watcher->parser);
}

/* Wherever the document is cut, parent and child read the rest, each with its own copy. */
Test(threads, a_parser_goes_on_in_both_processes_after_fork) {
    for (size_t cut = 0; cut <= strlen(page); cut++) {
        watcher watcher = {0};
        int status = 0;
        create(&watcher);
        feed(&watcher, 0, cut);
        pid_t child = fork();
        cr_assert_geq(child, 0);
        feed(&watcher, cut, strlen(page));
        finish(&watcher);
        bool whole = watcher.code == NUMRES_OK && numbers(&watcher) == 4;
        if (child == 0)
            _exit(whole ? 0 : 1);
        cr_expect(whole, "the parent, cut at %zu", cut);
        cr_assert_eq(waitpid(child, &status, 0), child);
        cr_expect_eq(status, 0, "the child, cut at %zu", cut);
        numres_parser_destroy(watcher.parser);
    }
}

static void *read_first_half(void *shared) {
    feed(shared, 0, strlen(page) / 2);
    return NULL;
}

Test(threads, a_parser_moves_from_one_thread_to_another) {
    watcher watcher = {0};
    pthread_t thread;
    create(&watcher);
    cr_assert_eq(pthread_create(&thread, NULL, read_first_half, &watcher), 0);
    cr_assert_eq(pthread_join(thread, NULL), 0);
    feed(&watcher, strlen(page) / 2, strlen(page));
    finish(&watcher);
    cr_expect_eq(watcher.code, NUMRES_OK);
    cr_expect_eq(numbers(&watcher), 4);
    numres_parser_destroy(watcher.parser);
}

static watcher read_with_signals(bool stops) {
    watcher watcher = {.raises = true, .stops = stops};
    struct sigaction action = {.sa_handler = on_signal}; /* without SA_RESTART */
    cr_assert_eq(sigaction(SIGUSR1, &action, NULL), 0);
    create(&watcher);
    feed(&watcher, 0, strlen(page));
    finish(&watcher);
    numres_parser_destroy(watcher.parser);
    return watcher;
}

Test(threads, a_signal_does_not_end_a_feed) {
    watcher watcher = read_with_signals(false);
    cr_expect_eq(watcher.code, NUMRES_OK);
    cr_expect_eq(numbers(&watcher), 4);
    cr_expect_eq((uint64_t)signals, watcher.trace.callbacks);
}

Test(threads, a_signal_can_ask_a_handler_to_stop) {
    watcher watcher = read_with_signals(true);
    cr_expect_eq(watcher.code, NUMRES_STOPPED);
    cr_expect_eq(watcher.trace.callbacks, 1);
}
