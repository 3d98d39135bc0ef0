// Things by two labels (a group and an outcome), found again in nanoseconds: the labels come as the same few strings over
// and over. Bounded, and the last guard of a promise: whatever a stage says, no label can be an address, a domain, a host
// name or an IP. What looks like none of our words is `other`.

/** Words of this program: provider ids, failure codes, outcomes. No dot, no colon, no `@`. */
const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const OTHER = 'other';
const MOST_FIRST = 64;
const MOST_SECOND = 64;

export class Labelled<T> {
  readonly #make: () => T;
  readonly #things = new Map<string, Map<string, T>>();
  #lastFirst = '';
  #lastSecond = '';
  #last: T | null = null;

  constructor(make: () => T) {
    this.#make = make;
  }

  of(first: string, second: string): T {
    if (this.#last !== null && first === this.#lastFirst && second === this.#lastSecond) return this.#last;
    const thing = this.#things.get(first)?.get(second) ?? this.#madeFor(first, second);
    this.#lastFirst = first;
    this.#lastSecond = second;
    this.#last = thing;
    return thing;
  }

  *entries(): Generator<readonly [first: string, second: string, thing: T]> {
    for (const [first, things] of this.#things) for (const [second, thing] of things) yield [first, second, thing];
  }

  #madeFor(first: string, second: string): T {
    const outer = bounded(this.#things, first, MOST_FIRST);
    const things = this.#things.get(outer) ?? new Map<string, T>();
    this.#things.set(outer, things);
    const inner = bounded(things, second, MOST_SECOND);
    const thing = things.get(inner) ?? this.#make();
    things.set(inner, thing);
    return thing;
  }
}

/** The label under which a thing is kept. */
export function labelOf(text: string): string {
  return WORD.test(text) ? text : OTHER;
}

function bounded(known: ReadonlyMap<string, unknown>, text: string, most: number): string {
  const label = labelOf(text);
  return known.has(label) || known.size < most ? label : OTHER;
}
