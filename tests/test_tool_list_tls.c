/* numres list over TLS: to whom the key is sent. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"

TestSuite(tool_list_tls, .init = directory_enter, .fini = directory_leave);

/* Makes NAME.pem: a key, and a certificate for this host that it has signed
   itself; certificate.pem is the certificate alone. */
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

/* Another try would find the same server. */
Test(tool_list_tls, a_server_of_no_known_authority_gets_no_key) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(55, "server.pem", "NORMAL");
    expect_refused(&server, "--format ids", "numres: page 1: the request failed: SSL certificate");
    cr_expect_eq(waits_count(), 0);
    make_certificate("other", "IP:127.0.0.1");
    expect_refused(&server, "--format ids --ca-file certificate.pem", "SSL certificate");
    api_server_stop(&server);
}

Test(tool_list_tls, a_server_of_another_name_gets_no_key) {
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(55, "server.pem", "NORMAL");
    char arguments[256];
    snprintf(arguments, sizeof arguments,
             "--format ids --ca-file certificate.pem --base-url https://localhost:%u/v2",
             server.port);
    expect_refused(&server, arguments, "numres: page 1: the request failed: SSL: ");
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
                   "the API redirects to another host, which must not get the key");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* OpenSSL is told to take anything, so that nobody but numres can refuse. */
static void expect_version(const char *versions, int exit_code, size_t requests) {
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
    expect_requests(&server, requests);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_tls, is_of_version_1_2_or_later) {
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", 3, 0);
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.2", 0, 1);
    expect_version("NORMAL:-VERS-ALL:+VERS-TLS1.3", 0, 1);
}

Test(tool_list_tls, a_file_without_authorities_is_told) {
    file_write_text("empty", "");
    make_certificate("server", "IP:127.0.0.1");
    api_server server = api_server_start_tls(5, "server.pem", "NORMAL");
    expect_refused(&server, "--format ids --ca-file empty", "numres: page 1: the request failed: ");
    expect_refused(&server, "--format ids --ca-file missing", "missing");
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}
