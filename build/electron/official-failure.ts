// Remembers that the official download failed, so that the runs of the next hours lose no time on it.
// Only a note in the cache: a broken or missing one means trying again.
// Never stops a try that is forced with WINNOW_ELECTRON=official.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../setup/paths.mjs';
import { officialName } from './official.ts';

const quietPeriodMs = 6 * 3_600_000;

function noteFile(): string {
  return join(cacheDir(), `${officialName()}.failed.json`);
}

export function officialIsWorthATry(): boolean {
  try {
    const { atMs } = JSON.parse(readFileSync(noteFile(), 'utf8')) as { atMs: number };
    const ageMs = Date.now() - atMs;
    // A note from the future is a clock that was set back, not a reason to wait for it.
    return !(ageMs >= 0 && ageMs < quietPeriodMs);
  } catch {
    return true;
  }
}

export function rememberOfficialFailure(message: string): void {
  mkdirSync(cacheDir(), { recursive: true });
  writeFileSync(noteFile(), JSON.stringify({ atMs: Date.now(), message }));
}
