/*
 * RapidJSON as a strict reader of RFC 8259: iterative, encoding validated, numerals kept
 * as text. Where it is known to differ from the RFC, and the verdict given here instead
 * (tests/test_fuzz_oracle.c tests each):
 *
 *   a NUL byte after the root      ends RapidJSON's reading; not legal if bytes follow
 *   a lone low surrogate, \udc00   accepted and decoded to a surrogate, which legal
 *                                  text never gives; not legal
 *   a numeral beyond the range     refused, even as text, and the rest is not read;
 *   of a double, 1e309             unknown
 */
#ifndef NUMRES_FUZZ_ORACLE_READER_H
#define NUMRES_FUZZ_ORACLE_READER_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum oracle_verdict { ORACLE_LEGAL, ORACLE_NOT_LEGAL, ORACLE_UNKNOWN } oracle_verdict;

oracle_verdict oracle_read(const char *document, size_t length);

/* RapidJSON's verdict without these corrections. */
bool oracle_accepts_plainly(const char *document, size_t length);

#ifdef __cplusplus
}
#endif

#endif
