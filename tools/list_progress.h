/* How far a listing has come, on a line of the terminal. */
#ifndef NUMRES_TOOLS_LIST_PROGRESS_H
#define NUMRES_TOOLS_LIST_PROGRESS_H

#include "listing.h"

/* Begins, if standard error is a terminal and it is not to be quiet. */
void list_progress_begin(struct listing *listing);

/* Shows pages, reservations and the rate, and behind them what is waited for,
   if that is not empty; now and then only, however often it is called. */
void list_progress_show(struct listing *listing, const char *waiting);

/* The same at once. */
void list_progress_show_now(struct listing *listing, const char *waiting);

#endif
