// The log: one JSON object a line, in files that rotate. Used by the app and by the command line, so no Electron here.
// Every string, keys and stacks included, passes `redact`: no address is written whole. Nesting, length and number of
// fields are bounded, because values come from strangers (replies of servers, file names, pages).
// Writing never throws. Nothing leaves this machine.
import { LogLimit } from './log-limit.ts';
import { redact } from './redact.ts';
import { RotatingFile } from './rotating-file.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  readonly path: string;
  debug(area: string, message: string, fields?: LogFields): void;
  info(area: string, message: string, fields?: LogFields): void;
  warn(area: string, message: string, fields?: LogFields): void;
  error(area: string, message: string, fields?: LogFields): void;
  close(): void;
}

export interface LogOptions {
  readonly folder: string;
  /** File name without its ending; `winnow` by default. Two processes must not share one. */
  readonly name?: string;
  /** Less than this is not written; `info` by default. */
  readonly minLevel?: LogLevel;
  readonly maxBytes?: number;
  readonly maxFiles?: number;
  /** Lines that one area may write a minute; the others are counted only. 300 by default. */
  readonly maxLinesPerMinute?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const MAX_STRING_CHARS = 4_000;
const MAX_DEPTH = 5;
const MAX_FIELDS = 50;

export function createLog(options: LogOptions): Log {
  const file = new RotatingFile({
    folder: options.folder,
    name: options.name ?? 'winnow',
    maxBytes: options.maxBytes ?? 1_000_000,
    maxFiles: options.maxFiles ?? 5,
  });
  const minLevel = LEVELS.indexOf(options.minLevel ?? 'info');
  const now = options.now ?? Date.now;
  const limit = new LogLimit(options.maxLinesPerMinute ?? 300);

  function write(level: LogLevel, area: string, message: string, fields: LogFields = {}): void {
    if (LEVELS.indexOf(level) < minLevel) return;
    const nowMs = now();
    const heldBackLines = limit.admit(area, nowMs);
    if (heldBackLines === null) return;
    file.append(
      JSON.stringify({
        time: new Date(nowMs).toISOString(),
        level,
        area: clean(area),
        message: clean(message),
        fields: Object.keys(fields).length > 0 ? plain(fields) : undefined,
        heldBackLines: heldBackLines > 0 ? heldBackLines : undefined,
        lostLines: file.lostLines > 0 ? file.lostLines : undefined,
      }),
    );
  }

  return {
    path: file.path,
    debug: (area, message, fields) => { write('debug', area, message, fields); },
    info: (area, message, fields) => { write('info', area, message, fields); },
    warn: (area, message, fields) => { write('warn', area, message, fields); },
    error: (area, message, fields) => { write('error', area, message, fields); },
    close: () => { file.close(); },
  };
}

function clean(text: string): string {
  const cut = text.length > MAX_STRING_CHARS ? `${text.slice(0, MAX_STRING_CHARS)}…` : text;
  return redact(cut);
}

/** Any value as data that JSON can carry. Getters and `toJSON` of strangers may throw: then that is what is written. */
function plain(value: unknown, depth = 0): unknown {
  try {
    return plainUnsafe(value, depth);
  } catch {
    return '[unreadable]';
  }
}

function plainUnsafe(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'object') {
    if (depth >= MAX_DEPTH) return '[deeper]';
    if (value instanceof Error) return plainError(value, depth);
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return value.slice(0, MAX_FIELDS).map((item) => plain(item, depth + 1));
    return plainEntries(Object.entries(value), depth);
  }
  return typeof value === 'undefined' ? undefined : clean(typeof value === 'bigint' ? value.toString() : `[${typeof value}]`);
}

function plainError(error: Error, depth: number): unknown {
  const own = Object.entries(error).filter(([key]) => key !== 'cause');
  return plainEntries(
    [['name', error.name], ['message', error.message], ['stack', error.stack], ['cause', error.cause], ...own],
    depth,
  );
}

function plainEntries(entries: readonly (readonly [string, unknown])[], depth: number): unknown {
  // fromEntries defines own properties, so a key `__proto__` stays a key
  return Object.fromEntries(entries.slice(0, MAX_FIELDS).map(([key, item]) => [clean(key), plain(item, depth + 1)]));
}
