/* numres list: responses that are not the requested page. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"

TestSuite(tool_list_faults, .init = directory_enter, .fini = directory_leave);

/* Checks the result of one rule. */
static void expect_end(const char *rule, int exit_code, const char *output, size_t requests,
                       const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    expect_listing(&server, "--format ids", exit_code, output, message);
    expect_requests(&server, requests);
    api_server_stop(&server);
}

Test(tool_list_faults, errors_are_shown_with_their_status) {
    expect_end("status=422", 4, "", 1,
               "numres: page 1: the API answered HTTP 422 Unprocessable Content\n"
               "numres: page 1:1:");
    expect_end("status=403", 4, "", 1, "errors[0]: API error 10038: ");
    expect_end("status=404", 4, "", 1,
               "check the base URL, which must end with the API version: http://");
    expect_end(
        "page=3;status=404", 4, ids_of(0, 39), 3,
        "HTTP 404 Not Found; earlier pages were found, so the list may have become shorter\n");
    api_server server = api_server_start(55, RULES("status=404"));
    expect_listing(
        &server, "--format ids --page-number 3", 4, "",
        "HTTP 404 Not Found; there may be no page 3; otherwise check the base URL, which "
        "must end with the API version: http://");
    api_server_stop(&server);
    expect_end("status=418", 4, "", 1, "the API answered HTTP 418\n");
    expect_end("status=407", 4, "", 1, "HTTP 407 Proxy Authentication Required\n");
    expect_end("status=451", 4, "", 1, "HTTP 451 Unavailable For Legal Reasons\n");
    expect_end("status=511", 4, "", 3, "HTTP 511 Network Authentication Required (tried 3");
    expect_end("page=2;status=422", 4, ids_of(0, 19), 2, "numres: page 2: the API answered ");
}

Test(tool_list_faults, a_key_that_is_refused_is_told_what_to_do) {
    expect_end("status=401", 4, "", 1,
               "numres: page 1: the API rejected the key: check that TELNYX_API_KEY holds a "
               "complete, valid API key of the right account; create keys in the Telnyx portal\n");
    expect_end("status=403", 4, "", 1,
               "numres: page 1: the key is valid, but its account is not allowed to do this\n");
    expect_end("status=403;type=application/problem+JSON", 4, "", 1, ": the key is valid");
}

Test(tool_list_faults, errors_with_status_200_are_errors) {
    expect_end("body=errors", 4, "", 1, "errors[0]: API error ");
    file_write_text("none.json", "{\"errors\":[]}");
    expect_end("body=./none.json", 4, "", 1,
               "numres: page 1: the response (HTTP 200) lists no errors: its content type is "
               "application/json; charset=utf-8, and it starts with: {\"errors\":[]}\n");
}

Test(tool_list_faults, a_body_that_is_no_json_is_told_with_its_type_and_start) {
    expect_end("body=html", 3, "", 1,
               "numres: page 1: the response is not JSON: its content type is text/html, and it "
               "starts with: <html> <head><title>");
    expect_end("body=html;type=a\033b", 3, "", 1, "its content type is a\\u001bb, and");
    expect_end("status=403;body=html", 4, "", 1,
               "the response is not JSON: its content type is text/html");
    expect_end("status=403;body=empty", 4, "", 1, "and it is empty\n");
    expect_end("status=403;body=mock", 4, "", 1, "(root): API error: not in the mock");
    expect_end("body=empty", 3, "", 3, "numres: page 1: the response is empty (tried 3 times)");
    expect_end("body=empty;status=204", 3, "", 3,
               "s to try again (the response is empty)\nnumres: page 1: the response is empty");
}

/* A gzip header without what follows it (RFC 1952 section 2.3). */
Test(tool_list_faults, a_compressed_body_of_which_nothing_is_left_is_told) {
    static const char header[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    file_write("packed", header, sizeof header - 1);
    expect_end("body=./packed;header=Content-Encoding: gzip", 3, "", 3,
               "s to try again (the response is empty once decompressed; it may be cut)\nnumres: "
               "page 1: the response is empty once decompressed; it may be cut (tried 3 times)\n");
    expect_end("status=422;body=./packed;header=Content-Encoding: gzip", 4, "", 1,
               "and it is empty once decompressed; it may be cut\n");
}

/* A proxy or a firewall knows nothing of the key. */
Test(tool_list_faults, a_refusal_that_is_not_json_may_not_be_the_api_s) {
    expect_end("status=401;body=html", 4, "", 1,
               "HTTP 401 Unauthorized; its content type is text/html, so a proxy or firewall may "
               "have sent it in place of the API\n");
    expect_end("status=403;body=html;type=application/xml", 4, "", 1,
               "HTTP 403 Forbidden; its content type is application/xml, so a proxy or firewall "
               "may have sent it in place of the API\n");
    expect_end("status=403;body=html;type=a\033b", 4, "", 1, "type is a\\u001bb, so a proxy");
}

/* Only the API lists errors, and knows whether the key is valid. */
static void expect_of_another(const char *rule, const char *body) {
    file_write_text("body.json", body);
    api_server server = api_server_start(55, RULES(rule));
    outcome outcome = listing(&server, "--format ids");
    expect_part(outcome.messages,
                "numres: page 1: the response does not list errors as the API does, so a proxy or "
                "firewall may have sent it in place of the API\n");
    cr_expect_null(strstr(outcome.messages, "the key"), "%s: %s", body, outcome.messages);
    cr_expect_eq(outcome.exit_code, 4);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_faults, a_refusal_in_another_form_may_not_be_the_api_s) {
    expect_of_another("status=403;body=./body.json", "{\"message\":\"Forbidden\"}");
    expect_of_another("status=401;body=./body.json", "{\"message\":\"No API key found\"}");
    expect_of_another("status=403;body=./body.json", "{\"errors\":[]}");
    expect_of_another("status=403;body=./body.json", "{\"errors\":[{}]}");
    expect_of_another("status=403;body=./body.json", "\"blocked\"");
    expect_of_another("status=401;body=empty", "");
}

/* Whatever it is, it is shown. */
Test(tool_list_faults, a_refusal_whose_errors_are_no_objects_is_shown) {
    static const char *const bodies[] = {"{\"errors\":[5,null]}", "{\"errors\":[]}",
                                         "{\"data\":[]}"};
    for (size_t at = 0; at < sizeof bodies / sizeof bodies[0]; at++) {
        char message[200];
        snprintf(message, sizeof message,
                 "page 1: the response lists no errors: its content type is application/json; "
                 "charset=utf-8, and it starts with: %s\n",
                 bodies[at]);
        file_write_text("body.json", bodies[at]);
        expect_end("status=422;body=./body.json", 4, "", 1, message);
    }
}

Test(tool_list_faults, json_that_is_no_list_is_told) {
    file_write_text("other.json", "{\"links\":{}}");
    expect_end("body=./other.json", 3, "", 1,
               "{\"links\":{}}\"\nnumres: page 1: the response is not a list of reservations\n");
}

Test(tool_list_faults, illegal_json_is_told_with_its_place_and_not_asked_for_again) {
    file_write_text("bad.json", "{\"data\":[{\"id\":\"a\"},\n{\"id\":01}]}");
    expect_end("body=./bad.json", 3, "a\n", 1, "numres: page 1:2:7: data[1].id: ");
}

Test(tool_list_faults, redirects_on_the_same_host_are_followed) {
    api_server server = api_server_start(55, RULES("redirect=same"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 54), "");
    expect_requests(&server, 6);
    expect_field(&server, 1, 2, "/moved/v2/number_reservations");
    expect_field(&server, 1, 4, "right");
    api_server_stop(&server);
}

/* It means that nothing has changed, which no request of numres asks. */
Test(tool_list_faults, a_304_is_no_redirect) {
    expect_end("status=304;body=empty", 4, "", 1,
               "numres: page 1: the API answered HTTP 304 Not Modified\n");
}

/* Not even without the key, because the response would not come from the API. */
Test(tool_list_faults, redirects_to_another_host_are_not_followed) {
    expect_end("redirect=other", 3, "", 1,
               "the API redirects to another scheme, host or port, which must not get the key (if "
               "you trust it, "
               "pass its URL with --base-url): http://localhost:");
    expect_end("redirect=https://127.0.0.1/v2", 3, "", 1,
               "redirects to another scheme, host or port, which");
    expect_end("redirect=http://127.0.0.1:1/v2", 3, "", 1,
               "redirects to another scheme, host or port, which");
    expect_end("redirect=file:///etc/passwd", 3, "", 1,
               "redirects to another scheme, host or port, which");
    expect_end("redirect=http://127.0.0.1.example/", 3, "", 1,
               "redirects to another scheme, host or port, which");
}

/* It is not a passing failure, so it is not retried. */
Test(tool_list_faults, a_redirect_with_too_large_a_body_is_an_error) {
    api_server server = api_server_start(20, RULES("redirect=loop;body=mock;padding=100000"));
    expect_listing(&server, "--format ids --max-page-bytes 50K", 3, "",
                   "numres: page 1: the response is too large; raise --max-page-bytes\n");
    expect_requests(&server, 1);
    expect_listing(&server, "--format ids", 3, "", "too many redirects");
    expect_requests(&server, 7);
    api_server_stop(&server);
}

/* It is reported once; the same key or filter would be refused again. */
Test(tool_list_faults, a_refusal_that_is_cut_is_not_asked_for_again) {
    static const char cut[] = "numres: page 1: the API answered HTTP 422 Unprocessable Content\n"
                              "numres: page 1: the connection failed: ";
    expect_end("status=422;cut=100", 4, "", 1, cut);
    expect_end("status=422;cut=0", 4, "", 1, cut);
    expect_end("status=503;cut=100", 4, "", 3, "HTTP 503 Service Unavailable (tried 3 times)\n");
}

Test(tool_list_faults, a_refusal_that_is_too_large_is_not_called_empty) {
    api_server server = api_server_start(20, RULES("status=422"));
    expect_listing(&server, "--format ids --max-page-bytes 10", 4, "",
                   "numres: page 1: the API answered HTTP 422 Unprocessable Content\n"
                   "numres: page 1: the response is too large; raise --max-page-bytes\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

Test(tool_list_faults, redirects_are_counted) {
    expect_end("redirect=loop", 3, "", 6, "too many redirects; the last one was to http://");
}

Test(tool_list_faults, a_page_that_is_too_large_is_an_error) {
    api_server server = api_server_start(20, RULES("padding=100000;encoding=gzip"));
    expect_listing(&server, "--format ids --max-page-bytes 50K", 3, ids_of(0, 19),
                   "numres: page 1: the response is too large; raise --max-page-bytes\n");
    expect_requests(&server, 1);
    expect_listing(&server, "--format ids --max-page-bytes 1M", 0, ids_of(0, 19), "");
    api_server_stop(&server);
}

/* Remembering its ids would take ten times the memory of its text. */
Test(tool_list_faults, a_page_of_too_many_reservations_is_an_error) {
    const int count = 100001;
    char *page = malloc((size_t)count * 24 + 64);
    cr_assert_not_null(page);
    char *at = page + sprintf(page, "{\"data\":[{\"id\":\"0\"}");
    for (int number = 1; number < count; number++)
        at += sprintf(at, ",{\"id\":\"%d\"}", number);
    strcpy(at, "]}");
    file_write_text("page.json", page);
    free(page);
    expect_end("body=./page.json", 3, NULL, 1,
               "numres: page 1: the page has more than 100,000 reservations\n");
}

Test(tool_list_faults, another_page_than_asked_for_ends_the_run) {
    expect_end("page=2-;data-page=1;page-number=1", 3, ids_of(0, 19), 2,
               "numres: page 2: the response is not the page that was requested; the list may be "
               "incomplete; run the command again\n");
    expect_end("page=2;page-number=7", 3, NULL, 2, "not the page that was requested");
}

Test(tool_list_faults, without_meta_it_goes_on_to_the_first_empty_page) {
    expect_end("meta=none", 0, ids_of(0, 54), 4,
               "numres: page 4: the API named no total, so the list ends with this empty page\n");
    expect_end("page-number=none;total-pages=none", 0, ids_of(0, 54), 4, "");
}

Test(tool_list_faults, a_total_or_an_empty_list_needs_no_note) {
    expect_end("meta=none;data=empty", 0, "", 1, "");
    expect_end(
        "total-results=none;total-pages=9", 5, ids_of(0, 54), 4,
        "numres: page 4: the list may be incomplete: the API counts 9 pages, but page 4 is empty; "
        "run the command again\n");
    api_server server = api_server_start(55, RULES("meta=none"));
    expect_listing(&server, "--format ids --quiet", 0, ids_of(0, 54), "");
    api_server_stop(&server);
}

/* The official SDK would ask for ever. */
Test(tool_list_faults, a_page_that_comes_for_ever_without_meta_ends) {
    expect_end("meta=none;data-page=1", 5, ids_of(0, 19), 2,
               "numres: page 2: the list may be incomplete: the last pages held nothing but "
               "reservations that were shown before; the server may ignore page numbers; "
               "a larger --page-size may get all on one page\n"
               "numres: 20 reservations were repeated; each is shown once\n");
}

Test(tool_list_faults, the_total_of_pages_may_lie) {
    expect_end("total-pages=100", 5, ids_of(0, 54), 4,
               "numres: page 4: the list may be incomplete: the API counts 100 pages, but page 4 "
               "is empty; run the command again\n");
    expect_end("total-pages=9223372036854775807", 5, ids_of(0, 54), 4,
               "but page 4 is empty; run the command again\n");
    expect_end("total-pages=2", 5, ids_of(0, 39), 2,
               "numres: page 2: the list may be incomplete: the API counts 55, but 40 arrived; "
               "run the command again\n");
}

Test(tool_list_faults, an_empty_page_ends_the_list) {
    expect_end("page=2;data=empty;meta=none", 5, ids_of(0, 19), 2,
               "numres: page 2: the list may be incomplete: the API counts 55, but 20 arrived; "
               "run the command again\n");
    api_server server = api_server_start(55, RULES("page=2;data=empty;meta=none"));
    expect_listing(&server, "--format ids --resume state", 5, ids_of(0, 19),
                   "arrived; to read the list again, remove the --resume file\n");
    api_server_stop(&server);

    expect_end("page=2;data=empty;total-pages=1;total-results=20", 5, ids_of(0, 19), 2,
               "the API's total fell from 55 to 20");
}

Test(tool_list_faults, what_a_growing_list_pushes_to_the_next_page_is_shown_once) {
    expect_end("page=2;grow=3", 0, ids_of(0, 54), 3,
               "numres: 3 reservations were repeated on a later page, probably because the list "
               "grew; each is shown once; new ones on earlier pages are not shown\n");
    expect_end("page=2;grow=20", 0, ids_of(0, 54), 4, "numres: 20 reservations were repeated");
    expect_end("page=2;grow=1", 0, ids_of(0, 54), 3,
               "numres: 1 reservation was repeated on a later page, probably because the list "
               "grew; it is shown once; new ones on earlier pages are not shown\n");
}

Test(tool_list_faults, quiet_says_nothing_of_repeats) {
    api_server server = api_server_start(55, RULES("page=2;grow=3"));
    expect_listing(&server, "--format ids --quiet", 0, ids_of(0, 54), "");
    api_server_stop(&server);
}
