# embed.awk: turns the shells' completion scripts into C, for numres completion to print.
#
#   awk -f completions/embed.awk NAME SCRIPT [NAME SCRIPT...]
#
# Each SCRIPT becomes an array of lines, completion_NAME, which ends with 0.

BEGIN {
    print "/* Made by completions/embed.awk. */"
    print "#include \"setup/completion.h\""
    for (at = 1; at < ARGC; at += 2) {
        printf "\nconst char *const completion_%s[] = {\n", ARGV[at]
        while ((getline line < ARGV[at + 1]) > 0)
            printf "    \"%s\\n\",\n", quoted(line)
        print "    0};"
    }
}

function quoted(text, at, letter, words) {
    for (at = 1; at <= length(text); at++) {
        letter = substr(text, at, 1)
        words = words (letter == "\\" || letter == "\"" ? "\\" : "") letter
    }
    return words
}
