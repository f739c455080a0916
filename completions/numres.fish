# Completion of numres for fish.

complete -c numres -n __fish_use_subcommand -f
complete -c numres -n __fish_use_subcommand -a show -d 'Show the reservations and their phone numbers'
complete -c numres -n __fish_use_subcommand -a check -d 'List every problem and error'
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
complete -c numres -n $show -l keep-formulas -d 'csv, tsv: write fields that look like formulas as they are'

set -l check '__fish_seen_subcommand_from check'
complete -c numres -n $check -l format -x -d 'How to print what was found' -a "
    text\t'FILE:LINE:COLUMN: path: message'
    json\t'A JSON object a line'"
complete -c numres -n $check -l bare -d 'The input holds reservations without an envelope'
complete -c numres -n $check -l require-members -d 'A documented member that is missing is a problem'
complete -c numres -n $check -l e164 -d 'A phone number that is not E.164 is a problem'
complete -c numres -n $check -l quiet -d 'Print no closing count'
