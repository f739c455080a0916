/* The fast lane's inner loop for any machine. */
#define NUMRES_SIMD_BYTES 16
#define FAST_PIECES numres_fast_pieces_baseline
#define FAST_MEMBERS numres_fast_members_baseline
#include "pieces.h"
#include "usual_members.h"
