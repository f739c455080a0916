#!/usr/bin/env bash
# check_readme.sh BUILD: the tool prints what the README's examples show; the
# README's first C program compiles, and prints what the block after it shows.
# That block may hold the command as a line that starts with "$ ./NAME"; without
# one the program reads the documentation's sample page on standard input. The
# picture is what scripts/picture makes.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Splits the README: the first c block, and the first block behind it.
awk -v program="$work/program.c" -v shown="$work/shown" '
    /^```/ && inside { inside = 0; blocks++; next }
    /^```/ { inside = 1; started += (/^```c$/ || started); next }
    inside && started == 1 { print >program }
    inside && started == 2 { print >shown }
' "$root/README.md"
if ! [ -s "$work/program.c" ] || ! [ -s "$work/shown" ]; then
    echo "README.md has no C program with its output behind it" >&2
    exit 1
fi

"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -I "$root/include" "$work/program.c" \
    "$build/lib/libnumres.a" $(pkg-config --libs yajl) -o "$work/program"

command=$(sed -n 's|^\$ \./[^ ]*||p' "$work/shown" | tail -n 1)
grep -v '^\$ ' "$work/shown" >"$work/expected" || true
cd "$root"
bash -c "\"\$0\" ${command:-< corpus/pages/docs_list.json}" "$work/program" >"$work/printed"
diff -u --label "README.md shows" --label "its program prints" "$work/expected" "$work/printed"

# The example that streams prints the same.
"$build/examples/standard_input" <corpus/pages/docs_list.json >"$work/streamed"
diff -u "$work/printed" "$work/streamed"

diff -u --label "README.md shows" --label "numres prints" \
    README.md <(tests/examples.sh "$build/tools/numres" README.md)

scripts/picture "$build/tools/numres" "$work/table.svg"
diff -u docs/table.svg "$work/table.svg"
