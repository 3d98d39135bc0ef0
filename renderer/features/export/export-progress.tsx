// An export under way: how far, how fast, and how to stop it.
import { useRef, type JSX } from 'react';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { TaskBar } from '../../components/task-bar.tsx';
import { formatCount, formatRate } from '../../format.ts';
import { words } from '../../words.ts';

/** Before, a rate says nothing. */
const RATE_AFTER_MS = 1_000;

export function ExportProgress({ task }: { readonly task: TaskProgress | null }): JSX.Element {
  const text = words.window.export;
  const { rows: rowWords } = words.window.common;
  const startedMs = useRef(performance.now());
  const elapsedMs = performance.now() - startedMs.current;
  const done = task?.done ?? 0;
  const total = task?.total ?? 0;
  const rate = done > 0 && elapsedMs > RATE_AFTER_MS ? `, ${text.rate(rowWords(2, formatRate((done / elapsedMs) * 1_000)))}` : '';
  const shown = total === 0 ? text.writing : `${text.running(formatCount(done), rowWords(total, formatCount(total)))}${rate}`;
  return <TaskBar label={text.writing} done={done} total={Math.max(1, total)} text={shown} />;
}
