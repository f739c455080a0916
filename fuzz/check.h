/* What a target does when a promise of the library is broken. */
#ifndef NUMRES_FUZZ_CHECK_H
#define NUMRES_FUZZ_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <numres.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Says what is broken and ends the program, so that a fuzzer keeps the input. */
#define FUZZ_EXPECT(condition, ...)                                                                \
    ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition, __VA_ARGS__))

__attribute__((noreturn, format(printf, 4, 5))) void
fuzz_fail(const char *file, int line, const char *condition, const char *format, ...);

/* Whether the text is UTF-8 by RFC 3629: written anew, not the library's own. */
bool fuzz_is_utf8(const char *bytes, size_t length);

/* Counts one input, and prints at exit how many there were and how many had a
   reservation delivered, if NUMRES_FUZZ_STATISTICS is set. */
void fuzz_count_input(bool reached_reservation);

#ifdef __cplusplus
}
#endif

#endif
