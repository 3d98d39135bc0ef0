import { describe, expect, it } from 'vitest';
import { QuitGuard } from '../../../electron/main/quit-guard.ts';
import { createSilentLog } from '../../lab/silent-log.ts';

function bench(busy: boolean) {
  const told: string[] = [];
  const state = { busy };
  let answer: (quit: boolean) => void = () => undefined;
  let closed: (error?: Error) => void = () => undefined;
  let left: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => { left = resolve; });
  const log = createSilentLog();
  const guard: QuitGuard = new QuitGuard({
    busy: () => state.busy,
    ask: () => {
      told.push('ask');
      return new Promise((resolve) => { answer = resolve; });
    },
    close: () => {
      told.push('close');
      return new Promise((resolve, reject) => {
        closed = (error) => { if (error === undefined) resolve(); else reject(error); };
      });
    },
    // As Electron does: quitting asks `before-quit`, which asks the guard.
    quit: () => {
      if (guard.mayQuit()) {
        told.push('end');
        left();
      }
    },
    log,
  });
  return { guard, told, state, log, ended, answer: (quit: boolean) => { answer(quit); }, closed: (error?: Error) => { closed(error); } };
}

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

describe('quitting', () => {
  it('asks nothing where nothing is under way, and closes before it ends', async () => {
    const { guard, told, closed, ended } = bench(false);
    expect(guard.mayQuit()).toBe(false);
    expect(told).toEqual(['close']);
    closed();
    await ended;
    expect(told).toEqual(['close', 'end']);
  });

  it('asks once while a list is under way, however often it is tried', async () => {
    const { guard, told, answer, closed, ended } = bench(true);
    for (let i = 0; i < 3; i += 1) expect(guard.mayQuit()).toBe(false);
    expect(told).toEqual(['ask']);
    answer(true);
    await turn();
    expect(guard.mayQuit()).toBe(false);
    expect(told).toEqual(['ask', 'close']);
    closed();
    await ended;
    expect(told).toEqual(['ask', 'close', 'end']);
  });

  it('does not happen where the answer is no, and can be tried again', async () => {
    const { guard, told, state, answer, closed, ended } = bench(true);
    guard.mayQuit();
    answer(false);
    await turn();
    expect(told).toEqual(['ask']);
    state.busy = false;
    guard.mayQuit();
    closed();
    await ended;
    expect(told).toEqual(['ask', 'close', 'end']);
  });

  it('by a signal asks nobody', async () => {
    const { guard, told, closed, ended } = bench(true);
    guard.quitUnasked();
    expect(told).toEqual(['close']);
    closed();
    await ended;
    expect(told).toEqual(['close', 'end']);
  });

  it('by a signal while the question stands does not wait for its answer', async () => {
    const { guard, told, answer, closed, ended } = bench(true);
    guard.mayQuit();
    guard.quitUnasked();
    guard.quitUnasked();
    expect(told).toEqual(['ask', 'close']);
    answer(false);
    await turn();
    closed();
    await ended;
    expect(told).toEqual(['ask', 'close', 'end']);
  });

  it('happens even where closing fails, and that is written down', async () => {
    const { guard, told, log, closed, ended } = bench(false);
    guard.mayQuit();
    closed(new Error('disk is gone'));
    await ended;
    expect(told).toEqual(['close', 'end']);
    expect(log.lines).toMatchObject([{ level: 'error', message: 'did not close cleanly' }]);
  });
});
