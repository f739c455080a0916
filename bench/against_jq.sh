#!/usr/bin/env bash
# bench/against_jq.sh [RESERVATIONS [ROUNDS]]
#
# Times "numres show --format ndjson" and "csv" against jq on the same generated
# page, alternating in one run, and prints the medians of time and peak memory
# and their ratios. jq's CSV quotes every field, which is less work for it than
# quoting where needed. Apart from that and line ends the outputs must be equal,
# or the run fails. Defaults: 50000 reservations (46 MB), 5 rounds. Needs jq.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
reservations=${1:-50000}
rounds=${2:-5}
build=$root/build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$root/scripts/setup.sh"
. "$root/bench/timing.sh"
ensure_installed jq:jq
"$root/scripts/run" --version >/dev/null
quietly ninja -C "$build" benchmarks

page=$work/page.json
"$build/bench/make_page" "$reservations" >"$page"
numres=$build/tools/numres

csv_program='
    ["reservation_id", "reservation_status", "customer_reference",
        "reservation_created_at", "reservation_updated_at", "reservation_errors",
        "user_id", "id", "phone_number", "status", "created_at",
        "updated_at", "expired_at", "errors", "expired"],
    (.data[]
        | [.id, .status, .customer_reference, .created_at, .updated_at, .errors,
            .user_id] as $reservation
        | (.phone_numbers | if . == null or . == [] then [{}] else . end)[]
        | $reservation + [.id, .phone_number, .status, .created_at, .updated_at,
            .expired_at, .errors, .expired])
    | @csv'

# Compare the outputs first: a fast wrong answer is worth nothing.
cmp <("$numres" show --format ndjson "$page") <(jq -c '.data[]' "$page")
cmp <("$numres" show --format csv "$page" | tr -d '"\r') \
    <(jq -r "$csv_program" "$page" | tr -d '"\r')

for ((round = 0; round < rounds; round++)); do
    take ndjson "$numres" show --format ndjson "$page"
    take jq_ndjson jq -c '.data[]' "$page"
    take csv "$numres" show --format csv "$page"
    take jq_csv jq -r "$csv_program" "$page"
done

# report FORMAT
report() {
    local seconds jq_seconds memory jq_memory
    seconds=$(median "$1" 1) jq_seconds=$(median "jq_$1" 1)
    memory=$(median "$1" 2) jq_memory=$(median "jq_$1" 2)
    printf '%-8s %9.3f s %9.3f s %9d KiB %9d KiB\n' \
        "$1" "$seconds" "$jq_seconds" "$memory" "$jq_memory"
    awk -v time="$seconds" -v jq_time="$jq_seconds" -v memory="$memory" \
        -v jq_memory="$jq_memory" 'BEGIN {
            printf "         %.1f times as fast (aim: 10), 1/%.0f of the memory (aim: 1/100)\n",
                jq_time / time, jq_memory / memory
        }'
}

printf 'page: %d reservations, %d bytes; medians of %d rounds; %s\n' \
    "$reservations" "$(stat -c %s "$page")" "$rounds" "$(jq --version)"
printf '%-8s %11s %11s %13s %13s\n' format numres jq numres jq
report ndjson
report csv
