#!/usr/bin/env bash
# check_guide.sh BUILD: every block of docs/guide.md is compiled or run. A program in C,
# C++ or Python reads the documentation's sample page and prints what the text block
# after it shows. Other C compiles, and numres reads the JSON. docs/index.md names every
# file of docs/ and every example.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
guide=$root/docs/guide.md
page=$root/corpus/pages/docs_list.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
warnings=(-Wall -Wextra -Werror -I "$root/include")
status=0

# Writes NUMBER.LANGUAGE for each block, starting with its line in the guide.
awk -v folder="$work" '
    /^```/ && inside { inside = 0; close(file); next }
    /^```/ {
        inside = 1
        file = sprintf("%s/%03d.%s", folder, ++count, substr($0, 4))
        printf "%s %d\n", file, NR
        printf "" >file
        next
    }
    inside { print >file }
' "$guide" >"$work/blocks"

wrong() {
    printf 'docs/guide.md:%s: %s\n' "$line" "$1" >&2
    status=1
}

libraries=("$build/lib/libnumres.a" -lyajl -lpthread)
cat >"$work/before.h" <<'HEADERS'
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
HEADERS

# compile COMPILER STANDARD: compiles the program in $block and runs it.
compile() {
    if ! "$@" "${warnings[@]}" "$block" "${libraries[@]}" -o "$work/program" ||
        ! "$work/program" <"$page" >"$work/printed"; then
        wrong "this program fails"
    fi
}

# Writes the output of $block to $work/printed if it is a program.
run() {
    case $block in
    *.c)
        if ! grep -q '^int main(' "$block"; then
            "${CC:-cc}" -std=c11 "${warnings[@]}" -Wno-unused-function -fsyntax-only \
                -include "$work/before.h" "$block" || wrong "this does not compile"
            return
        fi
        compile "${CC:-cc}" -std=c11
        ;;
    *.cpp)
        compile "${CXX:-c++}" -std=c++11
        ;;
    *.python)
        NUMRES_LIBRARY=$build/lib/libnumres.so python3 "$block" <"$page" >"$work/printed" ||
            wrong "this program fails"
        ;;
    *.json)
        "$build/tools/numres" check --quiet "$block" || wrong "numres does not take this page"
        ;;
    *.sh) ;; # tests/check_bindings.sh follows it
    *)
        wrong "nothing tests blocks in ${block##*.}"
        ;;
    esac
}

programs=0
while read -r block line; do
    if [[ $block == *.text ]]; then
        [ -e "$work/printed" ] || wrong "there is no program before this output"
        diff -u --label "docs/guide.md:$line shows" --label "its program prints" "$block" \
            "$work/printed" || status=1
        rm -f "$work/printed"
        continue
    fi
    [ ! -e "$work/printed" ] || wrong "the program before this has no output after it"
    rm -f "$work/printed"
    run
    [ ! -e "$work/printed" ] || programs=$((programs + 1))
done <"$work/blocks"
for file in "$root"/docs/*.md "$root"/examples/*.c; do
    name=${file##*/}
    [ "$name" = index.md ] || grep -qF -e "]($name)" -e "\`$name\`" "$root/docs/index.md" || {
        echo "docs/index.md does not name $name" >&2
        status=1
    }
done
[ "$programs" -ge 8 ] || {
    echo "docs/guide.md has only $programs programs" >&2
    status=1
}
exit $status
