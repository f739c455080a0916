/* What a request asks for: finds its operation from the path, and carries it out. */
#ifndef NUMRES_TESTS_ERRAND_H
#define NUMRES_TESTS_ERRAND_H

#include "traffic.h"

/* Precedes the path to which a redirect leads. */
#define ERRAND_MOVED "/moved"

#define ERRAND_ID_SIZE 512

typedef struct errand {
    operation operation;
    bool moved;     /* follows a redirect */
    int64_t number; /* of the reservation, if it exists */
    bool is_there;
} errand;

/* Reads method and URI. Sets the id, "" if there is none. */
errand errand_of(const char *method, const char *uri, char *id);

/* Looks for the id in the current list. */
void errand_find(errand *errand, const char *id, const listing *listing);

/* Carries out a POST. Returns the correct status. */
unsigned int errand_carry_out(errand *errand, traffic *traffic, const text_buffer *body,
                              const behaviour *behaviour);

#endif
