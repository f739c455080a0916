/*
 * Programs and libraries of different versions: structs made by the caller, as an older
 * program has them, which end before members of today, and as a newer one has them.
 */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD = 64, MORE = 24, GUARD_BYTE = 0xA5 };

/* A struct of `size` bytes in the caller's memory, with guard bytes around it. */
typedef struct guarded {
    unsigned char *memory;
    unsigned char *given;
    size_t size;
} guarded;

/* Makes one from today's defaults, cut or followed by zeros, with its own size. */
static guarded guarded_make(const void *defaults, size_t today, size_t size) {
    guarded made = {malloc(size + 2 * GUARD), NULL, size};
    made.given = made.memory + GUARD;
    memset(made.memory, GUARD_BYTE, size + 2 * GUARD);
    memset(made.given, 0, size);
    memcpy(made.given, defaults, size < today ? size : today);
    memcpy(made.given, &size, sizeof size);
    return made;
}

static void *struct_of(const guarded *made) {
    return made->given;
}

static void guarded_free(guarded *made) {
    size_t size;
    memcpy(&size, made->given, sizeof size);
    cr_assert_eq(size, made->size, "the size was changed");
    for (size_t at = 0; at < GUARD; at++) {
        cr_assert_eq(made->memory[at], GUARD_BYTE, "a byte before the struct");
        cr_assert_eq(made->given[made->size + at], GUARD_BYTE, "a byte after the struct");
    }
    free(made->memory);
}

/* ---- common to all structs: each use returns a code ---- */

static numres_code use_options(void *given) {
    numres_parser *parser;
    numres_code code = numres_parser_create(&parser, given, NULL, NULL);
    cr_assert_eq(numres_parser_size(given) > 0, code == NUMRES_OK);
    numres_parser_destroy(parser);
    return code;
}

static numres_code use_handlers(void *given) {
    numres_parser *parser;
    numres_code code = numres_parser_create(&parser, NULL, given, NULL);
    numres_parser_destroy(parser);
    return code;
}

static size_t swallow(const void *bytes, size_t length, void *context) {
    (void)bytes, (void)context;
    return length;
}

static numres_code use_writer_options(void *given) {
    void *memory = malloc(numres_writer_size());
    numres_writer *writer;
    numres_code code =
        numres_writer_create_in(&writer, memory, numres_writer_size(), given, swallow, NULL);
    free(memory);
    return code;
}

static numres_code use_query(void *given) {
    char text[256];
    numres_code code = numres_query_write(given, text, sizeof text, NULL);
    cr_assert_eq(numres_query_check(given, NULL), code);
    return code;
}

static numres_code use_request(void *given) {
    char text[256];
    numres_code code = numres_request_write_path(given, text, sizeof text, NULL);
    cr_assert_eq(numres_request_check(given, NULL), code);
    cr_assert_eq(numres_request_write_body(given, text, sizeof text, NULL), code);
    return code;
}

static numres_code use_error(void *given) {
    numres_code code = numres_parse("{", 1, NULL, NULL, NULL, given);
    return code == NUMRES_TRUNCATED ? NUMRES_OK : code;
}

static numres_code code_of(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_WRONG_USE      ? NUMRES_WRONG_USE
           : reason == NUMRES_PAGER_WRONG_OPTION ? NUMRES_WRONG_OPTION
                                                 : NUMRES_OK;
}

static numres_code use_pager(void *given) {
    static const char line[] = "numres-pager-1 page=2 taken=3 reason=next";
    char text[NUMRES_PAGER_TEXT_SIZE];
    numres_query query = numres_query_default();
    numres_code code = code_of(numres_pager_why(given));
    cr_assert_eq(numres_pager_parse(line, strlen(line), given), code == NUMRES_OK);
    cr_assert_eq(numres_pager_format(given, text, sizeof text) > 0, code == NUMRES_OK);
    cr_assert_eq(code_of(numres_pager_ask(given, &query)), code);
    cr_assert_eq(code_of(numres_pager_take(given, 5)), code);
    cr_assert_eq(code_of(numres_pager_drop(given, 6)), code);
    cr_assert_eq(code_of(numres_pager_page_read(given, NULL, 7)), code);
    numres_pager_was_taken(given, 0);
    numres_pager_is_mismatch(given, NULL);
    return code;
}

static numres_code use_asked_query(void *given) {
    numres_pager pager = numres_pager_default();
    return code_of(numres_pager_ask(&pager, given));
}

typedef void (*init_function)(void *made, size_t size);

/* The exported twins of the inline functions, with a common type. */
#define INIT(name)                                                                                 \
    static void init_##name(void *made, size_t size) {                                             \
        numres_##name##_init(made, size);                                                          \
    }
INIT(options)
INIT(handlers)
INIT(writer_options)
INIT(query)
INIT(request)
INIT(pager)
INIT(error)
INIT(lines)
INIT(arrow_options)

static uint64_t starts[4];

static numres_code use_lines(void *given) {
    uint64_t *room = starts;
    size_t capacity = sizeof starts / sizeof *starts;
    unsigned char *bytes = given;
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size >= sizeof(numres_lines) && size < 65536) {
        memcpy(bytes + offsetof(numres_lines, starts), &room, sizeof room);
        memcpy(bytes + offsetof(numres_lines, capacity), &capacity, sizeof capacity);
    }
    return numres_lines_feed(given, "a\nb", 3);
}

static int64_t read_nothing(void *buffer, size_t size, void *context) {
    (void)buffer, (void)size, (void)context;
    return 0;
}

static numres_code use_arrow_options(void *given) {
    struct ArrowArrayStream stream;
    numres_arrow_source source = {read_nothing, NULL, NULL};
    numres_code code = numres_arrow_stream_create(&stream, &source, given);
    if (code == NUMRES_OK)
        stream.release(&stream);
    return code;
}

typedef struct form {
    const char *name;
    numres_code (*use)(void *given);
    init_function init;
    const void *defaults;
    size_t size;
    size_t first_member; /* where the first member after the size ends */
} form;

static numres_options options;
static numres_handlers handlers;
static numres_writer_options writer_options;
static numres_query query;
static numres_request request;
static numres_pager pager;
static numres_error error;
static numres_lines lines;
static numres_arrow_options arrow_options;

#define FORM(use, value, member)                                                                   \
    { #value, use, init_##value, &(value), sizeof(value), offsetof(numres_##value, member) }

static const form forms[] = {
    FORM(use_options, options, root),
    FORM(use_handlers, handlers, on_reservation),
    FORM(use_writer_options, writer_options, format),
    FORM(use_query, query, status),
    FORM(use_request, request, operation),
    FORM(use_pager, pager, page),
    FORM(use_error, error, code),
    FORM(use_lines, lines, starts),
    FORM(use_arrow_options, arrow_options, parser),
};
enum { FORMS = sizeof forms / sizeof *forms };

static void set_defaults(void) {
    options = numres_options_default();
    handlers = numres_handlers_default();
    writer_options = numres_writer_options_default();
    query = numres_query_default();
    request = numres_request_default();
    pager = numres_pager_default();
    error = numres_error_default();
    lines = numres_lines_default();
    arrow_options = numres_arrow_options_default();
}

static numres_code use_size(const form *form, size_t size) {
    guarded made = guarded_make(form->defaults, form->size, size);
    numres_code code = form->use(made.given);
    guarded_free(&made);
    return code;
}

TestSuite(sized, .init = set_defaults);

Test(sized, a_newer_program_sets_nothing_new) {
    for (size_t at = 0; at < FORMS; at++)
        for (size_t more = 0; more <= MORE; more++)
            cr_expect_eq(use_size(&forms[at], forms[at].size + more), NUMRES_OK, "%s + %zu",
                         forms[at].name, more);
}

Test(sized, a_newer_program_sets_something_new) {
    for (size_t at = 0; at < FORMS; at++) {
        const form *form = &forms[at];
        for (size_t place = form->size; place < form->size + MORE; place++) {
            guarded made = guarded_make(form->defaults, form->size, form->size + MORE);
            made.given[place] = 1;
            cr_expect_eq(form->use(made.given), NUMRES_WRONG_OPTION, "%s at %zu", form->name,
                         place);
            guarded_free(&made);
        }
    }
}

Test(sized, a_size_that_was_never_set) {
    static const size_t sizes[] = {0, 1, sizeof(size_t) - 1, 65537, SIZE_MAX / 2, SIZE_MAX};
    for (size_t at = 0; at < FORMS; at++)
        for (size_t which = 0; which < sizeof sizes / sizeof *sizes; which++) {
            unsigned char given[sizeof(numres_error)];
            memcpy(given, forms[at].defaults, forms[at].size);
            memcpy(given, &sizes[which], sizeof sizes[which]);
            cr_expect_eq(forms[at].use(given), NUMRES_WRONG_USE, "%s of %zu", forms[at].name,
                         sizes[which]);
        }
}

/* A size such as 9 shows that the caller means something else. */
Test(sized, a_size_that_ends_inside_a_member) {
    for (size_t at = 0; at < FORMS; at++)
        for (size_t size = forms[at].first_member + 1; size < forms[at].first_member + 4; size++)
            cr_expect_eq(use_size(&forms[at], size), NUMRES_WRONG_USE, "%s of %zu", forms[at].name,
                         size);
}

/* Any other size below today's may be that of an older program. */
Test(sized, an_older_program_has_fewer_members) {
    for (size_t at = 0; at < FORMS; at++) {
        size_t taken = 0;
        for (size_t size = sizeof(size_t); size < forms[at].size; size++) {
            numres_code code = use_size(&forms[at], size);
            cr_expect(code == NUMRES_OK || code == NUMRES_WRONG_USE, "%s of %zu", forms[at].name,
                      size);
            taken += code == NUMRES_OK;
        }
        if (forms[at].use != use_lines) /* useless without their memory */
            cr_expect_geq(taken, 2, "%s", forms[at].name);
    }
}

/* ---- the values of the members ---- */

/* Members that the program lacks have their defaults; those that it has count. */
Test(sized, an_older_program_s_options_count) {
    options.max_depth = 1;
    options.report_unknown = true;
    guarded made = guarded_make(&options, sizeof options, offsetof(numres_options, max_depth));
    cr_assert_eq(numres_parse("[[]]", 4, struct_of(&made), NULL, NULL, NULL), NUMRES_OK);
    guarded_free(&made);
    made = guarded_make(&options, sizeof options, offsetof(numres_options, max_document_size));
    cr_assert_eq(numres_parse("[[]]", 4, struct_of(&made), NULL, NULL, NULL), NUMRES_TOO_DEEP);
    guarded_free(&made);
}

Test(sized, an_older_program_s_error_is_filled_as_far_as_it_goes) {
    guarded made = guarded_make(&error, sizeof error, offsetof(numres_error, sentence));
    cr_assert_eq(numres_parse(" [?", 3, NULL, NULL, NULL, struct_of(&made)), NUMRES_SYNTAX);
    numres_error told = numres_error_default();
    memcpy(&told, made.given, made.size);
    cr_assert_eq(told.code, NUMRES_SYNTAX);
    cr_assert_eq(told.offset, 2);
    cr_assert_eq(told.path[0], '\0');
    guarded_free(&made);
}

Test(sized, a_newer_program_s_error_is_filled_and_no_more) {
    guarded made = guarded_make(&error, sizeof error, sizeof error + MORE);
    numres_error told;
    cr_assert_eq(numres_parse("[?", 2, NULL, NULL, NULL, struct_of(&made)), NUMRES_SYNTAX);
    memcpy(&told, made.given, sizeof told);
    cr_assert_eq(told.code, NUMRES_SYNTAX);
    cr_assert_str_eq(told.path, "[0]");
    for (size_t at = sizeof error; at < made.size; at++)
        cr_assert_eq(made.given[at], 0);
    guarded_free(&made);
}

Test(sized, an_error_that_cannot_be_filled_says_so) {
    guarded made = guarded_make(&error, sizeof error, sizeof error + MORE);
    numres_error told;
    made.given[made.size - 1] = 1;
    cr_assert_eq(numres_parse("{}", 2, NULL, NULL, NULL, struct_of(&made)), NUMRES_WRONG_OPTION);
    memcpy(&told, made.given, sizeof told);
    cr_assert_eq(told.code, NUMRES_WRONG_OPTION);
    cr_assert_str_eq(told.sentence, numres_code_sentence(NUMRES_WRONG_OPTION));
    cr_assert_eq(made.given[made.size - 1], 1);
    guarded_free(&made);
}

Test(sized, pagers_of_other_versions_page) {
    static const size_t sizes[] = {offsetof(numres_pager, items), sizeof pager,
                                   sizeof pager + MORE};
    for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
        guarded made = guarded_make(&pager, sizeof pager, sizes[at]);
        numres_pager seen = numres_pager_default();
        cr_assert_eq(numres_pager_take(struct_of(&made), 4), NUMRES_PAGER_NEXT);
        cr_assert(numres_pager_was_taken(struct_of(&made), 4));
        cr_assert_eq(numres_pager_page_read(struct_of(&made), NULL, 20), NUMRES_PAGER_NEXT);
        memcpy(&seen, made.given, sizes[at] < sizeof seen ? sizes[at] : sizeof seen);
        cr_assert_eq(seen.page, 2);
        cr_assert_eq(seen.taken, 0);
        cr_assert_eq(seen.pages, 1);
        guarded_free(&made);
    }
}

Test(sized, queries_of_other_versions_are_asked) {
    static const size_t sizes[] = {sizeof query, sizeof query + MORE};
    pager.page = 3;
    for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
        guarded made = guarded_make(&query, sizeof query, sizes[at]);
        char text[256];
        cr_assert_eq(numres_pager_ask(&pager, struct_of(&made)), NUMRES_PAGER_NEXT);
        cr_assert_eq(numres_query_write(struct_of(&made), text, sizeof text, NULL), NUMRES_OK);
        cr_assert_str_eq(text, "/number_reservations?page%5Bnumber%5D=3");
        guarded_free(&made);
    }
    guarded made = guarded_make(&query, sizeof query, sizeof query + MORE);
    made.given[made.size - 1] = 1;
    cr_assert_eq(use_asked_query(made.given), NUMRES_WRONG_OPTION);
    guarded_free(&made);
    made = guarded_make(&query, sizeof query, offsetof(numres_query, page_number));
    cr_assert_eq(use_asked_query(made.given), NUMRES_WRONG_USE);
    guarded_free(&made);
}

/* ---- the defaults, as a function of the library ---- */

/* It overwrites everything, to the last byte, and nothing after it. */
Test(sized, init_writes_all_of_any_size) {
    for (size_t at = 0; at < FORMS; at++)
        for (size_t size = sizeof(size_t); size < forms[at].size + MORE; size++) {
            const form *form = &forms[at];
            guarded made = guarded_make(form->defaults, form->size, size);
            guarded again = guarded_make(form->defaults, form->size, size);
            memset(made.given, 0xEE, size);
            memset(again.given, 0x11, size);
            form->init(made.given, size);
            form->init(again.given, size);
            cr_assert_eq(memcmp(made.given, again.given, size), 0, "%s of %zu", form->name, size);
            guarded_free(&made);
            guarded_free(&again);
        }
}

Test(sized, init_writes_the_defaults) {
    numres_options_init(&options, sizeof options);
    numres_handlers_init(&handlers, sizeof handlers);
    numres_writer_options_init(&writer_options, sizeof writer_options);
    numres_query_init(&query, sizeof query);
    numres_pager_init(&pager, sizeof pager);
    numres_error_init(&error, sizeof error);
    numres_lines_init(&lines, sizeof lines);
    numres_arrow_options_init(&arrow_options, sizeof arrow_options);
    cr_assert_eq(options.max_depth, NUMRES_DEFAULT_MAX_DEPTH);
    cr_assert_eq(options.max_value_length, NUMRES_DEFAULT_MAX_VALUE_LENGTH);
    cr_assert_null(handlers.on_problem);
    cr_assert_eq(writer_options.format, NUMRES_FORMAT_JSON);
    cr_assert_eq(query.status, NUMRES_ANY_STATUS);
    cr_assert_eq(query.page_size, NUMRES_NOT_SENT);
    cr_assert_eq(pager.page, 1);
    cr_assert_eq(error.code, NUMRES_OK);
    cr_assert_str_empty(error.sentence);
    cr_assert_null(lines.starts);
    cr_assert_eq(arrow_options.batch_rows, NUMRES_DEFAULT_BATCH_ROWS);
    for (size_t at = 0; at < FORMS; at++) {
        guarded made = guarded_make(forms[at].defaults, forms[at].size, forms[at].size + MORE);
        forms[at].init(made.given, made.size);
        cr_assert_eq(forms[at].use(made.given), NUMRES_OK, "%s", forms[at].name);
        guarded_free(&made);
    }
}

Test(sized, init_of_nothing_does_nothing) {
    for (size_t at = 0; at < FORMS; at++) {
        unsigned char bytes[sizeof(size_t)] = {7, 7};
        forms[at].init(NULL, 0);
        forms[at].init(NULL, 100);
        forms[at].init(bytes, sizeof(size_t) - 1);
        cr_assert_eq(bytes[0] + bytes[1], 14);
    }
}
