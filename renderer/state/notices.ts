// Short messages at the window's lower edge: what failed, or what was done and can be undone. One at a time, the newest.
// Each goes by itself after a while (views hold it while it is pointed at), and never carries what only it would tell.
import { words } from '../words.ts';
import { createStore } from './store.ts';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'info' | 'error';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

export const NOTICE_MS = 10_000;

export const notices = createStore<Notice | null>(null);
let lastId = 0;

export function notify(text: string, options: Partial<Pick<Notice, 'kind' | 'action'>> = {}): void {
  lastId += 1;
  notices.set({ id: lastId, text, kind: options.kind ?? 'info', action: options.action ?? null });
}

export function dismissNotice(id: number): void {
  if (notices.get()?.id === id) notices.set(null);
}

export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : words.window.common.failed;
}

/** For calls that a click starts: their failure is told, and nothing else is to be done about it. */
export function attempt(call: Promise<unknown>): void {
  call.catch((error: unknown) => {
    notify(messageOf(error), { kind: 'error' });
  });
}
