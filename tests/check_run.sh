#!/usr/bin/env bash
# check_run.sh BUILD: if scripts/run or scripts/test cannot make its build directory, as
# in somebody else's clone, it says so and installs nothing; scripts/test refuses arguments
# that it does not know. With --help, every script
# explains itself and does nothing else.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

cp -r "$root/scripts" "$work"
# A file in its place stops everyone, even root.
touch "$work/build" "$work/build-test-optimized"

# demand COMMAND DIRECTORY
demand() {
    local words code=0
    # The arguments are words: they are meant to be split.
    # shellcheck disable=SC2086
    words=$("$work"/scripts/$1 2>&1 </dev/null) || code=$?
    if [ "$code" -eq 0 ] || [ "$words" != "$2/ cannot be made in $work: run this in a copy of the sources that is writable for you." ]; then
        printf 'scripts/%s ended with %d and said:\n%s\n' "$1" "$code" "$words" >&2
        status=1
    fi
}

demand run build
demand test build-test-optimized

touch "$work/build-debug"
demand "test --suite lib" build-debug
for arguments in --suite "--suite other" "--suite lib more" "--full more" more; do
    code=0
    # The arguments are words: they are meant to be split.
    # shellcheck disable=SC2086
    "$work/scripts/test" $arguments >/dev/null 2>&1 </dev/null || code=$?
    if [ "$code" -ne 2 ]; then
        echo "scripts/test $arguments ended with $code" >&2
        status=1
    fi
done

for script in "$work"/scripts/*; do
    name=scripts/${script##*/}
    # The arguments of scripts/run are those of numres.
    { [ -x "$script" ] && [ "$name" != scripts/run ]; } || continue
    words=$("$script" --help 2>&1 </dev/null) || status=1
    case $words in
    "$name"* | "usage: $name"*) ;;
    *)
        printf '%s --help said:\n%s\n' "$name" "$words" >&2
        status=1
        ;;
    esac
done
exit $status
