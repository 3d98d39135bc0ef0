// Tells a dead host from a blocked port: if the first 20 different hosts cannot be connected to and none ever could,
// it is this machine's network, and not one verdict about them may be given (faults row 57).
// Until the first connection succeeds, what came of failed connects is held back here.
import type { DomainUpdate, VerdictRecord } from '../../worker/interface.ts';

/** Distinct hosts that must fail, with none connecting, before the port counts as blocked. */
export const HOSTS_UNTIL_BLOCKED = 20;

type Held = { readonly kind: 'verdict'; readonly record: VerdictRecord } | { readonly kind: 'end'; readonly update: DomainUpdate };

export interface ConnectGateSink {
  verdict(record: VerdictRecord): void;
  end(update: DomainUpdate): void;
  /** Called once. What is held is dropped: those rows stay open. */
  blocked(hosts: number): void;
}

export class ConnectGate {
  readonly #sink: ConnectGateSink;
  readonly #failedHosts = new Set<string>();
  #connected = false;
  #blocked = false;
  #held: Held[] = [];
  #domainsHeld = new Set<number>();

  constructor(sink: ConnectGateSink) {
    this.#sink = sink;
  }

  /** Claims whose end is held back. */
  get heldEnds(): number {
    return this.#held.filter((held) => held.kind === 'end').length;
  }

  connect(ip: string, ok: boolean): void {
    if (this.#connected || this.#blocked) return;
    if (ok) {
      this.#connected = true;
      this.release();
      return;
    }
    this.#failedHosts.add(ip);
    if (this.#failedHosts.size < HOSTS_UNTIL_BLOCKED) return;
    this.#blocked = true;
    this.#held = [];
    this.#sink.blocked(this.#failedHosts.size);
  }

  verdict(record: VerdictRecord, domainId: number): void {
    if (this.#blocked) return;
    if (this.#connected || !record.evidence.some((evidence) => evidence.stage === 'CONNECT' && evidence.code === null)) {
      this.#sink.verdict(record);
      return;
    }
    this.#domainsHeld.add(domainId);
    this.#held.push({ kind: 'verdict', record });
  }

  end(update: DomainUpdate): void {
    if (this.#blocked) return;
    if (this.#domainsHeld.has(update.domainId)) this.#held.push({ kind: 'end', update });
    else this.#sink.end(update);
  }

  /** Gives out what is held: a connection succeeded, or there is nobody left to try. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    this.#domainsHeld = new Set();
    for (const item of held) {
      if (item.kind === 'verdict') this.#sink.verdict(item.record);
      else this.#sink.end(item.update);
    }
  }
}
