# Reads what "abidiff --leaf-changes-only --no-added-syms" says of two releases. Prints
# each change that breaks a program of the older one, and exits with 1 if there is any.
#
# abidiff's exit status does not tell: 4 stands for a member more at a struct's end,
# which docs/versioning.md allows, and for one in its middle. Allowed is only what this
# knows: members after the end of a struct that says that it may grow. Functions and
# enumerators that were added, abidiff does not show.
#
# Variable `frozen`: the structs that never change, with a blank around each.

/^[A-Z][A-Za-z\/ ]* summary: / { next }
/^$/ { next }
/^'struct [a-z_]+ at .*' changed:$/ {
    name = $2
    end = -1
    if (index(frozen, " " name " ") == 0)
        next
}
/^  type size changed from [0-9]+ to [0-9]+ \(in bits\)$/ {
    end = $5
    if ($7 + 0 > end + 0)
        next
}
/^  [0-9]+ data member insertions?:$/ { next }
/^    '.*', at offset [0-9]+ \(in bits\) at / {
    offset = $0
    sub(/.*', at offset /, "", offset)
    if (end >= 0 && offset + 0 >= end + 0)
        next
}
{
    print (name == "" ? "" : name ": ") $0
    broken = 1
}
END { exit broken }
