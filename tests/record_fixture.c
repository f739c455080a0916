#include "record_fixture.h"

#include <string.h>

void record_fixture_open(record_fixture *now, numres_record_kind kind, size_t max_value_length,
                         size_t max_record_text) {
    size_t size = numres_record_text_size(max_record_text, NUMRES_RECORD_MEMBERS);
    memset(now, 0, sizeof *now);
    now->limits.max_value_length = max_value_length;
    now->limits.max_record_text = max_record_text;
    now->guard = guard_create(size);
    numres_record_make(&now->record, now->guard.end - size);
    numres_record_start(&now->record, kind, 3);
}

void record_fixture_close(record_fixture *now) {
    guard_destroy(&now->guard);
}
