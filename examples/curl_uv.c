/*
 * Lists reserved numbers over libcurl in a libuv loop. The consumer has its own turn in
 * the loop. Until then the parser and the transfer pause, and the loop is free for other
 * work.
 *
 *     TELNYX_API_KEY=... curl_uv [BASE_URL]
 */
#define _DEFAULT_SOURCE /* with -std=c11, for uv.h's locks */
#include <curl/curl.h>
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

#define ROOM 8

typedef struct list {
    CURLM *multi;
    CURL *transfer;
    uv_timer_t timer;    /* libcurl's */
    uv_async_t consumer; /* wakes the consumer */
    const char *base_url;
    numres_parser *parser;
    numres_query query;
    numres_pager pager;
    numres_meta meta;
    uint64_t elements;   /* of the page */
    char rows[ROOM][64]; /* what the consumer has not taken yet */
    size_t row_count;
    size_t taken; /* bytes of the paused chunk that are already parsed */
    unsigned long pauses;
    bool fine;
} list;

/* A socket that libcurl wants watched. */
typedef struct watched {
    uv_poll_t poll;
    curl_socket_t socket;
    list *list;
} watched;

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *number,
                                     void *user) {
    list *list = user;
    (void)parser;
    snprintf(list->rows[list->row_count++], sizeof list->rows[0], "%.*s is %.*s",
             (int)number->phone_number.length, number->phone_number.bytes,
             (int)number->status.text.length, number->status.text.bytes);
    return list->row_count < ROOM ? NUMRES_GO_ON : NUMRES_PAUSE;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    (void)parser;
    ((list *)user)->meta = *meta;
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    (void)parser;
    ((list *)user)->elements = document->elements;
    return NUMRES_GO_ON;
}

static void print_rows(list *list) {
    for (size_t at = 0; at < list->row_count; at++)
        puts(list->rows[at]);
    list->row_count = 0;
}

/* The consumer's turn: makes room, then resumes the transfer. */
static void on_consumer(uv_async_t *consumer) {
    list *list = consumer->data;
    print_rows(list);
    curl_easy_pause(list->transfer, CURLPAUSE_CONT);
}

/* libcurl passes a paused chunk again from its first byte: see curl_easy.c. */
static size_t on_bytes(char *bytes, size_t size, size_t count, void *user) {
    list *list = user;
    size_t length = size * count;
    size_t known = list->taken < length ? list->taken : length;
    size_t consumed = 0;
    numres_code code = numres_parser_feed(list->parser, bytes + known, length - known, &consumed);
    if (code == NUMRES_PAUSED) {
        list->taken = known + consumed;
        list->pauses++;
        uv_async_send(&list->consumer);
        return CURL_WRITEFUNC_PAUSE;
    }
    list->taken -= known;
    /* Returning anything but the length ends the transfer. */
    return code == NUMRES_OK ? length : length + 1;
}

/* Starts the transfer of the page that the pager wants. */
static bool ask(list *list) {
    char path[512];
    char url[1024];
    numres_pager_ask(&list->pager, &list->query);
    if (numres_query_write(&list->query, path, sizeof path, NULL) != NUMRES_OK)
        return false;
    snprintf(url, sizeof url, "%s%s", list->base_url, path);
    numres_parser_reset(list->parser);
    list->meta = (numres_meta){0};
    list->taken = 0;
    curl_easy_setopt(list->transfer, CURLOPT_URL, url);
    return curl_multi_add_handle(list->multi, list->transfer) == CURLM_OK;
}

/* Returns whether the whole page came; prints what went wrong if not. */
static bool page_is_whole(list *list, CURLcode result) {
    long status = 0;
    numres_code code = NUMRES_OK;
    curl_easy_getinfo(list->transfer, CURLINFO_RESPONSE_CODE, &status);
    if (result == CURLE_OK)
        while ((code = numres_parser_finish(list->parser)) == NUMRES_PAUSED)
            print_rows(list);
    print_rows(list);
    const numres_error *error = numres_parser_error(list->parser);
    if (error->code != NUMRES_OK)
        fprintf(stderr, "HTTP %ld: %s\n", status, error->sentence);
    else if (result != CURLE_OK)
        fprintf(stderr, "%s\n", curl_easy_strerror(result));
    else if (status != 200)
        fprintf(stderr, "HTTP %ld\n", status);
    return result == CURLE_OK && code == NUMRES_OK && status == 200;
}

/* Closes the handles, so that the loop ends. */
static void stop(list *list) {
    uv_close((uv_handle_t *)&list->timer, NULL);
    uv_close((uv_handle_t *)&list->consumer, NULL);
}

static void end_page(list *list, CURLcode result) {
    curl_multi_remove_handle(list->multi, list->transfer);
    if (!page_is_whole(list, result))
        stop(list);
    else if (numres_pager_page_read(&list->pager, &list->meta, list->elements) ==
             NUMRES_PAGER_NEXT) {
        if (!ask(list))
            stop(list);
    } else {
        list->fine = true;
        stop(list);
    }
}

/* Lets libcurl do what it can without waiting. */
static void act(list *list, curl_socket_t socket, int events) {
    int left = 0;
    CURLMsg *message = NULL;
    curl_multi_socket_action(list->multi, socket, events, &left);
    while ((message = curl_multi_info_read(list->multi, &left)) != NULL)
        if (message->msg == CURLMSG_DONE)
            end_page(list, message->data.result);
}

static void on_ready(uv_poll_t *poll, int status, int events) {
    watched *watched = poll->data;
    int ready = (events & UV_READABLE ? CURL_CSELECT_IN : 0) |
                (events & UV_WRITABLE ? CURL_CSELECT_OUT : 0) | (status < 0 ? CURL_CSELECT_ERR : 0);
    act(watched->list, watched->socket, ready);
}

static void on_time(uv_timer_t *timer) {
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static void free_watched(uv_handle_t *handle) {
    free(handle->data);
}

static watched *watch(list *list, curl_socket_t socket) {
    watched *watched = calloc(1, sizeof *watched);
    if (watched == NULL)
        return NULL;
    watched->socket = socket;
    watched->list = list;
    uv_poll_init_socket(uv_default_loop(), &watched->poll, socket);
    watched->poll.data = watched;
    curl_multi_assign(list->multi, socket, watched);
    return watched;
}

/* libcurl calls this to say which sockets to watch, */
static int on_socket(CURL *transfer, curl_socket_t socket, int what, void *user, void *known) {
    watched *watched = known;
    (void)transfer;
    if (what == CURL_POLL_REMOVE) {
        if (watched != NULL) {
            uv_poll_stop(&watched->poll);
            uv_close((uv_handle_t *)&watched->poll, free_watched);
            curl_multi_assign(((list *)user)->multi, socket, NULL);
        }
        return 0;
    }
    if (watched == NULL && (watched = watch(user, socket)) == NULL)
        return -1;
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    return uv_poll_start(&watched->poll, events, on_ready) == 0 ? 0 : -1;
}

/* and this to say when to call it even if no socket is ready. */
static int on_timeout(CURLM *multi, long milliseconds, void *user) {
    list *list = user;
    (void)multi;
    if (uv_is_closing((uv_handle_t *)&list->timer))
        return 0;
    if (milliseconds < 0)
        return uv_timer_stop(&list->timer);
    return uv_timer_start(&list->timer, on_time, (uint64_t)milliseconds, 0);
}

static bool set_up_parser(list *list) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_meta = on_meta;
    handlers.on_document_end = on_document_end;
    list->query = numres_query_default();
    list->pager = numres_pager_default();
    return numres_parser_create(&list->parser, NULL, &handlers, list) == NUMRES_OK;
}

static bool set_up_transfer(list *list, struct curl_slist **headers) {
    char authorization[256];
    const char *key = getenv("TELNYX_API_KEY");
    snprintf(authorization, sizeof authorization, "Authorization: Bearer %s",
             key == NULL ? "" : key);
    *headers = curl_slist_append(NULL, authorization);
    list->multi = curl_multi_init();
    list->transfer = curl_easy_init();
    if (list->multi == NULL || list->transfer == NULL || *headers == NULL)
        return false;
    curl_multi_setopt(list->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(list->multi, CURLMOPT_SOCKETDATA, list);
    curl_multi_setopt(list->multi, CURLMOPT_TIMERFUNCTION, on_timeout);
    curl_multi_setopt(list->multi, CURLMOPT_TIMERDATA, list);
    curl_easy_setopt(list->transfer, CURLOPT_HTTPHEADER, *headers);
    curl_easy_setopt(list->transfer, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(list->transfer, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(list->transfer, CURLOPT_WRITEDATA, list);
    uv_timer_init(uv_default_loop(), &list->timer);
    uv_async_init(uv_default_loop(), &list->consumer, on_consumer);
    list->timer.data = list;
    list->consumer.data = list;
    return true;
}

int main(int count, char **arguments) {
    static list list;
    struct curl_slist *headers = NULL;
    list.base_url = count > 1 ? arguments[1] : "https://api.telnyx.com/v2";
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (set_up_parser(&list) && set_up_transfer(&list, &headers) && ask(&list))
        uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    if (list.fine)
        fprintf(stderr, "%lu pauses; %s\n", list.pauses, numres_pager_sentence(list.pager.reason));
    curl_easy_cleanup(list.transfer);
    curl_multi_cleanup(list.multi);
    uv_run(uv_default_loop(), UV_RUN_DEFAULT); /* closes what libcurl just released */
    uv_loop_close(uv_default_loop());
    numres_parser_destroy(list.parser);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    return list.fine ? 0 : 1;
}
