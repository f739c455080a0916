#include "traffic.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Later pages share one count of attempts. */
#define COUNTED_PAGES 1024

struct traffic {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int log;
    rules *rules;
    listing listing;
    uint64_t requests; /* in the log */
    uint64_t requests_before_clear;
    store *store;
    uint64_t attempts[COUNTED_PAGES + OPERATION_COUNT]; /* of pages, and of other operations */
    uint64_t halted;                                    /* responses that have stopped */
    uint64_t generation;                                /* how often they were resumed */
    bool ends;
    awaited awaited;
    uint64_t awaited_count;
    void (*reached)(void);
};

traffic *traffic_create(int log, int64_t reservations) {
    traffic *traffic = calloc(1, sizeof *traffic);
    pthread_condattr_t attributes;
    if (traffic == NULL)
        return NULL;
    traffic->log = log;
    traffic->listing.count = reservations;
    traffic->rules = rules_create();
    traffic->store = store_create();
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (traffic->rules == NULL || traffic->store == NULL ||
        pthread_mutex_init(&traffic->lock, NULL) != 0 ||
        pthread_cond_init(&traffic->changed, &attributes) != 0) {
        rules_destroy(traffic->rules);
        store_destroy(traffic->store);
        free(traffic);
        return NULL;
    }
    pthread_condattr_destroy(&attributes);
    return traffic;
}

void traffic_destroy(traffic *traffic) {
    rules_destroy(traffic->rules);
    store_destroy(traffic->store);
    pthread_cond_destroy(&traffic->changed);
    pthread_mutex_destroy(&traffic->lock);
    free(traffic);
}

bool traffic_add_rule(traffic *traffic, const char *rule) {
    pthread_mutex_lock(&traffic->lock);
    bool right = rules_add(traffic->rules, rule);
    pthread_mutex_unlock(&traffic->lock);
    return right;
}

void traffic_clear(traffic *traffic) {
    pthread_mutex_lock(&traffic->lock);
    rules_clear(traffic->rules);
    memset(traffic->attempts, 0, sizeof traffic->attempts);
    traffic->requests_before_clear = traffic->requests;
    pthread_mutex_unlock(&traffic->lock);
}

void traffic_set_list(traffic *traffic, int64_t reservations) {
    pthread_mutex_lock(&traffic->lock);
    traffic->listing = (listing){0, reservations};
    pthread_mutex_unlock(&traffic->lock);
}

/* Notifies the waiting command if its count is reached. Call it under the lock. */
static void tell(traffic *traffic) {
    bool reached =
        (traffic->awaited == AWAITED_STALLED && traffic->halted >= traffic->awaited_count) ||
        (traffic->awaited == AWAITED_REQUESTS && traffic->requests >= traffic->awaited_count);
    if (reached) {
        traffic->awaited = AWAITED_NOTHING;
        traffic->reached();
    }
}

void traffic_await(traffic *traffic, awaited what, uint64_t count, void (*reached)(void)) {
    pthread_mutex_lock(&traffic->lock);
    traffic->awaited = what;
    traffic->awaited_count = count;
    traffic->reached = reached;
    tell(traffic);
    pthread_mutex_unlock(&traffic->lock);
}

static void write_log(const traffic *traffic, const char *line) {
    size_t length = strlen(line);
    ssize_t written = 0;
    while (traffic->log >= 0 && length > 0 && (written = write(traffic->log, line, length)) > 0) {
        line += written;
        length -= (size_t)written;
    }
}

static void alter_list(listing *listing, const behaviour *behaviour) {
    int64_t grown = (int64_t)behaviour->grow;
    int64_t shrunk = (int64_t)behaviour->shrink;
    listing->first += shrunk - grown;
    listing->count += grown - shrunk;
    if (listing->count < 0)
        listing->count = 0;
}

/* Where attempts at this request are counted. */
static size_t count_of(const arrival *arrival) {
    if (arrival->operation > OPERATION_LIST)
        return COUNTED_PAGES + (size_t)arrival->operation;
    return arrival->page < COUNTED_PAGES ? (size_t)arrival->page : COUNTED_PAGES - 1;
}

store *traffic_store(traffic *traffic) {
    return traffic->store;
}

void traffic_grow(traffic *traffic) {
    pthread_mutex_lock(&traffic->lock);
    traffic->listing.first--;
    traffic->listing.count++;
    pthread_mutex_unlock(&traffic->lock);
}

void traffic_enter(traffic *traffic, const arrival *arrival, behaviour *behaviour,
                   listing *listing) {
    size_t page = count_of(arrival);
    pthread_mutex_lock(&traffic->lock);
    write_log(traffic, arrival->line);
    traffic->requests++;
    if (!arrival->moved)
        traffic->attempts[page]++;
    *behaviour = rules_behaviour(
        traffic->rules, &(occasion){.operation = arrival->operation,
                                    .page = arrival->page,
                                    .attempt = traffic->attempts[page],
                                    .request = traffic->requests - traffic->requests_before_clear});
    alter_list(&traffic->listing, behaviour);
    *listing = traffic->listing;
    tell(traffic);
    pthread_mutex_unlock(&traffic->lock);
}

bool traffic_halt(traffic *traffic) {
    pthread_mutex_lock(&traffic->lock);
    uint64_t generation = traffic->generation;
    traffic->halted++;
    tell(traffic);
    while (!traffic->ends && traffic->generation == generation)
        pthread_cond_wait(&traffic->changed, &traffic->lock);
    bool goes_on = !traffic->ends;
    pthread_mutex_unlock(&traffic->lock);
    return goes_on;
}

bool traffic_pause(traffic *traffic, uint64_t microseconds) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t nanoseconds = (uint64_t)until.tv_nsec + microseconds % 1000000 * 1000;
    until.tv_sec += (time_t)(microseconds / 1000000 + nanoseconds / 1000000000);
    until.tv_nsec = (long)(nanoseconds % 1000000000);
    pthread_mutex_lock(&traffic->lock);
    while (!traffic->ends && pthread_cond_timedwait(&traffic->changed, &traffic->lock, &until) == 0)
        continue;
    bool goes_on = !traffic->ends;
    pthread_mutex_unlock(&traffic->lock);
    return goes_on;
}

void traffic_go(traffic *traffic) {
    pthread_mutex_lock(&traffic->lock);
    traffic->generation++;
    traffic->halted = 0;
    pthread_cond_broadcast(&traffic->changed);
    pthread_mutex_unlock(&traffic->lock);
}

void traffic_end(traffic *traffic) {
    pthread_mutex_lock(&traffic->lock);
    traffic->ends = true;
    pthread_cond_broadcast(&traffic->changed);
    pthread_mutex_unlock(&traffic->lock);
}
