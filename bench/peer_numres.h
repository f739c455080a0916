/* numres as a peer, with other options than those of the comparison. */
#ifndef BENCH_PEER_NUMRES_H
#define BENCH_PEER_NUMRES_H

#include <numres.h>

#include "peer.h"

/* A state for the functions of any of numres's peers; NULL: an option is out of
   range, or there is too little memory. */
void *peer_numres_create(const numres_options *options);

/* Sum what a record says. */
void peer_numres_sum_phone_number(tally *sums, const numres_phone_number *number);
void peer_numres_sum_reservation(tally *sums, const numres_reservation *reservation);
void peer_numres_sum_meta(tally *sums, const numres_meta *meta);

#endif
