/*
 * No fault of the connection or the API makes one numres create make two reservations. If
 * it makes one without showing it, a message says that it may have.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch.h"
#include "listing.h"

TestSuite(tool_create_trials, .init = directory_enter, .fini = directory_leave);

#define RESERVATIONS 3

static const char *const faults[] = {
    /* before the response */
    "drop", "status=400", "status=401", "status=403", "status=404", "status=408", "status=409",
    "status=422", "status=429", "status=429;retry-after=2", "status=429;retry-after=120",
    "status=429;header=x-should-retry: false", "status=500", "status=502", "status=503",
    "status=503;header=x-should-retry: true", "status=503;retry-after=0", "status=504;body=html",
    "status=500;body=empty", "redirect=same", "redirect=other", "redirect=loop",
    "status=307;redirect=same", "status=308;redirect=loop", "status=303;redirect=same",
    /* within it */
    "cut=0", "cut=1", "cut=100", "cut=600", "chunked;cut=100", "chunked;cut=600",
    "encoding=gzip;cut=50", "length=+5", "length=-5", "length=-600", "stall=0", "stall=100",
    "body=html", "body=mock", "body=empty", "body=errors", "body=errors;status=200", "hold",
    "long-header=110000", "long-header=90000;long-headers=4", "status=503;cut=5",
    /* after */
    "close=told", "close=silent", "drip=7", "encoding=gzip", "header=x-ratelimit-remaining: 0",
    "type=text/html"};

/* How many reservations the list holds. */
static unsigned int total(const api_server *server) {
    static const char name[] = "\"total_results\":";
    fetched response = fetch(server, "/number_reservations?page%5Bsize%5D=1");
    const char *found = strstr(response.body.bytes, name);
    unsigned int count = found == NULL ? 0 : (unsigned int)strtoul(found + strlen(name), NULL, 10);
    fetched_free(&response);
    return count;
}

/* `when` starts the rule: the attempts for which it holds. */
static void try(const char *when, const char *fault, const char *carry) {
    char rule[256];
    snprintf(rule, sizeof rule, "operation=create;%s%s%s", when, fault, carry);
    api_server server = api_server_start(RESERVATIONS, RULES(rule));
    listing_run run;
    /* Time passes at each look at the clock, so that a silent server is given up. */
    asking_prepare(&run, &server, "create --format ids --max-retries 4 +13125550123",
                   "NUMRES_CLOCK_STEP=15000");
    outcome outcome = process_run(&run.invocation);
    unsigned int made = total(&server) - RESERVATIONS;
    bool is_shown = outcome.output_length > 0;
    bool is_doubted = strstr(outcome.messages, "carried out") != NULL;
    cr_expect(made <= 1, "%s: one create made %u reservations", rule, made);
    cr_expect(made == 0 || is_shown || is_doubted, "%s: nobody was told of it:\n%s", rule,
              outcome.messages);
    cr_expect((outcome.exit_code == 0) <= is_shown, "%s: %d\n%s", rule, outcome.exit_code,
              outcome.messages);
    cr_expect(made == 1 || !is_shown, "%s: what was not made is shown", rule);
    outcome_free(&outcome);
    api_server_stop(&server);
}

static void try_all(const char *when, const char *carry) {
    for (size_t at = 0; at < sizeof faults / sizeof *faults; at++)
        try(when, faults[at], carry);
}

/* The POST is carried out if the response is a success, and, as the worst case, without one. */
Test(tool_create_trials, each_fault_once) {
    try_all("attempt=1;", "");
}

Test(tool_create_trials, each_fault_always) {
    try_all("", "");
}

/* The POST is carried out although its response is an error or redirect. Other 4xx
   than 408 and 409 are left out: the tool believes them and does not send it again. */
Test(tool_create_trials, errors_that_lie) {
    static const char *const lies[] = {"status=408",
                                       "status=409",
                                       "status=500",
                                       "status=502",
                                       "status=503",
                                       "status=503;header=x-should-retry: true",
                                       "status=504;body=html",
                                       "redirect=same",
                                       "redirect=loop",
                                       "status=303;redirect=same",
                                       "status=307;redirect=same"};
    for (size_t at = 0; at < sizeof lies / sizeof *lies; at++) {
        try("attempt=1;", lies[at], ";carry=yes");
        try("", lies[at], ";carry=yes");
    }
}
