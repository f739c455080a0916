#!/usr/bin/env bash
# Every public header compiles on its own and included twice, as C11 and as C++17, and
# the comment of every struct says what its ABI is.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
warnings=(-Wall -Wextra -Wpedantic -Wconversion -Werror)
cd "$root/include"

# What strict C++ projects add, and cannot silence in a header that is not theirs.
cplusplus_warnings=(-Wold-style-cast -Wzero-as-null-pointer-constant)

# check LANGUAGE STANDARD HEADER COMPILER...
check() {
    local language=$1 standard=$2 header=$3 compiler
    shift 3
    local warnings=("${warnings[@]}")
    [ "$language" = c ] || warnings+=("${cplusplus_warnings[@]}")
    for compiler in "$@"; do
        printf '#include "%s"\n#include "%s"\nint nothing_else;\n' "$header" "$header" |
            "$compiler" -x "$language" "-std=$standard" "${warnings[@]}" -I . -fsyntax-only - || {
            echo "$header does not compile by itself with $compiler -std=$standard" >&2
            return 1
        }
    done
}

for header in numres.h numres/*.h; do
    check c c11 "$header" gcc clang
    check c++ c++17 "$header" g++ clang++
done

for header in numres/*.h; do
    grep -qF "'$header'" meson.build || {
        echo "$header is not installed: add it to include/meson.build" >&2
        exit 1
    }
done

# In C++, every enumeration can hold a number that a later library returns. In C, all have
# the size that the library's have.
if grep -nE '^typedef enum \w+ \{' numres/*.h; then
    echo "an enumeration lacks NUMRES_ENUM_TYPE (numres/version.h)" >&2
    exit 1
fi
for compiler in g++ clang++; do
    printf '%s\n' '#include <numres.h>' '#include <type_traits>' \
        'static_assert(std::is_same<std::underlying_type<numres_code>::type, unsigned int>::value, "");' |
        "$compiler" -x c++ -std=c++17 -I . -fsyntax-only -
done

# A program that gcc compiles with -fshort-enums has the same structs.
{
    echo '#include <numres.h>'
    sed -n 's/^typedef enum \(\w*\).*/_Static_assert(sizeof(\1) == 4 \&\& (\1)-1 > 0, "\1");/p' numres/*.h
} | gcc -x c -std=c11 -fshort-enums "${warnings[@]}" -I . -fsyntax-only -

# Every public struct says which of three kinds it is: frozen for ever, made by the
# caller with a size, or made by the library alone.
for header in numres/*.h; do
    awk -v header="$header" '
        /^\/\*/ { comment = "" }
        { comment = comment $0 " " }
        /^typedef struct [a-z_]+ \{/ {
            if (comment !~ /ABI:/) {
                print header ": " $3 " does not say what its ABI is" > "/dev/stderr"
                wrong = 1
            }
        }
        /^}/ { comment = "" }
        END { exit wrong }' "$header"
done
