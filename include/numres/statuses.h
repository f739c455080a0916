/*
 * The statuses, one per line. The table is the library's own, and its columns may change:
 * programs use the constants in numres/types.h.
 *
 *   STATUS(NAME, NUMBER, "word", COUNTS_AS, SOURCE)
 *
 * NAME       makes the constant, NUMRES_STATUS_<NAME>
 * NUMBER     its value, part of the ABI: never change one, add new ones last
 * "word"     its text in JSON, at most 31 bytes
 * COUNTS_AS  the NAME of the status with the same meaning to people, or its own
 * SOURCE     where the API documents it: REFERENCE, or GUIDE ("Number
 *            Reservations": if some numbers cannot be reserved, these become
 *            failed and their reservation partial_success)
 *
 * The enumeration of numres/types.h, the names, the query's filter and the
 * tool's summary are made from these lines. Any other text is a problem, but the
 * record that has it is still delivered: the set is open.
 */
#ifndef NUMRES_STATUSES_H
#define NUMRES_STATUSES_H

/* The statuses. */
#define NUMRES_STATUSES(STATUS)                                                                    \
    STATUS(PENDING, 1, "pending", PENDING, REFERENCE)                                              \
    STATUS(SUCCESS, 2, "success", SUCCESS, REFERENCE)                                              \
    STATUS(FAILURE, 3, "failure", FAILURE, REFERENCE)                                              \
    STATUS(PARTIAL_SUCCESS, 4, "partial_success", PARTIAL_SUCCESS, GUIDE)                          \
    STATUS(FAILED, 5, "failed", FAILURE, GUIDE)

#endif
