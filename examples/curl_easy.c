/*
 * Lists reserved numbers over libcurl's easy interface. The consumer takes a few rows at
 * a time. While it is busy, the parser and the transfer pause, so that memory never holds
 * more than one chunk.
 *
 *     TELNYX_API_KEY=... curl_easy [BASE_URL]
 */
#include <curl/curl.h>
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM 8

typedef struct list {
    CURL *transfer;
    numres_parser *parser;
    numres_pager pager;
    numres_meta meta;
    uint64_t elements;   /* of the page */
    char rows[ROOM][64]; /* what the consumer has not taken yet */
    size_t row_count;
    size_t taken; /* bytes of the paused chunk that are already parsed */
    unsigned long pauses;
} list;

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

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *error,
                                  void *user) {
    (void)parser, (void)user;
    fprintf(stderr, "the API says: %.*s\n", (int)error->detail.length, error->detail.bytes);
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    (void)parser;
    ((list *)user)->elements = document->elements;
    return NUMRES_GO_ON;
}

/* The consumer. Here it only prints. */
static void consume(list *list) {
    for (size_t at = 0; at < list->row_count; at++)
        puts(list->rows[at]);
    list->row_count = 0;
}

/*
 * After a pause libcurl passes the chunk again from its first byte, maybe with more bytes
 * after it. Skip those that the parser has already taken.
 */
static size_t on_bytes(char *bytes, size_t size, size_t count, void *user) {
    list *list = user;
    size_t length = size * count;
    size_t known = list->taken < length ? list->taken : length;
    size_t consumed = 0;
    numres_code code = numres_parser_feed(list->parser, bytes + known, length - known, &consumed);
    if (code == NUMRES_PAUSED) {
        list->taken = known + consumed;
        list->pauses++;
        return CURL_WRITEFUNC_PAUSE;
    }
    list->taken -= known;
    /* Returning anything but the length ends the transfer. */
    return code == NUMRES_OK ? length : length + 1;
}

/*
 * libcurl calls this often, and at least once a second while the transfer is paused. If
 * you cannot wait that long, drive the transfer from your own event loop: see
 * curl_multi.c.
 */
static int on_progress(void *user, curl_off_t total, curl_off_t now, curl_off_t upload_total,
                       curl_off_t upload_now) {
    list *list = user;
    (void)total, (void)now, (void)upload_total, (void)upload_now;
    if (list->row_count == ROOM) {
        consume(list);
        curl_easy_pause(list->transfer, CURLPAUSE_CONT);
    }
    return 0;
}

/* Requests one page and reads it. Returns false after reporting an error. */
static bool read_page(list *list, const char *base_url, numres_query *query) {
    char path[512];
    char url[1024];
    long status = 0;
    numres_pager_ask(&list->pager, query);
    if (numres_query_write(query, path, sizeof path, NULL) != NUMRES_OK)
        return false;
    snprintf(url, sizeof url, "%s%s", base_url, path);
    numres_parser_reset(list->parser);
    list->meta = (numres_meta){0};
    list->taken = 0;
    curl_easy_setopt(list->transfer, CURLOPT_URL, url);
    CURLcode result = curl_easy_perform(list->transfer);
    curl_easy_getinfo(list->transfer, CURLINFO_RESPONSE_CODE, &status);
    numres_code code = NUMRES_OK;
    if (result == CURLE_OK)
        while ((code = numres_parser_finish(list->parser)) == NUMRES_PAUSED)
            consume(list);
    consume(list);
    const numres_error *error = numres_parser_error(list->parser);
    if (error->code != NUMRES_OK)
        fprintf(stderr, "HTTP %ld: %s\n", status, error->sentence);
    else if (result != CURLE_OK)
        fprintf(stderr, "%s\n", curl_easy_strerror(result));
    else if (status != 200)
        fprintf(stderr, "HTTP %ld\n", status);
    return result == CURLE_OK && code == NUMRES_OK && status == 200;
}

static bool read_list(list *list, const char *base_url) {
    numres_query query = numres_query_default();
    do {
        if (!read_page(list, base_url, &query))
            return false;
    } while (numres_pager_page_read(&list->pager, &list->meta, list->elements) ==
             NUMRES_PAGER_NEXT);
    fprintf(stderr, "%lu pauses; %s\n", list->pauses, numres_pager_sentence(list->pager.reason));
    return true;
}

static bool set_up(list *list, struct curl_slist **headers) {
    char authorization[256];
    const char *key = getenv("TELNYX_API_KEY");
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_meta = on_meta;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    list->pager = numres_pager_default();
    list->transfer = curl_easy_init();
    snprintf(authorization, sizeof authorization, "Authorization: Bearer %s",
             key == NULL ? "" : key);
    *headers = curl_slist_append(NULL, authorization);
    curl_easy_setopt(list->transfer, CURLOPT_HTTPHEADER, *headers);
    curl_easy_setopt(list->transfer, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(list->transfer, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(list->transfer, CURLOPT_WRITEDATA, list);
    curl_easy_setopt(list->transfer, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(list->transfer, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(list->transfer, CURLOPT_XFERINFODATA, list);
    return list->transfer != NULL && *headers != NULL &&
           numres_parser_create(&list->parser, NULL, &handlers, list) == NUMRES_OK;
}

int main(int count, char **arguments) {
    static list list;
    struct curl_slist *headers = NULL;
    const char *base_url = count > 1 ? arguments[1] : "https://api.telnyx.com/v2";
    curl_global_init(CURL_GLOBAL_DEFAULT);
    bool fine = set_up(&list, &headers) && read_list(&list, base_url);
    numres_parser_destroy(list.parser);
    curl_easy_cleanup(list.transfer);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    return fine ? 0 : 1;
}
