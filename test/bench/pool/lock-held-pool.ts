// The peer: a pool as it is often written, with an asynchronous lock held around each look at its books. Written to be
// fast within that design: an uncontended lock costs one microtask, sessions are taken from the end of an array, and who
// finds none waits in a queue outside the lock. It keeps the same books of its sessions as ours.
import type { SessionOpener } from '../../../electron/engine/smtp/session-opener.ts';
import type { SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';

class Lock {
  #held = false;
  readonly #waiting: (() => void)[] = [];

  acquire(): Promise<void> | undefined {
    if (this.#held) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#held = true;
    return undefined;
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#held = false;
    else next();
  }
}

export class LockHeldPool {
  readonly #opener: SessionOpener;
  readonly #limit: number;
  readonly #lock = new Lock();
  readonly #idle = new Map<string, SmtpSession[]>();
  readonly #waiting: ((session: SmtpSession | null) => void)[] = [];
  #open = 0;

  constructor(opener: SessionOpener, limit: number) {
    this.#opener = opener;
    this.#limit = limit;
  }

  async acquire(target: SmtpTarget): Promise<SmtpSession> {
    for (;;) {
      await this.#lock.acquire();
      const idle = this.#of(target);
      const session = idle.pop();
      const mayOpen = session === undefined && this.#open < this.#limit;
      if (mayOpen) this.#open += 1;
      const handed = session === undefined && !mayOpen ? new Promise<SmtpSession | null>((resolve) => this.#waiting.push(resolve)) : null;
      this.#lock.release();
      if (session?.usable === true) return session;
      session?.quit();
      if (mayOpen) return await this.#connect(target);
      const given = handed === null ? null : await handed;
      if (given !== null) return given;
    }
  }

  async release(session: SmtpSession): Promise<void> {
    await this.#lock.acquire();
    if (!session.usable) {
      session.quit();
      this.#waiting.shift()?.(null);
    } else {
      const next = this.#waiting.shift();
      if (next === undefined) this.#of(session.target).push(session);
      else next(session);
    }
    this.#lock.release();
  }

  async #connect(target: SmtpTarget): Promise<SmtpSession> {
    const opened = await this.#opener.open(target, () => {
      this.#open -= 1;
    });
    if (!opened.ok) throw new Error('The benchmark’s connections do not fail');
    return opened.session;
  }

  #of(target: SmtpTarget): SmtpSession[] {
    const key = `${target.ip} ${String(target.port)}`;
    const known = this.#idle.get(key);
    if (known !== undefined) return known;
    const sessions: SmtpSession[] = [];
    this.#idle.set(key, sessions);
    return sessions;
  }
}
