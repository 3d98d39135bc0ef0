// Counts connections, by target and in all, and says whether one more may be opened. Opens and closes nothing.

export class ConnectionSlots {
  readonly #maxTotal: number;
  readonly #byKey = new Map<string, number>();
  #total = 0;

  constructor(maxTotal: number) {
    this.#maxTotal = maxTotal;
  }

  get total(): number {
    return this.#total;
  }

  /** True where the total is used up. */
  get full(): boolean {
    return this.#total >= this.#maxTotal;
  }

  of(key: string): number {
    return this.#byKey.get(key) ?? 0;
  }

  take(key: string): void {
    this.#byKey.set(key, this.of(key) + 1);
    this.#total += 1;
  }

  give(key: string): void {
    const left = this.of(key) - 1;
    if (left < 0) throw new Error('A connection slot was given back twice');
    if (left === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, left);
    this.#total -= 1;
  }
}
