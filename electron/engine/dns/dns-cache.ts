// The cache before the resolver: one question in flight for each name and type, certain answers kept for their TTL
// (negative ones too, RFC 2308), in levels. A failure is never kept: SERVFAIL and silence say nothing about a name.
// Always holds: an answer comes by the asker's own deadline, also where it joined somebody else's question. `tryAsk` is the
// path of nearly everything in a large run: no promise, no string put together, no more than one look at the clock.
import type { Clock } from '../clock.ts';
import { NO_DNS_OBSERVER, type DnsObserver } from '../metrics/observers.ts';
import type { CacheEntry, CacheLevel } from './cache-level.ts';
import type { DnsAnswer, DnsResult, QueryType } from './dns-answer.ts';
import type { Asked, Question } from './question.ts';

export interface DnsCacheStats {
  readonly hits: number;
  readonly misses: number;
  /** Questions that joined one that was already out. */
  readonly coalesced: number;
  /** Entries by level. */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface DnsCache {
  /** What the first level knows, at once. */
  tryAsk(name: string, type: QueryType): DnsAnswer | null;
  /** `deadlineMs` on the monotonic clock. Never rejects. */
  ask(name: string, type: QueryType, deadlineMs: number): Promise<DnsResult>;
  /** What the levels know, in the questions' order; nobody else is asked. One call to each level. */
  getMany(questions: readonly Question[]): Promise<readonly (DnsAnswer | null)[]>;
  /** Keeps answers that are known from elsewhere, each for its TTL from now on. */
  setMany(answers: readonly (Question & { readonly answer: DnsAnswer })[]): void;
  stats(): DnsCacheStats;
  close(): void;
}

/** Asked on a miss; settles the question by its deadline, possibly before it returns. */
export type DnsSource = (asked: Asked) => void;

export interface DnsCacheOptions {
  /** Read in this order; may be empty. */
  readonly levels: readonly CacheLevel[];
  readonly clock: Clock;
  readonly source: DnsSource;
  readonly observer?: DnsObserver;
}

/** A question that is out, and who waits for its answer. */
class InFlight implements Asked {
  readonly name: string;
  readonly type: QueryType;
  readonly deadlineMs: number;
  readonly startedMs: number;
  readonly answer: Promise<DnsResult>;
  readonly #answered: (asked: InFlight, result: DnsResult) => void;
  #resolve: ((result: DnsResult) => void) | null = null;

  /** `answered` is told of the source's answer and gives it on to who waits by `end`. */
  constructor(name: string, type: QueryType, deadlineMs: number, startedMs: number, answered: (asked: InFlight, result: DnsResult) => void) {
    this.#answered = answered;
    this.name = name;
    this.type = type;
    this.deadlineMs = deadlineMs;
    this.startedMs = startedMs;
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  settle(result: DnsResult): void {
    this.#answered(this, result);
  }

  end(result: DnsResult): void {
    this.#resolve?.(result);
  }
}

export function createDnsCache({ levels, clock, source, observer = NO_DNS_OBSERVER }: DnsCacheOptions): DnsCache {
  const [first] = levels;
  const nearest = first?.tryGet === undefined ? null : first;
  /** Levels that have to be waited for. */
  const further = nearest === null ? levels : levels.slice(1);
  /** By type, then by name: a key put together for each question would have to be hashed for each. */
  const inFlight: Readonly<Record<QueryType, Map<string, InFlight>>> = { MX: new Map(), A: new Map(), AAAA: new Map() };
  const counts = { hits: 0, misses: 0, coalesced: 0 };

  function tryAsk(name: string, type: QueryType): DnsAnswer | null {
    const entry = nearest?.tryGet?.(name, type) ?? null;
    if (entry === null || entry.expiresAtMs <= clock.monotonicMs()) return null;
    counts.hits += 1;
    observer.question(0, nearest?.name ?? '', entry.answer.kind);
    return entry.answer;
  }

  function ask(name: string, type: QueryType, deadlineMs: number): Promise<DnsResult> {
    const known = tryAsk(name, type);
    if (known !== null) return Promise.resolve(known);
    const asked = inFlight[type].get(name);
    return asked === undefined ? askAnew(name, type, deadlineMs) : join(asked, deadlineMs);
  }

  function askAnew(name: string, type: QueryType, deadlineMs: number): Promise<DnsResult> {
    const asked = new InFlight(name, type, deadlineMs, clock.monotonicMs(), answered);
    // Set before anything is asked: an answer may come at once.
    inFlight[type].set(name, asked);
    if (further.length === 0) askSource(asked);
    else {
      void readFurther(name, type).then((found) => {
        if (found === null) askSource(asked);
        else end(asked, found.answer, found.level, clock.monotonicMs());
      });
    }
    return asked.answer;
  }

  function askSource(asked: InFlight): void {
    counts.misses += 1;
    source(asked);
  }

  /** By the source. */
  function answered(asked: InFlight, result: DnsResult): void {
    const nowMs = clock.monotonicMs();
    if (result.kind !== 'failed') keep({ name: asked.name, type: asked.type, answer: result, expiresAtMs: expiryOf(result, nowMs) });
    end(asked, result, 'server', nowMs);
  }

  function end(asked: InFlight, result: DnsResult, from: string, nowMs: number): void {
    inFlight[asked.type].delete(asked.name);
    observer.question(nowMs - asked.startedMs, from, result.kind);
    asked.end(result);
  }

  /** Somebody asks this already. Its deadline need not be ours. */
  function join(asked: InFlight, deadlineMs: number): Promise<DnsResult> {
    counts.coalesced += 1;
    const startedMs = clock.monotonicMs();
    const answer = deadlineMs < asked.deadlineMs ? byDeadline(asked.answer, deadlineMs) : asked.answer;
    return answer.then((result) => {
      const nowMs = clock.monotonicMs();
      observer.question(nowMs - startedMs, 'joined', result.kind);
      // Theirs ran out of time, and there is some left of ours.
      return result.kind === 'failed' && nowMs >= asked.deadlineMs && nowMs < deadlineMs ? ask(asked.name, asked.type, deadlineMs) : result;
    });
  }

  function byDeadline(answer: Promise<DnsResult>, deadlineMs: number): Promise<DnsResult> {
    return new Promise((resolve) => {
      const cancel = clock.after(deadlineMs - clock.monotonicMs(), () => {
        resolve({ kind: 'failed', detail: 'no answer in time' });
      }, { unref: true });
      void answer.then((result) => {
        cancel();
        resolve(result);
      });
    });
  }

  async function readFurther(name: string, type: QueryType): Promise<{ readonly answer: DnsAnswer; readonly level: string } | null> {
    for (const [index, level] of further.entries()) {
      const entry = await level.get(name, type);
      if (entry === null || entry.expiresAtMs <= clock.monotonicMs()) continue;
      const copy = { name, type, ...entry };
      nearest?.set(copy);
      for (const nearer of further.slice(0, index)) nearer.set(copy);
      counts.hits += 1;
      return { answer: entry.answer, level: level.name };
    }
    return null;
  }

  /** In whole milliseconds: a small integer is part of its object, a fraction is an object more for each entry. */
  function expiryOf(answer: DnsAnswer, nowMs: number): number {
    return Math.floor(nowMs) + answer.ttlSec * 1000;
  }

  function keep(entry: CacheEntry): void {
    for (const level of levels) level.set(entry);
  }

  return {
    tryAsk,
    ask,
    async getMany(questions) {
      const answers = questions.map(({ name, type }) => tryAsk(name, type));
      for (const [index, level] of further.entries()) {
        const open = answers.flatMap((answer, at) => (answer === null ? [at] : []));
        if (open.length === 0) break;
        const asked = open.flatMap((at) => questions[at] ?? []);
        const entries = await level.getMany(asked);
        const nowMs = clock.monotonicMs();
        const found: CacheEntry[] = [];
        for (const [place, at] of open.entries()) {
          const question = asked[place];
          const entry = entries[place] ?? null;
          if (question === undefined || entry === null || entry.expiresAtMs <= nowMs) continue;
          answers[at] = entry.answer;
          counts.hits += 1;
          found.push({ ...question, ...entry });
        }
        nearest?.setMany(found);
        for (const nearer of further.slice(0, index)) nearer.setMany(found);
      }
      return answers;
    },
    setMany(answers) {
      const nowMs = clock.monotonicMs();
      const entries = answers.map((entry) => ({ ...entry, expiresAtMs: expiryOf(entry.answer, nowMs) }));
      for (const level of levels) level.setMany(entries);
    },
    stats: () => ({ ...counts, sizes: Object.fromEntries(levels.map((level) => [level.name, level.size])) }),
    close() {
      for (const level of levels) level.close();
    },
  };
}
