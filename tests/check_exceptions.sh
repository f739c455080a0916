#!/usr/bin/env bash
# check_exceptions.sh BUILD: handlers leave by longjmp and by a C++ exception, as
# numres/handlers.h promises. All of the library is compiled with -fexceptions, which
# 32-bit ARM needs for that. scripts/portability runs the same on other machines.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
warnings=(-Wall -Wextra -Werror)
# What the program links in addition, and how the library was compiled.
needs=(-I "$root/include" -L "$build/lib" -lnumres -lyajl "-Wl,-rpath,$build/lib")

for compiler in gcc clang; do
    "$compiler" -std=c11 "${warnings[@]}" "$root/tests/leaving_handlers.c" "${needs[@]}" \
        -o "$work/jumps"
    "$work/jumps"
done
for compiler in g++ clang++; do
    "$compiler" -x c++ -std=c++17 "${warnings[@]}" "$root/tests/leaving_handlers.c" \
        "${needs[@]}" -o "$work/throws"
    "$work/throws"
done

# Every file of lib/ in the shared library.
awk -v RS='},' '/libnumres\.so[^"]*\.p\/|libnumres_avx2/ && !/-fexceptions/ {
        print "compiled without -fexceptions:" $0
        wrong = 1
    }
    /libnumres\.so/ { seen = 1 }
    END { exit wrong || !seen }' "$build/compile_commands.json" >&2
