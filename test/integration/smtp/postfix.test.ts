// A real Postfix with its default limits: 500 recipients of whom 30 % do not exist, asked through the pool. All replies
// are right, no 421 is met, no reply is slowed down: no session ever has the tenth error at which Postfix begins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createSmtpPool, type EngineSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import type { SmtpSession } from '../../../electron/engine/smtp/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { startPostfix, type LabPostfix } from '../../lab/postfix.ts';

const DOMAIN = 'users.test';
const RECIPIENTS = Array.from({ length: 500 }, (_, i) => ({
  address: `${(i * 7) % 10 < 3 ? 'missing' : 'user'}${String(i)}@${DOMAIN}`,
  exists: (i * 7) % 10 >= 3,
}));

let postfix: LabPostfix;
beforeAll(async () => {
  postfix = await startPostfix({ users: RECIPIENTS.filter(({ exists }) => exists).map(({ address }) => address), domains: [DOMAIN] });
});
afterAll(async () => {
  await postfix.stop();
});

function openPool(settings = DEFAULT_SETTINGS.smtp): EngineSmtpPool {
  return createSmtpPool({
    settings,
    identity: { heloName: 'verify.lab.test', mailFrom: 'verify@lab.test' },
    clock: systemClock,
    isAllowed: (ip) => ip.startsWith('127.'),
  });
}

async function acquire(pool: EngineSmtpPool): Promise<{ session: SmtpSession }> {
  const acquired = await pool.acquire({ ip: postfix.host, port: postfix.port, mxHost: 'mx.lab.test' });
  if (!acquired.ok) throw new Error(JSON.stringify(acquired.failure));
  return acquired;
}

/** What smtpd logs when a client leaves: `disconnect from … rcpt=7/9 … commands=9/11`: accepted of all. */
function sessionErrors(log: string): number[] {
  return [...log.matchAll(/disconnect from .* commands=(\d+)(?:\/(\d+))?$/gm)].map(([, good, all]) => Number(all ?? good) - Number(good));
}

describe('Postfix', () => {
  it('answers 500 recipients, 30 % of them unknown, right and at full speed', async () => {
    const pool = openPool();
    const waiting = [...RECIPIENTS];
    const answers = new Map<string, { code: number; enhanced: string | null }>();

    const lane = async (): Promise<void> => {
      while (waiting.length > 0) {
        const { session } = await acquire(pool);
        while (session.usable && waiting.length > 0) {
          const asked = waiting.splice(0, session.maxFlight);
          const result = await session.flight({ from: 'verify@lab.test', recipients: asked.map(({ address }) => address), newTransaction: false });
          expect(result.failure).toBeNull();
          asked.forEach(({ address }, i) => {
            const reply = result.replies[i];
            if (reply !== null && reply !== undefined) answers.set(address, reply);
          });
        }
        pool.release(session);
      }
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    // Also what was dialled for somebody who then got another session is greeted, and counted on both sides.
    await pool.drain();
    await pool.close();

    expect(answers.size).toBe(RECIPIENTS.length);
    for (const { address, exists } of RECIPIENTS) {
      expect([address, answers.get(address)?.code, answers.get(address)?.enhanced]).toEqual([address, exists ? 250 : 550, exists ? '2.1.5' : '5.1.1']);
    }
    const stats = pool.stats();
    expect(stats).toMatchObject({ open: 0, closedWith421: 0 });
    expect(stats.failures).toEqual({});

    await postfix.disconnected(stats.greeted);
    const log = postfix.log();
    const errors = sessionErrors(log);
    expect(errors).toHaveLength(stats.greeted);
    expect(Math.max(...errors)).toBeLessThan(10);
    expect(errors.reduce((sum, n) => sum + n, 0)).toBe(RECIPIENTS.filter(({ exists }) => !exists).length);
    expect(log).not.toMatch(/too many errors|improper command pipelining|lost connection|timeout after/);
  });

  it('would tell in its log of a session with more errors than that', async () => {
    const pool = openPool({ ...DEFAULT_SETTINGS.smtp, errorBudget: 11 });
    const before = sessionErrors(postfix.log()).length;
    const { session } = await acquire(pool);
    const recipients = Array.from({ length: 11 }, (_, i) => `missing-too${String(i)}@${DOMAIN}`);
    const result = await session.flight({ from: 'verify@lab.test', recipients, newTransaction: true });
    expect(result.replies.map((reply) => reply?.code)).toEqual(new Array(11).fill(550));
    pool.release(session);
    await pool.close();
    await postfix.disconnected(before + 1);
    expect(sessionErrors(postfix.log()).at(-1)).toBe(11);
  });

  it('refuses what is said of a domain that it does not serve as relaying, and takes UTF-8', async () => {
    const pool = openPool();
    const { session } = await acquire(pool);
    expect(session).toMatchObject({ pipelining: true, smtputf8: true, tls: 'none' });
    const result = await session.flight({ from: 'verify@lab.test', recipients: ['a@elsewhere.test', `jörg@${DOMAIN}`], newTransaction: true });
    expect(result.replies.map((reply) => [reply?.code, reply?.enhanced])).toEqual([[554, '5.7.1'], [550, '5.1.1']]);
    pool.release(session);
    await pool.close();
  });
});
