/* SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash. Nobody can construct collisions
   without the secret. */
#ifndef NUMRES_LIB_SIPHASH_H
#define NUMRES_LIB_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

#define NUMRES_SIPHASH_SECRET_SIZE 16

uint64_t numres_siphash(const unsigned char secret[NUMRES_SIPHASH_SECRET_SIZE], const void *bytes,
                        size_t length);

#endif
