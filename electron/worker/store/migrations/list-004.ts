// A list's own file, version 4: verdicts as narrow as can be. Numbered and never edited once it has shipped.
// A verdict is four numbers and its details lie in blocks, in the order in which they were committed: verdicts come in
// any order, and what is put at random into a wide table costs a page each (measured: three times as slow in any order,
// and half as fast again in order). Evidence is a part of the details; that of older versions stays where it is.

/** Codes of reasons, as `reasons` has them; later reasons get the next one from whoever writes them first. */
const CODES = [
  'accepted', 'accepted_busy', 'syntax_no_at', 'syntax_multiple_at', 'syntax_no_local', 'syntax_no_domain', 'syntax_local_too_long',
  'syntax_domain_too_long', 'syntax_too_long', 'syntax_bad_character', 'syntax_space', 'syntax_dots', 'syntax_quotes', 'syntax_hyphen',
  'syntax_no_tld', 'syntax_bad_tld', 'syntax_domain_literal', 'syntax_bad_idn', 'domain_not_found', 'no_mail_server', 'null_mx',
  'unroutable_mx', 'mailbox_not_found', 'mailbox_disabled', 'domain_not_accepting', 'accept_all', 'accepted_unproven', 'mailbox_full',
  'role', 'disposable', 'no_reply', 'possible_typo', 'possible_trap', 'greylisted', 'rate_limited', 'ip_blocked', 'needs_ptr',
  'helo_rejected', 'sender_rejected', 'tls_required', 'relay_denied', 'policy_rejected', 'content_rejected', 'blanket_reject',
  'provider_unverifiable', 'no_connect', 'timeout', 'dropped', 'protocol_error', 'server_error', 'dns_temporary', 'blocked_target',
  'port25_blocked', 'smtputf8_unsupported',
] as const;

export const LIST_004 = `
  CREATE TABLE reasons (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  INSERT INTO reasons (name) VALUES ${CODES.map((name) => `('${name}')`).join(', ')};
  INSERT OR IGNORE INTO reasons (name) SELECT DISTINCT reason FROM verdicts;

  -- lines of JSON (verdict-details); 4096 * id + offset is the place of a line
  CREATE TABLE details (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
  INSERT INTO details
    SELECT row_id, CAST(json_array(0, checked_at_ms, attempt, flags, did_you_mean, reply, mx, NULL) || char(10) AS BLOB) FROM verdicts ORDER BY row_id;

  CREATE TABLE verdicts_004 (
    row_id INTEGER PRIMARY KEY REFERENCES rows(id),
    reason INTEGER NOT NULL,                   -- code
    score INTEGER NOT NULL,
    details INTEGER NOT NULL                   -- place
  ) STRICT;
  INSERT INTO verdicts_004
    SELECT v.row_id, r.code, v.score, 4096 * v.row_id FROM verdicts v JOIN reasons r ON r.name = v.reason ORDER BY v.row_id;
  DROP TABLE verdicts;
  ALTER TABLE verdicts_004 RENAME TO verdicts;
  CREATE INDEX verdicts_by_reason ON verdicts (reason);

  -- where the details of earlier attempts are
  CREATE TABLE earlier (
    row_id INTEGER NOT NULL REFERENCES rows(id),
    attempt INTEGER NOT NULL,
    details INTEGER NOT NULL,
    PRIMARY KEY (row_id, attempt)
  ) STRICT, WITHOUT ROWID;
`;
