/* Makes a regular page and changes one or two of its members. mutator_draft.c calls it. */
#include "mutator_page.h"

#include <stdbool.h>
#include <string.h>

#include "mutator_pieces.h"

/* ' becomes ", and # becomes a random digit. */
static const char page_head[] = "{'data':[";
static const char reservation_head[] =
    "{'created_at':'2026-01-03T09:31:28.12####Z','customer_reference':'Branch office','errors':'',"
    "'id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f####','phone_numbers':[";
static const char number[] =
    "{'created_at':'2026-01-03T09:31:28.24####Z','errors':'','expired':false,"
    "'expired_at':'2026-01-03T10:01:28.10####Z','id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e70####',"
    "'phone_number':'+1312555####','record_type':'reserved_phone_number','status':'success',"
    "'updated_at':'2026-01-03T09:31:46.91####Z'}";
static const char reservation_tail[] =
    "],'record_type':'number_reservation','status':'partial_success',"
    "'updated_at':'2026-01-03T09:32:18.33####Z','user_id':'3f0c8c1e-6a54-4a0e-9a35-3c1b0e6f0004'}";
static const char page_tail[] =
    "],'meta':{'page_number':#,'page_size':25,'total_pages':1#,'total_results':2##}}";

enum { MOST_RESERVATIONS = 2, MOST_NUMBERS = 4 };

typedef struct page {
    char bytes[2 * (sizeof page_head + sizeof page_tail) +
               MOST_RESERVATIONS * (sizeof reservation_head + sizeof reservation_tail +
                                    MOST_NUMBERS * sizeof number)];
    size_t length;
} page;

static void add(page *page, draft *draft, const char *text) {
    for (; *text != '\0'; text++) {
        char byte = *text == '\'' ? '"' : *text;
        if (byte == '#') {
            byte = (char)('0' + draft_chance(draft, 10));
        }
        page->bytes[page->length++] = byte;
    }
}

static void make_page(page *page, draft *draft) {
    size_t reservations = 1 + draft_chance(draft, MOST_RESERVATIONS);
    add(page, draft, page_head);
    for (size_t at = 0; at < reservations; at++) {
        size_t numbers = 1 + draft_chance(draft, MOST_NUMBERS);
        add(page, draft, at > 0 ? "," : "");
        add(page, draft, reservation_head);
        for (size_t place = 0; place < numbers; place++) {
            add(page, draft, place > 0 ? "," : "");
            add(page, draft, number);
        }
        add(page, draft, reservation_tail);
    }
    add(page, draft, page_tail);
    if (draft_chance(draft, 4) == 0) { /* a second page, with the same meta */
        add(page, draft, page_head);
        add(page, draft, page_tail);
    }
}

/* ---- deviations, each at a member with a scalar ---- */

static void put(draft *draft, size_t at, const char *text) {
    draft_replace(draft, at, 0, text, strlen(text));
}

static void set_value(draft *draft, const tree_node *member, const char *value) {
    draft_replace(draft, member->value, member->end - member->value, value, strlen(value));
}

static void other_byte(draft *draft, const tree_node *member) {
    size_t at = member->start + draft_chance(draft, member->end - member->start);
    draft->text[at] = (uint8_t)draft_chance(draft, 256);
}

/* One comma too many, or a missing one. */
static void other_comma(draft *draft, const tree_node *member) {
    if (draft_chance(draft, 2) > 0 && draft->text[member->end] == ',') {
        draft_replace(draft, member->end, 1, "", 0);
    } else {
        put(draft, member->end, ",");
    }
}

static void other_space(draft *draft, const tree_node *member) {
    size_t places[] = {member->start, member->value, member->end};
    put(draft, places[draft_chance(draft, 3)], pieces_space(&draft->random));
}

/* One member more, in the middle, or one less. */
static void other_members(draft *draft, const tree_node *member) {
    if (draft_chance(draft, 3) == 0) {
        size_t comma = draft->text[member->end] == ',' ? 1 : 0;
        draft_replace(draft, member->start, member->end + comma - member->start, "", 0);
        return;
    }
    if (draft->length + 256 > draft->capacity) {
        return;
    }
    put(draft, member->start, ",");
    put(draft, member->start, pieces_value(&draft->random));
    put(draft, member->start, ":");
    put(draft, member->start, pieces_name(&draft->random));
}

static void other_name(draft *draft, const tree_node *member) {
    const char *name = pieces_name(&draft->random);
    draft_replace(draft, member->start, member->value - 1 - member->start, name, strlen(name));
}

/* A shorter text, or a longer one near the lengths at which the parser changes its method. */
static void other_length(draft *draft, const tree_node *member) {
    char row[80];
    size_t inside = member->value + 1;
    if (member->first_byte != '"') {
        return;
    }
    size_t length = member->end - 1 - inside;
    memset(row, 'x', sizeof row);
    if (length > 0 && draft_chance(draft, 3) == 0) {
        draft_replace(draft, inside, 1 + draft_chance(draft, length), "", 0);
    } else {
        draft_replace(draft, inside, 0, row, 1 + draft_chance(draft, sizeof row));
    }
}

static void other_inside(draft *draft, const tree_node *member) {
    if (member->first_byte == '"') {
        size_t at = member->value + 1 + draft_chance(draft, member->end - member->value - 1);
        put(draft, at, pieces_inside(&draft->random));
    }
}

static void null_value(draft *draft, const tree_node *member) {
    set_value(draft, member, "null");
}

static void other_value(draft *draft, const tree_node *member) {
    set_value(draft, member, pieces_value(&draft->random));
}

static void (*const deviations[])(draft *draft, const tree_node *member) = {
    other_byte, other_comma,  other_space,  other_members, other_name,
    null_value, other_length, other_inside, other_value,
};

/* Returns NULL if 32 random nodes held none. */
static const tree_node *any_scalar_member(draft *draft) {
    for (int tries = 0; tries < 32; tries++) {
        const tree_node *node = draft_inner_node(draft);
        if (node->start < node->value && node->first_byte != '{' && node->first_byte != '[') {
            return node;
        }
    }
    return NULL;
}

static void deviate(draft *draft, const tree_node *member) {
    if (member != NULL) {
        deviations[draft_chance(draft, sizeof deviations / sizeof deviations[0])](draft, member);
    }
}

void draft_start_page(draft *draft) {
    page page = {.length = 0};
    make_page(&page, draft);
    if (page.length > draft->capacity) {
        return;
    }
    draft_replace(draft, 0, draft->length, page.bytes, page.length);
    tree_scan(&draft->tree, draft->text, draft->length);
    const tree_node *first = any_scalar_member(draft);
    const tree_node *second = draft_chance(draft, 2) > 0 ? any_scalar_member(draft) : NULL;
    /* The later one first, so that the other's positions stay valid. */
    if (first != NULL && second != NULL && second->start > first->start) {
        deviate(draft, second);
        second = NULL;
    }
    deviate(draft, first);
    deviate(draft, second != first ? second : NULL);
}
