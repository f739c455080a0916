#!/usr/bin/env bash
# check_completions.sh BUILD: loads each file of BUILD/completions in its shell,
# asks it what fits after some command lines, and demands just what the
# tool's own help names: an option, format or command without completion
# fails here, and so does a completion that the tool does not know.
set -euo pipefail

build=$(cd "$1" && pwd)
tool=$build/tools/numres
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
# No file is there that could be offered.
mkdir "$work/empty"
cd "$work/empty"

# What the help names.

# start EXPRESSION: what fits it and follows "numres" at a line's start.
start() {
    "$tool" --help | sed -nE "s/^ +numres ($1)( .*)?\$/\\1/p" | sort -u
}

# options COMMAND: each stands at the start of a line of its own.
options() {
    "$tool" "$1" --help | sed -nE 's/^ +(-[a-zA-Z], )?(--[a-z0-9-]+).*/\2/p'
}

# formats COMMAND: after --format, in the usage with bars between.
formats() {
    "$tool" "$1" --help | sed -nE 's/^Usage: .*--format ([a-z|]+).*/\1/p' | tr '|' '\n'
}

# values COMMAND OPTION: what stands after it, as "one, two or three", wrapped, and before
# a bracket.
values() {
    "$tool" "$1" --help |
        awk -v start="^  $2 [A-Z]+" '
            /^  -/ { inside = sub(start, "") }
            /^[^ ]/ { inside = 0 }
            inside && sub(/ \(.*/, "") { print; inside = 0 }
            inside
        ' | tr -d , | tr ' ' '\n' | grep -vx or || true
}

# What a shell offers: each prints one word a line for command line $1.

# Offers for the command line $2, whose words stand in $1.
offer_in_bash() {
    # Each replaces all of a list, of which the last counts here.
    bash --norc --noprofile -c '
        . "$1"
        read -r -a COMP_WORDS <<<"$2"
        case $3 in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _numres numres
        printf "%s\n" "${COMPREPLY[@]}"
    ' bash "$build/completions/numres" "$1" "$2" | sed 's/.*,//'
}

# bash takes --format=csv for three words,
ask_bash() {
    offer_in_bash "${1//=/ = }" "$1"
}

# and for one where = is not in COMP_WORDBREAKS. It then replaces all of it.
ask_bash_without_breaks() {
    offer_in_bash "$1" "$1" | sed "s/^$(grep -oE '[^ ]*=' <<<"$1" || true)//"
}

# zsh completes only in the line editor of an interactive shell: one sits at a
# pseudo-terminal, completes the line as its editor starts, notes in a file what
# is added to the list, and leaves.
cat >"$work/.zshrc" <<'ZSHRC'
# A long list is shown without a question, which would be waited for.
LISTMAX=1000
[[ -n $SOURCED ]] || fpath=($COMPLETIONS $fpath)
autoload -Uz compinit && compinit -u -d $ZDOTDIR/dump$SOURCED
[[ -z $SOURCED ]] || source <($TOOL completion zsh)
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
    ZDOTDIR=$work COMPLETIONS=$build/completions LINE=$1 FOUND=$work/found TERM=dumb \
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
    ' "$build/completions/numres.fish" "$1" 2>&1 | cut -f 1 | sed 's/^--[a-z-]*=//; s/.*,//'
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
    for shell in bash bash_without_breaks zsh fish; do
        "ask_$shell" "$1" | words >"$work/offered" || true
        diff -u --label "what the help names for '$1'" --label "what $shell offers" \
            "$work/wanted" "$work/offered" || status=1
    done
}

# demand_values COMMAND OPTION: after the option, in both spellings, and after its short
# name fits what standard input holds; after a letter, what starts with it.
demand_values() {
    local values letter short
    values=$(words)
    short=$("$tool" "$1" --help | sed -nE "s/^ +(-[a-zA-Z]), $2( .*)?\$/\\1/p")
    [ -z "$short" ] || demand "numres $1 $short " <<<"$values"
    letter=${values:0:1}
    demand "numres $1 $2 " <<<"$values"
    demand "numres $1 $2=" <<<"$values"
    demand "numres $1 $2 $letter" < <(grep "^$letter" <<<"$values")
    demand "numres $1 $2=$letter" < <(grep "^$letter" <<<"$values")
    demand "numres $1 --quiet $2=$letter" < <(grep "^$letter" <<<"$values")
}

# Not through pipes: what demand sets must stay.
demand "numres " < <(start '[a-z]+')
demand "numres h" < <(echo help)
demand "numres --" < <(start '--[a-z]+')
demand "numres help " < <(start '[a-z]+')
demand "numres completion " < <(printf '%s\n' bash zsh fish)
for command in $(start '[a-z]+' | grep -vx help); do
    demand "numres $command --" < <(options "$command")
    if formats "$command" | grep -q .; then
        demand_values "$command" --format < <(formats "$command")
    fi
    if values "$command" --status | grep -q .; then
        demand_values "$command" --status < <(values "$command" --status)
    fi
done

# Also after words that are no options.
for command in show get; do
    demand "numres $command page.json --" < <(options "$command")
done

# The others have the same values everywhere.
for option in --color --time --delimiter; do
    demand_values show "$option" < <(values show "$option")
done

# Of several values each is offered once. Names of columns are told by the refusal.
columns=$( ("$tool" show --columns '?' - 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p" | tr -d , | tr ' ' '\n')
demand "numres show --columns " <<<"$columns"
demand "numres get --columns=id,phone_number," < <(grep -vxE 'id|phone_number' <<<"$columns")
demand "numres list --columns id,res" < <(grep '^res' <<<"$columns")
demand "numres show --status pending," < <(values show --status | grep -vx pending)
demand "numres show --sort e" < <(grep '^e' <<<"$columns")
demand "numres list --sort=-" < <(sed 's/^/-/' <<<"$columns")

# Sourced from what numres prints, as in ~/.zshrc.
SOURCED=sourced TOOL=$tool ask_zsh "numres completion " | words |
    diff -u --label "the script that zsh sources" --label "shells" - <(printf '%s\n' bash zsh fish | words) || status=1

# What numres prints is what is installed.
for shell in bash:numres zsh:_numres fish:numres.fish; do
    "$tool" completion "${shell%%:*}" | diff -u "$build/completions/${shell#*:}" - || status=1
done

# The formats that the help names are taken, and no other is known.
for command in show check; do
    for format in $(formats "$command"); do
        echo '{"data":[]}' | "$tool" "$command" --quiet --format "$format" >/dev/null || status=1
    done
    known=$( ("$tool" "$command" --format '?' 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p")
    diff -u --label "the formats that numres $command knows" --label "those its help names" \
        <(tr -d , <<<"$known" | tr ' ' '\n' | words) <(formats "$command" | words) || status=1
done

# The help names the statuses that the tool takes: its refusal names them all.
taken=$( ("$tool" list --status '?' 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p" | tr -d ,)
[ -n "$taken" ] || {
    echo "numres list does not say which statuses it takes" >&2
    status=1
}
diff -u --label "the statuses that numres list takes" --label "those its help names" \
    <(tr ' ' '\n' <<<"$taken" | words) <(values list --status | words) || status=1
exit $status
