#!/usr/bin/env bash
# check_cookbook.sh BUILD [TITLE]: runs the recipes of docs/cookbook.md, or only those
# whose title contains TITLE. Each runs in a bash, in its own folder and against its own
# API server. What its sh block prints, on either output, must be in a text block after
# it, without carriage returns, and it must exit with 0. A crontab block is run as cron
# would run it and must print nothing, since cron would mail it. Comments in the page,
# one a line, add details:
#
#     <!-- before: COMMAND -->    prepares the folder; must succeed
#     <!-- after: COMMAND -->     checks the recipe's effect
#     <!-- exit: N -->            the sh block ends with N
#     <!-- server: OPTION... -->  options of the server
#     <!-- input: TEXT -->        a line of standard input for the sh block
#     <!-- needs: COMMAND -->     the recipe is skipped, with a message, if this fails
#
# $REQUESTS is the server's log, $CRON the command of the crontab, $ROOT the sources;
# programs in the folder's bin/ take precedence. The folder is shown as /home/you.
# NUMRES_COOKBOOK=write writes the output into the page. Review it like code.
set -euo pipefail

build=$(cd "$1" && pwd)
wanted=${2-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$root/docs/cookbook.md
. "$root/scripts/setup.sh" # which uses $root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
recipes=0

mkdir "$work/bin"
ln -s "$build/tools/numres" "$work/bin/numres"

# DuckDB's shell, as far as the recipes need it: duckdb -csv -noheader -c STATEMENT.
if ! command -v duckdb >/dev/null && [ -x "$build/examples/arrow_duckdb" ] &&
    library=$(duckdb_library); then
    cat >"$work/bin/duckdb" <<-END
		#!/bin/sh
		[ "\$*" = "-csv -noheader -c \$4" ] || exit 2
		"$build/examples/arrow_duckdb" "$library" "$root/docs/sample.json" \\
		    "\$(printf '%s' "\$4" | tr '\\n' ' ')" | tr '\\t' ,
	END
    chmod +x "$work/bin/duckdb"
fi
export PATH=$work/bin:$PATH

wrong() {
    printf 'docs/cookbook.md, "%s": %s\n' "$title" "$1" >&2
    status=1
}

# A free port, a folder, and an otherwise empty environment.
start_recipe() {
    local options=() port
    eval "options=($server)"
    folder=$work/$recipes
    mkdir -p "$folder/bin"
    coproc SERVER {
        exec "$build/tests/server/api_server" --key key-of-the-cookbook \
            --log "$folder.requests" ${options[@]+"${options[@]}"}
    }
    read -r port <&"${SERVER[0]}"
    control=${SERVER[1]}
    process=$SERVER_PID
    surroundings=("PATH=$folder/bin:$PATH" "HOME=$folder" TZ=UTC LC_ALL=C.UTF-8 "ROOT=$root"
        NUMRES_NOW=2017-12-31T23:55:00Z "TELNYX_BASE_URL=http://127.0.0.1:$port/v2"
        "REQUESTS=$folder.requests" "CRON=$folder.cron")
    run_all before "${before[@]+"${before[@]}"}"
}

# in_folder [NAME=VALUE...] COMMAND: runs it for the recipe, with a time limit.
in_folder() {
    (cd "$folder" && exec timeout 20 env -i "${surroundings[@]}" "$@")
}

# run_all WHEN COMMAND...
run_all() {
    local when=$1 command
    shift
    for command in "$@"; do
        in_folder TELNYX_API_KEY=key-of-the-cookbook bash -euo pipefail -c "$command" \
            </dev/null >"$work/said" 2>&1 || {
            cat "$work/said" >&2
            wrong "fails $when: $command"
        }
    done
}

run_block() {
    local code=0
    blocks=$((blocks + 1))
    [ "$blocks" = 1 ] || return 0
    start_recipe
    in_folder TELNYX_API_KEY=key-of-the-cookbook bash -euo pipefail "$work/block" \
        <<<"$input" >"$work/said" 2>&1 || code=$?
    tr -d '\r' <"$work/said" | sed "s|$folder|/home/you|g" >"$work/printed"
    [ "$code" = "$expected" ] || wrong "ends with $code, not with $expected"
}

# Lines with five fields for the time are run; others set variables.
run_crontab() {
    sed -nE 's/^([*0-9][^ ]* +){5}//p' "$work/block" >"$folder.cron"
    [ -s "$folder.cron" ] || wrong 'the crontab runs nothing'
    in_folder sh "$folder.cron" </dev/null >"$work/mail" 2>&1 || wrong 'what cron runs fails'
    [ ! -s "$work/mail" ] || {
        cat "$work/mail" >&2
        wrong 'what cron runs prints something'
    }
}

begin_recipe() {
    title=$1
    blocks=0
    expected=0
    server=
    input=
    before=()
    after=()
    is_run=true
    [[ $title == *"$wanted"* ]] || is_run=false
    recipes=$((recipes + 1))
}

end_recipe() {
    [ -n "${title-}" ] && $is_run || return 0
    [ "$blocks" = 1 ] || wrong "has $blocks sh blocks, not one"
    [ "$blocks" -gt 0 ] || return 0
    run_all after "${after[@]+"${after[@]}"}"
    exec {control}>&-
    wait "$process"
}

take_comment() {
    local value=${1#*: }
    value=${value% -->}
    case $1 in
    "<!-- before: "*) before+=("$value") ;;
    "<!-- after: "*) after+=("$value") ;;
    "<!-- exit: "*) expected=$value ;;
    "<!-- server: "*) server=$value ;;
    "<!-- input: "*) input=$value ;;
    "<!-- needs: "*)
        if $is_run && ! ROOT=$root bash -c "$value" >/dev/null 2>&1; then
            printf 'check_cookbook: skipped "%s": %s fails\n' "$title" "$value" >&2
            is_run=false
        fi
        ;;
    *) wrong "no such comment: $1" ;;
    esac
}

end_block() {
    is_old=false
    case $language in
    sh)
        run_block
        if [ -s "$work/printed" ]; then
            # shellcheck disable=SC2016
            printf '\n```text\n%s\n```\n' "$(cat "$work/printed")"
        fi
        is_old=true
        ;;
    crontab) run_crontab ;;
    esac
}

# Writes the page with the current output; the text block after an sh block is the old
# one.
language=
is_old=false
blank=false
while IFS= read -r line; do
    if [ -n "$language" ]; then
        if [ "$line" = '```' ]; then
            $is_dropped || echo "$line"
            ! $is_run || end_block
            language=
        else
            printf '%s\n' "$line" >>"$work/block"
            $is_dropped || printf '%s\n' "$line"
        fi
        continue
    fi
    if [ -z "$line" ]; then
        ! $blank || echo
        blank=true
        continue
    fi
    is_dropped=false
    case $line in
    '```text') is_dropped=$is_old ;;
    '## '* | '### '*)
        end_recipe
        title=
        is_run=false
        [[ $line == '## '* ]] || begin_recipe "${line#\#\#\# }"
        ;;
    '<!-- '*) take_comment "$line" ;;
    esac
    if [[ $line == '```'* ]]; then
        language=${line#\`\`\`}
        : >"$work/block"
    fi
    is_old=false
    $is_dropped || {
        ! $blank || echo
        printf '%s\n' "$line"
    }
    blank=false
done <"$page" >"$work/page"
end_recipe

title=
[ "$recipes" -ge 20 ] || wrong 'there are fewer than twenty recipes'
if [ "${NUMRES_COOKBOOK-}" = write ]; then
    cp "$work/page" "$page"
fi
diff -u --label docs/cookbook.md --label 'what the recipes print' "$page" "$work/page" >&2 ||
    status=1
exit $status
