/* The fast lane's inner loop for machines with AVX2; nothing where this file
   is not compiled for them. */
#ifdef __AVX2__
#define NUMRES_SIMD_BYTES 32
#define FAST_PIECES numres_fast_pieces_avx2
#define FAST_MEMBERS numres_fast_members_avx2
#include "fast_member.h"
#else
typedef int numres_no_avx2;
#endif
