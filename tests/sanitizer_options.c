/*
 * AddressSanitizer's options for the test programs. ASAN_OPTIONS adds to them; the tool,
 * when tests run it, does not get them. With strict_string_checks each strstr() first
 * looks for the end of its text, however long. Criterion starts every test with such a
 * search through the machine's certificates (libgit2 reads them), and tests search pages
 * of megabytes. The library never calls strstr().
 */
const char *__asan_default_options(void);

const char *__asan_default_options(void) {
    return "intercept_strstr=0";
}
