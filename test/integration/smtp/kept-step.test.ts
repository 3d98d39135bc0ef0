// `keptStep`: whether a host gave more replies than there were commands (faults row 18). It is waited for once a host.
import { afterEach, describe, expect, it } from 'vitest';
import type { LabServer, SmtpScript } from '../../lab/smtp-server.ts';
import { startSmtpServer } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, openPool, sessionOf, targetOf } from './harness.ts';

const QUIET_MS = 700;

let stopping: LabServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function setUp(script: SmtpScript = {}) {
  const bench = openPool();
  const lab = await startSmtpServer(script);
  stopping.push(lab);
  const acquired = async () => sessionOf(await bench.pool.acquire(targetOf(lab)));
  const session = await acquired();
  expect(codesOf(await ask(session, ['a@x.test', 'b@x.test']))).toEqual([250, 250]);
  return { bench, lab, session, acquired };
}

const keptStep = async (session: Awaited<ReturnType<typeof setUp>>['session']): Promise<boolean | undefined> => session.keptStep?.(QUIET_MS);

describe('keptStep', () => {
  it('is true where nothing more comes, and from then on waits for nobody at that host', async () => {
    const { bench, session, acquired } = await setUp();
    const kept = keptStep(session);
    await bench.clock.armed(QUIET_MS);
    bench.clock.advance(QUIET_MS);
    expect(await kept).toBe(true);
    expect(await keptStep(session)).toBe(true);
    const another = await acquired();
    expect(await keptStep(another)).toBe(true);
    bench.pool.release(session);
    bench.pool.release(another);
    await closeClean(bench);
  });

  it('is false where one more comes before the time is over, and the session is over', async () => {
    const { bench, lab, session } = await setUp();
    const kept = keptStep(session);
    (await lab.session(0)).write('550 5.1.1 unknown user\r\n');
    expect(await kept).toBe(false);
    expect(session.usable).toBe(false);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('shows nothing where the session is left meanwhile, and what it said stands', async () => {
    const { bench, session, acquired } = await setUp();
    const kept = keptStep(session);
    session.quit();
    expect(await kept).toBe(true);
    const another = await acquired();
    const again = keptStep(another);
    await bench.clock.armed(QUIET_MS);
    bench.clock.advance(QUIET_MS);
    expect(await again).toBe(true);
    bench.pool.release(session);
    bench.pool.release(another);
    await closeClean(bench);
  });
});
