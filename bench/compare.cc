// compare STYLE RESERVATIONS [--benchmark_...]   every peer on one long page
// compare sizes [--benchmark_...]                every peer on short pages
//
// Google Benchmark over all peers. Before timing, each peer reads the same pages once; if
// tallies differ, the program ends. The names of the benchmarks are
// STYLE/RESERVATIONS/kept/PEER/CHUNK; "fresh" if each page gets a new parser, "whole" if
// pages are read in one piece. To run a few of them:
//   compare real 50000 --benchmark_filter='/(numres|simdjson-names)/(65536|whole)$'
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "peer.h"

namespace {

// Short pages come in a set, too large for branch predictors to memorise.
constexpr uint64_t reservations_in_a_set = 1000;
constexpr size_t most_pages = 256;

struct page_set {
    page_style style;
    uint64_t reservations;
    std::vector<page> pages;
    std::vector<tally> expected;
    std::vector<tally> thorough;
    size_t bytes = 0;
    size_t largest = 0;
};

[[noreturn]] void give_up(const std::string &sentence) {
    std::fprintf(stderr, "compare: %s\n", sentence.c_str());
    std::exit(1);
}

bool equal(const tally &one, const tally &other) {
    return std::memcmp(&one, &other, sizeof(tally)) == 0;
}

// Pages made to defeat the fast lane are only for both lanes and yajl.
bool fits(const peer *who, const page_set &set) {
    if (set.style >= PAGE_SURPRISES) {
        return who == &peer_numres || who == &peer_numres_general || who == &peer_yajl;
    }
    return who->takes_escaped_names || !page_style_escapes_names(set.style);
}

tally read_once(const peer *who, void *state, const page &what, size_t chunk, bool thorough) {
    tally sums;

    std::memset(&sums, 0, sizeof(sums));
    sums.thorough = thorough;
    if (!who->read(state, &what, chunk, &sums)) {
        give_up(std::string(who->name) + " refuses a page");
    }
    return sums;
}

void *make_state(const peer *who, size_t largest) {
    void *state = who->create(largest);

    if (state == nullptr) {
        give_up(std::string(who->name) + ": not enough memory");
    }
    return state;
}

// What the natural yajl program reads is what the others must read.
void read_model(page_set &set) {
    void *model = make_state(&peer_yajl, set.largest);

    for (const page &one : set.pages) {
        tally thorough = read_once(&peer_yajl, model, one, SIZE_MAX, true);
        if ((thorough.wrong != 0) != page_style_has_problems(set.style) ||
            thorough.reservations != set.reservations) {
            give_up("the pages are not what they should be");
        }
        set.thorough.push_back(thorough);
        set.expected.push_back(read_once(&peer_yajl, model, one, SIZE_MAX, false));
    }
    peer_yajl.destroy(model);
}

// Runs once for each peer chosen, before timing starts.
void check(const peer *who, const page_set &set) {
    static std::set<std::pair<const peer *, const page_set *>> checked;
    void *state = nullptr;

    if (!checked.insert({who, &set}).second) {
        return;
    }
    state = make_state(who, set.largest);
    for (size_t number = 0; number < set.pages.size(); number++) {
        for (size_t chunk : {SIZE_MAX, size_t{1448}, size_t{64}}) {
            if (!who->takes_chunks && chunk != SIZE_MAX) {
                continue;
            }
            if (!equal(read_once(who, state, set.pages[number], chunk, true),
                       set.thorough[number])) {
                give_up(std::string(who->name) + " reads something else than yajl in style " +
                        page_style_name(set.style));
            }
        }
    }
    who->destroy(state);
}

page_set make_set(page_style style, uint64_t reservations) {
    page_set set;
    size_t count = reservations >= reservations_in_a_set
                       ? 1
                       : static_cast<size_t>(reservations_in_a_set / reservations);

    set.style = style;
    set.reservations = reservations;
    for (size_t number = 0; number < count && number < most_pages; number++) {
        page made;
        if (!page_make(&made, reservations, style, number)) {
            give_up("not enough memory for the page");
        }
        set.pages.push_back(made);
        set.bytes += made.length;
        set.largest = made.length > set.largest ? made.length : set.largest;
    }
    read_model(set);
    return set;
}

void run(benchmark::State &clock, const peer *who, const page_set *set, size_t chunk, bool fresh) {
    check(who, *set);
    void *kept = fresh ? nullptr : make_state(who, set->largest);

    for (auto round : clock) {
        (void)round;
        for (size_t number = 0; number < set->pages.size(); number++) {
            void *state = fresh ? make_state(who, set->pages[number].length) : kept;
            tally sums = read_once(who, state, set->pages[number], chunk, false);
            if (fresh) {
                who->destroy(state);
            }
            if (!equal(sums, set->expected[number])) {
                give_up(std::string(who->name) + " reads something else than before");
            }
        }
    }
    if (kept != nullptr) {
        who->destroy(kept);
    }
    clock.SetBytesProcessed(clock.iterations() * static_cast<int64_t>(set->bytes));
    clock.SetItemsProcessed(clock.iterations() * static_cast<int64_t>(set->pages.size()));
}

void add(const page_set *set, const peer *who, size_t chunk, bool fresh) {
    std::string name = page_style_name(set->style);

    name += "/" + std::to_string(set->reservations) + (fresh ? "/fresh/" : "/kept/") + who->name +
            "/" + (chunk == SIZE_MAX ? "whole" : std::to_string(chunk));
    benchmark::RegisterBenchmark(name.c_str(), run, who, set, chunk, fresh)
        ->Unit(benchmark::kMicrosecond);
}

void add_all_peers(const page_set *set, bool fresh) {
    for (const peer *who : peers) {
        if (fits(who, *set)) {
            add(set, who, SIZE_MAX, fresh);
        }
    }
}

void add_chunks(const page_set *set) {
    for (size_t chunk : {64, 1448, 4096, 16384, 65536}) {
        add(set, &peer_numres, chunk, false);
    }
    for (const peer *who : {&peer_numres_baseline, &peer_numres_general, &peer_numres_reader,
                            &peer_numres_collection, &peer_numres_arrow, &peer_yajl}) {
        for (size_t chunk : {64, 1448, 4096, 65536}) {
            if (fits(who, *set)) {
                add(set, who, chunk, false);
            }
        }
    }
}

[[noreturn]] void show_usage() {
    std::fprintf(stderr, "usage: compare PASSES STYLE RESERVATIONS [--benchmark_...]\n"
                         "       compare PASSES sizes [--benchmark_...]\n");
    std::exit(2);
}

std::vector<page_set> make_sets(int argc, char **argv) {
    std::vector<page_set> sets;
    page_style style = PAGE_COMPACT;

    if (argc == 3 && std::strcmp(argv[2], "sizes") == 0) {
        for (uint64_t reservations : {1, 25, 250}) {
            sets.push_back(make_set(PAGE_REAL, reservations));
        }
    } else if (argc == 4 && page_style_named(argv[2], &style) && std::atoi(argv[3]) > 0) {
        sets.push_back(make_set(style, static_cast<uint64_t>(std::atoi(argv[3]))));
    } else {
        show_usage();
    }
    return sets;
}

} // namespace

int main(int argc, char **argv) {
    benchmark::Initialize(&argc, argv);
    std::vector<page_set> sets = make_sets(argc, argv);

    for (const page_set &set : sets) {
        add_all_peers(&set, false);
        if (sets.size() == 1) {
            add_chunks(&set);
        } else if (set.reservations == 25) {
            add_all_peers(&set, true);
        }
    }
    /* All benchmarks once, then all again: those of one pass are near in time, and so
       comparable on a machine whose speed varies. Each pass prints a JSON document. */
    for (int pass = 0; pass < std::atoi(argv[1]); pass++) {
        benchmark::JSONReporter reporter;
        benchmark::RunSpecifiedBenchmarks(&reporter);
    }
    benchmark::Shutdown();
    for (page_set &set : sets) {
        for (page &one : set.pages) {
            page_destroy(&one);
        }
    }
    return 0;
}
