# shellcheck shell=bash
#
# Sourced by the other scripts: installs what is missing on Debian. All messages go
# to standard error, and nothing reads standard input.

. "$root/scripts/help.sh"

say() {
    printf '%s\n' "$*" >&2
}

# Runs a command, and shows its output only if it fails.
quietly() {
    local words
    if ! words=$("$@" 2>&1 </dev/null); then
        printf '%s\n' "$words" >&2
        return 1
    fi
}

# Prints the Debian packages that are missing. Each argument is a need: a command,
# module/ and a pkg-config module, or file/ and a path; then a colon and the package
# that provides it.
missing_packages() {
    local need
    for need in "$@"; do
        case $need in
        module/*)
            need=${need#module/}
            pkg-config --exists "${need%%:*}" 2>/dev/null || printf '%s\n' "${need#*:}"
            ;;
        file/*)
            need=${need#file/}
            compgen -G "/${need%%:*}" >/dev/null || printf '%s\n' "${need#*:}"
            ;;
        *)
            command -v "${need%%:*}" >/dev/null || printf '%s\n' "${need#*:}"
            ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Installs the missing packages of these needs (see missing_packages).
ensure_installed() {
    local packages
    packages=$(missing_packages "$@" | sort -u | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0

    if ! command -v apt-get >/dev/null; then
        say "These Debian packages, or equivalents, are missing: $packages"
        say "This is not Debian: install them with your system's package manager, then run this again."
        return 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "These packages are missing: $packages"
        say "Installing them needs root, and sudo is missing. As root, run:"
        say "    apt-get update && apt-get install --no-install-recommends $packages"
        return 1
    fi
    say "Installing: $packages"
    # Word splitting is wanted: one argument per package.
    # shellcheck disable=SC2086
    if ! {
        as_root apt-get update &&
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install --yes --no-install-recommends $packages
    } </dev/null >&2; then
        say "The packages could not be installed: $packages"
        return 1
    fi
}

# shellcheck disable=SC2034 # for the scripts that source this
needs_of_the_build="cc:gcc file/usr/include/stdio.h:libc6-dev pkg-config:pkgconf
    meson:meson ninja:ninja-build module/yajl:libyajl-dev
    module/libcurl:libcurl4-openssl-dev module/libmicrohttpd:libmicrohttpd-dev
    module/libutf8proc:libutf8proc-dev module/libxxhash:libxxhash-dev
    module/xlsxwriter:libxlsxwriter-dev
    file/usr/include/simde/x86/avx2.h:libsimde-dev"
# What the Criterion suites need to build and to run.
# shellcheck disable=SC2034
needs_of_the_suites="gcc:gcc g++:g++ module/criterion:libcriterion-dev openssl:openssl
    module/libuv:libuv1-dev
    file/usr/include/rapidjson/reader.h:rapidjson-dev"
# shellcheck disable=SC2034
needs_of_the_checks_of_lib="clang:clang nm:binutils python3:python3"
# The parsers of docs/migrating.md.
needs_of_migrating="g++:g++ module/simdjson:libsimdjson-dev module/jansson:libjansson-dev
    module/libcjson:libcjson-dev"
# shellcheck disable=SC2034
needs_of_the_tests="$needs_of_the_suites $needs_of_the_checks_of_lib $needs_of_migrating
    file/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan-*.a:libclang-rt-14-dev
    file/usr/lib/python3/dist-packages/jsonschema/__init__.py:python3-jsonschema
    sqlite3:sqlite3 groff:groff-base mandoc:mandoc zsh:zsh fish:fish jq:jq cmake:cmake
    doxygen:doxygen abidw:abigail-tools soffice:libreoffice-calc-nogui"
# shellcheck disable=SC2034
needs_of_the_fuzzers="clang:clang clang++:clang zip:zip unzip:unzip
    file/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a:libclang-rt-14-dev
    g++:g++ file/usr/include/rapidjson/reader.h:rapidjson-dev"

# Prints the path of DuckDB's library, which two checks load. If it is missing,
# fetches it into build-duckdb/ from the npm registry, which knows this version by a
# hash: Debian has no package of it. Fails without npm or a network, and on other
# machines than x86_64 Linux.
duckdb_library() {
    local folder=$root/build-duckdb
    local library=$folder/package/libduckdb.so package=@duckdb/node-bindings-linux-x64@1.5.6-r.1
    if [ ! -f "$library" ]; then
        [ "$(uname -sm)" = 'Linux x86_64' ] && command -v npm >/dev/null || return 1
        mkdir -p "$folder" || return 1
        say "Fetching DuckDB from the npm registry ..."
        (cd "$folder" && quietly npm pack --silent --fetch-retries=1 "$package" &&
            tar -xzf duckdb-*.tgz && rm duckdb-*.tgz) || return 1
    fi
    printf '%s\n' "$library"
}

# Prints the path of SARIF's JSON schema, against which one check validates. If it
# is missing, fetches it into build-sarif/ from the npm registry, as for DuckDB.
sarif_schema() {
    local folder=$root/build-sarif
    local schema=$folder/package/lib/schemas/sarif-2.1.0-rtm.5.json package=@microsoft/jest-sarif@1.0.0-beta.0
    if [ ! -f "$schema" ]; then
        command -v npm >/dev/null && mkdir -p "$folder" || return 1
        say "Fetching SARIF's schema from the npm registry ..."
        (cd "$folder" && quietly npm pack --silent --fetch-retries=1 "$package" &&
            tar -xzf microsoft-jest-sarif-*.tgz && rm microsoft-jest-sarif-*.tgz) || return 1
    fi
    printf '%s\n' "$schema"
}

# Configures build directory $1 with the meson options that follow, unless it is
# configured already. A directory whose configuration was interrupted is made anew.
# meson's output goes to standard error.
configure() {
    local directory=$1
    shift
    [ ! -f "$directory/build.ninja" ] || return 0
    if [ -d "$directory/meson-private" ]; then
        rm -rf "$directory"
    fi
    quietly meson setup "$directory" "$@"
}

# Whether build directory $1 exists or can be made, and the caller may write to it.
demand_writable() {
    local name=${1##*/}
    if [ -d "$1" ] && [ ! -w "$1" ]; then
        say "$name/ must be built and is not writable for you: remove it, or run this as its owner."
        return 1
    fi
    if [ ! -d "$1" ] && ! mkdir -p "$1" 2>/dev/null; then
        say "$name/ cannot be made in ${1%/*}: run this in a copy of the sources that is writable for you."
        return 1
    fi
}

# Options of the build that runs the suites optimised as users build them, with
# --werror. (Without b_lundef=false the linker reads all libraries below Criterion, for
# each suite.)
# shellcheck disable=SC2034
optimized=(--werror -Dtests=enabled -Doptimization=2 -Ddebug=false -Ddefault_library=both
    -Db_lundef=false)
