/* Holds the problems of a record until it is known to be new, and limits how many of a code are
   reported. response.c, exchange.c, verdict.c and list/list.c call it. */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

static ssize_t keep(struct print *print, const char *bytes, size_t length) {
    struct problems *problems = print->writer;
    struct problems_held *held = problems->target;
    if (held->size - held->length < length) {
        size_t size = held->size * 2 + length;
        char *text = realloc(held->text, size);
        held->failed = held->failed || text == NULL;
        if (text == NULL)
            return (ssize_t)length;
        held->text = text;
        held->size = size;
    }
    memcpy(held->text + held->length, bytes, length);
    held->length += length;
    return (ssize_t)length;
}

void problems_begin(struct problems *problems, struct session *session) {
    memset(problems, 0, sizeof *problems);
    problems->session = session;
    print_begin(&problems->print, -1);
    problems->print.write = keep;
    problems->print.writer = problems;
}

void problems_end(struct problems *problems) {
    free(problems->record.text);
    free(problems->page.text);
}

/* Codes beyond the size of the table share its last entry. */
static size_t index_of(struct problems *problems, const char *name) {
    size_t at = 0;
    while (at + 1 < PROBLEMS_CODES && problems->codes[at] != NULL && problems->codes[at] != name)
        at++;
    problems->codes[at] = name;
    return at;
}

void problems_hold(struct problems *problems, numres_parser *parser,
                   const numres_problem *problem) {
    struct session *session = problems->session;
    uint64_t row = notes_row(session, problem->path);
    struct problems_held *held = row != NOTES_OF_NONE ? &problems->record : &problems->page;
    size_t code = index_of(problems, numres_code_name(problem->code));
    held->counts[code]++;
    if (problems->told[code] + problems->record.counts[code] + problems->page.counts[code] >
        PROBLEMS_REPORTED)
        return;
    problems->target = held;
    session->reports = &problems->print;
    report_problem(session, numres_parser_position(parser), problem);
    print_flush(&problems->print);
    session->reports = &session->messages;
    held->rows[held->lines++] = row;
}

static void forget(struct problems_held *held) {
    memset(held->counts, 0, sizeof held->counts);
    held->length = 0;
    held->lines = 0;
}

static void tell(struct problems *problems, struct problems_held *held) {
    uint64_t count = 0;
    for (size_t code = 0; code < PROBLEMS_CODES; code++) {
        count += held->counts[code];
        problems->told[code] += held->counts[code];
    }
    if (count == 0)
        return;
    session_count_problems(problems->session, count);
    if (problems->session->notes != NULL)
        notes_add_lines(problems->session, held->text, held->length, held->rows);
    else
        report_lines(problems->session, held->text, held->length);
    if (held->failed)
        report_failure(problems->session, NULL, "out of memory; not all problems are reported", "");
    held->failed = false;
    forget(held);
}

void problems_tell_record(struct problems *problems) {
    tell(problems, &problems->record);
}

void problems_leave_record(struct problems *problems) {
    struct problems_held *record = &problems->record;
    struct problems_held *page = &problems->page;
    for (size_t code = 0; code < PROBLEMS_CODES; code++)
        page->counts[code] += record->counts[code];
    for (size_t line = 0; line < record->lines; line++)
        page->rows[page->lines++] = NOTES_OF_NONE;
    problems->target = page;
    if (record->length > 0)
        keep(&problems->print, record->text, record->length);
    page->failed = page->failed || record->failed;
    record->failed = false;
    forget(record);
}

void problems_forget_record(struct problems *problems) {
    forget(&problems->record);
}

bool problems_may_report_api_error(struct problems *problems) {
    return ++problems->api_errors <= PROBLEMS_REPORTED;
}

void problems_forget(struct problems *problems) {
    forget(&problems->record);
    forget(&problems->page);
}

/* "numres: page 1: and 4,194,205 more problems: unknown-status" */
static void tell_rest(struct problems *problems, uint64_t count, const char *what,
                      const char *code) {
    struct message message;
    if (count <= PROBLEMS_REPORTED)
        return;
    message_begin(&message);
    message_format(&message, "%s: and ", problems->session->input.name);
    message_add_grouped(&message, count - PROBLEMS_REPORTED);
    message_format(&message, " more %s%s%s%s", what, count - PROBLEMS_REPORTED == 1 ? "" : "s",
                   code[0] == '\0' ? "" : ": ", code);
    report_message(problems->session, &message);
}

void problems_tell(struct problems *problems) {
    struct session *session = problems->session;
    tell(problems, &problems->record);
    tell(problems, &problems->page);
    for (size_t code = 0; code < PROBLEMS_CODES; code++) {
        if (problems->codes[code] != NULL && session->notes == NULL)
            tell_rest(problems, problems->told[code], "problem", problems->codes[code]);
        else if (problems->told[code] > PROBLEMS_REPORTED)
            notes_add_more(session, problems->told[code] - PROBLEMS_REPORTED);
        problems->told[code] = 0;
    }
    tell_rest(problems, problems->api_errors, "API error", "");
    tell_rest(problems, session->remarks, "remark", "");
    problems->api_errors = 0;
    session->remarks = 0;
}
