import { describe, expect, it } from 'vitest';
import { TaskBoard } from '../../../../electron/main/lists/task-board.ts';
import { UserError } from '../../../../shared/errors.ts';
import { createManualClock } from '../../../lab/manual-clock.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

function bench() {
  const clock = createManualClock();
  const log = createSilentLog();
  const changes = { count: 0 };
  const board = new TaskBoard({ clock, log, onChange: () => { changes.count += 1; } });
  return { clock, log, board, changes };
}

const START = { name: 'list.csv', total: 100, listId: null };

/** Work that goes on until it is cancelled, and when it has begun. */
function endless() {
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => { begin = resolve; });
  const work = (_report: unknown, signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => { reject(new UserError('Cancelled', 'cancelled')); });
      begin();
    });
  return { work, begun };
}

describe('a task', () => {
  it('is there at once, tells how it goes, and what came of it', async () => {
    const { board, changes } = bench();
    const id = board.begin(START, async (report) => {
      report({ done: 40, rows: 4 });
      expect(board.find(id)).toMatchObject({ state: 'running', done: 40, rows: 4 });
      return { done: 100, rows: 9, listId: 7 };
    });
    expect(board.tasks).toEqual([expect.objectContaining({ id, name: 'list.csv', state: 'running', total: 100, message: null, listId: null })]);
    await board.ended(id);
    expect(board.find(id)).toEqual({ id, name: 'list.csv', state: 'done', message: null, done: 100, total: 100, rows: 9, listId: 7 });
    expect(changes.count).toBe(3);
  });

  it('that is cancelled says so, without a message', async () => {
    const { board, log } = bench();
    const { work, begun } = endless();
    const id = board.begin(START, work);
    await begun;
    board.cancel(id);
    await board.ended(id);
    expect(board.find(id)).toMatchObject({ state: 'cancelled', message: null });
    expect(log.lines).toEqual([]);
  });

  it('that is cancelled before it began does nothing', async () => {
    const { board } = bench();
    let worked = false;
    const id = board.begin(START, async () => {
      worked = true;
      return {};
    });
    board.cancel(id);
    await board.ended(id);
    expect(board.find(id)?.state).toBe('cancelled');
    expect(worked).toBe(false);
  });

  it('that fails says why, if it is the user’s to know, and is in the log', async () => {
    const { board, log } = bench();
    const id = board.begin(START, () => Promise.reject(new UserError('FileBinary', 'This is a picture.')));
    await board.ended(id);
    expect(board.find(id)).toMatchObject({ state: 'failed', message: 'This is a picture.' });
    const other = board.begin(START, () => Promise.reject(new Error('at /secret/path')));
    await board.ended(other);
    expect(board.find(other)?.state).toBe('failed');
    expect(board.find(other)?.message).not.toContain('secret');
    expect(log.lines).toHaveLength(2);
  });

  it('is forgotten a minute after its end, and not before', async () => {
    const { clock, board } = bench();
    const id = board.begin(START, async () => ({}));
    await board.ended(id);
    clock.advance(59_999);
    expect(board.tasks).toHaveLength(1);
    clock.advance(1);
    expect(board.tasks).toEqual([]);
  });
});

describe('stop', () => {
  it('cancels what runs, and waits for it', async () => {
    const { board } = bench();
    const works = [endless(), endless()];
    const ids = works.map(({ work }) => board.begin(START, work));
    await Promise.all(works.map(({ begun }) => begun));
    await board.stop();
    expect(ids.map((id) => board.find(id)?.state)).toEqual(['cancelled', 'cancelled']);
  });
});
