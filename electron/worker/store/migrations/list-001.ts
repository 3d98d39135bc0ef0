// A list's own file, version 1. Numbered and never edited once it has shipped.
// Rows never change after the import: what becomes known of them goes into narrow tables beside (53,000 verdicts a
// second in any order, against 16,000 into a wide indexed table).

export const LIST_001 = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE domains (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    catch_all TEXT NOT NULL DEFAULT 'not_run',
    accepted_any INTEGER NOT NULL DEFAULT 0,
    next_row INTEGER,                          -- its first row without a verdict
    next_retry_ms INTEGER                      -- the earliest of its schedule
  ) STRICT;

  CREATE TABLE rows (
    id INTEGER PRIMARY KEY,                    -- 1-based number of the data row in the file
    raw TEXT NOT NULL,                         -- the record as it was, without its line end
    address TEXT,                              -- normalised; only where it can be asked
    domain_id INTEGER REFERENCES domains(id),  -- only where it can be asked
    kind TEXT NOT NULL,                        -- 'open', 'invalid', 'duplicate', 'empty', 'suppressed'
    dup_of INTEGER REFERENCES rows(id)
  ) STRICT;

  CREATE TABLE verdicts (
    row_id INTEGER PRIMARY KEY REFERENCES rows(id),
    reason TEXT NOT NULL,
    score INTEGER NOT NULL,
    flags TEXT NOT NULL,                       -- joined by a space
    did_you_mean TEXT,
    reply TEXT,
    mx TEXT,
    checked_at_ms INTEGER NOT NULL,
    attempt INTEGER NOT NULL                   -- 0: never asked, decided at the import
  ) STRICT;

  CREATE TABLE evidence (
    row_id INTEGER NOT NULL REFERENCES rows(id),
    attempt INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (row_id, attempt)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE schedule (
    row_id INTEGER PRIMARY KEY REFERENCES rows(id),
    domain_id INTEGER NOT NULL REFERENCES domains(id),
    retry_at_ms INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX schedule_due ON schedule (domain_id, retry_at_ms);

  -- bare refusals of domains that have accepted nobody yet
  CREATE TABLE provisional (
    domain_id INTEGER NOT NULL REFERENCES domains(id),
    row_id INTEGER NOT NULL REFERENCES rows(id),
    PRIMARY KEY (domain_id, row_id)
  ) STRICT, WITHOUT ROWID;

  -- kept by the writer within each transaction: 'state:…', 'reason:…', 'scheduled:…'
  CREATE TABLE counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Built after the rows are there: while loading they would cost half of the speed. */
export const LIST_INDEXES = `
  CREATE INDEX IF NOT EXISTS rows_by_domain ON rows (domain_id) WHERE domain_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS domains_open ON domains (next_row) WHERE next_row IS NOT NULL;
  CREATE INDEX IF NOT EXISTS domains_retry ON domains (next_retry_ms) WHERE next_retry_ms IS NOT NULL;
`;
