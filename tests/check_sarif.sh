#!/usr/bin/env bash
# check_sarif.sh BUILD: the output of numres check --format sarif is valid by SARIF's
# JSON schema, and every column is right when the file is read as UTF-16. If the schema
# is not in build-sarif/ and scripts/setup.sh cannot fetch it, that part is skipped with
# a message.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/setup.sh" # which uses $root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Problems in lines of several kinds, errors of the input and of the API, and no file at
# all.
cd "$work"
cp "$root/docs/sample.json" "$root/corpus/pages/error_not_found.json" .
printf '{"data":[\n\t{"customer_reference":"\xe6\x9c\xad\xf0\x9f\x98\x80","status":"odd {0}"}]}\n' >'a b.json'
head -c 300 sample.json >cut.json
"$build/tools/numres" check --quiet --format sarif sample.json 'a b.json' cut.json \
    error_not_found.json none.json >all.sarif 2>messages || [ $? -eq 4 ]
"$build/tools/numres" check --quiet --format sarif </dev/null >empty.sarif || [ $? -eq 3 ]

schema=$(sarif_schema) || say "Skipped: there is no schema of SARIF"
# The system's Python, for which setup.sh installs the modules.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$python" - "$schema" all.sarif empty.sarif <<'PYTHON'
import json
import sys
from urllib.parse import unquote

schema = sys.argv[1]
results = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        log = json.load(file)
    if schema:
        import jsonschema

        with open(schema, encoding="utf-8") as file:
            jsonschema.Draft4Validator(json.load(file)).validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        results += 1
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
        place = result["locations"][0]["physicalLocation"]
        if result["ruleId"] not in ("unknown-status", "wrong-type"):
            continue
        with open(unquote(place["artifactLocation"]["uri"]), encoding="utf-8") as file:
            line = file.read().split("\n")[place["region"]["startLine"] - 1]
        before = 2 * (place["region"]["startColumn"] - 1)
        rest = line.encode("utf-16-le")[before:].decode("utf-16-le")
        assert rest.startswith('"odd') or rest.startswith('"released'), rest
assert results >= 5, results
PYTHON
