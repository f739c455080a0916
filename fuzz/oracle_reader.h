/*
 * RapidJSON as a strict reader of RFC 8259: iterative, encoding validated,
 * numbers kept as text. Where it is known to judge otherwise than the RFC, and
 * what is made of it here; tests/test_fuzz_oracle.c has a row for each:
 *
 *   a NUL byte behind the root     taken for the end; not legal, if bytes are left
 *   a lone low surrogate, \udc00   accepted and decoded to a surrogate, which no
 *                                  legal text gives; not legal
 *   a number beyond a double's     refused, even as text, and the rest not read;
 *   range, 1e309                   unknown
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

/* What RapidJSON says by itself. */
bool oracle_accepts_plainly(const char *document, size_t length);

#ifdef __cplusplus
}
#endif

#endif
