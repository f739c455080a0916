#!/usr/bin/env bash
# check_fuzz_build.sh BUILD: fuzz/build.sh, called as OSS-Fuzz calls it, puts every
# target into OUT, with its options, its dictionary and its seeds, and the targets run
# without an installed yajl. While a target runs, it can be built again. Builds next to
# BUILD, in build-test-fuzz/.
set -euo pipefail

fuzz_build=$(dirname "$(cd "$1" && pwd)")/build-test-fuzz
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$fuzz_build/out
status=0

broken() {
    printf '%s\n' "$*" >&2
    status=1
}

sanitizers=-fsanitize=address,undefined,fuzzer-no-link
build() {
    local said
    if ! said=$(CC=clang CXX=clang++ CFLAGS="-O1 -g -fno-omit-frame-pointer $sanitizers" \
        CXXFLAGS="-O1 -g -fno-omit-frame-pointer $sanitizers" LIB_FUZZING_ENGINE=-fsanitize=fuzzer \
        OUT=$out WORK=$fuzz_build/work "$root/fuzz/build.sh" 2>&1); then
        printf '%s\n' "$said" >&2
        return 1
    fi
}

rm -rf "$out"
build
"$out/fuzz_timestamp" >/dev/null 2>&1 &
running=$!
build || broken "no target can be built while fuzz_timestamp runs"
kill "$running"
wait "$running" || true

while read -r name _; do
    target=$out/fuzz_$name
    if [ ! -x "$target" ]; then
        broken "fuzz_$name is not built"
        continue
    fi
    if ldd "$target" | grep yajl >&2; then
        broken "fuzz_$name needs yajl where it runs"
    fi
    grep -qx '\[libfuzzer\]' "$target.options" || broken "fuzz_$name.options is none"
    dictionary=$(sed -n 's/^dict = //p' "$target.options")
    [ -s "$out/$dictionary" ] || broken "fuzz_$name has no dictionary"
    [ "$(unzip -Z1 "${target}_seed_corpus.zip" | wc -l)" -ge 40 ] ||
        broken "fuzz_$name has few seeds"
    # Makes the fuzzer read the dictionary and report errors in it.
    if ! said=$("$target" -dict="$out/$dictionary" -runs=1 2>&1) ||
        ! grep -q '^Done [0-9]* runs' <<<"$said"; then
        broken "fuzz_$name does not run: $said"
    fi
done <"$root/fuzz/targets.txt"

exit $status
