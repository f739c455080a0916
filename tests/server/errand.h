/* What a request asks for: the operation of its path, and doing it. */
#ifndef NUMRES_TESTS_ERRAND_H
#define NUMRES_TESTS_ERRAND_H

#include "traffic.h"

/* Before a path that a redirect names. */
#define ERRAND_MOVED "/moved"

#define ERRAND_ID_SIZE 512

typedef struct errand {
    operation operation;
    bool moved;     /* it follows a redirect */
    int64_t number; /* the reservation's, of one that is there */
    bool is_there;
} errand;

/* Takes method and URI; sets the id, "" if there is none. */
errand errand_of(const char *method, const char *uri, char *id);

/* Finds the id in the list as it stands. */
void errand_find(errand *errand, const char *id, const listing *listing);

/* Does what a POST asks for; returns the status that is right. */
unsigned int errand_carry_out(errand *errand, traffic *traffic, const text_buffer *body,
                              const behaviour *behaviour);

#endif
