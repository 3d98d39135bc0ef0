// The kinds of lists that there are, and the user's own lists as plain data that may cross threads.
// `allow`: never flagged by any list. `block`: disposable as well. `suppress`: never asked. The others replace the
// built-in list of their name.

export const LIST_KINDS = ['allow', 'block', 'suppress', 'disposable', 'free', 'role', 'no_reply'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/**
 * Entries as `parseListFile` gives them. `allow`, `block` and `suppress`: addresses, or domains that cover the names below
 * them; `disposable` and `free`: domains; `role` and `no_reply`: local parts.
 */
export type CustomLists = Readonly<Partial<Record<ListKind, readonly string[]>>>;

/** Where a list comes from and of which day it is. */
export interface ListSource {
  readonly kind: ListKind;
  /** Package and version, or the file's name. */
  readonly source: string;
  /** ISO date of the data; empty where nobody knows. */
  readonly date: string;
  readonly entries: number;
  /** True for a list of the user's. */
  readonly custom: boolean;
}
