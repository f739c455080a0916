/* What every command that asks the API does around its requests, from the command line
   and the key to the exit status. Each of these commands calls it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange.h"
#include "wait.h"

bool exchange_fail(struct exchange *exchange, const char *what, const char *reason) {
    session_raise_exit_code(exchange->session, EXIT_FAILED);
    report_failure(exchange->session, NULL, what, reason);
    return false;
}

/* No wait goes beyond the deadline, not even for the readers of the output. */
static void set_deadline(struct print *print, int64_t deadline) {
    print->clock = wait_clock;
    print->deadline = deadline;
}

/* Checks, before anything is sent, that a format written only at the end can be written. */
static bool can_write(struct exchange *exchange) {
    return !exchange->settings->selection.format->is_at_end || exchange_begin_output(exchange);
}

typedef void exchange_run(struct exchange *exchange);

static void use_transport(struct exchange *exchange, exchange_run *run) {
    const struct request_settings *settings = exchange->settings;
    struct transport_settings transport = {
        .authorities = settings->authorities,
        .limit = settings->common.timeout.value,
        .connect_limit = settings->common.connect_timeout.value,
        .deadline = settings->common.max_time.value > 0
                        ? exchange->began + settings->common.max_time.value
                        : TRANSPORT_NO_DEADLINE,
    };
    set_deadline(&exchange->session->output, transport.deadline);
    set_deadline(&exchange->session->messages, transport.deadline);
    if (!transport_begin(&exchange->transport, exchange->key, &transport)) {
        exchange_fail(exchange, "cannot initialize libcurl", "");
        return;
    }
    if (response_set_up(exchange) && can_write(exchange)) {
        if (settings->common.verbose)
            filter_report(&settings->selection.filter, &settings->query, exchange->session);
        run(exchange);
    }
    numres_parser_destroy(exchange->parser);
    transport_end(&exchange->transport);
}

static void begin(struct exchange *exchange, exchange_run *run) {
    struct session *session = exchange->session;
    if (!interrupt_begin()) {
        exchange_fail(exchange, "too many open files", "");
        return;
    }
    signal(SIGPIPE, SIG_IGN);
    session->output.wake = interrupt_descriptor();
    session->messages.wake = interrupt_descriptor();
    /* If the reader of a pipe leaves, the state is saved before the run ends as
       SIGPIPE would end it. */
    session->output.reader_may_leave = true;
    session->remarks_reported = PROBLEMS_REPORTED;
    notice_progress_begin(exchange);
    problems_begin(&exchange->problems, session);
    use_transport(exchange, run);
    problems_end(&exchange->problems);
}

static int run_with_key(struct session *session, const struct request_settings *settings,
                        const struct api_key *key, exchange_run *run) {
    /* Too large for a small stack. */
    struct exchange *exchange = calloc(1, sizeof *exchange);
    session_begin(session, &settings->common);
    session->asks_api = true;
    if (exchange == NULL) {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, EXCHANGE_NO_MEMORY, "");
        return session->exit_code;
    }
    exchange->session = session;
    exchange->settings = settings;
    exchange->key = key;
    showing_set_up(&exchange->showing, session, &settings->selection);
    exchange->showing.keeps_numbers |= settings->needs_numbers;
    exchange->base_url = strndup(settings->base_url, base_url_length(settings->base_url));
    if (exchange->base_url == NULL)
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
    else
        begin(exchange, run);
    showing_judge(&exchange->showing);
    showing_give_up(&exchange->showing);
    free(exchange->base_url);
    free(exchange);
    return session->exit_code;
}

/* Creates the log. libcurl would make it readable by all, and would not report a failure.
   Returns false after reporting an error. */
static bool make_key_log(const struct request_settings *settings, struct print *messages) {
    const char *file = settings->common.tls_key_log;
    int log = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
        options_start(messages, settings->command);
        return print_fault(messages, "cannot write the --tls-key-log file ", file, ": ",
                           strerror(errno));
    }
    close(log);
    return true;
}

/* libcurl would log TLS secrets to SSLKEYLOGFILE; only --tls-key-log may ask for that. */
static bool choose_key_log(const struct request_settings *settings, struct print *messages) {
    const char *file = settings->common.tls_key_log;
    if (file == NULL)
        return unsetenv("SSLKEYLOGFILE") == 0;
    return make_key_log(settings, messages) && setenv("SSLKEYLOGFILE", file, 1) == 0;
}

static int run_hiding_key(struct session *session, struct request_settings *settings,
                          struct api_key *key, exchange_run *run) {
    if (!request_settings_have_authorities(settings, &session->messages))
        return EXIT_FAILED;
    if (!choose_key_log(settings, &session->messages))
        return EXIT_FAILED;
    if (!api_key_take(key, &settings->common, &session->messages))
        return EXIT_WRONG_USE;
    print_hide(&session->messages, key->variable, key->text);
    return run_with_key(session, settings, key, run);
}

int exchange_command(struct session *session, enum option_command command, const struct help *help,
                     char **arguments, size_t count, exchange_run *run) {
    struct request_settings settings;
    struct api_key key;
    int exit_code = EXIT_WRONG_USE;
    api_key_begin(&key, command);
    print_hide(&session->messages, key.variable, NULL);
    if (request_settings_read(&settings, command, arguments, count, &session->messages)) {
        if (settings.common.help)
            help_print(command, help, &session->output);
        exit_code =
            settings.common.help ? EXIT_FINE : run_hiding_key(session, &settings, &key, run);
    }
    print_flush(&session->messages);
    print_hide(&session->messages, NULL, NULL);
    api_key_forget(&key);
    if (session->output.failure == EPIPE && session->pager.output == NULL && !interrupt_came())
        print_end_as_closed_pipe();
    return exit_code;
}

const char *api_curl_version(void) {
    return curl_version_info(CURLVERSION_NOW)->version;
}
