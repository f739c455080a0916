# Completion of numres for fish.

complete -c numres -n __fish_use_subcommand -f
complete -c numres -n __fish_use_subcommand -a show -d 'Show the reservations and their phone numbers'
complete -c numres -n __fish_use_subcommand -a check -d 'List every problem and error'
complete -c numres -n __fish_use_subcommand -a list -d 'Ask the API for all reservations'
complete -c numres -n __fish_use_subcommand -l version -d 'Print the version'
complete -c numres -l help -d 'Say how it is used'

set -l show '__fish_seen_subcommand_from show'
complete -c numres -n $show -l format -x -d 'How to print it' -a "
    table\t'For people'
    ids\t'The id of each reservation on a line'
    ndjson\t'A reservation a line'
    json\t'One document over all input'
    csv\t'A row a phone number, commas between'
    tsv\t'A row a phone number, tabs between'"
complete -c numres -n $show -l bare -d 'The input holds reservations without an envelope'
complete -c numres -n $show -l no-pager -d 'Do not send the table through a pager'
complete -c numres -n $show -l quiet -d 'Show no progress'
complete -c numres -n $show -l max-reservation-bytes -x -d 'Refuse a reservation larger than this'
complete -c numres -n $show -l max-depth -x -d 'How deep arrays and objects may nest'
complete -c numres -n $show -l keep-formulas -d 'csv, tsv: write fields that look like formulas as they are'

set -l check '__fish_seen_subcommand_from check'
complete -c numres -n $check -l format -x -d 'How to print what was found' -a "
    text\t'FILE:LINE:COLUMN: path: message'
    json\t'A JSON object a line'"
complete -c numres -n $check -l bare -d 'The input holds reservations without an envelope'
complete -c numres -n $check -l require-members -d 'A documented member that is missing is a problem'
complete -c numres -n $check -l e164 -d 'A phone number that is not E.164 is a problem'
complete -c numres -n $check -l unknown -d 'A member that is not documented is a problem'
complete -c numres -n $check -l max-depth -x -d 'How deep arrays and objects may nest'
complete -c numres -n $check -l quiet -d 'Print no closing count'

set -l list '__fish_seen_subcommand_from list'
complete -c numres -n $list -f
complete -c numres -n $list -l status -x -d 'With this status' -a 'pending success failure'
complete -c numres -n $list -l created-after -x -d 'Created after this time'
complete -c numres -n $list -l created-before -x -d 'Created before this time'
complete -c numres -n $list -l phone-number -x -d 'With this phone number'
complete -c numres -n $list -l reference -x -d 'With this customer reference'
complete -c numres -n $list -l page-size -x -d 'Reservations a page, 1 to 250'
complete -c numres -n $list -l page-number -x -d 'The page to start with'
complete -c numres -n $list -l max-pages -x -d 'Stop after so many pages'
complete -c numres -n $list -l max-items -x -d 'Stop after so many reservations'
complete -c numres -n $list -l resume -r -F -d 'Go on where the run before stopped'
complete -c numres -n $list -l format -x -d 'How to print it' -a "
    table\t'For people'
    ids\t'The id of each reservation on a line'
    ndjson\t'A reservation a line'
    json\t'One document over all pages'
    csv\t'A row a phone number, commas between'
    tsv\t'A row a phone number, tabs between'"
complete -c numres -n $list -l keep-formulas -d 'csv, tsv: write fields that look like formulas as they are'
complete -c numres -n $list -l no-pager -d 'Do not send the table through a pager'
complete -c numres -n $list -l max-reservation-bytes -x -d 'Refuse a reservation larger than this'
complete -c numres -n $list -l quiet -d 'Show no progress'
complete -c numres -n $list -l verbose -d 'Tell each request and its status'
complete -c numres -n $list -l api-key-file -r -F -d 'The file that holds the API key'
complete -c numres -n $list -l base-url -x -d 'Ask this API'
complete -c numres -n $list -l timeout -x -d 'Give up when nothing comes for so many seconds'
complete -c numres -n $list -l max-retries -x -d 'Try a page so many times again'
complete -c numres -n $list -l ca-file -r -F -d 'Trust the authorities in this file alone'
complete -c numres -n $list -l max-page-bytes -x -d 'Refuse a page larger than this'
complete -c numres -n $list -l max-depth -x -d 'How deep arrays and objects may nest'
