#!/usr/bin/env bash
# check_install.sh BUILD: what "meson install" puts down is enough to build a
# program through pkg-config, against the shared and the static library; the
# manual page and the completions are where man and the shells look.
set -euo pipefail

build=$(cd "$1" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

meson install -C "$build" --no-rebuild --quiet --destdir "$stage" </dev/null
pkgconfig=$(dirname "$(find "$stage" -name numres.pc)")
prefix=$(sed -n 's/^prefix=//p' "$pkgconfig/numres.pc")
libraries=$(dirname "$pkgconfig")

# The paths in numres.pc, moved to where the files are now.
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
"$stage$prefix/bin/numres" --version >/dev/null

share=$stage$prefix/share
for file in man/man1/numres.1 bash-completion/completions/numres zsh/site-functions/_numres \
    fish/vendor_completions.d/numres.fish; do
    [ -s "$share/$file" ] || {
        echo "share/$file is not installed" >&2
        exit 1
    }
done
