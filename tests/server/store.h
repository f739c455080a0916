/*
 * What requests have changed in the data set: reservations created, which have the
 * numbers -1, -2 and so on, and extensions. Any thread may call it.
 */
#ifndef NUMRES_TESTS_STORE_H
#define NUMRES_TESTS_STORE_H

#include "behaviour.h"
#include "data_set.h"

/* How long an extension is, and the first term of a reservation. */
#define STORE_EXTENSION_SECONDS 1800

typedef struct store store;

store *store_create(void);
void store_destroy(store *store);

/* Creates the reservation that a body asks for, by the rules of create. Returns false,
   and creates nothing, if the body is invalid. */
bool store_add(store *store, const char *body, size_t length, const behaviour *behaviour,
               int64_t *number);

void store_extend(store *store, int64_t number);

/* The current reservation. A look at a created one may settle it. */
reservation store_reservation(store *store, int64_t number);

#endif
