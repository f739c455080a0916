/* Creating pull readers: their options and their memory. */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdlib.h>

static void *count_allocation(size_t size, void *context) {
    ++*(size_t *)context;
    return malloc(size);
}

static void *no_memory(size_t size, void *context) {
    (void)size, (void)context;
    return NULL;
}

static void release(void *memory, void *context) {
    (void)context;
    free(memory);
}

Test(reader_memory, allocates_once) {
    size_t count = 0;
    numres_reader *reader = NULL;
    numres_options options = numres_options_default();
    options.allocator = (numres_allocator){count_allocation, release, &count};
    cr_assert_eq(numres_reader_create(&reader, &options, NUMRES_GO_ON), NUMRES_OK);
    cr_expect_eq(numres_reader_feed(reader, "{\"data\":[]}", 11), NUMRES_OK);
    while (numres_reader_next(reader) > NUMRES_EVENT_NEED_BYTES) {
    }
    cr_expect_eq(count, 1);
    numres_reader_destroy(reader);
    options.allocator.allocate = no_memory;
    cr_expect_eq(numres_reader_create(&reader, &options, NUMRES_GO_ON), NUMRES_NO_MEMORY);
    cr_expect_null(reader);
}

Test(reader_memory, lives_in_memory_at_any_address) {
    size_t size = numres_reader_size(NULL);
    char *memory = malloc(size + 16);
    for (size_t at = 0; at < 16; at++) {
        numres_reader *reader = NULL;
        cr_assert_eq(numres_reader_create_in(&reader, memory + at, size, NULL, NUMRES_GO_ON),
                     NUMRES_OK);
        cr_expect_eq(numres_reader_feed(reader, "{\"data\":[]}", 11), NUMRES_OK);
        cr_expect_eq(numres_reader_next(reader), NUMRES_EVENT_DOCUMENT_END);
        numres_reader_destroy(reader);
        cr_expect_eq(numres_reader_create_in(&reader, memory + at, size - 1, NULL, NUMRES_GO_ON),
                     NUMRES_NO_MEMORY);
        cr_expect_null(reader);
    }
    cr_expect_eq(numres_reader_create_in(&(numres_reader *){NULL}, NULL, size, NULL, NUMRES_GO_ON),
                 NUMRES_NO_MEMORY);
    free(memory);
}

Test(reader_memory, refuses_wrong_options) {
    numres_reader *reader = NULL;
    numres_options options = numres_options_default();
    cr_expect_eq(numres_reader_create(NULL, NULL, NUMRES_GO_ON), NUMRES_WRONG_USE);
    cr_expect_eq(numres_reader_create(&reader, NULL, NUMRES_PAUSE), NUMRES_WRONG_OPTION);
    cr_expect_eq(numres_reader_create(&reader, NULL, NUMRES_STOP), NUMRES_WRONG_OPTION);
    cr_expect_eq(numres_reader_create_in(NULL, NULL, 0, NULL, NUMRES_GO_ON), NUMRES_WRONG_USE);
    options.max_depth = 0;
    cr_expect_eq(numres_reader_create(&reader, &options, NUMRES_GO_ON), NUMRES_WRONG_OPTION);
    cr_expect_eq(numres_reader_size(&options), 0);
    options.size = 0;
    cr_expect_eq(numres_reader_create(&reader, &options, NUMRES_GO_ON), NUMRES_WRONG_USE);
    cr_expect_null(reader);
}
