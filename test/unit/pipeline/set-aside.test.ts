// Destinations that are left alone: who refuses this machine, is in trouble, or is at the user's own limit. Others go on,
// nobody is called bad for it, and all come back by the schedule.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../../electron/engine/pipeline/pipeline.ts';
import type { SmtpFailure } from '../../../electron/engine/smtp/types.ts';
import type { DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { fakePool, fakeResolver, oneHost, type FakeAnswer } from '../../lab/fake-network.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

const S3150 = "550 5.7.1 Unfortunately, messages from [203.0.113.9] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).";
const BUSY = '451 4.7.1 Too many recipients from your address, try again later';
const knows = (recipient: string) => (recipient.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown');
const HOUR = 3_600_000;

let rows = 0;
function claimOf(domain: string, count: number, attempt = 1): DomainClaim {
  const addresses = Array.from({ length: count }, () => ({ rowId: (rows += 1), address: `user${String(rows)}@${domain}`, attempt, earlier: null }));
  return { listId: 1, domainId: Number(domain.replaceAll(/\D/g, '')), domain, facts: { catchAll: 'not_run', acceptedAny: false, random: null }, addresses };
}

/** A pipeline over servers that say what `answer` says; a domain's server is named by its first letter. */
function world(answer: (recipient: string) => FakeAnswer, input: SettingsInput = {}, connect: (host: string) => SmtpFailure | null = () => null) {
  const clock = createManualClock();
  const pool = fakePool({ answer, connect: ({ mxHost }) => connect(mxHost) });
  const verdicts: VerdictRecord[] = [];
  const defects: unknown[] = [];
  const hosts: Readonly<Record<string, [string, string]>> = { b: ['x.olc.protection.outlook.com', '127.0.0.2'], m: ['m.mail.protection.outlook.com', '127.0.0.3'] };
  const pipeline = createPipeline({
    pool,
    resolver: fakeResolver((domain) => oneHost(...(hosts[domain.charAt(0)] ?? [`mx.${domain}`, `127.0.1.${String(domain.length)}`]))),
    settings: settingsSchema.parse({ identity: { mailFrom: 'verify@helo.test' }, retry: { backoffMs: 60_000, backoffMaxMs: 600_000 }, ...input }),
    clock,
    practice: false,
    lists: { flagsOf: () => ({ flags: [], didYouMean: null }) },
    onVerdict: (record) => verdicts.push(record),
    onEnded: () => undefined,
    onConnect: () => undefined,
    onDefect: (error) => defects.push(error),
  });
  const asked = () => pool.flights.reduce((sum, { request }) => sum + request.recipients.length, 0);
  /** Until nothing moves any more without time passing. */
  async function settled(): Promise<void> {
    for (let before = -1, quiet = 0; quiet < 5; quiet = before === asked() ? quiet + 1 : 0) {
      before = asked();
      await setImmediate();
    }
    expect(defects).toEqual([]);
  }
  return { clock, pool, verdicts, pipeline, asked, settled };
}

describe('a destination that refuses this machine', () => {
  it('is not asked by the hundred: the rest waits, told why, and other destinations go on', async () => {
    const { pipeline, verdicts, asked, settled, clock } = world((recipient) => (recipient.includes('@b') ? S3150 : knows(recipient)));
    pipeline.submit(claimOf('b1.test', 300));
    pipeline.submit(claimOf('b2.test', 300));
    pipeline.submit(claimOf('good3.test', 20));
    await settled();
    expect(verdicts).toHaveLength(620);
    expect(asked() - 21).toBeLessThanOrEqual(9 * 5);
    expect(verdicts.filter(({ reason }) => reason === 'ip_blocked')).toHaveLength(600);
    expect(verdicts.filter(({ reason }) => reason === 'accepted')).toHaveLength(20);
    const [one, ...others] = pipeline.setAside();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ name: 'Outlook.com (Hotmail, Live)', state: 'refused', reason: 'ip_blocked', code: 'S3150', reply: S3150 });
    const again = verdicts.filter(({ retryAtMs }) => retryAtMs !== null);
    expect(one?.waiting).toBe(again.length);
    expect(again.length).toBeGreaterThanOrEqual(600 - 45);
    expect((one?.untilMs ?? 0) - clock.epochMs()).toBeGreaterThanOrEqual(HOUR);
    expect(Math.min(...again.map(({ retryAtMs }) => retryAtMs ?? 0))).toBeGreaterThan(one?.untilMs ?? Infinity);
  });

  it('gets one recipient for a trial when the pause is over; the rest is asked if that is answered', async () => {
    let isBlocked = true;
    const { pipeline, verdicts, asked, settled, clock, pool } = world((recipient) => (isBlocked ? S3150 : knows(recipient)));
    pipeline.submit(claimOf('b1.test', 50));
    await settled();
    const atFirst = asked();
    // Whatever comes while it waits is put off without a word.
    pipeline.submit(claimOf('b2.test', 50));
    await settled();
    expect(asked()).toBe(atFirst);
    clock.advance(2 * HOUR);
    expect(pipeline.setAside()).toEqual([]);
    pipeline.submit(claimOf('b3.test', 50, 2));
    await settled();
    expect(asked()).toBe(atFirst + 1);
    clock.advance(500);
    expect(pipeline.setAside()).toMatchObject([{ state: 'refused' }]);
    clock.advance(5 * HOUR);
    isBlocked = false;
    pipeline.submit(claimOf('b4.test', 50, 2));
    await settled();
    expect(pool.flights.slice(-10).some(({ request }) => request.recipients.length > 1)).toBe(true);
    expect(verdicts.slice(-50).map(({ reason }) => reason)).toEqual(new Array(50).fill('accepted'));
    clock.advance(500);
    expect(pipeline.setAside()).toEqual([]);
    expect(verdicts).toHaveLength(200);
  });

  it('is not set aside because one of its customers refuses us', async () => {
    const own = '550 5.7.1 Service unavailable; client host blocked by the recipient’s own list';
    const { pipeline, verdicts, settled } = world((recipient) => (recipient.endsWith('@m1.test') ? own : knows(recipient)));
    for (const domain of ['m1.test', 'm2.test']) pipeline.submit(claimOf(domain, 40));
    await settled();
    expect(pipeline.setAside()).toEqual([]);
    expect(verdicts.filter(({ reason }) => reason === 'accepted')).toHaveLength(40);
  });
});

describe('a destination in trouble', () => {
  const refused: SmtpFailure = { code: 'ConnectFailed', stage: 'CONNECT', reply: null, detail: 'refused' };

  it('is left alone for pauses that grow, nobody is blamed, and others go on', async () => {
    const { pipeline, verdicts, settled, clock } = world(knows, {}, (host) => (host === 'mx.dead1.test' ? refused : null));
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      pipeline.submit(claimOf('dead1.test', 30, attempt));
      pipeline.submit(claimOf('good3.test', 30));
      await settled();
      const [one] = pipeline.setAside();
      expect(one).toMatchObject({ name: 'mx.dead1.test', state: 'suspended', reason: 'no_connect', waiting: 30 });
      pauses.push((one?.untilMs ?? 0) - (one?.sinceMs ?? 0));
      clock.advance((one?.untilMs ?? 0) - clock.epochMs() + 1);
    }
    expect(pauses[1]).toBeGreaterThan((pauses[0] ?? 0) * 1.5);
    expect(pauses[2]).toBeGreaterThan((pauses[1] ?? 0) * 1.5);
    expect(verdicts.filter(({ reason }) => reason === 'accepted')).toHaveLength(90);
    expect(verdicts.filter(({ reason }) => statusOf(reason) === 'undeliverable')).toEqual([]);
    expect(verdicts.filter(({ reason, retryAtMs }) => reason === 'no_connect' && retryAtMs === null)).toEqual([]);
  });

  it('that wants to be asked less often gets a pause; who was not asked loses no try of his', async () => {
    let left = 60;
    const { pipeline, verdicts, settled, asked } = world((recipient) => (recipient.includes('@t') ? ((left -= 1) < 0 ? BUSY : knows(recipient)) : knows(recipient)));
    pipeline.submit(claimOf('t1.test', 400));
    await settled();
    expect(asked()).toBeLessThan(60 + 10 * 9);
    expect(pipeline.setAside()).toMatchObject([{ state: 'suspended', reason: 'rate_limited', reply: BUSY }]);
    const later = verdicts.filter(({ reason }) => reason === 'rate_limited');
    expect(later.every(({ retryAtMs }) => retryAtMs !== null)).toBe(true);
    expect(later.filter(({ heard }) => heard === 'nothing').length).toBeGreaterThan(250);
  });
});

describe('the user’s own limits', () => {
  it('put off to the next day who is above the limit of the day, and say so', async () => {
    const { pipeline, verdicts, asked, settled, clock } = world(knows, { destinations: [{ mxPattern: 'mx.own1.test', dailyCap: 40 }] });
    pipeline.submit(claimOf('own1.test', 100));
    pipeline.submit(claimOf('free22.test', 100));
    await settled();
    expect(asked()).toBe(40 + 101);
    const [one] = pipeline.setAside();
    expect(one).toMatchObject({ state: 'capped', reason: 'rate_limited', code: null, waiting: 61 });
    const capped = verdicts.filter(({ reason }) => reason === 'rate_limited');
    expect(capped).toHaveLength(61);
    expect(new Set(capped.map(({ retryAtMs }) => new Date(retryAtMs ?? 0).getDate()))).toEqual(new Set([new Date(clock.epochMs() + 86_400_000).getDate()]));
    clock.advance(86_400_000);
    pipeline.submit(claimOf('own1.test', 30, 2));
    await settled();
    expect(asked()).toBe(40 + 101 + 31);
  });

  it('keep the pace of a destination and of the run', async () => {
    for (const input of [{ destinations: [{ mxPattern: 'mx.own1.test', recipientsPerMinute: 120 }] }, { smtp: { recipientsPerMinute: 120 } }] satisfies SettingsInput[]) {
      const { pipeline, asked, settled, clock, verdicts } = world(knows, input);
      pipeline.submit(claimOf('own1.test', 200));
      await settled();
      expect(asked()).toBe(10);
      for (let minute = 1; minute <= 2; minute += 1) {
        for (let step = 0; step < 60; step += 1) {
          clock.advance(1_000);
          await settled();
        }
        expect(asked()).toBeLessThanOrEqual(10 + 120 * minute);
        expect(asked()).toBeGreaterThanOrEqual(Math.min(201, 100 * minute));
      }
      expect(verdicts).toHaveLength(200);
    }
  });
});
