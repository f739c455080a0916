# options.awk: fills in what follows from the table of the tool's options.
#
#   awk -f completions/options.awk tools/run/options.def include/numres/statuses.h \
#       include/numres/members.h TEMPLATE
#
# A line @NAME@ of the template is replaced by the lines that NAME stands for, in the
# syntax of bash, zsh or fish: so completions/meson.build uses it. In docs/numres-*.1,
# the lines after a comment "Options of numres COMMAND" or "Synopsis of numres COMMAND",
# up to the next comment "End of the options", are replaced: so
# scripts/regenerate-options uses it.

# ---- reading the table ----

# Splits a macro's call, which comes line by line: for row N, macro[N] is the macro's
# name, and field[N, 1] and up are its arguments.
function take(text, at, letter) {
    for (at = 1; at <= length(text); at++) {
        letter = substr(text, at, 1)
        if (in_string && letter == "\\") {
            letter = substr(text, ++at, 1)
            field[rows, fields] = field[rows, fields] (letter == "n" ? "\n" : letter)
        } else if (letter == "\"") {
            in_string = !in_string
        } else if (in_string) {
            field[rows, fields] = field[rows, fields] letter
        } else if (letter == ",") {
            fields++
        } else if (letter == ")") {
            in_call = 0
        } else if (letter != " ") {
            field[rows, fields] = field[rows, fields] letter
        }
    }
}

FILENAME ~ /\.def$/ {
    if (!in_call && match($0, /^(COMMAND|SETTING|SHORT|VALUE|GROUP|OPTION|CHOICE)\(/)) {
        macro[++rows] = substr($0, 1, RLENGTH - 1)
        fields = 1
        in_call = 1
        take(substr($0, RLENGTH + 1))
    } else if (in_call) {
        take($0)
    }
    next
}

FILENAME ~ /statuses\.h$/ {
    if ($0 ~ /^    STATUS\(/) {
        split($0, parts, "\"")
        statuses[++status_count] = parts[2]
    }
    next
}

# The columns of CSV are all members except kinds of record and members that are not
# values.
FILENAME ~ /members\.h$/ {
    if ($0 ~ /^    VALUE\((RESERVATION|PHONE_NUMBER), / && $0 !~ /, RECORD_TYPE, /) {
        split($0, parts, "\"")
        if ($0 ~ /\(PHONE_NUMBER/)
            is_of_number[parts[2]] = 1
        columns[++column_count] = parts[2]
        is_of_reservation[column_count] = $0 ~ /\(RESERVATION/
    }
    next
}

# ---- what the rows say ----

function is_option(row, command) { return macro[row] == "OPTION" && field[row, 1] == command }
function is_choice(row, command) { return macro[row] == "CHOICE" && field[row, 1] == command }
function name_of(row) { return field[row, 4] }
function argument_of(row) { return field[row, 5] }

# The short name of an option. It belongs to the first option of the command that has
# its setting. Empty: the option has none.
function short_of(row) {
    if (!(row in short_name))
        short_name[row] = find_short(row)
    return short_name[row]
}

function find_short(row, at, first) {
    for (first = 1; !is_option(first, field[row, 1]) || field[first, 2] != field[row, 2]; first++)
        continue
    for (at = 1; at <= rows && first == row; at++)
        if (macro[at] == "SHORT" && field[at, 1] == field[row, 2])
            return field[at, 2]
    return ""
}

function shown(row) { return field[row, 6] != "" ? field[row, 6] : field[row, 7] }
function manual(row) { return field[row, 8] }

# Whether the next word is not taken as the value: there is none, or it may be left out.
function takes_no_word(row) { return field[row, 3] == "FLAG" || field[row, 3] == "MAYBE" }

# What a shell calls the value.
function label(row) { return argument_of(row) == "N" ? "number" : tolower(argument_of(row)) }

# Whether the words of the command are not files.
function asks_api(command) { return command !~ /^(show|check|diff)$/ }

# The command whose CHOICE lines a command uses.
function chooser(command) {
    if (!(command in chooser_of))
        chooser_of[command] = find_chooser(command)
    return chooser_of[command]
}

function find_chooser(command, row) {
    for (row = 1; row <= rows; row++)
        if (is_choice(row, command))
            return command
    return "show"
}

function status_words(row, words) {
    for (row = 1; row <= status_count; row++)
        words = words (row > 1 ? " " : "") statuses[row]
    return words
}

# The name of a reservation's member has a prefix if phone numbers have a member of that
# name too.
function column_words(at, words) {
    for (at = 1; at <= column_count; at++)
        words = words (at > 1 ? " " : "") \
            (is_of_reservation[at] && columns[at] in is_of_number ? "reservation_" : "") columns[at]
    return words
}

function format_words(command, row, words) {
    for (row = 1; row <= rows; row++)
        if (is_choice(row, chooser(command)))
            words = words (words != "" ? " " : "") field[row, 2]
    return words
}

# Whether the command has the option --format.
function has_formats(command, row) {
    for (row = 1; row <= rows; row++)
        if (is_option(row, command) && argument_of(row) == "FORMAT")
            return 1
    return 0
}

# The words that a command accepts, if they are neither files nor known only to the API.
function word_choices(command) { return command == "completion" ? "bash zsh fish" : "" }

function option_words(command, row, words) {
    for (row = 1; row <= rows; row++)
        if (is_option(row, command))
            words = words (words != "" ? " " : "") \
                (short_of(row) != "" ? short_of(row) " " : "") name_of(row)
    return words
}

function command_words(row, words) {
    for (row = 1; row <= rows; row++)
        if (macro[row] == "COMMAND")
            words = words (words != "" ? " " : "") field[row, 1]
    return words
}

# The values of an argument that has VALUE lines.
function value_words(argument, row, words) {
    for (row = 1; row <= rows; row++)
        if (macro[row] == "VALUE" && field[row, 1] == argument)
            words = words (words != "" ? " " : "") field[row, 2]
    return words
}

# What the shell does with the value of an option.
function role(row) {
    if (argument_of(row) ~ /^(FILE|FORMAT|STATUS|COLUMNS|COLUMN)$/)
        return argument_of(row)
    return value_words(argument_of(row)) != "" ? "value" : "other"
}

# Each option of any command whose value has this role, once, with its short name.
function valued(wanted, between, row, words, seen) {
    for (row = 1; row <= rows; row++) {
        if (macro[row] != "OPTION" || takes_no_word(row) || seen[name_of(row)]++ ||
            role(row) != wanted)
            continue
        words = words (words != "" ? between : "") \
            (short_of(row) != "" ? short_of(row) between : "") name_of(row)
    }
    return words
}

# ---- bash ----

function bash_words(words, indent, count, parts, at, line) {
    count = split(words, parts, " ")
    line = ""
    for (at = 1; at <= count; at++) {
        if (length(line) + length(parts[at]) > 80) {
            printf "%s\n%s", line, indent
            line = ""
        }
        line = line (line != "" ? " " : "") parts[at]
    }
    printf "%s", line
}

function bash_cases(kind, row, command) {
    for (row = 1; row <= rows; row++) {
        command = field[row, 1]
        if (macro[row] != "COMMAND" || option_words(command) == "" ||
            (kind == "formats" && !has_formats(command)))
            continue
        printf "    %s)\n        _numres_offer \"$1\" \"", command
        bash_words(kind == "formats" ? format_words(command) : option_words(command), "            ")
        printf "\"\n        ;;\n"
    }
}

function bash_values(row, seen) {
    for (row = 1; row <= rows; row++)
        if (macro[row] == "OPTION" && role(row) == "value" && !seen[name_of(row)]++)
            printf "    %s) _numres_offer \"$1\" \"%s\" ;;\n", name_of(row),
                value_words(argument_of(row))
}

# ---- zsh ----

function zsh_quoted(text) {
    gsub(/'/, "'\\''", text)
    return text
}

function zsh_escaped(text) {
    gsub(/:/, "\\:", text)
    gsub(/\[/, "\\[", text)
    gsub(/\]/, "\\]", text)
    return zsh_quoted(text)
}

function zsh_value(row) {
    if (argument_of(row) == "FILE")
        return ":file:_files"
    if (argument_of(row) == "FORMAT")
        return ":format:{_describe -t formats format formats}"
    if (argument_of(row) == "STATUS")
        return ":status:_sequence compadd - " status_words()
    if (argument_of(row) == "COLUMNS")
        return ":column:_sequence compadd - " column_words()
    if (argument_of(row) == "COLUMN")
        return ":column:_numres_order"
    if (role(row) == "value")
        return ":" label(row) ":(" value_words(argument_of(row)) ")"
    return ":" label(row) ": "
}

# The names of an option before its description: each excludes the other.
function zsh_names(row, excluded, after_short, after_long) {
    if (short_of(row) == "")
        return "'" (excluded != "" ? "(" excluded ")" : "") name_of(row) after_long
    return "'(" (excluded != "" ? excluded : short_of(row) " " name_of(row)) ")'{" \
        short_of(row) after_short "," name_of(row) after_long "}'"
}

function zsh_option(row, described) {
    described = "[" zsh_escaped(shown(row)) "]"
    if (field[row, 2] == "help")
        return zsh_names(row, "- *", "", "") described "'"
    if (field[row, 3] == "MAYBE")
        return zsh_names(row, "", "-", "=-") described "::" label(row) ": '"
    if (field[row, 3] == "FLAG")
        return zsh_names(row, "", "", "") described "'"
    return zsh_names(row, "", "+", "=") described zsh_value(row) "'"
}

function zsh_formats(command, row) {
    printf "    local -a formats\n    formats=(\n"
    for (row = 1; row <= rows; row++)
        if (is_choice(row, chooser(command)))
            printf "        '%s:%s'\n", field[row, 2], zsh_escaped(field[row, 3])
    printf "    )\n"
}

function zsh_functions(each, row, command) {
    for (each = 1; each <= rows; each++) {
        command = field[each, 1]
        if (macro[each] != "COMMAND" || option_words(command) == "")
            continue
        printf "_numres_%s() {\n", command
        if (has_formats(command))
            zsh_formats(command)
        printf "    _arguments \\\n"
        for (row = 1; row <= rows; row++)
            if (is_option(row, command))
                printf "        %s \\\n", zsh_option(row)
        if (word_choices(command) != "")
            printf "        '1:word:(%s)'\n}\n\n", word_choices(command)
        else
            printf "        '*:%s'\n}\n\n", asks_api(command) ? " : " : "file:_files"
    }
}

function zsh_commands(row) {
    for (row = 1; row <= rows; row++)
        if (macro[row] == "COMMAND")
            printf "        '%s:%s'\n", field[row, 1], zsh_escaped(field[row, 2])
}

# ---- fish ----

function fish_text(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/'/, "\\'", text)
    return text
}

# The text begins with a capital, unless its first word is one of the command line.
function fish_shown(text) {
    return fish_text(text ~ /^csv/ ? text : toupper(substr(text, 1, 1)) substr(text, 2))
}

function fish_formats(command, row, words) {
    for (row = 1; row <= rows; row++)
        if (is_choice(row, chooser(command)))
            words = words "\n    " field[row, 2] "\\t'" fish_shown(field[row, 3]) "'"
    return words
}

function fish_option(command, row, line) {
    line = "complete -c numres -n $" command \
        (short_of(row) != "" ? " -s " substr(short_of(row), 2) : "") " -l " substr(name_of(row), 3)
    if (argument_of(row) == "FILE")
        line = line " -r -F"
    else if (!takes_no_word(row))
        line = line " -x"
    line = line " -d '" fish_shown(shown(row)) "'"
    if (argument_of(row) == "FORMAT")
        line = line " -a \"" fish_formats(command) "\""
    if (argument_of(row) == "STATUS")
        line = line " -a '(__numres_list " status_words() ")'"
    if (argument_of(row) == "COLUMNS")
        line = line " -a '(__numres_list " column_words() ")'"
    if (argument_of(row) == "COLUMN")
        line = line " -a '(__numres_order " column_words() ")'"
    if (role(row) == "value")
        line = line " -a '" value_words(argument_of(row)) "'"
    return line
}

function fish_commands(row) {
    for (row = 1; row <= rows; row++)
        if (macro[row] == "COMMAND")
            printf "complete -c numres -n __fish_use_subcommand -a %s -d '%s'\n", field[row, 1],
                fish_shown(field[row, 2])
}

function fish_options(each, row, command) {
    for (each = 1; each <= rows; each++) {
        command = field[each, 1]
        if (macro[each] != "COMMAND" || option_words(command) == "")
            continue
        printf "\nset -l %s '__fish_seen_subcommand_from %s'\n", command, command
        if (asks_api(command))
            print "complete -c numres -n $" command " -f" \
                (word_choices(command) != "" ? " -a '" word_choices(command) "'" : "")
        for (row = 1; row <= rows; row++)
            if (is_option(row, command) && field[row, 2] != "help")
                print fish_option(command, row)
    }
}

# ---- the manual page ----

# "one, two or three."
function manual_words(words, count, parts, at) {
    count = split(words, parts, " ")
    for (at = 1; at <= count; at++) {
        if (at == count && at > 1)
            print "or"
        print ".Cm " parts[at] (at < count - 1 ? " ," : at == count ? " ." : "")
    }
}

function manual_formats(command, row, widest) {
    for (row = 1; row <= rows; row++)
        if (is_choice(row, command) && length(field[row, 2]) > length(widest))
            widest = field[row, 2]
    print ".Bl -tag -width " widest
    for (row = 1; row <= rows; row++)
        if (is_choice(row, command))
            printf ".It Cm %s\n%s", field[row, 2], field[row, 5]
    print ".El"
}

function manual_text(command, row, count, lines, at) {
    count = split(manual(row), lines, "\n")
    for (at = 1; at < count; at++) {
        if (lines[at] != "@")
            print lines[at]
        else if (argument_of(row) == "STATUS")
            manual_words(status_words())
        else if (role(row) == "value")
            manual_words(value_words(argument_of(row)))
        else
            manual_formats(command)
    }
}

# The value as mdoc: in brackets if it may be left out.
function manual_argument(row) {
    if (argument_of(row) == "")
        return ""
    return (field[row, 3] == "MAYBE" ? " Op Ar " : " Ar ") tolower(argument_of(row))
}

function manual_options(command, row) {
    print ".Bl -tag -width Ds"
    for (row = 1; row <= rows; row++) {
        if (!is_option(row, command))
            continue
        print ".It Fl " (short_of(row) != "" ? substr(short_of(row), 2) " , Fl " : "") \
            substr(name_of(row), 2) manual_argument(row)
        manual_text(command, row)
    }
    print ".El"
}

function manual_synopsis(command, row, words) {
    for (row = 1; row <= rows; row++) {
        if (!is_option(row, command) || field[row, 2] == "help")
            continue
        words = manual_argument(row)
        if (argument_of(row) == "FORMAT") {
            words = format_words(command)
            gsub(/ /, " | ", words)
            # groff cannot break a longer line.
            words = length(words) > 50 ? " Ar format" : " Cm " words
        } else if (role(row) == "value") {
            words = value_words(argument_of(row))
            gsub(/ /, " | ", words)
            words = " Cm " words
        }
        print ".Op Fl " substr(name_of(row), 2) words
    }
}

# ---- the template ----

/^\.\\" (Options|Synopsis) of numres / {
    print
    command = $5
    sub(/,$/, "", command)
    if ($2 == "Options")
        manual_options(command)
    else
        manual_synopsis(command)
    is_written = 1
}
/^\.\\" End of the options/ { is_written = 0 }
is_written { next }

$0 == "@bash_formats@" { bash_cases("formats"); next }
$0 == "@bash_values@" { bash_values(); next }
$0 == "@bash_options@" { bash_cases("options"); next }
$0 == "@zsh_functions@" { zsh_functions(); next }
$0 == "@zsh_commands@" { zsh_commands(); next }
$0 == "@fish_commands@" { fish_commands(); next }
$0 == "@fish_options@" { fish_options(); next }
/@[a-z_]+@/ {
    gsub(/@commands@/, command_words())
    gsub(/@common_options@/, option_words("none"))
    gsub(/@statuses@/, status_words())
    gsub(/@columns@/, column_words())
    gsub(/@list_options@/, valued("COLUMNS", " | "))
    gsub(/@order_options@/, valued("COLUMN", " | "))
    gsub(/@format_options@/, valued("FORMAT", " | "))
    gsub(/@status_options@/, valued("STATUS", " | "))
    gsub(/@file_options@/, valued("FILE", " | "))
    gsub(/@other_options@/, valued("other", " | "))
}
{ print }
