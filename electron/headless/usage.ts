// The help text of the command line.
export const USAGE = `Winnow verifies e-mail lists on this machine. Nothing is uploaded and no message is ever sent.

  winnow verify LIST [options]   verify a CSV file
      --column NAME              the address column (header or number); found by itself otherwise
      --out FILE                 write the list with its original columns and Winnow's to FILE
      --keep STATUS,...          only rows with these statuses: deliverable, undeliverable, risky, unknown
      --words NAME               in whose words: winnow, reacher, zerobounce, neverbounce, kickbox
      --duplicates address|mailbox   what counts as the same row (mailbox: Gmail's dots and +tags do not differ)
      --lists DIR                your own list files: allow.txt, block.txt, suppress.txt, disposable.txt, free.txt,
                                 role.txt, no_reply.txt; by default those of the app, or DIR/lists with --store DIR
      --practice                 ask a simulated mail world on this machine instead of the Internet
      --dns HOST:PORT            ask this DNS server
      --port N                   SMTP port of the mail servers (25)
      --allow-loopback           let this run connect to 127.0.0.0/8 and ::1
      --settings FILE            a JSON file with settings (see README)
      --store DIR                keep lists and verdicts in DIR
      --resume                   go on with an earlier run of the same LIST
      --wait                     stay until nothing is scheduled for a later try
      --json                     one JSON summary on standard output
      --metrics PORT             serve metrics at http://127.0.0.1:PORT/metrics meanwhile
  winnow check                   addresses on standard input, one JSON line each; offline
  winnow classify                JSON lines {"reply", "stage"?} on standard input, {"status", "reason"} out
  winnow practice                run the simulated mail world until stopped
  winnow lists [--store DIR] [--json]        show the stored lists
  winnow delete ID [--store DIR]             delete a stored list and all its addresses

Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 paused (go on with --resume).
`;
