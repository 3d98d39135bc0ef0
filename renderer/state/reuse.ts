// Structural sharing: a value that came over IPC is a copy throughout, even where nothing has changed. What equals the
// value before is replaced by it, so that "the same" can be seen by identity, and views that show it are left alone.
// Plain data only, as IPC carries it; never changes either value.

export function reuse<T>(previous: unknown, next: T): T {
  return reused(previous, next) as T;
}

function reused(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next) || !isPlain(previous) || !isPlain(next)) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(previous)) return next;
    const items = next.map((item: unknown, index) => reused(previous[index], item));
    return items.length === previous.length && items.every((item, index) => Object.is(item, previous[index])) ? previous : items;
  }
  if (Array.isArray(previous)) return next;
  const entries = Object.entries(next).map(([key, value]) => [key, reused(previous[key], value)] as const);
  const same = entries.length === Object.keys(previous).length && entries.every(([key, value]) => Object.hasOwn(previous, key) && Object.is(value, previous[key]));
  return same ? previous : Object.fromEntries(entries);
}

function isPlain(value: unknown): value is Record<string, unknown> & readonly unknown[] {
  return typeof value === 'object' && value !== null;
}
