#!/usr/bin/env bash
# check_codes.sh BUILD: docs/codes.md has a section for every public code, in the order
# of their numbers, with the code's number and sentence. Each example gives its code and
# prints what the block after it shows. check_codes.sh BUILD --write writes names,
# numbers and sentences into the existing sections, and the output after the examples.
#
# A section is "### NAME", a line that begins with `NUMRES_NAME`, and an example: a json
# block (the input), an sh block (it prints the input) or a c block (the body of a main()
# that sets `code`; above a blank line, code for before main). A line before the example
# may set options: With `options.strict = true`. A text block follows it.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$root/docs/codes.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

compile() {
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -I "$root/include" "$1.c" \
        "$build/lib/libnumres.a" $(pkg-config --libs yajl) -o "$1"
}

# The two fixed lines of each section, from the library's table.
cat >"$work/table.c" <<'END'
#include <ctype.h>
#include <numres.h>
#include <stdio.h>
#include <string.h>
int main(void) {
    for (int number = 0; number < 256; number++) {
        const char *name = numres_code_name((numres_code)number);
        if (strcmp(name, "unknown") == 0)
            continue;
        printf("### %s\n`NUMRES_", name);
        for (const char *letter = name; *letter != '\0'; letter++)
            putchar(*letter == '-' ? '_' : toupper((unsigned char)*letter));
        printf("`, %d: \"%s\"\n", number, numres_code_sentence((numres_code)number));
    }
    return 0;
}
END
compile "$work/table"
"$work/table" >"$work/table.txt"

# Extracts the sections' examples: NAME.json, NAME.sh or NAME.c, NAME.options,
# NAME.shown.
mkdir "$work/examples"
awk -v folder="$work/examples/" '
    /^### / { file = folder substr($0, 5); print substr($0, 5) >(folder "names") }
    /^```$/ && block != "" { close(block); block = ""; next }
    /^```(json|sh|c|text)$/ {
        block = file "." ($0 == "```text" ? "shown" : substr($0, 4))
        printf "" >block
        next
    }
    block != "" { print >block; next }
    /^With `options\./ {
        for (rest = $0; match(rest, /`[^`]*`/); rest = substr(rest, RSTART + RLENGTH))
            print substr(rest, RSTART + 1, RLENGTH - 2) ";" >(file ".options")
    }
' "$page"

# A program that reads standard input with the options of section argv[1] and prints the
# error or the first problem.
{
    cat <<'END'
#include <inttypes.h>
#include <numres.h>
#include <stdio.h>
#include <string.h>
static numres_answer keep(numres_parser *parser, const numres_problem *problem, void *user) {
    (void)parser;
    if (*(char *)user == '\0')
        snprintf(user, 2048, "%s at byte %" PRIu64 ", %s\n", numres_code_name(problem->code),
                 problem->offset, problem->path.bytes);
    return NUMRES_GO_ON;
}
int main(int count, char **arguments) {
    static char bytes[65536], first[2048];
    size_t length = fread(bytes, 1, sizeof bytes, stdin);
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    numres_error error = numres_error_default();
    if (count != 2)
        return 2;
    handlers.on_problem = keep;
END
    while read -r name; do
        [ ! -f "$work/examples/$name.options" ] ||
            printf 'if (strcmp(arguments[1], "%s") == 0) { %s }\n' "$name" \
                "$(tr '\n' ' ' <"$work/examples/$name.options")"
    done <"$work/examples/names"
    cat <<'END'
    if (numres_parse(bytes, length, &options, &handlers, first, &error) != NUMRES_OK)
        printf("%s at byte %" PRIu64 ", %s\n", numres_code_name(error.code), error.offset,
               error.path);
    else
        fputs(first[0] != '\0' ? first : "ok\n", stdout);
    return 0;
}
END
} >"$work/reader.c"
compile "$work/reader"

# run_example NAME: prints the output of the section's example.
run_example() {
    local example=$work/examples/$1
    if [ -f "$example.json" ]; then
        "$work/reader" "$1" <"$example.json"
    elif [ -f "$example.sh" ]; then
        bash -e "$example.sh" | "$work/reader" "$1"
    elif [ -f "$example.c" ]; then
        awk '
            FNR == NR { if ($0 == "") above = FNR; next }
            FNR == 1 { print "#include <numres.h>\n#include <stdio.h>\n#include <string.h>" }
            FNR == above + 1 { print "int main(void) {" }
            { print }
            END { print "puts(numres_code_name(code)); return 0; }" }
        ' "$example.c" "$example.c" >"$work/$1.c"
        compile "$work/$1"
        "$work/$1"
    else
        echo "no example"
    fi
}

while read -r name; do
    run_example "$name" >"$work/examples/$name.given"
    if ! grep -qE "^$name( |\$)" "$work/examples/$name.given"; then
        printf 'docs/codes.md, %s: the example gives %s\n' "$name" \
            "$(cat "$work/examples/$name.given")" >&2
        status=1
    fi
done <"$work/examples/names"

# The page as it should be, from the table and the examples.
awk -v folder="$work/examples/" '
    FNR == NR { if (/^### /) name = $0; else line[name] = $0; next }
    /^### / { name = $0; given = folder substr($0, 5) ".given" }
    /^`NUMRES_/ && (name in line) { $0 = line[name]; name = "" }
    /^```$/ && shown { shown = 0 }
    !shown { print }
    /^```text$/ {
        shown = 1
        while ((getline words <given) > 0) print words
    }
' "$work/table.txt" "$page" >"$work/page"
if [ "${2-}" = --write ]; then
    cat "$work/page" >"$page"
fi
diff -u --label docs/codes.md --label "what the codes are and the examples give" \
    "$page" "$work/page" >&2 || status=1
diff -u --label docs/codes.md --label "the library's codes" \
    <(awk '/^### / { print; wanted = 1 } /^`NUMRES_/ && wanted { print; wanted = 0 }' "$page") \
    "$work/table.txt" >&2 || status=1
exit $status
