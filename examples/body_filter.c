/*
 * A body filter, as a proxy or web server calls it: the body passes through unchanged,
 * and its phone numbers go to a thread of their own. While that thread is busy, the
 * filter holds the body back.
 *
 *     body_filter <page.json >same.json
 */
#include <numres.h>
#include <pthread.h>
#include <stdio.h>

#define ROOM 8

/* Shared by the two threads. The parser is not here: only one thread uses it. */
typedef struct queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char rows[ROOM][64];
    size_t count;
    bool ended;
} queue;

typedef struct filter {
    numres_parser *parser;
    queue *queue;
    bool gave_up; /* not a page: the body passes on unread */
    unsigned long pauses;
} filter;

/* The record is valid only during this call, so its text is copied. */
static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *number,
                                     void *user) {
    queue *queue = ((filter *)user)->queue;
    char text[32];
    (void)parser;
    numres_text_copy(number->phone_number, text, sizeof text);
    pthread_mutex_lock(&queue->lock);
    snprintf(queue->rows[queue->count++], sizeof queue->rows[0], "%s is %s", text,
             numres_status_name(number->status.value));
    bool is_full = queue->count == ROOM;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
    return is_full ? NUMRES_PAUSE : NUMRES_GO_ON;
}

/*
 * The filter. Returns how many of the bytes may pass on: all, or fewer if the thread is
 * busy. The server calls it again with the rest once there is room.
 */
static size_t filter_body(filter *filter, const char *bytes, size_t length) {
    size_t consumed = 0;
    if (filter->gave_up)
        return length;
    numres_code code = numres_parser_feed(filter->parser, bytes, length, &consumed);
    if (code == NUMRES_PAUSED) {
        filter->pauses++;
        return consumed;
    }
    filter->gave_up = code != NUMRES_OK;
    return length;
}

/* The thread: writes all numbers in the queue, then waits for more. */
static void *consume(void *shared) {
    queue *queue = shared;
    pthread_mutex_lock(&queue->lock);
    while (queue->count > 0 || !queue->ended) {
        for (size_t at = 0; at < queue->count; at++)
            fprintf(stderr, "%s\n", queue->rows[at]);
        queue->count = 0;
        pthread_cond_broadcast(&queue->changed);
        if (!queue->ended)
            pthread_cond_wait(&queue->changed, &queue->lock);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* A server would return to its event loop here and try again later. */
static void wait_for_room(queue *queue) {
    pthread_mutex_lock(&queue->lock);
    while (queue->count == ROOM)
        pthread_cond_wait(&queue->changed, &queue->lock);
    pthread_mutex_unlock(&queue->lock);
}

static void filter_end(filter *filter) {
    const numres_error *error = numres_parser_error(filter->parser);
    while (numres_parser_finish(filter->parser) == NUMRES_PAUSED)
        wait_for_room(filter->queue);
    if (error->code != NUMRES_OK)
        fprintf(stderr, "no page: %s at byte %llu\n", numres_code_name(error->code),
                (unsigned long long)error->offset);
}

static void end(queue *queue) {
    pthread_mutex_lock(&queue->lock);
    queue->ended = true;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

/* The server: copies the body from input to output. */
static void serve(filter *filter) {
    char chunk[4096];
    for (size_t length; (length = fread(chunk, 1, sizeof chunk, stdin)) > 0;) {
        for (size_t at = 0; at < length;) {
            size_t passed = filter_body(filter, chunk + at, length - at);
            fwrite(chunk + at, 1, passed, stdout);
            at += passed;
            wait_for_room(filter->queue);
        }
    }
}

int main(void) {
    static queue queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    filter filter = {.queue = &queue};
    pthread_t consumer;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    if (numres_parser_create(&filter.parser, NULL, &handlers, &filter) != NUMRES_OK ||
        pthread_create(&consumer, NULL, consume, &queue) != 0)
        return 1;
    serve(&filter);
    filter_end(&filter);
    end(&queue);
    pthread_join(consumer, NULL);
    fprintf(stderr, "%lu pauses\n", filter.pauses);
    numres_parser_destroy(filter.parser);
    return 0;
}
