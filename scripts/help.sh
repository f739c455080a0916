# shellcheck shell=sh
#
# Sourced by the other scripts, by most through setup.sh: with --help as the first argument,
# a script prints the comment at its head and ends. All arguments of scripts/run are those of
# numres.
case ${0##*/}:${1-} in
run:*) ;;
*:--help | *:-h)
    sed -n '1d; /^#/!q; s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
