#!/usr/bin/env bash
# check_symbols.sh BUILD: the shared library exports exactly the functions in
# tests/exported_symbols.txt, which are those that the headers declare.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
committed=$root/tests/exported_symbols.txt
export LC_ALL=C

exported() {
    # The version node of lib/numres.map is itself an absolute symbol (A).
    nm --dynamic --defined-only --without-symbol-versions "$build/lib/libnumres.so" |
        awk '$2 != "A" { print $3 }' | sort
}

declared() {
    cat "$root"/include/numres/*.h | tr '\n' ' ' |
        grep -oE 'NUMRES_API [^;({]*\(' | grep -oE 'numres_[a-z0-9_]+\(' | tr -d '(' | sort
}

diff -u --label tests/exported_symbols.txt --label "what libnumres.so exports" \
    "$committed" <(exported)
diff -u --label tests/exported_symbols.txt --label "what include/ declares" \
    "$committed" <(declared)
