/* numres list over TLS: who gets the key, and HTTP/2. */
#include <criterion/criterion.h>

#include <curl/curl.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list_tls, .init = directory_enter, .fini = directory_leave);

/* Writes NAME.pem, a key and a self-signed certificate for this host, and
   certificate.pem, the certificate alone. */
static void make_certificate(const char *name, const char *host) {
    char command[512];
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
             "-subj /CN=tests -addext subjectAltName=%s -keyout %s.pem -out certificate.pem "
             "2>messages && cat certificate.pem >>%s.pem",
             host, name, name);
    cr_assert_eq(system(command), 0, "%s", command);
}

static void expect_refused(const api_server *server, const char *arguments, const char *message) {
    expect_listing(server, arguments, 3, "", message);
    expect_requests(server, 0);
}

Test(tool_list_tls, a_server_of_a_named_authority_is_asked) {
    make_certificate("server", "IP:127.0.0.1,DNS:localhost");
    api_server server = api_server_start_tls(55, "server.pem", "NORMAL");
    expect_listing(&server, "--format ids --ca-file certificate.pem", 0, ids_of(0, 54), "");
    expect_requests(&server, 3);
    expect_field(&server, 2, 0, "1");
    expect_field(&server, 2, 4, "right");
    api_server_stop(&server);
}

/* A retry would find the same server. */
Test(tool_list_tls, a_server_of_no_known_authority_gets_no_key) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(55, "server.pem", "NORMAL");
    expect_refused(&server, "--format ids",
                   "numres: page 1: the request failed: the server's certificate could not be "
                   "verified with this system's authorities; name your own with --ca-file: SSL "
                   "certificate problem");
    cr_expect_eq(waits_count(), 0);
    make_certificate("other", "IP:127.0.0.1");
    expect_refused(
        &server, "--format ids --ca-file certificate.pem",
        "with the authorities in certificate.pem (from --ca-file): SSL certificate problem");
    api_server_stop(&server);
}

Test(tool_list_tls, a_server_of_another_name_gets_no_key) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(55, "server.pem", "NORMAL");
    char arguments[256];
    snprintf(arguments, sizeof arguments,
             "--format ids --ca-file certificate.pem --base-url https://localhost:%u/v2",
             server.port);
    expect_refused(&server, arguments,
                   "with the authorities in certificate.pem (from --ca-file): SSL: ");
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}

Test(tool_list_tls, a_redirect_does_not_lead_out_of_it) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    char rule[128];
    snprintf(rule, sizeof rule, "fault redirect=http://127.0.0.1:%u/v2/number_reservations",
             server.port);
    api_server_say(&server, rule);
    expect_listing(&server, "--format ids --ca-file certificate.pem", 3, "",
                   "the API redirects to another scheme, host or port, which must not get the key");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* OpenSSL is configured to accept anything, so only numres can refuse. */
static void expect_version(const char *versions, int exit_code, size_t requests,
                           const char *message) {
    static const char careless[] = "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\n"
                                   "system_default = tls\n[tls]\nMinProtocol = TLSv1\n"
                                   "CipherString = ALL:@SECLEVEL=0\n";
    file_write_text("openssl.cnf", careless);
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", versions);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --ca-file certificate.pem");
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2],
                                 "OPENSSL_CONF=openssl.cnf", NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, exit_code, "%s: %s", versions, outcome.messages);
    expect_part(outcome.messages, message);
    cr_expect_eq(waits_count(), 0);
    expect_requests(&server, requests);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_tls, is_of_version_1_2_or_later) {
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", 3, 0,
                   "numres: page 1: the request failed: the server does not support TLS 1.2 or "
                   "later, which numres requires\n");
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.2", 0, 1, "");
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.3", 0, 1, "");
}

/* The same variables as curl's. */
static void expect_with_variable(const api_server *server, const char *first, const char *second,
                                 int exit_code, const char *message) {
    listing_run run;
    listing_prepare(&run, server, "--format ids");
    const char *environment[] = {
        run.variables[0], run.variables[1], run.variables[2], first, second, NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, exit_code, "%s: %s", first, outcome.messages);
    expect_part(outcome.messages, message);
    outcome_free(&outcome);
}

Test(tool_list_tls, authorities_come_from_the_environment_as_with_curl) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    expect_with_variable(&server, "SSL_CERT_FILE=certificate.pem", "UNUSED=1", 0, "");
    expect_with_variable(&server, "CURL_CA_BUNDLE=certificate.pem", "SSL_CERT_FILE=missing", 0, "");
    expect_with_variable(&server, "CURL_CA_BUNDLE=missing", "SSL_CERT_FILE=certificate.pem", 3,
                         "numres list: the certificate file missing (from CURL_CA_BUNDLE)");
    cr_assert_eq(system("mkdir authorities && cp certificate.pem authorities/one.pem && openssl "
                        "rehash authorities"),
                 0);
    expect_with_variable(&server, "SSL_CERT_DIR=authorities", "UNUSED=1", 0, "");
    /* If both are set, only the directory counts. */
    expect_with_variable(&server, "SSL_CERT_DIR=authorities", "SSL_CERT_FILE=missing", 0, "");
    cr_assert_eq(mkdir("none", 0700), 0);
    expect_with_variable(&server, "SSL_CERT_DIR=none", "SSL_CERT_FILE=certificate.pem", 3,
                         "could not be verified");
    expect_requests(&server, 4);
    cr_assert_eq(system("rm -r authorities none"), 0);
    api_server_stop(&server);
}

/* With the secrets of the sessions, others could read them. */
Test(tool_list_tls, keeps_no_log_of_keys_unless_it_is_asked_to) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    expect_with_variable(&server, "SSLKEYLOGFILE=keys", "SSL_CERT_FILE=certificate.pem", 0, "");
    cr_expect_neq(access("keys", F_OK), 0);
    expect_listing(&server, "--format ids --ca-file certificate.pem --tls-key-log keys", 0,
                   ids_of(0, 4), "");
    struct stat about;
    cr_assert_eq(stat("keys", &about), 0);
    cr_expect_gt(about.st_size, 0);
    /* With these secrets, others could decrypt the API key. */
    cr_expect_eq(about.st_mode & 0777, 0600);
    api_server_stop(&server);
}

/* libcurl would continue without the log. */
Test(tool_list_tls, a_log_of_keys_that_cannot_be_written_is_told) {
    api_server server = api_server_start(5, NULL);
    expect_listing(&server, "--format ids --tls-key-log missing/keys", 3, "",
                   "numres list: cannot write the --tls-key-log file missing/keys: No "
                   "such file or directory\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* Only libcurl reads the file, and only once. */
Test(tool_list_tls, authorities_may_come_through_a_pipe) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    listing_run run;
    size_t length = 0;
    int descriptor = open("certificate.pem", O_RDONLY | O_CLOEXEC);
    cr_assert_geq(descriptor, 0);
    char *certificate = process_whole_file(descriptor, &length);
    listing_prepare(&run, &server, "--format ids --ca-file /dev/stdin");
    run.invocation.input = certificate;
    run.invocation.input_length = length;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    outcome_free(&outcome);
    free(certificate);
    api_server_stop(&server);
}

Test(tool_list_tls, a_damaged_authority_is_told) {
    file_write_text("damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    expect_refused(&server, "--format ids --ca-file damaged",
                   "numres: page 1: the request failed: the certificate file damaged (from "
                   "--ca-file) cannot be used: a certificate is damaged\n");
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}

Test(tool_list_tls, a_file_without_authorities_is_told) {
    file_write_text("empty", "");
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    expect_refused(&server, "--format ids --ca-file empty",
                   "numres list: the certificate file empty (from --ca-file) cannot be used: it "
                   "contains no certificate\n");
    expect_refused(
        &server, "--format ids --ca-file .",
        "numres list: the certificate file . (from --ca-file) cannot be used: Is a directory\n");
    expect_refused(&server, "--format ids --ca-file missing",
                   "numres list: the certificate file missing (from --ca-file) cannot be used: No "
                   "such file or directory\n");
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}

/*
 * HTTP/2, which the tests' API server does not speak. openssl s_server does TLS, agrees
 * on HTTP/2 by ALPN, prints what numres sends and sends what it is given. The frames are
 * those of RFC 9113.
 */
typedef struct tls_server {
    pid_t process;
    int input, output;
    char port[8];
} tls_server;

static void read_bytes(const tls_server *server, unsigned char *bytes, size_t length) {
    for (size_t done = 0; done < length; done++)
        cr_assert_eq(read(server->output, bytes + done, 1), 1, "the server has ended");
}

static void read_past(const tls_server *server, const char *text) {
    unsigned char last[32];
    size_t length = strlen(text);
    read_bytes(server, last, length);
    while (memcmp(last, text, length) != 0) {
        memmove(last, last + 1, length - 1);
        read_bytes(server, last + length - 1, 1);
    }
}

/* Starts a server for one connection, on a port that the system chooses. */
static tls_server tls_server_start(void) {
    int inputs[2];
    int outputs[2];
    size_t digits = 0;
    make_certificate("server", "IP:127.0.0.1");
    cr_assert(pipe(inputs) == 0 && pipe(outputs) == 0);
    tls_server server = {fork(), inputs[1], outputs[0], ""};
    if (server.process == 0) {
        dup2(inputs[0], STDIN_FILENO);
        dup2(outputs[1], STDOUT_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        close(inputs[1]);
        close(outputs[0]);
        execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-alpn",
               "h2", "-cert", "server.pem", "-key", "server.pem", (char *)NULL);
        _exit(127);
    }
    close(inputs[0]);
    close(outputs[1]);
    read_past(&server, "ACCEPT 127.0.0.1:");
    do {
        read_bytes(&server, (unsigned char *)&server.port[digits], 1);
    } while (server.port[digits] != '\n' && ++digits + 1 < sizeof server.port);
    server.port[digits] = '\0';
    return server;
}

static void tls_server_stop(const tls_server *server) {
    kill(server->process, SIGTERM);
    waitpid(server->process, NULL, 0);
    close(server->input);
    close(server->output);
}

/* Reads the client's connection preface (RFC 9113 section 3.4). Returns false if it is a
   request of an earlier HTTP version. */
static bool begins_http2(const tls_server *server) {
    static const char preface[] = "2.0\r\n\r\nSM\r\n\r\n";
    unsigned char bytes[sizeof preface - 1];
    read_past(server, "HTTP/");
    read_bytes(server, bytes, 3);
    if (memcmp(bytes, preface, 3) != 0)
        return false;
    read_bytes(server, bytes + 3, sizeof bytes - 3);
    return memcmp(bytes, preface, sizeof bytes) == 0;
}

/* Reads frames up to the HEADERS frame of the request, type 1. */
static void read_request(const tls_server *server) {
    unsigned char head[9] = {0};
    while (head[3] != 1) {
        unsigned char byte = 0;
        read_bytes(server, head, sizeof head);
        for (int left = head[0] << 16 | head[1] << 8 | head[2]; left > 0; left--)
            read_bytes(server, &byte, 1);
    }
}

/* Sends SETTINGS, HEADERS with :status 200 (RFC 7541 appendix A), and DATA, which ends
   the stream. */
static void respond(const tls_server *server, const char *body) {
    unsigned char frames[256] = {0,      0, 0,
                                 4,      0, 0,
                                 0,      0, 0,
                                 /**/ 0, 0, 1,
                                 1,      4, 0,
                                 0,      0, 1,
                                 0x88,
                                 /**/ 0, 0, (unsigned char)strlen(body),
                                 0,      1, 0,
                                 0,      0, 1};
    size_t length = 9 + 10 + 9;
    memcpy(frames + length, body, strlen(body));
    length += strlen(body);
    cr_assert_eq(write(server->input, frames, length), (ssize_t)length);
}

Test(tool_list_tls, speaks_http2_with_a_server_that_does) {
    if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0)
        cr_skip_test("this libcurl has no HTTP/2");
    api_server other = api_server_start(0, NULL);
    tls_server server = tls_server_start();
    char arguments[256];
    snprintf(arguments, sizeof arguments,
             "--format ids --verbose --max-retries 0 --ca-file certificate.pem "
             "--base-url https://127.0.0.1:%s/v2",
             server.port);
    listing_run run;
    listing_prepare(&run, &other, arguments);
    terminal terminal = terminal_start(&run.invocation, TERMINAL_MESSAGES, 200);
    bool is_http2 = begins_http2(&server);
    if (is_http2) {
        read_request(&server);
        respond(&server, "{\"data\":[{\"id\":\"one\"}],\"meta\":{\"total_pages\":1}}");
    } else {
        kill(server.process, SIGTERM);
    }
    outcome outcome = terminal_end(&terminal);
    cr_expect(is_http2, "the request is of an earlier version of HTTP");
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    cr_expect_str_eq(outcome.output, "one\n");
    expect_part(outcome.messages, "numres: page 1: HTTP/2 200, 48 bytes in ");
    outcome_free(&outcome);
    tls_server_stop(&server);
    api_server_stop(&other);
}
