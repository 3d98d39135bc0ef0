// A list's own file, version 7: rows whose address another list has. Numbered and never edited once it has shipped.
// Such a row is a duplicate without a first row in this list: it is never asked, and it has no verdict here.

export const LIST_007 = `
  CREATE TABLE IF NOT EXISTS elsewhere (
    row_id INTEGER PRIMARY KEY REFERENCES rows(id),
    list_id INTEGER NOT NULL                   -- in the library; that list may be gone by now
  ) STRICT;
`;
