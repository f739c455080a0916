#!/usr/bin/env bash
# check_completions.sh BUILD: loads each file of BUILD/completions in its shell, asks it
# to complete some command lines, and demands exactly the names in the tool's own help.
# It fails for an option, format or command without completion, and for a completion that
# the tool does not know.
set -euo pipefail

build=$(cd "$1" && pwd)
tool=$build/tools/numres
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
# An empty folder, so that no file can be offered.
mkdir "$work/empty"
cd "$work/empty"

# The names in the help.

# start EXPRESSION: prints what matches it after "numres" at the start of a line.
start() {
    "$tool" --help | sed -nE "s/^ +numres ($1)( .*)?\$/\\1/p" | sort -u
}

# options COMMAND: each starts a line.
options() {
    "$tool" "$1" --help | sed -nE 's/^ +(-[a-zA-Z], )?(--[a-z0-9-]+).*/\2/p'
}

# formats COMMAND: those after --format in the usage, separated by bars.
formats() {
    "$tool" "$1" --help | sed -nE 's/^Usage: .*--format ([a-z|]+).*/\1/p' | tr '|' '\n'
}

# values COMMAND OPTION: those after the option, as "one, two or three", which may be
# wrapped, up to a bracket.
values() {
    "$tool" "$1" --help |
        awk -v start="^  $2 [A-Z]+" '
            /^  -/ { inside = sub(start, "") }
            /^[^ ]/ { inside = 0 }
            inside && sub(/ \(.*/, "") { print; inside = 0 }
            inside
        ' | tr -d , | tr ' ' '\n' | grep -vx or || true
}

# What a shell offers. Each prints one word a line for the command line $1.

# Prints bash's offers for the command line $2, whose words are in $1.
offer_in_bash() {
    # In a list, each offer replaces the whole list; only its last value is compared.
    bash --norc --noprofile -c '
        . "$1"
        read -r -a COMP_WORDS <<<"$2"
        case $3 in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _numres numres
        printf "%s\n" "${COMPREPLY[@]}"
    ' bash "$build/completions/numres" "$1" "$2" | sed 's/.*,//'
}

# bash splits --format=csv into three words,
ask_bash() {
    offer_in_bash "${1//=/ = }" "$1"
}

# or none if = is not in COMP_WORDBREAKS. It then replaces the whole word.
ask_bash_without_breaks() {
    offer_in_bash "$1" "$1" | sed "s/^$(grep -oE '[^ ]*=' <<<"$1" || true)//"
}

# zsh completes only in the line editor of an interactive shell. This one runs at a
# pseudo-terminal, completes the line when its editor starts, writes what is added to the
# list into a file, and exits.
cat >"$work/.zshrc" <<'ZSHRC'
# Show a long list without asking, which would wait for an answer.
LISTMAX=1000
[[ -n $SOURCED ]] || fpath=($COMPLETIONS $fpath)
autoload -Uz compinit && compinit -u -d $ZDOTDIR/dump$SOURCED
[[ -z $SOURCED ]] || source <($TOOL completion zsh)
compadd() {
    local -a matches
    # Calls with -A, -D or -O only filter words and add none.
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

# demand LINE: each shell must offer exactly the lines of standard input.
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

# demand_values COMMAND OPTION: the lines of standard input must be offered after the
# option, in both spellings, and after its short name; after a letter, those that start
# with it.
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

# Not in a pipe, since `demand` sets variables that must survive.
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

# Also after words that are not options.
for command in show get; do
    demand "numres $command page.json --" < <(options "$command")
done

# The other options have the same values for all commands.
for option in --color --time --delimiter; do
    demand_values show "$option" < <(values show "$option")
done

# In a list, each value is offered once. A refusal of the tool names the columns.
columns=$( ("$tool" show --columns '?' - 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p" | tr -d , | tr ' ' '\n')
demand "numres show --columns " <<<"$columns"
demand "numres get --columns=id,phone_number," < <(grep -vxE 'id|phone_number' <<<"$columns")
demand "numres list --columns id,res" < <(grep '^res' <<<"$columns")
demand "numres show --status pending," < <(values show --status | grep -vx pending)
demand "numres show --sort e" < <(grep '^e' <<<"$columns")
demand "numres list --sort=-" < <(sed 's/^/-/' <<<"$columns")

# Sourced from numres's output, as in ~/.zshrc.
SOURCED=sourced TOOL=$tool ask_zsh "numres completion " | words |
    diff -u --label "the script that zsh sources" --label "shells" - <(printf '%s\n' bash zsh fish | words) || status=1

# numres prints the files that are installed.
for shell in bash:numres zsh:_numres fish:numres.fish; do
    "$tool" completion "${shell%%:*}" | diff -u "$build/completions/${shell#*:}" - || status=1
done

# The tool accepts the formats in its help, and knows no other.
for command in show check; do
    for format in $(formats "$command"); do
        echo '{"data":[]}' | "$tool" "$command" --quiet --format "$format" >/dev/null || status=1
    done
    known=$( ("$tool" "$command" --format '?' 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p")
    diff -u --label "the formats that numres $command knows" --label "those its help names" \
        <(tr -d , <<<"$known" | tr ' ' '\n' | words) <(formats "$command" | words) || status=1
done

# The help names all statuses that the tool accepts, as its refusal lists them.
taken=$( ("$tool" list --status '?' 2>&1 || true) | sed -n "s/.*known ones are: \(.*\); see .*/\1/p" | tr -d ,)
[ -n "$taken" ] || {
    echo "numres list does not say which statuses it takes" >&2
    status=1
}
diff -u --label "the statuses that numres list takes" --label "those its help names" \
    <(tr ' ' '\n' <<<"$taken" | words) <(values list --status | words) || status=1
exit $status
