// Library, version 5: damaged lists, how long lists are kept, verdicts for other lists. Numbered and never edited once it
// has shipped. Of an address there is nothing here but a keyed hash, whose key lies in a file of its own.

export const LIBRARY_005 = `
  ALTER TABLE lists ADD COLUMN damage TEXT;                        -- why its file was set aside; null: it was not
  ALTER TABLE lists ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;  -- last worked on
  ALTER TABLE lists ADD COLUMN told_at_ms INTEGER;                 -- when it was first told that it is to be forgotten
  ALTER TABLE lists ADD COLUMN reused INTEGER NOT NULL DEFAULT 0;  -- rows with a verdict of another list
  UPDATE lists SET changed_at_ms = created_at_ms;

  CREATE TABLE known_verdicts (
    key BLOB PRIMARY KEY,                      -- HMAC-SHA-256 of scope and address, cut to 16 bytes
    reason TEXT NOT NULL,
    score INTEGER NOT NULL,
    flags TEXT NOT NULL,                       -- joined by a space
    reply TEXT NOT NULL,                       -- code and enhanced code, no words: servers repeat the address in them
    checked_at_ms INTEGER NOT NULL,
    fit TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
