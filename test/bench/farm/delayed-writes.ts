// Writes that leave a fixed time after they were handed over, in order, with one timer for all of them. Never early; late
// by at most the timer's grain (a millisecond) and the loop's load.
import type { Socket } from 'node:net';

interface Write {
  readonly dueMs: number;
  readonly socket: Socket;
  readonly text: string;
  readonly end: boolean;
}

export class DelayedWrites {
  readonly #delayMs: number;
  #queue: Write[] = [];
  #head = 0;
  #armed = false;
  #written = 0;
  #lateMs = 0;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** Milliseconds that writes left after their time, on average. */
  get meanLateMs(): number {
    return this.#written === 0 ? 0 : this.#lateMs / this.#written;
  }

  write(socket: Socket, text: string, end: boolean): void {
    if (this.#delayMs === 0) {
      send(socket, text, end);
      return;
    }
    this.#queue.push({ dueMs: performance.now() + this.#delayMs, socket, text, end });
    if (!this.#armed) this.#arm(this.#delayMs);
  }

  #arm(ms: number): void {
    this.#armed = true;
    setTimeout(this.#flush, Math.ceil(ms));
  }

  readonly #flush = (): void => {
    this.#armed = false;
    const nowMs = performance.now();
    for (;;) {
      const next = this.#queue[this.#head];
      if (next === undefined) break;
      if (next.dueMs > nowMs) {
        this.#arm(next.dueMs - nowMs);
        break;
      }
      send(next.socket, next.text, next.end);
      this.#written += 1;
      this.#lateMs += performance.now() - next.dueMs;
      this.#head += 1;
    }
    if (this.#head > 1_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  };
}

function send(socket: Socket, text: string, end: boolean): void {
  if (!socket.writable) return;
  socket.write(text, 'latin1');
  if (end) socket.end();
}
