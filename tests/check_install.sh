#!/usr/bin/env bash
# check_install.sh BUILD: what "meson install" installs is enough to build a program
# through pkg-config, against the shared and the static library. The manual pages and the
# completions are where man and the shells look, next to them the licence and the
# documentation. The README's steps to install end with a program that runs.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

meson install -C "$build" --no-rebuild --quiet --destdir "$stage" </dev/null
pkgconfig=$(dirname "$(find "$stage" -name numres.pc)")
prefix=$(sed -n 's/^prefix=//p' "$pkgconfig/numres.pc")
libraries=$(dirname "$pkgconfig")

# Packages are made of parts: every file belongs to one of them. CMake's are for developers.
for part in runtime devel man doc; do
    meson install -C "$build" --no-rebuild --quiet --destdir "$stage/parts/$part" --tags "$part" </dev/null
done
files_in() {
    (cd "$1" && find . ! -type d) | sort
}
(cd "$stage/parts" && for part in *; do files_in "$part"; done) | sort >"$stage/tagged"
if (cd "$stage" && find ".$prefix" ! -type d) | sort | comm -23 - "$stage/tagged" | grep . >&2; then
    echo "meson install --tags leaves out the files above, whatever the tag" >&2
    exit 1
fi
find "$stage/parts/devel" -name numres-config.cmake | grep -q . || {
    echo "meson install --tags devel leaves out the files for CMake" >&2
    exit 1
}

# The paths in numres.pc, changed to where the files are now.
flags() {
    PKG_CONFIG_PATH=$pkgconfig pkg-config "$@" numres |
        sed "s|\(-[IL]\)$prefix|\1$stage$prefix|g"
}

cat >"$stage/program.c" <<'PROGRAM'
#include <numres.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    static const char page[] = "{\"data\":[]}";
    puts(numres_version());
    return numres_parse(page, strlen(page), NULL, NULL, NULL, NULL) == NUMRES_OK ? 0 : 1;
}
PROGRAM

"${CC:-cc}" $(flags --cflags) "$stage/program.c" $(flags --libs) -o "$stage/shared"
"${CC:-cc}" $(flags --cflags) "$stage/program.c" "$libraries/libnumres.a" \
    $(pkg-config --libs yajl) -o "$stage/static"

version=$(PKG_CONFIG_PATH=$pkgconfig pkg-config --modversion numres)
for program in shared static; do
    said=$(LD_LIBRARY_PATH=$libraries "$stage/$program")
    [ "$said" = "$version" ] || {
        echo "the program against the $program library says $said, numres.pc $version" >&2
        exit 1
    }
done
"$stage$prefix/bin/numres" list --help >/dev/null
"$stage$prefix/bin/numres" --version | grep -q '^libcurl [0-9]'

# Commands that read files load no libcurl and need no other program.
if readelf -d "$stage$prefix/bin/numres" | grep -q 'NEEDED.*curl'; then
    echo "numres loads libcurl for every command" >&2
    exit 1
fi
cp "$stage$prefix/bin/numres" "$stage/alone"
"$stage/alone" show "$root/docs/sample.json" >/dev/null 2>&1 || [ $? = 1 ]
said=$("$stage/alone" list 2>&1) || true
[ "$said" = "numres: cannot run $prefix/libexec/numres/numres-network: No such file or directory; it is part of numres; reinstall numres" ] || {
    printf 'Alone, numres list says: %s\n' "$said" >&2
    exit 1
}

share=$stage$prefix/share
for file in man/man1/numres{,-show,-wait}.1 bash-completion/completions/numres zsh/site-functions/_numres \
    fish/vendor_completions.d/numres.fish \
    doc/numres/{LICENSE,README.md,CHANGELOG.md,docs/lanes.md,examples/standard_input.c}; do
    [ -s "$share/$file" ] || {
        echo "share/$file is not installed" >&2
        exit 1
    }
done

# The steps to install, run in a copy of the sources, with the program shown there.

# blocks FILE LANGUAGE NUMBER: prints the file's block number NUMBER of LANGUAGE.
blocks() {
    awk -v begins="^\`\`\`$2\$" -v number="$3" '
        /^```/ && inside { inside = 0; next }
        $0 ~ begins { inside = 1; count++; next }
        inside && count == number { print }
    ' "$root/$1"
}

copy=$stage/copy
mkdir "$copy" "$stage/home" "$stage/usr_local"
tar -C "$root" --exclude='./build*' --exclude=./.git -cf - . | tar -C "$copy" -xf -
blocks README.md c 1 >"$copy/program.c"

# As root the steps would install into /usr/local. Here they install into a folder that
# replaces it: pkg-config looks there and, after ldconfig was called, so does the loader.
# Nothing is optimised, since only whether it builds is tested.
export CFLAGS=-O0
cat >"$stage/stand_ins" <<'STAND_INS'
local_libraries=$usr_local/lib/$(cc -print-multiarch)
export PKG_CONFIG_PATH=$local_libraries/pkgconfig
sudo() {
    case $1 in
    apt-get) ;; # what it would install is there
    *) "$@" ;;
    esac
}
meson() {
    case $1 in
    setup) command meson "$@" --prefix="$usr_local" --libdir="${local_libraries#"$usr_local/"}" ;;
    *) command meson "$@" ;;
    esac
}
ldconfig() {
    export LD_LIBRARY_PATH=$local_libraries
}
STAND_INS
# Here nothing is replaced; the tool was built above.
cat >"$stage/without_tool" <<'WITHOUT_TOOL'
meson() {
    command meson "$@" $([ "$1" != setup ] || echo -Dtool=disabled)
}
WITHOUT_TOOL

# follow FILE NUMBER STAND_INS: follows the steps of this block. The last must print what
# the README shows.
follow() {
    local said
    blocks "$1" sh "$2" >"$stage/steps"
    [ -s "$stage/steps" ] || {
        echo "$1 has no steps, block number $2" >&2
        exit 1
    }
    said=$(cd "$copy" && env -u LD_LIBRARY_PATH -u PKG_CONFIG_PATH -u CC HOME="$stage/home" \
        usr_local="$stage/usr_local" bash -e -c '. "$0"; . "$1"' \
        "$stage/$3" "$stage/steps" 2>"$stage/said" </dev/null) || {
        cat "$stage/said" >&2
        said="nothing: a step failed"
    }
    [ "${said##*$'\n'}" = "+19705555098 is pending" ] || {
        printf 'The steps of %s, block number %s, ended with: %s\n' "$1" "$2" "$said" >&2
        exit 1
    }
}
follow README.md 1 stand_ins
follow docs/building.md 3 without_tool

# The packages that the steps install are enough to follow them.
. "$root/scripts/setup.sh"
named=$(blocks README.md sh 1 | sed -n 's/^sudo apt-get install //p')
for need in $needs_of_the_build; do
    package=${need##*:}
    # Only for the server that scripts/run uses.
    if [ "$package" != libmicrohttpd-dev ] && ! grep -qw -e "$package" <<<"$named"; then
        echo "README.md's steps to install do not name the package $package" >&2
        exit 1
    fi
done
