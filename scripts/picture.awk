# Converts text with ANSI colours (ECMA-48 8.3.117, SGR) to SVG. Reads bytes: run
# it with LC_ALL=C. A run of one colour becomes a text element, split at two blanks
# or more. Each element has its exact place and width, so that a reader's font
# cannot shift the columns.

BEGIN {
    cell = 8.4
    line_height = 19
    margin = 16
    split("black red green yellow blue magenta cyan white", colours, " ")
    height = margin
}

{
    rest = $0
    column = 0
    height += line_height
    while (match(rest, /\033\[[0-9;]*m/)) {
        before = substr(rest, 1, RSTART - 1)
        codes = substr(rest, RSTART + 2, RLENGTH - 3)
        rest = substr(rest, RSTART + RLENGTH)
        put(before)
        set_style(codes)
    }
    put(rest)
    if (column > widest)
        widest = column
}

END {
    width = sprintf("%d", widest * cell + 2 * margin + 1)
    height += margin
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", width, height, width, height
    print "<title>numres show, in a terminal</title>"
    print "<style>"
    print "rect { fill: #ffffff; stroke: #d0d7de }"
    print "text { fill: #1f2328; font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace; white-space: pre }"
    print ".bold { font-weight: 600 } .dim { fill: #59636e } .underline { text-decoration: underline }"
    print ".red { fill: #b3171f } .green { fill: #116329 } .yellow { fill: #7d4e00 } .blue { fill: #0550ae } .magenta { fill: #7b2ea8 } .cyan { fill: #0f6570 }"
    print "@media (prefers-color-scheme: dark) {"
    print "rect { fill: #0d1117; stroke: #3d444d } text { fill: #e6edf3 } .dim { fill: #9198a1 }"
    print ".red { fill: #ff8b85 } .green { fill: #56d364 } .yellow { fill: #e3b341 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff } .cyan { fill: #6fd3de }"
    print "}"
    print "</style>"
    printf "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", width - 1, height - 1
    printf "%s</svg>\n", body
}

function set_style(codes, list, count, at, code) {
    count = split(codes, list, ";")
    if (count == 0)
        bold = dim = underline = colour = ""
    for (at = 1; at <= count; at++) {
        code = list[at] + 0
        if (code == 0)
            bold = dim = underline = colour = ""
        else if (code == 1)
            bold = "bold "
        else if (code == 2)
            dim = "dim "
        else if (code == 4)
            underline = "underline "
        else if (code == 22)
            bold = dim = ""
        else if (code == 24)
            underline = ""
        else if (code == 39)
            colour = ""
        else if (code >= 30 && code <= 37)
            colour = colours[code - 29] " "
        else if (code >= 90 && code <= 97)
            colour = code == 90 ? "dim " : colours[code - 89] " "
    }
}

# How many cells UTF-8 text takes: a character takes one, or two if its first
# byte is that of a CJK or emoji block (E3..ED, F0; roughly, for a picture).
function cells(text, wide) {
    gsub(/[\200-\277]/, "", text)
    wide = text
    return length(text) + gsub(/[\343-\355\360]/, "", wide)
}

function put(text, start, length_of_piece) {
    while (text != "") {
        if (match(text, /^ +/)) {
            column += RLENGTH
            text = substr(text, RLENGTH + 1)
            continue
        }
        start = match(text, /  +/)
        length_of_piece = start > 0 ? start - 1 : length(text)
        put_piece(substr(text, 1, length_of_piece))
        text = substr(text, length_of_piece + 1)
    }
}

function put_piece(text, class, count) {
    sub(/ $/, "", text)
    count = cells(text)
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    class = bold dim underline colour
    sub(/ $/, "", class)
    body = body sprintf("<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\"%s>%s</text>\n", \
        margin + column * cell, height - 5, count * cell, \
        class == "" ? "" : " class=\"" class "\"", text)
    column += count
}
