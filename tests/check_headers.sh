#!/usr/bin/env bash
# Every public header compiles by itself, and twice, as C11 and as C++17.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
warnings=(-Wall -Wextra -Wpedantic -Wconversion -Werror)
cd "$root/include"

# check LANGUAGE STANDARD HEADER COMPILER...
check() {
    local language=$1 standard=$2 header=$3 compiler
    shift 3
    for compiler in "$@"; do
        printf '#include "%s"\n#include "%s"\nint nothing_else;\n' "$header" "$header" |
            "$compiler" -x "$language" "-std=$standard" "${warnings[@]}" -I . -fsyntax-only - || {
            echo "$header does not compile by itself with $compiler -std=$standard" >&2
            return 1
        }
    done
}

for header in numres.h numres/*.h; do
    check c c11 "$header" gcc clang
    check c++ c++17 "$header" g++ clang++
done

for header in numres/*.h; do
    grep -qF "'$header'" meson.build || {
        echo "$header is not installed: add it to include/meson.build" >&2
        exit 1
    }
done
