// Which targets the pool knows. The same IP and port is always the same state, whatever object names it; whoever keeps
// his target object is spared building the key. Bounded: what is not in use and tells nothing of the host is forgotten.
import { targetKey } from './host-memory.ts';
import { TargetState, type TargetStateOptions } from './target-state.ts';
import type { SmtpTarget } from './types.ts';

export class TargetStates {
  readonly #options: TargetStateOptions;
  readonly #most: number;
  readonly #historyMs: number;
  /** In the order in which they were first asked for. */
  readonly #byKey = new Map<string, TargetState>();
  readonly #byTarget = new WeakMap<SmtpTarget, TargetState>();

  /** At most `most` targets that are not in use; what is known of a host is kept for `historyMs` after its last use. */
  constructor(options: TargetStateOptions, { most, historyMs }: { readonly most: number; readonly historyMs: number }) {
    this.#options = options;
    this.#most = most;
    this.#historyMs = historyMs;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** The target's state, if there is one. */
  find(target: SmtpTarget): TargetState | null {
    const known = this.#byTarget.get(target);
    if (known !== undefined && !known.retired) return known;
    const state = this.#byKey.get(targetKey(target));
    if (state === undefined) return null;
    this.#byTarget.set(target, state);
    return state;
  }

  of(target: SmtpTarget, nowMs: number): TargetState {
    const known = this.find(target);
    if (known !== null) return known;
    if (this.#byKey.size >= this.#most) this.#makeRoom();
    const key = targetKey(target);
    const state = new TargetState(key, target, this.#options, nowMs);
    this.#byKey.set(key, state);
    this.#byTarget.set(target, state);
    return state;
  }

  /** Forgets what is not in use and tells nothing, or is too old to tell anything. */
  prune(nowMs: number): void {
    for (const state of this.#byKey.values()) {
      if (state.busy || (state.hasHistory && nowMs - state.usedAtMs < this.#historyMs)) continue;
      this.#forget(state);
    }
  }

  [Symbol.iterator](): Iterator<TargetState> {
    return this.#byKey.values();
  }

  /** The oldest that is not in use, even with its history; none where all are in use (the pool's total bounds those). */
  #makeRoom(): void {
    for (const state of this.#byKey.values()) {
      if (state.busy) continue;
      this.#forget(state);
      return;
    }
  }

  #forget(state: TargetState): void {
    state.endBackOff();
    state.retired = true;
    this.#byKey.delete(state.key);
  }
}
