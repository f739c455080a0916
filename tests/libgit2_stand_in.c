/* Replaces libgit2 in scripts/suites.sh. Criterion starts a process for each test, and each
   would load libgit2 and the fifteen libraries below it: two thirds of a small test's time.
   Criterion calls these three functions alone, the last only to show how two texts of an
   eq(str, ...) differ, which no test here uses. "meson test" runs with libgit2 itself. */
#include <stdio.h>
#include <stdlib.h>

int git_libgit2_init(void);
int git_libgit2_shutdown(void);
int git_diff_buffers(void);

int git_libgit2_init(void) {
    return 1;
}

int git_libgit2_shutdown(void) {
    return 0;
}

int git_diff_buffers(void) {
    fputs("tests/libgit2_stand_in.c: no difference can be shown; run meson test\n", stderr);
    abort();
}
