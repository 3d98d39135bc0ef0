// Names put in the form of a vendored file: sorted, grouped by their first two characters, counted and dated.
// The same names always give the same text, byte by byte.
import type { DomainSnapshot, SnapshotSource } from '../../shared/lists/domain-snapshot.ts';

interface Parts {
  readonly about: string;
  readonly sources: readonly SnapshotSource[];
  readonly names: readonly string[];
}

export function snapshotOf({ about, sources, names }: Parts): DomainSnapshot {
  const groups = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    const start = name.slice(0, 2);
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [name]);
    else group.push(name);
  }
  const date = sources.map((source) => source.date).sort().at(-1) ?? '';
  return { about, sources, date, count: names.length, names: [...groups.values()].map((group) => group.join(' ')) };
}

export function snapshotText(snapshot: DomainSnapshot): string {
  return `${JSON.stringify(snapshot, null, 1)}\n`;
}
