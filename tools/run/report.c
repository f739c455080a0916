/* Composes reports of problems, errors and API errors and prints them with their places; prints
   most other messages on standard error. session.c, show/, api/ and list/ call it. */
#include "report.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

void report_print_place(struct session *session, struct print *reports, uint64_t position,
                        uint64_t offset) {
    uint64_t line = 0;
    uint64_t column = 0;
    if (reports != &session->output)
        print_string(reports, REPORT_PREFIX);
    print_safe(reports, session->input.name, strlen(session->input.name));
    if (lines_locate(&session->lines, position, offset, &line, &column)) {
        print_string(reports, ":");
        print_integer(reports, line);
        print_string(reports, ":");
        print_integer(reports, column);
    } else {
        print_string(reports, ":+");
        print_integer(reports, offset);
    }
    print_string(reports, ": ");
}

/* Ends the output's unfinished line on a terminal that shows messages too. The output
   itself is not changed. */
static void end_line_of_output(struct session *session) {
    if (session->output.in_line && isatty(session->output.descriptor) &&
        isatty(session->messages.descriptor)) {
        print_string(&session->messages, "\n");
        session->output.in_line = false;
    }
}

/* Messages are written at once, after the output that precedes them. */
static void start_report(struct session *session, const struct print *target) {
    if (target == &session->messages) {
        print_flush(&session->output);
        progress_hide(&session->progress);
        end_line_of_output(session);
    }
}

static void end_report(const struct session *session, struct print *target) {
    if (target == &session->messages)
        print_flush(target);
}

void report_print_message(const struct finding *finding, struct print *reports) {
    const numres_text *quote = finding->quote;
    print_string(reports, ": ");
    print_safe(reports, finding->message->bytes, finding->message->length);
    if (quote != NULL) {
        print_string(reports, ": \"");
        print_safe_cut(reports, quote->bytes, quote->length, FINDING_QUOTE_WIDTH);
        print_string(reports, "\"");
    }
}

void report_print_finding(struct session *session, const struct finding *finding) {
    struct print *reports = session->reports;
    report_print_place(session, reports, finding->position, finding->offset);
    print_safe(reports, finding->path.bytes, finding->path.length);
    report_print_message(finding, reports);
    print_string(reports, "\n");
}

static void report(struct session *session, const struct finding *finding) {
    start_report(session, session->reports);
    session->print_finding(session, finding);
    end_report(session, session->reports);
}

static bool is_utf8(numres_text text) {
    size_t at = 0;
    uint32_t code_point = 0;
    size_t length = 1;
    while (at < text.length && length > 0) {
        length = character_read(text.bytes + at, text.length - at, &code_point);
        at += length;
    }
    return length > 0;
}

/* The bytes that the document begins with. */
static numres_text head_of(const struct session *session) {
    const struct input *input = &session->input;
    size_t first = hint_first_byte(input->head, input->head_length);
    numres_text head = {input->head + first, input->head_length - first};
    /* A character at its end may be cut. */
    for (size_t cut = 0; cut < 4 && cut < head.length; cut++) {
        numres_text shorter = {head.bytes, head.length - cut};
        if (is_utf8(shorter))
            return shorter;
    }
    return head;
}

/* A clause about a root of the wrong kind, or NULL. Only commands that read files without
   looking for their kind have --bare. */
static const char *hint_about_root(const struct session *session, const numres_problem *problem,
                                   numres_text head) {
    bool has_no_envelope = problem->code == NUMRES_NO_ENVELOPE;
    bool is_root =
        has_no_envelope || (session->settings->bare && strcmp(problem->path.bytes, "(root)") == 0);
    if (!is_root || session->asks_api)
        return NULL;
    if (problem->found == NUMRES_JSON_ARRAY)
        return hint_about_array(head, session->settings->bare, session->finds_root);
    if (problem->found == NUMRES_JSON_STRING)
        return hint_about_string(problem->raw);
    bool is_bare =
        has_no_envelope && strcmp(problem->sentence, numres_code_sentence(problem->code)) != 0;
    return is_bare && !session->finds_root ? "read it with --bare" : NULL;
}

/* What was found, unless the message says it or there is no text of it. An empty string is
   quoted too. */
static const numres_text *quote_of(const numres_problem *problem) {
    bool is_said = problem->expected != NULL || problem->code == NUMRES_UNKNOWN_MEMBER;
    bool has_text = problem->raw.length > 0 || problem->found == NUMRES_JSON_STRING;
    return !is_said && has_text ? &problem->raw : NULL;
}

static void write_message(struct message *message, const numres_problem *problem,
                          const struct message *found, const char *hint) {
    if (problem->expected != NULL) {
        message_wrong_type(message, problem);
        if (hint != NULL)
            message_clause(message, hint);
        return;
    }
    message_sentence(message, sentence_of_tool(problem->code, problem->sentence), hint);
    if (problem->code == NUMRES_UNKNOWN_MEMBER)
        message_quote(message, "; its value is ", (numres_text){found->bytes, found->length});
}

void report_problem(struct session *session, uint64_t position, const numres_problem *problem) {
    struct message message;
    struct message found;
    numres_text head = head_of(session);
    struct finding finding = {.position = position,
                              .offset = problem->offset,
                              .path = problem->path,
                              .code = numres_code_name(problem->code),
                              .message = &message,
                              .raw = &problem->raw,
                              .quote = quote_of(problem),
                              .expected = problem->expected,
                              .found = &found};
    /* The text of the root may show what the API meant. */
    if (head.length > position - problem->offset)
        head.length = (size_t)(position - problem->offset);
    message_found(&found, problem);
    write_message(&message, problem, &found, hint_about_root(session, problem, head));
    if (problem->code == NUMRES_NO_ENVELOPE)
        finding.quote = &head;
    if (session->notes == NULL || session->reports != &session->messages) {
        report(session, &finding);
        return;
    }
    session->reports = &session->notes->line;
    report(session, &finding);
    session->reports = &session->messages;
    notes_add_line(session, notes_row(session, problem->path));
}

static const char *hint_for(const struct session *session, const numres_error *error) {
    const struct input *input = &session->input;
    if (session->asks_api)
        return NULL;
    if (error->code == NUMRES_EMPTY_INPUT)
        return "did the download fail? curl --fail-with-body shows why";
    if (error->code == NUMRES_TRUNCATED)
        return "fetch the response again";
    if (!hint_is_about_start(error, input->head, input->head_length))
        return hint_inside(error, input->head, input->head_length);
    return hint_about(input->head, input->head_length);
}

void report_error(struct session *session, uint64_t position, const numres_error *error) {
    struct message message;
    numres_text path = {error->path, strlen(error->path)};
    struct finding finding = {.position = position,
                              .offset = error->offset,
                              .path = path,
                              .code = numres_code_name(error->code),
                              .is_error = true,
                              .message = &message};
    message_sentence(&message, sentence_of_tool(error->code, error->sentence),
                     hint_for(session, error));
    message_request_id(&message, session->request_id);
    report(session, &finding);
}

void report_api_error(struct session *session, uint64_t position,
                      const numres_api_error *api_error) {
    struct message message;
    char place[40];
    numres_text head = head_of(session);
    int length = api_error->of_root
                     ? snprintf(place, sizeof place, "(root)")
                     : snprintf(place, sizeof place, "errors[%" PRIu64 "]", api_error->index);
    numres_text path = {place, length < 0 ? 0 : (size_t)length};
    /* The message contains the code already. */
    struct finding finding = {.position = position,
                              .offset = position - 1,
                              .path = path,
                              .code = FINDING_API_ERROR,
                              .is_error = true,
                              .message = &message,
                              .raw = &api_error->code};
    message_api_error(&message, api_error);
    if (!message_api_error_speaks(api_error))
        message_quote(&message,
                      " without a code, title or detail; the response starts with: ", head);
    message_request_id(&message, session->request_id);
    report(session, &finding);
}

void report_remark(struct session *session, uint64_t position, const char *remark) {
    struct print *messages = &session->messages;
    session->remarks++;
    if (session->remarks_reported > 0 && session->remarks > session->remarks_reported)
        return;
    start_report(session, messages);
    report_print_place(session, messages, position, position - 1);
    print_string(messages, remark);
    print_string(messages, "\n");
    end_report(session, messages);
}

void report_unnamed_errors(struct session *session, const numres_document *document) {
    struct message message;
    numres_text head = head_of(session);
    uint64_t position = document->offset + document->length;
    struct finding finding = {.position = position,
                              .offset = position - 1,
                              .path = numres_text_from("errors"),
                              .code = FINDING_API_ERROR,
                              .is_error = true,
                              .message = &message};
    if (head.length > document->length)
        head.length = (size_t)document->length;
    message_sentence(&message, "the API reported errors without naming any", NULL);
    /* An empty array says nothing more. */
    if (document->problems > 0)
        message_quote(&message, "; the response starts with: ", head);
    report(session, &finding);
}

void report_lines(struct session *session, const char *lines, size_t length) {
    start_report(session, &session->messages);
    print_bytes(&session->messages, lines, length);
    end_report(session, &session->messages);
}

void report_message(struct session *session, const struct message *message) {
    struct print *messages = &session->messages;
    start_report(session, messages);
    print_string(messages, REPORT_PREFIX);
    print_safe(messages, message->bytes, message->length);
    print_string(messages, "\n");
    end_report(session, messages);
}

void report_failure(struct session *session, const char *name, const char *what,
                    const char *reason) {
    struct message message;
    message_begin(&message);
    message_format(&message, "%s%s%s%s", name != NULL ? name : "", name != NULL ? ": " : "", what,
                   reason);
    report_message(session, &message);
}
