#!/usr/bin/env bash
# check_abi.sh: packaging/abi.awk, with which scripts/release judges abidiff's report,
# lets a struct grow at its end and nothing else. The lines below are abidiff's own.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
status=0

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
