/* Maps a member's name to its number: the switch that every program on an event parser
   has. It switches on the length first, so that one comparison decides. */
#ifndef BENCH_NAMES_H
#define BENCH_NAMES_H

#include "tally.h"

static inline bench_member member_if(const char *name, const char *expected, size_t length,
                                     bench_member member) {
    return memcmp(name, expected, length) == 0 ? member : MEMBER_OTHER;
}

static inline bench_member member_of_ten(const char *name) {
    switch (name[0]) {
    case 'c':
        return member_if(name, "created_at", 10, MEMBER_CREATED_AT);
    case 'u':
        return member_if(name, "updated_at", 10, MEMBER_UPDATED_AT);
    default:
        return member_if(name, "expired_at", 10, MEMBER_EXPIRED_AT);
    }
}

static inline bench_member member_of_eleven(const char *name) {
    return name[0] == 'r' ? member_if(name, "record_type", 11, MEMBER_RECORD_TYPE)
                          : member_if(name, "total_pages", 11, MEMBER_TOTAL_PAGES);
}

static inline bench_member member_of_thirteen(const char *name) {
    return name[0] == 'p' ? member_if(name, "phone_numbers", 13, MEMBER_PHONE_NUMBERS)
                          : member_if(name, "total_results", 13, MEMBER_TOTAL_RESULTS);
}

static inline bench_member member_of(const char *name, size_t length) {
    switch (length) {
    case 2:
        return member_if(name, "id", 2, MEMBER_ID);
    case 4:
        return name[0] == 'd' ? member_if(name, "data", 4, MEMBER_DATA)
                              : member_if(name, "meta", 4, MEMBER_META);
    case 6:
        return name[0] == 's' ? member_if(name, "status", 6, MEMBER_STATUS)
                              : member_if(name, "errors", 6, MEMBER_ERRORS);
    case 7:
        return name[0] == 'e' ? member_if(name, "expired", 7, MEMBER_EXPIRED)
                              : member_if(name, "user_id", 7, MEMBER_USER_ID);
    case 9:
        return member_if(name, "page_size", 9, MEMBER_PAGE_SIZE);
    case 10:
        return member_of_ten(name);
    case 11:
        return name[0] == 'p' ? member_if(name, "page_number", 11, MEMBER_PAGE_NUMBER)
                              : member_of_eleven(name);
    case 12:
        return member_if(name, "phone_number", 12, MEMBER_PHONE_NUMBER);
    case 13:
        return member_of_thirteen(name);
    case 18:
        return member_if(name, "customer_reference", 18, MEMBER_CUSTOMER_REFERENCE);
    default:
        return MEMBER_OTHER;
    }
}

#endif
