// A list's own file, version 3: what a domain's random recipient was told, and how much an attempt has heard.
// Numbered and never edited once it has shipped. All columns may be null: older lists did not keep this.

export const LIST_003 = `
  ALTER TABLE domains ADD COLUMN random_code INTEGER;      -- null: no answer is known
  ALTER TABLE domains ADD COLUMN random_enhanced TEXT;
  ALTER TABLE domains ADD COLUMN random_text TEXT;
  ALTER TABLE domains ADD COLUMN random_local TEXT;        -- the local part that was asked about
  ALTER TABLE domains ADD COLUMN random_mx TEXT;
  ALTER TABLE domains ADD COLUMN random_ip TEXT;
  ALTER TABLE domains ADD COLUMN random_at_ms INTEGER;

  ALTER TABLE schedule ADD COLUMN heard TEXT;              -- 'nothing', 'session', 'recipient'
`;
