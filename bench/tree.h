/* The members of both records, for the peers that build a tree and look values up by name. */
#ifndef BENCH_TREE_H
#define BENCH_TREE_H

#include "tally.h"

typedef struct named_member {
    const char *name;
    bench_member member;
} named_member;

static const named_member reservation_members[] = {
    {"id", MEMBER_ID},
    {"record_type", MEMBER_RECORD_TYPE},
    {"status", MEMBER_STATUS},
    {"customer_reference", MEMBER_CUSTOMER_REFERENCE},
    {"created_at", MEMBER_CREATED_AT},
    {"updated_at", MEMBER_UPDATED_AT},
    {"errors", MEMBER_ERRORS},
    {"user_id", MEMBER_USER_ID},
    {NULL, MEMBER_OTHER},
};

static const named_member phone_number_members[] = {
    {"id", MEMBER_ID},
    {"record_type", MEMBER_RECORD_TYPE},
    {"phone_number", MEMBER_PHONE_NUMBER},
    {"status", MEMBER_STATUS},
    {"created_at", MEMBER_CREATED_AT},
    {"updated_at", MEMBER_UPDATED_AT},
    {"expired_at", MEMBER_EXPIRED_AT},
    {"errors", MEMBER_ERRORS},
    {"expired", MEMBER_EXPIRED},
    {NULL, MEMBER_OTHER},
};

static const named_member meta_members[] = {
    {"total_pages", MEMBER_TOTAL_PAGES},
    {"total_results", MEMBER_TOTAL_RESULTS},
    {"page_number", MEMBER_PAGE_NUMBER},
    {"page_size", MEMBER_PAGE_SIZE},
    {NULL, MEMBER_OTHER},
};

#endif
