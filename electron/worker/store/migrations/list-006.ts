// A list's own file, version 6: rows that are verified again although they have a verdict. Numbered and never edited once
// it has shipped. Such a row is in the schedule like one that waits for its retry, but its verdict is not taken back by
// an attempt that hears nothing certain.

export const LIST_006 = `
  ALTER TABLE schedule ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
`;
