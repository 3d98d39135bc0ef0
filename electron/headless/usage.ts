// The help text of the command line.
export const USAGE = `Winnow verifies e-mail lists on this machine. Nothing is uploaded and no message is ever sent.

  winnow verify LIST... [options]   verify lists: CSV or text (any delimiter and encoding), Excel (.xlsx), JSON Lines,
                                 packed by gzip or not; folders of them; or - for standard input
      --together                 all files are one list; otherwise each is its own, and --out is a folder
      --column NAME              the address column (header or number); found by itself otherwise. More than once, or
                                 "all": each address in those columns becomes a row of its own
      --sheet NAME               the sheet of a workbook (name or number); the first with addresses otherwise
      --header-row N             the row of a sheet that names the columns, where a title stands above it; found otherwise
      --encoding NAME --delimiter comma|semicolon|tab|pipe|CHARACTER   what is otherwise found by itself
      --out FILE                 write the list with its original columns and Winnow's to FILE (CSV, or by its extension
                                 .tsv, .xlsx, .jsonl, .html: see export)
      --keep STATUS,...          only rows with these statuses: deliverable, undeliverable, risky, unknown
      --words NAME               in whose words: winnow, reacher, zerobounce, neverbounce, kickbox
      --duplicates address|mailbox   what counts as the same row (mailbox: Gmail's dots and +tags do not differ)
      --not-in LIST,...          rows with an address of these stored lists (by number) are kept, and never asked
      --lists DIR                your own list files: allow.txt, block.txt, suppress.txt, disposable.txt, free.txt,
                                 role.txt, no_reply.txt; by default those of the app, or DIR/lists with --store DIR
      --practice                 ask a simulated mail world on this machine instead of the Internet
      --dns HOST:PORT            ask this DNS server
      --port N                   SMTP port of the mail servers (25)
      --allow-loopback           let this run connect to 127.0.0.0/8 and ::1
      --settings FILE            a JSON file with settings (see README)
      --store DIR                keep lists and verdicts in DIR
      --dns-only                 syntax and DNS only: no mail server is asked; the rest stays open for a full run
      --resume                   go on with an earlier run of the same LIST
      --again all|unknown|older-than:DAYS|selected   verify that LIST again, as it is stored; each address keeps its verdict
                                 until there is a new one, and a certain one where nothing certain is heard. With
                                 selected: the rows of --status, --reason, --domain, --provider, --flag, --search (see query)
      --wait                     stay until nothing is scheduled for a later try
      --json                     one JSON summary on standard output
      --metrics PORT             serve metrics at http://127.0.0.1:PORT/metrics meanwhile
  winnow preflight [options]     is this machine fit to ask mail servers? exit code 1 where it is not
      --practice [--scenario NAME]   check the practice world, with one thing wrong in it
      --dns HOST:PORT --port N --hosts DOMAIN,… --allow-loopback --settings FILE --json
  winnow check                   addresses on standard input, one JSON line each; offline
  winnow classify                JSON lines {"reply", "stage"?} on standard input, {"status", "reason"} out
  winnow practice [--scenario NAME]          run the simulated mail world until stopped
  winnow lists [--store DIR] [--json]        show the stored lists
  winnow append ID FILE [options]            add the rows of FILE to a stored list: columns go by their names, new ones to the end
      --column, --sheet, --header-row, --encoding, --delimiter, --not-in, --lists, --json   as for verify
  winnow merge ID ID... --name NAME          several stored lists as a new one; an address keeps the best verdict that it has
      --source-column NAME       one more column: which list a row came from
      --duplicates address|mailbox --json
  winnow split ID --by RULE                  a stored list as several new ones, with their verdicts: status, provider, domain
                                 (the 10 commonest and the rest; domain:N for others), parts:N
      --status, --reason, --domain, --provider, --flag, --duplicates, --search   instead of --by: those rows, and the rest
      --name NAME                what the new lists' names begin with
      --json                     one JSON report on standard output
  winnow export ID --out FILE [options]      write a stored list to a file, also while it is being verified
      --format csv|tsv|xlsx|jsonl|html   by FILE's extension otherwise; html is a one-page summary (the app makes a PDF of it)
      --preset NAME              mailing, everything, suppression, spreadsheet, zerobounce, neverbounce, kickbox, reacher,
                                 or one of the settings' (--settings FILE)
      --keep STATUS,...          only rows with these statuses
      --each-status              one file for each status: FILE-deliverable, FILE-risky and so on
      --no-duplicates            without rows that repeat an earlier one
      --columns NAME,...         in this order; also :original, :verdict, :address, and :3 for the third column
      --words NAME               in whose words: winnow, reacher, zerobounce, neverbounce, kickbox
      --exact                    cells as they are, not safe for spreadsheets (XLSX and JSON Lines always are both)
      --delimiter comma|semicolon|tab|pipe --encoding utf-8|utf-16le|windows-1252 --bom yes|no --line-end lf|crlf
      --status, --reason, --domain, --provider, --flag, --duplicates, --search   only those rows, as query finds them
      --json                     one JSON report on standard output
  winnow backup [--kept N] [--max-list-mb N] [--settings FILE] [--store DIR] [--json]
                                 copy what has changed, beside the lists; exit code 1 where something could not be copied
      --show                     only tell which copies there are
  winnow restore ID|library [--store DIR] [--json]   put the last copy of a damaged list, or of the list of lists, in its place
  winnow query ID [options]      rows of a stored list, tab-separated: row, status, reason, score, address
      --status A,B --reason A,B --provider A,B --flag A,B --domain A,B
                                 only rows with any of these; where several options are given, all must hold
      --duplicates only|without  only duplicates, or none
      --search TEXT              in the address or any other cell
      --sort KEY[:desc]          row, address, domain, status, checkedAt or score
      --limit N|all              at most so many rows (100)
      --after ROW                go on after this row, in the same order
      --count                    only how many there are
      --json                     a JSON line for each row
      --store DIR                look in DIR
  winnow retention [--lists-after DAYS] [--verdicts-after DAYS] [--settings FILE] [--store DIR] [--json]
                                 delete what nobody has worked on for so many days, and tell what comes next; nothing goes
                                 that was not told a day before, so run it once a day
      --dry-run                  only tell
  winnow delete ID [--store DIR]             delete a stored list and all its addresses

Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 paused (go on with --resume).
`;
