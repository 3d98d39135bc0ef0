// What Postfix itself wrote of its clients in its mail log: sessions, how many at a time, and words of trouble.
// A line is in the order in which it happened, but its time is of seconds only.
export interface MailLogFigures {
  readonly sessions: number;
  readonly peakSessions: number;
  /** Commands that were refused, of the session that had most: `commands=accepted/all` of its last line. */
  readonly mostErrorsInASession: number;
  /** Sessions cut off for their errors, limits that were met, and clients that vanished. */
  readonly complaints: number;
}

export function readMailLog(log: string): MailLogFigures {
  let open = 0;
  let sessions = 0;
  let peakSessions = 0;
  let mostErrorsInASession = 0;
  let complaints = 0;
  for (const line of log.split('\n')) {
    if (/smtpd\[\d+\]: connect from/.test(line)) {
      sessions += 1;
      open += 1;
      peakSessions = Math.max(peakSessions, open);
    } else if (/smtpd\[\d+\]: disconnect from/.test(line)) {
      open -= 1;
      const [, good, all] = /commands=(\d+)(?:\/(\d+))?$/.exec(line) ?? [];
      mostErrorsInASession = Math.max(mostErrorsInASession, Number(all ?? good ?? 0) - Number(good ?? 0));
    } else if (/too many errors|limit exceeded|improper command pipelining|lost connection|timeout after|statistics: max .* rate .*exceed/.test(line)) {
      complaints += 1;
    }
  }
  return { sessions, peakSessions, mostErrorsInASession, complaints };
}
