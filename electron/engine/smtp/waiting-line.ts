// Those who wait for a session, in the order in which they came. Fair: whoever can be served is served by age, so a
// busy target never starves a quiet one. Each has a deadline; being served or timing out takes it out of the line.
import type { Clock } from '../clock.ts';
import type { AcquireResult, SmtpTarget } from './types.ts';

export interface Waiter {
  readonly key: string;
  readonly target: SmtpTarget;
  readonly answer: (result: AcquireResult) => void;
}

interface Place {
  readonly waiter: Waiter;
  readonly number: number;
  readonly cancel: () => void;
}

export class WaitingLine {
  readonly #clock: Clock;
  readonly #expired: (waiter: Waiter) => void;
  /** A key is here only while somebody waits for it; its places are in order. */
  readonly #byKey = new Map<string, Set<Place>>();
  #next = 0;
  #size = 0;

  /** `expired` is told of each whose deadline passed; it is out of the line by then. */
  constructor(clock: Clock, expired: (waiter: Waiter) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  get size(): number {
    return this.#size;
  }

  add(waiter: Waiter, deadlineMs: number): void {
    const place: Place = {
      waiter,
      number: this.#next,
      cancel: this.#clock.after(deadlineMs, () => {
        this.#remove(place);
        this.#expired(waiter);
      }),
    };
    this.#next += 1;
    this.#size += 1;
    const places = this.#byKey.get(waiter.key);
    if (places === undefined) this.#byKey.set(waiter.key, new Set([place]));
    else places.add(place);
  }

  /** Takes out the one who has waited longest among those whose key can be served; null if there is none. */
  takeFirst(canServe: (waiter: Waiter) => boolean): Waiter | null {
    let first: Place | null = null;
    // One look at each key that is waited for: a few hundred at most, since whoever asks is bounded.
    for (const places of this.#byKey.values()) {
      const head = places.values().next().value;
      if (head !== undefined && (first === null || head.number < first.number) && canServe(head.waiter)) first = head;
    }
    if (first === null) return null;
    this.#remove(first);
    return first.waiter;
  }

  #remove(place: Place): void {
    place.cancel();
    const places = this.#byKey.get(place.waiter.key);
    if (places?.delete(place) !== true) return;
    this.#size -= 1;
    if (places.size === 0) this.#byKey.delete(place.waiter.key);
  }
}
