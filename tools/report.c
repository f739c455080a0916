#include "report.h"

#include <string.h>

#include "hint.h"

/* Stands before everything on standard error. */
#define MESSAGE_PREFIX "numres: "

/* Texts in messages are cut to so many characters. */
#define QUOTED_WIDTH 64
#define TITLE_WIDTH 200
#define DETAIL_WIDTH 1000

static void print_place(struct session *session, struct print *reports, uint64_t position,
                        uint64_t offset) {
    uint64_t line = 0;
    uint64_t column = 0;
    if (reports == &session->messages)
        print_string(reports, MESSAGE_PREFIX);
    print_safe(reports, session->input.name, strlen(session->input.name));
    if (lines_locate(&session->lines, position, offset, &line, &column)) {
        print_string(reports, ":");
        print_number(reports, line);
        print_string(reports, ":");
        print_number(reports, column);
    } else {
        print_string(reports, ":+");
        print_number(reports, offset);
    }
    print_string(reports, ": ");
}

/* Messages come at once, and behind the output that came before them. */
static void start_report(struct session *session, const struct print *target) {
    if (target == &session->messages)
        print_flush(&session->output);
}

static void end_report(struct print *target, const struct session *session) {
    print_string(target, "\n");
    if (target == &session->messages)
        print_flush(target);
}

void report_problem(struct session *session, uint64_t position, const numres_problem *problem) {
    struct print *reports = session->reports;
    start_report(session, reports);
    print_place(session, reports, position, problem->offset);
    print_safe(reports, problem->path.bytes, problem->path.length);
    print_string(reports, ": ");
    print_string(reports, problem->sentence);
    if (problem->raw.length > 0) {
        print_string(reports, ": \"");
        print_safe_cut(reports, problem->raw.bytes, problem->raw.length, QUOTED_WIDTH);
        print_string(reports, "\"");
    }
    end_report(reports, session);
}

/* Only the stream's first document can be looked at from its first byte on. */
static const char *hint_for(const struct session *session, const numres_error *error) {
    const struct input *input = &session->input;
    size_t first = hint_first_byte(input->head, input->head_length);
    bool is_about_first_byte = error->code == NUMRES_SYNTAX || error->code == NUMRES_ENCODING ||
                               error->code == NUMRES_BYTE_ORDER_MARK;
    if (error->code == NUMRES_EMPTY_INPUT)
        return "was the answer fetched? curl --fail-with-body shows why not";
    if (error->code == NUMRES_TRUNCATED)
        return "fetch the answer again";
    if (!is_about_first_byte || error->document != 0 || error->offset > first)
        return NULL;
    return hint_about(input->head + first, input->head_length - first);
}

void report_error(struct session *session, uint64_t position, const numres_error *error) {
    struct print *reports = session->reports;
    const char *hint = hint_for(session, error);
    start_report(session, reports);
    print_place(session, reports, position, error->offset);
    print_safe(reports, error->path, strlen(error->path));
    print_string(reports, ": ");
    print_string(reports, error->sentence);
    if (hint != NULL) {
        print_string(reports, " (");
        print_string(reports, hint);
        print_string(reports, ")");
    }
    end_report(reports, session);
}

/* Prints a text that is there after `before`, and then `after`. */
static void print_part(struct print *reports, const char *before, numres_text text, size_t width,
                       const char *after) {
    if (text.length > 0) {
        print_string(reports, before);
        print_safe_cut(reports, text.bytes, text.length, width);
        print_string(reports, after);
    }
}

void report_api_error(struct session *session, uint64_t position,
                      const numres_api_error *api_error) {
    struct print *reports = session->reports;
    start_report(session, reports);
    print_place(session, reports, position, position - 1);
    print_string(reports, "errors[");
    print_number(reports, api_error->index);
    print_string(reports, "]: API error");
    print_part(reports, " ", api_error->code, QUOTED_WIDTH, "");
    print_part(reports, ": ", api_error->title, TITLE_WIDTH, "");
    print_part(reports, ": ", api_error->detail, DETAIL_WIDTH, "");
    print_part(reports, " (pointer ", api_error->source_pointer, TITLE_WIDTH, ")");
    print_part(reports, " (parameter ", api_error->source_parameter, TITLE_WIDTH, ")");
    print_part(reports, " (see ", api_error->meta_url, TITLE_WIDTH, ")");
    end_report(reports, session);
}

void report_remark(struct session *session, uint64_t position, const char *remark) {
    struct print *messages = &session->messages;
    start_report(session, messages);
    print_place(session, messages, position, position - 1);
    print_string(messages, remark);
    end_report(messages, session);
}

void report_failure(struct session *session, const char *name, const char *what,
                    const char *reason) {
    struct print *messages = &session->messages;
    start_report(session, messages);
    print_string(messages, MESSAGE_PREFIX);
    if (name != NULL) {
        print_safe(messages, name, strlen(name));
        print_string(messages, ": ");
    }
    print_string(messages, what);
    print_string(messages, reason);
    end_report(messages, session);
}
