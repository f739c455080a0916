#!/usr/bin/env bash
# check_soak.sh BUILD: a short run of tests/soak.c, on two threads.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
NUMRES_SOURCE_DIR=$root "$build/tests/soak" 20000
