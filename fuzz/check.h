/* Reports a broken promise of the library and ends the target. */
#ifndef NUMRES_FUZZ_CHECK_H
#define NUMRES_FUZZ_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <numres.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Prints what is broken and aborts, so that the fuzzer keeps the input. */
#define FUZZ_EXPECT(condition, ...)                                                                \
    ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition, __VA_ARGS__))

__attribute__((noreturn, format(printf, 4, 5))) void
fuzz_fail(const char *file, int line, const char *condition, const char *format, ...);

/* Whether the text is UTF-8 by RFC 3629. Written independently of the library. */
bool fuzz_is_utf8(const char *bytes, size_t length);

/* Counts one input. If NUMRES_FUZZ_STATISTICS is set, prints at exit how many inputs
   there were and how many delivered a reservation. */
void fuzz_count_input(bool reached_reservation);

#ifdef __cplusplus
}
#endif

#endif
