// What the user opens from outside the page (menu, command line, another start): files, which the window is told of in
// the snapshot, and the practice sample. A file that cannot be opened is told in a box, because no page asked for it.
import { dialog, type BrowserWindow } from 'electron';
import { UserError } from '../../../shared/errors.ts';
import { enHost } from '../../../shared/words/en-host.ts';
import { readLaunch, type Launch } from '../launch-options.ts';
import type { EngineHost } from '../lists/engine-host.ts';
import type { Log } from '../log.ts';
import { askForList } from './dialogs.ts';
import type { FileRegistry } from './file-registry.ts';
import { placeSampleList } from './sample-list.ts';

export interface OpenerOptions {
  readonly files: FileRegistry;
  readonly host: EngineHost;
  readonly userData: string;
  readonly log: Log;
  /** The window that a dialog belongs to. */
  readonly window: () => BrowserWindow | null;
}

export class Opener {
  readonly #options: OpenerOptions;
  /** A second click while the first one's import runs gets the same list. */
  #sampling: Promise<number> | null = null;

  constructor(options: OpenerOptions) {
    this.#options = options;
  }

  /** The practice list: one that was imported and never started, or a new one. */
  sample(): Promise<number> {
    this.#sampling ??= this.#importSample().finally(() => { this.#sampling = null; });
    return this.#sampling;
  }

  /** Shows the open dialog, and tells the window of what was chosen. */
  ask(): void {
    this.#attempt(async () => {
      const path = await askForList(this.#options.window());
      if (path !== null) await this.#openFile(path);
    });
  }

  askForSample(): void {
    this.#attempt(async () => { await this.sample(); });
  }

  /** What the command line named. */
  launched(launch: Launch): void {
    this.#attempt(async () => {
      const { paths, practice } = readLaunch(launch);
      if (practice) await this.sample();
      for (const path of paths) await this.#openFile(path);
    });
  }

  async #openFile(path: string): Promise<void> {
    await this.#options.files.registerOpened(path);
    this.#options.host.changed();
  }

  async #importSample(): Promise<number> {
    const { host, userData } = this.#options;
    const fresh = host.freshPracticeList();
    if (fresh !== undefined) return fresh;
    const { path, sizeBytes } = await placeSampleList(userData);
    return host.imports.practice(path, sizeBytes, enHost.practice.listName);
  }

  #attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#options.log.warn('files', 'not opened', { error });
      const message = error instanceof UserError ? error.message : enHost.tasks.failed;
      const box = { type: 'warning' as const, message };
      const window = this.#options.window();
      void (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
    });
  }
}
