/* The arena: pieces do not overlap, and none goes beyond its end. */
#include "base/arena.h"

#include "support.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

enum { SIZE = 1024, UNIT = 16 };

/* An arena that ends at a guard page: one byte too many crashes. */
typedef struct fixture {
    guard guard;
    numres_arena arena;
    yajl_alloc_funcs functions;
} fixture;

static void open_fixture(fixture *now) {
    now->guard = guard_create(SIZE);
    numres_arena_start(&now->arena, now->guard.end - SIZE, SIZE);
    now->functions = numres_arena_functions(&now->arena);
}

static unsigned char *allocate(fixture *now, size_t size) {
    return now->functions.malloc(now->functions.ctx, size);
}

static unsigned char *reallocate(fixture *now, unsigned char *piece, size_t size) {
    return now->functions.realloc(now->functions.ctx, piece, size);
}

Test(arena, gives_aligned_pieces_that_do_not_touch) {
    fixture now;
    open_fixture(&now);
    unsigned char *pieces[8];
    for (size_t at = 0; at < 8; at++) {
        pieces[at] = allocate(&now, at * 5);
        cr_assert_not_null(pieces[at]);
        cr_assert_eq((uintptr_t)pieces[at] % _Alignof(max_align_t), 0);
        memset(pieces[at], (int)at, at * 5);
    }
    for (size_t at = 0; at < 8; at++) {
        for (size_t byte = 0; byte < at * 5; byte++) {
            cr_assert_eq(pieces[at][byte], at);
        }
    }
    guard_destroy(&now.guard);
}

/* All bytes can be used, and then not even an empty piece fits. */
Test(arena, gives_nothing_beyond_its_end) {
    fixture now;
    open_fixture(&now);
    unsigned char *piece = allocate(&now, SIZE - UNIT);
    cr_assert_not_null(piece);
    memset(piece, 1, SIZE - UNIT);
    cr_assert_eq(now.arena.used, SIZE);
    cr_assert_null(allocate(&now, 0));
    cr_assert_null(allocate(&now, 0), "nor after a failure");
    numres_arena_rewind(&now.arena);
    cr_assert_null(allocate(&now, SIZE - UNIT + 1));
    cr_assert_gt(now.arena.used, SIZE);
    numres_arena_rewind(&now.arena);
    cr_assert_null(allocate(&now, SIZE_MAX), "the sum with what is stored before it overflows");
    numres_arena_rewind(&now.arena);
    cr_assert_eq(allocate(&now, SIZE - UNIT), piece);
    guard_destroy(&now.guard);
}

Test(arena, reallocates_with_what_the_piece_holds) {
    fixture now;
    open_fixture(&now);
    unsigned char *piece = reallocate(&now, NULL, 4);
    memcpy(piece, "abc", 4);
    unsigned char *larger = reallocate(&now, piece, 40);
    cr_assert_str_eq((char *)larger, "abc");
    unsigned char *smaller = reallocate(&now, larger, 2);
    cr_assert_arr_eq(smaller, "ab", 2);
    cr_assert_null(reallocate(&now, smaller, SIZE));
    cr_assert_arr_eq(smaller, "ab", 2);
    now.functions.free(now.functions.ctx, smaller);
    guard_destroy(&now.guard);
}
