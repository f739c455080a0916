#!/usr/bin/env bash
# check_man.sh BUILD: the manual pages are clean mdoc for groff and for mandoc, and pure
# ASCII. Their options are those of tools/run/options.def. They have each option and
# status in the tool's help and no other. Their examples print what they show or, if they
# use the API, have options that their command accepts. The help's examples run, and
# select what they say whatever the data holds.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$build/tools/numres
pages=("$root"/docs/numres.1 "$root"/docs/numres-*.1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# clean COMMAND...: it must not complain about a page.
clean() {
    local words page
    for page in "${pages[@]}"; do
        words=$("$@" "$page" 2>&1) || true
        if [ -n "$words" ]; then
            printf '%s %s:\n%s\n' "$*" "$page" "$words" >&2
            status=1
        fi
    done
}

clean groff -ww -mandoc -Tascii -z
clean mandoc -T lint -W warning
clean env LC_ALL=C grep -nP '[^\x00-\x7F]'

for page in "${pages[@]}"; do
    diff -u --label "$page shows" --label "numres prints" \
        "$page" <("$root/tests/examples.sh" "$tool" "$page") || status=1
    # Fails if scripts/regenerate-options was not run.
    cp "$page" "$work/page.1"
    "$root/scripts/regenerate-options" "$work/page.1"
    diff -u --label "$page has" --label "tools/run/options.def asks for" \
        "$page" "$work/page.1" || status=1
done

# Each command has a page, and each page a command.
diff -u --label "the pages in docs/" --label "the commands of numres --help" \
    <(printf '%s\n' "${pages[@]:1}" | sed 's|.*/numres-\(.*\)\.1|\1|' | sort) \
    <("$tool" --help | sed -nE 's/^ +numres ([a-z]+)( .*)?$/\1/p' | grep -vx help | sort -u) ||
    status=1

# The other examples use the API. Without a key their options are checked and nothing is
# sent.
asking='list|get|create|extend|wait'
asked=$(sed -nE "/^\.Bd -literal/,/^\.Ed/s/^ +(numres ($asking) )/\\1/p" "${pages[@]}" |
    sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g")
if [ -z "$asked" ]; then
    echo "no manual page has an example of a command that asks the API" >&2
    status=1
fi
ln -s "$tool" "$work/numres"
while IFS= read -r command; do
    said=$(cd "$work" && env -u TELNYX_API_KEY -u TELNYX_BASE_URL -u HOME -u XDG_CONFIG_HOME PATH="$work:$PATH" \
        bash -c "$command" 2>&1 </dev/null) || true
    if [[ ! $said =~ ^"numres "($asking)": TELNYX_API_KEY is not set" ]]; then
        printf '%s\n%s\n' "$command" "$said" >&2
        status=1
    fi
done <<<"$asked"

# The options of each command, one "COMMAND --OPTION" a line, and the statuses.
helped() {
    local command
    for command in show check diff completion config login ${asking//|/ }; do
        "$tool" "$command" --help |
            sed -nE "s/^ +(-[a-zA-Z], )?(--[a-z0-9-]+).*/$command \\2/p"
    done | sort -u
    "$tool" list --help |
        awk '/^  -/ { inside = sub(/^  --status STATUS/, "") } inside' | grep -oE '[a-z_]{3,}'
}
described() {
    awk '
        /^\.Dt NUMRES-/ { command = tolower(substr($2, 8)) }
        /^\.It Fl / { print command, "-" ($4 == "," ? $6 : $3) }
    ' "${pages[@]:1}" | sort -u
    awk '/^\.It / { inside = /^\.It Fl -status / } inside && /^\.Cm / { print $2 }' \
        "$root/docs/numres-list.1"
}
diff -u --label "the help's options and statuses" --label "those of the manual pages" \
    <(helped) <(described) || status=1

# The examples of the help that read files. A line that is indented further continues the
# one before. The data holds texts that look like what is selected.
mkdir "$work/pages"
cat >"$work/page.json" <<'PAGE'
{"data":[
 {"id":"one","status":"pending","customer_reference":"\"failure\", \n\"status\":\"failure\"",
  "phone_numbers":[{"phone_number":"+13125550123","status":"success"}]},
 {"id":"two","status":"failure","customer_reference":"it","phone_numbers":[]}]}
PAGE
cp "$work/page.json" "$work/page-1.json"
cp "$work/page.json" "$work/page-2.json"
cp "$work/page.json" "$work/pages"
printf '#!/bin/sh\nexec cat page.json\n' >"$work/curl"
chmod +x "$work/curl"
for command in --help "show --help" "check --help" "diff --help" "completion --help" "config --help" \
    "get --help" "create --help" "extend --help" "wait --help"; do
    # Word splitting is wanted.
    # shellcheck disable=SC2086
    "$tool" $command | sed -n '1,/^Examples:/d; s/^  //p' |
        awk '/^ / { print; next } { printf "%s%s\n", (NR > 1 ? "\n" : ""), $0 }' >"$work/examples"
    while IFS= read -r -d '' example; do
        [[ ! $example =~ ^"numres "($asking)" " ]] || continue
        code=0
        (cd "$work" && PATH="$work:$PATH" bash -o pipefail -c "$example") >"$work/said" \
            2>"$work/messages" </dev/null || code=$?
        # --require-members finds missing ones.
        if [ "$code" -gt 1 ] || { [ "$code" -eq 1 ] && [[ $example != *--require* ]]; }; then
            printf '%s\nends with %d: %s\n' "$example" "$code" "$(cat "$work/messages")" >&2
            status=1
        fi
        if [[ $example == *failure* ]] && ! grep -q '^1 reservation, ' "$work/said"; then
            printf '%s\nselects something else:\n%s\n' "$example" "$(cat "$work/said")" >&2
            status=1
        fi
    done < <(awk 'BEGIN { RS = "" } { printf "%s%c", $0, 0 }' "$work/examples")
done

# The examples select with tools for JSON; others would confuse commas and line breaks of
# the data with their own.
recipes=$(grep -nE '(^|\|) *(cut|grep|awk|sed) ' "${pages[@]}" "$root/README.md" "$root/docs/tool.md" || true)
recipes+=$(for command in show check diff ${asking//|/ }; do "$tool" "$command" --help; done |
    grep -E '(^|\|) *(cut|grep|awk|sed) ' || true)
if [ -n "$recipes" ]; then
    printf 'A recipe that not all data can bear:\n%s\n' "$recipes" >&2
    status=1
fi
exit $status
