// Library, version 1: the lists there are. Numbered and never edited once it has shipped.

export const LIBRARY_001 = `
  CREATE TABLE lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,      -- never used again: it names the list's file
    name TEXT NOT NULL,
    file TEXT NOT NULL,                        -- within the store's folder
    source_path TEXT NOT NULL,
    source_size INTEGER NOT NULL,
    source_mtime_ms REAL NOT NULL,
    state TEXT NOT NULL,                       -- ListState, or 'deleting'
    practice INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    bom INTEGER NOT NULL,
    delimiter TEXT NOT NULL,
    newline TEXT NOT NULL,
    has_header INTEGER NOT NULL,
    guarded INTEGER NOT NULL,                  -- its cells carry the spreadsheet guard of an export of ours
    columns_json TEXT NOT NULL,
    address_column INTEGER NOT NULL,
    counters_json TEXT NOT NULL                -- as last seen, shown when the list's own file cannot be read
  ) STRICT;
`;
