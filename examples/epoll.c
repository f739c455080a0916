/*
 * Pages from a pipe in an epoll loop: reads standard input and writes the phone numbers
 * to standard output. While the reader of the output is slow, the parser pauses and no
 * more input is read, so memory stays bounded.
 *
 *     curl ... | epoll | slow-reader
 */
#define _DEFAULT_SOURCE /* with -std=c11, for PIPE_BUF */
#include <limits.h>
#include <numres.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

#define LONGEST_ROW 64

typedef struct pipeline {
    int epoll;
    numres_parser *parser;
    char chunk[4096]; /* bytes from `fed` to `length` are not parsed yet */
    size_t fed;
    size_t length;
    char rows[512]; /* bytes from `written` to `row_bytes` are not written yet */
    size_t written;
    size_t row_bytes;
    bool input_ended;
    bool reads; /* what epoll waits for */
    bool writes;
    unsigned long pauses;
} pipeline;

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *number,
                                     void *user) {
    pipeline *pipeline = user;
    char text[32];
    (void)parser;
    numres_text_copy(number->phone_number, text, sizeof text);
    pipeline->row_bytes +=
        (size_t)snprintf(pipeline->rows + pipeline->row_bytes, LONGEST_ROW, "%s is %s\n", text,
                         numres_status_name(number->status.value));
    return pipeline->row_bytes + LONGEST_ROW <= sizeof pipeline->rows ? NUMRES_GO_ON : NUMRES_PAUSE;
}

/* Starts or stops waiting for `events` on the descriptor. To stop, the descriptor is
   removed, because epoll reports a hang-up on every one that it has. */
static bool wait_for(const pipeline *pipeline, int descriptor, uint32_t events, bool wanted,
                     bool *is_wanted) {
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    if (wanted == *is_wanted)
        return true;
    *is_wanted = wanted;
    return epoll_ctl(pipeline->epoll, wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, descriptor, &event) ==
           0;
}

/* Parses the buffered input, up to a pause. */
static numres_code parse(pipeline *pipeline) {
    size_t consumed = 0;
    numres_code code = pipeline->input_ended
                           ? numres_parser_finish(pipeline->parser)
                           : numres_parser_feed(pipeline->parser, pipeline->chunk + pipeline->fed,
                                                pipeline->length - pipeline->fed, &consumed);
    pipeline->fed += consumed;
    if (code == NUMRES_PAUSED)
        pipeline->pauses++;
    return code;
}

static bool read_some(pipeline *pipeline) {
    ssize_t got = read(STDIN_FILENO, pipeline->chunk, sizeof pipeline->chunk);
    pipeline->fed = 0;
    pipeline->length = got > 0 ? (size_t)got : 0;
    pipeline->input_ended = got == 0;
    return got >= 0;
}

/* When epoll reports a pipe as writable, PIPE_BUF bytes can be written without blocking. */
static bool write_some(pipeline *pipeline) {
    size_t left = pipeline->row_bytes - pipeline->written;
    ssize_t put =
        write(STDOUT_FILENO, pipeline->rows + pipeline->written, left < PIPE_BUF ? left : PIPE_BUF);
    if (put < 0)
        return false;
    pipeline->written += (size_t)put;
    if (pipeline->written == pipeline->row_bytes)
        pipeline->written = pipeline->row_bytes = 0;
    return true;
}

/* Handles one event. Returns false if a system call failed. *code is the parser's latest
   result: while it is PAUSED, only the output is waited for. */
static bool step(pipeline *pipeline, int descriptor, numres_code *code) {
    bool is_input = descriptor == STDIN_FILENO;
    if (!(is_input ? read_some(pipeline) : write_some(pipeline)))
        return false;
    if (is_input || (*code == NUMRES_PAUSED && pipeline->row_bytes == 0))
        *code = parse(pipeline);
    return wait_for(pipeline, STDIN_FILENO, EPOLLIN, *code == NUMRES_OK && !pipeline->input_ended,
                    &pipeline->reads) &&
           wait_for(pipeline, STDOUT_FILENO, EPOLLOUT, pipeline->row_bytes > 0, &pipeline->writes);
}

static bool run(pipeline *pipeline, numres_code *code) {
    struct epoll_event event;
    while (*code == NUMRES_PAUSED || pipeline->row_bytes > 0 ||
           (*code == NUMRES_OK && !pipeline->input_ended))
        if (epoll_wait(pipeline->epoll, &event, 1, -1) == 1 && !step(pipeline, event.data.fd, code))
            return false;
    return true;
}

static bool set_up(pipeline *pipeline) {
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    options.several_documents = true;
    handlers.on_phone_number = on_phone_number;
    pipeline->epoll = epoll_create1(EPOLL_CLOEXEC);
    return wait_for(pipeline, STDIN_FILENO, EPOLLIN, true, &pipeline->reads) &&
           numres_parser_create(&pipeline->parser, &options, &handlers, pipeline) == NUMRES_OK;
}

int main(void) {
    static pipeline pipeline;
    numres_code code = NUMRES_OK;
    if (!set_up(&pipeline) || !run(&pipeline, &code)) {
        perror("epoll"); /* takes pipes, sockets and terminals, but no files */
        return 1;
    }
    if (code != NUMRES_OK)
        fprintf(stderr, "%s\n", numres_parser_error(pipeline.parser)->sentence);
    fprintf(stderr, "%lu pauses\n", pipeline.pauses);
    numres_parser_destroy(pipeline.parser);
    close(pipeline.epoll);
    return code == NUMRES_OK ? 0 : 1;
}
