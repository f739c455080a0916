#!/usr/bin/env bash
# check_engines.sh BUILD: the recipes of docs/engines.md. Its sh blocks are run, and each
# sql block of the sections SQLite and DuckDB must print what the text block after it
# shows. Those for DuckDB are run by examples/arrow_duckdb, with the sample page as
# `numbers`; it also compares its sums with those of the callbacks on a page of 50,000
# reservations. If DuckDB's library is not in build-duckdb/ and scripts/setup.sh cannot
# fetch it, its part is skipped with a message.
set -euo pipefail
export TZ=UTC # as the page's first block does

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/setup.sh" # which uses $root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# Prints NUMBER SECTION LANGUAGE of each block, and writes the block to $work/NUMBER.
awk -v folder="$work/" -v section=- '
    /^## / && !inside { section = $2 }
    /^```/ && inside { inside = 0; close(file); next }
    /^```/ {
        inside = 1
        count++
        file = folder count
        printf "%d %s %s\n", count, section, substr($0, 4)
        printf "" >file
        next
    }
    inside { print >file }
' "$root/docs/engines.md" >"$work/blocks"

wrong() {
    printf 'docs/engines.md, %s\n' "$1" >&2
    status=1
}

# compare NUMBER GIVEN: block NUMBER must show the output GIVEN.
compare() {
    diff -u --label docs/engines.md --label 'what the engine gives' "$work/$1" "$2" >&2 ||
        wrong "block $1: other output"
}

# Runs the sh blocks, in the order of the page, in a folder with the sample.
mkdir "$work/here" "$work/bin"
ln -s "$build/tools/numres" "$work/bin/numres"
cp "$root/docs/sample.json" "$work/here"
cd "$work/here"
while read -r number _ language; do
    [ "$language" = sh ] || continue
    PATH=$work/bin:$PATH bash -eu "$work/$number" >"$work/said" 2>&1 || {
        cat "$work/said" >&2
        wrong "block $number fails"
    }
done <"$work/blocks"
[ "$(cat out-*.ndjson | wc -l)" = 6 ] || wrong 'the pages give another number of lines'

# Gives each sql block of section $1 to the command in the other words, which reads
# standard input and prints. Leaves their count in $count.
run_section() {
    local section=$1 number=0 other=0 name language
    shift
    count=0
    while read -r number name language; do
        if [ "$name" = "$section" ] && [ "$language" = sql ]; then
            other=$((number + 1))
            count=$((count + 1))
            "$@" <"$work/$number" >"$work/given" || wrong "block $number fails"
            compare "$other" "$work/given"
        fi
    done <"$work/blocks"
}

rm -f numbers.db
run_section SQLite sqlite3 numbers.db
[ "$count" -ge 2 ] || wrong 'there are no recipes for SQLite'

library=$(duckdb_library) || library=
if [ -z "$library" ]; then
    echo 'check_engines: skipped the recipes for DuckDB: its library cannot be had here' >&2
    exit $status
fi

# Runs the statements on standard input, each of which ends in a semicolon. Called by its
# name in a variable.
# shellcheck disable=SC2317
run_duckdb() {
    local statements
    mapfile -t -d ';' statements < <(tr '\n' ' ')
    unset "statements[-1]" # the end of the last line
    "$build/examples/arrow_duckdb" "$library" sample.json "${statements[@]}"
}
run_section DuckDB run_duckdb
[ "$count" -ge 4 ] || wrong 'there are no recipes for DuckDB'

# The sums by SQL and by callbacks.
[ -x "$build/bench/make_page" ] || ninja --quiet -C "$build" bench/make_page >&2
"$build/bench/make_page" 50000 real >large.json
"$build/examples/arrow_duckdb" "$library" large.json 2026-02-01T00:00:00Z \
    2026-03-01T00:00:00+01:00 >sums || wrong 'DuckDB has other sums than the callbacks'
awk '$1 == "success" { numbers = $2 } /^in the range/ { range = $4 }
    END { exit !(numbers > 50000 && range > 1000) }' sums || wrong 'the sums are of nothing'
cat sums >&2

# Queries for the example: with a semicolon, with a comment, with more than a page of
# memory; a statement without rows; and the stream's view, which is gone.
"$build/examples/arrow_duckdb" "$library" sample.json 'SELECT count(*) FROM numbers;' \
    'SELECT count(*) FROM numbers -- all' "SELECT length('$(printf '%06000d' 0)')" \
    'CREATE TABLE others AS FROM numbers;' 'SELECT count(*) + 1 FROM others; /* all */' >given ||
    wrong 'the example fails'
[ "$(tr '\n' ' ' <given)" = '5 5 6000 6 ' ] || wrong 'the example prints other rows'
if "$build/examples/arrow_duckdb" "$library" sample.json 'FROM page' >/dev/null 2>said ||
    ! grep -q 'page does not exist' said; then
    wrong "the example's view is not dropped"
fi

# numres's message about a broken page comes through DuckDB.
printf '{"data":[{"id":"a"},{"id":tru}' >broken.json
if "$build/examples/arrow_duckdb" "$library" broken.json 'FROM numbers' >/dev/null 2>said ||
    ! grep -qF 'syntax at byte 26, data[1].id: ' said; then
    cat said >&2
    wrong 'a broken page is not told'
fi
exit $status
