// What the stages tell while they work, as plain calls: a stage takes one of these and knows nothing of registries.
// Always holds: an observer never throws, never waits and is cheap enough for every flight; `group` is a provider's id
// or `other`, never a host, a domain or an address.

/** Units: milliseconds on the monotonic clock. */
export interface PoolObserver {
  /** A caller got a session (or not) after waiting so long. */
  acquired(group: string, waitMs: number, outcome: 'idle' | 'opened' | 'waited' | 'failed'): void;
  /** A connection was dialled: greeted, or the code of its failure. */
  connected(group: string, tookMs: number, outcome: string): void;
  /** A session ended after so long, with so many recipients asked. */
  ended(group: string, lifetimeMs: number, recipients: number, cause: string): void;
  /** One flight: its recipients and how long its replies took. */
  flight(group: string, tookMs: number, recipients: number, outcome: string): void;
  health(group: string, outcome: 'alive' | 'dead' | 'skipped'): void;
  breaker(group: string, state: 'closed' | 'open' | 'half_open'): void;
}

export interface DnsObserver {
  /** One look-up of a domain's mail hosts, by its outcome (`hosts`, `domain_not_found`, …). */
  lookup(tookMs: number, outcome: string): void;
  /** One question as it was answered: from which level, joined, or by a server. */
  question(tookMs: number, from: string, outcome: string): void;
}

export interface StoreObserver {
  committed(verdicts: number, tookMs: number, queuedMs: number): void;
}

const nothing = (): void => undefined;

export const NO_POOL_OBSERVER: PoolObserver = { acquired: nothing, connected: nothing, ended: nothing, flight: nothing, health: nothing, breaker: nothing };
export const NO_DNS_OBSERVER: DnsObserver = { lookup: nothing, question: nothing };
export const NO_STORE_OBSERVER: StoreObserver = { committed: nothing };
