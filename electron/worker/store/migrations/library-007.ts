// Library, version 7: remembered verdicts by their age and their number, so that the oldest can be forgotten when there are
// too many without going through them all. Numbered and never edited once it has shipped.

export const LIBRARY_007 = `
  CREATE INDEX known_verdicts_by_time ON known_verdicts (checked_at_ms);
  CREATE TABLE known_count (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n INTEGER NOT NULL                         -- rows of known_verdicts
  ) STRICT;
  INSERT INTO known_count SELECT 1, count(*) FROM known_verdicts;
`;
