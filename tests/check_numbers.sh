#!/usr/bin/env bash
# Every public number (members, codes, statuses, formats, reasons, answers, limits) is
# the one in tests/public_numbers.txt: they are part of the ABI. If a number is added,
# not changed, tests/check_numbers.sh --write updates the list.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
committed=$root/tests/public_numbers.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# The constants of enumerations: our names that are left after preprocessing.
constants() {
    gcc -E -P -I "$root/include" -x c "$root/include/numres.h" |
        grep -oE '\<NUMRES_[A-Z0-9_]+\>' | sort -u
}

# Macros without arguments whose value is a number. Those of the version are not ABI.
macros() {
    gcc -E -dM -I "$root/include" -x c "$root/include/numres.h" |
        grep -E '^#define NUMRES_[A-Z0-9_]+ .*[0-9]' |
        awk '{ print $2 }' | grep -v '^NUMRES_VERSION_' | sort -u
}

# Counts that grow with new members; no program may rely on them.
is_no_abi='_MEMBER_COUNT$|^NUMRES_STATUS_COUNT$'

{
    cat <<'END'
#include <numres.h>
#include <stdio.h>
#define SHOW(name) printf("%-40s %llu\n", #name, (unsigned long long)(name));
int main(void) {
END
    { constants && macros; } | sort -u | grep -vE "$is_no_abi" | sed 's/.*/    SHOW(&)/'
    echo '}'
} >"$work/show.c"
gcc -std=c11 -Wall -Werror -I "$root/include" "$work/show.c" -o "$work/show"
if [ "${1-}" = --write ]; then
    "$work/show" >"$committed"
    exit
fi
"$work/show" | diff -u --label tests/public_numbers.txt --label "what the headers say" \
    "$committed" - || {
    echo "a public number changed or is not listed: see the head of tests/check_numbers.sh" >&2
    exit 1
}
