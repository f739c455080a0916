#include "response.h"

#include "body.h"
#include "errand.h"
#include "gzip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_PAGE_SIZE 20
#define LARGEST_PAGE_SIZE 250
#define LARGEST_PAGE_NUMBER 1000000000

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static const char *argument(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
}

/* "right", "wrong" or "none". */
static const char *judge_key(const service *service, struct MHD_Connection *connection) {
    static const char scheme[] = "Bearer ";
    const char *given = header(connection, "Authorization");
    if (given == NULL)
        return "none";
    return strncmp(given, scheme, sizeof scheme - 1) == 0 &&
                   strcmp(given + sizeof scheme - 1, service->key) == 0
               ? "right"
               : "wrong";
}

/* Adds a field to the log, without blanks, which would split it. */
static void add_field(text_buffer *line, const char *text, size_t length) {
    text_buffer_add(line, " ", 1);
    if (length == 0)
        text_buffer_add(line, "-", 1);
    for (size_t at = 0; at < length; at++)
        if (text[at] != ' ')
            text_buffer_add(line, text + at, 1);
}

static void add_text(text_buffer *line, const char *text) {
    add_field(line, text, text == NULL ? 0 : strlen(text));
}

static unsigned int connection_number(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    unsigned int *number = info == NULL ? NULL : info->socket_context;
    return number == NULL ? 0 : *number;
}

static void write_line(text_buffer *line, const service *service, struct MHD_Connection *connection,
                       const char *method, const request *request) {
    const char *uri = request->uri;
    size_t path = strcspn(uri, "?");
    text_buffer_format(line, "%u", connection_number(connection));
    add_text(line, method);
    add_field(line, uri, path);
    add_text(line, uri[path] == '?' ? uri + path + 1 : NULL);
    add_text(line, judge_key(service, connection));
    add_text(line, header(connection, "Host"));
    add_text(line, header(connection, "Accept"));
    add_text(line, header(connection, "Accept-Encoding"));
    add_text(line, header(connection, "Idempotency-Key"));
    add_text(line, header(connection, "Content-Type"));
    add_text(line, header(connection, "Content-Length"));
    add_field(line, request->body.bytes, request->body.length);
    text_buffer_add(line, "\n", 1);
}

/* Reads a number from 1 on. Returns false if it is wrong. */
static bool read_argument(struct MHD_Connection *connection, const char *name, uint64_t most,
                          uint64_t *number) {
    const char *text = argument(connection, name);
    if (text == NULL)
        return true;
    return strlen(text) < 12 && behaviour_number(text, number) && *number >= 1 && *number <= most;
}

static bool read_request(struct MHD_Connection *connection, page_request *asked) {
    *asked = (page_request){
        .filters = {.status = argument(connection, "filter[status]"),
                    .created_after = argument(connection, "filter[created_at][gt]"),
                    .created_before = argument(connection, "filter[created_at][lt]"),
                    .phone_number = argument(connection, "filter[phone_numbers.phone_number]"),
                    .reference = argument(connection, "filter[customer_reference]")},
        .number = 1,
        .size = DEFAULT_PAGE_SIZE};
    bool right = read_argument(connection, "page[number]", LARGEST_PAGE_NUMBER, &asked->number);
    return read_argument(connection, "page[size]", LARGEST_PAGE_SIZE, &asked->size) && right;
}

static bool add_file(text_buffer *text, const char *name) {
    char piece[4096];
    size_t length = 0;
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        return false;
    while ((length = fread(piece, 1, sizeof piece, file)) > 0)
        text_buffer_add(text, piece, length);
    fclose(file);
    return true;
}

static const char html[] = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n"
                           "<body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n"
                           "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
static const char mock[] = "{\"error\":{\"message\":\"not in the mock\",\"type\":\"mock_error\"}}";

/* Writes a body that the behaviour names. Returns false if there is no such file. */
static bool write_named(text_buffer *text, const char *kind, unsigned int status) {
    if (strcmp(kind, "html") == 0)
        text_buffer_add(text, html, sizeof html - 1);
    else if (strcmp(kind, "mock") == 0)
        text_buffer_add(text, mock, sizeof mock - 1);
    else if (strcmp(kind, "errors") == 0)
        page_write_errors(text, status);
    else if (strcmp(kind, "empty") != 0)
        return add_file(text, kind);
    return true;
}

static void pad(text_buffer *text, uint64_t padding) {
    static const char blanks[] = "                                                                ";
    if (padding == 0 || text->length == 0)
        return;
    char last = text->bytes[--text->length];
    while (padding > 0) {
        size_t length = padding < sizeof blanks - 1 ? (size_t)padding : sizeof blanks - 1;
        text_buffer_add(text, blanks, length);
        padding -= length;
    }
    text_buffer_add(text, &last, 1);
}

static void pack(text_buffer *text) {
    text_buffer packed = {NULL, 0, 0};
    gzip_write(&packed, text->length > 0 ? text->bytes : "", text->length);
    text_buffer_free(text);
    *text = packed;
}

/* For a Content-Length that is too small: the rest is sent too, but without MHD's knowledge. */
static void split_surplus(text_buffer *text, text_buffer *surplus, const behaviour *behaviour) {
    size_t length = behaviour->length_off < 0 ? (size_t)-behaviour->length_off : 0;
    if (length == 0 || length > text->length)
        return;
    text->length -= length;
    text_buffer_add(surplus, text->bytes + text->length, length);
}

static void add_header(struct MHD_Response *response, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add_header(struct MHD_Response *response, const char *name, const char *format, ...) {
    char value[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    MHD_add_response_header(response, name, value);
}

static void add_location(struct MHD_Response *response, const service *service,
                         const behaviour *behaviour, const char *uri) {
    if (strcmp(behaviour->redirect, "same") == 0)
        add_header(response, "Location", ERRAND_MOVED "%s", uri);
    else if (strcmp(behaviour->redirect, "other") == 0)
        add_header(response, "Location", "http://localhost:%u" ERRAND_MOVED "%s", service->port,
                   uri);
    else if (strcmp(behaviour->redirect, "loop") == 0)
        add_header(response, "Location", "%s", uri);
    else
        add_header(response, "Location", "%s", behaviour->redirect);
}

static void add_retry_date(struct MHD_Response *response, int64_t seconds) {
    char date[64];
    struct tm parts;
    time_t moment = time(NULL) + (time_t)seconds;
    if (gmtime_r(&moment, &parts) != NULL &&
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts) > 0)
        add_header(response, "Retry-After", "%s", date);
}

/* Splits NAME: VALUE. */
static void add_given_header(struct MHD_Response *response, const char *text) {
    char name[128];
    size_t length = strcspn(text, ":");
    if (length < sizeof name) {
        memcpy(name, text, length);
        name[length] = '\0';
        add_header(response, name, "%s", text + length + 2);
    }
}

/* Longer than clients accept. */
static void add_long_header(struct MHD_Response *response, size_t length) {
    char *value = malloc(length + 1);
    if (value == NULL)
        return;
    memset(value, 'x', length);
    value[length] = '\0';
    MHD_add_response_header(response, "X-Long", value);
    free(value);
}

static void add_headers(struct MHD_Response *response, const behaviour *behaviour) {
    for (uint64_t left = behaviour->long_headers > 0 ? behaviour->long_headers : 1;
         left > 0 && behaviour->long_header > 0; left--)
        add_long_header(response, (size_t)behaviour->long_header);
    for (size_t at = 0; at < behaviour->header_count; at++)
        add_given_header(response, behaviour->headers[at]);
    if (behaviour->retry_after != NULL)
        add_header(response, "Retry-After", "%s", behaviour->retry_after);
    if (behaviour->retry_after_date)
        add_retry_date(response, behaviour->retry_after_seconds);
    if (behaviour->close_told)
        add_header(response, "Connection", "close");
    if (behaviour->gzip)
        add_header(response, "Content-Encoding", "gzip");
}

static const char *type_of(const behaviour *behaviour) {
    if (behaviour->type != NULL)
        return behaviour->type;
    bool is_html = behaviour->body != NULL && strcmp(behaviour->body, "html") == 0;
    return is_html ? "text/html" : "application/json; charset=utf-8";
}

static enum MHD_Result queue_response(const service *service, struct MHD_Connection *connection,
                                      text_buffer *text, unsigned int status,
                                      const behaviour *behaviour, const char *uri) {
    struct MHD_Response *response = body_response(service->traffic, connection, text, behaviour);
    if (response == NULL)
        return MHD_NO;
    add_header(response, "Content-Type", "%s", type_of(behaviour));
    add_headers(response, behaviour);
    if (behaviour->redirect != NULL)
        add_location(response, service, behaviour, uri);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* The correct status, whatever the rules say. */
static unsigned int judge(const service *service, struct MHD_Connection *connection,
                          const errand *errand, bool right) {
    if (strcmp(judge_key(service, connection), "right") != 0)
        return MHD_HTTP_UNAUTHORIZED;
    if (errand->operation == OPERATION_NONE)
        return MHD_HTTP_NOT_FOUND;
    if (errand->operation == OPERATION_LIST && !right)
        return MHD_HTTP_UNPROCESSABLE_CONTENT;
    bool has_id = errand->operation == OPERATION_GET || errand->operation == OPERATION_EXTEND;
    return has_id && !errand->is_there ? MHD_HTTP_NOT_FOUND : MHD_HTTP_OK;
}

/* Writes the honest body of the operation. */
static void write_body(text_buffer *text, const service *service, const errand *errand,
                       const page_request *asked, const listing *listing,
                       const behaviour *behaviour) {
    store *store = traffic_store(service->traffic);
    if (errand->operation == OPERATION_LIST)
        page_write(text, store, listing, asked, behaviour);
    else
        page_write_single(text, store, errand->number);
}

static enum MHD_Result send_whole(const service *service, struct MHD_Connection *connection,
                                  text_buffer *text, unsigned int status, behaviour *behaviour,
                                  request *request) {
    const char *encodings = header(connection, "Accept-Encoding");
    pad(text, behaviour->padding);
    behaviour->gzip = behaviour->gzip && encodings != NULL && strstr(encodings, "gzip") != NULL;
    if (behaviour->gzip)
        pack(text);
    split_surplus(text, &request->surplus, behaviour);
    return queue_response(service, connection, text, status, behaviour, request->uri);
}

/* Logs and counts the request. Returns its errand, and sets how to respond to it. */
static errand enter(const service *service, struct MHD_Connection *connection, const char *method,
                    const request *request, uint64_t page, behaviour *behaviour, listing *listing) {
    text_buffer line = {NULL, 0, 0};
    char id[ERRAND_ID_SIZE];
    errand errand = errand_of(method, request->uri, id);
    bool is_list = errand.operation == OPERATION_LIST;
    write_line(&line, service, connection, method, request);
    traffic_enter(service->traffic,
                  &(arrival){line.bytes, errand.operation, is_list ? page : 0, errand.moved},
                  behaviour, listing);
    errand_find(&errand, id, listing);
    text_buffer_free(&line);
    return errand;
}

enum MHD_Result response_send(const service *service, struct MHD_Connection *connection,
                              const char *method, request *request) {
    text_buffer text = {NULL, 0, 0};
    page_request asked;
    behaviour behaviour;
    listing listing;
    bool right = read_request(connection, &asked);
    errand errand = enter(service, connection, method, request, asked.number, &behaviour, &listing);
    unsigned int status = judge(service, connection, &errand, right);

    if (errand.moved)
        behaviour.redirect = NULL;
    if (behaviour.redirect != NULL && behaviour.status == 0)
        behaviour.status = MHD_HTTP_FOUND;
    if (status == MHD_HTTP_OK)
        status = errand_carry_out(&errand, service->traffic, &request->body, &behaviour);
    request->closes = behaviour.close_silent;
    if ((behaviour.hold && !traffic_halt(service->traffic)) || behaviour.drop)
        return MHD_NO;

    /* A client without the right key learns nothing else. */
    if (behaviour.status != 0 && status != MHD_HTTP_UNAUTHORIZED)
        status = behaviour.status;

    if (behaviour.body != NULL) {
        if (!write_named(&text, behaviour.body, status))
            fprintf(stderr, "api_server: %s cannot be read\n", behaviour.body);
    } else if (status == MHD_HTTP_FOUND) {
        text_buffer_clear(&text);
    } else if (status >= MHD_HTTP_BAD_REQUEST) {
        page_write_errors(&text, status);
    } else {
        write_body(&text, service, &errand, &asked, &listing, &behaviour);
    }
    return send_whole(service, connection, &text, status, &behaviour, request);
}
