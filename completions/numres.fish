# Completion of numres for fish.

complete -c numres -n __fish_use_subcommand -f
complete -c numres -n __fish_use_subcommand -a show -d 'Show reservations and their phone numbers'
complete -c numres -n __fish_use_subcommand -a check -d 'Report every problem and error'
complete -c numres -n __fish_use_subcommand -a list -d 'Fetch your reservations from the API'
complete -c numres -n __fish_use_subcommand -a help -d 'Print the help of a command'
complete -c numres -n __fish_use_subcommand -l version -d 'Print version and limits'
complete -c numres -l help -d 'Print help'

# Commands behind help, but no second one.
set -l help 'string match -q -- help (commandline -opc)[2]'
complete -c numres -n $help -f
complete -c numres -n "$help; and test (count (commandline -opc)) -eq 2" \
    -a 'show check list help'

set -l show '__fish_seen_subcommand_from show'
complete -c numres -n $show -l format -x -d 'Output format' -a "
    table\t'For people'
    ids\t'One reservation id per line'
    ndjson\t'One JSON reservation per line'
    json\t'One JSON document for all input'
    csv\t'One row per phone number, comma-separated'
    tsv\t'One row per phone number, tab-separated'"
complete -c numres -n $show -l bare -d 'The input is reservations without an envelope'
complete -c numres -n $show -l no-pager -d 'Do not send the table through a pager'
complete -c numres -n $show -l wide -d 'Do not cut the table to the terminal'
complete -c numres -n $show -l quiet -d 'Show no progress'
complete -c numres -n $show -l max-reservation-bytes -x -d 'Fail if a reservation takes more memory'
complete -c numres -n $show -l max-depth -x -d 'Allow arrays and objects to nest this deep, 1 to 127'
complete -c numres -n $show -l keep-formulas -d 'csv, tsv: do not defuse fields that look like formulas'

set -l check '__fish_seen_subcommand_from check'
complete -c numres -n $check -l format -x -d 'Output format' -a "
    text\t'FILE:LINE:COLUMN: path: message'
    json\t'One JSON object per line'"
complete -c numres -n $check -l bare -d 'The input is reservations without an envelope'
complete -c numres -n $check -l require-members -d 'Report documented members that are missing'
complete -c numres -n $check -l e164 -d 'Report phone numbers that are not E.164'
complete -c numres -n $check -l unknown -d 'Report members that are not documented'
complete -c numres -n $check -l max-depth -x -d 'Allow arrays and objects to nest this deep, 1 to 127'
complete -c numres -n $check -l quiet -d 'Print no closing count'

set -l list '__fish_seen_subcommand_from list'
complete -c numres -n $list -f
complete -c numres -n $list -l status -x -d 'Only with this status' -a 'pending success failure partial_success failed'
complete -c numres -n $list -l created-after -x -d 'Only created after this time'
complete -c numres -n $list -l created-before -x -d 'Only created before this time'
complete -c numres -n $list -l phone-number -x -d 'Only with this phone number'
complete -c numres -n $list -l reference -x -d 'Only with this customer reference'
complete -c numres -n $list -l page-size -x -d 'Reservations per page, 1 to 250'
complete -c numres -n $list -l page-number -x -d 'First page to fetch'
complete -c numres -n $list -l max-pages -x -d 'Stop after this many pages'
complete -c numres -n $list -l max-items -x -d 'Stop after this many reservations'
complete -c numres -n $list -l resume -r -F -d 'Continue where the last run stopped'
complete -c numres -n $list -l exit-status -d 'Exit with 6 if a limit ended the run'
complete -c numres -n $list -l format -x -d 'Output format' -a "
    table\t'For people'
    ids\t'One reservation id per line'
    ndjson\t'One JSON reservation per line'
    json\t'One JSON document for all pages'
    csv\t'One row per phone number, comma-separated'
    tsv\t'One row per phone number, tab-separated'"
complete -c numres -n $list -l keep-formulas -d 'csv, tsv: do not defuse fields that look like formulas'
complete -c numres -n $list -l no-pager -d 'Do not send the table through a pager'
complete -c numres -n $list -l wide -d 'Do not cut the table to the terminal'
complete -c numres -n $list -l max-reservation-bytes -x -d 'Fail if a reservation takes more memory'
complete -c numres -n $list -l quiet -d 'Show no progress'
complete -c numres -n $list -l verbose -d 'Log each request, response and wait'
complete -c numres -n $list -l include -d 'Log all headers of each response'
complete -c numres -n $list -l api-key-file -r -F -d 'Read the API key from this file'
complete -c numres -n $list -l base-url -x -d 'URL of the API'
complete -c numres -n $list -l timeout -x -d 'Give up if no data arrives for this many seconds'
complete -c numres -n $list -l connect-timeout -x -d 'Give up if connecting takes longer'
complete -c numres -n $list -l max-time -x -d 'End the whole run after this many seconds'
complete -c numres -n $list -l max-retries -x -d 'Retry a page up to this many times'
complete -c numres -n $list -l ca-file -r -F -d 'Trust only the authorities in this file'
complete -c numres -n $list -l tls-key-log -r -F -d 'Log the secrets of the TLS sessions'
complete -c numres -n $list -l max-page-bytes -x -d 'Fail if a page is larger'
complete -c numres -n $list -l max-depth -x -d 'Allow arrays and objects to nest this deep, 1 to 127'
