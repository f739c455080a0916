/* numres as a peer, with options other than those of the comparison. */
#ifndef BENCH_PEER_NUMRES_H
#define BENCH_PEER_NUMRES_H

#include <numres.h>

#include "peer.h"

/* Creates a state for the functions of any of numres's callback peers. Returns NULL if an
   option is out of range or there is not enough memory. */
void *peer_numres_create(const numres_options *options);

/* Add a record's values to the sums. */
void peer_numres_sum_phone_number(tally *sums, const numres_phone_number *number);
void peer_numres_sum_reservation(tally *sums, const numres_reservation *reservation);
void peer_numres_sum_meta(tally *sums, const numres_meta *meta);

#endif
