// Some resolvers answer names that do not exist with an advertising server's address (faults row 53). A random name under
// `.invalid`, which can never exist (RFC 6761 6.4), is asked before a job; whoever answers it is no witness for NXDOMAIN.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { DnsResult } from './dns-answer.ts';
import type { Resolver } from './resolver.ts';
import type { MxAddress } from './types.ts';

/** `unknown`: not asked yet, or no answer was to be had. */
export type HijackState = 'unknown' | 'honest' | 'hijacked';

export interface HijackCheck {
  readonly state: HijackState;
  /** Never rejects. */
  check(): Promise<HijackState>;
  /** Whether all of these are addresses that stood in for a name that does not exist. */
  isHijackAddress(addresses: readonly MxAddress[]): boolean;
}

export interface HijackCheckOptions {
  readonly resolver: Resolver;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

export function createHijackCheck({ resolver, clock, timeoutMs }: HijackCheckOptions): HijackCheck {
  let state: HijackState = 'unknown';
  const hijackIps = new Set<string>();

  return {
    get state() {
      return state;
    },
    async check() {
      const name = `${randomBytes(8).toString('hex')}.invalid`;
      const answer = await new Promise<DnsResult>((resolve) => {
        resolver.ask({ name, type: 'A', deadlineMs: clock.monotonicMs() + timeoutMs, settle: resolve }, 0);
      });
      if (answer.kind === 'records') {
        for (const ip of answer.ips) hijackIps.add(ip);
        state = 'hijacked';
      } else if (answer.kind === 'nxdomain' || answer.kind === 'nodata') {
        state = 'honest';
      }
      return state;
    },
    isHijackAddress: (addresses) => addresses.length > 0 && addresses.every(({ ip }) => hijackIps.has(ip)),
  };
}
