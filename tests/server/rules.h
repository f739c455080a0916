/* The rules, and the behaviour of those that hold. For one thread at a time. */
#ifndef NUMRES_TESTS_RULES_H
#define NUMRES_TESTS_RULES_H

#include "behaviour.h"

/* The operation of a request, for the rules' conditions. */
typedef enum operation {
    OPERATION_NONE, /* not a path of the API */
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

/* Adds a copy of the rule. Returns false if it is not a rule. */
bool rules_add(rules *rules, const char *text);

/* Makes no rule hold any more. Behaviours made before stay valid. */
void rules_clear(rules *rules);

/* The joint behaviour of all rules that hold, valid until rules_destroy. */
behaviour rules_behaviour(const rules *rules, const occasion *occasion);

#endif
