#!/usr/bin/env bash
# check_corpus.sh: the trace of each page of the corpus starts with the rule that the
# page shows, and corpus/README.md has the index of these rules.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0

index=$(scripts/regenerate-traces --index)
for page in corpus/pages/*.json; do
    name=${page##*/}
    name=${name%.json}
    if [[ $index != *"| \`$name\` | "* ]]; then
        echo "corpus/pages/$name.trace begins with no rule of a group: # GROUP: RULE" >&2
        status=1
    fi
done

if ! diff <(sed -n '/<!-- rules: begin -->/,/<!-- rules: end -->/{//!p}' corpus/README.md) \
    <(printf '%s\n\n' "$index"); then
    echo "corpus/README.md differs from its traces: run scripts/regenerate-traces" >&2
    status=1
fi
exit $status
