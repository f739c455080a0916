#!/usr/bin/env bash
# bench/large_page.sh [RESERVATIONS [MORE_RESERVATIONS]]
#
# Shows that the tool's memory does not grow with the input: prints the peak
# memory of "numres show" in three formats and of "numres check", on a small and
# on a large generated page. The page comes through a pipe and is never stored.
# Defaults: 21700 reservations (20 MB) and 2340000 (2 GiB).
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
counts=("${1:-21700}" "${2:-2340000}")
build=$root/build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$root/scripts/setup.sh"
"$root/scripts/run" --version >/dev/null
quietly ninja -C "$build" benchmarks

# peak RESERVATIONS ARGUMENT...: prints numres's peak memory in KiB.
peak() {
    local reservations=$1
    shift
    "$build/bench/make_page" "$reservations" |
        "$build/bench/measure" "$build/tools/numres" "$@" 2>"$work/words" >"$work/taken" || {
        cat "$work/words" >&2
        echo "failed: numres $*" >&2
        return 1
    }
    awk '{ print $2 }' "$work/taken"
}

printf '%13s %14s %9s %9s %9s %9s  (KiB)\n' reservations bytes csv ndjson table check
for count in "${counts[@]}"; do
    bytes=$("$build/bench/make_page" "$count" | wc -c)
    csv=$(peak "$count" show --format csv)
    ndjson=$(peak "$count" show --format ndjson)
    table=$(peak "$count" show --format table)
    check=$(peak "$count" check)
    printf '%13d %14d %9d %9d %9d %9d\n' "$count" "$bytes" "$csv" "$ndjson" "$table" "$check"
done
