// What a row's verdict looks like to the tables that say it in another tool's words. Plain data, no row without a
// verdict: such a row gets no word at all, because the other tool would not have had it in its file.
import type { CatchAll } from '../evidence.ts';
import type { Reason } from '../verdict.ts';

export interface ToolFacts {
  readonly reason: Reason;
  /** 0-100. */
  readonly score: number;
  readonly flags: ReadonlySet<string>;
  readonly didYouMean: string | null;
  /** The server that answered. */
  readonly mx: string | null;
  /** Normalised: local part as it was, domain as A-label. Null where it cannot be an address. */
  readonly address: string | null;
  /** What the domain's random recipient was told. */
  readonly catchAll: CatchAll;
}

/** One tool's result file: its columns, and how they are filled. */
export interface ToolWords {
  readonly columns: readonly string[];
  /** As many cells as there are columns, in their order. */
  readonly cells: (facts: ToolFacts) => readonly string[];
  /** For an address on the user's own suppress list; absent where the tool has no word for it. */
  readonly suppressed?: readonly string[];
}

/** The two parts of a normalised address; both empty where there is none. The last @ parts them (quoted local parts). */
export function partsOf(address: string | null): { readonly local: string; readonly domain: string } {
  const at = address?.lastIndexOf('@') ?? -1;
  return address === null || at < 0 ? { local: '', domain: '' } : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

export function acceptsAll({ reason, catchAll }: ToolFacts): boolean {
  return reason === 'accept_all' || catchAll === 'accepted';
}
