// Library, version 3: DNS answers that outlive a run. Numbered and never edited once it has shipped.
// Names of the lists' domains lie here: whatever deletes a list empties it, and it can be switched off.

export const LIBRARY_003 = `
  CREATE TABLE dns_cache (
    key TEXT PRIMARY KEY,                      -- type and name: 'MX example.com'
    answer TEXT NOT NULL,                      -- JSON, as whoever asks wants it
    expires_at_ms INTEGER NOT NULL             -- epoch
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX dns_cache_expiry ON dns_cache (expires_at_ms);
`;
