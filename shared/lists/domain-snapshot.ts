// A vendored list of domains as it lies in data/: where it comes from, of which day, and its names.
// Names are grouped by their first two characters, one group a string, so that a change is a change of one line.
// Written by build/make-lists.ts and by nobody else; unpacked at first use.

/** A package that names were taken from. */
export interface SnapshotSource {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** ISO date of the release. */
  readonly date: string;
}

export interface DomainSnapshot {
  readonly about: string;
  readonly sources: readonly SnapshotSource[];
  /** ISO date of the newest source. */
  readonly date: string;
  /** Number of names. */
  readonly count: number;
  /** Lower-case A-labels, in order, a space between two. */
  readonly names: readonly string[];
}

export function namesOf(snapshot: DomainSnapshot): ReadonlySet<string> {
  return new Set(snapshot.names.join(' ').split(' '));
}

/** The sources in words, as lists of sources show them. */
export function sourceInWords(snapshot: DomainSnapshot): string {
  return snapshot.sources.map(({ name, version }) => `${name} ${version}`).join(', ');
}
