// An import under way: a bar, and in words how far it is in bytes, how fast, and how long it will still take.
import type { JSX } from 'react';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { TaskBar } from '../../components/task-bar.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { inWords } from '../list/time-left.ts';

interface Props {
  readonly done: number;
  readonly total: number;
  readonly rows: number;
  readonly bytesPerSecond: TaskProgress['bytesPerSecond'];
  /** Undefined: nothing honest can be said. */
  readonly secondsLeft: number | undefined;
}

export function RunningView({ done, total, rows, bytesPerSecond, secondsLeft }: Props): JSX.Element {
  const text = words.window.import;
  const label = text.importing(words.window.common.rows(rows, formatCount(rows)));
  // Every byte is read long before the indexes are made.
  const reading = done < total || total === 0;
  const parts = [
    label,
    ...(reading ? [text.bytes(formatBytes(done), formatBytes(total))] : [text.finishing]),
    ...(reading && bytesPerSecond !== undefined && bytesPerSecond > 0 ? [text.rate(formatBytes(bytesPerSecond))] : []),
    ...(reading && secondsLeft !== undefined ? [words.window.list.timeLeft(inWords(secondsLeft, words.window.time))] : []),
  ];
  return <div className="import-running"><TaskBar label={label} done={done} total={total} text={parts.join(' · ')} /></div>;
}
