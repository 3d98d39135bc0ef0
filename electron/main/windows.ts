// The windows: the main one, the preferences and the monitor, one of each. Sandboxed, isolated, without Node; shown once there is
// something to show; focused instead of doubled. A renderer that crashes is started again where it was, not for ever.
// Holds no state of the product: everything that a window shows can be asked again.
import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { SNAPSHOT } from '../../shared/ipc/channels.ts';
import type { Snapshot } from '../../shared/ipc/lists.ts';
import { en as words } from '../../shared/words/en.ts';
import { enHost } from '../../shared/words/en-host.ts';
import { APP_MONITOR_URL, APP_PREFERENCES_URL, APP_START_URL } from './app-origin.ts';
import type { Log } from './log.ts';

/** The page's own background in both themes (renderer/theme/tokens.css), so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f7f7f5', dark: '#17181a' };

const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

export interface WindowsOptions {
  readonly preloadFile: string;
  readonly log: Log;
  /** Called when a renderer keeps crashing and is not started again. */
  readonly onGivenUp: () => void;
  /** Whether the main window may close now. */
  readonly mayCloseMain: () => boolean;
}

export class Windows {
  readonly #options: WindowsOptions;
  #main: BrowserWindow | null = null;
  #preferences: BrowserWindow | null = null;
  #monitor: BrowserWindow | null = null;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** The main window, for dialogs that belong to it. */
  get main(): BrowserWindow | null {
    return this.#main;
  }

  /** The preferences, for dialogs that belong to them. */
  get preferences(): BrowserWindow | null {
    return this.#preferences;
  }

  /** Brings the main window to the front, creating it if there is none. */
  openMain(): void {
    bringToFront(this.#main ?? this.#createMain());
  }

  openPreferences(): void {
    bringToFront(this.#preferences ?? this.#createPreferences());
  }

  openMonitor(): void {
    bringToFront(this.#monitor ?? this.#createMonitor());
  }

  /** Tells each of our windows that shows snapshots; one whose page is loading or gone asks again when it is there. */
  send(snapshot: Snapshot): void {
    for (const window of [this.#main, this.#preferences]) {
      if (window !== null && !window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(SNAPSHOT, snapshot);
    }
  }

  #createMain(): BrowserWindow {
    const window = this.#create({ title: words.app.title(app.getName()), width: 1_080, height: 760, minWidth: 640, minHeight: 480 }, APP_START_URL);
    this.#main = window;
    window.on('close', (event) => {
      if (!this.#options.mayCloseMain()) event.preventDefault();
    });
    window.once('closed', () => { this.#main = null; });
    return window;
  }

  #createPreferences(): BrowserWindow {
    const size = { width: 640, height: 720, minWidth: 480, minHeight: 400 };
    const window = this.#create({ title: enHost.preferences.title, ...size, fullscreenable: false, maximizable: false }, APP_PREFERENCES_URL);
    this.#preferences = window;
    window.once('closed', () => { this.#preferences = null; });
    return window;
  }

  #createMonitor(): BrowserWindow {
    const window = this.#create({ title: enHost.monitor.title, width: 760, height: 620, minWidth: 420, minHeight: 320, fullscreenable: false }, APP_MONITOR_URL);
    this.#monitor = window;
    window.once('closed', () => { this.#monitor = null; });
    return window;
  }

  #create(options: BrowserWindowConstructorOptions, url: string): BrowserWindow {
    const { log } = this.#options;
    const window = new BrowserWindow({
      ...options,
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: this.#options.preloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: !app.isPackaged,
        safeDialogs: true,
        // Verifying happens in main: a window that nobody sees may well be slow, and spares the battery.
        backgroundThrottling: true,
      },
    });
    window.once('ready-to-show', () => { window.show(); });
    window.on('unresponsive', () => { log.warn('window', 'does not respond'); });
    window.on('responsive', () => { log.info('window', 'responds again'); });
    this.#restartAfterCrash(window);
    window.loadURL(url).catch((error: unknown) => { log.error('window', 'page did not load', { error }); });
    return window;
  }

  #restartAfterCrash(window: BrowserWindow): void {
    const { log, onGivenUp } = this.#options;
    let crashTimesMs: number[] = [];
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error('window', 'renderer is gone', { reason: details.reason, exitCode: details.exitCode });
      if (details.reason === 'clean-exit' || window.isDestroyed()) return;
      const nowMs = Date.now();
      crashTimesMs = [...crashTimesMs.filter((timeMs) => nowMs - timeMs < CRASH_WINDOW_MS), nowMs];
      if (crashTimesMs.length >= MAX_CRASHES) onGivenUp();
      else window.webContents.reload();
    });
  }
}

/** A window that was not shown yet shows itself when it has something to show. */
function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  if (window.isVisible()) window.focus();
}
