#!/usr/bin/env bash
# check_fuzz_runs.sh BUILD: runs every fuzz target that check_fuzz_build.sh built a fixed
# number of times, from the committed corpus and a fixed seed; no promise may be broken.
# At least half of the inputs of parse, whose mutator all targets for documents share,
# must deliver a reservation.
set -euo pipefail

out=$(dirname "$(cd "$1" && pwd)")/build-test-fuzz/out
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
processes=()
status=0

# run TARGET RUNS
run() {
    local options said
    mapfile -t options < <(sed -n 's/^\([a-z_]*\) = /-\1=/p' "$out/fuzz_$1.options")
    unzip -q "$out/fuzz_$1_seed_corpus.zip" -d "$work/$1"
    mkdir -p "$work/finds/$1"
    if ! said=$(cd "$out" && NUMRES_FUZZ_STATISTICS=1 "./fuzz_$1" "${options[@]}" -seed=5 \
        "-runs=$2" "-artifact_prefix=$out/broken-" "$work/finds/$1" "$work/$1" 2>&1); then
        printf '%s\nfuzz_%s: a promise is broken, see above\n' "$said" "$1" >&2
        return 1
    fi
    printf 'fuzz_%s: %s. %s\n' "$1" "$(grep '^Done' <<<"$said")" \
        "$(grep '^inputs: ' <<<"$said" || true)"
    if [ "$1" = parse ] && ! reaches_half "$said"; then
        printf 'fuzz_%s: too few inputs have a reservation delivered\n' "$1" >&2
        return 1
    fi
}

reaches_half() {
    sed -n 's/^inputs: .*(\([0-9]*\).*/\1/p' <<<"$1" | awk '$1 >= 50 { half = 1 } END { exit !half }'
}

while read -r name kind; do
    case $name:$kind in
    parse:*) run "$name" 1600 & ;;
    *:documents) run "$name" 750 & ;;
    *) run "$name" 4000 & ;;
    esac
    processes+=($!)
done <"$root/fuzz/targets.txt"
for process in "${processes[@]}"; do
    wait "$process" || status=1
done
exit $status
