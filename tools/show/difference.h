/* What numres diff compares: which numbers of two reservations, and which of their members
   (difference.c). diff.c reads the files and finds the reservations. */
#ifndef NUMRES_TOOLS_DIFFERENCE_H
#define NUMRES_TOOLS_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#include "../run/print.h"
#include "selection.h"

/* ---- the old number of a reservation that a new one is compared with ---- */

struct partner;

struct partners {
    numres_collection *old;
    size_t reservation; /* its place in `old` */
    size_t count;       /* of its numbers */
    bool *are_taken;    /* by place */
    struct partner *sorted;
    bool are_sorted;
    size_t room;
};

#define PARTNERS_NONE SIZE_MAX

/* Begins with an old reservation, none of whose numbers is taken yet. Before the first call,
   `partners` must be all zero. Returns false if there is no memory. */
bool partners_begin(struct partners *partners, numres_collection *old, size_t reservation);

/* Takes an old number with the same text, or with the same id if there is no text. Returns its
   place; PARTNERS_NONE: there is none. */
size_t partners_take(struct partners *partners, const numres_phone_number *number);

void partners_end(struct partners *partners);

/* ---- which members of two records differ, and how that is shown, as text or as JSON lines
   ---- */

enum difference_change {
    DIFFERENCE_ADDED,
    DIFFERENCE_GONE,
    DIFFERENCE_CHANGED,
    DIFFERENCE_CHANGES
};

struct difference {
    struct print *print;
    bool is_json;
    bool has_colour;                           /* in text */
    struct columns columns;                    /* the members that are compared */
    uint64_t reservations[DIFFERENCE_CHANGES]; /* so far */
    const numres_reservation *reservation;     /* the current one */
    enum difference_change change;             /* what became of the reservation */
    bool is_named;                             /* its name has been shown */
};

/* Shows a reservation that was added or is gone; the numbers that follow are its own. */
void difference_reservation(struct difference *difference, enum difference_change change,
                            const numres_reservation *reservation);

/* Shows how a reservation has changed; the numbers that follow are its own. */
void difference_compare_reservations(struct difference *difference, const numres_reservation *old,
                                     const numres_reservation *changed);

/* Shows a number of the current reservation that was added or is gone; or how one has changed. */
void difference_number(struct difference *difference, enum difference_change change,
                       const numres_phone_number *number);
void difference_compare_numbers(struct difference *difference, const numres_phone_number *old,
                                const numres_phone_number *changed);

/* Ends the output. Returns whether there was any difference. */
bool difference_end(const struct difference *difference);

#endif
