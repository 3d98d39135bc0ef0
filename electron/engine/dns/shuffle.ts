// Fisher-Yates, for equal MX preferences and the addresses of one host.

/** A new array with the same items in random order; `random` gives [0, 1). */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [result[last], result[other]];
    if (a !== undefined && b !== undefined) {
      result[last] = b;
      result[other] = a;
    }
  }
  return result;
}
