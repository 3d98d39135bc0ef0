// The one message that main sends by itself, coalesced: at most five a second, however much changes, and none while
// nothing does. The last change always arrives. What a snapshot holds is the caller's business.
import type { Snapshot } from '../../../shared/ipc/lists.ts';
import type { Clock } from '../../engine/clock.ts';

export const SNAPSHOT_EVERY_MS = 200;

export type SnapshotContent = Omit<Snapshot, 'sequence'>;

export interface SnapshotSenderOptions {
  readonly clock: Clock;
  /** What there is to tell now; cheap, and without waiting for anybody. */
  readonly content: () => SnapshotContent;
  readonly send: (snapshot: Snapshot) => void;
}

export class SnapshotSender {
  readonly #options: SnapshotSenderOptions;
  #sequence = 0;
  #sentText = '';
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;
  #closed = false;

  constructor(options: SnapshotSenderOptions) {
    this.#options = options;
  }

  /** For a page that asks: as of now, and newer than all that was sent before. */
  now(): Snapshot {
    this.#sequence += 1;
    return { sequence: this.#sequence, ...this.#options.content() };
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#closed || this.#cancelTimer !== null) return;
    const { clock } = this.#options;
    const waitMs = Math.max(0, this.#sentAtMs + SNAPSHOT_EVERY_MS - clock.monotonicMs());
    // Always by the timer, also where none is due: what changes in one go is told in one message. Not one that is unref'd:
    // while nothing else is going on, Electron's loop would not wake for it, and the last change would not arrive.
    this.#cancelTimer = clock.after(waitMs, () => { this.#send(); });
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #send(): void {
    this.#cancelTimer = null;
    const content = this.#options.content();
    const text = JSON.stringify(content);
    if (text === this.#sentText) return;
    this.#sentText = text;
    this.#sentAtMs = this.#options.clock.monotonicMs();
    this.#sequence += 1;
    this.#options.send({ sequence: this.#sequence, ...content });
  }
}
