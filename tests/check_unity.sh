#!/usr/bin/env bash
# All of lib/ compiles as one translation unit, as a program that vendors it may want,
# and exports nothing if NUMRES_API is empty; meson's unity builds work; and the objects of
# all files can be in one folder.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "cc -c lib/*/*.c" and many build systems put all objects into one folder.
twice=$(find "$root/lib" -name '*.c' -printf '%f\n' | sort | uniq --repeated)
if [ -n "$twice" ]; then
    echo "two files of lib/ would make the same object: $twice" >&2
    exit 1
fi

# The loop for AVX2 is the same source again, with its own names.
for source in "$root"/lib/*/*.c; do
    [ "${source##*/}" = pieces_avx2.c ] || printf '#include "%s"\n' "$source"
done >"$work/numres.c"

# plugin COMPILER
plugin() {
    local compiler=$1 exported
    "$compiler" -std=c11 -O0 -Wall -Wextra -Wconversion -Werror -fPIC -fvisibility=hidden \
        -DNUMRES_API= -I "$root/include" -I "$root/lib" -shared -Wl,--no-undefined \
        "$work/numres.c" "$root/lib/fast/pieces_avx2.c" -lyajl -o "$work/$compiler.so"
    exported=$(nm --dynamic --defined-only "$work/$compiler.so" | awk '{ print $3 }' | grep numres || true)
    if [ -n "$exported" ]; then
        echo "a plugin with numres inside exports, with $compiler: $exported" >&2
        return 1
    fi
}
plugin clang &
plugin gcc
wait $!

# Only whether it builds is tested.
CC=gcc CFLAGS=-O0 meson setup "$work/unity" "$root" -Dunity=on -Dtests=disabled --werror >"$work/log" 2>&1 &&
    ninja -C "$work/unity" >>"$work/log" 2>&1 || {
    tail -30 "$work/log" >&2
    echo "meson's unity build fails" >&2
    exit 1
}
