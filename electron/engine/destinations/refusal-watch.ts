// Notices that a destination's answers are about this machine and not about the recipients: so many in a row that refuse
// it (a block list, a missing PTR) or ask for patience (a rate limit). Then there is no point, and no manners, in asking
// the next hundred.
// Always holds: one answer of any other kind starts the count anew. Where a server serves many customers (Microsoft 365,
// a gateway), one customer's own refusal is not the server's: that takes two domains, or a code by which the provider
// names its own block list.
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** Of this machine's address or name; nothing of it passes by waiting some minutes. */
const REFUSES_US: ReadonlySet<Reason> = new Set<Reason>(['ip_blocked', 'needs_ptr', 'helo_rejected']);

export function refusesUs(reason: Reason): boolean {
  return REFUSES_US.has(reason);
}

/** In a row before it counts. Fewer than one flight's worth; more than a stray content filter gives. */
export const MOST_IN_A_ROW = 5;

export type RefusalFinding = 'nothing' | 'domain' | 'destination';

export interface HeardReply {
  readonly reason: Reason;
  /** What says "us" by the classifier. */
  readonly isAboutUs: boolean;
  /** A provider's own code for it, if the reply names one. */
  readonly code: string | null;
}

export class RefusalWatch {
  readonly #isShared: boolean;
  #reason: Reason | null = null;
  #inARow = 0;
  #named = false;
  #firstDomain: number | null = null;
  #severalDomains = false;
  /** Of the domain that answered last. */
  #inThisDomain = 0;
  #lastDomain: number | null = null;

  /** `isShared`: one server that serves domains of different owners. */
  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** `mostInARow`: 1 while the destination is on trial. */
  heard({ reason, isAboutUs, code }: HeardReply, domainId: number, mostInARow = MOST_IN_A_ROW): RefusalFinding {
    if (!isAboutUs || !(refusesUs(reason) || reason === 'rate_limited')) {
      this.reset();
      return 'nothing';
    }
    if (reason !== this.#reason) this.reset();
    this.#reason = reason;
    this.#inARow += 1;
    this.#named ||= code !== null;
    this.#firstDomain ??= domainId;
    this.#severalDomains ||= domainId !== this.#firstDomain;
    this.#inThisDomain = domainId === this.#lastDomain ? this.#inThisDomain + 1 : 1;
    this.#lastDomain = domainId;
    if (this.#inARow < mostInARow) return 'nothing';
    const isWhole = !this.#isShared || this.#named || this.#severalDomains || mostInARow === 1;
    if (isWhole) return 'destination';
    return this.#inThisDomain >= mostInARow ? 'domain' : 'nothing';
  }

  reset(): void {
    this.#reason = null;
    this.#inARow = 0;
    this.#named = false;
    this.#firstDomain = null;
    this.#severalDomains = false;
    this.#inThisDomain = 0;
    this.#lastDomain = null;
  }
}
