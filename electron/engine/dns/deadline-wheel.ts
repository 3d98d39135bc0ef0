// One timer for all questions: a hashed timing wheel (Varghese and Lauck, 1987). Adding and removing cost a few pointer
// writes, where a timer for each question costs more than sending it.
// Always holds: an entry is called once, at its time or up to a tick later, unless it was removed before; with nothing in
// the wheel no timer is set. An entry is in one wheel at most.
import type { Clock } from '../clock.ts';

/** How much later than asked an entry may be called, in milliseconds. */
const TICK_MS = 10;
/** One turn takes 10 s, which is longer than the usual waits; what lies further ahead stays for another turn. */
const SLOTS = 1_024;

/** What has a deadline. The links belong to the wheel. */
export abstract class Timed {
  wheelNext: Timed | null = null;
  wheelPrevious: Timed | null = null;
  /** 0: in no wheel. */
  wheelTick = 0;

  /** The time has come; the entry is no longer in the wheel. */
  abstract onDue(): void;
}

export class DeadlineWheel {
  readonly #clock: Clock;
  readonly #heads = new Array<Timed | null>(SLOTS).fill(null);
  #size = 0;
  /** Everything up to this tick has been called. */
  #doneTick = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#size;
  }

  /** `dueMs` on the monotonic clock. The entry must not be in a wheel. */
  add(entry: Timed, dueMs: number): void {
    if (this.#size === 0) this.#doneTick = Math.max(this.#doneTick, Math.floor(this.#clock.monotonicMs() / TICK_MS));
    const tick = Math.max(Math.ceil(dueMs / TICK_MS), this.#doneTick + 1);
    const slot = tick % SLOTS;
    const head = this.#heads[slot] ?? null;
    entry.wheelTick = tick;
    entry.wheelPrevious = null;
    entry.wheelNext = head;
    if (head !== null) head.wheelPrevious = entry;
    this.#heads[slot] = entry;
    this.#size += 1;
    this.#armIfNeeded();
  }

  /** Nothing happens if it is not in the wheel. The timer lapses at its next tick. */
  remove(entry: Timed): void {
    if (entry.wheelTick === 0) return;
    const { wheelNext: next, wheelPrevious: previous } = entry;
    if (previous === null) this.#heads[entry.wheelTick % SLOTS] = next;
    else previous.wheelNext = next;
    if (next !== null) next.wheelPrevious = previous;
    entry.wheelNext = null;
    entry.wheelPrevious = null;
    entry.wheelTick = 0;
    this.#size -= 1;
  }

  /** Calls nobody any more. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #armIfNeeded(): void {
    if (this.#size === 0 || this.#cancelTimer !== null) return;
    const dueMs = (this.#doneTick + 1) * TICK_MS - this.#clock.monotonicMs();
    this.#cancelTimer = this.#clock.after(Math.max(0, dueMs), () => {
      this.#cancelTimer = null;
      this.#turn();
      this.#armIfNeeded();
    }, { unref: true });
  }

  #turn(): void {
    const nowTick = Math.floor(this.#clock.monotonicMs() / TICK_MS);
    // After a long sleep one turn of the wheel meets every slot.
    const firstTick = Math.max(this.#doneTick + 1, nowTick - SLOTS + 1);
    this.#doneTick = Math.max(this.#doneTick, nowTick);
    const due: Timed[] = [];
    for (let tick = firstTick; tick <= nowTick; tick += 1) {
      for (let entry = this.#heads[tick % SLOTS] ?? null; entry !== null; ) {
        const next = entry.wheelNext;
        if (entry.wheelTick <= nowTick) {
          this.remove(entry);
          due.push(entry);
        }
        entry = next;
      }
    }
    for (const entry of due) entry.onDue();
  }
}
