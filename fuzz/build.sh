#!/usr/bin/env bash
# Builds the fuzz targets as OSS-Fuzz does. Reads from the environment: CC, CXX,
# CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE (the flags that link a target with the
# fuzzer), OUT (where the targets go) and WORK (where they are built; an earlier
# build there is reused).
#
# For each line of targets.txt, writes into OUT: the target fuzz_NAME, its
# options, its dictionary and a zip of its seeds.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
: "${CC:=clang}" "${CXX:=clang++}" "${LIB_FUZZING_ENGINE:=-fsanitize=fuzzer}"
: "${CFLAGS=-O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all}"
: "${CXXFLAGS=$CFLAGS}"
: "${OUT:?the folder for the targets}" "${WORK:?the folder to build in}"
export CC CXX CFLAGS CXXFLAGS
build=$WORK/numres-fuzz

mkdir -p "$OUT" "$WORK"
if [ ! -f "$build/build.ninja" ]; then
    rm -rf "$build"
    meson setup "$build" "$root" --buildtype=plain -Db_lundef=false -Dtests=disabled \
        -Ddefault_library=static "-Dfuzzing_engine=$LIB_FUZZING_ENGINE"
fi
ninja --quiet -C "$build" fuzzers

# seeds NAME KIND: prints the paths of the target's seeds. A target that reads documents
# also gets the corpus and the inputs of parse, which have the same format.
seeds() {
    find "$root/corpus/fuzz/$1" -type f
    [ "$2" != documents ] || [ "$1" = parse ] || find "$root/corpus/fuzz/parse" -type f
    [ "$2" != documents ] ||
        find "$root/corpus/pages" "$root/corpus/broken" -type f ! -name '*.trace' \
            ! -name '*.options' ! -name '*.tsv'
}

while read -r name kind; do
    # Removes a target that is running, which cannot be overwritten.
    cp --force "$build/fuzz/fuzz_$name" "$OUT/"
    cp "$root/fuzz/$name.options" "$OUT/fuzz_$name.options"
    dictionary=$(sed -n 's/^dict = //p' "$root/fuzz/$name.options")
    cp "$root/fuzz/$dictionary" "$OUT/"
    rm -f "$OUT/fuzz_${name}_seed_corpus.zip"
    # Inputs of the same name have the same bytes.
    seeds "$name" "$kind" | awk -F / '!seen[$NF]++' | zip -q -j -@ "$OUT/fuzz_${name}_seed_corpus.zip"
done <"$root/fuzz/targets.txt"
