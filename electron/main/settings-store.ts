// The settings file: `settings.json` in the user's data folder, validated by the shared schema on its way in and out.
// A write is all or nothing (temporary file, fsync, rename). A file that cannot be understood is set aside under another
// name, never deleted and never overwritten; defaults are used, and the name is kept so that the user can be told.
import { open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, settingsSchema, type Settings, type SettingsInput } from '../../shared/settings/schema.ts';
import type { Log } from './log.ts';
import { writeAtomically } from './write-atomically.ts';

/** The largest file that is read: a thousand times what all settings need. */
const MAX_FILE_BYTES = 1_000_000;

export interface SettingsState {
  readonly settings: Settings;
  /** Name of the file that a broken one was set aside as at this start, or null. */
  readonly setAsideAs: string | null;
}

export interface SettingsStoreOptions {
  readonly folder: string;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export class SettingsStore {
  readonly #path: string;
  readonly #log: Log;
  readonly #now: () => number;
  #state: SettingsState = { settings: DEFAULT_SETTINGS, setAsideAs: null };
  #lastSave: Promise<unknown> = Promise.resolve();

  constructor(options: SettingsStoreOptions) {
    this.#path = join(options.folder, 'settings.json');
    this.#log = options.log;
    this.#now = options.now ?? Date.now;
  }

  get state(): SettingsState {
    return this.#state;
  }

  /** Reads the file. Never rejects: whatever is wrong with it, the app starts, with defaults. */
  async load(): Promise<SettingsState> {
    let content: string;
    try {
      content = await readBounded(this.#path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') await this.#setAside(error);
      return this.#state;
    }
    try {
      this.#state = { settings: settingsSchema.parse(JSON.parse(content)), setAsideAs: null };
    } catch (error) {
      await this.#setAside(error);
    }
    return this.#state;
  }

  /**
   * Validates, writes and then puts into force; calls are done one after the other.
   * Rejects with `UserError` (`SettingsInvalid`, `DiskFull`, `StoreUnwritable`); then nothing has changed.
   */
  save(input: SettingsInput): Promise<Settings> {
    const saved = this.#lastSave.then(() => this.#save(input));
    this.#lastSave = saved.catch(() => undefined); // the caller hears of it; the next save must not
    return saved;
  }

  async #save(input: SettingsInput): Promise<Settings> {
    const parsed = settingsSchema.safeParse(input);
    if (!parsed.success) throw new UserError('SettingsInvalid', 'These settings are not valid.', { cause: parsed.error });
    try {
      await writeAtomically(this.#path, `${JSON.stringify(parsed.data, null, 2)}\n`);
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw full
        ? new UserError('DiskFull', 'The settings could not be saved: the disk is full.', { retryable: true, cause: error })
        : new UserError('StoreUnwritable', 'The settings file could not be written.', { retryable: true, cause: error });
    }
    this.#state = { settings: parsed.data, setAsideAs: this.#state.setAsideAs };
    return parsed.data;
  }

  async #setAside(cause: unknown): Promise<void> {
    const stamp = new Date(this.#now()).toISOString().replaceAll(/[-:.]/g, '');
    const name = `settings.broken-${stamp}.json`;
    try {
      await rename(this.#path, join(dirname(this.#path), name));
      this.#state = { settings: DEFAULT_SETTINGS, setAsideAs: name };
      this.#log.error('settings', 'settings file was broken and is set aside; defaults are used', { name, cause });
    } catch (error) {
      this.#state = { settings: DEFAULT_SETTINGS, setAsideAs: 'settings.json' };
      this.#log.error('settings', 'settings file is broken and cannot be moved; defaults are used', { cause, error });
    }
  }
}

async function readBounded(path: string): Promise<string> {
  const found = await stat(path); // before opening: to open a pipe would wait for its writer, for ever
  if (!found.isFile()) throw new Error('settings file is no file');
  if (found.size > MAX_FILE_BYTES) throw new Error(`settings file has ${String(found.size)} bytes`);
  const file = await open(path, 'r');
  try {
    const text = await file.readFile('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text; // Windows editors put a byte order mark in front
  } finally {
    await file.close();
  }
}
