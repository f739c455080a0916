#!/usr/bin/env bash
# check_man.sh BUILD: the manual page is clean mdoc to groff and to mandoc, its
# examples print what it shows or, where they ask the API, have options that
# numres list takes, it has each option that the tool's help has and no other,
# and it is pure ASCII.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$build/tools/numres
page=$root/docs/numres.1
status=0

# clean COMMAND...: says nothing about the page.
clean() {
    local words
    words=$("$@" "$page" 2>&1) || true
    if [ -n "$words" ]; then
        printf '%s:\n%s\n' "$*" "$words" >&2
        status=1
    fi
}

clean groff -ww -mandoc -Tascii -z
clean mandoc -T lint -W warning
clean env LC_ALL=C grep -nP '[^\x00-\x7F]'

diff -u --label "the manual page shows" --label "numres prints" \
    "$page" <("$root/tests/examples.sh" "$tool" "$page") || status=1

# What the other examples ask the API for. Without a key all of their options are
# read, and nothing is sent.
asked=$(sed -n '/^\.Bd -literal/,/^\.Ed/s/^  *numres list /numres list /p' "$page" |
    sed 's/\\-/-/g')
if [ -z "$asked" ]; then
    echo "$page has no example of numres list" >&2
    status=1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$tool" "$work/numres"
while IFS= read -r command; do
    said=$(cd "$work" && env -u TELNYX_API_KEY -u TELNYX_BASE_URL PATH="$work:$PATH" \
        bash -c "$command" 2>&1 </dev/null) || true
    if [[ $said != "numres list: TELNYX_API_KEY is not set"* ]]; then
        printf '%s\n%s\n' "$command" "$said" >&2
        status=1
    fi
done <<<"$asked"

# Options by command, one "COMMAND --OPTION" a line.
helped() {
    local command
    for command in show check list; do
        "$tool" "$command" --help |
            sed -nE "s/^ +(-[a-z], )?(--[a-z0-9-]+).*/$command \\2/p"
    done | sort -u
}
described() {
    awk '
        /^\.S[hs] / { command = $2 == "numres" ? $3 : "" }
        /^\.It Fl -/ && command != "" { print command, "-" $3 }
    ' "$page" | sort -u
}
diff -u --label "the help's options" --label "those of the manual page" \
    <(helped) <(described) || status=1
exit $status
