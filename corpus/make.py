#!/usr/bin/env python3
"""Writes the large pages of the corpus, the same bytes each time.

many_numbers.json  1,000 numbers in one reservation
long_page.json     25 realistic reservations
long_tokens.json   text, names and numbers far longer than a chunk
"""
import json
import os
import random

PAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pages")


def write(name, text):
    with open(os.path.join(PAGES, name), "w", encoding="utf-8", newline="") as page:
        page.write(text)


def moment(day, second, microsecond):
    return "2024-%02d-%02dT%02d:%02d:%02d.%06dZ" % (
        1 + day // 28, 1 + day % 28, second // 3600, second // 60 % 60, second % 60, microsecond)


def identifier(source):
    digits = "%032x" % source.getrandbits(128)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def many_numbers():
    numbers = [{"phone_number": "+1312555%04d" % at,
                "record_type": "reserved_phone_number",
                "status": "success" if at % 10 else "pending",
                "expired_at": moment(0, 1800 + at, at)} for at in range(1000)]
    reservation = {"id": "1000-numbers", "phone_numbers": numbers, "status": "pending",
                   "record_type": "number_reservation"}
    write("many_numbers.json", json.dumps({"data": reservation}, separators=(",", ":")))


def number(source, status, day, second):
    made = {"id": identifier(source), "record_type": "reserved_phone_number",
            "phone_number": "+1%d%d%04d" % (source.randrange(200, 990), 555, source.randrange(10000)),
            "status": status,
            "created_at": moment(day, second, source.randrange(1000000)),
            "updated_at": moment(day, second + 3, source.randrange(1000000)),
            "expired_at": moment(day, second + 1803, source.randrange(1000000)),
            "errors": "Number is already on hold" if status == "failure" else ""}
    if source.random() < 0.2:
        made["expired"] = source.random() < 0.5
    return made


def reservation(source, at):
    status = source.choice(["success", "success", "success", "pending", "failure"])
    day, second = at // 3, source.randrange(80000)
    numbers = [number(source, status, day, second) for _ in range(source.randrange(1, 6))]
    made = {"id": identifier(source), "record_type": "number_reservation",
            "phone_numbers": numbers, "status": status,
            "customer_reference": source.choice([None, "MY REF %03d" % at, "Büro Köln %d" % at]),
            "created_at": moment(day, second, source.randrange(1000000)),
            "updated_at": moment(day, second + 4, source.randrange(1000000))}
    if status == "failure":
        made["errors"] = "Some numbers could not be reserved"
    return made


def long_page():
    source = random.Random(25)
    page = {"data": [reservation(source, at) for at in range(25)],
            "meta": {"total_pages": 3, "total_results": 55, "page_number": 1, "page_size": 25}}
    write("long_page.json", json.dumps(page, indent=2, ensure_ascii=False) + "\n")


def long_tokens():
    """Written by hand, because escapes and digits are what it is about."""
    kept = "ab\\u00e9\\n\\ud83d\\ude00é😀" * 150
    skipped = "0123456789\\t日本語" * 500
    digits = "7" * 3000
    parts = [
        '{"data":[{"id":"', "i" * 2500, '","customer_reference":"', kept,
        '","unknown":"', skipped, '","', "name" * 1000, '":["', "x" * 5000, '",', digits, ",-0.",
        digits, "e+", digits, '],"\\u0069', "d" * 3000, '":true,"status":"', "s" * 3000,
        '","phone_numbers":[{"id":"', "n" * 4000, '","errors":"', "e" * 17000,
        '","phone_number":', digits, '}]}],"meta":{"page_size":', digits, ',"page_number":1}}\n']
    write("long_tokens.json", "".join(parts))


if __name__ == "__main__":
    many_numbers()
    long_page()
    long_tokens()
