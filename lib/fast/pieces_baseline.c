/* The fast lane's inner loops, pieces.h and usual_members.h, for any machine.
   fast_lane_creation.c chooses between these and those of pieces_avx2.c. */
#define NUMRES_SIMD_BYTES 16
#define FAST_PIECES numres_fast_pieces_baseline
#define FAST_MEMBERS numres_fast_members_baseline
#include "pieces.h"
#include "usual_members.h"
