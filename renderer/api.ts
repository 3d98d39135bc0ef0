// The only user of what the preload put into the page. Turns an answer into a value or an `ApiError`, so that the rest
// of the page awaits and catches as usual.
import type { WinnowApi } from '../shared/ipc/api.ts';
import type { Answer, IpcError, IpcErrorCode } from '../shared/ipc/answer.ts';

declare global {
  interface Window {
    readonly winnow: WinnowApi;
  }
}

/** A refusal by main, in words that can be shown. */
export class ApiError extends Error {
  readonly code: IpcErrorCode;
  readonly retryable: boolean;

  constructor(error: IpcError) {
    super(error.message);
    this.name = 'ApiError';
    this.code = error.code;
    this.retryable = error.retryable;
  }
}

type Unwrapped = {
  readonly [M in keyof WinnowApi]: (
    ...args: Parameters<WinnowApi[M]>
  ) => Promise<Awaited<ReturnType<WinnowApi[M]>> extends Answer<infer T> ? T : never>;
};

async function valueOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const settled = await answer;
  if (!settled.ok) throw new ApiError(settled.error);
  return settled.value;
}

/** Each rejects with `ApiError`. */
export const api: Unwrapped = {
  appInfo: () => valueOf(window.winnow.appInfo()),
  appReady: () => valueOf(window.winnow.appReady()),
  settingsGet: () => valueOf(window.winnow.settingsGet()),
  settingsSet: (settings) => valueOf(window.winnow.settingsSet(settings)),
  logReport: (report) => valueOf(window.winnow.logReport(report)),
};
