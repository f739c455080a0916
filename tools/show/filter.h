/* Filters on records: which reservations are shown, and which of their phone numbers.
   selection.c reads them for every command that has some; format.c, extend.c and the
   lists ask them. */
#ifndef NUMRES_TOOLS_FILTER_H
#define NUMRES_TOOLS_FILTER_H

#include "numres.h"

#include "../run/session.h"
#include "../run/times.h"

/* A bound of created_at. */
struct filter_time {
    bool is_set;
    numres_timestamp value;
    numres_text text; /* as it is sent */
    char written[TIMES_FILTER_SIZE];
};

/* All zero takes every record. */
struct filter {
    /* Of the reservation. */
    uint32_t statuses; /* bit N: the status N is taken; 0: any is */
    struct filter_time after, before;
    numres_text reference; /* NULL: any is taken */
    /* Of its phone numbers. */
    uint32_t number_statuses;
    bool expires, is_expired; /* until this time, in seconds since 1970; before now */
    int64_t now, last;
    numres_text phone_number; /* NULL: any is taken */
    bool is_prefix;
};

/* Reads the options of the command. The texts stay those of the command line. Returns
   false after it has said what is wrong. */
bool filter_read(struct filter *filter, enum option_command command, const struct settings *texts,
                 struct print *messages);

/*
 * Moves to the query what the API can filter by: one status, the times, the reference
 * and a whole phone number. The last stays here as well: the API returns the other
 * numbers of its reservation too.
 */
void filter_send(struct filter *filter, numres_query *query);

/* Says on standard error which filters are sent with the query and which are applied
   here; nothing where there are none. */
void filter_report(const struct filter *filter, const numres_query *query, struct session *session);

/* Writes the filters that are applied here after the URL of a list, so that another list
   has another text. Returns the length, as snprintf does. */
size_t filter_name(const struct filter *filter, const struct settings *texts, char *text,
                   size_t size);

/* Whether anything is asked of phone numbers: then a reservation is shown with those that
   are taken alone, and not at all if there are none. */
bool filter_is_about_numbers(const struct filter *filter);

bool filter_takes_number(const struct filter *filter, const numres_phone_number *number);

/* Whether the reservation itself is taken; its numbers do not matter. */
bool filter_takes_reservation(const struct filter *filter, const numres_reservation *reservation);

#endif
