import { describe, expect, it } from 'vitest';
import { KEPT_MS, PreflightHost } from '../../../electron/main/preflight-host.ts';
import { preflightViews } from '../../../shared/ipc/preflight.ts';
import type { PreflightReport } from '../../../shared/preflight/report.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { createSilentLog } from '../../lab/silent-log.ts';

const REPORT: PreflightReport = { endedAtMs: 1, tookMs: 1, checks: [{ id: 'port25', state: 'ok', finding: 'port25_open', facts: {} }] };

function bench() {
  const clock = createManualClock();
  const runs: { practice: boolean; signal: AbortSignal; end: (report: PreflightReport) => void; fail: (error: Error) => void }[] = [];
  const changes = { count: 0, key: 'a' };
  const host = new PreflightHost({
    clock,
    log: createSilentLog(),
    run: (practice, signal) => new Promise((end, fail) => { runs.push({ practice, signal, end, fail }); }),
    settingsKey: () => changes.key,
    onChange: () => { changes.count += 1; },
  });
  return { clock, runs, changes, host };
}

describe('PreflightHost', () => {
  it('runs once for all who ask, keeps the result for some minutes, and runs again when it is old', async () => {
    const { clock, runs, host } = bench();
    const asked = [host.check({ practice: false, fresh: false }), host.check({ practice: false, fresh: true })];
    expect(runs).toHaveLength(1);
    expect(host.views().internet).toEqual({ running: true, report: null });
    runs[0]!.end(REPORT);
    expect(await Promise.all(asked)).toEqual([REPORT, REPORT]);
    expect(preflightViews.parse(host.views()).internet).toEqual({ running: false, report: REPORT });
    clock.advance(KEPT_MS - 1);
    expect(await host.check({ practice: false, fresh: false })).toBe(REPORT);
    clock.advance(1);
    expect(host.views().internet.report).toBeNull();
    void host.check({ practice: false, fresh: false });
    expect(runs).toHaveLength(2);
  });

  it('runs again when that is wanted, or when the settings are others', async () => {
    const { runs, changes, host } = bench();
    const first = host.check({ practice: false, fresh: false });
    runs[0]!.end(REPORT);
    await first;
    void host.check({ practice: false, fresh: true });
    expect(runs).toHaveLength(2);
    runs[1]!.end(REPORT);
    await new Promise((resolve) => { setImmediate(resolve); });
    changes.key = 'b';
    expect(host.views().internet.report).toBeNull();
    void host.check({ practice: false, fresh: false });
    expect(runs).toHaveLength(3);
  });

  it('keeps practice apart', () => {
    const { runs, host } = bench();
    void host.check({ practice: true, fresh: false });
    void host.check({ practice: false, fresh: false });
    expect(runs.map(({ practice }) => practice)).toEqual([true, false]);
  });

  it('tells a failure to who asked, and keeps nothing of it', async () => {
    const { runs, host } = bench();
    const asked = host.check({ practice: false, fresh: false });
    runs[0]!.fail(new Error('no such DNS server'));
    await expect(asked).rejects.toThrow('no such DNS server');
    expect(host.views().internet).toEqual({ running: false, report: null });
  });

  it('counts how often the menu asked, tells of each change, and stops what runs at the end', () => {
    const { runs, changes, host } = bench();
    host.ask();
    expect(host.views().asked).toBe(1);
    void host.check({ practice: false, fresh: false });
    expect(changes.count).toBe(2);
    host.close();
    expect(runs[0]!.signal.aborted).toBe(true);
  });
});
