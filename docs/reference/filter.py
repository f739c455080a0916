#!/usr/bin/env python3
"""filter.py HEADER: prints a public header as doxygen wants it.

The headers' comments are plain. Here they become doxygen's. One behind code belongs to
it; one above several declarations without a blank line between belongs to each. The
tables of numres/members.h and numres/statuses.h become the constants that the compiler
makes of them, and give the fields of the records their text.
"""

import pathlib
import re
import sys

HEADER = pathlib.Path(sys.argv[1])
TABLES = pathlib.Path(__file__).resolve().parents[2] / "include" / "numres"
TEXT_OF_ENUMERATION = {
    "numres_reservation_member": "Numbers of a reservation's members.",
    "numres_phone_number_member": "Numbers of a phone number's members.",
    "numres_meta_member": "Numbers of the members of meta.",
    "numres_api_error_member": "Numbers of an API error's members.",
}
MASKS = {
    "present": "Bit N: member number N was there.",
    "null": "Bit N: the value of member number N was null.",
    "invalid": "Bit N: the value of member number N was rejected.",
}
USE_OF_TABLE = re.compile(r"\s+(NUMRES_\w+_(?:MEMBERS|RECORD)|NUMRES_STATUSES)\(NUMRES_(?:NUMBER|STATUS)_\w+"
                          r"(?:, NUMRES_NUMBER_\w+)?\)(.*)")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
ROW_OF_MEMBER = re.compile(r'(?:VALUE|CONTAINER)\((\w+),\s+(\w+), (\d+),([^"]*)"(\w+)"')
ROW_OF_STATUS = re.compile(r'STATUS\((\w+), (\d+), "(\w+)"')


def constants(table):
    """The lines that declare the constants of one table, or of all that make a record."""
    if table == "NUMRES_API_ERROR_RECORD":
        return [line for part in ("", "_SOURCE", "_META", "_OTHER")
                for line in constants(f"NUMRES_API_ERROR{part}_MEMBERS")]
    file = TABLES / ("statuses.h" if table == "NUMRES_STATUSES" else "members.h")
    body = re.search(rf"#define {table}\(.*?\n\n", file.read_text(), re.S).group()
    if table == "NUMRES_STATUSES":
        return [f'    NUMRES_STATUS_{name} = {number}, /* The word "{word}". */'
                for name, number, word in ROW_OF_STATUS.findall(body)]
    return [f'    NUMRES_{record}_{name} = {number}, /* The member "{word}". */'
            for record, name, number, _, word in ROW_OF_MEMBER.findall(body)]


def with_constants(text):
    """Replaces the uses of the tables inside enumerations."""
    text = text.replace(" NUMRES_ENUM_TYPE {", " {").replace("} NUMRES_ENUM_SIZE ", "} ")
    lines = []
    for line in text.split("\n"):
        used = USE_OF_TABLE.fullmatch(line)
        lines += constants(used.group(1)) if used else [line]
        if used and used.group(2).strip():
            lines += [f"    {used.group(2).strip()} /* Any other text. */"]
    for name, said in TEXT_OF_ENUMERATION.items():
        lines = [f"/* {said} */\n{line}" if line == f"typedef enum {name} {{" else line
                 for line in lines]
    return "\n".join(lines)


def without_private(text):
    """Leaves out the macros that make the constants, and the sums that count them."""
    text = re.sub(r"(_COUNT) =\s+[01] (?:NUMRES_\w+\([\w, ]*\)\s*)+", r"\1", text)
    return re.sub(r"#define NUMRES_(?:NUMBER|ONE_MORE|STATUS_CONSTANT|STATUS_ONE_MORE)\w*\("
                  r"(?:.*\\\n)*.*\n", "", text)


def with_fields(text):
    """Gives the masks and the fields of the records their text, where they have none."""
    members = (TABLES / "members.h").read_text()
    names = {row[3].strip(" ,"): row[4] for row in ROW_OF_MEMBER.findall(members)
             if row[3].strip(" ,")}
    masks = "".join(f"    uint32_t {mask}; /* {said} */\n" for mask, said in MASKS.items())
    text = text.replace("    uint32_t present, null, invalid;\n", masks)

    def field(match):
        name = names.get(match.group(2))
        return f'{match.group(1)} /* The member "{name}". */\n' if name else match.group()

    structs = r"typedef struct numres_(?:reservation|phone_number|api_error) \{.*?\n\}"
    return re.sub(structs, lambda struct: re.sub(r"(?<=[^/]\n)(    numres_\w+ (\w+);)\n", field,
                                                 struct.group(), flags=re.S), text, flags=re.S)


def with_shared_comments(text):
    """Repeats a comment for each declaration under it."""
    lines, comment, last_is_code = [], "", False
    for block in re.split(r"(?m)(^\s*/\*.*?\*/\n)", text, flags=re.S):
        if re.match(r"\s*/\*", block):
            comment, last_is_code = block, False
            lines.append(block)
            continue
        for line in block.splitlines(keepends=True):
            declares = re.match(r"(NUMRES_API|#define|    (const |numres_|u?int|size_t|bool)\S* ?)",
                                line)
            own = re.search(r"/\*.*?(\*/|$)", line)
            if declares and not own and last_is_code:
                lines.append(comment)
            if own:
                comment = "    " + own.group() + "\n" if own.group(1) else ""
            if not line.strip() or line.startswith(("}", "typedef", "static")):
                comment, last_is_code = "", False
            elif line.rstrip().endswith((";", "*/")) or line.startswith("#define"):
                last_is_code = comment != ""
            lines.append(line)
    return "".join(lines)


def with_comments(text):
    """Plain comments become doxygen's, with nothing in them that it takes for a command."""
    text = COMMENT.sub(lambda match: re.sub(r"([\\@<>#%&])", r"\\\1", match.group()), text)
    text = re.sub(r"(?m)^(\s*)/\*", r"\1/**", text)
    text = re.sub(r"(?m)^(\s*[^\s/].*?\s)/\*(?!\*)", r"\1/**<", text)
    return re.sub(r"\A/\*\*", "/** @file\n *", text)


def main():
    text = HEADER.read_text()
    for step in (with_constants, without_private, with_fields, with_shared_comments,
                 with_comments):
        text = step(text)
    print(text, end="")


main()
