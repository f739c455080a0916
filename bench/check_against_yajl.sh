#!/usr/bin/env bash
# bench/check_against_yajl.sh [RESERVATIONS [ROUNDS]]
#
# Times "numres check" against the minimal yajl program (empty callbacks) on the
# same generated page, alternating in one run, and prints both medians and their
# ratio; then the peak memory of "numres show --format ids" on that page.
# Defaults: 50000 reservations (46 MB), 9 rounds.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
reservations=${1:-50000}
rounds=${2:-9}
build=$root/build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$root/scripts/setup.sh"
. "$root/bench/timing.sh"
"$root/scripts/run" --version >/dev/null
quietly ninja -C "$build" benchmarks

page=$work/page.json
"$build/bench/make_page" "$reservations" >"$page"
numres=$build/tools/numres

for ((round = 0; round < rounds; round++)); do
    take yajl "$build/bench/yajl_minimal" "$page"
    take check "$numres" check "$page"
    take ids "$numres" show --format ids "$page"
done

printf 'page: %d reservations, %d bytes; medians of %d rounds\n' \
    "$reservations" "$(stat -c %s "$page")" "$rounds"
printf 'yajl, empty callbacks:   %.3f s\n' "$(median yajl 1)"
printf 'numres check:            %.3f s\n' "$(median check 1)"
awk -v check="$(median check 1)" -v yajl="$(median yajl 1)" \
    'BEGIN { printf "ratio:                   %.2f (aim: at most 2.0)\n", check / yajl }'
printf 'numres show --format ids: peak %d KiB\n' "$(median ids 2)"
