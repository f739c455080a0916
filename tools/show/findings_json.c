/* The findings of numres check as JSON: an object a line, and SARIF 2.1.0. check.c chooses
   between them. difference.c prints its own lines with the same functions. */
#include "findings.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "../run/text.h"

/* ---- an object on a line of its own ---- */

static void *allocate(void *context, size_t size) {
    struct json_line *line = context;
    char *piece = line->memory + line->used;
    size_t unit = _Alignof(max_align_t);
    line->used += (size + unit - 1) / unit * unit;
    return line->used <= sizeof line->memory ? piece : NULL;
}

static void *reallocate(void *context, void *piece, size_t size) {
    (void)piece;
    return allocate(context, size);
}

static void release(void *context, void *piece) {
    (void)context;
    (void)piece;
}

static void write_part(void *context, const char *bytes, size_t length) {
    print_json_text(context, bytes, length);
}

void json_line_begin(struct json_line *line, struct print *print) {
    yajl_alloc_funcs functions = {allocate, reallocate, release, line};
    line->used = 0;
    line->print = print;
    line->generator = yajl_gen_alloc(&functions);
    yajl_gen_config(line->generator, yajl_gen_print_callback, write_part, print);
    yajl_gen_map_open(line->generator);
}

void json_line_end(struct json_line *line) {
    yajl_gen_map_close(line->generator);
    yajl_gen_free(line->generator);
    print_string(line->print, "\n");
}

static void put_bytes(yajl_gen json, const char *bytes, size_t length) {
    yajl_gen_string(json, (const unsigned char *)bytes, length);
}

static void put_string(yajl_gen json, const char *string) {
    put_bytes(json, string, strlen(string));
}

void json_line_text(struct json_line *line, const char *name, const char *bytes, size_t length) {
    put_string(line->generator, name);
    if (bytes == NULL)
        yajl_gen_null(line->generator);
    else
        put_bytes(line->generator, bytes, length);
}

void json_line_integer(struct json_line *line, const char *name, uint64_t value) {
    put_string(line->generator, name);
    yajl_gen_integer(line->generator, (long long)value);
}

/* ---- one finding a line ---- */

static void put_place(struct session *session, struct json_line *json,
                      const struct finding *finding) {
    uint64_t line = 0;
    uint64_t column = 0;
    if (lines_locate(&session->lines, finding->position, finding->offset, &line, &column)) {
        json_line_integer(json, "line", line);
        json_line_integer(json, "column", column);
    } else {
        json_line_text(json, "line", NULL, 0);
        json_line_text(json, "column", NULL, 0);
    }
    json_line_integer(json, "offset", finding->offset);
}

static void put_string_member(struct json_line *json, const char *name, const char *string) {
    json_line_text(json, name, string, string == NULL ? 0 : strlen(string));
}

void findings_print_json(struct session *session, const struct finding *finding) {
    struct json_line json;
    struct message file;
    message_clean(&file, session->input.name);
    json_line_begin(&json, session->reports);
    json_line_text(&json, "file", file.bytes, file.length);
    put_place(session, &json, finding);
    json_line_text(&json, "path", finding->path.bytes, finding->path.length);
    put_string_member(&json, "code", finding->code);
    json_line_text(&json, "message", finding->message->bytes, finding->message->length);
    if (finding->raw != NULL)
        json_line_text(&json, "raw", finding->raw->bytes, finding->raw->length);
    else
        json_line_text(&json, "raw", NULL, 0);
    put_string_member(&json, "expected", finding->expected);
    if (finding->expected != NULL)
        json_line_text(&json, "found", finding->found->bytes, finding->found->length);
    else
        json_line_text(&json, "found", NULL, 0);
    json_line_end(&json);
}

/* ---- SARIF; sections are those of SARIF 2.1.0 ---- */

static void open_object(struct json_line *json, const char *name) {
    put_string(json->generator, name);
    yajl_gen_map_open(json->generator);
}

static void open_array(struct json_line *json, const char *name) {
    put_string(json->generator, name);
    yajl_gen_array_open(json->generator);
}

/* The rules are all codes of errors and problems that a file may have, and that of API
   errors, in this order. Returns the code after this one, NUMRES_OK after the last. */
static numres_code next_rule(numres_code code) {
    unsigned int next = (unsigned int)code + 1;
    if (code == NUMRES_TRAILING_BYTES)
        return NUMRES_UNKNOWN_STATUS;
    return strcmp(numres_code_name((numres_code)next), "unknown") == 0 ? NUMRES_OK
                                                                       : (numres_code)next;
}

static uint64_t rule_index(const char *name) {
    uint64_t index = 0;
    numres_code code = NUMRES_SYNTAX;
    while (code != NUMRES_OK && strcmp(name, numres_code_name(code)) != 0) {
        code = next_rule(code);
        index++;
    }
    return index;
}

/* A character of UTF-8, or two braces. */
#define LONGEST_LITERAL 4

/* In a message, braces stand for arguments (section 3.11.5). Text that does not fit is cut
   at the start of a character. */
static void add_literal(struct message *message, const char *bytes, size_t length) {
    while (length > 0 && message->length + LONGEST_LITERAL < sizeof message->bytes) {
        uint32_t code_point = 0;
        size_t taken = character_read(bytes, length, &code_point);
        if (taken == 0)
            return;
        message_quote(message, "", (numres_text){bytes, taken});
        if (bytes[0] == '{' || bytes[0] == '}')
            message_quote(message, "", (numres_text){bytes, 1});
        bytes += taken;
        length -= taken;
    }
}

static void put_message(struct json_line *json, const char *name, const struct message *text) {
    open_object(json, name);
    json_line_text(json, "text", text->bytes, text->length);
    yajl_gen_map_close(json->generator);
}

static void put_rule(struct json_line *json, const char *name, const char *sentence,
                     bool is_error) {
    struct message text;
    message_begin(&text);
    add_literal(&text, sentence, strlen(sentence));
    yajl_gen_map_open(json->generator);
    put_string_member(json, "id", name);
    put_message(json, "shortDescription", &text);
    open_object(json, "defaultConfiguration");
    put_string_member(json, "level", is_error ? "error" : "warning");
    yajl_gen_map_close(json->generator);
    yajl_gen_map_close(json->generator);
}

static void put_tool(struct json_line *json) {
    open_object(json, "tool");
    open_object(json, "driver");
    put_string_member(json, "name", "numres");
    put_string_member(json, "version", numres_version());
    open_array(json, "rules");
    for (numres_code code = NUMRES_SYNTAX; code != NUMRES_OK; code = next_rule(code))
        put_rule(json, numres_code_name(code), sentence_of_tool(code, numres_code_sentence(code)),
                 code <= NUMRES_TRAILING_BYTES);
    put_rule(json, FINDING_API_ERROR, "the API returned an error", true);
    yajl_gen_array_close(json->generator);
    yajl_gen_map_close(json->generator);
    yajl_gen_map_close(json->generator);
}

/* Without memory for a failure, only the exit code shows it. */
static void note_failure(struct session *session, const char *what) {
    struct findings_sarif *sarif = session->command;
    struct message *more =
        realloc(sarif->failures, (sarif->failure_count + 1) * sizeof *sarif->failures);
    if (more == NULL)
        return;
    sarif->failures = more;
    struct message *failure = &more[sarif->failure_count++];
    struct message text;
    message_begin(&text);
    message_format(&text, "%s: %s%s", session->input.name, what, session->input.failure);
    message_begin(failure);
    add_literal(failure, text.bytes, text.length);
}

void findings_begin_sarif(struct session *session) {
    struct findings_sarif *sarif = session->command;
    struct json_line *json = &sarif->json;
    sarif->errors = 0;
    sarif->failures = NULL;
    sarif->failure_count = 0;
    session->file_failed = note_failure;
    json_line_begin(json, session->reports);
    put_string_member(json, "$schema",
                      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                      "sarif-schema-2.1.0.json");
    put_string_member(json, "version", "2.1.0");
    open_array(json, "runs");
    yajl_gen_map_open(json->generator);
    put_tool(json);
    put_string_member(json, "columnKind", "utf16CodeUnits");
    open_array(json, "results");
}

/* A relative or absolute path as a URI reference (section 3.10.1, RFC 3986 section 4.2). */
static void put_uri(struct json_line *json, const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-._~/";
    static const char digits[] = "0123456789ABCDEF";
    struct message uri;
    message_begin(&uri);
    message_add(&uri, name[0] == '/' ? "file://" : "");
    for (; *name != '\0' && uri.length + 4 < sizeof uri.bytes; name++) {
        unsigned char byte = (unsigned char)*name;
        char escaped[] = {'%', digits[byte >> 4], digits[byte & 0xF], '\0'};
        char as_it_is[] = {*name, '\0'};
        message_add(&uri, strchr(plain, *name) != NULL ? as_it_is : escaped);
    }
    json_line_text(json, "uri", uri.bytes, uri.length);
}

/* A place whose line is no longer known is given as an offset in bytes (section 3.30.11). */
static void put_region(struct session *session, struct json_line *json,
                       const struct finding *finding) {
    uint64_t line = 0;
    uint64_t column = 0;
    open_object(json, "region");
    if (findings_place(session, finding, &line, &column))
        json_line_integer(json, "startLine", line);
    else
        json_line_integer(json, "byteOffset", finding->offset);
    if (column > 0)
        json_line_integer(json, "startColumn", column);
    yajl_gen_map_close(json->generator);
}

static void put_location(struct session *session, struct json_line *json,
                         const struct finding *finding) {
    open_array(json, "locations");
    yajl_gen_map_open(json->generator);
    open_object(json, "physicalLocation");
    open_object(json, "artifactLocation");
    put_uri(json, session->input.is_standard ? "stdin" : session->input.name);
    yajl_gen_map_close(json->generator);
    put_region(session, json, finding);
    yajl_gen_map_close(json->generator);
    open_array(json, "logicalLocations");
    yajl_gen_map_open(json->generator);
    json_line_text(json, "fullyQualifiedName", finding->path.bytes, finding->path.length);
    yajl_gen_map_close(json->generator);
    yajl_gen_array_close(json->generator);
    yajl_gen_map_close(json->generator);
    yajl_gen_array_close(json->generator);
}

void findings_print_sarif(struct session *session, const struct finding *finding) {
    struct findings_sarif *sarif = session->command;
    struct json_line *json = &sarif->json;
    struct message text;
    sarif->errors += finding->is_error && strcmp(finding->code, FINDING_API_ERROR) != 0 ? 1 : 0;
    message_begin(&text);
    add_literal(&text, finding->message->bytes, finding->message->length);
    if (finding->quote != NULL) {
        message_add(&text, ": \"");
        add_literal(&text, finding->quote->bytes, finding->quote->length);
        message_add(&text, "\"");
    }
    /* White space between tokens. */
    print_string(session->reports, "\n");
    yajl_gen_map_open(json->generator);
    put_string_member(json, "ruleId", finding->code);
    json_line_integer(json, "ruleIndex", rule_index(finding->code));
    put_string_member(json, "level", finding->is_error ? "error" : "warning");
    put_message(json, "message", &text);
    put_location(session, json, finding);
    yajl_gen_map_close(json->generator);
}

/* Why a file is missing from the results (section 3.20.21). */
static void put_notifications(struct json_line *json, const struct findings_sarif *sarif) {
    open_array(json, "toolExecutionNotifications");
    for (size_t at = 0; at < sarif->failure_count; at++) {
        yajl_gen_map_open(json->generator);
        put_string_member(json, "level", "error");
        put_message(json, "message", &sarif->failures[at]);
        yajl_gen_map_close(json->generator);
    }
    yajl_gen_array_close(json->generator);
}

/* The run was successful if every file could be read (section 3.20.14). */
void findings_end_sarif(struct session *session) {
    struct findings_sarif *sarif = session->command;
    struct json_line *json = &sarif->json;
    yajl_gen_array_close(json->generator);
    open_array(json, "invocations");
    yajl_gen_map_open(json->generator);
    put_string(json->generator, "executionSuccessful");
    yajl_gen_bool(json->generator, session->counts.errors == sarif->errors);
    json_line_integer(json, "exitCode", (uint64_t)session->exit_code);
    if (sarif->failure_count > 0)
        put_notifications(json, sarif);
    yajl_gen_map_close(json->generator);
    yajl_gen_array_close(json->generator);
    yajl_gen_map_close(json->generator);
    yajl_gen_array_close(json->generator);
    json_line_end(json);
    free(sarif->failures);
}
