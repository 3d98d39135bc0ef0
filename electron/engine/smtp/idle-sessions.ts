// Sessions that nobody uses just now. The last one used is taken first, so that the others can age and be left.
// Each is given to `expire` after the idle time; it never keeps the process alive by itself.
import type { Clock } from '../clock.ts';
import type { SmtpSession } from './types.ts';

interface Idle {
  readonly key: string;
  readonly cancel: () => void;
}

export class IdleSessions {
  readonly #clock: Clock;
  readonly #idleTimeoutMs: number;
  readonly #expire: (session: SmtpSession) => void;
  /** In the order in which they became idle. */
  readonly #idle = new Map<SmtpSession, Idle>();
  readonly #byKey = new Map<string, SmtpSession[]>();

  constructor(clock: Clock, idleTimeoutMs: number, expire: (session: SmtpSession) => void) {
    this.#clock = clock;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#expire = expire;
  }

  get size(): number {
    return this.#idle.size;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  add(key: string, session: SmtpSession): void {
    const cancel = this.#clock.after(
      this.#idleTimeoutMs,
      () => {
        this.remove(session);
        this.#expire(session);
      },
      { unref: true },
    );
    this.#idle.set(session, { key, cancel });
    const sessions = this.#byKey.get(key);
    if (sessions === undefined) this.#byKey.set(key, [session]);
    else sessions.push(session);
  }

  /** The session of that key that became idle last, or null. It is idle no more. */
  take(key: string): SmtpSession | null {
    const session = this.#byKey.get(key)?.at(-1);
    if (session === undefined) return null;
    this.remove(session);
    return session;
  }

  /** The session that has been idle longest, of any key, or null. It is idle no more. */
  takeOldest(): SmtpSession | null {
    for (const session of this.#idle.keys()) {
      this.remove(session);
      return session;
    }
    return null;
  }

  /** False where it was not idle. */
  remove(session: SmtpSession): boolean {
    const idle = this.#idle.get(session);
    if (idle === undefined) return false;
    idle.cancel();
    this.#idle.delete(session);
    const rest = (this.#byKey.get(idle.key) ?? []).filter((other) => other !== session);
    if (rest.length === 0) this.#byKey.delete(idle.key);
    else this.#byKey.set(idle.key, rest);
    return true;
  }
}
