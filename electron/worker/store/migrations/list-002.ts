// A list's own file, version 2: what the window's pages and counts need. Numbered and never edited once it has shipped.
// Filtered pages are read by key from the index of reasons (measured: a few microseconds at any depth, where a scan of
// a million rows takes a second); duplicates lie in a narrow table, so that neither they nor their number by verdict
// is ever looked for in the wide one.

export const LIST_002 = `
  CREATE TABLE duplicates (
    row_id INTEGER PRIMARY KEY REFERENCES rows(id),
    first_row INTEGER NOT NULL REFERENCES rows(id)
  ) STRICT;
  INSERT INTO duplicates SELECT id, dup_of FROM rows WHERE dup_of IS NOT NULL ORDER BY id;
  CREATE INDEX duplicates_by_first ON duplicates (first_row);

  CREATE INDEX verdicts_by_reason ON verdicts (reason);

  -- 'duplicates:…': duplicates by the reason that their first row has
  INSERT INTO counters SELECT 'duplicates:' || v.reason, count(*) FROM duplicates d JOIN verdicts v ON v.row_id = d.first_row GROUP BY v.reason;
`;
