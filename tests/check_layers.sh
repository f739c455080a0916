#!/bin/sh
# check_layers.sh: files of lib/ and tools/ include what lies below them alone: of lib/
# what the table of lib/README.md says, of tools/ what stands here. tools/ uses the public
# interface of the library alone.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
status=0

# Reports each include of folder $1 that is not in the rest of the arguments.
check() {
    folder=$1
    shift
    found=$(grep -Ho '"\.\./[^"]*"' "$root/$folder"/*.[ch] | sed "s|^$root/||")
    for allowed; do
        found=$(printf '%s\n' "$found" | grep -v ":\"\.\./$allowed/" || :)
    done
    [ -z "$found" ] && return
    printf '%s\n' "$found" | sed 's/^/includes upwards: /' >&2
    status=1
}

# Of lib/, the table's last column says it.
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

# The two lanes meet in one file.
meeting=$(grep -lE '"\.\./(general|fast)/' "$root"/lib/parser/*.[ch] | sed "s|^$root/||")
if [ "$meeting" != lib/parser/lanes.h ]; then
    echo "the lanes meet elsewhere than in lib/parser/lanes.h: $meeting" >&2
    status=1
fi

# No folder is left out above.
folders=$(cd "$root/tools" && echo */)
if [ "$folders" != 'api/ list/ run/ setup/ show/' ]; then
    echo "tools/ has other folders than this script knows: $folders" >&2
    status=1
fi

# What stands beside main.c in quotes is a file of tools/, or a public header.
inner=$(grep -Ho '"[^"]*lib/[^"]*"' "$root"/tools/*.c "$root"/tools/*/*.[ch] | sed "s|^$root/||" || :)
if [ -n "$inner" ]; then
    echo "tools/ includes what is not public: $inner" >&2
    status=1
fi

# A file is known by its name alone.
twice=$(find "$root/tools" -name '*.[ch]' | sed 's|.*/||' | sort | uniq -d)
if [ -n "$twice" ]; then
    echo "tools/ has two files of one name: $twice" >&2
    status=1
fi
exit $status
