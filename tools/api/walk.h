/* Every reservation of a list, for commands that do not show the list itself: extend.c
   and await.c. */
#ifndef NUMRES_TOOLS_WALK_H
#define NUMRES_TOOLS_WALK_H

#include "exchange.h"

/* Reads all pages of the query; the taker takes each reservation once. */
enum exchange_end walk_list(struct exchange *exchange, const numres_query *query,
                            const struct exchange_taker *taker);

#endif
