// A list's own file, version 5: what waits for which reason, and until when, is found without reading the schedule.
// Numbered and never edited once it has shipped.

export const LIST_005 = `
  CREATE INDEX IF NOT EXISTS schedule_by_reason ON schedule (reason, retry_at_ms);
`;
