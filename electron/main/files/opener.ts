// What the user opens from outside the page (menu, command line, another start): files, folders and pasted text, which the
// window is told of in the snapshot, and the practice sample. What cannot be opened is told in a box, because no page
// asked for it.
import { clipboard, dialog, type BrowserWindow } from 'electron';
import { UserError } from '../../../shared/errors.ts';
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { enHost } from '../../../shared/words/en-host.ts';
import { readLaunch, type Launch } from '../launch-options.ts';
import type { EngineHost } from '../lists/engine-host.ts';
import type { Log } from '../log.ts';
import { chooseFiles } from './choose-files.ts';
import { askForFolder, askForLists } from './dialogs.ts';
import type { FileRegistry } from './file-registry.ts';
import { pasteText } from './paste-text.ts';
import { placeSampleList } from './sample-list.ts';

/** As many as a box can show. */
const MAX_NAMED = 10;

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
    this.#attempt(async () => { await this.#open(await askForLists(this.#options.window())); });
  }

  askForFolder(): void {
    this.#attempt(async () => {
      const path = await askForFolder(this.#options.window());
      if (path !== null) await this.#open([path]);
    });
  }

  /** Opens what lies on the clipboard. */
  paste(): void {
    this.#attempt(async () => { this.#tell([await pasteText(this.#options.files, () => clipboard.readText())]); });
  }

  askForSample(): void {
    this.#attempt(async () => { await this.sample(); });
  }

  /** What the command line named. */
  launched(launch: Launch): void {
    this.#attempt(async () => {
      const { paths, practice } = readLaunch(launch);
      if (practice) await this.sample();
      await this.#open(paths);
    });
  }

  async #open(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const { files, passedOver, passedOverCount } = await chooseFiles(this.#options.files, paths);
    this.#tell(files);
    if (passedOverCount === 0) return;
    const named = passedOver.slice(0, MAX_NAMED).map(({ name, why }) => `${name}: ${why}`);
    const more = passedOverCount > named.length ? [`… ${String(passedOverCount - named.length)}`] : [];
    this.#box(enHost.files.passedOver, [...named, ...more].join('\n'));
  }

  #tell(refs: readonly FileRef[]): void {
    this.#options.files.tell(refs);
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
      this.#box(message);
    });
  }

  #box(message: string, detail?: string): void {
    const box = { type: 'warning' as const, message, ...(detail === undefined ? {} : { detail }) };
    const window = this.#options.window();
    void (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
  }
}
