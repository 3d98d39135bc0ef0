// What one pool has learnt of a host and must not learn again on every connection. Bounded, and gone with the pool.
import { LRUCache } from 'lru-cache';
import { KnownReplies } from './known-replies.ts';
import { RefusalShare } from './refusal-share.ts';
import type { SmtpTarget } from './types.ts';

const MAX_HOSTS = 10_000;
/** Of so many hosts their usual replies are kept too. */
const MAX_TALKATIVE_HOSTS = 1_000;

export interface HostFacts {
  /** It refused MAIL until STARTTLS (530). */
  readonly demandsTls: boolean;
  /** Its TLS handshake failed or hung, or it refused STARTTLS: not tried again. */
  readonly tlsBroken: boolean;
  /** It got out of step, or contradicted itself, while pipelined: one command at a time from now on. */
  readonly oneByOne: boolean;
  /** It was seen to give as many replies as there were commands. */
  readonly inStep: boolean;
}

const UNKNOWN_HOST: HostFacts = { demandsTls: false, tlsBroken: false, oneByOne: false, inStep: false };

/** Shared by all sessions of a host; each learns for all. */
export class HostMemory {
  readonly #facts = new LRUCache<string, HostFacts>({ max: MAX_HOSTS });
  readonly #refusals = new LRUCache<string, RefusalShare>({ max: MAX_HOSTS });
  readonly #replies = new LRUCache<string, KnownReplies>({ max: MAX_TALKATIVE_HOSTS });

  of(target: SmtpTarget): HostFacts {
    return this.#facts.get(targetKey(target)) ?? UNKNOWN_HOST;
  }

  learn(target: SmtpTarget, facts: Partial<HostFacts>): void {
    this.#facts.set(targetKey(target), { ...this.of(target), ...facts });
  }

  /** What share of recipients it refuses. */
  refusalsOf(target: SmtpTarget): RefusalShare {
    return madeOnce(this.#refusals, targetKey(target), () => new RefusalShare());
  }

  /** What it says again and again. */
  repliesOf(target: SmtpTarget): KnownReplies {
    return madeOnce(this.#replies, targetKey(target), () => new KnownReplies());
  }
}

/** Connections, limits and facts belong to an IP and port, whatever MX names lead there. */
export function targetKey(target: SmtpTarget): string {
  return `${target.ip} ${String(target.port)}`;
}

function madeOnce<T extends object>(cache: LRUCache<string, T>, key: string, make: () => T): T {
  const kept = cache.get(key);
  if (kept !== undefined) return kept;
  const made = make();
  cache.set(key, made);
  return made;
}
