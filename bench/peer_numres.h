/* numres as a peer, with other options than those of the comparison. */
#ifndef BENCH_PEER_NUMRES_H
#define BENCH_PEER_NUMRES_H

#include <numres.h>

#include "peer.h"

/* A state for the functions of any of numres's peers; NULL: an option is out of
   range, or there is too little memory. */
void *peer_numres_create(const numres_options *options);

#endif
