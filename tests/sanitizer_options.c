/*
 * AddressSanitizer's options for the test programs; ASAN_OPTIONS adds to them,
 * and the tool that they run does not have them. With strict_string_checks each
 * strstr() looks for its text's end first, however long that is. Criterion starts
 * every test by such a search through the machine's certificates (libgit2 reads
 * them), and tests search pages of megabytes. The library calls no strstr().
 */
const char *__asan_default_options(void);

const char *__asan_default_options(void) {
    return "intercept_strstr=0";
}
