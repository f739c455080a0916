#!/usr/bin/env bash
# check_abi.sh: programs of the last release run with this library, by its ABI. And
# packaging/abi.awk, which judges abidiff's report of that, lets a struct grow at its end
# and nothing else. The lines below are abidiff's own.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/packaging/abi.sh"
status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# dump INCLUDE: dumps the ABI of the library with the headers in folder INCLUDE.
dump() {
    gcc -std=c11 -O0 -g -fPIC -fvisibility=hidden -shared -I "$1" -I "$root/lib" \
        "-Wl,--version-script=$root/lib/numres.map" "-Wl,-soname,$(soname_of "$last")" \
        "$root"/lib/*/*.c -lyajl -o "$work/libnumres.so"
    dump_abi "${1%/include}" "$work/libnumres.so" "$work/new.abi"
}

last=$(last_abi)
# The dumps are those of x86-64.
if [ "$(uname -m)" = x86_64 ]; then
    dump "$root/include"
    compare_abi "$last" "$work/new.abi" || status=1
    # The comparison notices what it is for.
    cp -r "$root/include" "$work"
    sed -i 's/^    uint64_t index;/    uint64_t inserted, index;/' "$work/include/numres/types.h"
    dump "$work/include"
    if compare_abi "$last" "$work/new.abi" 2>/dev/null; then
        echo "a member in the middle of a struct passes for a compatible ABI" >&2
        status=1
    fi
else
    echo "No dump of this machine's ABI: it is not compared."
fi

# judge WANTED NAME LINE...: these lines must be judged as WANTED, "kept" or "broken".
judge() {
    local wanted=$1 name=$2 said=kept
    shift 2
    printf '%s\n' "Leaf changes summary: 1 artifact changed" \
        "Changed leaf types summary: 1 leaf type changed" \
        "Removed/Changed/Added functions summary: 0 Removed, 0 Changed, 0 Added function" \
        "Removed/Changed/Added variables summary: 0 Removed, 0 Changed, 0 Added variable" "" "$@" |
        awk -v frozen=" numres_text numres_timestamp " -f "$root/packaging/abi.awk" >/dev/null ||
        said=broken
    if [ "$said" != "$wanted" ]; then
        echo "packaging/abi.awk says that the ABI is $said: $name" >&2
        status=1
    fi
}

api_error="'struct numres_api_error at types.h:224:1' changed:"
grows="  type size changed from 1472 to 1536 (in bits)"
same_size="  type size hasn't changed"
one_more="  1 data member insertion:"
at_end="    'uint64_t at_end', at offset 1472 (in bits) at types.h:241:1"
in_padding="    'bool in_padding', at offset 1416 (in bits) at types.h:241:1"

judge kept "nothing changed"
judge kept "a member more at the end" "$api_error" "$grows" "$one_more" "$at_end"
judge kept "two members more at the end" "$api_error" \
    "  type size changed from 1472 to 1600 (in bits)" "  2 data member insertions:" "$at_end" \
    "    'uint64_t last', at offset 1536 (in bits) at types.h:242:1"
judge kept "two structs with a member more" "$api_error" "$grows" "$one_more" "$at_end" "" \
    "'struct numres_meta at types.h:194:1' changed:" \
    "  type size changed from 448 to 512 (in bits)" "$one_more" \
    "    'uint64_t more', at offset 448 (in bits) at types.h:203:1"
judge broken "a member in the middle" "$api_error" "$grows" "$one_more" \
    "    'uint64_t inserted', at offset 1408 (in bits) at types.h:240:1" \
    "  there are data member changes:" \
    "    'bool of_root' offset changed from 1408 to 1472 (in bits) (by +64 bits)"
judge broken "a member in the padding" "$api_error" "$same_size" "$one_more" "$in_padding"
judge broken "a member in the padding of a struct that grows" "$api_error" "$grows" \
    "  2 data member insertions:" "$in_padding" "$at_end"
judge broken "a struct that shrinks" "$api_error" \
    "  type size changed from 1472 to 1408 (in bits)"
judge broken "a member less" "'struct numres_document at types.h:252:1' changed:" \
    "  type size changed from 640 to 576 (in bits)" "  1 data member deletion:" \
    "    'uint64_t elements', at offset 576 (in bits) at types.h:264:1"
judge broken "a frozen struct grows" "'struct numres_text at types.h:26:1' changed:" \
    "  type size changed from 128 to 192 (in bits)" "$one_more" \
    "    'size_t more', at offset 128 (in bits) at types.h:28:1"
judge broken "a number changed" "'enum numres_answer at handlers.h:15:1' changed:" \
    "$same_size" "  1 enumerator change:" \
    "    'numres_answer::NUMRES_STOP' from value '2' to '7' at handlers.h:15:1"
judge broken "a parameter changed" "1 function with some sub-type change:" "" \
    "  [C] 'function bool numres_timestamp_parse(const char*, size_t, numres_timestamp*)' at timestamp.c:230:1 has some sub-type changes:" \
    "    parameter 2 of type 'typedef size_t' changed:"
exit $status
