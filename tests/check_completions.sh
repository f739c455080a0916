#!/usr/bin/env bash
# check_completions.sh BUILD: loads each file of completions/ in its shell,
# asks it what fits behind some command lines, and demands just what the
# tool's own help names: an option, format or command without completion
# fails here, and so does a completion that the tool does not know.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$build/tools/numres
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
# No file is there that could be offered.
mkdir "$work/empty"
cd "$work/empty"

# What the help names.

# start EXPRESSION: what fits it and stands behind "numres" at a line's start.
start() {
    "$tool" --help | sed -nE "s/^ +numres ($1)( .*)?\$/\\1/p" | sort -u
}

# options COMMAND: each stands at the start of a line of its own.
options() {
    "$tool" "$1" --help | sed -nE 's/^ +(-[a-z], )?(--[a-z0-9-]+).*/\2/p'
}

# formats COMMAND: behind --format, in the usage with bars between.
formats() {
    "$tool" "$1" --help | grep -oE -e '--format[ =][a-z|]+' | sed 's/^--format.//' | tr '|' '\n'
}

# What a shell offers: each prints one word a line for command line $1.

ask_bash() {
    bash --norc --noprofile -c '
        . "$1"
        read -r -a COMP_WORDS <<<"$2"
        case $2 in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _numres numres
        printf "%s\n" "${COMPREPLY[@]}"
    ' bash "$root/completions/numres.bash" "$1"
}

# zsh completes only in the line editor of an interactive shell: one sits at a
# pseudo-terminal, completes the line as its editor starts, notes in a file what
# is added to the list, and leaves.
cat >"$work/.zshrc" <<'ZSHRC'
fpath=($COMPLETIONS $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
    local -a matches
    # Calls with -A, -D or -O only sift words and add none.
    if [[ -z ${(M)@:#-[ADO]*} ]]; then
        builtin compadd -O matches "$@"
        print -rl -- $matches >>$FOUND
    fi
    builtin compadd "$@"
}
complete_and_leave() {
    BUFFER=$LINE
    CURSOR=$#BUFFER
    zle list-choices
    BUFFER=exit
    zle accept-line
}
zle -N zle-line-init complete_and_leave
zle -C list-choices list-choices _main_complete
ZSHRC

ask_zsh() {
    : >"$work/found"
    ZDOTDIR=$work COMPLETIONS=$root/completions LINE=$1 FOUND=$work/found TERM=dumb \
        timeout 60 zsh -f -c '
            zmodload zsh/zpty
            zpty editor zsh -d -i
            while zpty -r editor said; do :; done
        ' </dev/null >/dev/null
    cat "$work/found"
}

ask_fish() {
    HOME=$work XDG_CONFIG_HOME=$work fish --no-config -c '
        source $argv[1]
        complete -C $argv[2]
    ' "$root/completions/numres.fish" "$1" | cut -f 1
}

words() {
    grep . | sort -u
}

# demand LINE: each shell offers just what standard input holds.
demand() {
    local shell
    words >"$work/wanted"
    [ -s "$work/wanted" ] || {
        echo "the help names nothing for '$1'" >&2
        status=1
    }
    for shell in bash zsh fish; do
        "ask_$shell" "$1" | words >"$work/offered" || true
        diff -u --label "what the help names for '$1'" --label "what $shell offers" \
            "$work/wanted" "$work/offered" || status=1
    done
}

# Not through pipes: what demand sets must stay.
demand "numres " < <(start '[a-z]+')
demand "numres --" < <(start '--[a-z]+')
for command in $(start '[a-z]+'); do
    demand "numres $command --" < <(options "$command")
    demand "numres $command page.json --" < <(options "$command")
    if formats "$command" | grep -q .; then
        demand "numres $command --format " < <(formats "$command")
    fi
done
exit $status
