// A number that only grows, as an object that can be found once and counted in many times.

export class Count {
  #value = 0;

  add(amount = 1): void {
    this.#value += amount;
  }

  get value(): number {
    return this.#value;
  }
}
