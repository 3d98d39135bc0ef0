// The hourly look after the lists: what is told, what is forgotten, copies; and that nothing of it ends the app.
import { describe, expect, it } from 'vitest';
import { ListCare, type ListCareOptions } from '../../../../electron/main/lists/list-care.ts';
import type { RetentionNotice } from '../../../../electron/worker/store-care.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings/schema.ts';
import { createManualClock } from '../../../lab/manual-clock.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

const notice = (listId: number, what: 'list' | 'verdicts' = 'list'): RetentionNotice => ({ listId, name: 'x', what, atMs: 9 });

function careOf(store: ListCareOptions['store']) {
  const clock = createManualClock();
  const forgotten: RetentionNotice[] = [];
  const care = new ListCare({ store, settings: () => DEFAULT_SETTINGS.storage, inUse: () => [7], clock, log: createSilentLog(), onForgotten: (one) => { forgotten.push(one); }, onChange: () => undefined });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    // What a timer began is over when nothing is left to be done at once.
    await new Promise((resolve) => { setImmediate(resolve); });
  };
  return { care, pass, forgotten };
}

describe('ListCare', () => {
  it('tells what is coming, hands on what was forgotten, and copies half a minute later, then once an hour', async () => {
    const calls: string[] = [];
    const { care, pass, forgotten } = careOf({
      retain: (options) => {
        calls.push(`retain ${String(options.listsAfterDays)} but ${String(options.except)}`);
        return Promise.resolve({ coming: [notice(3)], done: [notice(4, 'verdicts')] });
      },
      backUp: (options) => {
        calls.push(`copy ${String(options.kept)} ${String(options.maxListBytes)}`);
        return Promise.resolve({ made: [], tooLarge: [], failed: [{ listId: 1, message: 'no' }] });
      },
    });
    await care.start();
    expect([care.comingOf(3), care.comingOf(4), forgotten]).toEqual([notice(3), undefined, [notice(4, 'verdicts')]]);
    expect(calls).toEqual(['retain 0 but 7']);
    await pass(30_000);
    expect(calls.slice(1)).toEqual(['retain 0 but 7', `copy 3 ${String(200 * 1_048_576)}`]);
    await pass(3_600_000);
    expect(calls).toHaveLength(5);
    care.close();
    await pass(7_200_000);
    expect(calls).toHaveLength(5);
  });

  it('goes on after a failure', async () => {
    let looks = 0;
    const { care, pass } = careOf({
      retain: () => {
        looks++;
        return Promise.reject(new Error('disk'));
      },
      backUp: () => Promise.reject(new Error('disk')),
    });
    await care.start();
    await pass(30_000);
    await pass(3_600_000);
    expect(looks).toBe(3);
  });
});
