/*
 * peer_costs RESERVATIONS [STYLE]: prints one line for each peer, with tabs between the
 * fields: its name, its version, how often it asks for memory on a page (with the parser
 * kept from an earlier page), and its peak of heap bytes, parser included, page excluded.
 */
#include <stdio.h>
#include <stdlib.h>

#include "allocations.h"
#include "peer.h"

static bool read_once(const peer *who, void *state, const page *read) {
    tally sums;

    memset(&sums, 0, sizeof(sums));
    return who->read(state, read, who->takes_chunks ? 65536 : SIZE_MAX, &sums);
}

static bool measure(const peer *who, const page *read) {
    size_t held_before = 0;
    uint64_t calls = 0;
    void *state = NULL;
    bool right = false;

    allocations_restart();
    held_before = allocations_now().held;
    state = who->create(read->length);
    if (state == NULL) {
        return false;
    }
    right = read_once(who, state, read);
    calls = allocations_now().calls;
    right = right && read_once(who, state, read);
    calls = allocations_now().calls - calls;
    printf("%s\t%s\t%llu\t%zu\n", who->name, who->version(), (unsigned long long)calls,
           allocations_now().most_held - held_before);
    who->destroy(state);
    return right;
}

int main(int argc, char **argv) {
    unsigned long long reservations = argc >= 2 ? strtoull(argv[1], NULL, 10) : 0;
    page_style style = PAGE_REAL;
    page made = {NULL, 0, PAGE_REAL};
    bool right = true;

    if (reservations == 0 || argc > 3 || (argc == 3 && !page_style_named(argv[2], &style))) {
        fputs("usage: peer_costs RESERVATIONS [STYLE]\n", stderr);
        return 2;
    }
    /* stdio allocates its buffer now, not while a peer is measured. */
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!page_make(&made, reservations, style, 0)) {
        fputs("peer_costs: not enough memory\n", stderr);
        return 3;
    }
    for (size_t index = 0; index < PEER_COUNT; index++) {
        if (page_style_escapes_names(style) && !peers[index]->takes_escaped_names) {
            continue;
        }
        if (!measure(peers[index], &made)) {
            fprintf(stderr, "peer_costs: %s refuses the page\n", peers[index]->name);
            right = false;
        }
    }
    page_destroy(&made);
    return right ? 0 : 3;
}
