/* Method, path and body of each operation of the API's reference: the public calls of
   numres/request.h. query.c writes the path of the list. */
#include "numres/request.h"

#include <string.h>
#include <yajl/yajl_gen.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "query.h"
#include "sink.h"

static const numres_sized_member request_members[] = {
    NUMRES_SIZED_MEMBER(numres_request, size),
    NUMRES_SIZED_MEMBER(numres_request, operation),
    NUMRES_SIZED_POINTER(numres_request, query),
    NUMRES_SIZED_MEMBER(numres_request, id),
    NUMRES_SIZED_POINTER(numres_request, phone_numbers),
    NUMRES_SIZED_MEMBER(numres_request, phone_number_count),
    NUMRES_SIZED_MEMBER(numres_request, customer_reference),
};

static const numres_sized request_form = NUMRES_SIZED(numres_request, request_members);

void numres_request_init(numres_request *request, size_t size) {
    numres_request defaults = numres_request_default();
    numres_sized_init(&request_form, &defaults, request, size);
}

/* What each operation consists of, indexed by the operation. */
typedef struct operation_form {
    const char *method;
    const char *action; /* after the id */
    bool has_query;
    bool has_id;
    bool has_body;
} operation_form;

static const operation_form operation_forms[] = {
    [NUMRES_OPERATION_LIST] = {"GET", "", true, false, false},
    [NUMRES_OPERATION_RETRIEVE] = {"GET", "", false, true, false},
    [NUMRES_OPERATION_CREATE] = {"POST", "", false, false, true},
    [NUMRES_OPERATION_EXTEND] = {"POST", "/actions/extend", false, true, false},
};

/* Returns NULL if there is no such operation. */
static const operation_form *operation_form_of(numres_operation operation) {
    size_t count = sizeof operation_forms / sizeof *operation_forms;
    return (unsigned int)operation < count ? &operation_forms[operation] : NULL;
}

const char *numres_request_method(numres_operation operation) {
    const operation_form *form = operation_form_of(operation);
    return form != NULL ? form->method : NULL;
}

/* Checks. */

static numres_code check_request_text(numres_text text) {
    return text.length > NUMRES_LONGEST_REQUEST_TEXT ? NUMRES_BAD_TEXT
                                                     : numres_query_check_text(text);
}

/* Clients remove dot segments (RFC 3986 section 5.2.4), which would change the path. Some do
   so even if the dots are percent-encoded. */
static bool is_dot_segment(numres_text id) {
    return numres_text_equals(id, ".") || numres_text_equals(id, "..");
}

static numres_code check_id(const operation_form *form, numres_text id) {
    if (!form->has_id)
        return numres_query_has_text(id) ? NUMRES_WRONG_OPTION : NUMRES_OK;
    numres_code code = check_request_text(id);
    if (code == NUMRES_OK && (id.length == 0 || is_dot_segment(id)))
        return NUMRES_WRONG_OPTION;
    return code;
}

static numres_code check_phone_numbers(const operation_form *form, const numres_request *request) {
    size_t count = request->phone_number_count;
    if (!form->has_body)
        return count > 0 || request->phone_numbers != NULL ? NUMRES_WRONG_OPTION : NUMRES_OK;
    if (count == 0 || count > NUMRES_MOST_REQUEST_NUMBERS || request->phone_numbers == NULL)
        return NUMRES_WRONG_OPTION;
    for (size_t i = 0; i < count; i++)
        if (!numres_is_e164(request->phone_numbers[i]))
            return NUMRES_BAD_PHONE_NUMBER;
    return NUMRES_OK;
}

static numres_code check_reference(const operation_form *form, numres_text reference) {
    if (!numres_query_has_text(reference))
        return NUMRES_OK;
    return form->has_body ? check_request_text(reference) : NUMRES_WRONG_OPTION;
}

static numres_code check_query_of(const operation_form *form, const numres_query *query,
                                  const char **wrong) {
    *wrong = "query";
    if (query == NULL)
        return NUMRES_OK;
    if (!form->has_query)
        return NUMRES_WRONG_OPTION;
    const char *parameter;
    numres_code code = numres_query_check(query, &parameter);
    if (parameter != NULL)
        *wrong = parameter;
    return code;
}

/* Checks the members in the struct's order. */
static numres_code check_members(const numres_request *request, const char **wrong) {
    const operation_form *form = operation_form_of(request->operation);
    *wrong = "operation";
    if (form == NULL)
        return NUMRES_WRONG_OPTION;
    numres_code code = check_query_of(form, request->query, wrong);
    if (code != NUMRES_OK)
        return code;
    *wrong = "id";
    code = check_id(form, request->id);
    if (code != NUMRES_OK)
        return code;
    *wrong = "phone_numbers";
    code = check_phone_numbers(form, request);
    if (code != NUMRES_OK)
        return code;
    *wrong = "customer_reference";
    return check_reference(form, request->customer_reference);
}

/* Copies the caller's struct and checks it. */
static numres_code take_request(numres_request *request, const numres_request *given,
                                const char **parameter) {
    const char *wrong = NULL;
    *request = numres_request_default();
    numres_code code = numres_sized_take(&request_form, request, given);
    if (given == NULL)
        code = NUMRES_WRONG_USE;
    else if (code == NUMRES_OK)
        code = check_members(request, &wrong);
    if (parameter != NULL)
        *parameter = code == NUMRES_OK ? NULL : wrong;
    return code;
}

numres_code numres_request_check(const numres_request *request, const char **parameter) {
    numres_request taken;
    return take_request(&taken, request, parameter);
}

/* The path. */

static numres_code write_list_path(const numres_query *query, char *buffer, size_t size,
                                   size_t *needed) {
    numres_query all = numres_query_default();
    return numres_query_write(query != NULL ? query : &all, buffer, size, needed);
}

numres_code numres_request_write_path(const numres_request *request, char *buffer, size_t size,
                                      size_t *needed) {
    numres_request taken;
    numres_sink path;
    numres_code use = numres_sink_start(&path, buffer, size);
    numres_code code = take_request(&taken, request, NULL);
    if (use != NUMRES_OK || code != NUMRES_OK)
        return numres_sink_end(&path, use != NUMRES_OK ? use : code, needed);
    if (taken.operation == NUMRES_OPERATION_LIST)
        return write_list_path(taken.query, buffer, size, needed);
    numres_sink_string(&path, NUMRES_REQUEST_PATH);
    const operation_form *form = operation_form_of(taken.operation);
    if (form->has_id) {
        numres_sink_string(&path, "/");
        numres_sink_encoded(&path, taken.id);
        numres_sink_string(&path, form->action);
    }
    return numres_sink_end(&path, NUMRES_OK, needed);
}

/* The body. The calls follow yajl's grammar and the texts were checked, so yajl's functions
   cannot fail, and their results are ignored. */

static void print_body(void *context, const char *bytes, size_t length) {
    numres_sink_put(context, bytes, length);
}

static void put_body_text(yajl_gen generator, numres_text text) {
    yajl_gen_string(generator, (const unsigned char *)text.bytes, text.length);
}

static void put_body(yajl_gen generator, const numres_request *request) {
    yajl_gen_map_open(generator);
    put_body_text(generator, numres_text_from("phone_numbers"));
    yajl_gen_array_open(generator);
    for (size_t i = 0; i < request->phone_number_count; i++) {
        yajl_gen_map_open(generator);
        put_body_text(generator, numres_text_from("phone_number"));
        put_body_text(generator, request->phone_numbers[i]);
        yajl_gen_map_close(generator);
    }
    yajl_gen_array_close(generator);
    if (numres_query_has_text(request->customer_reference)) {
        put_body_text(generator, numres_text_from("customer_reference"));
        put_body_text(generator, request->customer_reference);
    }
    yajl_gen_map_close(generator);
}

static void generate_body(numres_sink *body, const numres_request *request) {
    _Alignas(max_align_t) char memory[NUMRES_ARENA_GENERATOR_SIZE];
    numres_arena arena;
    numres_arena_start(&arena, memory, sizeof memory);
    yajl_alloc_funcs functions = numres_arena_functions(&arena);
    yajl_gen generator = yajl_gen_alloc(&functions);
    yajl_gen_config(generator, yajl_gen_print_callback, print_body, body);
    put_body(generator, request);
    yajl_gen_free(generator);
}

numres_code numres_request_write_body(const numres_request *request, char *buffer, size_t size,
                                      size_t *needed) {
    numres_request taken;
    numres_sink body;
    numres_code use = numres_sink_start(&body, buffer, size);
    numres_code code = take_request(&taken, request, NULL);
    if (use == NUMRES_OK && code == NUMRES_OK && operation_form_of(taken.operation)->has_body)
        generate_body(&body, &taken);
    return numres_sink_end(&body, use != NUMRES_OK ? use : code, needed);
}
