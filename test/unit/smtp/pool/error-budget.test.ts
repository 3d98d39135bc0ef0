// A host that refuses everybody is left, however many sessions it would take to notice from within one.
import { expect, it } from 'vitest';
import { at, openBench, settled, watch, type PoolBench } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

async function ask({ pool, connect }: PoolBench, recipients: number, errors: number): Promise<void> {
  void pool.acquire(TARGET);
  const session = await connect();
  Object.assign(session, { recipients, errors, used: true });
  pool.release(session);
}

it('is left after so many refusals in a row, with every session that is open to it', async () => {
  const bench = openBench({ targetErrorBudget: 20 });
  const { pool, connect, clock, opener } = bench;
  void pool.acquire(TARGET);
  void pool.acquire(TARGET);
  const [idle, used] = [await connect(), await connect()];
  for (let i = 0; i < 2; i += 1) await ask(bench, 9, 9);
  pool.release(idle);
  expect(idle.over).toBe(false);
  void pool.acquire(TARGET);
  Object.assign(idle, { recipients: 9, errors: 9, used: true });
  pool.release(idle);
  const seen = watch(pool.acquire(TARGET));
  await settled();
  expect(seen.failure).toMatchObject({ code: 'BreakerOpen', cause: { code: 'SessionClosed', reply: null } });
  // A session that is still in use is not kept.
  pool.release(used);
  expect([used.over, pool.size]).toEqual([true, 0]);
  // One session later it is left for longer.
  clock.advance(30_000);
  const before = opener.dialled;
  await ask(bench, 9, 9);
  clock.advance(59_999);
  void pool.acquire(TARGET);
  expect(opener.dialled).toBe(before + 1);
});

it('is not left where anybody was accepted', async () => {
  const bench = openBench({ targetErrorBudget: 20 });
  for (let i = 0; i < 10; i += 1) await ask(bench, 9, i % 2 === 0 ? 9 : 8);
  expect(bench.pool.stats().groups[0]?.breakersOpen).toBe(0);
});

it('is not left for a refused EHLO (HELO followed) in every session', async () => {
  const bench = openBench({ targetErrorBudget: 5 });
  for (let i = 0; i < 10; i += 1) {
    const pending = watch(bench.pool.acquire(TARGET));
    const session = bench.opener.dials[0]?.succeed();
    Object.assign(session ?? {}, { errors: 1 });
    await settled();
    expect(pending.session).toBe(session);
    Object.assign(session ?? {}, { recipients: 1, used: true });
    if (session !== undefined) bench.pool.release(session);
  }
  expect(bench.pool.stats().groups[0]?.breakersOpen).toBe(0);
});
