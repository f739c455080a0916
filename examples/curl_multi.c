/*
 * Reads many lists at once on one thread: libcurl's multi interface is the event
 * loop, and each list has a parser, a pager and a transfer of its own.
 *
 *     TELNYX_API_KEY=... curl_multi BASE_URL LISTS
 */
#define _DEFAULT_SOURCE /* with -std=c11, for CLOCK_MONOTONIC */
#include <curl/curl.h>
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

typedef struct list {
    CURL *transfer;
    numres_parser *parser;
    numres_query query;
    numres_pager pager;
    numres_meta meta;
    uint64_t page_elements;
    uint64_t reservations;
    uint64_t phone_numbers;
    bool complete;
} list;

/* Shared by all lists. */
typedef struct loop {
    CURLM *multi;
    struct curl_slist *headers;
    const char *base_url;
    unsigned long running;
    unsigned long most_running;
    unsigned long requests;
} loop;

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    (void)parser;
    ((list *)user)->meta = *meta;
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    list *list = user;
    (void)parser;
    list->page_elements = document->elements;
    list->reservations += document->reservations;
    list->phone_numbers += document->phone_numbers;
    return NUMRES_GO_ON;
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *user) {
    list *list = user;
    size_t consumed = 0;
    numres_parser_feed(list->parser, bytes, size * count, &consumed);
    /* Returning less than the length ends the transfer: the bytes are not a page. */
    return consumed;
}

/* These limits bound the memory, whatever a page holds. */
static numres_options small_options(void) {
    numres_options options = numres_options_default();
    options.max_value_length = 2048;
    options.max_record_text = 4096;
    return options;
}

/* Starts the transfer of the page that the pager wants. */
static bool ask(loop *loop, list *list) {
    char path[512];
    char url[1024];
    numres_pager_ask(&list->pager, &list->query);
    if (numres_query_write(&list->query, path, sizeof path, NULL) != NUMRES_OK)
        return false;
    snprintf(url, sizeof url, "%s%s", loop->base_url, path);
    numres_parser_reset(list->parser);
    list->meta = (numres_meta){0};
    curl_easy_setopt(list->transfer, CURLOPT_URL, url);
    if (curl_multi_add_handle(loop->multi, list->transfer) != CURLM_OK)
        return false;
    loop->requests++;
    if (++loop->running > loop->most_running)
        loop->most_running = loop->running;
    return true;
}

static bool start(loop *loop, list *list) {
    numres_options options = small_options();
    numres_handlers handlers = numres_handlers_default();
    handlers.on_meta = on_meta;
    handlers.on_document_end = on_document_end;
    list->query = numres_query_default();
    list->pager = numres_pager_default();
    list->transfer = curl_easy_init();
    if (list->transfer == NULL ||
        numres_parser_create(&list->parser, &options, &handlers, list) != NUMRES_OK)
        return false;
    curl_easy_setopt(list->transfer, CURLOPT_PRIVATE, list);
    curl_easy_setopt(list->transfer, CURLOPT_HTTPHEADER, loop->headers);
    curl_easy_setopt(list->transfer, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(list->transfer, CURLOPT_WRITEDATA, list);
    return ask(loop, list);
}

/* Called when a page has come or failed. Requests the next one, if there is one. */
static void end_page(loop *loop, CURL *transfer, CURLcode result) {
    list *list = NULL;
    long status = 0;
    curl_easy_getinfo(transfer, CURLINFO_PRIVATE, (char **)&list);
    curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(loop->multi, transfer);
    loop->running--;
    if (status != 200)
        fprintf(stderr, "page %llu: HTTP %ld\n", (unsigned long long)list->pager.page, status);
    else if (result != CURLE_OK && result != CURLE_WRITE_ERROR)
        fprintf(stderr, "page %llu: %s\n", (unsigned long long)list->pager.page,
                curl_easy_strerror(result));
    else if (numres_parser_finish(list->parser) != NUMRES_OK)
        fprintf(stderr, "page %llu: %s\n", (unsigned long long)list->pager.page,
                numres_parser_error(list->parser)->sentence);
    else if (numres_pager_page_read(&list->pager, &list->meta, list->page_elements) !=
             NUMRES_PAGER_NEXT)
        list->complete = list->pager.reason == NUMRES_PAGER_EMPTY_PAGE ||
                         list->pager.reason == NUMRES_PAGER_LAST_PAGE;
    else if (!ask(loop, list))
        fputs("a page cannot be asked for\n", stderr);
}

static void run(loop *loop) {
    int running = 1;
    while (loop->running > 0) {
        CURLMsg *message = NULL;
        int left = 0;
        if (curl_multi_perform(loop->multi, &running) != CURLM_OK)
            return;
        while ((message = curl_multi_info_read(loop->multi, &left)) != NULL)
            if (message->msg == CURLMSG_DONE)
                end_page(loop, message->easy_handle, message->data.result);
        if (loop->running > 0 && curl_multi_poll(loop->multi, NULL, 0, 1000, NULL) != CURLM_OK)
            return;
    }
}

static double seconds(void) {
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + (double)moment.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Prints the lists. Returns how many are complete. */
static size_t report(const loop *loop, const list *lists, size_t count, double taken) {
    struct rusage usage;
    numres_options options = small_options();
    size_t complete = 0;
    uint64_t reservations = 0;
    uint64_t phone_numbers = 0;
    for (size_t at = 0; at < count; at++) {
        complete += lists[at].complete;
        reservations += lists[at].reservations;
        phone_numbers += lists[at].phone_numbers;
    }
    printf("%zu of %zu lists complete, %lu at once: %llu reservations, %llu numbers, "
           "%lu requests\n",
           complete, count, loop->most_running, (unsigned long long)reservations,
           (unsigned long long)phone_numbers, loop->requests);
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "%.3f s, %.3f s of it busy; %zu bytes a parser, %ld KiB in all\n", taken,
            seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), numres_parser_size(&options),
            usage.ru_maxrss);
    return complete;
}

int main(int arguments_count, char **arguments) {
    const char *key = getenv("TELNYX_API_KEY");
    size_t count = arguments_count == 3 ? strtoul(arguments[2], NULL, 10) : 0;
    list *lists = count > 0 && count < 10000 ? calloc(count, sizeof *lists) : NULL;
    char authorization[256];
    if (lists == NULL || key == NULL) {
        fputs("use: TELNYX_API_KEY=... curl_multi BASE_URL LISTS\n", stderr);
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    snprintf(authorization, sizeof authorization, "Authorization: Bearer %s", key);
    loop loop = {.multi = curl_multi_init(),
                 .headers = curl_slist_append(NULL, authorization),
                 .base_url = arguments[1]};
    double begun = seconds();
    for (size_t at = 0; at < count; at++)
        if (!start(&loop, &lists[at]))
            fputs("a list cannot be started\n", stderr);
    run(&loop);
    size_t complete = report(&loop, lists, count, seconds() - begun);
    for (size_t at = 0; at < count; at++) {
        numres_parser_destroy(lists[at].parser);
        curl_easy_cleanup(lists[at].transfer);
    }
    curl_multi_cleanup(loop.multi);
    curl_slist_free_all(loop.headers);
    curl_global_cleanup();
    free(lists);
    return complete == count ? 0 : 1;
}
