// A log that keeps its lines in memory, for tests that ask what was written down or do not care.
import type { Log, LogFields } from '../../electron/main/log.ts';

export interface SilentLog extends Log {
  readonly lines: readonly { readonly level: string; readonly area: string; readonly message: string; readonly fields: LogFields }[];
}

export function createSilentLog(): SilentLog {
  const lines: { level: string; area: string; message: string; fields: LogFields }[] = [];
  const at = (level: string) => (area: string, message: string, fields: LogFields = {}) => {
    lines.push({ level, area, message, fields });
  };
  return { path: 'memory', lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), close: () => undefined };
}
