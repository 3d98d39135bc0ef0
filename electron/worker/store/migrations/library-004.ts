// Library, version 4: how many recipients were asked today under each of the user's own limits. Numbered and never edited
// once it has shipped. Keys are patterns that the user typed into the settings, never names out of a list.

export const LIBRARY_004 = `
  CREATE TABLE daily_counts (
    day TEXT NOT NULL,                         -- local calendar day, '2026-11-21'
    key TEXT NOT NULL,                         -- the rule's MX pattern
    recipients INTEGER NOT NULL,
    PRIMARY KEY (day, key)
  ) STRICT, WITHOUT ROWID;
`;
