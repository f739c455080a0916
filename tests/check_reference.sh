#!/usr/bin/env bash
# check_reference.sh: doxygen builds the reference without a warning, and it has each
# public function and number. A function without text would give a warning.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/scripts/reference" "$work/reference" 2>"$work/said" || {
    cat "$work/said" >&2
    exit 1
}
[ -s "$work/reference/html/index.html" ]

status=0
grep -o '<name>[^<]*</name>' "$work/reference/numres.tag" | sed 's/<[^>]*>//g' >"$work/names"
# demand NAME...: each must be in the reference.
demand() {
    local name
    for name in "$@"; do
        grep -qx "$name" "$work/names" || {
            echo "$name is not in the reference" >&2
            status=1
        }
    done
}
# Both lists are words.
# shellcheck disable=SC2046
demand $(cat "$root/tests/exported_symbols.txt") \
    $(grep -ohE '\bNUMRES_[A-Z0-9_]+' "$root/tests/public_numbers.txt")

# In a copy, one more function, without text.
mkdir -p "$work/copy/docs" "$work/broken"
cp -r "$root/include" "$work/copy/"
cp -r "$root/docs/reference" "$work/copy/docs/"
sed -i 's|^#define NUMRES_TIMESTAMP_SIZE.*|&\n\nNUMRES_API int numres_without_text(int number);|' \
    "$work/copy/include/numres/timestamp.h"
printf 'INPUT = include/numres/timestamp.h\nGENERATE_HTML = NO\n' >>"$work/copy/docs/reference/Doxyfile"
if (cd "$work/copy" && NUMRES_REFERENCE=$work/broken doxygen docs/reference/Doxyfile) \
    >"$work/said" 2>&1 || ! grep -q 'numres_without_text.* is not documented' "$work/said"; then
    echo "doxygen does not warn of a function without text" >&2
    status=1
fi
exit $status
