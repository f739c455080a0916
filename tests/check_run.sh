#!/usr/bin/env bash
# check_run.sh BUILD: if scripts/run or scripts/test cannot make its build directory, as
# in somebody else's clone, it says so and installs nothing.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

cp -r "$root/scripts" "$work"
# A file in its place stops everyone, even root.
touch "$work/build" "$work/build-test-optimized"

# demand SCRIPT DIRECTORY
demand() {
    local words code=0
    words=$("$work/scripts/$1" 2>&1 </dev/null) || code=$?
    if [ "$code" -eq 0 ] || [ "$words" != "$2/ cannot be made in $work: run this in a copy of the sources that is writable for you." ]; then
        printf 'scripts/%s ended with %d and said:\n%s\n' "$1" "$code" "$words" >&2
        status=1
    fi
}

demand run build
demand test build-test-optimized
exit $status
