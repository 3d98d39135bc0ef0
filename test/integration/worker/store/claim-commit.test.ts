// Claims and commits on a real SQLite file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scoreOf } from '../../../../shared/verdict/score.ts';
import type { CatchAll, RandomFact } from '../../../../shared/verdict/evidence.ts';
import type { DomainClaim } from '../../../../electron/worker/interface.ts';
import { packBatch } from '../../../../electron/worker/packed/pack-batch.ts';
import { Reader } from '../../../../electron/worker/reader/reader.ts';
import { OpenList } from '../../../../electron/worker/store/open-list.ts';
import { batch, NOW_MS, TemporaryStore, toVersion2, toVersion3, verdict } from './temporary-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const rowsOf = (claims: readonly DomainClaim[]): number[] => claims.flatMap((claim) => claim.addresses.map((address) => address.rowId));
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('claim', () => {
  it('hands out each domain once, in row order, with its addresses normalised', () => {
    const id = temporary.importAddresses(['A@One.example', 'b@two.example', 'c@one.example', 'd@three.example', 'e@two.example']);
    const claims = temporary.claim(id, { maxDomains: 2 });
    expect(claims.map((claim) => claim.domain)).toEqual(['one.example', 'two.example']);
    expect(claims[0]?.addresses).toEqual([
      { rowId: 1, address: 'A@one.example', attempt: 1, earlier: null },
      { rowId: 3, address: 'c@one.example', attempt: 1, earlier: null },
    ]);
    expect(claims[0]?.facts).toEqual({ catchAll: 'not_run', acceptedAny: false, random: null });
    expect(temporary.claim(id).map((claim) => claim.domain)).toEqual(['three.example']);
    expect(temporary.claim(id)).toEqual([]);
  });

  it('keeps to the bound of addresses and goes on behind them', () => {
    const id = temporary.importAddresses(Array.from({ length: 7 }, (_, index) => `u${String(index)}@one.example`));
    const seen: number[] = [];
    for (;;) {
      const claims = temporary.claim(id, { maxAddressesPerDomain: 3 });
      if (claims.length === 0) break;
      seen.push(...rowsOf(claims));
      temporary.store.commit(batch(id, rowsOf(claims).map((row) => verdict(row)), { releasedDomainIds: claims.map((claim) => claim.domainId) }));
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('hands out again what was released without a verdict, and what was claimed when the process ended', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@two.example']);
    const [one] = temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(2)], { releasedDomainIds: [one?.domainId ?? 0] }));
    expect(rowsOf(temporary.claim(id))).toEqual([1]);
    temporary.reopen();
    expect(rowsOf(temporary.claim(id))).toEqual([1, 3]);
  });

  it('passes by what was judged before a crash, and never stops at it', () => {
    const id = temporary.importAddresses(Array.from({ length: 40 }, (_, index) => `u${String(index)}@d${String(index % 20)}.example`));
    const claims = temporary.claim(id, { maxDomains: 15 });
    // Committed and never released: the places of these domains in the queue are out of date.
    temporary.store.commit(batch(id, rowsOf(claims).map((row) => verdict(row))));
    temporary.reopen();
    expect(rowsOf(temporary.claim(id, { maxDomains: 3 }))).toEqual([16, 36, 17, 37, 18, 38]);
    expect(rowsOf(temporary.claim(id, { maxDomains: 3 }))).toEqual([19, 39, 20, 40]);
    expect(temporary.claim(id)).toEqual([]);
  });

  it('leaves out duplicates, empty cells and impossible addresses', () => {
    const id = temporary.import('email,n\na@one.example,1\nA@ONE.example,2\na@one.example,3\n,4\nno address,5\n').list.id;
    expect(rowsOf(temporary.claim(id))).toEqual([1, 2]);
  });

  it('hands out scheduled rows when they are due, with the next attempt', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    temporary.claim(id);
    const later = { reason: 'greylisted', retryAtMs: NOW_MS + 5 * MINUTE_MS } as const;
    temporary.store.commit(batch(id, [verdict(1, later), verdict(2)], { releasedDomainIds: [1] }));
    expect(temporary.claim(id, { nowMs: NOW_MS + 5 * MINUTE_MS - 1 })).toEqual([]);
    expect(temporary.claim(id, { nowMs: NOW_MS + DAY_MS, includeScheduled: false })).toEqual([]);
    temporary.reopen();
    expect(temporary.claim(id, { nowMs: NOW_MS + 5 * MINUTE_MS })[0]?.addresses).toEqual([
      { rowId: 1, address: 'a@one.example', attempt: 2, earlier: { reason: 'greylisted', heard: 'recipient', reply: '250 2.1.5 Ok', mx: 'mx.example.com' } },
    ]);
  });

  it('loses no scheduled row to a clock that jumps 400 days either way', () => {
    for (const jumpMs of [400 * DAY_MS, -400 * DAY_MS]) {
      const id = temporary.importAddresses(['a@one.example']);
      temporary.claim(id);
      temporary.store.commit(batch(id, [verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS + MINUTE_MS })], { releasedDomainIds: [1] }));
      const nowMs = NOW_MS + jumpMs;
      expect(rowsOf(temporary.claim(id, { nowMs }))).toEqual([1]);
      expect(temporary.store.schedule(id).nextAtMs).toBeLessThanOrEqual(nowMs + 7 * DAY_MS);
    }
  });

  it('never schedules further ahead than a week', () => {
    const id = temporary.importAddresses(['a@one.example']);
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS + 999 * DAY_MS })]));
    expect(temporary.store.schedule(id)).toEqual({ byReason: [{ reason: 'greylisted', count: 1, nextAtMs: NOW_MS + 7 * DAY_MS }], nextAtMs: NOW_MS + 7 * DAY_MS });
  });
});

describe('the schedule', () => {
  it('tells for each reason how many wait and when the first is asked, also after a restart', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@two.example', 'd@two.example']);
    temporary.claim(id);
    const again = (row: number, reason: 'greylisted' | 'rate_limited', minutes: number) => verdict(row, { reason, retryAtMs: NOW_MS + minutes * MINUTE_MS });
    temporary.store.commit(batch(id, [again(1, 'greylisted', 9), again(2, 'rate_limited', 4), again(3, 'greylisted', 5), verdict(4)], { releasedDomainIds: [1, 2] }));
    const told = {
      byReason: [{ reason: 'greylisted', count: 2, nextAtMs: NOW_MS + 5 * MINUTE_MS }, { reason: 'rate_limited', count: 1, nextAtMs: NOW_MS + 4 * MINUTE_MS }],
      nextAtMs: NOW_MS + 4 * MINUTE_MS,
    };
    expect(temporary.store.schedule(id)).toEqual(told);
    temporary.reopen();
    expect(temporary.store.schedule(id)).toEqual(told);
    expect(rowsOf(temporary.claim(id, { nowMs: NOW_MS + 4 * MINUTE_MS }))).toEqual([2]);
  });

  it('counts the recipients of a day over restarts', () => {
    const grant = { day: '2026-11-21', key: 'mx.own.test', want: 60, cap: 100 };
    expect(temporary.store.dailyGrant(grant)).toBe(60);
    temporary.reopen();
    expect(temporary.store.dailyGrant(grant)).toBe(40);
    expect(temporary.store.dailyGrant(grant)).toBe(0);
  });
});

describe('commit', () => {
  it('counts states, statuses and reasons as it writes', () => {
    const id = temporary.import('email\na@one.example\nb@one.example\nc@two.example\na@one.example\nbad\n""\n').list.id;
    temporary.claim(id);
    const ack = temporary.store.commit(
      batch(id, [verdict(1), verdict(2, { reason: 'greylisted', retryAtMs: NOW_MS + MINUTE_MS })], { releasedDomainIds: [1] }),
    );
    expect(ack.committed).toBe(2);
    expect(ack.counters).toEqual({
      rows: 6,
      byState: { pending: 1, scheduled: 1, done: 2, duplicate: 1, suppressed: 0, empty: 1 },
      byStatus: { deliverable: 1, undeliverable: 1, risky: 0, unknown: 1 },
      byReason: { accepted: 1, greylisted: 1, syntax_no_at: 1 },
    });
    temporary.store.commit(batch(id, [verdict(2, { attempt: 2, reason: 'mailbox_not_found' })]));
    temporary.reopen();
    expect(temporary.store.counters(id)).toEqual({
      rows: 6,
      byState: { pending: 1, scheduled: 0, done: 3, duplicate: 1, suppressed: 0, empty: 1 },
      byStatus: { deliverable: 1, undeliverable: 2, risky: 0, unknown: 0 },
      byReason: { accepted: 1, mailbox_not_found: 1, syntax_no_at: 1 },
    });
    expect(temporary.store.schedule(id)).toEqual({ byReason: [], nextAtMs: null });
  });

  it('counts a batch that is sent twice once, and ignores rows that cannot have a verdict', () => {
    const id = temporary.import('email\na@one.example\na@one.example\nbad\n""\n').list.id;
    const sent = batch(id, [verdict(1), verdict(2), verdict(3), verdict(4), verdict(99)]);
    expect(temporary.store.commit(sent).committed).toBe(1);
    const again = temporary.store.commit({ ...sent, verdicts: [verdict(1, { reason: 'timeout', attempt: 2 })] });
    expect(again.committed).toBe(0);
    expect(again.counters.byReason).toEqual({ accepted: 1, syntax_no_at: 1 });
    const scheduled = temporary.importAddresses(['x@one.example']);
    const greylisted = verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS + 1 });
    expect(temporary.store.commit(batch(scheduled, [greylisted])).committed).toBe(1);
    expect(temporary.store.commit(batch(scheduled, [greylisted])).committed).toBe(0);
  });

  it('is all or nothing, and can be sent again after a full disk', () => {
    const id = temporary.importAddresses(Array.from({ length: 2_000 }, (_, index) => `u${String(index)}@one.example`));
    const record = { ...temporary.store.list(id), file: join(temporary.dir, 'lists', `${String(id)}.db`), bom: false, newline: '\n', guarded: false, damage: null, changedAtMs: 0, toldAtMs: null, reused: 0 } as const;
    const list = new OpenList(record);
    const claims = list.claim({ maxDomains: 10, maxAddressesPerDomain: 5_000, nowMs: NOW_MS, includeScheduled: true });
    const pages = Number(list.database.pragma('page_count', { simple: true }));
    list.database.pragma(`max_page_count = ${String(pages + 3)}`);
    const verdicts = rowsOf(claims).map((row) => verdict(row, { reply: 'x'.repeat(500) }));
    const before = list.counters();
    const full = (): unknown => list.commit(packBatch(batch(id, verdicts, { releasedDomainIds: [1] })));
    expect(full).toThrow(expect.objectContaining({ code: 'DiskFull', retryable: true }) as Error);
    expect(list.counters()).toEqual(before);
    expect(list.claim({ maxDomains: 10, maxAddressesPerDomain: 10, nowMs: NOW_MS, includeScheduled: true })).toEqual([]);
    list.database.pragma('max_page_count = 100000');
    expect(list.commit(packBatch(batch(id, verdicts, { releasedDomainIds: [1] }))).committed).toBe(2_000);
    list.close();
  });

  it('keeps what is known of a domain', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@one.example']);
    const factsAfter = (catchAll: CatchAll, acceptedAny: boolean, random: RandomFact | null): unknown => {
      temporary.claim(id);
      temporary.store.commit(batch(id, [], { domains: [{ domainId: 1, catchAll, acceptedAny, random }], releasedDomainIds: [1] }));
      temporary.reopen();
      const claims = temporary.claim(id);
      temporary.store.commit(batch(id, [], { releasedDomainIds: [1] }));
      return claims[0]?.facts;
    };
    const random = (code: number, atMs: number): RandomFact => ({ code, enhanced: null, text: 'x', local: 'w1', mxHost: 'mx.one.example', ip: '192.0.2.1', atMs });
    const vague = { ...random(450, 1), enhanced: '4.7.1' };
    expect(factsAfter('inconclusive', false, vague)).toEqual({ catchAll: 'inconclusive', acceptedAny: false, random: vague });
    expect(factsAfter('not_run', true, null)).toEqual({ catchAll: 'inconclusive', acceptedAny: true, random: vague });
    expect(factsAfter('refused', false, random(550, 2))).toEqual({ catchAll: 'refused', acceptedAny: true, random: random(550, 2) });
    expect(factsAfter('inconclusive', false, random(450, 3))).toEqual({ catchAll: 'refused', acceptedAny: true, random: random(550, 2) });
    expect(factsAfter('refused', false, random(550, 4))).toEqual({ catchAll: 'refused', acceptedAny: true, random: random(550, 4) });
    expect(factsAfter('accepted', false, random(250, 5))).toEqual({ catchAll: 'accepted', acceptedAny: true, random: random(250, 5) });
    // Who accepts somebody that cannot exist keeps accepting everybody, whatever another of its hosts says.
    expect(factsAfter('refused', false, random(550, 6))).toEqual({ catchAll: 'accepted', acceptedAny: true, random: random(250, 5) });
  });

  it('opens a list of version 3: verdicts, evidence, pages and counters are what they were', () => {
    const id = temporary.import('email\na@one.example\nb@one.example\nc@two.example\nbad\na@one.example\n').list.id;
    temporary.claim(id);
    const evidence = [{ stage: 'RCPT', code: 450, enhanced: null, text: 'spät "er"', mxHost: 'mx', ip: null, tls: null, atMs: 5, attempt: 1 }] as const;
    temporary.store.commit(
      batch(id, [verdict(1, { evidence, reply: '450 spät "er"\\', flags: ['role', 'free'] }), verdict(2, { reason: 'greylisted', retryAtMs: NOW_MS + 1, evidence })], { releasedDomainIds: [1] }),
    );
    const seen = (): unknown => {
      const reader = new Reader(temporary.dir);
      const details = [1, 2, 3, 4, 5].map((row) => reader.detail(id, row));
      const pages = [reader.page({ listId: id, filter: { reasons: ['accepted', 'syntax_no_at'] }, limit: 9 }), reader.exportCount(id, ['deliverable'])];
      reader.close();
      const out = join(temporary.folder, 'seen.csv');
      temporary.store.exportList({ listId: id, outPath: out });
      return [details, pages, readFileSync(out, 'utf8'), temporary.store.counters(id), temporary.store.schedule(id)];
    };
    const before = seen();
    temporary.store.close();
    const database = new Database(join(temporary.dir, 'lists', `${String(id)}.db`));
    toVersion3(database);
    database.close();
    temporary.reopen();
    temporary.store.counters(id);
    expect(seen()).toEqual(before);
    // A second attempt has its own evidence beside that of the first, which is in the old table.
    temporary.store.commit(batch(id, [verdict(2, { attempt: 2, evidence: [{ ...evidence[0], attempt: 2 }] })]));
    const reader = new Reader(temporary.dir);
    expect(reader.detail(id, 2).evidence.map(({ attempt }) => attempt)).toEqual([1, 2]);
    reader.close();
  });

  it('keeps the answer to the random recipient with each verdict, as it was then', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@one.example']);
    temporary.claim(id);
    const own = { stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx.example.com', ip: '192.0.2.1', tls: 'none', atMs: NOW_MS, attempt: 1 } as const;
    const random = (atMs: number) => ({ ...own, code: 550, text: `random recipient: ${'who? '.repeat(900)}`, atMs });
    const at = (row: number, atMs: number) => verdict(row, { evidence: [own, random(atMs)] });
    temporary.store.commit(batch(id, [at(3, 1), at(1, 1)]));
    temporary.store.commit(batch(id, [at(2, 2)], { releasedDomainIds: [1] }));
    const reader = new Reader(temporary.dir);
    expect([1, 2, 3].map((row) => reader.detail(id, row).evidence)).toEqual([1, 2, 1].map((atMs) => [own, random(atMs)]));
    reader.close();
  });

  it('counts two verdicts of one row in a batch as it counts them in two', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    temporary.claim(id);
    const later = verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS + 1 });
    const ack = temporary.store.commit(batch(id, [later, verdict(2), later, verdict(1, { attempt: 2 }), verdict(2, { reason: 'timeout' })], { releasedDomainIds: [1] }));
    expect(ack.committed).toBe(3);
    expect(ack.counters).toMatchObject({ byReason: { accepted: 2 }, byState: { done: 2, scheduled: 0, pending: 0 } });
    expect(temporary.claim(id, { nowMs: NOW_MS + DAY_MS })).toEqual([]);
  });

  it('opens a list of version 2, whose random answers and attempts were not kept', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    temporary.claim(id);
    const later = verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS + 1 });
    temporary.store.commit(batch(id, [later], { domains: [{ domainId: 1, catchAll: 'refused', acceptedAny: false, random: null }], releasedDomainIds: [1] }));
    temporary.store.close();
    const path = join(temporary.dir, 'lists', `${String(id)}.db`);
    const database = new Database(path);
    toVersion2(database);
    database.close();
    temporary.reopen();
    const [claim] = temporary.claim(id, { nowMs: NOW_MS + 1 });
    expect(claim?.facts).toEqual({ catchAll: 'refused', acceptedAny: false, random: null });
    expect(claim?.addresses.map(({ attempt, earlier }) => [attempt, earlier])).toEqual([[2, null], [1, null]]);
    expect(temporary.store.commit(batch(id, [verdict(1, { attempt: 2 }), verdict(2)], { releasedDomainIds: [1] })).committed).toBe(2);
  });

  it('turns bare refusals into "not found" once the domain has accepted somebody, and only there', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@one.example', 'd@two.example']);
    temporary.claim(id);
    const bare = { reason: 'policy_rejected', provisional: true, score: scoreOf('policy_rejected', ['role']), flags: ['role'] } as const;
    temporary.store.commit(
      batch(id, [verdict(1, bare), verdict(2, { ...bare, retryAtMs: NOW_MS + MINUTE_MS }), verdict(4, bare)], { releasedDomainIds: [1, 2] }),
    );
    expect(temporary.store.counters(id).byReason).toEqual({ policy_rejected: 3 });
    temporary.reopen();
    const ack = temporary.store.commit(batch(id, [verdict(3)], { domains: [{ domainId: 1, catchAll: 'refused', acceptedAny: true, random: null }] }));
    expect(ack.counters.byReason).toEqual({ accepted: 1, mailbox_not_found: 2, policy_rejected: 1 });
    expect(ack.counters.byState).toMatchObject({ done: 4, scheduled: 0, pending: 0 });
    expect(temporary.store.schedule(id)).toEqual({ byReason: [], nextAtMs: null });

    const out = join(temporary.folder, 'out.csv');
    temporary.store.exportList({ listId: id, outPath: out });
    const lines = readFileSync(out, 'utf8').split('\n').map((line) => line.split(',').slice(1, 4).join(','));
    expect(lines[1]).toBe(`undeliverable,mailbox_not_found,${String(scoreOf('mailbox_not_found', ['role']))}`);
    expect(lines[4]).toBe(`unknown,policy_rejected,${String(bare.score)}`);
  });

  it('settles what an earlier batch or an earlier claim found bare, whatever its claim knows', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@one.example']);
    const bare = { reason: 'policy_rejected', provisional: true } as const;
    const accepted = { domainId: 1, catchAll: 'refused', acceptedAny: true, random: null } as const;
    temporary.claim(id, { maxAddressesPerDomain: 1 });
    temporary.store.commit(batch(id, [verdict(1, bare)], { releasedDomainIds: [1] }));
    expect(rowsOf(temporary.claim(id))).toEqual([2, 3]);
    expect(temporary.store.commit(batch(id, [verdict(2)], { domains: [accepted] })).counters.byReason).toEqual({ accepted: 1, mailbox_not_found: 1 });

    const other = temporary.importAddresses(['a@one.example', 'b@one.example']);
    temporary.claim(other);
    temporary.store.commit(batch(other, [verdict(1, bare)]));
    expect(temporary.store.commit(batch(other, [verdict(2)], { domains: [accepted], releasedDomainIds: [1] })).counters.byReason).toEqual({ accepted: 1, mailbox_not_found: 1 });
  });

  it('settles a bare refusal at once where the domain has accepted somebody before', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    temporary.store.commit(batch(id, [verdict(1)], { domains: [{ domainId: 1, catchAll: 'refused', acceptedAny: true, random: null }] }));
    const ack = temporary.store.commit(batch(id, [verdict(2, { reason: 'policy_rejected', provisional: true })]));
    expect(ack.counters.byReason).toEqual({ accepted: 1, mailbox_not_found: 1 });
  });

  it('keeps the evidence of every attempt', () => {
    const id = temporary.importAddresses(['a@one.example']);
    const evidence = (attempt: number) =>
      [{ stage: 'RCPT', code: 450, enhanced: '4.7.1', text: 'later', mxHost: 'mx', ip: '192.0.2.1', tls: 'none', atMs: NOW_MS, attempt }] as const;
    temporary.store.commit(batch(id, [verdict(1, { reason: 'greylisted', retryAtMs: NOW_MS, evidence: evidence(1) })]));
    temporary.store.commit(batch(id, [verdict(1, { attempt: 2, evidence: evidence(2) })]));
    const reader = new Reader(temporary.dir);
    const detail = reader.detail(id, 1);
    reader.close();
    expect(detail.evidence).toEqual([...evidence(1), ...evidence(2)]);
  });
});

describe('any sequence of claims, commits and restarts', () => {
  it('asks every row, never a domain twice at a time, and counts right', () => {
    const step = fc.record({
      maxDomains: fc.integer({ min: 1, max: 4 }),
      most: fc.integer({ min: 1, max: 3 }),
      answer: fc.array(fc.constantFrom('done', 'later', 'nothing'), { minLength: 1, maxLength: 5 }),
      restart: fc.boolean(),
      release: fc.boolean(),
    });
    const domains = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(domains, fc.array(step, { maxLength: 12 }), (list, steps) => {
        const id = temporary.importAddresses(list.map((domain, index) => `u${String(index)}@d${String(domain)}.example`));
        const open = new Map<number, DomainClaim>();
        const done = new Set<number>();
        const scheduled = new Map<number, number>();
        let nowMs = NOW_MS;
        const work = (maxDomains: number, most: number, answers: readonly string[], release: boolean): number => {
          const claims = temporary.claim(id, { maxDomains, maxAddressesPerDomain: most, nowMs });
          for (const claim of claims) {
            expect(open.has(claim.domainId)).toBe(false);
            open.set(claim.domainId, claim);
            for (const { rowId, attempt } of claim.addresses) {
              expect(done.has(rowId)).toBe(false);
              expect(attempt).toBe((scheduled.get(rowId) ?? 0) + 1);
            }
          }
          const verdicts = [...open.values()].flatMap((claim) => claim.addresses).flatMap(({ rowId, attempt }, index) => {
            const answer = answers[index % answers.length];
            if (answer === 'nothing' || done.has(rowId) || (scheduled.get(rowId) ?? 0) >= attempt) return [];
            if (answer === 'done') done.add(rowId);
            else scheduled.set(rowId, attempt);
            return [verdict(rowId, { attempt, retryAtMs: answer === 'done' ? null : nowMs + 1 })];
          });
          temporary.store.commit(batch(id, verdicts, { releasedDomainIds: release ? [...open.keys()] : [] }));
          if (release) open.clear();
          nowMs += 10;
          return claims.length;
        };
        for (const { maxDomains, most, answer, restart, release } of steps) {
          if (restart) {
            temporary.reopen();
            open.clear();
          }
          work(maxDomains, most, answer, release);
          const { byState } = temporary.store.counters(id);
          const waiting = [...scheduled.keys()].filter((row) => !done.has(row)).length;
          expect([byState.done, byState.scheduled, byState.pending]).toEqual([done.size, waiting, list.length - done.size - waiting]);
        }
        temporary.reopen();
        open.clear();
        for (let round = 0; round < 100 && work(5, 3, ['done'], true) > 0; round++);
        expect(done.size).toBe(list.length);
        expect(temporary.claim(id, { nowMs: nowMs + DAY_MS })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
