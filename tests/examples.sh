#!/usr/bin/env bash
# examples.sh TOOL FILE: prints FILE, a man page or Markdown, with the output that TOOL
# really prints in its examples. An example is a literal block of mdoc (.Bd -literal to
# .Ed) or a ```console block whose first line starts with "$ ". Such lines are commands,
# and so is a line after one that ends in \; the rest is output. The commands of a block
# run in one bash, with standard error shown together with standard output. They find the
# corpus, docs/, the files of the man page such as page.json, and a stand-in for curl.
# Carriage returns are dropped.
#
#     diff FILE <(tests/examples.sh TOOL FILE)      checks FILE
#     scripts/regenerate-examples                   writes man page, README and docs
set -euo pipefail

tool=$(readlink -f "$1")
file=$(readlink -f "$2")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin" "$work/here" "$work/here/scripts"
ln -s "$tool" "$work/bin/numres"
ln -s "$tool" "$work/here/scripts/run"
ln -s "$root/corpus" "$root/docs" "$work/here"
printf '#!/bin/sh\nexec cat "%s"\n' "$root/corpus/pages/docs_list.json" >"$work/bin/curl"
chmod +x "$work/bin/curl"
cp "$root/corpus/pages/docs_list.json" "$work/here/page.json"
cp "$root/corpus/pages/error_already_reserved.json" "$work/here/refused.json"
sed 's/"status": "pending"/"status": "on_hold"/' "$work/here/page.json" >"$work/here/odd.json"

case $file in
*.[1-9]) begins='^\.Bd -literal' ends='^\.Ed' ;;
*) begins='^```console' ends='^```$' ;;
esac

# Makes text of the file plain, and the reverse.
plain() {
    case $file in
    *.[1-9]) sed -e 's/^\\&//' -e 's/\\(aq/'"'"'/g' -e 's/\\(ti/~/g' -e 's/\\(ha/^/g' \
        -e 's/\\(ga/`/g' -e 's/\\-/-/g' -e 's/\\e/\\/g' ;;
    *) cat ;;
    esac
}

as_in_file() {
    case $file in
    *.[1-9]) sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e 's/'"'"'/\\(aq/g' -e 's/~/\\(ti/g' \
        -e 's/\^/\\(ha/g' -e 's/`/\\(ga/g' -e 's/^\./\\\&./' ;;
    *) cat ;;
    esac
}

# Runs the commands in $work/block in one bash, and prints the output of each after its
# lines.
run_block() {
    awk '
        continued || /^\$ / {
            line = continued ? $0 : substr($0, 3)
            gsub(/\047/, "\047\\\047\047", line)
            text = text (continued ? "\n" : "") line
            continued = $0 ~ /\\$/
            if (!continued) {
                print "example \047" text "\047"
                text = ""
            }
        }
    ' "$work/block" >"$work/commands"
    (
        cd "$work/here"
        env -u NO_COLOR -u CLICOLOR_FORCE -u PAGER -u LESS TELNYX_API_KEY=key \
            LC_ALL=C.UTF-8 PATH="$work/bin:$PATH" bash -c '
                status=0
                example() {
                    printf "$ %s\n" "$1"
                    (exit "$status")
                    eval "$1"
                    status=$?
                }
                . "$0"
            ' "$work/commands" 2>&1 </dev/null || true
    ) | tr -d '\r'
}

end_block() {
    plain <"$work/lines" >"$work/block"
    if head -n 1 "$work/block" | grep -q '^\$ '; then
        run_block | as_in_file
    else
        cat "$work/lines"
    fi
}

inside=false
while IFS= read -r line; do
    if $inside && [[ $line =~ $ends ]]; then
        end_block
        inside=false
    fi
    if $inside; then
        printf '%s\n' "$line" >>"$work/lines"
    else
        printf '%s\n' "$line"
    fi
    if [[ $line =~ $begins ]]; then
        inside=true
        : >"$work/lines"
    fi
done <"$file"
