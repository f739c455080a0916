/*
 * Every public function with NULL, with numbers out of range, and in every order: it
 * returns what its header says and does nothing else (the suites run under ASan). Calls
 * from inside a callback are tested in test_parser.c and test_abandoned.c, failing
 * allocators in test_memory.c.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "writing.h"

/* ---- one call each ---- */

/* The arguments of the calls below, made anew for each. */
typedef struct given {
    numres_parser *parser;
    numres_writer *writer; /* after a begin */
    kept_page page;
    text_buffer written;
    numres_options no_size;
    numres_handlers handlers_without_size;
    numres_writer_options writer_without_size;
    numres_writer_options unknown_format;
    numres_query query;
    numres_query query_without_size;
    numres_request request;
    numres_request request_without_size;
    numres_pager pager;
    numres_pager pager_without_size;
    numres_timestamp timestamp;
    numres_timestamp no_timestamp; /* one that no text gives */
    char memory[64];
} given;

#define RESERVATION(given) ((given)->page.reservations[0].reservation)
#define PHONE_NUMBER(given) ((given)->page.reservations[0].numbers[0])

static bool is_empty(numres_text text) {
    return text.bytes != NULL && text.length == 0;
}

/* A call, what is wrong with it, and its expected result. First those of the reader, the
   collection, Arrow and the fields by call, whose own suites test more. */
#define MODEL_CALLS(CALL)                                                                          \
    CALL(numres_reservation_state, null,                                                           \
         numres_reservation_state(NULL, 0) == NUMRES_MEMBER_ABSENT)                                \
    CALL(numres_phone_number_state, null,                                                          \
         numres_phone_number_state(NULL, 0) == NUMRES_MEMBER_ABSENT)                               \
    CALL(numres_meta_state, null, numres_meta_state(NULL, 0) == NUMRES_MEMBER_ABSENT)              \
    CALL(numres_api_error_state, null, numres_api_error_state(NULL, 0) == NUMRES_MEMBER_ABSENT)    \
    CALL(numres_reservation_text, null, is_empty(numres_reservation_text(NULL, 0)))                \
    CALL(numres_phone_number_text, null, is_empty(numres_phone_number_text(NULL, 0)))              \
    CALL(numres_api_error_text, null, is_empty(numres_api_error_text(NULL, 0)))                    \
    CALL(numres_reservation_status, null,                                                          \
         numres_reservation_status(NULL) == NUMRES_STATUS_UNKNOWN)                                 \
    CALL(numres_phone_number_status, null,                                                         \
         numres_phone_number_status(NULL) == NUMRES_STATUS_UNKNOWN)                                \
    CALL(numres_reservation_instant, null, !numres_reservation_instant(NULL, 5, NULL, NULL))       \
    CALL(numres_phone_number_instant, null, !numres_phone_number_instant(NULL, 5, NULL, NULL))     \
    CALL(numres_meta_integer, null, !numres_meta_integer(NULL, 0, NULL))                           \
    CALL(numres_phone_number_boolean, null, !numres_phone_number_boolean(NULL, 8, NULL))           \
    CALL(numres_reservation_index, null, numres_reservation_index(NULL) == 0)                      \
    CALL(numres_reservation_phone_number_count, null,                                              \
         numres_reservation_phone_number_count(NULL) == 0)                                         \
    CALL(numres_phone_number_index, null, numres_phone_number_index(NULL) == 0)                    \
    CALL(numres_api_error_index, null, numres_api_error_index(NULL) == 0)                          \
    CALL(numres_problem_offset, null, numres_problem_offset(NULL) == 0)                            \
    CALL(numres_error_offset, null, numres_error_offset(NULL) == 0)                                \
    CALL(numres_error_document, null, numres_error_document(NULL) == 0)                            \
    CALL(numres_reader_position, null, numres_reader_position(NULL) == 0)                          \
    CALL(numres_collection_bytes, null, numres_collection_bytes(NULL) == 0)                        \
    CALL(numres_collection_reservations, null, numres_collection_reservations(NULL) == 0)          \
    CALL(numres_collection_api_errors, null, numres_collection_api_errors(NULL) == 0)              \
    CALL(numres_collection_problems, null, numres_collection_problems(NULL) == 0)                  \
    CALL(numres_phone_number_reservation, null, numres_phone_number_reservation(NULL) == NULL)     \
    CALL(numres_problem_sentence, null, numres_problem_sentence(NULL) == NULL)                     \
    CALL(numres_problem_expected, null, numres_problem_expected(NULL) == NULL)                     \
    CALL(numres_error_sentence, null, numres_error_sentence(NULL) == NULL)                         \
    CALL(numres_error_path, null, numres_error_path(NULL) == NULL)                                 \
    CALL(numres_reader_reservation, null, numres_reader_reservation(NULL) == NULL)                 \
    CALL(numres_reader_phone_number, null, numres_reader_phone_number(NULL) == NULL)               \
    CALL(numres_reader_meta, null, numres_reader_meta(NULL) == NULL)                               \
    CALL(numres_reader_api_error, null, numres_reader_api_error(NULL) == NULL)                     \
    CALL(numres_reader_document, null, numres_reader_document(NULL) == NULL)                       \
    CALL(numres_reader_problem, null, numres_reader_problem(NULL) == NULL)                         \
    CALL(numres_reader_error, null, numres_reader_error(NULL) == NULL)                             \
    CALL(numres_collection_error, null, numres_collection_error(NULL) == NULL)                     \
    CALL(numres_collection_meta, null, numres_collection_meta(NULL) == NULL)                       \
    CALL(numres_collection_document, null, numres_collection_document(NULL) == NULL)               \
    CALL(numres_api_error_of_root, null, !numres_api_error_of_root(NULL))                          \
    CALL(numres_problem_code, null, numres_problem_code(NULL) == NUMRES_OK)                        \
    CALL(numres_error_code, null, numres_error_code(NULL) == NUMRES_OK)                            \
    CALL(numres_problem_path, null, is_empty(numres_problem_path(NULL)))                           \
    CALL(numres_problem_raw, null, is_empty(numres_problem_raw(NULL)))                             \
    CALL(numres_problem_found, null, numres_problem_found(NULL) == NUMRES_JSON_NONE)               \
    CALL(numres_document_get, null, numres_document_get(NULL, NUMRES_DOCUMENT_LENGTH) == 0)        \
    CALL(numres_reader_size, no_size, numres_reader_size(&given->no_size) == 0)                    \
    CALL(numres_reader_create, null,                                                               \
         numres_reader_create(NULL, NULL, NUMRES_GO_ON) == NUMRES_WRONG_USE)                       \
    CALL(numres_reader_create_in, null,                                                            \
         numres_reader_create_in(NULL, NULL, 0, NULL, NUMRES_GO_ON) == NUMRES_WRONG_USE)           \
    CALL(numres_reader_feed, null, numres_reader_feed(NULL, "{", 1) == NUMRES_WRONG_USE)           \
    CALL(numres_reader_finish, null, numres_reader_finish(NULL) == NUMRES_WRONG_USE)               \
    CALL(numres_reader_reset, null, numres_reader_reset(NULL) == NUMRES_WRONG_USE)                 \
    CALL(numres_reader_destroy, null, (numres_reader_destroy(NULL), true))                         \
    CALL(numres_reader_next, null, numres_reader_next(NULL) == NUMRES_EVENT_ERROR)                 \
    CALL(numres_collection_create, null,                                                           \
         numres_collection_create(NULL, NULL, 0) == NUMRES_WRONG_USE)                              \
    CALL(numres_collection_destroy, null, (numres_collection_destroy(NULL), true))                 \
    CALL(numres_collection_reset, null, numres_collection_reset(NULL) == NUMRES_WRONG_USE)         \
    CALL(numres_collection_finish, null, numres_collection_finish(NULL) == NUMRES_WRONG_USE)       \
    CALL(numres_collection_feed, null, numres_collection_feed(NULL, "{", 1) == NUMRES_WRONG_USE)   \
    CALL(numres_collection_read, null, numres_collection_read(NULL, "{", 1) == NUMRES_WRONG_USE)   \
    CALL(numres_collection_reservation, null, numres_collection_reservation(NULL, 0) == NULL)      \
    CALL(numres_collection_api_error, null, numres_collection_api_error(NULL, 0) == NULL)          \
    CALL(numres_collection_problem, null, numres_collection_problem(NULL, 0) == NULL)              \
    CALL(numres_collection_phone_numbers, null, numres_collection_phone_numbers(NULL, 0) == 0)     \
    CALL(numres_collection_problem_page, null, numres_collection_problem_page(NULL, 0) == 0)       \
    CALL(numres_collection_phone_number, null, numres_collection_phone_number(NULL, 0, 0) == NULL) \
    CALL(numres_collection_open_phone_numbers, null,                                               \
         numres_collection_open_phone_numbers(NULL) == 0)                                          \
    CALL(numres_collection_open_phone_number, null,                                                \
         numres_collection_open_phone_number(NULL, 0) == NULL)                                     \
    CALL(numres_collection_create_for_records, null,                                               \
         numres_collection_create_for_records(NULL, NULL, 0) == NUMRES_WRONG_USE)                  \
    CALL(numres_collection_add_phone_number, null,                                                 \
         numres_collection_add_phone_number(NULL, PHONE_NUMBER(given)) == NUMRES_WRONG_USE)        \
    CALL(numres_collection_drop_phone_numbers, null,                                               \
         numres_collection_drop_phone_numbers(NULL) == NUMRES_WRONG_USE)                           \
    CALL(numres_collection_add_reservation, null,                                                  \
         numres_collection_add_reservation(NULL, RESERVATION(given)) == NUMRES_WRONG_USE)          \
    CALL(numres_collection_find, null, !numres_collection_find(NULL, "a", 1, NULL))                \
    CALL(numres_collection_find_phone_number, null,                                                \
         !numres_collection_find_phone_number(NULL, "a", 1, NULL, NULL))                           \
    CALL(numres_collection_set_secret, null,                                                       \
         numres_collection_set_secret(NULL, "0123456789abcdef") == NUMRES_WRONG_USE)               \
    CALL(numres_arrow_stream_create, null,                                                         \
         numres_arrow_stream_create(NULL, NULL, NULL) == NUMRES_WRONG_USE)                         \
    CALL(numres_arrow_options_init, null, (numres_arrow_options_init(NULL, 64), true))             \
    CALL(numres_arrow_stream_error, null, numres_arrow_stream_error(NULL) == NULL)

#define CALLS(CALL)                                                                                \
    CALL(numres_version, nothing, strcmp(numres_version(), NUMRES_VERSION_TEXT) == 0)              \
    CALL(numres_version_number, nothing, numres_version_number() == NUMRES_VERSION_NUMBER)         \
    CALL(numres_mask_has, no_member, !numres_mask_has(UINT32_MAX, 32))                             \
    CALL(numres_text_from, null, numres_text_from(NULL).length == 0)                               \
    CALL(numres_is_e164, null, !numres_is_e164(numres_text_from(NULL)))                            \
    CALL(numres_text_equals, null, !numres_text_equals(numres_text_from(NULL), NULL))              \
    CALL(numres_text_copy, null_buffer, numres_text_copy(numres_text_from("text"), NULL, 0) == 4)  \
    CALL(numres_text_copy, little_memory,                                                          \
         numres_text_copy(numres_text_from("text"), given->memory, 4) == 4)                        \
    CALL(numres_reservation_has, null, !numres_reservation_has(NULL, 0))                           \
    CALL(numres_reservation_has, no_member,                                                        \
         !numres_reservation_has(RESERVATION(given), UINT32_MAX))                                  \
    CALL(numres_phone_number_has, null, !numres_phone_number_has(NULL, 0))                         \
    CALL(numres_phone_number_has, no_member,                                                       \
         !numres_phone_number_has(PHONE_NUMBER(given), UINT32_MAX))                                \
    CALL(numres_meta_has, null, !numres_meta_has(NULL, 0))                                         \
    CALL(numres_api_error_has, null, !numres_api_error_has(NULL, 0))                               \
    CALL(numres_error_init, null, (numres_error_init(NULL, 64), true))                             \
    CALL(numres_options_init, null, (numres_options_init(NULL, 64), true))                         \
    CALL(numres_handlers_init, null, (numres_handlers_init(NULL, 64), true))                       \
    CALL(numres_writer_options_init, null, (numres_writer_options_init(NULL, 64), true))           \
    CALL(numres_query_init, null, (numres_query_init(NULL, 64), true))                             \
    CALL(numres_request_init, null, (numres_request_init(NULL, 64), true))                         \
    CALL(numres_pager_init, null, (numres_pager_init(NULL, 64), true))                             \
    CALL(numres_lines_init, null, (numres_lines_init(NULL, 64), true))                             \
    CALL(numres_lines_feed, null, numres_lines_feed(NULL, "{", 1) == NUMRES_WRONG_USE)             \
    CALL(numres_lines_locate, null, !numres_lines_locate(NULL, 0, NULL, NULL))                     \
    CALL(numres_parser_set_user, null, numres_parser_set_user(NULL, given) == NUMRES_WRONG_USE)    \
    CALL(numres_parser_set_handlers, null,                                                         \
         numres_parser_set_handlers(NULL, NULL) == NUMRES_WRONG_USE)                               \
    CALL(numres_parser_set_handlers, no_size,                                                      \
         numres_parser_set_handlers(given->parser, &given->handlers_without_size) ==               \
             NUMRES_WRONG_USE)                                                                     \
    CALL(numres_parser_user, null, numres_parser_user(NULL) == NULL)                               \
    CALL(numres_api_error_copy, null, numres_api_error_copy(NULL, given->memory, 64) == 0)         \
    CALL(numres_code_name, no_code, strcmp(numres_code_name((numres_code)99), "unknown") == 0)     \
    CALL(numres_code_name, negative, strcmp(numres_code_name((numres_code)-1), "unknown") == 0)    \
    CALL(numres_code_sentence, no_code, numres_code_sentence((numres_code)99)[0] != '\0')          \
    CALL(numres_status_name, no_status,                                                            \
         strcmp(numres_status_name((numres_status)99), "unknown") == 0)                            \
    CALL(numres_status_parse, null, numres_status_parse(NULL, 7) == NUMRES_STATUS_UNKNOWN)         \
    CALL(numres_status_parse, empty, numres_status_parse("", 0) == NUMRES_STATUS_UNKNOWN)          \
    CALL(numres_timestamp_parse, null, !numres_timestamp_parse(NULL, 20, &given->timestamp))       \
    CALL(numres_timestamp_parse, null_result,                                                      \
         !numres_timestamp_parse("2018-01-01T00:00:00Z", 20, NULL))                                \
    CALL(numres_timestamp_parse, empty, !numres_timestamp_parse("", 0, &given->timestamp))         \
    CALL(numres_timestamp_format, null, numres_timestamp_format(NULL, given->memory, 64) == 0)     \
    CALL(numres_timestamp_format, null_buffer,                                                     \
         numres_timestamp_format(&given->timestamp, NULL, 0) == 20)                                \
    CALL(numres_timestamp_format, no_value,                                                        \
         numres_timestamp_format(&given->no_timestamp, given->memory, 64) == 0)                    \
    CALL(numres_parser_size, null, numres_parser_size(NULL) > 0)                                   \
    CALL(numres_parser_size, no_size, numres_parser_size(&given->no_size) == 0)                    \
    CALL(numres_parser_create, null,                                                               \
         numres_parser_create(NULL, NULL, NULL, NULL) == NUMRES_WRONG_USE)                         \
    CALL(numres_parser_create, no_size,                                                            \
         create_returns(given, &given->no_size, NULL) == NUMRES_WRONG_USE)                         \
    CALL(numres_parser_create, handlers_without_size,                                              \
         create_returns(given, NULL, &given->handlers_without_size) == NUMRES_WRONG_USE)           \
    CALL(numres_parser_create_in, null,                                                            \
         numres_parser_create_in(NULL, given->memory, 64, NULL, NULL, NULL) == NUMRES_WRONG_USE)   \
    CALL(numres_parser_create_in, null_memory,                                                     \
         create_in_returns(NULL, SIZE_MAX) == NUMRES_NO_MEMORY)                                    \
    CALL(numres_parser_create_in, little_memory,                                                   \
         create_in_returns(given->memory, 64) == NUMRES_NO_MEMORY)                                 \
    CALL(numres_parser_feed, null, numres_parser_feed(NULL, "{", 1, NULL) == NUMRES_WRONG_USE)     \
    CALL(numres_parser_feed, null_bytes,                                                           \
         numres_parser_feed(given->parser, NULL, 1, NULL) == NUMRES_WRONG_USE)                     \
    CALL(numres_parser_feed, no_bytes,                                                             \
         numres_parser_feed(given->parser, NULL, 0, NULL) == NUMRES_OK)                            \
    CALL(numres_parser_finish, null, numres_parser_finish(NULL) == NUMRES_WRONG_USE)               \
    CALL(numres_parser_reset, null, numres_parser_reset(NULL) == NUMRES_WRONG_USE)                 \
    CALL(numres_parser_destroy, null, (numres_parser_destroy(NULL), true))                         \
    CALL(numres_parser_error, null, numres_parser_error(NULL) == NULL)                             \
    CALL(numres_parser_position, null, numres_parser_position(NULL) == 0)                          \
    CALL(numres_parse, null_bytes,                                                                 \
         numres_parse(NULL, 1, NULL, NULL, NULL, NULL) == NUMRES_WRONG_USE)                        \
    CALL(numres_parse, no_bytes,                                                                   \
         numres_parse(NULL, 0, NULL, NULL, NULL, NULL) == NUMRES_EMPTY_INPUT)                      \
    CALL(numres_parse, no_size,                                                                    \
         numres_parse("{}", 2, &given->no_size, NULL, NULL, NULL) == NUMRES_WRONG_USE)             \
    CALL(numres_reservation_raw, null, is_empty(numres_reservation_raw(NULL, 0)))                  \
    CALL(numres_reservation_raw, no_member,                                                        \
         is_empty(numres_reservation_raw(RESERVATION(given), NUMRES_RESERVATION_MEMBER_COUNT)) &&  \
             is_empty(numres_reservation_raw(RESERVATION(given), UINT32_MAX)))                     \
    CALL(numres_phone_number_raw, null, is_empty(numres_phone_number_raw(NULL, 0)))                \
    CALL(numres_phone_number_raw, no_member,                                                       \
         is_empty(numres_phone_number_raw(PHONE_NUMBER(given), NUMRES_PHONE_NUMBER_MEMBER_COUNT))) \
    CALL(numres_meta_raw, null, is_empty(numres_meta_raw(NULL, 0)))                                \
    CALL(numres_api_error_raw, null, is_empty(numres_api_error_raw(NULL, 0)))                      \
    CALL(numres_reservation_copy, null, numres_reservation_copy(NULL, given->memory, 64) == 0)     \
    CALL(numres_reservation_copy, null_memory,                                                     \
         numres_reservation_copy(RESERVATION(given), NULL, 0) > 64)                                \
    CALL(numres_reservation_copy, little_memory,                                                   \
         numres_reservation_copy(RESERVATION(given), given->memory, 64) > 64)                      \
    CALL(numres_phone_number_copy, null, numres_phone_number_copy(NULL, given->memory, 64) == 0)   \
    CALL(numres_phone_number_copy, null_memory,                                                    \
         numres_phone_number_copy(PHONE_NUMBER(given), NULL, 0) > 64)                              \
    CALL(numres_writer_size, nothing, numres_writer_size() > 0)                                    \
    CALL(numres_writer_create_in, null,                                                            \
         numres_writer_create_in(NULL, given->memory, 64, NULL, write_to_buffer, NULL) ==          \
             NUMRES_WRONG_USE)                                                                     \
    CALL(numres_writer_create_in, null_write,                                                      \
         writer_returns(given, NULL, NULL) == NUMRES_WRONG_USE)                                    \
    CALL(numres_writer_create_in, no_size,                                                         \
         writer_returns(given, &given->writer_without_size, write_to_buffer) == NUMRES_WRONG_USE)  \
    CALL(numres_writer_create_in, no_format,                                                       \
         writer_returns(given, &given->unknown_format, write_to_buffer) == NUMRES_WRONG_OPTION)    \
    CALL(numres_writer_create_in, little_memory,                                                   \
         writer_returns(given, NULL, write_to_buffer) == NUMRES_NO_MEMORY)                         \
    CALL(numres_writer_begin_reservation, null,                                                    \
         numres_writer_begin_reservation(NULL, RESERVATION(given)) == NUMRES_WRONG_USE)            \
    CALL(numres_writer_begin_reservation, null_record,                                             \
         numres_writer_begin_reservation(given->writer, NULL) == NUMRES_WRONG_USE)                 \
    CALL(numres_writer_begin_reservation, again,                                                   \
         numres_writer_begin_reservation(given->writer, RESERVATION(given)) == NUMRES_WRONG_USE)   \
    CALL(numres_writer_phone_number, null,                                                         \
         numres_writer_phone_number(NULL, PHONE_NUMBER(given)) == NUMRES_WRONG_USE)                \
    CALL(numres_writer_phone_number, null_record,                                                  \
         numres_writer_phone_number(given->writer, NULL) == NUMRES_WRONG_USE)                      \
    CALL(numres_writer_end_reservation, null,                                                      \
         numres_writer_end_reservation(NULL) == NUMRES_WRONG_USE)                                  \
    CALL(numres_writer_finish, null, numres_writer_finish(NULL) == NUMRES_WRONG_USE)               \
    CALL(numres_simd_name, no_level, numres_simd_name((numres_simd)99) == NULL)                    \
    CALL(numres_query_check, null, numres_query_check(NULL, NULL) == NUMRES_WRONG_USE)             \
    CALL(numres_query_check, no_size,                                                              \
         numres_query_check(&given->query_without_size, NULL) == NUMRES_WRONG_USE)                 \
    CALL(numres_query_write, null,                                                                 \
         numres_query_write(NULL, given->memory, 64, NULL) == NUMRES_WRONG_USE)                    \
    CALL(numres_query_write, null_buffer,                                                          \
         numres_query_write(&given->query, NULL, 64, NULL) == NUMRES_WRONG_USE)                    \
    CALL(numres_query_write, little_memory,                                                        \
         numres_query_write(&given->query, given->memory, 5, NULL) == NUMRES_NO_MEMORY)            \
    CALL(numres_request_method, no_operation, numres_request_method((numres_operation)99) == NULL) \
    CALL(numres_request_check, null, numres_request_check(NULL, NULL) == NUMRES_WRONG_USE)         \
    CALL(numres_request_check, no_size,                                                            \
         numres_request_check(&given->request_without_size, NULL) == NUMRES_WRONG_USE)             \
    CALL(numres_request_write_path, null,                                                          \
         numres_request_write_path(NULL, given->memory, 64, NULL) == NUMRES_WRONG_USE)             \
    CALL(numres_request_write_path, null_buffer,                                                   \
         numres_request_write_path(&given->request, NULL, 64, NULL) == NUMRES_WRONG_USE)           \
    CALL(numres_request_write_path, little_memory,                                                 \
         numres_request_write_path(&given->request, given->memory, 5, NULL) == NUMRES_NO_MEMORY)   \
    CALL(numres_request_write_body, null,                                                          \
         numres_request_write_body(NULL, given->memory, 64, NULL) == NUMRES_WRONG_USE)             \
    CALL(numres_request_write_body, null_buffer,                                                   \
         numres_request_write_body(&given->request, NULL, 64, NULL) == NUMRES_WRONG_USE)           \
    CALL(numres_pager_ask, null, numres_pager_ask(NULL, &given->query) == NUMRES_PAGER_WRONG_USE)  \
    CALL(numres_pager_ask, null_query,                                                             \
         numres_pager_ask(&given->pager, NULL) == NUMRES_PAGER_WRONG_USE)                          \
    CALL(numres_pager_was_taken, null, !numres_pager_was_taken(NULL, 0))                           \
    CALL(numres_pager_take, null, numres_pager_take(NULL, 0) == NUMRES_PAGER_WRONG_USE)            \
    CALL(numres_pager_drop, null, numres_pager_drop(NULL, 0) == NUMRES_PAGER_WRONG_USE)            \
    CALL(numres_pager_is_mismatch, null,                                                           \
         !numres_pager_is_mismatch(NULL, NULL) && !numres_pager_is_mismatch(&given->pager, NULL))  \
    CALL(numres_pager_page_read, null,                                                             \
         numres_pager_page_read(NULL, NULL, 1) == NUMRES_PAGER_WRONG_USE)                          \
    CALL(numres_pager_page_read, no_size,                                                          \
         numres_pager_page_read(&given->pager_without_size, NULL, 1) == NUMRES_PAGER_WRONG_USE)    \
    CALL(numres_pager_why, null, numres_pager_why(NULL) == NUMRES_PAGER_WRONG_USE)                 \
    CALL(numres_pager_reason_name, no_reason,                                                      \
         strcmp(numres_pager_reason_name((numres_pager_reason)99), "unknown") == 0)                \
    CALL(numres_pager_sentence, no_reason,                                                         \
         numres_pager_sentence((numres_pager_reason)99)[0] != '\0')                                \
    CALL(numres_pager_format, null, numres_pager_format(NULL, given->memory, 64) == 0)             \
    CALL(numres_pager_format, null_buffer, numres_pager_format(&given->pager, NULL, 0) > 0)        \
    CALL(numres_pager_parse, null, !numres_pager_parse(NULL, 5, &given->pager))                    \
    CALL(numres_pager_parse, null_result, !numres_pager_parse("numres-pager-1", 14, NULL))

static numres_code create_returns(given *given, const numres_options *options,
                                  const numres_handlers *handlers) {
    numres_parser *created = given->parser;
    numres_code code = numres_parser_create(&created, options, handlers, NULL);
    cr_expect_null(created);
    return code;
}

static numres_code create_in_returns(void *memory, size_t size) {
    numres_parser *created = (numres_parser *)&created;
    numres_code code = numres_parser_create_in(&created, memory, size, NULL, NULL, NULL);
    cr_expect_null(created);
    return code;
}

static numres_code writer_returns(given *given, const numres_writer_options *options,
                                  numres_write_function write) {
    numres_writer *created = given->writer;
    numres_code code = numres_writer_create_in(&created, given->memory, sizeof given->memory,
                                               options, write, NULL);
    cr_expect_null(created);
    return code;
}

#define DEFINE(function, wrong, right)                                                             \
    static bool function##_##wrong(given *given) {                                                 \
        (void)given;                                                                               \
        return right;                                                                              \
    }
CALLS(DEFINE)
MODEL_CALLS(DEFINE)

#define ROW(function, wrong, right) {#function, #function " with " #wrong, function##_##wrong},
static const struct call {
    const char *function;
    const char *name;
    bool (*is_right)(given *given);
} calls[] = {CALLS(ROW) MODEL_CALLS(ROW)};

enum { CALL_COUNT = sizeof calls / sizeof *calls };

static const char document[] =
    "{'data':[{'id':'a','status':'odd','phone_numbers':[{'id':'b'},{}]},{}]}";

static void prepare(given *given) {
    numres_writer_options options = options_for(NUMRES_FORMAT_JSON);
    memset(given, 0, sizeof *given);
    given->no_size = numres_options_default();
    given->no_size.size = 0;
    given->query = numres_query_default();
    given->request = numres_request_default();
    given->pager = numres_pager_default();
    given->unknown_format = options;
    given->unknown_format.format = (numres_format)77;
    given->no_timestamp.nanoseconds = 1000000000;
    given->page = page_of(document);
    given->writer = writer_create(&options, write_to_buffer, &given->written);
    cr_assert_eq(numres_parser_create(&given->parser, NULL, NULL, NULL), NUMRES_OK);
    cr_assert_eq(numres_writer_begin_reservation(given->writer, RESERVATION(given)), NUMRES_OK);
}

/* The wrong call changed nothing: both still work. */
static void finish_with(given *given, const char *name) {
    static const char text[] = "{\"data\":[]}";
    cr_expect_eq(numres_parser_feed(given->parser, text, strlen(text), NULL), NUMRES_OK, "%s",
                 name);
    cr_expect_eq(numres_parser_finish(given->parser), NUMRES_OK, "%s", name);
    cr_expect_eq(numres_writer_phone_number(given->writer, PHONE_NUMBER(given)), NUMRES_OK);
    cr_expect_eq(numres_writer_end_reservation(given->writer), NUMRES_OK);
    cr_expect_eq(numres_writer_finish(given->writer), NUMRES_OK);
    static const char written[] =
        "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"id\":\"b\"}],\"status\":\"odd\"}]}\n";
    cr_expect(given->written.length == strlen(written) &&
                  memcmp(given->written.bytes, written, strlen(written)) == 0,
              "%s: %s", name, given->written.bytes);
    numres_parser_destroy(given->parser);
    writer_free(given->writer);
    text_buffer_free(&given->written);
    page_free(&given->page);
}

Test(misuse, every_wrong_call_has_its_result) {
    for (size_t at = 0; at < CALL_COUNT; at++) {
        given given;
        prepare(&given);
        cr_expect(calls[at].is_right(&given), "%s", calls[at].name);
        finish_with(&given, calls[at].name);
    }
}

static bool is_called(const char *name, size_t length) {
    for (size_t at = 0; at < CALL_COUNT; at++) {
        if (strlen(calls[at].function) == length && memcmp(calls[at].function, name, length) == 0) {
            return true;
        }
    }
    return false;
}

Test(misuse, table_has_every_exported_function) {
    char path[PATH_SIZE];
    corpus_path(path, sizeof path, "..", "tests/exported_symbols.txt");
    file_bytes symbols = read_file(path);
    cr_assert(symbols.bytes, "%s", path);
    for (const char *name = symbols.bytes; *name;) {
        size_t length = strcspn(name, "\n");
        cr_expect(is_called(name, length), "%.*s is not in the table of calls", (int)length, name);
        name += length + (name[length] == '\n' ? 1 : 0);
    }
    free(symbols.bytes);
}

/* ---- every order of the parser's calls ---- */

static const char *const pieces[] = {"{\"data\":[{\"id\":", "\"a\"}]}", "?"};
enum { PIECES = 3, FEED_NOTHING = PIECES, FEED_NULL, FINISH, RESET, ACTIONS };
enum { LONGEST_ORDER = 5 };

/* Predicts a parser's results from the bytes since the last reset. */
typedef struct model {
    char bytes[256];
    size_t length;
    bool finished;
} model;

/* The error of a new parser for the same bytes. */
static numres_error expected_error(const model *model, bool finish) {
    numres_parser *fresh;
    cr_assert_eq(numres_parser_create(&fresh, NULL, NULL, NULL), NUMRES_OK);
    numres_parser_feed(fresh, model->bytes, model->length, NULL);
    if (finish) {
        numres_parser_finish(fresh);
    }
    numres_error error = *numres_parser_error(fresh);
    numres_parser_destroy(fresh);
    return error;
}

static numres_code expected_feed(model *model, const char *piece) {
    numres_error error = expected_error(model, false);
    if (error.code != NUMRES_OK) {
        return error.code;
    }
    if (model->finished) {
        return NUMRES_WRONG_USE;
    }
    memcpy(model->bytes + model->length, piece, strlen(piece));
    model->length += strlen(piece);
    return expected_error(model, false).code;
}

static numres_code expected_answer(model *model, unsigned int action) {
    if (action < PIECES) {
        return expected_feed(model, pieces[action]);
    }
    switch (action) {
    case FEED_NOTHING:
        return expected_feed(model, "");
    case FINISH: {
        numres_code code = expected_error(model, true).code;
        model->finished |= expected_error(model, false).code == NUMRES_OK;
        return code;
    }
    case RESET:
        memset(model, 0, sizeof *model);
        return NUMRES_OK;
    default:
        return NUMRES_WRONG_USE;
    }
}

static numres_code act(numres_parser *parser, unsigned int action) {
    if (action < PIECES) {
        return numres_parser_feed(parser, pieces[action], strlen(pieces[action]), NULL);
    }
    switch (action) {
    case FEED_NOTHING:
        return numres_parser_feed(parser, NULL, 0, NULL);
    case FINISH:
        return numres_parser_finish(parser);
    case RESET:
        return numres_parser_reset(parser);
    default:
        return numres_parser_feed(parser, NULL, 1, NULL);
    }
}

/* Each digit of `order` is an action. */
static void check_order(unsigned int order) {
    numres_parser *parser;
    model model = {0};
    unsigned int rest = order;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    for (int step = 0; step < LONGEST_ORDER; step++, rest /= ACTIONS) {
        numres_code expected = expected_answer(&model, rest % ACTIONS);
        numres_code code = act(parser, rest % ACTIONS);
        cr_assert_eq(code, expected, "order %u, step %d: %s, not %s", order, step,
                     numres_code_name(code), numres_code_name(expected));
        numres_error error = expected_error(&model, model.finished);
        cr_assert_eq(numres_parser_error(parser)->code, error.code, "order %u, step %d", order,
                     step);
        cr_assert_eq(numres_parser_error(parser)->offset, error.offset);
        cr_assert_str_eq(numres_parser_error(parser)->path, error.path);
    }
    numres_parser_destroy(parser);
}

Test(misuse, every_order_of_the_parsers_calls, .timeout = 600) {
    unsigned int orders = 1;
    for (int step = 0; step < LONGEST_ORDER; step++) {
        orders *= ACTIONS;
    }
    for (unsigned int order = 0; order < orders; order++) {
        check_order(order);
    }
}

/* ---- every order of the writer's calls ---- */

enum { BEGIN, NUMBER, END, WRITER_FINISH, WRITER_ACTIONS, LONGEST_WRITER_ORDER = 7 };

static numres_code write_action(given *given, numres_writer *writer, unsigned int action) {
    switch (action) {
    case BEGIN:
        return numres_writer_begin_reservation(writer, RESERVATION(given));
    case NUMBER:
        return numres_writer_phone_number(writer, PHONE_NUMBER(given));
    case END:
        return numres_writer_end_reservation(writer);
    default:
        return numres_writer_finish(writer);
    }
}

/* Whether the call is in order after the earlier ones. */
static bool is_in_order(unsigned int action, bool *open, bool *finished) {
    if (action == BEGIN ? *open || *finished : action == WRITER_FINISH ? *finished : !*open) {
        return false;
    }
    *open = action == BEGIN || action == NUMBER;
    *finished = action == WRITER_FINISH;
    return true;
}

/* The output must be the same as from the calls in order alone. */
static void check_writer_order(given *given, numres_format format, unsigned int order) {
    numres_writer_options options = options_for(format);
    text_buffer written[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    numres_writer *writer = writer_create(&options, write_to_buffer, &written[0]);
    numres_writer *orderly = writer_create(&options, write_to_buffer, &written[1]);
    bool open = false, finished = false;
    for (int step = 0; step < LONGEST_WRITER_ORDER; step++, order /= WRITER_ACTIONS) {
        unsigned int action = order % WRITER_ACTIONS;
        bool right = is_in_order(action, &open, &finished);
        cr_assert_eq(write_action(given, writer, action), right ? NUMRES_OK : NUMRES_WRONG_USE);
        if (right) {
            write_action(given, orderly, action);
        }
    }
    cr_assert(text_buffer_equal(&written[0], &written[1]));
    writer_free(writer);
    writer_free(orderly);
    text_buffer_free(&written[0]);
    text_buffer_free(&written[1]);
}

Test(misuse, every_order_of_the_writers_calls, .timeout = 600) {
    given given;
    prepare(&given);
    for (unsigned int order = 0; order < 1u << (2 * LONGEST_WRITER_ORDER); order++) {
        check_writer_order(&given, (numres_format)(order % 5), order);
        check_writer_order(&given, (numres_format)((order / 7) % 5), order);
    }
    finish_with(&given, "orders");
}
