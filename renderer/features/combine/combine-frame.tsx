// What the sheets about whole lists have in common: title, buttons, what went wrong, and the progress while it works.
import type { JSX, ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TaskBar } from '../../components/task-bar.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import type { useCombineTask } from './use-combine-task.ts';

interface Props {
  readonly title: string;
  readonly start: string;
  /** Whether it can be started. */
  readonly ready: boolean;
  readonly task: ReturnType<typeof useCombineTask>;
  readonly onStart: () => void;
  readonly children: ReactNode;
}

export function CombineFrame({ title, start, ready, task, onStart, children }: Props): JSX.Element {
  const { running, progress, failure, leave } = task;
  const working = words.combine.working(formatCount(progress?.rows ?? 0));
  return (
    <Sheet
      title={title}
      size="small"
      onClose={leave}
      actions={
        <>
          <Button onClick={leave}>{words.window.common.cancel}</Button>
          {running ? null : <Button look="primary" disabled={!ready} onClick={onStart}>{start}</Button>}
        </>
      }
    >
      {running ? (
        <TaskBar label={working} done={progress?.done ?? 0} total={progress?.total ?? 1} text={working} />
      ) : (
        <div className="combine">
          {failure === null ? null : <Message kind="error">{failure}</Message>}
          {children}
        </div>
      )}
    </Sheet>
  );
}
