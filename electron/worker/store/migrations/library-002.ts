// Library, version 2: lists whose deletion can still be undone. Numbered and never edited once it has shipped.

export const LIBRARY_002 = `
  ALTER TABLE lists ADD COLUMN hidden_at_ms INTEGER;  -- null: to be seen
`;
