#!/usr/bin/env bash
# check_migrating.sh BUILD: the programs of docs/migrating.md compile without warnings.
# They all print what docs/migrating.md shows, and exit with 1 if the page is cut short.
# What it says about checks that other libraries leave out is true.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

fail() {
    printf 'docs/migrating.md: %s\n' "$*" >&2
    status=1
}

# Writes NAME.c or NAME.cpp for each "## NAME", and the output common to all.
awk -v folder="$work/" '
    /^## / { name = folder substr($0, 4) }
    /^```$/ { file = ""; next }
    /^```text$/ { file = folder "expected"; next }
    /^```(c|cpp)$/ { file = name "." substr($0, 4); next }
    file != "" { print >file }
' "$root/docs/migrating.md"

warnings=(-Wall -Wextra -Werror)
libraries() {
    case $1 in
    numres) printf '%s\n' "-I$root/include" "$build/lib/libnumres.a" && pkg-config --libs yajl ;;
    cJSON) pkg-config --cflags --libs libcjson ;;
    *) pkg-config --cflags --libs "$1" ;;
    esac
}

head -c 1000 "$root/docs/sample.json" >"$work/cut.json"
for name in yajl cJSON jansson simdjson numres; do
    read -r -d '' -a needed < <(libraries "$name") || true
    if [ "$name" = simdjson ]; then
        compiler=("${CXX:-g++}" -std=c++17 "$work/$name.cpp")
    else
        compiler=("${CC:-cc}" -std=c11 "$work/$name.c")
    fi
    "${compiler[@]}" "${warnings[@]}" "${needed[@]}" -o "$work/$name" || {
        fail "the program of $name does not compile"
        continue
    }
    "$work/$name" <"$root/docs/sample.json" >"$work/printed" ||
        fail "the program of $name refuses docs/sample.json"
    diff -u --label "docs/migrating.md shows" --label "the program of $name prints" \
        "$work/expected" "$work/printed" >&2 || status=1
    code=0
    "$work/$name" <"$work/cut.json" >"$work/printed" 2>&1 || code=$?
    [ "$code" -eq 1 ] || fail "the program of $name ends with $code for a page that is cut short"
done

# takes LIBRARY [yes|no] PAGE: whether the library's program accepts the page.
takes() {
    local answer=yes
    # The shell's printf turns the escapes into bytes.
    # shellcheck disable=SC2059
    printf "$3" | "$work/$1" >"$work/printed" 2>&1 || answer=no
    [ "$answer" = "$2" ] || fail "the program of $1 takes $3: $answer"
}
takes cJSON yes '{"data": [{"id": "\377"}]}'
takes numres no '{"data": [{"id": "\377"}]}'
takes simdjson yes '{"data": [{"id": tru, "phone_numbers": []}]}'
takes numres no '{"data": [{"id": tru, "phone_numbers": []}]}'
exit $status
