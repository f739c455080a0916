# shellcheck shell=bash
#
# Sourced by scripts/release and tests/check_abi.sh: dumps the library's ABI and
# compares it with that of the last release. Expects $root.

# The dump of the last release.
last_abi() {
    find "$root/packaging/abi" -name '*.abi' | sort -V | tail -n 1
}

# dump_abi SOURCES LIBRARY DUMP: LIBRARY has debugging information, from which abidw
# learns the types. Those that no header in SOURCES declares are left out.
dump_abi() {
    (
        cd "$1" || exit
        abidw --no-corpus-path --no-comp-dir-path --drop-private-types --headers-dir include \
            --out-file "$3" "$2"
    )
}

soname_of() {
    sed -n "s/.* soname='\([^']*\)'.*/\1/p" "$1" | head -n 1
}

# The structs that their headers call frozen.
frozen_structs() {
    awk '/ABI: frozen for ever/ { frozen = 1 }
        /^typedef struct [a-z_]+ \{$/ { if (frozen) print $3; frozen = 0 }' "$root"/include/numres/*.h
}

# compare_abi OLD NEW: fails, and says why, unless programs of OLD run with NEW.
compare_abi() {
    local changes status=0
    changes=$(abidiff --leaf-changes-only --no-added-syms "$1" "$2") || status=$?
    # 1 and 2: abidiff itself failed; 8: a function is gone.
    if [ $((status & 11)) -ne 0 ] || ! printf '%s\n' "$changes" |
        awk -v frozen=" $(frozen_structs | tr '\n' ' ')" -f "$root/packaging/abi.awk" >&2; then
        printf '%s\n' "$changes" "The ABI is not compatible with ${1##*/}." >&2
        return 1
    fi
}
