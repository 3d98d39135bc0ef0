// Quitting: asked once if a list is under way, then everything is put down cleanly before the process ends.
// Whoever cannot be asked (a signal, a log-out, a window that keeps failing) is not; nothing is lost either way,
// because what was under way goes on at the next start. Knows Electron only as what is handed to it.
import type { Log } from './log.ts';

export interface QuitGuardOptions {
  /** Whether there is something to ask about. */
  readonly busy: () => boolean;
  /** True: quit. */
  readonly ask: () => Promise<boolean>;
  /** Puts everything down. */
  readonly close: () => Promise<void>;
  /** Ends the app; comes back here, and is let through. */
  readonly quit: () => void;
  readonly log: Log;
}

export class QuitGuard {
  readonly #options: QuitGuardOptions;
  #state: 'open' | 'asking' | 'closing' | 'closed' = 'open';
  #mayAsk = true;

  constructor(options: QuitGuardOptions) {
    this.#options = options;
  }

  /** For `before-quit`: whether the app may end now. If not, it is ended from here when it may. */
  mayQuit(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#state === 'open') void this.#shutDown();
    return false;
  }

  /** Ends without a question. One that is being asked just now counts as answered. */
  quitUnasked(): void {
    this.#mayAsk = false;
    if (this.#state === 'asking') void this.#close();
    else this.#options.quit();
  }

  async #shutDown(): Promise<void> {
    if (this.#mayAsk && this.#options.busy()) {
      this.#state = 'asking';
      const confirmed = await this.#options.ask();
      if (this.#current() !== 'asking') return; // ended meanwhile
      if (!confirmed) {
        this.#state = 'open';
        return;
      }
    }
    await this.#close();
  }

  async #close(): Promise<void> {
    this.#state = 'closing';
    try {
      await this.#options.close();
    } catch (error) {
      this.#options.log.error('main', 'did not close cleanly', { error });
    }
    this.#state = 'closed';
    this.#options.quit();
  }

  /** Read anew after a wait, whatever the compiler believes to know. */
  #current(): string {
    return this.#state;
  }
}
