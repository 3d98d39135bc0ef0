// One DNS question as it is asked, cached and compared: a canonical name (lower case, no trailing dot) and a type.
import type { DnsResult, QueryType } from './dns-answer.ts';

export interface Question {
  readonly name: string;
  readonly type: QueryType;
}

/** A question that is under way. One object from the cache to the socket: closures for each step cost more than asking. */
export interface Asked extends Question {
  /** On the monotonic clock: it has been settled by then. */
  readonly deadlineMs: number;
  /** Called once, possibly before whoever was asked returns. */
  settle(result: DnsResult): void;
}

/** The question as one string, for maps and for levels that store text. */
export function questionKey(name: string, type: QueryType): string {
  return `${type} ${name}`;
}
