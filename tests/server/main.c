/* The tests' API server as a program: tests/api_server.h says how to use it. */
#include "response.h"

#include "../api_server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_CONNECTIONS 4096
#define COMMAND_SIZE 4096
#define PEM_SIZE 16384
/* Room for long headers. */
#define CONNECTION_MEMORY 524288
#define LONGEST_BODY 1048576

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **state) {
    request *request = *state;
    (void)path, (void)version;
    if (request == NULL)
        return MHD_NO;
    /* The first call comes before the body. */
    if (!request->begun || *upload_size > 0) {
        request->begun = true;
        if (request->body.length + *upload_size <= LONGEST_BODY)
            text_buffer_add(&request->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return response_send(context, connection, method, request);
}

static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection) {
    size_t size = strlen(uri) + 1;
    request *request = calloc(1, sizeof *request + size);
    (void)context, (void)connection;
    if (request != NULL)
        memcpy(request->uri, uri, size);
    return request;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why) {
    request *request = *state;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    (void)context, (void)why;
    if (request != NULL && info != NULL) {
        if (request->surplus.length > 0)
            send(info->connect_fd, request->surplus.bytes, request->surplus.length, MSG_NOSIGNAL);
        if (request->closes)
            shutdown(info->connect_fd, SHUT_RDWR);
    }
    if (request != NULL) {
        text_buffer_free(&request->surplus);
        text_buffer_free(&request->body);
    }
    free(request);
    *state = NULL;
}

/* Numbers the connections. */
static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what) {
    atomic_uint *count = context;
    (void)connection;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        unsigned int *number = malloc(sizeof *number);
        if (number != NULL)
            *number = atomic_fetch_add(count, 1) + 1;
        *socket_context = number;
    } else {
        free(*socket_context);
    }
}

/* Any thread may write to standard output. */
static void say(const char *text) {
    size_t length = strlen(text);
    if (write(STDOUT_FILENO, text, length) != (ssize_t)length)
        _exit(1);
}

static void say_done(void) {
    say("done\n");
}

/* Obeys a command, possibly later. Returns false if it is not a command. */
static bool obey(traffic *traffic, const char *command) {
    uint64_t count = 0;
    if (strncmp(command, "stalled ", 8) == 0 && behaviour_number(command + 8, &count)) {
        traffic_await(traffic, AWAITED_STALLED, count, say_done);
        return true;
    }
    if (strncmp(command, "requests ", 9) == 0 && behaviour_number(command + 9, &count)) {
        traffic_await(traffic, AWAITED_REQUESTS, count, say_done);
        return true;
    }
    if (strncmp(command, "list ", 5) == 0 && behaviour_number(command + 5, &count))
        traffic_set_list(traffic, (int64_t)count);
    else if (strcmp(command, "go") == 0)
        traffic_go(traffic);
    else if (strcmp(command, "clear") == 0)
        traffic_clear(traffic);
    else if (strncmp(command, "fault ", 6) != 0 || !traffic_add_rule(traffic, command + 6))
        return false;
    say_done();
    return true;
}

/* Obeys commands until standard input ends. */
static void obey_all(traffic *traffic) {
    char command[COMMAND_SIZE];
    while (fgets(command, sizeof command, stdin) != NULL) {
        command[strcspn(command, "\n")] = '\0';
        if (!obey(traffic, command)) {
            fprintf(stderr, "api_server: no such command: %s\n", command);
            say("wrong\n");
        }
    }
}

static unsigned int port_of(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}

static struct MHD_Daemon *start(service *service, atomic_uint *connections,
                                const struct MHD_OptionItem *tls) {
    unsigned int flags =
        MHD_USE_POLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION;
    struct sockaddr_in loopback = {.sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (tls[0].option != MHD_OPTION_END)
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, service, MHD_OPTION_SOCK_ADDR, &loopback,
        MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, connections, MHD_OPTION_CONNECTION_LIMIT,
        MOST_CONNECTIONS, MHD_OPTION_LISTEN_BACKLOG_SIZE, MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
}

/* Serves until standard input ends. */
static int serve(service *service, const struct MHD_OptionItem *tls) {
    atomic_uint connections = 0;
    struct MHD_Daemon *daemon = start(service, &connections, tls);
    char line[16];
    if (daemon == NULL) {
        fprintf(stderr, "api_server: cannot listen on loopback\n");
        return 1;
    }
    service->port = port_of(daemon);
    snprintf(line, sizeof line, "%u\n", service->port);
    say(line);
    obey_all(service->traffic);
    traffic_end(service->traffic);
    MHD_stop_daemon(daemon);
    return 0;
}

typedef struct settings {
    const char *key;
    const char *log;
    const char *tls;    /* a file; NULL: plain http */
    char *tls_versions; /* a priority string of GnuTLS */
    uint64_t reservations;
} settings;

/* Takes one option with its value. Rules are kept for later. */
static bool take(settings *settings, const char *name, char *value) {
    if (strcmp(name, "--key") == 0)
        settings->key = value;
    else if (strcmp(name, "--log") == 0)
        settings->log = value;
    else if (strcmp(name, "--tls") == 0)
        settings->tls = value;
    else if (strcmp(name, "--tls-versions") == 0)
        settings->tls_versions = value;
    else if (strcmp(name, "--reservations") == 0)
        return behaviour_number(value, &settings->reservations);
    else
        return strcmp(name, "--fault") == 0;
    return true;
}

static bool add_rules(traffic *traffic, int count, char **arguments) {
    for (int at = 1; at + 1 < count; at += 2)
        if (strcmp(arguments[at], "--fault") == 0 &&
            !traffic_add_rule(traffic, arguments[at + 1])) {
            fprintf(stderr, "api_server: no such rule: %s\n", arguments[at + 1]);
            return false;
        }
    return true;
}

/* Reads a short PEM file. */
static bool read_pem(const char *name, char *text, size_t size) {
    FILE *file = fopen(name, "re");
    size_t length = file == NULL ? 0 : fread(text, 1, size - 1, file);
    text[length] = '\0';
    if (file != NULL)
        fclose(file);
    return length > 0;
}

static int run(const settings *settings, traffic *traffic) {
    char pem[PEM_SIZE];
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_KEY, 0, pem},
                                   {MHD_OPTION_HTTPS_MEM_CERT, 0, pem},
                                   {MHD_OPTION_HTTPS_PRIORITIES, 0, settings->tls_versions},
                                   {MHD_OPTION_END, 0, NULL}};
    if (settings->tls == NULL)
        tls[0].option = MHD_OPTION_END;
    else if (!read_pem(settings->tls, pem, sizeof pem)) {
        fprintf(stderr, "api_server: %s cannot be read\n", settings->tls);
        return 1;
    }
    return serve(&(service){.traffic = traffic, .key = settings->key}, tls);
}

int main(int count, char **arguments) {
    settings settings = {
        .key = API_SERVER_KEY, .reservations = 55, .tls_versions = (char[]){"NORMAL"}};
    for (int at = 1; at < count; at += 2)
        if (at + 1 == count || !take(&settings, arguments[at], arguments[at + 1])) {
            fprintf(stderr, "api_server: wrong option: %s\n", arguments[at]);
            return 2;
        }
    int log = -1;
    if (settings.log != NULL &&
        (log = open(settings.log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) < 0) {
        perror(settings.log);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    traffic *traffic = traffic_create(log, (int64_t)settings.reservations);
    if (traffic == NULL)
        return 1;
    int status = add_rules(traffic, count, arguments) ? run(&settings, traffic) : 2;
    traffic_destroy(traffic);
    return status;
}
