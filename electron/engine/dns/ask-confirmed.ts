// NXDOMAIN makes an address undeliverable, so it is believed only when a second query says the same, put to another
// server where there is one (faults row 39). The second query asks for an address: there are name servers that answer
// NXDOMAIN for record types that they do not know, and none that do so for A.
import type { DnsResult, QueryType } from './dns-answer.ts';
import type { Asked } from './question.ts';
import type { Resolver } from './resolver.ts';

/** As `resolver.ask`, but an `nxdomain` has been confirmed; one that could not be is `failed`. All by the one deadline. */
export function askConfirmed(resolver: Pick<Resolver, 'ask'>, asked: Asked): void {
  resolver.ask(new Unconfirmed(resolver, asked), 0);
}

/** The first query. */
class Unconfirmed implements Asked {
  readonly name: string;
  readonly type: QueryType;
  readonly deadlineMs: number;
  readonly #resolver: Pick<Resolver, 'ask'>;
  readonly #asked: Asked;

  constructor(resolver: Pick<Resolver, 'ask'>, asked: Asked) {
    this.name = asked.name;
    this.type = asked.type;
    this.deadlineMs = asked.deadlineMs;
    this.#resolver = resolver;
    this.#asked = asked;
  }

  settle(result: DnsResult): void {
    if (result.kind === 'nxdomain') confirm(this.#resolver, this.#asked, result);
    else this.#asked.settle(result);
  }
}

function confirm(resolver: Pick<Resolver, 'ask'>, asked: Asked, first: DnsResult): void {
  const { name, type, deadlineMs } = asked;
  const atAnother = (ofType: QueryType, settle: (result: DnsResult) => void): void => {
    resolver.ask({ name, type: ofType, deadlineMs, settle }, 1);
  };
  atAnother('A', (second) => {
    if (second.kind === 'nxdomain') asked.settle(first);
    else if (second.kind === 'failed') asked.settle({ kind: 'failed', detail: `NXDOMAIN not confirmed: ${second.detail}` });
    else if (type === 'A') asked.settle(second);
    else {
      // The name exists after all. What of the type that was asked for?
      atAnother(type, (again) => {
        asked.settle(again.kind === 'nxdomain' ? { kind: 'nodata', ttlSec: again.ttlSec } : again);
      });
    }
  });
}
