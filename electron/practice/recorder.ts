// What the practice servers saw: counts for tests and benchmarks, and every broken promise in words.
// Only ever grows; `record()` hands out a copy.
import type { PracticeRecord } from './types.ts';

export interface Recorder {
  violation(text: string): void;
  sessionOpened(mxHost: string): void;
  sessionClosed(mxHost: string): void;
  greeted(heloName: string): void;
  recipient(address: string, refused: boolean): void;
  closedWith421(): void;
  dnsQuery(): void;
  record(): PracticeRecord;
}

/** Violations kept; a client gone wild must not fill the memory. */
const MAX_VIOLATIONS = 1000;
const MAX_HELO_NAMES = 100;

export function createRecorder(): Recorder {
  const violations: string[] = [];
  const openByHost = new Map<string, number>();
  const peakByHost = new Map<string, number>();
  const asked = new Map<string, number>();
  const heloNames = new Set<string>();
  const counts = { sessions: 0, recipients: 0, refused: 0, closedWith421: 0, dnsQueries: 0 };

  return {
    violation(text) {
      if (violations.length < MAX_VIOLATIONS) violations.push(text);
    },
    sessionOpened(mxHost) {
      counts.sessions += 1;
      const open = (openByHost.get(mxHost) ?? 0) + 1;
      openByHost.set(mxHost, open);
      peakByHost.set(mxHost, Math.max(open, peakByHost.get(mxHost) ?? 0));
    },
    sessionClosed(mxHost) {
      openByHost.set(mxHost, (openByHost.get(mxHost) ?? 1) - 1);
    },
    greeted(heloName) {
      if (heloNames.size < MAX_HELO_NAMES) heloNames.add(heloName);
    },
    recipient(address, refused) {
      counts.recipients += 1;
      if (refused) counts.refused += 1;
      asked.set(address, (asked.get(address) ?? 0) + 1);
    },
    closedWith421() {
      counts.closedWith421 += 1;
    },
    dnsQuery() {
      counts.dnsQueries += 1;
    },
    record: () => ({
      ...counts,
      violations: [...violations],
      heloNames: [...heloNames],
      peakSessions: Object.fromEntries(peakByHost),
      askedByRecipient: Object.fromEntries(asked),
    }),
  };
}
