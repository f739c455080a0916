#!/usr/bin/env bash
# check_abi.sh: packaging/abi.awk, by which scripts/release judges what abidiff says,
# lets a struct grow at its end, and nothing else. The reports below are abidiff's own.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
status=0

# judge WANTED NAME: the report on standard input is WANTED, "kept" or "broken".
judge() {
    local said=kept
    {
        printf '%s\n' "Leaf changes summary: 1 artifact changed" \
            "Changed leaf types summary: 1 leaf type changed" \
            "Removed/Changed/Added functions summary: 0 Removed, 0 Changed, 0 Added function" \
            "Removed/Changed/Added variables summary: 0 Removed, 0 Changed, 0 Added variable" ""
        cat
    } | awk -v frozen=" numres_text numres_timestamp " -f "$root/packaging/abi.awk" >/dev/null || said=broken
    if [ "$said" != "$1" ]; then
        echo "packaging/abi.awk says that the ABI is $said: $2" >&2
        status=1
    fi
}

judge kept "nothing changed" </dev/null
judge kept "a member more at the end" <<'END'
'struct numres_api_error at types.h:224:1' changed:
  type size changed from 1472 to 1536 (in bits)
  1 data member insertion:
    'uint64_t at_end', at offset 1472 (in bits) at types.h:241:1
END
judge broken "a member in the middle" <<'END'
'struct numres_api_error at types.h:224:1' changed:
  type size changed from 1472 to 1536 (in bits)
  1 data member insertion:
    'uint64_t inserted', at offset 1408 (in bits) at types.h:240:1
  there are data member changes:
    'bool of_root' offset changed from 1408 to 1472 (in bits) (by +64 bits)
END
judge broken "a member in the padding" <<'END'
'struct numres_api_error at types.h:224:1' changed:
  type size hasn't changed
  1 data member insertion:
    'bool in_padding', at offset 1416 (in bits) at types.h:241:1
END
judge broken "a member less" <<'END'
'struct numres_document at types.h:252:1' changed:
  type size changed from 640 to 576 (in bits)
  1 data member deletion:
    'uint64_t elements', at offset 576 (in bits) at types.h:264:1
END
judge broken "a frozen struct grows" <<'END'
'struct numres_text at types.h:26:1' changed:
  type size changed from 128 to 192 (in bits)
  1 data member insertion:
    'size_t more', at offset 128 (in bits) at types.h:28:1
END
judge broken "a number changed" <<'END'
'enum numres_answer at handlers.h:15:1' changed:
  type size hasn't changed
  1 enumerator change:
    'numres_answer::NUMRES_STOP' from value '2' to '7' at handlers.h:15:1
END
judge broken "a parameter changed" <<'END'
1 function with some sub-type change:

  [C] 'function bool numres_timestamp_parse(const char*, size_t, numres_timestamp*)' at timestamp.c:230:1 has some sub-type changes:
    parameter 2 of type 'typedef size_t' changed:
END
exit $status
