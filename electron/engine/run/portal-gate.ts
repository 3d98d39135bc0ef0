// Keeps verdicts back until it is clear that it is the mail servers themselves that answer (faults row 56): a captive
// portal or a proxy for port 25 greets for everybody with the same words, and what it says of addresses is worthless.
// Always holds: two unrelated servers that greet differently prove that there is none. Two that greet alike are a
// suspicion, no more (a hoster's customers have MX names of their own): then the host finds out, and decides.
import { getDomain } from 'tldts';
import type { DomainUpdate, VerdictRecord } from '../../worker/interface.ts';
import { greetingShape, isMasked } from '../preflight/greeting-shape.ts';

/** Verdicts held while only one server has spoken: a list of one domain must not wait for a second one for ever. */
export const MOST_HELD = 500;

export interface PortalGateOptions {
  /** Finds out whether somebody answers for all servers: what was found, in words, or null. Undefined: nobody watches. */
  readonly portalCheck: (() => Promise<string | null>) | undefined;
  readonly verdict: (record: VerdictRecord) => void;
  readonly end: (update: DomainUpdate) => void;
  /** Called once. What is held is dropped: those rows stay open. */
  readonly portal: (found: string) => void;
  /** What was held was given out. */
  readonly released: () => void;
}

type Held = { readonly kind: 'verdict'; readonly record: VerdictRecord } | { readonly kind: 'end'; readonly update: DomainUpdate };

export class PortalGate {
  readonly #options: PortalGateOptions;
  /** Shape of the greeting by who gave it: the registrable domain of the MX name. */
  readonly #shapes = new Map<string, { readonly shape: string; readonly ip: string }>();
  #held: Held[] = [];
  #heldEnds = 0;
  #state: 'watching' | 'checking' | 'clear' | 'portal';

  constructor(options: PortalGateOptions) {
    this.#options = options;
    this.#state = options.portalCheck === undefined ? 'clear' : 'watching';
  }

  get heldEnds(): number {
    return this.#heldEnds;
  }

  /** True while the host finds out: what is held must wait for it. */
  get checking(): boolean {
    return this.#state === 'checking';
  }

  greeted(mxHost: string, ip: string, greeting: string): void {
    if (this.#state !== 'watching') return;
    const party = getDomain(mxHost) ?? ip;
    if (this.#shapes.has(party)) return;
    const shape = greetingShape(greeting);
    for (const other of this.#shapes.values()) {
      if (other.ip === ip) return; // two names for one machine are one witness
      if (other.shape !== shape || isMasked(greeting)) {
        this.#clear();
        return;
      }
    }
    this.#shapes.set(party, { shape, ip });
    if (this.#shapes.size > 1) this.#check();
  }

  verdict(record: VerdictRecord): void {
    if (this.#state === 'portal') return;
    if (this.#passes(record)) {
      this.#options.verdict(record);
      return;
    }
    this.#held.push({ kind: 'verdict', record });
    if (this.#state === 'watching' && this.#held.length > MOST_HELD) this.release();
  }

  end(update: DomainUpdate): void {
    if (this.#state === 'portal') return;
    // In order: an end never overtakes the verdicts of its claim.
    if (this.#held.length === 0) {
      this.#options.end(update);
      return;
    }
    this.#heldEnds += 1;
    this.#held.push({ kind: 'end', update });
  }

  /** Gives out what is held: there is nobody left who could tell. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    this.#heldEnds = 0;
    for (const item of held) {
      if (item.kind === 'verdict') this.#options.verdict(item.record);
      else this.#options.end(item.update);
    }
    this.#options.released();
  }

  #passes(record: VerdictRecord): boolean {
    // What no server said cannot be a portal's word.
    return this.#state === 'clear' || record.evidence.every(({ code }) => code === null);
  }

  #clear(): void {
    this.#state = 'clear';
    this.#shapes.clear();
    this.release();
  }

  #check(): void {
    this.#state = 'checking';
    const { portalCheck, portal } = this.#options;
    // A check that fails itself says nothing against the network.
    const asked = portalCheck?.().catch(() => null) ?? Promise.resolve(null);
    void asked.then((found) => {
      if (found === null) {
        this.#clear();
        return;
      }
      this.#state = 'portal';
      this.#held = [];
      this.#heldEnds = 0;
      portal(found);
    });
  }
}
