/* The table's header, and the parts of its rows that most tests share. */
#ifndef NUMRES_TESTS_TABLE_TEXT_H
#define NUMRES_TESTS_TABLE_TEXT_H

/* In a pipe, and at a terminal of 80 columns. */
#define HEADER                                                                                     \
    "STATUS    REFERENCE / NUMBER  EXPIRES (UTC)        CREATED (UTC)        RESERVATION\n"
#define HEADER_AT_80                                                                               \
    "STATUS    REFERENCE / NUMBER  EXPIRES (UTC)     CREATED (UTC)     RESERVATION\n"

/* At a terminal that shows colours. */
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define BOLD_TITLES_AT_80                                                                          \
    BOLD "STATUS    REFERENCE / NUMBER  EXPIRES (UTC)     CREATED (UTC)     RESERVATION" PLAIN
#define BOLD_HEADER_AT_80 BOLD_TITLES_AT_80 "\n"

/* Blank columns of a reservation without a reference and times, from the reference to the id. */
#define NOTHING "-                                        -                    "
#define NOTHING_AT_80 "-                                     -                 "

#endif
