#include "body.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define LARGEST_PIECE 16384

typedef struct body {
    traffic *traffic;
    struct MHD_Connection *connection;
    text_buffer text;
    behaviour behaviour;
    bool has_stalled;
} body;

/* Sends what the kernel still holds back to fill a segment. */
static void push(const body *body) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(body->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int on = 1;
    int off = 0;
    if (info == NULL)
        return;
    setsockopt(info->connect_fd, IPPROTO_TCP, TCP_CORK, &off, sizeof off);
    setsockopt(info->connect_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static size_t least(uint64_t left, uint64_t right) {
    return (size_t)(left < right ? left : right);
}

/* How much to send from this position on, before the next event. */
static size_t piece_at(const body *body, uint64_t position, size_t most) {
    const behaviour *behaviour = &body->behaviour;
    size_t length = least(body->text.length - position, most);
    if (behaviour->cuts)
        length = least(length, behaviour->cut - position);
    if (behaviour->stalls && !body->has_stalled)
        length = least(length, behaviour->stall - position);
    if (behaviour->drip > 0)
        length = least(length, behaviour->drip);
    return length;
}

/* Waits where the behaviour says so. Returns false if the server ends. */
static bool wait_at(body *body, uint64_t position) {
    const behaviour *behaviour = &body->behaviour;
    if (behaviour->stalls && !body->has_stalled && position >= behaviour->stall) {
        push(body);
        body->has_stalled = true;
        return traffic_halt(body->traffic);
    }
    if (behaviour->pace_microseconds > 0 && position > 0) {
        push(body);
        return traffic_pause(body->traffic, behaviour->pace_microseconds);
    }
    return true;
}

static ssize_t read_body(void *context, uint64_t position, char *buffer, size_t size) {
    body *body = context;
    if (!wait_at(body, position))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (body->behaviour.cuts && position >= body->behaviour.cut)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (position >= body->text.length)
        return MHD_CONTENT_READER_END_OF_STREAM;
    size_t length = piece_at(body, position, size);
    memcpy(buffer, body->text.bytes + position, length);
    return (ssize_t)length;
}

static void free_body(void *context) {
    body *body = context;
    text_buffer_free(&body->text);
    free(body);
}

struct MHD_Response *body_response(traffic *traffic, struct MHD_Connection *connection,
                                   text_buffer *text, const behaviour *behaviour) {
    /* Bytes promised beyond the body never come: the connection is closed instead. */
    uint64_t too_many = behaviour->length_off > 0 ? (uint64_t)behaviour->length_off : 0;
    body *made = calloc(1, sizeof *made);
    if (made == NULL) {
        text_buffer_free(text);
        return NULL;
    }
    *made = (body){traffic, connection, *text, *behaviour, false};
    struct MHD_Response *response = MHD_create_response_from_callback(
        behaviour->chunked ? MHD_SIZE_UNKNOWN : text->length + too_many,
        behaviour->drip > 0 ? least(behaviour->drip, LARGEST_PIECE) : LARGEST_PIECE, read_body,
        made, free_body);
    if (response == NULL)
        free_body(made);
    return response;
}
