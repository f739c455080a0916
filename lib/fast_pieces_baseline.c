/* The fast lane's inner loop for any machine. */
#define NUMRES_SIMD_BYTES 16
#define FAST_PIECES numres_fast_pieces_baseline
#define FAST_MEMBER numres_fast_member_baseline
#include "fast_member.h"
