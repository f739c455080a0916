/*
 * Queries a page with SQL: DuckDB reads the batches of numres/arrow.h as they are.
 *
 *     arrow_duckdb libduckdb.so PAGE SQL...     prints the result of each query
 *     arrow_duckdb libduckdb.so PAGE FROM TO    counts numbers by status, and those
 *                                               created from FROM to before TO, with the
 *                                               sum of their times after FROM: by SQL,
 *                                               and by callbacks
 *
 * The page is the table `numbers`; each SQL argument is one statement. DuckDB's library
 * is loaded at run time, and its few functions used here are declared below, so that
 * building needs nothing of DuckDB.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of duckdb.h used here. Each call returns 0 on success. */
typedef void *duckdb_handle;

typedef struct duckdb_result {
    uint64_t column_count, row_count, rows_changed; /* private: use the functions */
    void *columns;
    char *error;
    void *internal;
} duckdb_result;

static int (*duckdb_open)(const char *path, duckdb_handle *database);
static int (*duckdb_connect)(duckdb_handle database, duckdb_handle *connection);
static int (*duckdb_arrow_scan)(duckdb_handle connection, const char *table,
                                struct ArrowArrayStream *stream);
static int (*duckdb_query)(duckdb_handle connection, const char *sql, duckdb_result *result);
static const char *(*duckdb_result_error)(duckdb_result *result);
static int (*duckdb_result_return_type)(duckdb_result result); /* 3: there are rows */
static uint64_t (*duckdb_column_count)(duckdb_result *result);
static uint64_t (*duckdb_row_count)(duckdb_result *result);
static char *(*duckdb_value_varchar)(duckdb_result *result, uint64_t column, uint64_t row);
static int64_t (*duckdb_value_int64)(duckdb_result *result, uint64_t column, uint64_t row);
static void (*duckdb_free)(void *memory);
static void (*duckdb_destroy_result)(duckdb_result *result);
static void (*duckdb_disconnect)(duckdb_handle *connection);
static void (*duckdb_close)(duckdb_handle *database);

/* Sets the function pointer `place` to the function of this name. */
static void load(void *library, const char *name, void *place) {
    void *function = dlsym(library, name);
    if (function == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
    memcpy(place, &function, sizeof function);
}

static void load_duckdb(const char *path) {
    void *library = dlopen(path, RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
#define LOAD(function) load(library, #function, &function)
    LOAD(duckdb_open), LOAD(duckdb_connect), LOAD(duckdb_arrow_scan), LOAD(duckdb_query);
    LOAD(duckdb_result_error), LOAD(duckdb_result_return_type), LOAD(duckdb_column_count);
    LOAD(duckdb_row_count), LOAD(duckdb_value_varchar), LOAD(duckdb_value_int64);
    LOAD(duckdb_free), LOAD(duckdb_destroy_result), LOAD(duckdb_disconnect), LOAD(duckdb_close);
}

/* The stream's source: reading and closing the file. */
static int64_t read_file(void *buffer, size_t size, void *file) {
    size_t length = fread(buffer, 1, size, file);
    return length == 0 && ferror((FILE *)file) ? -1 : (int64_t)length;
}

static void close_file(void *file) {
    fclose(file);
}

static FILE *open_page(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

static duckdb_result run(duckdb_handle connection, const char *sql) {
    duckdb_result result;
    if (duckdb_query(connection, sql, &result) != 0) {
        fprintf(stderr, "%s\n", duckdb_result_error(&result));
        exit(1);
    }
    return result;
}

/* Runs a statement that returns no rows. */
static bool execute(duckdb_handle connection, const char *sql) {
    duckdb_result result;
    bool is_done = duckdb_query(connection, sql, &result) == 0;
    if (!is_done)
        fprintf(stderr, "%s\n", duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    return is_done;
}

static void create_stream(struct ArrowArrayStream *stream, const char *page) {
    numres_arrow_source source = {read_file, close_file, open_page(page)};
    numres_code code = numres_arrow_stream_create(stream, &source, NULL);
    if (code != NUMRES_OK) { /* we still own the file */
        close_file(source.context);
        fprintf(stderr, "no stream: %s\n", numres_code_sentence(code));
        exit(1);
    }
}

/*
 * Loads the page into the table `numbers`. duckdb_arrow_scan() makes a view of the
 * stream, and a stream can be read only once. So the rows are copied into a table; then
 * the view is dropped, and the stream, which DuckDB does not release, is released.
 */
static void make_table(duckdb_handle connection, const char *page) {
    struct ArrowArrayStream stream;
    create_stream(&stream, page);
    bool is_made = duckdb_arrow_scan(connection, "page", &stream) == 0;
    if (is_made) {
        is_made = execute(connection, "CREATE TABLE numbers AS SELECT * FROM page");
        is_made &= execute(connection, "DROP VIEW page");
    }
    stream.release(&stream);
    if (!is_made)
        exit(1);
}

static void print_rows(duckdb_result *result) {
    for (uint64_t row = 0; row < duckdb_row_count(result); row++) {
        for (uint64_t column = 0; column < duckdb_column_count(result); column++) {
            char *value = duckdb_value_varchar(result, column, row);
            printf("%s%s", column > 0 ? "\t" : "", value != NULL ? value : "NULL");
            duckdb_free(value);
        }
        puts("");
    }
}

/*
 * Turns the query into a view and asks for its columns as text, because
 * duckdb_value_varchar() does not know timestamps with a time zone. A statement that
 * cannot be a view, such as CREATE, is run as it is.
 */
static void print_query(duckdb_handle connection, const char *sql) {
    static const char begin[] = "CREATE OR REPLACE TEMP VIEW asked AS ";
    duckdb_result result;
    size_t size = sizeof begin + strlen(sql);
    char *view = malloc(size);
    if (view == NULL) {
        perror("arrow_duckdb");
        exit(1);
    }
    snprintf(view, size, "%s%s", begin, sql);
    bool is_view = duckdb_query(connection, view, &result) == 0;
    duckdb_destroy_result(&result);
    free(view);
    result = run(connection, is_view ? "SELECT COLUMNS(*)::VARCHAR FROM asked" : sql);
    if (duckdb_result_return_type(result) == 3)
        print_rows(&result);
    duckdb_destroy_result(&result);
}

/* Counted by SQL and by callbacks. */
typedef struct sums {
    int64_t from, to; /* microseconds since 1970 */
    int64_t statuses[NUMRES_STATUS_COUNT];
    int64_t in_range, time_after;
} sums;

static int64_t microseconds(const numres_timestamp *timestamp) {
    return timestamp->seconds * 1000000 + timestamp->nanoseconds / 1000;
}

static numres_answer count(numres_parser *parser, const numres_phone_number *number, void *user) {
    sums *sums = user;
    int64_t created = microseconds(&number->created_at.value);
    (void)parser;
    sums->statuses[number->status.value]++;
    if (numres_phone_number_has(number, NUMRES_PHONE_NUMBER_CREATED_AT) && created >= sums->from &&
        created < sums->to) {
        sums->in_range++;
        sums->time_after += created - sums->from;
    }
    return NUMRES_GO_ON;
}

static void count_by_callbacks(const char *page, sums *sums) {
    static char chunk[65536];
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = count;
    numres_code code = numres_parser_create(&parser, NULL, &handlers, sums);
    FILE *file = open_page(page);
    for (size_t length; code == NUMRES_OK && (length = fread(chunk, 1, sizeof chunk, file)) > 0;)
        code = numres_parser_feed(parser, chunk, length, NULL);
    if (code != NUMRES_OK || numres_parser_finish(parser) != NUMRES_OK) {
        fprintf(stderr, "%s is not valid\n", page);
        exit(1);
    }
    fclose(file);
    numres_parser_destroy(parser);
}

static void count_by_sql(duckdb_handle connection, sums *sums) {
    char sql[512];
    duckdb_result result =
        run(connection, "SELECT status, count(*) FROM numbers WHERE number_index IS NOT NULL "
                        "GROUP BY status");
    for (uint64_t row = 0; row < duckdb_row_count(&result); row++) {
        char *word = duckdb_value_varchar(&result, 0, row);
        size_t length = word != NULL ? strlen(word) : 0;
        sums->statuses[numres_status_parse(word, length)] += duckdb_value_int64(&result, 1, row);
        duckdb_free(word);
    }
    duckdb_destroy_result(&result);
    snprintf(sql, sizeof sql,
             "SELECT count(*), sum(epoch_us(created_at) - %" PRId64 ") FROM numbers "
             "WHERE created_at >= make_timestamptz(%" PRId64 ") "
             "AND created_at < make_timestamptz(%" PRId64 ")",
             sums->from, sums->from, sums->to);
    result = run(connection, sql);
    sums->in_range = duckdb_value_int64(&result, 0, 0);
    sums->time_after = duckdb_value_int64(&result, 1, 0);
    duckdb_destroy_result(&result);
}

/* Prints both, and returns whether they are equal. */
static bool compare(duckdb_handle connection, const char *page, sums by_sql) {
    sums by_callbacks = by_sql;
    count_by_sql(connection, &by_sql);
    count_by_callbacks(page, &by_callbacks);
    printf("%-28s %20s %20s\n", "", "SQL", "callbacks");
    for (int status = 0; status < NUMRES_STATUS_COUNT; status++)
        printf("%-28s %20" PRId64 " %20" PRId64 "\n", numres_status_name((numres_status)status),
               by_sql.statuses[status], by_callbacks.statuses[status]);
    printf("%-28s %20" PRId64 " %20" PRId64 "\n", "in the range", by_sql.in_range,
           by_callbacks.in_range);
    printf("%-28s %20" PRId64 " %20" PRId64 "\n", "microseconds after its start", by_sql.time_after,
           by_callbacks.time_after);
    return memcmp(&by_sql, &by_callbacks, sizeof by_sql) == 0;
}

int main(int count, char **arguments) {
    duckdb_handle database = NULL, connection = NULL;
    numres_timestamp from, to;
    bool same = true;
    if (count < 4) {
        fprintf(stderr, "usage: arrow_duckdb LIBDUCKDB PAGE SQL... | FROM TO\n");
        return 2;
    }
    load_duckdb(arguments[1]);
    if (duckdb_open(NULL, &database) != 0 || duckdb_connect(database, &connection) != 0)
        return 2;
    make_table(connection, arguments[2]);
    if (count == 5 && numres_timestamp_parse(arguments[3], strlen(arguments[3]), &from) &&
        numres_timestamp_parse(arguments[4], strlen(arguments[4]), &to))
        same = compare(connection, arguments[2],
                       (sums){.from = microseconds(&from), .to = microseconds(&to)});
    else
        for (int at = 3; at < count; at++)
            print_query(connection, arguments[at]);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return same ? 0 : 1;
}
