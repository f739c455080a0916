/* Differences between records: which members have changed, and how that is shown, as text
   or as JSON lines. diff.c finds the records. */
#ifndef NUMRES_TOOLS_DIFFERENCE_H
#define NUMRES_TOOLS_DIFFERENCE_H

#include "columns.h"

enum difference_kind { DIFFERENCE_ADDED, DIFFERENCE_GONE, DIFFERENCE_CHANGED, DIFFERENCE_KINDS };

struct difference {
    struct print *print;
    bool is_json;
    struct columns columns;                  /* the members that are compared */
    uint64_t reservations[DIFFERENCE_KINDS]; /* so far */
    const numres_reservation *reservation;   /* the one at hand */
    enum difference_kind kind;               /* what became of it, */
    bool is_named;                           /* which has been shown */
};

/* Whether two texts are the same, byte for byte. */
bool difference_are_equal(numres_text one, numres_text other);

/* Returns false if there is no memory. */
bool difference_begin(struct difference *difference, struct print *print, bool is_json);

/* A reservation that was added or is gone; the numbers that follow are its own. */
void difference_reservation(struct difference *difference, enum difference_kind kind,
                            const numres_reservation *reservation);

/* Shows how a reservation has changed; the numbers that follow are its own. */
void difference_compare_reservations(struct difference *difference, const numres_reservation *old,
                                     const numres_reservation *changed);

/* A number of the reservation at hand that was added or is gone; or how one has changed. */
void difference_number(struct difference *difference, enum difference_kind kind,
                       const numres_phone_number *number);
void difference_compare_numbers(struct difference *difference, const numres_phone_number *old,
                                const numres_phone_number *changed);

/* Ends the output. Returns whether there was any difference. */
bool difference_end(const struct difference *difference);

#endif
