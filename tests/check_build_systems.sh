#!/usr/bin/env bash
# check_build_systems.sh BUILD: each way to use numres in a program that docs/building.md
# shows ends with a program that runs: CMake, with what is installed and with the
# sources, a meson subproject, pkg-config with -static, the library without the tool on a
# yajl outside /usr, and the sources with one compiler call. It runs the blocks of that
# page.
set -euo pipefail

build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LDFLAGS PKG_CONFIG_PATH LD_LIBRARY_PATH
# Only whether they build is tested.
export CFLAGS=-O0

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Runs a command, and shows its output only if it fails.
quietly() {
    "$@" >"$work/said" 2>&1 </dev/null || {
        cat "$work/said" >&2
        fail "this failed: $*"
    }
}

# blocks LANGUAGE LINE: prints the block of docs/building.md in LANGUAGE that contains
# LINE, which may be part of a line.
blocks() {
    local found
    found=$(awk -v begins="^\`\`\`$1\$" -v line="$2" '
        /^```/ && inside { inside = 0; if (index(block, line)) printf "%s", block; next }
        $0 ~ begins { inside = 1; block = ""; next }
        inside { block = block $0 "\n" }
    ' "$root/docs/building.md")
    [ -n "$found" ] || fail "docs/building.md has no $1 block with: $2"
    printf '%s\n' "$found"
}

cat >"$work/program.c" <<'PROGRAM'
#include <numres.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    static const char page[] = "{\"data\":[{\"id\":\"1\"}]}";
    numres_code code = numres_parse(page, strlen(page), NULL, NULL, NULL, NULL);
    printf("%s %s %s\n", numres_version(), numres_code_name(code),
           numres_simd_name(NUMRES_SIMD_BEST));
    return code != NUMRES_OK;
}
PROGRAM

version=$(sed -n 's/^#define NUMRES_VERSION_TEXT "\(.*\)"/\1/p' "$root/include/numres/version.h")
case $(uname -m) in
x86_64) simd=$(grep -qw avx2 /proc/cpuinfo && echo avx2 || echo sse2) ;;
aarch64) simd=neon ;;
*) simd=portable ;;
esac

# demand PROGRAM: it must run with this version and with this machine's instructions.
demand() {
    local said
    said=$("$1" 2>&1) || true
    [ "$said" = "$version ok $simd" ] || fail "$1 said: $said"
}

# needs PROGRAM: prints the shared libraries that it needs.
needs() {
    readelf --dynamic "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# CMake, with what meson installs, in another folder than it was built for.
meson install -C "$build" --no-rebuild --quiet --destdir "$work/stage" </dev/null
prefix=$work/stage/usr/local
mkdir "$work/cmake"
c90=(-DCMAKE_C_STANDARD=90 -DCMAKE_C_EXTENSIONS=OFF)
for kind in shared static; do
    mkdir "$work/cmake/$kind"
    cp "$work/program.c" "$work/cmake/$kind/"
    blocks cmake find_package >"$work/cmake/$kind/CMakeLists.txt"
    [ "$kind" = shared ] ||
        sed -i 's/numres::numres/numres::numres_static/' "$work/cmake/$kind/CMakeLists.txt"
    # The headers raise a project's C90.
    quietly cmake -S "$work/cmake/$kind" -B "$work/cmake/$kind/build" \
        "-DCMAKE_PREFIX_PATH=$prefix" "${c90[@]}"
    quietly cmake --build "$work/cmake/$kind/build"
    demand "$work/cmake/$kind/build/program"
done
needs "$work/cmake/shared/build/program" | grep -qx libnumres.so.0 ||
    fail "CMake's numres::numres is not libnumres.so.0"
if needs "$work/cmake/static/build/program" | grep -E 'numres|yajl' >&2; then
    fail "CMake's numres::numres_static asks for the shared library above"
fi
# A project in C++ alone, with what is installed and with the sources.
mkdir "$work/cmake/cpp"
printf '#include <numres.h>\nint main() { return numres_version()[0] == 0; }\n' \
    >"$work/cmake/cpp/program.cpp"
for found in 'find_package(numres CONFIG REQUIRED)' "add_subdirectory($root numres)"; do
    cat >"$work/cmake/cpp/CMakeLists.txt" <<CPP
cmake_minimum_required(VERSION 3.16)
project(program LANGUAGES CXX)
$found
add_executable(program program.cpp)
target_link_libraries(program PRIVATE numres::numres)
CPP
    quietly cmake -S "$work/cmake/cpp" -B "$work/cmake/cpp/build" "-DCMAKE_PREFIX_PATH=$prefix" \
        -DCMAKE_UNITY_BUILD=ON
    quietly cmake --build "$work/cmake/cpp/build"
    "$work/cmake/cpp/build/program" || fail "the program in C++ fails with $found"
done
# What is no version of this library, and no part of it.
cat >"$work/refused" <<REFUSED
1
0.99
0.0.1...0.0.9
0.0.1...<$version
$version COMPONENTS tool
REFUSED
cat >"$work/taken" <<TAKEN
$version EXACT
0.0.1...$version
0.1...<1
$version OPTIONAL_COMPONENTS tool
TAKEN
# takes WANTED: whether CMake finds that.
takes() {
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(none C)\nfind_package(numres %s CONFIG REQUIRED)\n' \
        "$1" >"$work/cmake/CMakeLists.txt"
    cmake -S "$work/cmake" -B "$work/cmake/none" "-DCMAKE_PREFIX_PATH=$prefix" >"$work/said" 2>&1
}
while read -r wanted; do
    ! takes "$wanted" || fail "CMake takes numres $version for numres $wanted"
done <"$work/refused"
while read -r wanted; do
    takes "$wanted" || fail "CMake does not find numres $wanted: $(cat "$work/said")"
done <"$work/taken"

# The sources as a part of a CMake project.
mkdir "$work/part"
ln -s "$root" "$work/part/numres"
cp "$work/program.c" "$work/part/"
blocks cmake 'add_subdirectory(numres)' >"$work/part/CMakeLists.txt"
# part NAME OPTION...
part() {
    local name=$1
    shift
    quietly cmake -S "$work/part" -B "$work/part/$name" "$@"
    quietly cmake --build "$work/part/$name"
    demand "$work/part/$name/program"
}
part static "${c90[@]}"
part shared -DBUILD_SHARED_LIBS=ON -DCMAKE_UNITY_BUILD=ON
# shellcheck disable=SC2016 # a variable of CMake
sed -i 's|^add_subdirectory.*|include(FetchContent)\
FetchContent_Declare(numres SOURCE_DIR "${CMAKE_CURRENT_SOURCE_DIR}/numres")\
FetchContent_MakeAvailable(numres)|' "$work/part/CMakeLists.txt"
part fetched -DCMAKE_UNITY_BUILD=ON
needs "$work/part/shared/program" | grep -qx libnumres.so.0 ||
    fail "CMake's shared library in a project is not libnumres.so.0"
cmp <(nm --dynamic --defined-only "$work/part/shared/numres/libnumres.so" | awk '{ print $3 }' |
    grep -v '^NUMRES' | sed 's/@.*//' | sort) <(sort "$root/tests/exported_symbols.txt") ||
    fail "CMake's shared library in a project exports other functions"

# follow LINE: runs the block with this line in the folder of program.c. pkg-config is told
# where the files are now, as the page says.
follow() {
    cat >"$work/steps" <<'MOVED'
pkg-config() {
    command pkg-config "--define-variable=prefix=$prefix" "$@"
}
MOVED
    blocks sh "$1" >>"$work/steps"
    (cd "$work" && prefix=$prefix PKG_CONFIG_PATH=$pkgconfig quietly bash -e "$work/steps")
}

# pkg-config, with and without shared libraries.
pkgconfig=$(dirname "$(find "$prefix" -name numres.pc)")
# shellcheck disable=SC2016 # the line as it is printed
follow 'cc program.c $(pkg-config --cflags --libs numres) -o'
LD_LIBRARY_PATH=$(dirname "$pkgconfig") demand "$work/program"
follow 'cc -static'
demand "$work/program"

# A meson subproject: only the library is built and installed, as the project asks.
mkdir -p "$work/host/subprojects"
ln -s "$root" "$work/host/subprojects/numres"
cp "$work/program.c" "$work/host/"
blocks meson fallback >"$work/host/meson.build"
# subproject KIND OPTION...: prints what the host project finally installs.
subproject() {
    local kind=$1
    shift
    quietly meson setup "$work/host/$kind" "$work/host" --prefix=/usr --libdir=lib \
        --buildtype=plain "$@"
    quietly ninja -C "$work/host/$kind"
    demand "$work/host/$kind/program"
    quietly meson install -C "$work/host/$kind" --no-rebuild --destdir "$work/host/$kind/stage"
    (cd "$work/host/$kind/stage/usr" && find bin share lib ! -type d 2>/dev/null | sort)
}
always='bin/program
lib/cmake/numres/numres-config-version.cmake
lib/cmake/numres/numres-config.cmake'
diff -u --label "a subproject installs" --label "shared" - <(subproject shared) <<END
$always
lib/libnumres.so
lib/libnumres.so.0
lib/libnumres.so.$version
lib/pkgconfig/numres.pc
END
diff -u --label "a subproject installs" --label "static" - \
    <(subproject static -Ddefault_library=static) <<END
$always
lib/libnumres.a
lib/pkgconfig/numres.pc
END

# The library without the tool, only static, with yajl outside the compiler's own
# folders.
mkdir -p "$work/system" "$work/yajl/include" "$work/yajl/lib/pkgconfig"
for header in /usr/include/*; do
    [ "$header" = /usr/include/yajl ] || ln -s "$header" "$work/system/"
done
ln -s /usr/include/yajl "$work/yajl/include/"
libraries=$(pkg-config --variable=libdir yajl)
ln -s "$libraries"/libyajl* "$work/yajl/lib/"
sed "s|^prefix=.*|prefix=$work/yajl|; s|^libdir=.*|libdir=\${prefix}/lib|" \
    "$libraries/pkgconfig/yajl.pc" >"$work/yajl/lib/pkgconfig/yajl.pc"
cat >"$work/compiler" <<COMPILER
#!/bin/sh
exec gcc -nostdinc -isystem "$(gcc -print-file-name=include)" -isystem "$work/system" \\
    -isystem "/usr/include/$(gcc -print-multiarch)" "\$@"
COMPILER
chmod +x "$work/compiler"
blocks sh tool=disabled >"$work/steps"
sed -i "s|^meson setup build-library|& --prefix='$work/alone/installed' --libdir=lib -Ddefault_library=static|
    s|build-library|$work/alone|
    s|^sudo \(meson install .*\) && sudo ldconfig\$|\1|" "$work/steps"
mkdir "$work/alone"
(cd "$root" && CC=$work/compiler PKG_CONFIG_PATH=$work/yajl/lib/pkgconfig quietly bash -e "$work/steps")
[ ! -e "$work/alone/installed/bin" ] || fail "-Dtool=disabled installs a program"
# shellcheck disable=SC2046 # the flags are words
quietly cc "$work/program.c" -o "$work/alone/program" $(
    PKG_CONFIG_PATH=$work/alone/installed/lib/pkgconfig pkg-config --cflags --libs numres
)
demand "$work/alone/program"

# Without what the tool needs, the way to build the library alone is told.
if PKG_CONFIG_LIBDIR=$work/yajl/lib/pkgconfig meson setup "$work/alone/tool" "$root" \
    >"$work/said" 2>&1; then
    fail "meson builds the tool without utf8proc"
fi
grep -q 'ERROR:.*utf8proc.*-Dtool=disabled' "$work/said" ||
    fail "without utf8proc, meson says: $(grep ERROR "$work/said")"

# The sources in a program of one's own: one compiler call, without any flag for numres.
mkdir "$work/numres"
cp -r "$root/lib" "$root/include" "$work/numres"
# vendored COMPILER
vendored() {
    blocks sh numres/lib | sed "s/^cc/$1 -Wall -Wextra -Werror/; s/program\$/$1_program/" >"$work/$1_steps"
    (cd "$work" && bash -e "$1_steps" >"$1_said" 2>&1) || cat "$work/$1_said" >&2
    demand "$work/$1_program"
}
vendored gcc &
vendored clang
wait $!

# The packages that building.md names are those that the scripts install.
. "$root/scripts/setup.sh"
named=$(blocks sh 'apt-get install gcc' | sed -n 's/^sudo apt-get install //p' | sed 's/ #.*//')
for package in $named; do
    grep -qE ":$package( |\"|\$)" <(printf '%s\n' $needs_of_the_build) ||
        fail "docs/building.md names the package $package, which the build does not need"
done
for need in $needs_of_the_build; do
    # Only for the server that scripts/run uses.
    case ${need##*:} in libmicrohttpd-dev) continue ;; esac
    grep -qw -e "${need##*:}" <<<"$named" || fail "docs/building.md does not name ${need##*:}"
done

# The cross file for Windows: meson accepts it and leaves out the tool by itself. This
# system's compilers replace those for Windows, with which scripts/portability builds.
mkdir -p "$work/windows/bin"
ln -s "$(command -v gcc)" "$work/windows/bin/x86_64-w64-mingw32-gcc"
ln -s "$(command -v ar)" "$work/windows/bin/x86_64-w64-mingw32-ar"
blocks ini host_machine | sed "s|/path/to/yajl/lib/pkgconfig|$libraries/pkgconfig|" >"$work/windows/cross.ini"
PATH=$work/windows/bin:$PATH quietly meson setup "$work/windows/build" "$root" \
    --cross-file "$work/windows/cross.ini" -Dtests=disabled
meson introspect "$work/windows/build" --targets | grep -q '"name": "numres"' ||
    fail "the cross build for Windows has no library"
if meson introspect "$work/windows/build" --targets | grep -q '/tools/'; then
    fail "the cross build for Windows has the tool"
fi

# Where this system's shells look for completions.
quietly meson setup "$work/system_wide" "$root" --prefix=/usr -Dtests=disabled
folder=$(meson introspect "$work/system_wide" --installed |
    grep -oE '"[^"]*/_numres"' | tail -n 1 | tr -d '"')
zsh -fc 'print -l $fpath' | grep -qx "${folder%/_numres}" ||
    fail "zsh does not look for $folder"
