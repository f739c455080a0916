# shellcheck shell=bash
#
# Sourced by the scripts here that time commands: runs commands, takes medians.
# Expects $build, which has bench/measure, and $work, a folder for the figures.
# shellcheck disable=SC2154

# take NAME COMMAND...: runs it and adds a line "SECONDS KIBIBYTES" for NAME.
take() {
    local name=$1
    shift
    "$build/bench/measure" "$@" 2>"$work/words" >>"$work/$name" || {
        cat "$work/words" >&2
        echo "failed: $*" >&2
        exit 1
    }
}

# median NAME COLUMN
median() {
    awk -v column="$2" '{ print $column }' "$work/$1" | sort -g |
        awk '{ values[NR] = $1 } END { print values[int((NR + 1) / 2)] }'
}
