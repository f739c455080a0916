# shellcheck shell=bash
#
# Sourced by scripts/test and scripts/coverage: runs the Criterion suites and counts
# their tests. Expects $root; setup.sh must be sourced before.

tested=0
passing=0
failing=0
crashing=0
failures=()

fail() {
    say "FAILED: $*"
    failures+=("$*")
}

# Prints a line such as Criterion prints at the end of a run.
synthesis() {
    printf '[====] Synthesis: Tested: %d | Passing: %d | Failing: %d | Crashing: %d \n' "$@"
}

# Adds a suite's closing line $1 to the sums; false if it counts no test.
count() {
    local numbers
    read -r -a numbers < <(printf '%s\n' "$1" |
        sed -n 's/.*Tested: \([0-9]*\) | Passing: \([0-9]*\) | Failing: \([0-9]*\) | Crashing: \([0-9]*\).*/\1 \2 \3 \4/p') ||
        return 1
    tested=$((tested + numbers[0]))
    passing=$((passing + numbers[1]))
    failing=$((failing + numbers[2]))
    crashing=$((crashing + numbers[3]))
    [ "${numbers[0]}" -gt 0 ]
}

# Matches a sanitizer's report. Criterion only warns of a test whose process dies after
# its last assertion, which is how a leak ends it.
sanitizer_report='ERROR: [A-Za-z]*Sanitizer|: runtime error: |crashed during its setup or teardown'

# Makes $1/stand_ins, with a library in it that takes libgit2's place where the loader
# finds it first. Its name is the one that Criterion asks for.
make_stand_ins() {
    local name
    name=$(readelf --dynamic "$(pkg-config --variable=libdir criterion)/libcriterion.so" |
        sed -n 's/.*(NEEDED).*\[\(libgit2\.so[^]]*\)\]/\1/p') || return 1
    mkdir -p "$1/stand_ins"
    [ -z "$name" ] ||
        cc -Wall -Wextra -Werror -fPIC -shared -Wl,-soname,"$name" \
            "$root/tests/libgit2_stand_in.c" -o "$1/stand_ins/$name"
}

# Criterion runs two tests of a suite at the same time, but a suite's last test
# runs alone: others fill the gap.
suites_at_once=3
started=() # name, lane and build directory of each suite whose end was not reported yet
processes=() # of all suites that were started

# Runs suite $2 of build directory $1 in lane $3 (see NUMRES_TEST_LANE in
# tests/reading.h). Its whole output is kept in logs/ there.
run_suite() {
    local build=$1 name=$2 lane=$3 watches_stack=1 status=0
    # Watching the stack after a return takes a third of the time; for suites that read
    # many documents, the build with clang does it.
    if [[ $build == *-gcc ]] && reads_many "$root/tests/$name.c"; then
        watches_stack=0
    fi
    ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:detect_stack_use_after_return=$watches_stack:strict_string_checks=1 \
        UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:abort_on_error=1 \
        LD_LIBRARY_PATH=$build/stand_ins NUMRES_TEST_LANE=$lane NUMRES_SOURCE_DIR=$root NUMRES_BUILD_DIR=$build NUMRES_TOOL=$build/tools/numres \
        "$build/tests/$name" --color=never >"$build/logs/$name.$lane.log" 2>&1 </dev/null || status=$?
    printf '%s\n' "$status" >"$build/logs/$name.$lane.status.new"
    mv "$build/logs/$name.$lane.status.new" "$build/logs/$name.$lane.status"
}

start_suite() {
    while [ "$(jobs -rp | wc -l)" -ge $suites_at_once ]; do
        wait -n || true
    done
    rm -f "$1/logs/$2.$3.status"
    run_suite "$@" &
    processes+=($!)
    started+=("$2 $3 $1")
}

# Prints the closing lines of suites that have ended, in the order of their start, and
# the whole output of a suite that failed.
finish_suites() {
    local build name lane log status closing
    while [ ${#started[@]} -gt 0 ]; do
        read -r name lane build <<<"${started[0]}"
        log=$build/logs/$name.$lane.log
        status=$(cat "$build/logs/$name.$lane.status" 2>/dev/null) || return 0
        started=("${started[@]:1}")
        closing=$(grep -F '[====] Synthesis: ' "$log" | tail -n 1) || true
        if ! count "$closing" || [ "$status" -ne 0 ]; then
            cat "$log"
            fail "$name in ${build##*/}, lane $lane (exit code $status)"
        elif grep -qE "$sanitizer_report" "$log"; then
            cat "$log"
            fail "$name in ${build##*/}, lane $lane (a sanitizer's report)"
        fi
        printf '%-24s %-13s %s\n' "$name" "$lane" "${closing:-no closing line}"
    done
}

# Whether a suite reads documents in the lane that is asked for: these headers take it
# from the environment.
knows_lanes() {
    grep -qE '#include "(corpus_documents|reading|records)\.h"' "$1"
}

# Whether a suite counts what the library reads, and so has a library of its own. clang takes
# minutes to compile that with sanitizers.
counts() {
    grep -qF '#include "counting.h"' "$1"
}

# Whether a suite reads many documents in many ways, and does not count.
reads_many() {
    grep -qE '#include "(both_lanes|corpus_documents|reading)\.h"' "$1" && ! counts "$1"
}

# Runs every suite of build directory $1. Suites that know lanes run once in each of the
# lanes that follow; those that count run with SSE2 only too, as others do with clang. With
# readers_only set, only suites that read many documents run.
# Prints the sums of this directory.
run_suites() {
    local build=$1 lanes=("${@:2}") suite_lanes source lane before=("$tested" "$passing" "$failing" "$crashing")
    mkdir -p "$build/logs"
    make_stand_ins "$build" || fail "${build##*/} has no stand-in for libgit2"
    printf '%s:\n' "${build##*/}"
    for source in "$root"/tests/test_*.c; do
        source=${source##*/}
        if [ -n "${readers_only-}" ] && ! reads_many "$root/tests/$source"; then
            continue
        fi
        if [ ! -x "$build/tests/${source%.c}" ]; then
            fail "tests/$source is not built: is it in tests/meson.build?"
            continue
        fi
        suite_lanes=("${lanes[@]}")
        if counts "$root/tests/$source" && [[ " ${lanes[*]} " != *" fast-baseline "* ]]; then
            suite_lanes+=(fast-baseline)
        fi
        for lane in "${suite_lanes[@]}"; do
            start_suite "$build" "${source%.c}" "$lane"
            finish_suites
            knows_lanes "$root/tests/$source" || break
        done
    done
    # Not for the builds and checks, which go on beside the suites.
    wait ${processes[@]+"${processes[@]}"} || true
    processes=()
    finish_suites
    [ ${#started[@]} -eq 0 ] || fail "these suites did not end: ${started[*]}"
    printf '%-24s ' "${build##*/}"
    synthesis $((tested - before[0])) $((passing - before[1])) $((failing - before[2])) \
        $((crashing - before[3]))
}
