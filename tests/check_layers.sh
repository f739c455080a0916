#!/bin/sh
# check_layers.sh: files of lib/ and tools/ include only what is below them: for lib/ by
# the table of lib/README.md, for tools/ by the list here. No files include each other in a
# circle. tools/ uses only the public interface of the library.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
status=0

# Reports each include in folder $1 that is neither public, nor in the same folder, nor in one
# of the other arguments, as "../FOLDER/FILE". The compiler would find a folder without the
# dots too.
check() {
    folder=$1
    shift
    allowed=$(printf '%s|' "$@" | sed 's/|$//')
    found=$(grep -HE '^ *# *include' "$root/$folder"/*.[ch] |
        grep -vE "include *\"(numres/[a-z_]+\.h|[a-z0-9_]+\.(h|def)|\.\./($allowed)/[^/]+)\"" |
        grep -E "include *(\"|<\.|<($folders)/)" | sed "s|^$root/||" || :)
    [ -z "$found" ] && return
    printf '%s\n' "$found" | sed 's/^/includes upwards: /' >&2
    status=1
}

folders=$(cd "$root" && printf "%s\n" lib/*/ tools/*/ | sed "s/^[a-z]*\///; s/\/$//" | paste -sd "|" -)

# For lib/, the table's last column has the list.
# The quotes hold a pattern.
# shellcheck disable=SC2016
table=$(sed -nE 's/^\| `([a-z]+)\/` \| .* \| ([a-z, ]+) \|$/\1 \2/p' "$root/lib/README.md" | tr -d ,)
for folder in "$root"/lib/*/; do
    folder=$(basename "$folder")
    # The columns are words: they are meant to be split.
    # shellcheck disable=SC2046
    set -- $(printf '%s\n' "$table" | grep "^$folder ")
    if [ $# -lt 2 ]; then
        echo "lib/$folder/ is not in the table of lib/README.md" >&2
        status=1
        continue
    fi
    shift
    check "lib/$folder" "$@"
done

check tools/run
check tools/show run
check tools/setup run
check tools/api run show
check tools/list run show api

# The two lanes meet in only one file.
meeting=$(grep -lE '"\.\./(general|fast)/' "$root"/lib/parser/*.[ch] | sed "s|^$root/||")
if [ "$meeting" != lib/parser/lanes.h ]; then
    echo "the lanes meet elsewhere than in lib/parser/lanes.h: $meeting" >&2
    status=1
fi

# Within and across folders, no files include each other in a circle, so that each can be read
# with only those below it. A file and its header count as one.
circles=$(cd "$root" && grep -HoE '^#include "[^"]+"' lib/*/*.[ch] tools/*/*.[ch] |
    sed -E 's/^([^:]*)\.[ch]:#include "(.*)"$/\1 \2/' |
    while read -r file included; do
        target=${file%/*}/$included
        [ -f "$target" ] || continue
        target=$(printf '%s\n' "${target%.*}" | sed -E 's/[^/]+\/\.\.\///')
        [ "$target" = "$file" ] || printf '%s %s\n' "$file" "$target"
    done | tsort 2>&1 >/dev/null || :)
if [ -n "$circles" ]; then
    printf '%s\n' "$circles" | sed 's/^tsort: -:.*/these files include each other in a circle:/; s/^tsort: /    /' >&2
    status=1
fi

# No folder is missing above.
folders=$(cd "$root/tools" && echo */)
if [ "$folders" != 'api/ list/ run/ setup/ show/' ]; then
    echo "tools/ has other folders than this script knows: $folders" >&2
    status=1
fi

# Files included in quotes from the folder of main.c are files of tools/ or public
# headers.
inner=$(grep -Ho '"[^"]*lib/[^"]*"' "$root"/tools/*.c "$root"/tools/*/*.[ch] | sed "s|^$root/||" || :)
if [ -n "$inner" ]; then
    echo "tools/ includes what is not public: $inner" >&2
    status=1
fi

# A file is identified by its name alone.
twice=$(find "$root/tools" -name '*.[ch]' | sed 's|.*/||' | sort | uniq -d)
if [ -n "$twice" ]; then
    echo "tools/ has two files of one name: $twice" >&2
    status=1
fi
exit $status
