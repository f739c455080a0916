#!/bin/sh
# check_bindings.sh BUILD: examples/reader.py reads pages through BUILD's shared library,
# which must not be a sanitized one, and prints the same as jq and the tool. The guide's
# declarations for other languages are those of all functions, and nothing else.
set -eu

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs the program. Leaves its output, messages and status in $work.
run() {
    status=0
    python3 "$root/examples/reader.py" "$build/lib/libnumres.so" "$1" \
        >"$work/output" 2>"$work/messages" || status=$?
}

fail() {
    echo "examples/reader.py: $1" >&2
    cat "$work/output" "$work/messages" >&2
    exit 1
}

for page in docs_list docs_list_2019; do
    run "$root/corpus/pages/$page.json"
    [ "$status" = 0 ] || fail "$page: exit status $status"
    jq -r '.data | (arrays | .[]), objects | .phone_numbers[] |
        "\(.phone_number) is \(.status), expires at \(.expired_at | sub("\\.[0-9]+"; "") | fromdate)"' \
        "$root/corpus/pages/$page.json" >"$work/expected"
    cmp -s "$work/output" "$work/expected" || fail "$page: other numbers than jq"
done

# A problem, and a page that ends early.
printf '{"data":[{"phone_numbers":[{"phone_number":"+1","status":"odd"}' >"$work/broken.json"
run "$work/broken.json"
[ "$status" = 1 ] || fail "a broken page: exit status $status"
[ "$(cat "$work/output")" = '+1 is odd' ] || fail 'a broken page: other numbers'
grep -q '^data\[0\]\.phone_numbers\[0\]\.status: ' "$work/messages" || fail 'no problem is told'
grep -q '^byte 63, data\[0\]\.phone_numbers\[1\]: ' "$work/messages" || fail 'no error is told'

# A refusal is not a page without numbers.
run "$root/corpus/pages/error_authentication.json"
[ "$status" = 1 ] || fail "a refusal: exit status $status"
grep -q '^the API refused: 10009 ' "$work/messages" || fail 'no API error is told'

# What cannot be read, or not shown in the locale, is reported in one line.
run "$work/no-such-page.json"
[ "$status" = 1 ] || fail "no page: exit status $status"
[ "$(grep -c . "$work/messages")" = 1 ] || fail 'no page: more than a line'
printf '{"data":[{"phone_numbers":[{"phone_number":"\\ud83d\\ude00"}]}]}' >"$work/character.json"
export PYTHONIOENCODING=ascii
run "$work/character.json"
[ "$status" = 0 ] || fail "a character beyond ASCII: exit status $status"
[ "$(cat "$work/output")" = '\U0001f600 is ' ] || fail 'a character beyond ASCII: other numbers'

# The declarations without inline functions, as the guide makes them.
awk '/^```/ { inside = 0 } inside { print } /^```sh/ { inside = 1 }' "$root/docs/guide.md" >"$work/steps"
grep -q numres.declarations "$work/steps" || fail 'the guide makes no declarations'
mkdir "$work/copy"
ln -s "$root/include" "$work/copy/include"
(cd "$work/copy" && sh -e "$work/steps")
declarations=$work/copy/numres.declarations
! grep -nE 'inline|__|return|^#' "$declarations" >&2 || fail 'declarations have more than that'
grep -oE '\bnumres_\w+\(' "$declarations" | tr -d '(' | sort -u >"$work/declared"
sort "$root/tests/exported_symbols.txt" | cmp -s - "$work/declared" ||
    fail 'the declarations are not those of the exported functions'
cc -x c -std=c11 -Wall -Werror -fsyntax-only -include stdbool.h -include stddef.h \
    -include stdint.h "$declarations" || fail 'the declarations do not compile'
