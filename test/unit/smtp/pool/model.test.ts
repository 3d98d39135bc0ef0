// The pool against its promises, whatever happens in whatever order: nobody is lost, nobody is answered twice, the limits
// hold at every moment, each target is served in the order of asking, and nothing stays behind after close.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failure } from '../../../../electron/engine/smtp/failure.ts';
import type { SmtpFailure } from '../../../../electron/engine/smtp/types.ts';
import { at, fakeOf, NO_GREETING, openBench, settled, TIMED_OUT, type FakeSession, type PoolBench } from './fake-opener.ts';

const TARGETS = [at('127.0.0.1'), at('127.0.0.2'), at('127.0.0.3')] as const;
const [MOST, MOST_EACH] = [4, 2];
const FAILURES: Readonly<Record<string, SmtpFailure>> = {
  passing: NO_GREETING,
  silent: TIMED_OUT,
  words: failure('SessionRefused', 'CONNECT', 'refused', { code: 421, enhanced: '4.7.0', text: 'too many' }),
  local: failure('LocalFailure', 'CONNECT', 'EMFILE'),
};

const which = fc.nat({ max: 7 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('acquire' as const), target: fc.nat({ max: 2 }), deadlineMs: fc.constantFrom(50, 700, 20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('try' as const), target: fc.nat({ max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('release' as const), which, spent: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('greet' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), which, how: fc.constantFrom(...Object.keys(FAILURES)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die' as const), which, refusing: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('check' as const), which, alive: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 60, 500, 5_000, 31_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Asked {
  readonly ip: string;
  readonly deadlineAtMs: number;
  answers: number;
}

class Model {
  readonly bench: PoolBench;
  readonly held = new Set<FakeSession>();
  readonly asked: Asked[] = [];
  readonly faults: string[] = [];

  readonly healthCheck: boolean;

  constructor(healthCheck: boolean, minIdle: number) {
    this.healthCheck = healthCheck;
    const smtp = { maxConnections: MOST, maxConnectionsPerDestination: MOST_EACH, idleTimeoutMs: 40_000, breakerFailures: 3, breakerOpenMs: 2_000, targetErrorBudget: 3, maxRetries: 2 };
    this.bench = openBench({ ...smtp, healthCheck, minIdle, healthCheckIntervalMs: 20_000 }, { groupOf: ({ ip }) => ip });
  }

  hold(session: FakeSession): void {
    if (this.held.has(session)) this.faults.push('a session was given to two');
    if (session.over) this.faults.push('a session was given that is over');
    this.held.add(session);
  }

  acquire(target: (typeof TARGETS)[number], deadlineMs: number): void {
    const { pool, clock } = this.bench;
    const mine: Asked = { ip: target.ip, deadlineAtMs: clock.monotonicMs() + deadlineMs, answers: 0 };
    const before = this.asked.filter(({ ip, answers }) => ip === mine.ip && answers === 0);
    this.asked.push(mine);
    void pool.acquire(target, { deadlineMs }).then((result) => {
      mine.answers += 1;
      if (!result.ok) return;
      if (before.some(({ answers }) => answers === 0)) this.faults.push('somebody was served before one who had asked earlier');
      this.hold(fakeOf(result.session));
    });
  }

  run(each: Step): void {
    const { pool, opener, clock } = this.bench;
    const pick = <T>(from: readonly T[], index: number): T | undefined => (from.length === 0 ? undefined : from[index % from.length]);
    switch (each.do) {
      case 'acquire':
        this.acquire(pick(TARGETS, each.target) ?? TARGETS[0], each.deadlineMs);
        break;
      case 'try': {
        const session = pool.tryAcquire(pick(TARGETS, each.target) ?? TARGETS[0]);
        if (session !== null) this.hold(fakeOf(session));
        break;
      }
      case 'release': {
        const session = pick([...this.held], each.which);
        if (session === undefined) break;
        this.held.delete(session);
        session.recipients += 1;
        session.used = each.spent;
        pool.release(session);
        break;
      }
      case 'greet':
        pick(opener.dials, each.which)?.succeed();
        break;
      case 'fail':
        pick(opener.dials, each.which)?.fail(FAILURES[each.how] ?? NO_GREETING);
        break;
      case 'die': {
        const session = pick(opener.sessions.filter(({ over }) => !over), each.which);
        if (session === undefined) break;
        if (each.refusing) session.errors = session.recipients += 1;
        this.held.delete(session);
        session.die(failure('Dropped', 'RSET', 'closed'));
        break;
      }
      case 'check':
        pick(opener.sessions.filter(({ answerCheck }) => answerCheck !== null), each.which)?.answerCheck?.(each.alive);
        break;
      case 'wait':
        clock.advance(each.ms);
        break;
    }
  }

  /** What must hold after every step. */
  verify(): void {
    const { pool, opener, clock } = this.bench;
    expect(this.faults).toEqual([]);
    const stats = pool.stats();
    expect(pool.size).toBe(opener.stillOpen + opener.dials.length);
    expect(pool.size).toBeLessThanOrEqual(MOST);
    expect({ inUse: stats.inUse, waiting: stats.waiting }).toEqual({ inUse: this.held.size, waiting: this.asked.filter(({ answers }) => answers === 0).length });
    for (const group of stats.groups) {
      const open = opener.sessions.filter(({ over, target }) => !over && target.ip === group.group).length;
      expect(open + group.opening).toBeLessThanOrEqual(MOST_EACH);
      // Nobody waits beside an idle session; only where it was unused for long, and something else is on its way.
      const checking = opener.sessions.filter(({ answerCheck, target }) => answerCheck !== null && target.ip === group.group).length;
      if (group.idle > 0) expect(group.waiting).toBeLessThanOrEqual(this.healthCheck ? group.opening + checking : 0);
    }
    for (const { answers, deadlineAtMs } of this.asked) if (answers === 0) expect(deadlineAtMs).toBeGreaterThan(clock.monotonicMs());
  }

  async close(): Promise<void> {
    const { pool, opener, clock } = this.bench;
    const closing = pool.close(1_000);
    for (const { answerCheck } of [...opener.sessions]) answerCheck?.(true);
    await settled();
    for (const session of this.held) pool.release(session);
    await closing;
    expect(this.faults).toEqual([]);
    expect(this.asked.map(({ answers }) => answers)).toEqual(this.asked.map(() => 1));
    expect([pool.size, pool.stats().open, opener.stillOpen, opener.dials.length, clock.timers]).toEqual([0, 0, 0, 0, 0]);
  }
}

it('keeps its promises whatever happens (property)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat({ max: 1 }), fc.array(step, { maxLength: 60, size: 'max' }), async (healthCheck, minIdle, steps) => {
      const model = new Model(healthCheck, minIdle);
      for (const each of steps) {
        model.run(each);
        await settled();
        model.verify();
      }
      await model.close();
    }),
    { numRuns: 300 },
  );
});

it('answers everybody in the end where the network does its part (property)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const model = new Model(false, 0);
      for (const each of steps) {
        model.run(each);
        await settled();
      }
      // From here on every dial is greeted, every session given back: nobody may be left to its deadline for ever.
      const { opener, pool, clock } = model.bench;
      for (let turns = 0; pool.stats().waiting > 0; turns += 1) {
        expect(turns).toBeLessThan(200);
        for (const dial of [...opener.dials]) dial.succeed();
        await settled();
        for (const session of [...model.held]) {
          model.held.delete(session);
          pool.release(session);
        }
        if (opener.dials.length === 0 && model.held.size === 0) clock.advance(100);
        await settled();
        model.verify();
      }
      await model.close();
    }),
    { numRuns: 200 },
  );
});
