#include "rules.h"

#include <stdlib.h>
#include <string.h>

typedef struct range {
    uint64_t first;
    uint64_t last;
} range;

typedef struct rule {
    struct rule *next;
    bool cleared;
    operation operation; /* NONE: any */
    range page;
    range attempt;
    range request;
    size_t part_count;
    char *text;          /* all parts, each ended by a NUL */
    const char *parts[]; /* those that are not conditions */
} rule;

struct rules {
    rule *first;
    rule **end;
};

rules *rules_create(void) {
    rules *rules = calloc(1, sizeof *rules);
    if (rules != NULL)
        rules->end = &rules->first;
    return rules;
}

void rules_destroy(rules *rules) {
    while (rules != NULL && rules->first != NULL) {
        rule *gone = rules->first;
        rules->first = gone->next;
        free(gone->text);
        free(gone);
    }
    free(rules);
}

void rules_clear(rules *rules) {
    for (rule *rule = rules->first; rule != NULL; rule = rule->next)
        rule->cleared = true;
}

/* Reads N, N- or N-M, and changes the text. */
static bool take_range(range *range, char *text) {
    char *dash = strchr(text, '-');
    if (dash != NULL)
        *dash = '\0';
    if (!behaviour_number(text, &range->first))
        return false;
    range->last = range->first;
    if (dash != NULL && dash[1] == '\0')
        range->last = UINT64_MAX;
    else if (dash != NULL)
        return behaviour_number(dash + 1, &range->last);
    return true;
}

static bool take_operation(rule *rule, const char *name) {
    static const char *const names[OPERATION_COUNT] = {[OPERATION_LIST] = "list",
                                                       [OPERATION_GET] = "get",
                                                       [OPERATION_CREATE] = "create",
                                                       [OPERATION_EXTEND] = "extend"};
    for (int at = OPERATION_LIST; at < OPERATION_COUNT; at++)
        if (strcmp(names[at], name) == 0)
            rule->operation = (operation)at;
    return rule->operation != OPERATION_NONE;
}

/* Takes a part of the rule that is a condition. Returns false if it is not one. */
static bool is_condition(rule *rule, char *part, bool *right) {
    static const char names[][9] = {"page=", "attempt=", "request="};
    range *ranges[] = {&rule->page, &rule->attempt, &rule->request};
    if (strncmp(part, "operation=", 10) == 0) {
        *right = take_operation(rule, part + 10);
        return true;
    }
    for (size_t at = 0; at < sizeof ranges / sizeof *ranges; at++) {
        size_t length = strnlen(names[at], sizeof names[at]);
        if (strncmp(part, names[at], length) == 0) {
            *right = take_range(ranges[at], part + length);
            return true;
        }
    }
    return false;
}

static bool take_part(rule *rule, char *part) {
    bool right = false;
    behaviour scratch = {0};
    if (is_condition(rule, part, &right))
        return right;
    rule->parts[rule->part_count++] = part;
    return behaviour_take(&scratch, part);
}

static size_t count_parts(const char *text) {
    size_t count = 1;
    for (; *text != '\0'; text++)
        count += *text == ';';
    return count;
}

/* Splits the rule's text at its semicolons. */
static bool take_parts(rule *rule) {
    char *part = rule->text;
    while (part != NULL) {
        char *end = strchr(part, ';');
        if (end != NULL)
            *end++ = '\0';
        if (!take_part(rule, part))
            return false;
        part = end;
    }
    return true;
}

bool rules_add(rules *rules, const char *text) {
    static const range always = {0, UINT64_MAX};
    rule *added = calloc(1, sizeof *added + count_parts(text) * sizeof added->parts[0]);
    if (added == NULL)
        return false;
    added->page = added->attempt = added->request = always;
    added->text = strdup(text);
    if (added->text == NULL || !take_parts(added)) {
        free(added->text);
        free(added);
        return false;
    }
    *rules->end = added;
    rules->end = &added->next;
    return true;
}

static bool within(range range, uint64_t number) {
    return number >= range.first && number <= range.last;
}

behaviour rules_behaviour(const rules *rules, const occasion *occasion) {
    behaviour behaviour = {0};
    for (const rule *rule = rules->first; rule != NULL; rule = rule->next) {
        if (rule->operation != OPERATION_NONE && rule->operation != occasion->operation)
            continue;
        if (rule->cleared || !within(rule->page, occasion->page) ||
            !within(rule->attempt, occasion->attempt) || !within(rule->request, occasion->request))
            continue;
        for (size_t at = 0; at < rule->part_count; at++)
            behaviour_take(&behaviour, rule->parts[at]);
    }
    return behaviour;
}
