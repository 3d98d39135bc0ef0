// Progress on standard error: one line that is redrawn on a terminal, a plain line every few seconds elsewhere.
import { STATUSES } from '../../shared/verdict/verdict.ts';
import type { ExportProgress } from '../worker/export/export-api.ts';
import type { Counters, ImportProgress, ScheduleSummary } from '../worker/interface.ts';
import type { SetAsideDestination } from '../engine/destinations/set-aside.ts';
import type { RunProgress } from '../engine/run/run.ts';

const REDRAW_MS = 200;
const PLAIN_LINE_MS = 5_000;
const BAR_WIDTH = 24;

export interface ProgressLine {
  readonly import: (progress: ImportProgress) => void;
  readonly export: (progress: ExportProgress) => void;
  readonly run: (progress: RunProgress) => void;
  /** A lasting line above the bar. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const terminal = stream.isTTY;
  let drawn = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let runSeen = false;
  const said = new Set<string>();
  const startedMs = performance.now();

  function draw(text: string, force = false): void {
    const nowMs = performance.now();
    if (!force && nowMs - lastMs < (terminal ? REDRAW_MS : PLAIN_LINE_MS)) return;
    lastMs = nowMs;
    if (terminal) {
      stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`);
      drawn = true;
    } else {
      stream.write(`${text}\n`);
    }
  }

  function clear(): void {
    if (drawn) stream.write('\r\x1b[2K');
    drawn = false;
  }

  return {
    import(progress) {
      const share = progress.totalBytes === 0 ? 1 : progress.bytesRead / progress.totalBytes;
      draw(`importing ${bar(share)} ${String(progress.rows)} rows`);
    },
    export({ rows, totalRows }) {
      const seconds = Math.max(0.1, (performance.now() - startedMs) / 1000);
      draw(`exporting ${bar(totalRows === 0 ? 1 : rows / totalRows)} ${String(rows)} of ${String(totalRows)} rows  ${String(Math.round(rows / seconds))}/s`);
    },
    run({ counters, waiting, setAside }) {
      const seconds = (performance.now() - startedMs) / 1000;
      for (const one of setAside) {
        // Trouble that passes is on the line already, by its reason; what the user can do something about is said once.
        if (one.state === 'suspended' || said.has(one.key)) continue;
        said.add(one.key);
        clear();
        stream.write(`${setAsideLine(one)}\n`);
      }
      draw(runLine(counters, waiting, seconds), !runSeen || waiting !== null);
      runSeen = true;
    },
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

/** e.g. `Outlook.com refuses this machine (S3150), asked again at 15:40:00: 550 5.7.1 …`. */
export function setAsideLine({ name, state, code, reply, untilMs }: SetAsideDestination): string {
  const until = untilMs === null ? '' : `, asked again at ${new Date(untilMs).toTimeString().slice(0, 8)}`;
  if (state === 'capped') return `${name}: your limit of the day is reached${until}`;
  const named = code === null ? '' : ` (${code})`;
  const what = state === 'refused' ? 'refuses this machine' : 'is left alone for a while';
  return `${name} ${what}${named}${until}${reply === null ? '' : `: ${reply}`}`;
}

/** e.g. `[#####...] 512/1,000  deliverable 300  risky 12 …`. */
export function runLine(counters: Counters, waiting: ScheduleSummary | null, seconds: number): string {
  const { byState } = counters;
  const total = counters.rows - byState.empty - byState.duplicate - byState.suppressed;
  const judged = total - byState.pending;
  const head = `${bar(total === 0 ? 1 : judged / total)} ${String(judged)}/${String(total)}`;
  const statuses = STATUSES.map((status) => `${status} ${String(counters.byStatus[status])}`).join('  ');
  if (waiting === null) return `${head}  ${statuses}  ${String(Math.round(judged / Math.max(1, seconds)))}/s`;
  // What is waited for comes first: a narrow terminal cuts the end off.
  const reasons = waiting.byReason.map(({ reason, count }) => `${String(count)} ${reason}`).join(', ');
  const until = waiting.nextAtMs === null ? '' : ` until ${new Date(waiting.nextAtMs).toTimeString().slice(0, 8)}`;
  return `${head}  waiting${until} (${reasons})  ${statuses}`;
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}
