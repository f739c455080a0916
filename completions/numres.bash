# shellcheck shell=bash
#
# Completion of numres for bash.

# Offers those of $2 that start with $1, and nothing else.
_numres_offer() {
    # File names, which bash adds where nothing fits, make no sense here. What
    # is offered holds no blanks, so that splitting it is right.
    compopt +o bashdefault +o default 2>/dev/null
    # shellcheck disable=SC2207
    COMPREPLY=($(compgen -W "$2" -- "$1"))
}

_numres_formats() {
    case $2 in
    show) _numres_offer "$1" "table ids ndjson json csv tsv" ;;
    check) _numres_offer "$1" "text json" ;;
    list) _numres_offer "$1" "table ids ndjson json csv tsv" ;;
    esac
}

_numres_options() {
    case $2 in
    show)
        _numres_offer "$1" "--format --bare --no-pager --wide --quiet --max-reservation-bytes
            --max-depth --keep-formulas --help"
        ;;
    check)
        _numres_offer "$1" "--format --bare --require-members --e164 --unknown --max-depth --quiet
            --help"
        ;;
    list)
        _numres_offer "$1" "--status --created-after --created-before --phone-number --reference
            --page-size --page-number --max-pages --max-items --resume --exit-status --format
            --keep-formulas --no-pager --wide --max-reservation-bytes --quiet --verbose --include
            --api-key-file --base-url --ca-file --timeout --connect-timeout --max-time
            --max-retries --max-page-bytes --max-depth --tls-key-log --help"
        ;;
    esac
}

# Offers values for option $2 of command $3. False: it has no fixed values.
_numres_values() {
    case $2 in
    --format) _numres_formats "$1" "$3" ;;
    --status) _numres_offer "$1" "pending success failure partial_success failed" ;;
    *) return 1 ;;
    esac
}

_numres() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]} at
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        case $word in
        -*) _numres_offer "$word" "--help --version" ;;
        *) _numres_offer "$word" "show check list help" ;;
        esac
        return
    fi
    if [ "$command" = help ]; then
        [ "$COMP_CWORD" -gt 2 ] || _numres_offer "$word" "show check list help"
        return
    fi
    # After "--" all words are files.
    for ((at = 2; at < COMP_CWORD; at++)); do
        [ "${COMP_WORDS[at]}" != -- ] || return 0
    done
    # bash takes --format=csv for three words, or for one where = is not among
    # COMP_WORDBREAKS.
    if [ "$word" = = ]; then
        word=
    elif [ "$before" = = ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $word == --*=* ]]; then
        _numres_values "${word#*=}" "${word%%=*}" "$command" &&
            COMPREPLY=("${COMPREPLY[@]/#/${word%%=*}=}")
        return
    fi
    ! _numres_values "$word" "$before" "$command" || return 0
    case $before in
    --resume | --api-key-file | --ca-file | --tls-key-log) ;;
    --max-* | --created-* | --phone-number | --reference | --page-* | --timeout | --connect-timeout | \
        --base-url)
        _numres_offer "$word" ""
        ;;
    *)
        case $word in
        -*) _numres_options "$word" "$command" ;;
        esac
        ;;
    esac
}

complete -o bashdefault -o default -F _numres numres
