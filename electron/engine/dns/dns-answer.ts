// What one DNS question was answered with, as data that can be cached, stored and handed between threads.
// `failed` is no answer: it says nothing about the name and is never cached.

export type QueryType = 'MX' | 'A' | 'AAAA';

export interface MxRecord {
  readonly preference: number;
  /** Lower-case, without the trailing dot; '' for the root (null MX, RFC 7505). */
  readonly exchange: string;
}

export type DnsAnswer =
  | {
      readonly kind: 'records';
      /** Of the question's type, and owned by the name at the end of the CNAME chain; at least one of the two is not empty. */
      readonly mx: readonly MxRecord[];
      readonly ips: readonly string[];
      /** Set where the name asked for is an alias (CNAME) of theirs. */
      readonly aliased?: true;
      /** The least TTL along the chain, clamped by the settings. */
      readonly ttlSec: number;
    }
  /** The CNAME chain leads in `steps` steps to a name that the server did not follow itself. */
  | { readonly kind: 'alias'; readonly target: string; readonly steps: number; readonly ttlSec: number }
  | { readonly kind: 'nxdomain'; readonly ttlSec: number }
  /** The name exists and has no record of this type. */
  | { readonly kind: 'nodata'; readonly ttlSec: number };

export interface DnsFailure {
  readonly kind: 'failed';
  /** Plain words for evidence. */
  readonly detail: string;
}

export type DnsResult = DnsAnswer | DnsFailure;

/** Bounds and default of a record's lifetime, in seconds (settings `dns`). */
export interface TtlBounds {
  readonly minTtlSec: number;
  readonly maxTtlSec: number;
  readonly defaultTtlSec: number;
}
