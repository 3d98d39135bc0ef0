// Starts the built app in the real Electron for a test, each with a data folder of its own, and ends it again.
// Which Electron: WINNOW_ELECTRON_BIN as `npm test` sets it, or where the set-up puts it (dist/electron-app).
// Attacks and looks into the page are given as source text, because they run there, and as a task of their own,
// because what a debugger evaluates is exempt from the page's content policy.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { drivenElectron } from './driven-electron.ts';

export interface LaunchOptions {
  /** Kept after the test if given; otherwise a new one is made, and removed at the end. */
  readonly userDataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly area: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  /** The main window, with its first view on the screen. */
  readonly page: Page;
  readonly userDataDir: string;
  /** What stands in the log now. */
  readonly log: () => Promise<readonly LogLine[]>;
  /** Ends the app, then removes the data folder unless it was given. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** The staged app itself, for tests that start it without a driver. */
export function electronBinary(): string {
  const path = resolve(process.env['WINNOW_ELECTRON_BIN'] ?? 'dist/electron-app/electron');
  if (!existsSync(path)) throw new Error(`No Electron at ${path}: run the tests through "npm test", or set WINNOW_ELECTRON_BIN.`);
  return path;
}

/** Chromium refuses to run its sandbox as root; a Docker container usually is. */
export function electronArgs(userDataDir: string, args: readonly string[] = []): string[] {
  const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...rootArgs, `--user-data-dir=${userDataDir}`, ...args];
}

export async function makeUserDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'winnow-app-'));
}

export async function removeUserDataDir(folder: string): Promise<void> {
  // Chromium's helper processes may write for a moment longer than their parent lives
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userDataDir = options.userDataDir ?? (await makeUserDataDir());
  await mkdir(userDataDir, { recursive: true });
  const app = await _electron.launch({
    executablePath: drivenElectron(electronBinary()),
    args: electronArgs(userDataDir, options.args),
    env: { ...definedEnv(), ...options.env },
    colorScheme: null, // Playwright would show every page as light
  });
  const close = async (): Promise<void> => {
    await app.close();
    if (options.userDataDir === undefined) await removeUserDataDir(userDataDir);
  };
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { app, page, userDataDir, log: () => readLog(userDataDir), close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function readLog(userDataDir: string): Promise<readonly LogLine[]> {
  const text = await readFile(join(userDataDir, 'logs', 'winnow.log'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
}

/** Runs a function body in the page, as the page's own code would run; what it returns comes back. */
export async function runInPage<T>(page: Page, body: string): Promise<T> {
  return page.evaluate<T>(
    `new Promise((resolve, reject) => { setTimeout(() => { (async () => { ${body} })().then(resolve, reject); }, 0); })`,
  );
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
