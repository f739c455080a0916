/* The fast lane's inner loop for any machine. */
#define NUMRES_SIMD_BYTES 16
#define FAST_MEMBERS numres_fast_members_baseline
#define FAST_NUMBERS numres_fast_numbers_baseline
#include "fast_members.h"
#include "fast_number.h"
