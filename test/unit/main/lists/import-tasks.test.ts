// Several imports: one after the other, each with an end of its own, and a report that outlives its task.
import { describe, expect, it } from 'vitest';
import { ImportTasks } from '../../../../electron/main/lists/import-tasks.ts';
import type { ImportOptions, ImportReport } from '../../../../electron/worker/interface.ts';
import { UserError } from '../../../../shared/errors.ts';
import { createManualClock } from '../../../lab/manual-clock.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

function bench() {
  const begun: ImportOptions[] = [];
  const waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];
  const look = (): void => {
    for (const { condition, resolve } of waiting) if (condition()) resolve();
  };
  const ends: { readonly done: () => void; readonly fail: () => void }[] = [];
  const tasks = new ImportTasks({
    clock: createManualClock(),
    log: createSilentLog(),
    onChange: () => { look(); },
    customLists: () => ({ suppress: ['no@one.example'] }),
    onImported: () => Promise.resolve(),
    store: {
      importList: (options, onProgress, signal) => new Promise<ImportReport>((resolve, reject) => {
        const id = begun.push(options);
        onProgress?.({ bytesRead: 5, totalBytes: 10, rows: 1, bytesPerSecond: 100, leftMs: 1_500 });
        ends.push({
          done: () => {
            const problems = [{ row: 1, line: 2, problem: 'p', dropped: true }];
            resolve({ list: { id, name: options.path }, rows: 2, problems, problemCount: 3, droppedCount: 1 } as unknown as ImportReport);
          },
          fail: () => { reject(new UserError('FileBinary', 'no text')); },
        });
        look();
        signal?.addEventListener('abort', () => { reject(new UserError('Cancelled', '')); });
      }),
    },
  });
  const states = (): unknown[] => tasks.tasks.map(({ name, state, message }) => [name, state, message].filter((part) => part !== null).join(' '));
  /** Resolves with the change that makes it true. */
  const until = (condition: () => boolean): Promise<void> => new Promise((resolve) => {
    waiting.push({ condition, resolve });
    look();
  });
  const allEnded = (): Promise<void> => until(() => tasks.tasks.every(({ state }) => state !== 'running'));
  const begunCount = (count: number): Promise<void> => until(() => begun.length === count && ends.length === count);
  return { tasks, begun, ends, states, begunCount, allEnded };
}

const source = (name: string, reading = {}) => ({ path: `/lists/${name}`, sizeBytes: 10, reading });

describe('several imports', () => {
  it('begin one after the other, and one that fails does not hold the next', async () => {
    const { tasks, begun, ends, states, begunCount, allEnded } = bench();
    const ids = tasks.startEach([source('a.csv', { addressColumn: 2 }), source('b.csv'), source('c.csv')]);
    expect(new Set(ids).size).toBe(3);
    await begunCount(1);
    expect(tasks.tasks[0]).toMatchObject({ done: 5, total: 10, bytesPerSecond: 100, secondsLeft: 1.5 });
    ends[0]?.fail();
    await begunCount(2);
    ends[1]?.done();
    await begunCount(3);
    ends[2]?.done();
    await allEnded();
    expect(states()).toEqual(['a.csv failed no text', 'b.csv done', 'c.csv done']);
    expect(begun).toEqual([
      { path: '/lists/a.csv', addressColumn: 2, lists: { suppress: ['no@one.example'] } },
      { path: '/lists/b.csv', lists: { suppress: ['no@one.example'] } },
      { path: '/lists/c.csv', lists: { suppress: ['no@one.example'] } },
    ]);
    expect(tasks.tasks[1]).toMatchObject({ droppedCount: 1, remarkCount: 2 });
    expect(tasks.report(ids[1] ?? '')).toMatchObject({ rows: 2, problemCount: 3 });
    expect(() => tasks.report(ids[0] ?? '')).toThrow('no longer known');
  });

  it('are cancelled at once, those that wait for their turn too', async () => {
    const { tasks, begun, states, begunCount, allEnded } = bench();
    const ids = tasks.startEach([source('a.csv'), source('b.csv'), source('c.csv')]);
    await begunCount(1);
    for (const id of [...ids].reverse()) tasks.cancel(id);
    await allEnded();
    expect(states()).toEqual(['a.csv cancelled', 'b.csv cancelled', 'c.csv cancelled']);
    expect(begun).toHaveLength(1);
    expect(tasks.busy).toBe(false);
  });

  it('together are one, each file read as it was chosen', async () => {
    const { tasks, begun, begunCount } = bench();
    tasks.startTogether([source('a.csv', { duplicatesBy: 'mailbox', encoding: 'shift_jis' }), source('b.xlsx', { duplicatesBy: 'mailbox', sheet: 'Two' })]);
    await begunCount(1);
    expect(begun[0]).toEqual({
      path: '/lists/a.csv',
      name: 'a.csv and 1 more',
      together: ['/lists/a.csv', '/lists/b.xlsx'],
      togetherReading: [{ encoding: 'shift_jis' }, { sheet: 'Two' }],
      duplicatesBy: 'mailbox',
      lists: { suppress: ['no@one.example'] },
    });
    expect(tasks.tasks[0]).toMatchObject({ name: 'a.csv and 1 more' });
  });
});

it('hands on a text that was pasted', async () => {
  const { tasks, begun, begunCount } = bench();
  tasks.start('Pasted, 21 Nov', 6, {}, 'a@b.c\n');
  await begunCount(1);
  expect(begun[0]).toMatchObject({ path: 'Pasted, 21 Nov', text: 'a@b.c\n' });
});
