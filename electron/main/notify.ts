// Shows what `job-signs` says, by Electron: the system's own notice, which opens the window when it is clicked, and the
// window's progress on the taskbar or dock. Where the system shows no notices, none is shown and nobody is troubled.
import { Notification, type BrowserWindow } from 'electron';
import { JobSigns } from './job-signs.ts';
import type { Log } from './log.ts';

export interface NotifyOptions {
  readonly window: () => BrowserWindow | null;
  readonly mayNotify: () => boolean;
  /** Brings the window to the front. */
  readonly open: () => void;
  readonly log: Log;
}

export function createJobSigns({ window, mayNotify, open, log }: NotifyOptions): JobSigns {
  /** One that nobody holds is collected, and its click is never heard. */
  const held = new Set<Notification>();
  return new JobSigns({
    isFocused: () => window()?.isFocused() === true,
    mayNotify,
    notify({ title, body, listId }) {
      if (!Notification.isSupported()) return;
      const notice = new Notification({ title, body, silent: true });
      const letGo = (): void => { held.delete(notice); };
      held.add(notice);
      notice.on('click', () => {
        letGo();
        open();
      });
      notice.on('close', letGo);
      notice.on('failed', letGo);
      notice.show();
      log.info('jobs', 'notice', { listId });
    },
    progress(share, waiting) {
      const shown = window();
      if (shown !== null && !shown.isDestroyed()) shown.setProgressBar(share ?? -1, { mode: waiting ? 'paused' : 'normal' });
    },
  });
}
