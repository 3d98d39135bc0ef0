import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SNAPSHOT_EVERY_MS, SnapshotSender } from '../../../../electron/main/lists/snapshot-sender.ts';
import type { Snapshot } from '../../../../shared/ipc/lists.ts';
import { createManualClock } from '../../../lab/manual-clock.ts';

function bench() {
  const clock = createManualClock();
  const sent: { atMs: number; snapshot: Snapshot }[] = [];
  let value = 0;
  const sender = new SnapshotSender({
    clock,
    content: () => ({ lists: [], imports: [], exports: [], opened: value === 0 ? [] : [{ fileId: '', name: String(value), sizeBytes: value }] }),
    send: (snapshot) => sent.push({ atMs: clock.monotonicMs(), snapshot }),
  });
  const change = (): void => {
    value += 1;
    sender.changed();
  };
  const last = (): number => sent.at(-1)?.snapshot.opened?.[0]?.sizeBytes ?? 0;
  return { clock, sent, sender, change, last, current: () => value };
}

describe('snapshots', () => {
  it('tell many changes in one message', () => {
    const { clock, sent, change, last } = bench();
    for (let i = 0; i < 1_000; i += 1) change();
    clock.advance(0);
    expect(sent).toHaveLength(1);
    expect(last()).toBe(1_000);
  });

  it('are at most five a second, and the last change always arrives, whatever changes when', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (pausesMs) => {
        const { clock, sent, change, last, current } = bench();
        for (const pauseMs of pausesMs) {
          change();
          clock.advance(pauseMs);
        }
        clock.advance(SNAPSHOT_EVERY_MS);
        expect(last()).toBe(current());
        for (const [index, { atMs, snapshot }] of sent.entries()) {
          const before = sent[index - 1];
          if (before === undefined) continue;
          expect(atMs - before.atMs).toBeGreaterThanOrEqual(SNAPSHOT_EVERY_MS);
          expect(snapshot.sequence).toBe(before.snapshot.sequence + 1);
        }
        expect(clock.timers).toBe(0);
      }),
    );
  });

  it('are not sent where nothing changed, whatever was announced', () => {
    const { clock, sent, sender, change } = bench();
    change();
    clock.advance(1_000);
    for (let i = 0; i < 10; i += 1) {
      sender.changed();
      clock.advance(1_000);
    }
    expect(sent).toHaveLength(1);
  });

  it('that a page asks for are newer than all before, and older than all after', () => {
    const { clock, sent, sender, change } = bench();
    change();
    clock.advance(1_000);
    expect(sender.now().sequence).toBe(2);
    change();
    clock.advance(1_000);
    expect(sent.map(({ snapshot }) => snapshot.sequence)).toEqual([1, 3]);
  });

  it('end when they are closed', () => {
    const { clock, sent, sender, change } = bench();
    change();
    sender.close();
    change();
    clock.advance(10_000);
    expect(sent).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});
