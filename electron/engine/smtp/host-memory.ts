// What one pool has learnt of a host and must not learn again on every connection. Bounded, and gone with the pool.
import { LRUCache } from 'lru-cache';
import type { SmtpTarget } from './types.ts';

const MAX_HOSTS = 10_000;

export interface HostFacts {
  /** It refused MAIL until STARTTLS (530). */
  readonly demandsTls: boolean;
  /** Its TLS handshake failed or hung, or it refused STARTTLS: not tried again. */
  readonly tlsBroken: boolean;
  /** It got out of step, or contradicted itself, while pipelined: one command at a time from now on. */
  readonly oneByOne: boolean;
}

const UNKNOWN_HOST: HostFacts = { demandsTls: false, tlsBroken: false, oneByOne: false };

export class HostMemory {
  readonly #facts = new LRUCache<string, HostFacts>({ max: MAX_HOSTS });

  of(target: SmtpTarget): HostFacts {
    return this.#facts.get(targetKey(target)) ?? UNKNOWN_HOST;
  }

  learn(target: SmtpTarget, facts: Partial<HostFacts>): void {
    this.#facts.set(targetKey(target), { ...this.of(target), ...facts });
  }
}

/** Connections, limits and facts belong to an IP and port, whatever MX names lead there. */
export function targetKey(target: SmtpTarget): string {
  return `${target.ip} ${String(target.port)}`;
}
