/* The rules: when which behaviour holds. One thread at a time. */
#ifndef NUMRES_TESTS_RULES_H
#define NUMRES_TESTS_RULES_H

#include "behaviour.h"

/* What a rule can ask about a request. */
typedef enum operation {
    OPERATION_NONE, /* no path of the API's */
    OPERATION_LIST,
    OPERATION_GET,
    OPERATION_CREATE,
    OPERATION_EXTEND,
    OPERATION_COUNT
} operation;

typedef struct occasion {
    operation operation;
    uint64_t page;
    uint64_t attempt;
    uint64_t request;
} occasion;

typedef struct rules rules;

rules *rules_create(void);
void rules_destroy(rules *rules);

/* Adds a rule, which is copied; false: it is none. */
bool rules_add(rules *rules, const char *text);

/* None holds any more; behaviours that were made before stay valid. */
void rules_clear(rules *rules);

/* What all rules that hold make together; valid until rules_destroy. */
behaviour rules_behaviour(const rules *rules, const occasion *occasion);

#endif
