#!/usr/bin/env bash
# check_readme.sh BUILD: the tool prints what the examples of the README and of docs/*.md
# show. The README has at most 150 lines. Its first C program compiles and prints what
# the block after it shows; it reads pages longer than 64 KiB, and reports what is wrong
# with a broken one. The picture is up to date with scripts/picture.
#
# The block after the program may contain the command, as a line that starts with "$
# ./NAME"; otherwise the program reads the documentation's sample page on standard input.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# Splits the README: the first c block, and the block after it.
awk -v program="$work/program.c" -v shown="$work/shown" '
    /^```/ && inside { inside = 0; blocks++; next }
    /^```/ { inside = 1; started += (/^```c$/ || started); next }
    inside && started == 1 { print >program }
    inside && started == 2 { print >shown }
' "$root/README.md"
if ! [ -s "$work/program.c" ] || ! [ -s "$work/shown" ]; then
    echo "README.md has no C program with its output after it" >&2
    exit 1
fi

"${CC:-cc}" -std=c11 -Wall -Wextra -Werror -I "$root/include" "$work/program.c" \
    "$build/lib/libnumres.a" $(pkg-config --libs yajl) -o "$work/program"

command=$(sed -n 's|^\$ \./[^ ]*||p' "$work/shown" | tail -n 1)
grep -v '^\$ ' "$work/shown" >"$work/expected" || true
cd "$root"
bash -c "\"\$0\" ${command:-< corpus/pages/docs_list.json}" "$work/program" >"$work/printed"
diff -u --label "README.md shows" --label "its program prints" "$work/expected" "$work/printed"

# A page of N reservations with a number each, and the expected output.
page() {
    awk -v count="$1" 'BEGIN {
        printf "{\"data\":["
        for (at = 0; at < count; at++)
            printf "%s{\"id\":\"%d\",\"phone_numbers\":[{\"phone_number\":\"+1312555%04d\",\"status\":\"%s\"}]}",
                at ? "," : "", at, at, at % 2 ? "success" : "pending"
        printf "],\"meta\":{\"page_number\":1}}\n"
    }'
}
numbers() {
    awk -v count="$1" 'BEGIN {
        for (at = 0; at < count; at++)
            printf "+1312555%04d is %s\n", at, at % 2 ? "success" : "pending"
    }'
}

# demand PAGE CODE MESSAGE: for this page, the README's program and the example must
# print the lines of standard input, exit with CODE, and print a message that matches
# MESSAGE.
demand() {
    local program code said
    cat >"$work/expected"
    for program in "$work/program" "$build/examples/standard_input"; do
        code=0
        "$program" <"$1" >"$work/printed" 2>"$work/said" || code=$?
        said=$(cat "$work/said")
        diff -u --label "expected of ${program##*/} for ${1##*/}" --label "printed" \
            "$work/expected" "$work/printed" || status=1
        if [ "$code" -ne "$2" ] || ! [[ $said =~ ^$3$ ]]; then
            printf '%s <%s ended with %d and said: %s\n' "${program##*/}" "${1##*/}" "$code" \
                "$said" >&2
            status=1
        fi
    done
}

page 4000 >"$work/large.json"
: >"$work/empty.json"
head -c 300000 "$work/large.json" >"$work/cut.json"
{
    head -c 200000 "$work/large.json"
    printf '\001'
} >"$work/broken.json"
[ "$(stat -c %s "$work/large.json")" -gt 300000 ]
complete() {
    head -c "$1" "$work/large.json" | grep -o '"}]}' | wc -l
}
demand "$work/large.json" 0 '' < <(numbers 4000)
demand "$work/cut.json" 1 'truncated at byte 300000: .+' < <(numbers "$(complete 300000)")
demand "$work/broken.json" 1 'syntax at byte 200000: .+' < <(numbers "$(complete 200000)")
demand "$work/empty.json" 1 'empty-input at byte 0: .+' </dev/null
# An API error is not an empty list.
for page in corpus/pages/error_*.json; do
    demand "$page" 1 $'refused: [^\n]+\nstopped at byte [0-9]+: .+' </dev/null
done

for page in README.md docs/*.md; do
    diff -u --label "$page shows" --label "numres prints" \
        "$page" <(tests/examples.sh "$build/tools/numres" "$page") || status=1
done

# A stranger reads no more than this.
if [ "$(wc -l <README.md)" -gt 150 ]; then
    echo "README.md has more than 150 lines: move some to docs/" >&2
    status=1
fi

scripts/picture "$build/tools/numres" "$work/table.svg"
diff -u docs/table.svg "$work/table.svg" || status=1
exit $status
