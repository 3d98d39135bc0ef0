// Lets at most so many be under way at a time; the others start in the order in which they came.
// Always holds: whoever leaves, in whatever way, makes room for the next in line; one that ends while it starts does so
// without growing the stack, however long the line is. No promises: this is passed by every question.

/** What takes a place. */
export interface Starter {
  /** Called once there is room. False: no longer needed, the place goes to the next. */
  start(): boolean;
}

/** From here on the spent part of the line is worth cutting off. */
const SPENT_BEFORE_CUT = 1_024;

export class InFlightLine {
  readonly #max: number;
  // Shifting an array of thousands costs O(n) each time; a moving head keeps 5,000 names at once cheap.
  #line: Starter[] = [];
  #head = 0;
  #running = 0;
  #handingOn = false;

  constructor(max: number) {
    this.#max = max;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#line.length - this.#head;
  }

  /** Starts it now if there is room and nobody came before, or else later. True: its turn has come already. */
  enter(starter: Starter): boolean {
    if (this.#running >= this.#max || this.waiting > 0) {
      this.#line.push(starter);
      return false;
    }
    this.#running += 1;
    if (!starter.start()) this.leave();
    return true;
  }

  /** Who was started and has ended calls this, once. */
  leave(): void {
    this.#running -= 1;
    if (this.#handingOn) return;
    this.#handingOn = true;
    while (this.#running < this.#max) {
      const next = this.#line[this.#head];
      if (next === undefined) break;
      this.#head += 1;
      this.#cutSpent();
      this.#running += 1;
      if (!next.start()) this.#running -= 1;
    }
    this.#handingOn = false;
  }

  #cutSpent(): void {
    if (this.#head < SPENT_BEFORE_CUT || this.#head * 2 < this.#line.length) return;
    this.#line = this.#line.slice(this.#head);
    this.#head = 0;
  }
}
