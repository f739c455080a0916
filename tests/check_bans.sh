#!/usr/bin/env bash
# check_bans.sh BUILD: checks the bans of CONTRIBUTING.md on lib/ that a machine can see:
# the library calls only what is listed here, keeps no data that changes, and its sources
# are ASCII.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
archive=$build/lib/libnumres.a
export LC_ALL=C
status=0

# report SENTENCE: if standard input is not empty, prints it below the sentence and
# fails.
report() {
    local found
    found=$(cat)
    if [ -n "$found" ]; then
        printf '%s:\n%s\n' "$1" "$found" >&2
        status=1
    fi
}

# expect_symbol NAME FILE COMMAND...: the listing must contain NAME. If it were empty,
# for lack of the program or the file, nothing banned would be found in it.
expect_symbol() {
    local name=$1 file=$2
    shift 2
    if ! "$@" "$file" | grep -w "$name" >/dev/null; then
        echo "$* finds no $name in $file" >&2
        status=1
    fi
}
expect_symbol numres_parser_create "$archive" nm
expect_symbol numres_parser_create "$archive" objdump --syms
expect_symbol numres_parser_create "$build/lib/libnumres.so" nm --dynamic
expect_symbol numres_parser_create "$build/tools/numres" nm

allowed='^(memchr|memcmp|memcpy|memmove|memset|strchr|strlen|malloc|free|yajl_[a-z_]+|numres_[a-z0-9_]+)$'
# Added by the compiler.
added='^(__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__mem(cpy|move|set)_chk|__cpu_model|__cpu_indicator_init|__popcount[sd]i2)$'

report "lib/ calls what it must not (see CONTRIBUTING.md)" < <(
    nm --undefined-only --format=posix "$archive" 2>/dev/null | awk '$2 == "U" { print $1 }' |
        sort -u | grep -vE "$allowed" | grep -vE "$added"
)
# CVE-2023-33460 and most faults of yajl are in its tree.
report "yajl_tree is linked" < <(
    nm "$archive" "$build/tools/numres" 2>/dev/null | grep -w 'yajl_tree_[a-z_]*'
    nm --dynamic "$build/lib/libnumres.so" "$build/tools/numres" 2>/dev/null |
        grep -w 'yajl_tree_[a-z_]*'
)
report "lib/ allocates elsewhere than in lib/base/memory.c" < <(
    nm --undefined-only --print-file-name "$archive" 2>/dev/null |
        grep -wE '(malloc|free)$' | grep -vE '[:_]memory\.c\.o:'
)
# Constants that hold addresses are in .data.rel.ro, which is read-only once the program
# runs.
report "lib/ keeps data that can change" < <(
    objdump --syms "$archive" 2>/dev/null |
        grep -E '[[:space:]]\.t?(data|bss)(\.[^[:space:]]*)?[[:space:]]' |
        grep -vE '[[:space:]]\.data\.rel\.ro|[[:space:]]d[[:space:]]' | awk '{ print $NF }'
)
report "not ASCII" < <(
    cd "$root" && grep -nP '[^\x00-\x7F]' -r lib include --include='*.[ch]'
)
report "lib/ uses the stack by run-time size, or leaves a function by force" < <(
    cd "$root" && grep -nwE 'alloca|setjmp|longjmp|abort|assert' -r lib --include='*.[ch]'
)
exit $status
