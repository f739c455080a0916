#!/bin/sh
# check_layers.sh: files of lib/ include what lies below them alone. Each folder
# stands here with the folders that it may include; lib/README.md shows why.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
status=0

# Reports each include of folder $1 that is not in the rest of the arguments.
check() {
    folder=$1
    shift
    found=$(grep -Ho '"\.\./[a-z]*/[^"]*"' "$root/lib/$folder"/*.[ch] | sed "s|^$root/||")
    for allowed; do
        found=$(printf '%s\n' "$found" | grep -v ":\"\.\./$allowed/" || :)
    done
    [ -z "$found" ] && return
    printf '%s\n' "$found" | sed 's/^/includes upwards: /' >&2
    status=1
}

check base
check token base
check schema base token
check general base token schema
check fast base token schema
check parser base token schema general fast
check write base schema
check request base
check collection base schema parser
check reader base schema parser

# The two lanes meet in one file.
meeting=$(grep -lE '"\.\./(general|fast)/' "$root"/lib/parser/*.[ch] | sed "s|^$root/||")
if [ "$meeting" != lib/parser/lanes.h ]; then
    echo "the lanes meet elsewhere than in lib/parser/lanes.h: $meeting" >&2
    status=1
fi

folders=$(cd "$root/lib" && echo */)
if [ "$folders" != 'base/ collection/ fast/ general/ parser/ reader/ request/ schema/ token/ write/' ]; then
    echo "lib/ has other folders than this script knows: $folders" >&2
    status=1
fi
exit $status
