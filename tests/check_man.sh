#!/usr/bin/env bash
# check_man.sh BUILD: the manual page is clean mdoc to groff and to mandoc, its
# examples print what it shows, it has each option that the tool's help has
# and no other, and it is pure ASCII.
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
