// Where a list of the queue goes when it is moved by one place or dropped: in front of which other, as main wants to know
// it. Pure: the order itself is main's.

/** The list in front of which it would stand then; null: behind all; undefined: it cannot go there. */
export function moveBy(waiting: readonly number[], listId: number, by: -1 | 1): number | null | undefined {
  const at = waiting.indexOf(listId);
  const to = at + by;
  if (at === -1 || to < 0 || to >= waiting.length) return undefined;
  return by === -1 ? waiting[to] : (waiting[to + 1] ?? null);
}

/** The order then. */
export function movedBefore(waiting: readonly number[], listId: number, before: number | null): readonly number[] {
  const others = waiting.filter((other) => other !== listId);
  const at = before === null ? others.length : others.indexOf(before);
  return others.toSpliced(at === -1 ? 0 : at, 0, listId);
}
