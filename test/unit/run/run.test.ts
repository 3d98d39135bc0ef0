import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startRun, type RunOptions, type RunOutcome } from '../../../electron/engine/run/run.ts';
import type { SmtpFailure } from '../../../electron/engine/smtp/types.ts';
import { UserError } from '../../../shared/errors.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { fakePool, fakeResolver, oneHost, type FakeServer } from '../../lab/fake-network.ts';
import { createMemoryStore, type MemoryStore } from '../../lab/memory-store.ts';

const settings = settingsSchema.parse({
  identity: { heloName: 'helo.test', mailFrom: 'verify@helo.test' },
  retry: { greylistFirstMs: 0, greylistNextMs: 0, backoffMs: 0, backoffMaxMs: 0, refusedPauseMs: 0 },
  batch: { maxVerdicts: 10, maxDelayMs: 1 },
});

const failure = (code: SmtpFailure['code'], stage: SmtpFailure['stage'] = 'RCPT'): SmtpFailure => ({ code, stage, reply: null, detail: code });

function start(store: MemoryStore, server: FakeServer, more: Partial<RunOptions> = {}) {
  const pool = fakePool(server);
  const run = startRun({
    store,
    listId: 1,
    settings,
    resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, `127.0.0.${String(1 + (domain.length % 200))}`)),
    pool,
    wait: true,
    ...more,
  });
  return { run, pool };
}

async function outcomeOf(store: MemoryStore, server: FakeServer, more: Partial<RunOptions> = {}): Promise<RunOutcome> {
  return await start(store, server, more).run.done;
}

/** Accepts every local part that starts with "user", like a server with a list of its users. */
const knowsUsers = (recipient: string) => (recipient.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown');

describe('startRun', () => {
  it('judges every address of several domains and reports only what is committed', async () => {
    const store = createMemoryStore(['user1@a.test', 'ghost@a.test', 'user2@bb.test']);
    const reported: number[] = [];
    const outcome = await outcomeOf(store, { answer: knowsUsers }, { onProgress: ({ counters }) => reported.push(counters.byState.done) });
    expect(outcome.kind).toBe('done');
    expect(store.verdictOf('user1@a.test')?.reason).toBe('accepted');
    expect(store.verdictOf('ghost@a.test')?.reason).toBe('mailbox_not_found');
    expect(store.verdictOf('user2@bb.test')?.reason).toBe('accepted');
    expect(reported.at(-1)).toBe(3);
  });

  it('asks the store for work when there may be some, and not whenever a domain ends', async () => {
    const store = createMemoryStore(Array.from({ length: 300 }, (_, index) => `user1@d${String(index)}.test`));
    let claims = 0;
    const counting: MemoryStore = {
      ...store,
      claim: (...args) => {
        claims += 1;
        return store.claim(...args);
      },
    };
    // One domain's look-up is answered after the other, so that they end one by one, and all before one commit is due.
    let answers = Promise.resolve();
    const oneByOne = fakeResolver((domain) => oneHost(`mx.${domain}`, '127.0.0.1'));
    const resolver: typeof oneByOne = {
      ...oneByOne,
      lookup: (domain) => {
        answers = answers.then(async () => await new Promise<void>((resolve) => setImmediate(resolve)));
        return answers.then(() => oneByOne.lookup(domain));
      },
    };
    await outcomeOf(counting, { answer: knowsUsers }, { resolver, settings: { ...settings, batch: { maxVerdicts: 1_000, maxDelayMs: 250 } } });
    expect(store.timesJudged.size).toBe(300);
    // After each commit, whose released domains may have more, and until the first one that brings nothing.
    expect(claims).toBeLessThanOrEqual(store.batches.length + 10);
  });

  it('asks one random recipient a domain, in the first flight, and tells a catch-all', async () => {
    const store = createMemoryStore(['user1@a.test', 'user2@a.test', 'user3@a.test']);
    const { run, pool } = start(store, { answer: () => '250 2.1.5 Ok' });
    await run.done;
    const asked = pool.flights.flatMap(({ request }) => request.recipients);
    expect(asked.filter((recipient) => !recipient.startsWith('user'))).toHaveLength(1);
    expect(asked[0]).not.toMatch(/^user/);
    expect(store.verdictOf('user1@a.test')?.reason).toBe('accept_all');
  });

  it('asks the greylisted again and takes the later answer', async () => {
    const store = createMemoryStore(['user1@a.test']);
    let asked = 0;
    const server: FakeServer = {
      answer: (recipient) => {
        if (!recipient.startsWith('user')) return '550 5.1.1 User unknown';
        asked += 1;
        return asked === 1 ? '450 4.7.1 Greylisted, come back later' : '250 2.1.5 Ok';
      },
    };
    expect((await outcomeOf(store, server)).kind).toBe('done');
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'accepted', attempt: 2 });
  });

  it('ends after the first pass without wait, and leaves the rest scheduled', async () => {
    const store = createMemoryStore(['user1@a.test']);
    const server: FakeServer = { answer: () => '450 4.7.1 Greylisted, come back later' };
    const later = { ...settings, retry: { ...settings.retry, greylistFirstMs: 300_000 } };
    const outcome = await outcomeOf(store, server, { wait: false, settings: later });
    expect(outcome.kind === 'done' && outcome.schedule.nextAtMs !== null).toBe(true);
    expect(store.verdictOf('user1@a.test')?.reason).toBe('greylisted');
  });

  it('gives a full transaction\'s recipients another one', async () => {
    const store = createMemoryStore(['user1@a.test', 'user2@a.test', 'user3@a.test']);
    let inTransaction = 0;
    const server: FakeServer = {
      answer: (recipient, request) => {
        if (request.newTransaction && request.recipients[0] === recipient) inTransaction = 0;
        inTransaction += 1;
        return inTransaction > 1 ? '452 4.5.3 Too many recipients' : knowsUsers(recipient);
      },
    };
    await outcomeOf(store, server);
    expect(store.verdictOf('user3@a.test')?.reason).toBe('accepted');
  });

  it('never sends a UTF-8 local part to a server without SMTPUTF8', async () => {
    const store = createMemoryStore(['jörg@a.test', 'user1@a.test']);
    const { run, pool } = start(store, { answer: knowsUsers });
    await run.done;
    expect(store.verdictOf('jörg@a.test')?.reason).toBe('smtputf8_unsupported');
    expect(pool.flights.flatMap(({ request }) => request.recipients).join()).not.toContain('jörg');
  });

  it('leaves a destination that cuts off every session alone after three', async () => {
    const store = createMemoryStore(Array.from({ length: 40 }, (_, index) => `user${String(index)}@a.test`));
    const once = { ...settings, retry: { ...settings.retry, maxRetries: 0, backoffMs: 60_000 } };
    const { run, pool } = start(store, { answer: () => failure('Dropped') }, { settings: once });
    expect((await run.done).kind).toBe('done');
    expect(pool.flights.length).toBeLessThanOrEqual(3);
    expect(store.verdictOf('user39@a.test')?.reason).toBe('dropped');
  });

  it('pauses without one verdict when 20 different hosts cannot be reached', async () => {
    const store = createMemoryStore(Array.from({ length: 30 }, (_, index) => `user1@${'x'.repeat(index + 1)}.test`));
    const outcome = await outcomeOf(store, { connect: () => failure('ConnectTimeout', 'CONNECT'), answer: knowsUsers });
    expect(outcome).toMatchObject({ kind: 'paused', reason: 'port25_blocked' });
    expect(store.timesJudged.size).toBe(0);
  });

  it('does not call the port blocked where hosts take the connection and stay silent, or are never dialled', async () => {
    const once = { ...settings, retry: { ...settings.retry, maxRetries: 0 } };
    for (const [code, reason] of [['Timeout', 'timeout'], ['BlockedTarget', 'blocked_target']] as const) {
      const store = createMemoryStore(Array.from({ length: 30 }, (_, index) => `user1@${'x'.repeat(index + 1)}.test`));
      const outcome = await outcomeOf(store, { connect: () => failure(code, 'CONNECT'), answer: knowsUsers }, { settings: once });
      expect(outcome.kind).toBe('done');
      expect(store.verdictOf('user1@x.test')?.reason).toBe(reason);
      expect(store.timesJudged.size).toBe(30);
    }
  });

  it('gives a host that is left alone the reason of what it did before, and never counts it for a blocked port', async () => {
    const cause = { code: 'SessionRefused', stage: 'CONNECT', reply: { code: 421, enhanced: '4.7.0', text: 'Too many connections' }, detail: '' } as const;
    const opened = (failed: SmtpFailure): SmtpFailure => ({ ...failed, code: 'BreakerOpen', cause: failed });
    for (const [failed, reason] of [[cause, 'rate_limited'], [failure('ConnectTimeout', 'CONNECT'), 'timeout']] as const) {
      const store = createMemoryStore(Array.from({ length: 30 }, (_, index) => `user1@${'x'.repeat(index + 1)}.test`));
      const outcome = await outcomeOf(store, { connect: () => opened(failed), answer: knowsUsers });
      expect(outcome.kind).toBe('done');
      expect(store.verdictOf('user1@x.test')).toMatchObject({ reason, attempt: 4 });
      expect(store.timesJudged.size).toBe(30);
    }
  });

  it('waits for a socket where this machine has none, and then goes on (faults row 59)', async () => {
    const store = createMemoryStore(['user1@a.test']);
    let tries = 0;
    const connect = () => ((tries += 1) <= 5 ? failure('LocalFailure', 'CONNECT') : null);
    expect((await outcomeOf(store, { connect, answer: knowsUsers })).kind).toBe('done');
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'accepted', attempt: 1 });
  });

  it('calls a few dead hosts dead', async () => {
    const store = createMemoryStore(['user1@a.test', 'user1@bb.test']);
    const server: FakeServer = { connect: () => failure('ConnectFailed', 'CONNECT'), answer: knowsUsers };
    expect((await outcomeOf(store, server)).kind).toBe('done');
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'no_connect', attempt: 4 });
  });

  it('pauses when the disk is full and loses nothing that was acknowledged', async () => {
    const store = createMemoryStore(['user1@a.test']);
    store.failWith(new UserError('DiskFull', 'the disk is full', { retryable: true }));
    expect(await outcomeOf(store, { answer: knowsUsers })).toMatchObject({ kind: 'paused', reason: 'disk_full' });
    expect(store.timesJudged.size).toBe(0);
  });

  it('can be paused while it waits for a retry', async () => {
    const store = createMemoryStore(['user1@a.test']);
    const later = { ...settings, retry: { ...settings.retry, greylistFirstMs: 3_600_000 } };
    let waiting: () => void = () => undefined;
    const isWaiting = new Promise<void>((resolve) => { waiting = resolve; });
    const { run } = start(store, { answer: () => '450 4.7.1 Greylisted' }, { settings: later, onProgress: (progress) => { if (progress.waiting !== null) waiting(); } });
    await isWaiting;
    run.pause('interrupted', 'stopped');
    expect(await run.done).toMatchObject({ kind: 'paused', reason: 'interrupted' });
  });

  it('asks the other addresses of a host, then the next MX, before it gives up', async () => {
    const store = createMemoryStore(['user1@a.test']);
    const hosts = [
      { name: 'mx1.a.test', preference: 10, addresses: [{ ip: '127.0.0.1', family: 4 as const }, { ip: '127.0.0.2', family: 4 as const }] },
      { name: 'mx2.a.test', preference: 20, addresses: [{ ip: '127.0.0.3', family: 4 as const }] },
    ];
    const server: FakeServer = {
      connect: (target) => (target.ip === '127.0.0.3' ? null : failure('ConnectFailed', 'CONNECT')),
      answer: knowsUsers,
    };
    await outcomeOf(store, server, { resolver: fakeResolver(() => ({ kind: 'hosts', hosts, implicit: false })) });
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'accepted', mx: 'mx2.a.test' });
  });

  it('does not call people deliverable because a backup MX takes everybody', async () => {
    const store = createMemoryStore(['user1@a.test', 'user2@a.test']);
    const hosts = [
      { name: 'mx1.a.test', preference: 10, addresses: [{ ip: '127.0.0.1', family: 4 as const }] },
      { name: 'backup.elsewhere.test', preference: 20, addresses: [{ ip: '127.0.0.2', family: 4 as const }] },
    ];
    let primaryDown = false;
    let sessions = 0;
    const server: FakeServer = {
      connect: (target) => {
        sessions += 1;
        return primaryDown && target.ip === '127.0.0.1' ? failure('ConnectFailed', 'CONNECT') : null;
      },
      answer: (recipient) => {
        // The primary refuses the random recipient, takes one user, and is gone.
        if (primaryDown) return '250 2.1.5 Ok';
        if (!recipient.startsWith('user')) return '550 5.1.1 User unknown';
        if (recipient.startsWith('user1')) return '250 2.1.5 Ok';
        primaryDown = true;
        return failure('Dropped');
      },
    };
    const { run, pool } = start(store, server, { resolver: fakeResolver(() => ({ kind: 'hosts', hosts, implicit: false })) });
    await run.done;
    expect(sessions).toBeGreaterThan(1);
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'accepted', mx: 'mx1.a.test' });
    expect(store.verdictOf('user2@a.test')).toMatchObject({ reason: 'accepted_unproven', mx: 'backup.elsewhere.test' });
    expect(store.verdictOf('user2@a.test')?.evidence[1]).toMatchObject({ code: 550, mxHost: 'mx1.a.test' });
    expect(pool.flights.flatMap(({ request }) => request.recipients).filter((recipient) => !recipient.startsWith('user'))).toHaveLength(1);
  });

  it('asks one random recipient a domain however many chunks it has, and calls a blanket refusal so in all of them', async () => {
    const addresses = Array.from({ length: 1_100 }, (_, index) => `user${String(index)}@a.test`);
    for (const refusal of ['550 Requested action not taken', '550 5.7.1 Access denied']) {
      const store = createMemoryStore(addresses);
      const { run, pool } = start(store, { answer: () => refusal });
      await run.done;
      expect(addresses.filter((address) => store.verdictOf(address)?.reason !== 'blanket_reject')).toEqual([]);
      expect(store.verdictOf('user1099@a.test')?.evidence[1]?.text).toMatch(/^random recipient: /);
      expect(pool.flights.flatMap(({ request }) => request.recipients).filter((recipient) => !recipient.startsWith('user'))).toHaveLength(1);
    }
  });

  it('asks about the same random recipient again where a greylist put it off, and then knows', async () => {
    const store = createMemoryStore(['user1@a.test']);
    const seen = new Set<string>();
    const server: FakeServer = {
      answer: (recipient) => {
        if (seen.has(recipient)) return knowsUsers(recipient);
        seen.add(recipient);
        return '450 4.7.1 Greylisted, come back later';
      },
    };
    await outcomeOf(store, server);
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'accepted', attempt: 2 });
    expect(seen.size).toBe(2);
  });

  it('does not forget what a server said when it is silent at the next attempts', async () => {
    const store = createMemoryStore(['user1@a.test']);
    let asked = 0;
    const server: FakeServer = {
      answer: (recipient) => {
        if (!recipient.startsWith('user')) return '550 5.1.1 User unknown';
        asked += 1;
        return asked === 1 ? '451 4.7.1 Greylisted' : failure('Timeout');
      },
    };
    await outcomeOf(store, server);
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'greylisted', reply: '451 4.7.1 Greylisted', attempt: 4, retryAtMs: null });
  });

  it('takes the lists that it is given', async () => {
    const store = createMemoryStore(['user1@a.test']);
    await outcomeOf(store, { answer: knowsUsers }, { lists: { flagsOf: () => ({ flags: ['trap'], didYouMean: null }) } });
    expect(store.verdictOf('user1@a.test')).toMatchObject({ reason: 'possible_trap', flags: ['trap'] });
  });

  it('cannot reach a host that has only IPv6 where IPv6 is off', async () => {
    const store = createMemoryStore(['user1@a.test']);
    const hosts = [{ name: 'mx.a.test', preference: 10, addresses: [{ ip: '::1', family: 6 as const }] }];
    const four = { ...settings, smtp: { ...settings.smtp, ipv6: false } };
    const { run, pool } = start(store, { answer: knowsUsers }, { settings: four, resolver: fakeResolver(() => ({ kind: 'hosts', hosts, implicit: false })) });
    await run.done;
    expect(store.verdictOf('user1@a.test')?.reason).toBe('no_connect');
    expect(pool.flights).toEqual([]);
  });

  it('judges every row and says "bad" of none because of us, whatever the servers do', async () => {
    const aboutUs = fc.constantFrom(
      '421 4.7.0 Try again later',
      '450 4.7.1 Greylisted',
      '451 4.3.0 Temporary lookup failure',
      '554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org',
      '550 5.7.1 Too many connections from your IP address',
      failure('Dropped'),
      failure('Timeout'),
      failure('ProtocolError'),
      failure('SessionClosed', 'MAIL'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(aboutUs, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 15 }), fc.boolean(), async (answers, count, refusesConnect) => {
        const store = createMemoryStore(Array.from({ length: count }, (_, index) => `user${String(index)}@d${String(index % 3)}.test`));
        let turn = 0;
        const outcome = await outcomeOf(store, {
          connect: () => (refusesConnect && turn % 3 === 1 ? ((turn += 1), failure('ConnectFailed', 'CONNECT')) : null),
          answer: () => {
            turn += 1;
            return answers[turn % answers.length] ?? failure('Dropped');
          },
        });
        expect(outcome.kind).toBe('done');
        expect(store.timesJudged.size).toBe(count);
        for (const batch of store.batches) {
          for (const verdict of batch.verdicts) expect(statusOf(verdict.reason), `${verdict.reason}: ${String(verdict.reply)}`).not.toBe('undeliverable');
        }
      }),
      { numRuns: 60 },
    );
  });
});
