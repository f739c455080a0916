#!/bin/sh
# check_layers.sh: files of lib/ and tools/ include what lies below them alone. Each
# folder stands here with the folders that it may include; lib/README.md shows why.
# tools/ uses the public interface of the library alone.
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

check lib/base
check lib/token base
check lib/schema base token
check lib/general base token schema
check lib/fast base token schema
check lib/parser base token schema general fast
check lib/write base schema
check lib/request base
check lib/collection base schema parser
check lib/reader base schema parser

check tools/run
check tools/show run
check tools/list run show

# The two lanes meet in one file.
meeting=$(grep -lE '"\.\./(general|fast)/' "$root"/lib/parser/*.[ch] | sed "s|^$root/||")
if [ "$meeting" != lib/parser/lanes.h ]; then
    echo "the lanes meet elsewhere than in lib/parser/lanes.h: $meeting" >&2
    status=1
fi

# expect_folders FOLDER LIST: no folder is left out above.
expect_folders() {
    folders=$(cd "$root/$1" && echo */)
    [ "$folders" = "$2" ] && return
    echo "$1/ has other folders than this script knows: $folders" >&2
    status=1
}
expect_folders lib 'base/ collection/ fast/ general/ parser/ reader/ request/ schema/ token/ write/'
expect_folders tools 'list/ run/ show/'

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
