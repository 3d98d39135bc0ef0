// A doubly linked list whose links live in the things that are linked: adding and removing cost a few assignments and no
// allocation, wherever in the list the thing stands. A link is in one list at most; removing it twice does nothing.

export class ListLink<T> {
  readonly owner: T;
  /** For `LinkedList` only. */
  list: LinkedList<T> | null = null;
  previous: ListLink<T> | null = null;
  next: ListLink<T> | null = null;

  constructor(owner: T) {
    this.owner = owner;
  }
}

export class LinkedList<T> {
  #first: ListLink<T> | null = null;
  #last: ListLink<T> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | null {
    return this.#first === null ? null : this.#first.owner;
  }

  get last(): T | null {
    return this.#last === null ? null : this.#last.owner;
  }

  /** Adds at the end. Throws where the link is in a list already. */
  push(link: ListLink<T>): void {
    if (link.list !== null) throw new Error('Already in a list');
    const last = this.#last;
    link.list = this;
    link.previous = last;
    if (last === null) this.#first = link;
    else last.next = link;
    this.#last = link;
    this.#size += 1;
  }

  /** False where it is not in this list. */
  remove(link: ListLink<T>): boolean {
    if (link.list !== this) return false;
    const { previous, next } = link;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    link.list = null;
    link.previous = null;
    link.next = null;
    this.#size -= 1;
    return true;
  }

  /** From the first to the last. The one at hand may be removed meanwhile; nothing else may change. */
  *[Symbol.iterator](): Iterator<T> {
    for (let link = this.#first; link !== null; ) {
      const { next } = link;
      yield link.owner;
      link = next;
    }
  }
}
