/* The fast lane's inner loops, pieces.h and usual_members.h, for machines with AVX2.
   fast_lane_creation.c chooses between these and those of pieces_baseline.c. */
#include "avx2.h"

#ifdef NUMRES_HAS_AVX2

/* Included before the pragmas, as its functions set their own targets. */
#include <immintrin.h>

#ifdef __clang__
/* The pragma does not define __AVX2__, by which SIMDe learns what it may use. */
#define SIMDE_X86_AVX2_NATIVE
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

#define NUMRES_SIMD_BYTES 32
#define FAST_PIECES numres_fast_pieces_avx2
#define FAST_MEMBERS numres_fast_members_avx2
#include "pieces.h"
#include "usual_members.h"

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#else
typedef int numres_no_avx2;
#endif
