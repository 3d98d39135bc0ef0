// How long a list may take, from how its addresses are spread over mail servers and how many connections each may have.
// A range, because how fast a server answers is not known before it is asked; both ends are stated assumptions below.
// Pure. Never says a single time, and never less than what the user's own limits allow.
import type { Settings } from '../../../shared/settings/schema.ts';

export interface ServedRows {
  readonly rows: number;
  /** Connections at a time. */
  readonly connections: number;
  /** Recipients a minute; null: no bound. */
  readonly perMinute: number | null;
}

export interface Spread {
  /** Destinations that are known. */
  readonly destinations: readonly ServedRows[];
  /** Addresses and domains beside them: each domain counts as a destination of its own. */
  readonly rest: { readonly rows: number; readonly domains: number };
}

export interface TimeRange {
  readonly secondsAtLeast: number;
  readonly secondsAtMost: number;
}

/** Answers a second on one connection: 50 ms each where replies come in one go, 2 s each from a server that takes its time. */
const QUICK_PER_SEC = 20;
const SLOW_PER_SEC = 0.5;
/** Until the first answer of a server: nearby, or one that makes strangers wait for its greeting. */
const QUICK_GREETING_SEC = 0.3;
const SLOW_GREETING_SEC = 20;

export function timeRange({ destinations, rest }: Spread, settings: Pick<Settings, 'smtp' | 'retry'>): TimeRange {
  const known = destinations.filter(({ rows }) => rows > 0);
  const rows = known.reduce((sum, one) => sum + one.rows, 0) + rest.rows;
  if (rows === 0) return { secondsAtLeast: 0, secondsAtMost: 0 };
  const servers = known.length + rest.domains;
  const { maxConnections, maxConnectionsPerDestination: perServer, recipientsPerMinute } = settings.smtp;
  const connections = Math.max(1, Math.min(maxConnections, known.reduce((sum, one) => sum + one.connections, 0) + rest.domains * perServer));

  const allowed = recipientsPerMinute === 0 ? 0 : (rows * 60) / recipientsPerMinute;
  const end = (perSec: number, greetingSec: number): number => {
    const largest = known.map((one) => Math.max(one.rows / (one.connections * perSec), one.perMinute === null ? 0 : (one.rows * 60) / one.perMinute));
    const together = rows / (connections * perSec) + (servers * greetingSec) / connections;
    return Math.max(greetingSec, allowed, together, ...largest);
  };
  // Whoever is greylisted is asked twice more at most before that is over, as a rule.
  const greylistSec = (settings.retry.greylistFirstMs + settings.retry.greylistNextMs) / 1_000;
  return { secondsAtLeast: end(QUICK_PER_SEC, QUICK_GREETING_SEC), secondsAtMost: end(SLOW_PER_SEC, SLOW_GREETING_SEC) + greylistSec };
}
