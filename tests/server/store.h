/*
 * What requests have made of the data set: reservations that were created, which have
 * the numbers -1, -2 and so on, and extensions. Any thread may call it.
 */
#ifndef NUMRES_TESTS_STORE_H
#define NUMRES_TESTS_STORE_H

#include "behaviour.h"
#include "data_set.h"

/* How long an extension is, and a reservation at first. */
#define STORE_EXTENSION_SECONDS 1800

typedef struct store store;

store *store_create(void);
void store_destroy(store *store);

/* The reservation that a body asks for, by the rules of create; false: the body is not
   right, and nothing is created. */
bool store_add(store *store, const char *body, size_t length, const behaviour *behaviour,
               int64_t *number);

void store_extend(store *store, int64_t number);

/* The reservation as it stands; looking at one that was created may settle it. */
reservation store_reservation(store *store, int64_t number);

#endif
