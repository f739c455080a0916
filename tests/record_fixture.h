/* A record without a parser. Its text area ends at a guard page: an overrun crashes. */
#ifndef NUMRES_TESTS_RECORD_FIXTURE_H
#define NUMRES_TESTS_RECORD_FIXTURE_H

#include "schema/record.h"

#include "support.h"

typedef struct record_fixture {
    numres_record record; /* started with index 3 */
    numres_record_limits limits;
    guard guard;
} record_fixture;

void record_fixture_open(record_fixture *now, numres_record_kind kind, size_t max_value_length,
                         size_t max_record_text);
void record_fixture_close(record_fixture *now);

#endif
