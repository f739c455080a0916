#!/usr/bin/env bash
# check_links.sh: the links of all Markdown files lead to existing files and headings.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
status=0

# The anchors that GitHub makes from the headings of file $1.
anchors() {
    awk '/^```/ { inside = !inside } /^#+ / && !inside' "$1" | sed 's/^#* //' |
        tr '[:upper:]' '[:lower:]' | sed -e 's/[^a-z0-9 _-]//g' -e 's/ /-/g'
}

# The link targets in file $1, except those in blocks and code.
targets() {
    awk '/^```/ { inside = !inside } !inside' "$1" | tr '\n' ' ' | sed 's/`[^`]*`//g' |
        grep -oE '\]\([^)]+\)' | sed 's/^](\(.*\))$/\1/' || true
}

cd "$root"
for page in *.md docs/*.md .github/*.md .github/*/*.md corpus/*.md fuzz/*.md; do
    [ -f "$page" ] || continue
    while read -r target; do
        case $target in
        "" | http://* | https://* | mailto:*) continue ;;
        esac
        file=$page
        if [ "${target%%#*}" != "" ]; then
            file=$(dirname "$page")/${target%%#*}
        fi
        if ! [ -e "$file" ]; then
            printf '%s: the link to %s leads nowhere\n' "$page" "$target" >&2
            status=1
        elif [[ $target == *#* ]] && ! grep -qxF -e "${target#*#}" <(anchors "$file"); then
            printf '%s: %s has no such heading\n' "$page" "$target" >&2
            status=1
        fi
    done < <(targets "$page")
done
exit $status
