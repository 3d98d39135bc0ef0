// Where readings come from: each run has a pool and a resolver of its own, which come and go while the counters that a
// scraper sees may only grow. What a source counted is kept when it leaves.

export class Sources<Reading> {
  readonly #live = new Set<() => Reading>();
  readonly #ended = new Map<string, number>();
  readonly #countersOf: (reading: Reading) => Readonly<Record<string, number>>;

  /** `countersOf`: those numbers of a reading that only grow, by name. */
  constructor(countersOf: (reading: Reading) => Readonly<Record<string, number>>) {
    this.#countersOf = countersOf;
  }

  /** Until the returned function is called; calling it twice is fine. */
  attach(read: () => Reading): () => void {
    this.#live.add(read);
    return () => {
      if (this.#live.delete(read)) addAll(this.#ended, this.#countersOf(read()));
    };
  }

  get size(): number {
    return this.#live.size;
  }

  readings(): readonly Reading[] {
    return [...this.#live].map((read) => read());
  }

  /** Since the start, over all sources that there ever were. */
  counters(): ReadonlyMap<string, number> {
    const sum = new Map(this.#ended);
    for (const reading of this.readings()) addAll(sum, this.#countersOf(reading));
    return sum;
  }
}

function addAll(sum: Map<string, number>, counters: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counters)) sum.set(name, (sum.get(name) ?? 0) + value);
}
