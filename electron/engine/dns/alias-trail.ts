// The CNAME chain that one question has led along, where the server left following it to us. At most eight steps, whoever
// takes them (faults rows 42, 43): a chain that is longer or turns in a circle gives no answer at all, never an empty one.
import { MAX_CNAME_STEPS } from './dns-message.ts';
import type { DnsAnswer, DnsFailure } from './dns-answer.ts';

export type AliasAnswer = Extract<DnsAnswer, { kind: 'alias' }>;

export class AliasTrail {
  readonly #visited: Set<string>;
  #steps = 0;

  constructor(name: string) {
    this.#visited = new Set([name]);
  }

  /** Goes along; why that cannot be, or null where `alias.target` is to be asked next. */
  follow(alias: AliasAnswer): DnsFailure | null {
    this.#steps += alias.steps;
    if (this.#steps > MAX_CNAME_STEPS) return { kind: 'failed', detail: 'CNAME chain too long' };
    if (this.#visited.has(alias.target)) return { kind: 'failed', detail: 'CNAME loop' };
    this.#visited.add(alias.target);
    return null;
  }
}
