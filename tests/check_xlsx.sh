#!/usr/bin/env bash
# check_xlsx.sh BUILD: workbooks of numres show --format xlsx hold, cell by cell, what
# its CSV has: texts as texts, times as times, booleans as booleans, and no formula. They
# are read with Python's zipfile and XML parser and, if soffice is installed, with
# LibreOffice.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Formulas, Excel's escapes, controls, line ends, characters that XML cannot hold, times
# of every kind, rejected values, text as long as numres keeps it.
cat >hostile.json <<'PAGE'
{"data":[
 {"id":"=1+1","customer_reference":"-2;@x","status":"=cmd|' /C calc'!A0","user_id":"+1",
  "created_at":"2026-01-31T12:00:00.999999Z","updated_at":"2026-01-31T00:30:00+01:00",
  "errors":"a\nb\tc, \"d\" <e>&f; g","phone_numbers":[
   {"id":"_x003D_1 _x12_ _xA_ _x12345_ _xZZZZ_","phone_number":"+13125550123","status":"success","expired":true,
    "created_at":"1900-03-01T00:00:00Z","updated_at":"1999-12-31T23:59:60Z","expired_at":null},
   {"id":" blanks ","phone_number":"0012","status":"\u001b[2J","expired":false,"errors":"\uffff\ufffe"},
   {"phone_number":7,"expired":"yes","expired_at":"never"},{}]},
 {"id":"\u0000\u202e\u0085","customer_reference":"\u672d\ud83d\ude00","phone_numbers":[]},
 {"created_at":"2016-12-31T23:59:59Z","updated_at":"9999-12-31T23:59:59Z"}]}
PAGE
printf '{"data":{"id":"%016000d"}}' 0 >long.json
cp "$root/docs/sample.json" "$root/corpus/pages/docs_list.json" .
echo '{"data":[]}' >empty.json

for page in *.json; do
    for format in csv xlsx; do
        options=()
        [ "$format" = xlsx ] || options=(--excel --keep-formulas)
        "$build/tools/numres" show --format "$format" ${options[@]+"${options[@]}"} "$page" \
            >"${page%.json}.$format" 2>/dev/null || [ $? -eq 1 ]
    done
done
# From several files, into a pipe.
"$build/tools/numres" show --format xlsx sample.json hostile.json 2>/dev/null | cat >both.xlsx || [ $? -eq 1 ]
{
    cat sample.csv
    tail -n +2 hostile.csv
} >both.csv

# Selected columns; if none is of a number, one row for each reservation.
columns=created_at,phone_number,reservation_id
"$build/tools/numres" show --format xlsx --columns $columns sample.json >columns.xlsx 2>/dev/null || [ $? -eq 1 ]
"$build/tools/numres" show --format csv --excel --columns $columns sample.json >columns.csv 2>/dev/null || [ $? -eq 1 ]
"$build/tools/numres" show --format xlsx --columns reservation_id sample.json >ids.xlsx 2>/dev/null || [ $? -eq 1 ]
"$build/tools/numres" show --format csv --columns reservation_id sample.json >ids.csv 2>/dev/null || [ $? -eq 1 ]
# In another zone: "AAA" is 90 minutes ahead of UTC.
echo '{"data":{"id":"a","created_at":"2026-01-31T23:00:00Z","updated_at":"9999-12-31T22:30:00Z"}}' |
    TZ=AAA-1:30 "$build/tools/numres" show --format xlsx --time local >zone.xlsx

# A text that is longer than a cell once its characters are escaped.
python3 -c 'print("{\"data\":{\"id\":\"" + "\\u0001" * 6000 + "\"}}")' |
    "$build/tools/numres" show --format xlsx --columns reservation_id >cut.xlsx

# In a zone with summer time, on both sides of its changes, whatever is in force now.
echo '{"data":{"id":"a","created_at":"2018-07-15T12:30:00Z","updated_at":"2018-01-15T12:30:00Z"}}' >page-of-seasons
for now in 2026-01-15 2026-07-15; do
    NUMRES_NOW=${now}T00:00:00Z TZ=EST5EDT,M3.2.0,M11.1.0 \
        "$build/tools/numres" show --format xlsx --time local page-of-seasons >seasons-$now.xlsx
done

cat >compare.py <<'PYTHON'
import csv
import datetime
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def decoded(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda escape: chr(int(escape[1], 16)), text)


def time_formats(book):
    styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iterfind(".//m:numFmt", NAMES)}
    kinds = [f.get("numFmtId") for f in styles.iterfind(".//m:cellXfs/m:xf", NAMES)]
    # 49 is @, the format for text.
    return [codes.get(kind, kind) for kind in kinds]


def value_of(cell, formats):
    kind = cell.get("t")
    style = formats[int(cell.get("s", 0))]
    if kind == "inlineStr":
        assert style == "49", style
        return decoded("".join(part.text or "" for part in cell.iterfind(".//m:t", NAMES)))
    value = cell.find("m:v", NAMES).text
    if kind == "b":
        return {"1": "true", "0": "false"}[value]
    assert kind is None and style == "yyyy-mm-dd hh:mm:ss", (kind, style)
    seconds = round(float(value) * 86400)
    return str(datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds))


def rows_of(name):
    with zipfile.ZipFile(name) as book:
        assert book.testzip() is None
        formats = time_formats(book)
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//m:f", NAMES), "a formula"
    pane = sheet.find(".//m:pane", NAMES)
    assert pane.get("state") == "frozen" and pane.get("ySplit") == "1" and pane.get("xSplit") is None
    rows = []
    for row in sheet.iterfind(".//m:row", NAMES):
        cells = {column_of(c.get("r")): value_of(c, formats) for c in row.iterfind("m:c", NAMES)}
        # A row without cells is left out.
        while len(rows) < int(row.get("r")) - 1:
            rows.append({})
        rows.append(cells)
    widths = [float(w.get("width")) for w in sheet.iterfind(".//m:cols/m:col", NAMES)]
    assert len(widths) == len(rows[0]), widths
    assert all(widths[at] > len(name) for at, name in rows[0].items()), widths
    return rows


# Where a workbook differs from CSV: the header's zone; what XML cannot hold; line ends.
def expected_of(at, value):
    if at == 0:
        return value + " (UTC)" if value.endswith("_at") else value
    return value.replace("\uffff", "\ufffd").replace("\ufffe", "\ufffd").replace("\r\n", "\n")


zone = rows_of("zone.xlsx")
assert [text for text in zone[0].values() if text.endswith(" (AAA)")], zone
assert "2026-02-01 00:30:00" in zone[1].values(), zone
# A time in the year 10000, which Excel has no date for.
assert "9999-12-31T22:30:00Z" in zone[1].values(), zone


cut = rows_of("cut.xlsx")[1][0]
assert cut == "\\u0001" * ((len(cut) - 3) // 6) + "..." and 31900 < len(cut) < 32767, cut[-20:]


SEASONS = {
    "reservation_created_at (EST/EDT)": "2018-07-15 08:30:00",
    "reservation_updated_at (EST/EDT)": "2018-01-15 07:30:00",
}


def check_seasons(rows):
    names, row = rows
    seen = {names[at]: text for at, text in row.items()}
    assert {name: seen[name] for name in SEASONS} == SEASONS, seen


def table_of(name):
    with open(name, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# LibreOffice writes TRUE where the CSV has true.
def seen_by_office(row):
    return {at: text.lower() if text in ("TRUE", "FALSE") else text for at, text in enumerate(row)}


for now in "2026-01-15", "2026-07-15":
    if sys.argv[1] == "office":
        check_seasons([dict(enumerate(row)) for row in table_of("office/seasons-" + now + ".csv")])
    else:
        check_seasons(rows_of("seasons-" + now + ".xlsx"))

cells = 0
for name in sys.argv[2:]:
    wanted = table_of(name + ".csv")
    if sys.argv[1] == "office":
        found = [seen_by_office(row) for row in table_of("office/" + name + ".csv")]
    else:
        found = rows_of(name + ".xlsx")
    while len(found) < len(wanted):
        found.append({})
    assert len(found) == len(wanted), (name, len(found), len(wanted))
    for at, (row, texts) in enumerate(zip(found, wanted)):
        for column, text in enumerate(texts):
            cells += 1
            text = expected_of(at, text)
            assert row.get(column, "") == text, (name, at, column, row.get(column, ""), text)
assert cells > 200, cells
PYTHON
names=()
for page in *.xlsx; do
    [[ "$page" = zone.xlsx || "$page" = cut.xlsx || "$page" = seasons-* ]] || names+=("${page%.xlsx}")
done
python3 compare.py file "${names[@]}"

# One process of LibreOffice converts all of them, with ISO times, as the CSV has them.
soffice --headless -env:UserInstallation="file://$work/office" --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' --outdir office ./*.xlsx >office.log 2>&1 ||
    {
        cat office.log >&2
        exit 1
    }
python3 compare.py office "${names[@]}"
