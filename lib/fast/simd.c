/* The SIMD levels that this machine and this build have, and the vectors that their code needs.
   parser/options.c and fast_lane_creation.c ask for the level. */
#define NUMRES_SIMD_BYTES 16
#include "simd.h"

#include "numres/parser.h"

#include "avx2.h"

#if defined(__x86_64__)
#define BASELINE_NAME "sse2"
#elif defined(__aarch64__)
#define BASELINE_NAME "neon"
#else
#define BASELINE_NAME "portable"
#endif

#define EIGHT(byte) byte, byte, byte, byte, byte, byte, byte, byte
#define EVERY(byte)                                                                                \
    { EIGHT(byte), EIGHT(byte), EIGHT(byte), EIGHT(byte) }

const numres_simd_bytes numres_simd_every = {EVERY('"'), EVERY('\\'), EVERY(' ')};

/* GCOVR_EXCL_BR_START: one machine always takes the same branch */
static bool has_avx2(void) {
#ifdef NUMRES_HAS_AVX2
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
           __builtin_cpu_supports("bmi2") != 0;
#else
    return false;
#endif
}

const char *numres_simd_name(numres_simd simd) {
    switch (simd) {
    case NUMRES_SIMD_BEST:
        return has_avx2() ? "avx2" : BASELINE_NAME;
    case NUMRES_SIMD_BASELINE:
        return BASELINE_NAME;
    case NUMRES_SIMD_AVX2:
        return has_avx2() ? "avx2" : NULL;
    }
    return NULL;
}
/* GCOVR_EXCL_BR_STOP */
