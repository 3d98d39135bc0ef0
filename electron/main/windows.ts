// The main window: sandboxed, isolated, without Node; shown once it has something to show; focused instead of doubled.
// A renderer that crashes is started again where it was, but not for ever.
// Holds no state of the product: everything that a window shows can be asked again.
import { app, BrowserWindow, nativeTheme } from 'electron';
import { en as words } from '../../shared/words/en.ts';
import { APP_START_URL } from './app-origin.ts';
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
}

export class Windows {
  readonly #options: WindowsOptions;
  #main: BrowserWindow | null = null;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Brings the main window to the front, creating it if there is none. */
  openMain(): void {
    const window = this.#main ?? this.#createMain();
    if (window.isMinimized()) window.restore();
    if (window.isVisible()) window.focus();
  }

  #createMain(): BrowserWindow {
    const { log } = this.#options;
    const window = new BrowserWindow({
      title: words.app.title(app.getName()),
      width: 1_080,
      height: 760,
      minWidth: 640,
      minHeight: 480,
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
    this.#main = window;
    window.once('ready-to-show', () => { window.show(); });
    window.once('closed', () => { this.#main = null; });
    window.on('unresponsive', () => { log.warn('window', 'does not respond'); });
    window.on('responsive', () => { log.info('window', 'responds again'); });
    this.#restartAfterCrash(window);
    window.loadURL(APP_START_URL).catch((error: unknown) => { log.error('window', 'page did not load', { error }); });
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
